"""What the cabinet asks: the bank with its method sheets, its own questionnaires and norm tables, in and out as files."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.instruments import (
    get_norms,
    get_own,
    instrument_file,
    instrument_of,
    list_norms,
    list_own,
)
from jalon.actions.instrument import deposit_instrument, deposit_norms, withdraw_instrument, withdraw_norms
from jalon.domain.obstacle import Refused
from jalon.instruments import Famille, bank
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.requete import Requete

TAILLE_MAX = 500_000


class DepotForm(forms.Form):
    fichier = forms.FileField(
        label="Le fichier",
        help_text="Un fichier .toml de 500 ko au plus, au format des questionnaires de la banque.",
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        error_messages={
            "required": "Choisissez le fichier sur votre appareil.",
            "empty": "Ce fichier est vide : choisissez-en un autre.",
        },
    )

    def clean_fichier(self) -> Any:
        sent = self.cleaned_data["fichier"]
        if sent.size > TAILLE_MAX:
            raise forms.ValidationError("Ce fichier est trop lourd : 500 ko au plus.")
        return sent


@gate.cabinet(Action.VIEW_CABINET)
def instruments(request: Requete, organisme: Any) -> HttpResponse:
    return _page(request, organisme)


def _page(
    request: Requete,
    organisme: Any,
    *,
    form: DepotForm | None = None,
    form_normes: DepotForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shelves: dict[Famille, list[Any]] = {family: [] for family in Famille}
    for versions in bank().values():
        shelves[versions[-1].famille].append(versions[-1])
    context = {
        "familles": [
            {"nom": family.label, "instruments": found} for family, found in shelves.items() if found
        ],
        "propres": list_own(organisme),
        "tables": list_norms(organisme),
        "form": form or DepotForm(prefix="instrument"),
        "form_normes": form_normes or DepotForm(prefix="normes"),
    }
    return page(request, organisme, "instruments", context, status=status)


@gate.cabinet(Action.VIEW_CABINET)
def fiche(request: Requete, organisme: Any, code: str, version: str) -> HttpResponse:
    """The method sheet and every question, to read or to print."""
    instrument = instrument_of(organisme.pk, code, version)
    if instrument is None:
        raise Http404
    return page(request, organisme, "instrument", {"instrument": instrument})


@gate.cabinet(Action.VIEW_CABINET)
def exporter(request: Requete, organisme: Any, code: str, version: str) -> HttpResponse:
    found = instrument_file(organisme, code, version)
    if found is None:
        raise Http404
    return _file(found, f"{code}-{version}.toml")


@gate.cabinet(Action.VIEW_CABINET)
def exporter_normes(request: Requete, organisme: Any, table_id: Any) -> HttpResponse:
    table = get_norms(Action.VIEW_CABINET, request.user, table_id)
    return _file(table.contenu.encode(), f"{table.code}-{table.version}-etalonnage.toml")


def _file(octets: bytes, nom: str) -> HttpResponse:
    response = HttpResponse(octets, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{nom}"'
    return response


@gate.cabinet(Action.MANAGE_INSTRUMENTS)
def deposer(request: Requete, organisme: Any) -> HttpResponse:
    if request.method != "POST":
        return redirect("organisme_instruments")
    form = DepotForm(request.POST, request.FILES, prefix="instrument")
    if form.is_valid():
        sent = form.cleaned_data["fichier"]
        try:
            row = deposit_instrument(
                organisme=organisme,
                nom_fichier=sent.name or "fichier.toml",
                octets=sent.read(),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            refus.put_on(form, refused)
        else:
            messages.success(
                request, "Le questionnaire est dans la banque du cabinet : il peut être proposé."
            )
            return redirect("organisme_instrument", row.code, row.version)
    return _page(request, organisme, form=form, status=422)


@gate.cabinet(Action.MANAGE_INSTRUMENTS)
def deposer_normes(request: Requete, organisme: Any) -> HttpResponse:
    if request.method != "POST":
        return redirect("organisme_instruments")
    form = DepotForm(request.POST, request.FILES, prefix="normes")
    if form.is_valid():
        sent = form.cleaned_data["fichier"]
        try:
            deposit_norms(
                organisme=organisme,
                nom_fichier=sent.name or "fichier.toml",
                octets=sent.read(),
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            refus.put_on(form, refused)
        else:
            messages.success(request, "La table est déposée : les prochains résultats diront son nom.")
            return redirect("organisme_instruments")
    return _page(request, organisme, form_normes=form, status=422)


@gate.cabinet(Action.MANAGE_INSTRUMENTS)
@require_POST
def retirer(request: Requete, organisme: Any, instrument_id: Any) -> HttpResponse:
    row = get_own(Action.MANAGE_INSTRUMENTS, request.user, instrument_id)
    withdraw_instrument(instrument=row, by=request.user, now=request.now)
    messages.success(request, "Cette version n’est plus proposée. Les réponses déjà données la gardent.")
    return redirect("organisme_instruments")


@gate.cabinet(Action.MANAGE_INSTRUMENTS)
@require_POST
def retirer_normes(request: Requete, organisme: Any, table_id: Any) -> HttpResponse:
    table = get_norms(Action.MANAGE_INSTRUMENTS, request.user, table_id)
    withdraw_norms(table=table, by=request.user, now=request.now)
    messages.success(request, "Cette table ne sert plus aux prochains résultats.")
    return redirect("organisme_instruments")


urls = [
    path("questionnaires/", instruments, name="organisme_instruments"),
    path("questionnaires/deposer/", deposer, name="organisme_instrument_deposer"),
    path("questionnaires/etalonnages/deposer/", deposer_normes, name="organisme_etalonnage_deposer"),
    path("questionnaires/etalonnages/<uuid:table_id>/", exporter_normes, name="organisme_etalonnage"),
    path(
        "questionnaires/etalonnages/<uuid:table_id>/retirer/",
        retirer_normes,
        name="organisme_etalonnage_retirer",
    ),
    path("questionnaires/<uuid:instrument_id>/retirer/", retirer, name="organisme_instrument_retirer"),
    path("questionnaires/<slug:code>/<str:version>/", fiche, name="organisme_instrument"),
    path("questionnaires/<slug:code>/<str:version>/fichier/", exporter, name="organisme_instrument_exporter"),
]
