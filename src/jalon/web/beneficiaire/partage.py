"""«Mes partages»: to whom she gives what to read, until when, who has opened it; and to stop, at once, without a reason."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from jalon.access import Action
from jalon.access.bilan import bilan_day
from jalon.access.conservation import read_cep
from jalon.access.partage import VuParTiers, get_share, list_shareable, list_shares, read_mine
from jalon.actions.partage import Demande, read_accord, revoke_share, share_documents
from jalon.domain.natures import LABELS
from jalon.domain.obstacle import Refused
from jalon.domain.partage import JOURS_PROPOSES, Accord, Destinataire, Finalite, Partageable
from jalon.web import gate, refus
from jalon.web.composants.typographie import date_courte
from jalon.web.partages import pdf, vu
from jalon.web.requete import Requete

_CHOISIR = [("", "Choisissez")]


class PartageForm(forms.Form):
    """Nothing is ticked beforehand; whoever reads is named."""

    destinataire = forms.ChoiceField(
        label="À qui ?", choices=[(d.value, d.label) for d in Destinataire], widget=forms.RadioSelect
    )
    prenom = forms.CharField(label="Son prénom", max_length=60, required=False)
    nom = forms.CharField(label="Son nom", max_length=60)
    structure = forms.CharField(
        label="Son organisme ou son entreprise",
        max_length=100,
        required=False,
    )
    courriel = forms.EmailField(
        label="Son adresse électronique",
        help_text="Un code y est envoyé à chaque entrée. Vérifiez-la lettre à lettre.",
    )
    finalite = forms.ChoiceField(
        label="Pour quoi faire ?", choices=[*_CHOISIR, *((f.value, f.label) for f in Finalite)]
    )
    documents = forms.MultipleChoiceField(
        label="Quels documents ?", choices=[], widget=forms.CheckboxSelectMultiple
    )
    fin = forms.DateField(label="Jusqu’au", help_text="Vous pourrez arrêter avant, à tout moment.")

    def __init__(self, shareable: Any, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["documents"].choices = [  # type: ignore[attr-defined]
            (
                str(d.pk),
                f"{LABELS.get(d.genre, d.genre) if d.genre != 'synthese' else 'Document de synthèse'}, {d.numero}, "
                f"{date_courte(d.emis_le)}",
            )
            for d in shareable
        ]

    def demande(self) -> Demande:
        said = self.cleaned_data
        return Demande(
            destinataire=Destinataire(said["destinataire"]),
            prenom=said["prenom"],
            nom=said["nom"],
            structure=said["structure"],
            courriel=said["courriel"],
            finalite=Finalite(said["finalite"]),
            fin=said["fin"],
            documents=tuple(said["documents"]),
        )


@gate.bilan(Action.SHARE_DOCUMENTS)
def partages(request: Requete, bilan: Any) -> HttpResponse:
    shares = list_shares(request.user, bilan)
    context = {
        "bilan": bilan,
        "en_cours": [
            _line(s) for s in shares if s.partage.clos_le is None and s.partage.fin_le > request.now
        ],
        "finis": [
            _line(s) for s in shares if s.partage.clos_le is not None or s.partage.fin_le <= request.now
        ],
        "partageables": bool(list_shareable(request.user, bilan)),
    }
    return render(request, "beneficiaire/partages.html", context)


def _line(share: Any) -> dict[str, Any]:
    return {
        "partage": share.partage,
        "vu": share,
        "documents": [f"{Partageable(c.genre).label} ({c.document.numero})" for c in share.copies],
        "ouvertures": [(LABELS.get(nature, nature), hour) for nature, hour in share.ouvertures],
    }


@gate.bilan(Action.SHARE_DOCUMENTS)
def nouveau(request: Requete, bilan: Any) -> HttpResponse:
    """Two steps: what and to whom; then the very text of the agreement, with what the reader will see."""
    shareable = list_shareable(request.user, bilan)
    if request.method != "POST":
        form = PartageForm(shareable, initial=_begin(request, bilan, shareable))
        return _form(request, bilan, form, shareable)
    form = PartageForm(shareable, request.POST)
    if not form.is_valid():
        return _form(request, bilan, form, shareable, status=422)
    if request.POST.get("geste") == "modifier":
        return _form(request, bilan, form, shareable)
    demande = form.demande()
    try:
        accord = read_accord(bilan=bilan, demande=demande, by=request.user, now=request.now)
        if "accord" not in request.POST:
            return _agreement(request, bilan, form, accord, shareable)
        share_documents(
            bilan=bilan, demande=demande, accord=request.POST["accord"], by=request.user, now=request.now
        )
    except Refused as refused:
        found = refus.put_on(form, refused)
        return _form(request, bilan, form, shareable, obstacles=found, status=422)
    messages.success(
        request,
        "C’est fait\u00a0: le lien est parti. Vous verrez ici quand il est ouvert, et vous pouvez l’arrêter.",
    )
    return redirect("beneficiaire_partages", bilan.pk)


def _begin(request: Requete, bilan: Any, shareable: Any) -> dict[str, Any]:
    """A date is proposed; nobody and nothing is. From a document's own page, that document."""
    asked = request.GET.get("document", "")
    end: date = bilan_day(bilan, request.now) + timedelta(days=JOURS_PROPOSES)
    cep = read_cep(bilan)
    begun: dict[str, Any] = {
        "fin": end,
        "documents": [asked] if asked in {str(d.pk) for d in shareable} else [],
    }
    if request.GET.get("a") == Destinataire.CEP:
        begun |= {"destinataire": Destinataire.CEP, "structure": cep.operateur[:100] if cep else ""}
    return begun


