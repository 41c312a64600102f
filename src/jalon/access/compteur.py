"""The door to the counts: only those that lead back to nobody."""

from dataclasses import dataclass

from django.db.models import Sum

from jalon.access import Action, require
from jalon.domain.bilan import Etat
from jalon.domain.compteur import TRANCHES, Mesure, publish
from jalon.domain.financement import Financement
from jalon.domain.suivi import Avancee, Frein, Suite
from jalon.records.models import Compteur, Organisme, Personne

_WORDS: dict[str, str] = {
    **TRANCHES,
    **{one.value: one.label for kind in (Etat, Financement, Avancee, Frein, Suite) for one in kind},
    "principal": "un projet",
    "alternatif": "une alternative",
    "tenu": "entretien tenu",
    "non_souhaite": "non souhaité",
}


@dataclass(frozen=True)
class Tableau:
    """One measure over one period: (word, count), None where fewer than five."""

    mesure: str
    lignes: list[tuple[str, int | None]]


@dataclass(frozen=True)
class Periode:
    nom: str
    tableaux: list[Tableau]


def read_compteurs(personne: Personne, organisme: Organisme) -> list[Periode]:
    """Each year, newest first. Quarters are not shown beside their year: the difference of two would say what neither does."""
    require(Action.VIEW_COMPTEURS, personne, organisme)
    rows = (
        Compteur.objects.filter(organisme=organisme)
        .values_list("trimestre", "mesure", "valeur")
        .annotate(total=Sum("nombre"))
        .order_by("trimestre", "mesure", "valeur")
    )
    found: dict[str, dict[str, dict[str, int]]] = {}
    for quarter, mesure, valeur, total in rows:
        year = found.setdefault(quarter[:4], {}).setdefault(mesure, {})
        year[valeur] = year.get(valeur, 0) + total
    return [Periode(name, tables) for name in sorted(found, reverse=True) if (tables := _tables(found[name]))]


def _tables(by_mesure: dict[str, dict[str, int]]) -> list[Tableau]:
    found = []
    for mesure in Mesure:
        shown = publish(by_mesure.get(mesure.value, {}))
        if shown:
            rows = [(_WORDS.get(value, value), count) for value, count in shown.items()]
            found.append(Tableau(mesure.label, sorted(rows, key=lambda row: -(row[1] or 0))))
    return found
