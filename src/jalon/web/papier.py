"""Papers out of the house: a download whose name says nothing."""

from django.http import HttpResponse
from django.utils.text import get_valid_filename

# Sizes in which a paper may be issued, with what a person calls them.
TAILLES = (
    ("normal", "Taille normale"),
    ("16", "16 points"),
    ("18", "18 points"),
    ("20", "20 points"),
)


def download(octets: bytes, name: str, *, kind: str = "application/pdf", suffix: str = "pdf") -> HttpResponse:
    """`name`: a number or a plain word, never what the paper is about."""
    response = HttpResponse(octets, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}.{suffix}"'
    return response
