"""The queue of the cabinet: everything that is due and why, the riskiest first. Nothing in it is content."""

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from jalon.access import Action
from jalon.access.a_faire import read_journee
from jalon.access.a_traiter import ATraiter, Famille, Rang
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete

TONS = {
    Rang.ALARME: ("Alarme", "refuse"),
    Rang.EN_RETARD: ("En retard", "refuse"),
    Rang.A_FAIRE: ("À faire", "attente"),
    Rang.BIENTOT: ("Bientôt", "neutre"),
}
_PAGES = {
    "dossier": "organisme_dossier",
    "contact": "organisme_contact",
    "engagement": "organisme_engagement",
    "droits": "organisme_droits",
}


def adresse(item: ATraiter) -> str:
    if item.genre == "qualite":
        return reverse("organisme_reglage", args=["qualite"])
    if item.genre == "courriel":
        return reverse("organisme_courriels")
    return reverse(_PAGES[item.genre], args=[item.cible]) if item.genre in _PAGES and item.cible else ""


def row(item: ATraiter) -> dict[str, Any]:
    mot, ton = TONS[item.rang]
    return {"item": item, "href": adresse(item), "mot": mot, "ton": ton}


@gate.cabinet(Action.VIEW_CABINET)
def a_faire(request: Requete, organisme: Any) -> HttpResponse:
    """One subject at a time when the address says so: the queue of signatures, of the CPF, of papers."""
    journee = read_journee(request.user, organisme, request.now)
    chosen = request.GET.get("sujet", "")
    shown = [one for one in journee.a_traiter if chosen not in set(Famille) or one.famille == chosen]
    here = reverse("organisme_a_faire")
    subjects = [("", "Tout"), *((f.value, f.label) for f in Famille)]
    counts = {f.value: sum(one.famille == f for one in journee.a_traiter) for f in Famille}
    context = {
        "presse": [row(one) for one in shown if one.rang <= Rang.EN_RETARD],
        "aujourd_hui": [row(one) for one in shown if one.rang == Rang.A_FAIRE],
        "bientot": [row(one) for one in shown if one.rang == Rang.BIENTOT],
        "sujets": [
            {
                "href": f"{here}?sujet={code}" if code else here,
                "libelle": label,
                "nombre": counts.get(code, len(journee.a_traiter)),
                "ici": code == (chosen if chosen in set(Famille) else ""),
            }
            for code, label in subjects
            if not code or counts[code] or code == chosen
        ],
        "total": len(journee.a_traiter),
    }
    return page(request, organisme, "a_faire", context, held=journee.peut)


urls = [path("a-faire/", a_faire, name="organisme_a_faire")]
