"""Follow one circuit: who has signed, what came on paper, take it back; and sign for the cabinet."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.matrix import OF_THE_CABINET
from jalon.access.signature import get_circuit
from jalon.actions.signature import withdraw_circuit
from jalon.actions.signature_papier import enter_paper, read_kept
from jalon.domain.jours import DAY, local_day, zone
from jalon.domain.obstacle import Refused
from jalon.domain.signature import Moyen
from jalon.web import gate, refus
from jalon.web.organisme.cadre import page
from jalon.web.organisme.papier import papers_page
from jalon.web.papier import download
from jalon.web.requete import Requete
from jalon.web.signatures import make_urls


class ScanForm(forms.Form):
    signataires = forms.MultipleChoiceField(
        label="Qui a signé cette page ?",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Dites qui a signé cette page."},
    )
    signe_le = forms.DateField(
        label="Date écrite à côté de la signature",
        error_messages={
            "required": "Recopiez la date écrite sur le papier.",
            "invalid": "Cette date ne se lit pas : jour, mois, année.",
        },
    )
    scan = forms.FileField(
        label="La page signée",
        help_text="PDF ou image (JPEG, PNG). Elle est gardée chiffrée, comme preuve.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": "Choisissez le fichier numérisé sur votre appareil.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )

    def __init__(self, seen: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signataires"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.personne.nom_complet}, {one.get_qualite_display().lower()}")
            for one in seen.signataires
            if one.signe_le is None
        ]


@gate.bilan(Action.SEND_TO_SIGN)
def circuit(request: Requete, bilan: Any, circuit_id: Any) -> HttpResponse:
    seen = get_circuit(request.user, bilan, circuit_id)
    form = ScanForm(seen, request.POST or None, request.FILES or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            enter_paper(
                circuit=seen.circuit,
                signataires=said["signataires"],
                signe_le=said["signe_le"],
                scan=said["scan"].read(),
                nom=said["scan"].name,
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "La signature sur papier est enregistrée ; elle vaut les autres.")
            return redirect("organisme_circuit", bilan.pk, seen.circuit.pk)
    context = {
        "bilan": bilan,
        "vu": seen,
        "form": form,
        "dernier_jour": local_day(seen.circuit.expire_le - DAY / 2, zone(bilan.fuseau)),
        "obstacles_trouves": found,
        "gardes": {one.pk for one in seen.signataires if one.moyen == Moyen.PAPIER and one.objet},
    }
    return page(request, bilan.organisme, "circuit", context, status=422 if request.method == "POST" else 200)


@gate.bilan(Action.SEND_TO_SIGN)
@require_POST
def retirer(request: Requete, bilan: Any, circuit_id: Any) -> HttpResponse:
    seen = get_circuit(request.user, bilan, circuit_id)
    try:
        withdraw_circuit(circuit=seen.circuit, by=request.user, now=request.now)
    except Refused as refused:
        return papers_page(request, bilan, refused, "Le papier n’est pas retiré")
    messages.success(request, "Le papier est retiré : plus personne ne peut le signer.")
    return redirect("organisme_papiers", bilan.pk)


@gate.bilan(Action.SEND_TO_SIGN)
def page_signee(request: Requete, bilan: Any, circuit_id: Any, signataire_id: Any) -> HttpResponse:
    """The scanned page. A drawing made on a screen is not shown: its fingerprint is the proof."""
    seen = get_circuit(request.user, bilan, circuit_id)
    one = next((s for s in seen.signataires if s.pk == signataire_id), None)
    if one is None or one.moyen != Moyen.PAPIER or not one.objet:
        raise Http404
    octets = read_kept(one)
    kind, suffix = (
        ("application/pdf", "pdf") if octets.startswith(b"%PDF") else ("application/octet-stream", "image")
    )
    return download(octets, seen.circuit.document.numero, kind=kind, suffix=suffix)


def _frame(request: Requete, bilan: Any) -> dict[str, Any]:
    held = access.allowed_actions(request.user, bilan.organisme)
    return {
        "organisme": bilan.organisme,
        "peut": {action.value: action in held for action in Action if action in OF_THE_CABINET},
    }


urls = [
    path("dossiers/<uuid:bilan_id>/signatures/<uuid:circuit_id>/", circuit, name="organisme_circuit"),
    path(
        "dossiers/<uuid:bilan_id>/signatures/<uuid:circuit_id>/retirer/",
        retirer,
        name="organisme_circuit_retirer",
    ),
    path(
        "dossiers/<uuid:bilan_id>/signatures/<uuid:circuit_id>/page/<uuid:signataire_id>/",
        page_signee,
        name="organisme_circuit_page",
    ),
    *make_urls(
        "organisme",
        prefix="dossiers/<uuid:bilan_id>/a-signer/",
        action=Action.SIGN_PRESTATAIRE,
        extra=_frame,
    ),
]
