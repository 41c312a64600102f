"""One bilan, for the consultant: the line, what blocks the next phase with its article, the acts, the hours."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.droits import open_pause
from jalon.actions.bilan import decline_bilan, move_bilan, reopen_preliminaire
from jalon.domain.bilan import CLOSED, TRANSITIONS, Etat
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import LEGAL_PHASES, Nature
from jalon.domain.seance import EtatSeance
from jalon.web import gate, refus
from jalon.web.requete import Requete
from jalon.web.suite import a_venir
from jalon.web.templatetags.cadre import situation_of

# One step forward at a time. «finish» and «abandon» are on the page of the end, with their effects.
_FORWARD = ("start", "investigate", "conclude")
_DONE = {
    "start": "La phase préliminaire a commencé.",
    "investigate": "L’investigation est ouverte.",
    "conclude": "Les conclusions sont ouvertes.",
}


@dataclass(frozen=True)
class Pas:
    """The step forward from here: its label, what stands in its way, the warnings that a reason lets pass."""

    nom: str
    libelle: str
    refus: list[Obstacle]
    avertissements: list[Obstacle]


@gate.bilan(Action.MOVE_BILAN)
def bilan(request: Requete, bilan: Any) -> HttpResponse:
    return _page(request, bilan)


@gate.bilan(Action.MOVE_BILAN)
@require_POST
def avancer(request: Requete, bilan: Any) -> HttpResponse:
    name = request.POST.get("pas", "")
    if name not in _FORWARD:
        raise Http404
    try:
        move_bilan(
            bilan=bilan, name=name, by=request.user, now=request.now, reasons=refus.reasons_of(request)
        )
    except Refused as refused:
        return _page(request, bilan, refused)
    messages.success(request, _DONE[name])
    return redirect("consultant_bilan", bilan.pk)


@gate.bilan(Action.MOVE_BILAN)
def revenir(request: Requete, bilan: Any) -> HttpResponse:
    """Back to the preliminary phase: what it changes is told first."""
    refused: Refused | None = None
    if request.method == "POST":
        try:
            reopen_preliminaire(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "La phase préliminaire est rouverte.")
            return redirect("consultant_bilan", bilan.pk)
    return _confirm(request, bilan, "consultant/bilan_revenir.html", refused)


@gate.bilan(Action.DECLINE_BILAN)
def decliner(request: Requete, bilan: Any) -> HttpResponse:
    refused: Refused | None = None
    if request.method == "POST":
        try:
            decline_bilan(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "Le dossier est clos : non conclu.")
            return redirect("consultant_bilan", bilan.pk)
    return _confirm(request, bilan, "consultant/bilan_decliner.html", refused)


def _confirm(request: Requete, bilan: Any, template: str, refused: Refused | None) -> HttpResponse:
    context = {"bilan": bilan, "obstacles_trouves": refused.obstacles if refused else ()}
    return render(request, template, context, status=422 if refused else 200)


def _page(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
    situation = situation_of(request, bilan)
    possible = situation.possible
    step = next((name for name in _FORWARD if name in possible), "")
    found = possible.get(step, [])
    context = {
        "bilan": bilan,
        "situation": situation,
        "pause": open_pause(bilan),
        "pas": Pas(
            step,
            TRANSITIONS[step].label,
            [o for o in found if o.refuses],
            [o for o in found if not o.refuses],
        )
        if step
        else None,
        "motifs": list(Motif),
        "motifs_choisis": refus.reasons_of(request) if refused else {},
        "phases": _phases(situation),
        "prochaines": a_venir(situation)[:3],
        "en_preparation": bilan.etat == Etat.PREPARATION,
        "peut_revenir": "reopen" in possible,
        "peut_finir": "finish" in possible,
        "clos": bilan.etat in CLOSED,
        "refuse": bool(refused),
        "obstacles_trouves": refused.obstacles if refused else (),
    }
    return render(request, "consultant/bilan.html", context, status=422 if refused else 200)


def _phases(situation: Any) -> list[dict[str, Any]]:
    """Phase by phase, in minutes: agreed, in the agenda, signed."""
    facts = situation.facts
    rows = []
    for phase in LEGAL_PHASES:
        for nature in (Nature.ACCOMPAGNEMENT, Nature.TRAVAIL_PERSONNEL):
            agreed = sum(x.total for x in facts.lignes if x.phase == phase and x.nature == nature)
            seances = [s for s in facts.seances if s.phase == phase and s.nature == nature]
            planned = sum(s.minutes for s in seances if s.etat in (EtatSeance.PREVUE, EtatSeance.TENUE))
            signed = sum(s.minutes for s in seances if s.signee)
            if agreed or planned:
                rows.append(
                    {
                        "phase": phase.label,
                        "nature": nature.label,
                        "convenu": agreed,
                        "prevu": planned,
                        "signe": signed,
                    }
                )
    return rows


urls = [
    path("<uuid:bilan_id>/", bilan, name="consultant_bilan"),
    path("<uuid:bilan_id>/avancer/", avancer, name="consultant_bilan_avancer"),
    path("<uuid:bilan_id>/revenir/", revenir, name="consultant_bilan_revenir"),
    path("<uuid:bilan_id>/decliner/", decliner, name="consultant_bilan_decliner"),
]
