"""The journal that the person reads: who opened which kind of content of hers, and every act on her bilan. Names are put on at
display only; the rows hold identifiers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, QuerySet, Value

from jalon.access import Action, Role, require
from jalon.access.roles import roles
from jalon.domain.natures import LABELS
from jalon.records.evenements import Nom
from jalon.records.models import Acces, Bilan, Evenement, Partage, Personne

__all__ = ["ACTES", "LECTURES", "LigneJournal", "read_journal"]

LECTURES, ACTES = "lectures", "actes"
_PAR_PAGE = 30
# Read first in the list of roles: what the person knows her by.
_ROLES = (
    (Role.CONSULTANT, "qui mène votre accompagnement"),
    (Role.SUBSTITUT, "qui remplace en cas d’absence"),
    (Role.RESPONSABLE, "direction du cabinet"),
    (Role.ASSISTANT, "secrétariat du cabinet"),
    (Role.CONFRERE, "équipe du cabinet"),
    (Role.EMPLOYEUR, "pour l’employeur"),
)


@dataclass(frozen=True)
class LigneJournal:
    """One line in plain French; a reading is known by its hour, not by its minute."""

    le: datetime
    qui: str
    role: str
    phrase: str
    lecture: bool


def read_journal(
    personne: Personne, bilan: Bilan, *, genre: str = "", since: datetime | None = None, page: Any = 1
) -> Page[Any]:
    """Newest first, a page at a time. Only the person concerned may ask (`VIEW_JOURNAL`)."""
    require(Action.VIEW_JOURNAL, personne, bilan)
    rows = _rows(bilan, genre, since)
    found = Paginator(rows, _PAR_PAGE).get_page(page)
    people = Personne.objects.in_bulk({row[1] for row in found if row[1] is not None})
    readers = set(Partage.objects.filter(bilan=bilan).values_list("personne_id", flat=True))
    told = {pk: _who(one, personne, bilan, readers) for pk, one in people.items()}
    found.object_list = [_line(row, told) for row in found]
    return found


def _rows(bilan: Bilan, genre: str, since: datetime | None) -> QuerySet[Any, Any]:
    """(when, who, «lecture» or «acte», code, facts): the two logs as one list, cut by the database."""
    readings = Acces.objects.filter(bilan=bilan).annotate(
        quand=F("heure"),
        qui=F("lecteur_id"),
        sorte=Value("lecture", CharField()),
        code=F("nature"),
        ligne=F("id"),
    )
    acts = Evenement.objects.filter(chaine=bilan.pk).annotate(
        quand=F("le"),
        qui=F("par"),
        sorte=Value("acte", CharField()),
        code=F("nom"),
        ligne=F("id"),
    )
    if since is not None:
        readings, acts = readings.filter(heure__gte=since), acts.filter(le__gte=since)
    columns = ("quand", "qui", "sorte", "code", "ligne")
    listed = {
        LECTURES: readings.order_by().values_list(*columns),
        ACTES: acts.order_by().values_list(*columns),
    }
    wanted = listed.get(genre)
    if wanted is None:
        wanted = listed[LECTURES].union(listed[ACTES], all=True)
    return wanted.order_by("-quand", "-ligne")


def _who(one: Personne, reader: Personne, bilan: Bilan, named: set[Any]) -> tuple[str, str]:
    if one.pk == reader.pk:
        return "Vous", ""
    if one.est_systeme:
        return "Jalon", "de lui-même, à la date prévue"
    if one.efface_le is not None:
        return "Une personne dont le compte est effacé", ""
    if one.pk in named:
        return one.nom_complet, "à qui vous avez donné à lire"
    held = roles(one, bilan)
    said = next((label for role, label in _ROLES if role in held), "ne travaille plus au cabinet")
    return one.nom_complet, said


def _line(row: Any, told: dict[Any, tuple[str, str]]) -> LigneJournal:
    when, who, kind, code, _ = row
    name, role = told.get(who, ("Quelqu’un", "")) if who is not None else ("Jalon", "de lui-même")
    if kind == "lecture":
        return LigneJournal(when, name, role, f"a ouvert : {LABELS.get(code, code)}", lecture=True)
    sentence = Nom(code).label if code in Nom.values else code
    return LigneJournal(when, name, role, sentence, lecture=False)
