"""The referentials of this installation: which versions are there, the day's one, and how another comes in."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.metiers import (
    changes_towards,
    get_demande,
    get_version,
    list_demandes,
    list_versions_of,
)
from jalon.actions.referentiel import NOMENCLATURES, ask_download, ask_import, choose_version
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate
from jalon.web.organisme.cadre import page
from jalon.web.organisme.depot import MAX_BYTES, ArchiveSurDisque
from jalon.web.requete import Requete

KINDS = {
    "rome": (
        "Le ROME : métiers et compétences",
        "France Travail le publie deux fois par an. Archive « RefRomeCsv.zip ».",
    ),
    "rncp": (
        "Les certifications : RNCP et RS",
        "France compétences les publie chaque jour. Archive « export-fiches-csv-….zip », ou la même en XML.",
    ),
    "naf": ("Les activités : NAF", "L’INSEE la publie. Un fichier JSON ou CSV de codes et de libellés."),
}
ETATS = {
    "attente": ("Attend son tour", "attente"),
    "en_cours": ("En cours", "en_cours"),
    "faite": ("Importé", "fait"),
    "refusee": ("Refusé", "refuse"),
}
# Of a change of version, the first lines are read; the numbers say the rest.
MONTRES = 60


class ImportForm(forms.Form):
    kind = forms.ChoiceField(
        label="Quel référentiel",
        choices=[(kind, titre) for kind, (titre, _) in KINDS.items()],
        widget=forms.RadioSelect,
        initial="rome",
        error_messages={"required": "Dites de quel référentiel il s’agit."},
    )
    nomenclature = forms.ChoiceField(
        label="Pour la NAF, laquelle",
        choices=[(one, "NAF rév. 2" if one == "rev2" else f"NAF {one}") for one in NOMENCLATURES],
        required=False,
    )
    archive = forms.FileField(
        label="L’archive, telle qu’elle a été téléchargée",
        help_text=f"Un zip (ou un fichier JSON ou CSV pour la NAF), {MAX_BYTES // 1_000_000} Mo au plus. Ne l’ouvrez pas avec un tableur : "
        "il changerait les accents.",
        widget=forms.FileInput(attrs={"accept": ".zip,.json,.csv"}),
        error_messages={
            "required": "Choisissez l’archive sur votre appareil.",
            "empty": "Ce fichier est vide. Téléchargez l’archive de nouveau.",
        },
    )


@gate.cabinet(Action.VIEW_METIERS)
def metiers(request: Requete, organisme: Any) -> HttpResponse:
    return _page(request, organisme, ImportForm())


def _page(
    request: Requete,
    organisme: Any,
    form: ImportForm,
    obstacles: tuple[Obstacle, ...] = (),
    status: int = 200,
) -> HttpResponse:
    demandes = [_demande(one) for one in list_demandes()]
    context = {
        "referentiels": [
            {"kind": kind, "titre": titre, "aide": aide, "versions": list_versions_of(kind)}
            for kind, (titre, aide) in KINDS.items()
        ],
        "demandes": demandes,
        "en_cours": next((one for one in demandes if not one["demande"].finie), None),
        "form": form,
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "metiers", context, status=status)


def _demande(one: Any) -> dict[str, Any]:
    mot, ton = ETATS[one.etat]
    return {"demande": one, "titre": KINDS[one.kind][0], "mot": mot, "ton": ton}


@csrf_exempt  # checked just below, once the archive has its own place to go
@gate.cabinet(Action.MANAGE_METIERS)
def importer(request: Requete, organisme: Any) -> HttpResponse:
    if request.method != "POST":
        return redirect("organisme_metiers")
    handler = ArchiveSurDisque(request)
    request.upload_handlers = [handler]  # type: ignore[assignment]
    try:
        answer: HttpResponse = csrf_protect(_importer)(request, organisme, handler)
    finally:
        # Taken by the action, or of no use any more.
        handler.drop()
    return answer


def _importer(request: Requete, organisme: Any, handler: ArchiveSurDisque) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if handler.trop_grand:
        form.fields["archive"].error_messages["required"] = (
            f"Ce fichier est trop lourd : {MAX_BYTES // 1_000_000} Mo au plus. Vérifiez que c’est l’archive officielle."
        )
    if not form.is_valid():
        return _page(request, organisme, form, status=422)
    sent = form.cleaned_data["archive"]
    try:
        asked = ask_import(
            organisme=organisme,
            kind=form.cleaned_data["kind"],
            archive=Path(sent.depot),
            nom=sent.name or "",
            nomenclature=form.cleaned_data["nomenclature"] or "rev2",
            by=request.user,
            now=request.now,
        )
    except Refused as refused:
        return _page(request, organisme, form, refused.obstacles, 422)
    return redirect("organisme_metiers_import", asked.id)


@gate.cabinet(Action.MANAGE_METIERS)
@require_POST
def telecharger(request: Requete, organisme: Any) -> HttpResponse:
    try:
        asked = ask_download(
            organisme=organisme, kind=request.POST.get("kind", ""), by=request.user, now=request.now
        )
    except Refused as refused:
        return _page(request, organisme, ImportForm(), refused.obstacles, 422)
    return redirect("organisme_metiers_import", asked.id)


@gate.cabinet(Action.VIEW_METIERS)
def suivre(request: Requete, organisme: Any, demande_id: Any) -> HttpResponse:
    """How far it is. The page looks again by itself until it is done, with or without JavaScript."""
    context = _demande(get_demande(demande_id))
    if request.headers.get("HX-Request"):
        return render(request, "organisme/_metiers_avancement.html", context)
    return page(request, organisme, "metiers_import", context)


@gate.cabinet(Action.VIEW_METIERS)
def version(request: Requete, organisme: Any, kind: str, version: str) -> HttpResponse:
    found = get_version(kind, version)
    obstacles: tuple[Obstacle, ...] = ()
    if request.method == "POST":
        access.require(Action.MANAGE_METIERS, request.user, organisme)
        try:
            choose_version(organisme=organisme, kind=kind, version=version, by=request.user, now=request.now)
        except Refused as refused:
            obstacles = refused.obstacles
        else:
            messages.success(request, "Cette version est maintenant celle du jour.")
            return redirect("organisme_metiers")
    changes = changes_towards(found)
    context = {
        "version": found,
        "titre": KINDS[kind][0],
        "changements": [
            {
                "titre": titre,
                "aide": aide,
                "lignes": [
                    {"code": row[0], "avant": row[1], "apres": row[2] if len(row) > 2 else ""}
                    for row in rows[:MONTRES]
                ],
                "reste": max(0, len(rows) - MONTRES),
                "nombre": len(rows),
            }
            for titre, aide, rows in (
                (
                    "Codes qui changent de sens ou d’intitulé",
                    "Ce qui a été gardé sous l’ancienne version garde son intitulé, et une mention le dit.",
                    changes.changes,
                ),
                ("Codes qui disparaissent", "Les pistes gardées restent lisibles.", changes.disparus),
                ("Nouveaux codes", "", changes.nouveaux),
            )
            if rows
        ]
        if changes
        else [],
        "obstacles_trouves": obstacles,
    }
    return page(request, organisme, "metiers_version", context, status=422 if obstacles else 200)


urls = [
    path("metiers/", metiers, name="organisme_metiers"),
    path("metiers/importer/", importer, name="organisme_metiers_importer"),
    path("metiers/telecharger/", telecharger, name="organisme_metiers_telecharger"),
    path("metiers/imports/<uuid:demande_id>/", suivre, name="organisme_metiers_import"),
    path("metiers/<slug:kind>/<str:version>/", version, name="organisme_metiers_version"),
]
