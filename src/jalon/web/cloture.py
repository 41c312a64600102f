"""What was agreed in the preliminary phase, on one page, before both close it (R. 6313-4, 1°)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalon.access.pieces import read_pieces
from jalon.actions.bilan import close_preliminaire
from jalon.domain.bilan import CLOSING, Etat
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import LEGAL_PHASES, Nature
from jalon.web.composants.typographie import heures
from jalon.web.requete import Requete
from jalon.web.templatetags.cadre import situation_of


def page(request: Requete, bilan: Any, *, space: str) -> HttpResponse:
    refused: Refused | None = None
    if request.method == "POST":
        try:
            close_preliminaire(bilan=bilan, by=request.user, now=request.now)
        except Refused as found:
            refused = found
        else:
            messages.success(request, "Votre accord pour clore la phase préliminaire est noté.")
            return redirect(f"{space}_cloture", bilan.pk)
    situation = situation_of(request, bilan)
    opened = {
        lue.piece.nature: lue
        for lue in read_pieces(request.user, bilan, ["demande", "objectifs"], now=request.now)
    }
    person, consultant = bilan.preliminaire_clos_beneficiaire_le, bilan.preliminaire_clos_consultant_le
    context = {
        "bilan": bilan,
        "situation": situation,
        "demande": opened.get("demande"),
        "objectifs": opened.get("objectifs"),
        "rythme": _rythme(situation.lignes),
        "ouverte": bilan.etat == Etat.PRELIMINAIRE,
        "moi_le": person if space == "beneficiaire" else consultant,
        "autre_le": consultant if space == "beneficiaire" else person,
        "obstacles_trouves": refused.obstacles if refused else (),
        "manque": [o for rule in CLOSING if (o := rule(situation.facts, situation.law, situation.jour))],
    }
    return render(request, f"{space}/cloture.html", context, status=422 if refused else 200)


def _rythme(lignes: Any) -> list[tuple[str, str]]:
    """Phase by phase, what was agreed: «4 entretiens de 2 h»."""
    said = []
    for phase in LEGAL_PHASES:
        parts = []
        for ligne in lignes:
            if ligne.phase != phase:
                continue
            if ligne.nature == Nature.TRAVAIL_PERSONNEL:
                parts.append(f"{heures(ligne.total)} de travail personnel")
            else:
                noun = "entretiens" if ligne.nombre > 1 else "entretien"
                group = ", en groupe" if ligne.collectif else ""
                parts.append(f"{ligne.nombre} {noun} de {heures(ligne.minutes)}{group}")
        said.append((phase.label, ", ".join(parts)))
    return said
