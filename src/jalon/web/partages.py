"""What a reader sees of what is given to her: one description, for her page and for the person's preview of it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from jalon.access.partage import VuParTiers


def vu(seen: VuParTiers, href: Callable[[Any], str]) -> dict[str, Any]:
    """The same words and the same documents on both sides; only the addresses differ."""
    return {
        "vu": seen,
        "vu_documents": [
            {"libelle": kind.label[:1].upper() + kind.label[1:], "numero": number, "href": href(ident)}
            for kind, number, ident in seen.documents
        ],
    }


def pdf(octets: bytes) -> HttpResponse:
    """Read in place; saved, if it is, under a name that says nothing."""
    response = HttpResponse(octets, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="document.pdf"'
    return response
