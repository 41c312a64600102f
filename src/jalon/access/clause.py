"""The cabinet's own clauses and logo, for its settings pages."""

from jalon.access.papier import LIBELLES
from jalon.records.models import Clause, Logo, Organisme


def list_clauses(organisme: Organisme, genre: str) -> list[Clause]:
    return list(Clause.objects.filter(organisme=organisme, genre=genre))


def count_clauses(organisme: Organisme) -> dict[str, int]:
    """How many each kind of paper has, in one query."""
    counted: dict[str, int] = {}
    for genre in Clause.objects.filter(organisme=organisme).values_list("genre", flat=True):
        counted[genre] = counted.get(genre, 0) + 1
    return counted


def has_logo(organisme: Organisme) -> bool:
    return Logo.objects.filter(organisme=organisme).exists()


def libelle(genre: str) -> str:
    return LIBELLES.get(genre, genre)
