"""The address of an occupation inside a bilan: a mark that means something in that bilan only.

That somebody looks at an occupation is content. Addresses stay in the history of a browser and in the log of a proxy: the
code itself is in none of them.
"""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import Http404

from jalon.metiers import Metiers

_LENGTH = 20


def repere(bilan: Any, code: str) -> str:
    key = f"jalon.metiers.repere:{settings.SECRET_KEY}".encode()
    return hmac.digest(key, f"{bilan.pk}/{code}".encode(), hashlib.sha256).hex()[:_LENGTH]


def code_of(bilan: Any, mark: str, metiers: Metiers) -> str:
    """The code behind a mark, or 404: it is looked for among all the codes of the day's version."""
    found = _marks(bilan.pk, metiers.version, settings.SECRET_KEY, tuple(metiers.codes)).get(mark)
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=16)
def _marks(bilan_id: Any, version: str, secret: str, codes: tuple[str, ...]) -> dict[str, str]:
    key = f"jalon.metiers.repere:{secret}".encode()
    return {
        hmac.digest(key, f"{bilan_id}/{code}".encode(), hashlib.sha256).hex()[:_LENGTH]: code
        for code in codes
    }