def _form(
    request: Requete, bilan: Any, form: PartageForm, shareable: Any, *, obstacles: Any = (), status: int = 200
) -> HttpResponse:
    context = {"bilan": bilan, "form": form, "partageables": shareable, "obstacles_trouves": obstacles}
    return render(request, "beneficiaire/partage_nouveau.html", context, status=status)


def _agreement(
    request: Requete, bilan: Any, form: PartageForm, accord: Accord, shareable: Any
) -> HttpResponse:
    chosen = {str(pk) for pk in form.cleaned_data["documents"]}
    seen = VuParTiers(
        personne=accord.personne,
        lecteur=accord.nom,
        finalite=accord.finalite,
        dernier_jour=accord.fin,
        documents=tuple((Partageable(d.genre), d.numero, d.pk) for d in shareable if str(d.pk) in chosen),
    )
    context = {
        "bilan": bilan,
        "form": form,
        "paragraphes": accord.paragraphes(),
        "accord": accord.empreinte(),
        "lecteur": accord.nom,
        "employeur": accord.destinataire == Destinataire.EMPLOYEUR,
        **vu(seen, lambda pk: reverse("beneficiaire_partage_lire", args=[bilan.pk, pk])),
    }
    return render(request, "beneficiaire/partage_accord.html", context)


@gate.bilan(Action.SHARE_DOCUMENTS)
def lire(request: Requete, bilan: Any, document_id: Any) -> HttpResponse:
    """The very bytes that the reader will have."""
    return pdf(read_mine(request.user, bilan, document_id)[1])


@gate.bilan(Action.SHARE_DOCUMENTS)
@require_POST
def arreter(request: Requete, bilan: Any, partage_id: Any) -> HttpResponse:
    revoke_share(partage=get_share(request.user, bilan, partage_id), by=request.user, now=request.now)
    messages.success(request, "C’est arrêté\u00a0: le lien n’ouvre plus rien, dès maintenant.")
    return redirect("beneficiaire_partages", bilan.pk)


urls = [
    path("<uuid:bilan_id>/partages/", partages, name="beneficiaire_partages"),
    path("<uuid:bilan_id>/partages/nouveau/", nouveau, name="beneficiaire_partage_nouveau"),
    path("<uuid:bilan_id>/partages/document/<uuid:document_id>/", lire, name="beneficiaire_partage_lire"),
    path("<uuid:bilan_id>/partages/<uuid:partage_id>/arreter/", arreter, name="beneficiaire_partage_arreter"),
]
