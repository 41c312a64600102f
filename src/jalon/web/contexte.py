"""What every template may read beside its own context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def contexte(request: HttpRequest) -> dict[str, Any]:
    return {
        "demonstration": settings.JALON_DEMONSTRATION,
        "now": getattr(request, "now", None),
    }
