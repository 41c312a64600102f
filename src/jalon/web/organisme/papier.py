"""Papers and signatures of one dossier: what may be issued, what it misses, who has signed, what the employer has to do."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.convention import list_absences, list_conventions
from jalon.access.employeur import read_acces
from jalon.access.papier import list_papiers, read_papier
from jalon.access.signature import list_circuits
from jalon.actions.papiers import issue_papier, issue_papiers, list_possible
from jalon.domain.bilan import CLOSED
from jalon.domain.financement import WITH_EMPLOYER
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.composants.typographie import compte
from jalon.web.organisme.cadre import page
from jalon.web.papier import TAILLES, download
from jalon.web.requete import Requete


def papers_page(
    request: Requete, bilan: Any, refused: Refused | None = None, titre: str = ""
) -> HttpResponse:
    circuits = list_circuits(request.user, bilan)
    projects = {seen.circuit.document_id for seen in circuits if seen.circuit.scelle_id}
    context = {
        "bilan": bilan,
        "ferme": bilan.etat in CLOSED,
        "possibles": [] if bilan.etat in CLOSED else list_possible(bilan, now=request.now),
        # What was sent to be signed is shown by its circuit; once sealed, by its sealed file.
        "papiers": [p for p in list_papiers(request.user, bilan) if p.document.pk not in projects],
        "circuits": circuits,
        "tailles": TAILLES,
        "avec_employeur": bilan.financement in WITH_EMPLOYER,
        "acces": read_acces(bilan) if bilan.financement in WITH_EMPLOYER else None,
        "conventions": list_conventions(request.user, bilan, now=request.now),
        "absences": list_absences(request.user, bilan, now=request.now),
        "obstacles_trouves": refused.obstacles if refused else (),
        "obstacles_titre": titre or "Ce n’est pas fait",
    }
    return page(request, bilan.organisme, "papiers", context, status=422 if refused else 200)


@gate.bilan(Action.MANAGE_DOSSIER)
def papiers(request: Requete, bilan: Any) -> HttpResponse:
    return papers_page(request, bilan)


@gate.bilan(Action.ISSUE_PAPIERS)
@require_POST
def etablir(request: Requete, bilan: Any, genre: str) -> HttpResponse:
    try:
        issued = issue_papier(
            bilan=bilan,
            genre=genre,
            by=request.user,
            now=request.now,
            taille=request.POST.get("taille", "normal"),
        )
    except Refused as refused:
        return papers_page(request, bilan, refused, "Ce papier n’est pas établi")
    sent = hasattr(issued, "circuit")
    messages.success(
        request,
        f"Le papier {issued.numero} est établi" + (" et envoyé à la signature." if sent else " et scellé."),
    )
    return redirect("organisme_papiers", bilan.pk)


@gate.bilan(Action.ISSUE_PAPIERS)
@require_POST
def tous(request: Requete, bilan: Any) -> HttpResponse:
    try:
        issued = issue_papiers(
            bilan=bilan, by=request.user, now=request.now, taille=request.POST.get("taille", "normal")
        )
    except Refused as refused:
        return papers_page(request, bilan, refused, "Rien n’est établi")
    messages.success(request, f"{compte(len(issued), 'papier établi', 'papiers établis')}.")
    return redirect("organisme_papiers", bilan.pk)


@gate.bilan(Action.MANAGE_DOSSIER)
def papier(request: Requete, bilan: Any, document_id: Any) -> HttpResponse:
    number, octets = read_papier(request.user, bilan, document_id)
    return download(octets, number)


urls = [
    path("dossiers/<uuid:bilan_id>/papiers/", papiers, name="organisme_papiers"),
    path("dossiers/<uuid:bilan_id>/papiers/etablir/", tous, name="organisme_papiers_etablir"),
    path("dossiers/<uuid:bilan_id>/papiers/etablir/<slug:genre>/", etablir, name="organisme_papier_etablir"),
    path("dossiers/<uuid:bilan_id>/papiers/<uuid:document_id>/", papier, name="organisme_papier"),
]
