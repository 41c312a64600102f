"""Write what the law orders to tell the cellule de reclassement, show it to the person, note that it has left."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.pieces import read_piece
from jalon.actions.cellule import note_transmission, write_cellule
from jalon.actions.composition import compose
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits import cellule as pages
from jalon.web.ecrits.cellule import FormulaireCellule, TransmissionForm, is_told
from jalon.web.ecrits.page import montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import Saisie, envoyer, ouvrir, reprend_l_autre
from jalon.web.requete import Requete

ESPACE = "consultant"


@gate.bilan(Action.INFORM_CELLULE)
def cellule(request: Requete, bilan: Any) -> HttpResponse:
    if not is_told(bilan):
        return montrer(request, bilan, ESPACE, "ecrits/cellule_sans_objet.html")
    if request.method != "POST":
        return _page(request, bilan)
    if reprend_l_autre(request):
        return vers(ESPACE, "cellule", bilan)
    changed = FormulaireCellule.apres_geste(request.POST.dict())
    if changed is not None:
        return _page(request, bilan, Saisie(FormulaireCellule(initial=changed)))
    refused = envoyer(
        FormulaireCellule(request.POST),
        lambda form: write_cellule(
            bilan=bilan,
            contenu=compose("cellule", actions=form.remplies()),
            by=request.user,
            now=request.now,
            base_revision=form.base(),
        ),
        pages.texte,
        bilan=bilan,
        lecteur=request.user,
    )
    if refused:
        return _page(request, bilan, refused)
    messages.success(request, "C’est enregistré, et la personne peut le lire.")
    return vers(ESPACE, "cellule", bilan)


@gate.bilan(Action.INFORM_CELLULE)
@require_POST
def transmettre(request: Requete, bilan: Any) -> HttpResponse:
    if not is_told(bilan):
        return vers(ESPACE, "cellule", bilan)
    form = TransmissionForm(request.POST)
    if form.is_valid():
        try:
            note_transmission(bilan=bilan, le=form.cleaned_data["le"], by=request.user, now=request.now)
        except Refused as refused:
            for obstacle in refused.obstacles:
                form.add_error(obstacle.field or None, obstacle.sentence)
        else:
            messages.success(request, "La transmission est notée.")
            return vers(ESPACE, "cellule", bilan)
    return _page(request, bilan, transmission=form)


@gate.bilan(Action.INFORM_CELLULE)
def courrier(request: Requete, bilan: Any) -> HttpResponse:
    return pages.courrier(request, bilan, ESPACE)


def _page(
    request: Requete, bilan: Any, saisie: Saisie | None = None, transmission: TransmissionForm | None = None
) -> HttpResponse:
    found = read_piece(request.user, bilan, "cellule", now=request.now)
    if saisie is None:
        rows = [one.to_json() for one in found.contenu.actions] if found else []
        saisie = ouvrir(
            request,
            bilan,
            "cellule",
            FormulaireCellule,
            FormulaireCellule.initial_de(rows),
            found.revision if found else 0,
        )
    if transmission is not None:
        saisie.status = 422
    sent = found.contenu.transmis_le if found else None
    context = {
        "actions": pages.actions_lisibles(found.contenu) if found else [],
        "montre_le": found.piece.partage_le if found else None,
        "transmis_le": date.fromisoformat(sent) if sent else None,
        "transmission": transmission or TransmissionForm(),
    }
    return montrer_saisie(request, bilan, ESPACE, "consultant/cellule.html", saisie, context)


urls = [
    path("<uuid:bilan_id>/cellule/", cellule, name="consultant_cellule"),
    path("<uuid:bilan_id>/cellule/transmission/", transmettre, name="consultant_cellule_transmission"),
    path("<uuid:bilan_id>/cellule/courrier/", courrier, name="consultant_cellule_courrier"),
]
