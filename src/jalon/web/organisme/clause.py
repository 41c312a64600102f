"""Settings of the papers: the cabinet's own clauses, paper by paper, and its logo. The legal mentions are not to be touched."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.clause import count_clauses, has_logo, libelle, list_clauses
from jalon.actions.clause import GENRES, MAX, deposit_logo, remove_logo, write_clauses
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete


def _liste(request: Requete, organisme: Any, refused: Refused | None = None) -> HttpResponse:
    counted = count_clauses(organisme)
    context = {
        "papiers": [(genre, libelle(genre), counted.get(genre, 0)) for genre in GENRES],
        "logo": has_logo(organisme),
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return page(request, organisme, "clauses", context, status=422 if refused else 200)


@gate.cabinet(Action.MANAGE_CABINET)
def clauses(request: Requete, organisme: Any) -> HttpResponse:
    return _liste(request, organisme)


@gate.cabinet(Action.MANAGE_CABINET)
def clause(request: Requete, organisme: Any, genre: str) -> HttpResponse:
    if genre not in GENRES:
        raise Http404
    rows = [(one.titre, one.texte) for one in list_clauses(organisme, genre)]
    found: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        rows = list(zip(request.POST.getlist("titre"), request.POST.getlist("texte"), strict=False))
        try:
            write_clauses(organisme=organisme, genre=genre, clauses=rows, by=request.user, now=request.now)
        except Refused as refused:
            found = refused.obstacles
        else:
            messages.success(
                request, "Les clauses sont enregistrées. Les papiers déjà établis ne changent pas."
            )
            return redirect("organisme_clauses")
    shown = [*rows, ("", "")] if len(rows) < MAX else rows
    context = {
        "genre": genre,
        "libelle": libelle(genre),
        "lignes": list(enumerate(shown, 1)),
        "obstacles_trouves": found,
    }
    return page(request, organisme, "clause", context, status=422 if found else 200)


@gate.cabinet(Action.MANAGE_CABINET)
@require_POST
def logo(request: Requete, organisme: Any) -> HttpResponse:
    try:
        if request.POST.get("retirer"):
            remove_logo(organisme=organisme, by=request.user, now=request.now)
        else:
            sent = request.FILES.get("logo")
            if sent is None or isinstance(sent, list):
                raise Refused(Obstacle("Choisissez une image sur votre appareil.", code="fichier"))
            deposit_logo(
                organisme=organisme,
                fichier=sent.read(),
                nom=sent.name or "",
                by=request.user,
                now=request.now,
            )
    except Refused as refused:
        return _liste(request, organisme, refused)
    messages.success(request, "C’est fait. Les papiers déjà établis ne changent pas.")
    return redirect("organisme_clauses")


urls = [
    path("reglages/papiers/", clauses, name="organisme_clauses"),
    path("reglages/papiers/logo/", logo, name="organisme_logo"),
    path("reglages/papiers/<slug:genre>/", clause, name="organisme_clause"),
]
