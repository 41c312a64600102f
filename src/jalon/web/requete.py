"""The request as a gated view gets it: somebody is signed in, and the clock has been read once."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from jalon.records.models import Personne


class Requete(HttpRequest):
    now: datetime
    user: "Personne"  # type: ignore[assignment]
    resolver_match: Any
