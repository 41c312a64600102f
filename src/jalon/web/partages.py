"""What a reader sees of what is given to her: one description, for her page and for the person's preview of it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from jalon.access.partage import VuParTiers
from jalon.domain.partage import Partageable

# As whoever reads them calls them; the agreement says it in the person's own voice.
_TITRES = {
    Partageable.SYNTHESE: "Le document de synthèse",
    Partageable.RESULTATS: "Les résultats détaillés",
    Partageable.EXTRAIT: "Des informations choisies",
}


def vu(seen: VuParTiers, href: Callable[[Any], str]) -> dict[str, Any]:
    """The same words and the same documents on both sides; only the addresses differ."""
    return {
        "vu": seen,
        "vu_documents": [
            {"libelle": _TITRES[kind], "numero": number, "href": href(ident)}
            for kind, number, ident in seen.documents
        ],
    }


def pdf(octets: bytes) -> HttpResponse:
    """Read in place; saved, if it is, under a name that says nothing."""
    response = HttpResponse(octets, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="document.pdf"'
    return response
