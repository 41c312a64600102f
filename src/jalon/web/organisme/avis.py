"""What people thought of it, for the cabinet: counts of five people at least, question by question, without a name nor a day."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from jalon.access import Action
from jalon.access.avis import read_avis
from jalon.domain.avis import LOT
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


@gate.cabinet(Action.VIEW_AVIS)
def avis(request: Requete, organisme: Any) -> HttpResponse:
    found = [
        {
            "avis": one,
            "trimestres": ", ".join(_quarter(t) for t in one.trimestres),
            "parties": [{"partie": part, "tableaux": _tables(questions)} for part, questions in one.parties],
        }
        for one in read_avis(request.user, organisme)
    ]
    return page(request, organisme, "avis", {"avis_reunis": found, "lot": LOT})


def _tables(questions: Any) -> list[dict[str, Any]]:
    """Questions that are answered with the same words share their columns."""
    found: list[dict[str, Any]] = []
    for counted in questions:
        words = [word for word, _ in counted.comptes]
        if not found or found[-1]["colonnes"] != words:
            found.append({"colonnes": words, "lignes": []})
        cells = [
            {"mot": word, "nombre": n, "part": round(100 * n / counted.total)} for word, n in counted.comptes
        ]
        found[-1]["lignes"].append({"texte": counted.question.texte, "cases": cells})
    return found


def _quarter(told: str) -> str:
    """«1er trimestre 2026»."""
    year, _, rank = told.partition("-T")
    return f"{rank}{'er' if rank == '1' else 'e'} trimestre {year}"


urls = [path("avis/", avis, name="organisme_avis")]
