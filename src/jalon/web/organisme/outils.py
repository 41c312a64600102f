"""What the cabinet works with, on one page: places, occupations, questionnaires, exercises, opinions. Keeps the navigation short."""

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from jalon import access
from jalon.access import Action
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete

# Page, label, one sentence, and the right without which it is not shown.
_OUTILS: tuple[tuple[str, str, str, Action | None], ...] = (
    ("lieux", "Lieux et salles", "Où l’on reçoit, et l’accessibilité dite franchement.", None),
    ("metiers", "Métiers", "Les référentiels officiels, leurs versions et leurs dates.", None),
    ("instruments", "Questionnaires", "Ce qu’ils mesurent, ce qu’ils ne mesurent pas, et les vôtres.", None),
    (
        "exercices",
        "Exercices",
        "Ceux de la bibliothèque, ceux du cabinet, et les ressources à conseiller.",
        None,
    ),
    ("avis", "Avis", "Ce que les personnes pensent de leur accompagnement, sans dire qui.", Action.VIEW_AVIS),
)


@gate.cabinet(Action.VIEW_CABINET)
def outils(request: Requete, organisme: Any) -> HttpResponse:
    held = access.allowed_actions(request.user, organisme)
    shown = [
        {"href": reverse(f"organisme_{name}"), "libelle": label, "phrase": sentence}
        for name, label, sentence, right in _OUTILS
        if right is None or right in held
    ]
    return page(request, organisme, "outils", {"outils": shown}, held=held)


urls = [path("outils/", outils, name="organisme_outils")]
