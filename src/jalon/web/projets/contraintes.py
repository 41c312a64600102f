"""What each project asks of the rest of her life, and changes there: hers alone, shared one sheet at a time."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.projet import read_projets
from jalon.actions.composition import compose
from jalon.actions.vie import write_contraintes
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import Formulaire, en_texte, envoyer, ouvrir, prose, reprend_l_autre
from jalon.web.requete import Requete

CHAMPS = ("conditions", "contraintes", "argent", "proches", "limites")
_COURT = 5_000


class FormulaireContraintes(Formulaire):
    conditions = prose(
        "Ce qu’il vous faut", "Des horaires, un lieu, un rythme, un revenu.", max_length=_COURT
    )
    contraintes = prose("Ce qui ne bougera pas", "Ce avec quoi le projet devra compter.", max_length=_COURT)
    argent = prose("Ce que cela change pour l’argent", "Pendant, puis après.", max_length=_COURT)
    proches = prose(
        "Ce que cela change pour les proches", "Ce qu’ils en disent, s’ils le savent.", max_length=_COURT
    )
    limites = prose("Ce que vous n’accepterez pas", max_length=_COURT)
    partage = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, consultant: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["partage"].label = f"Partager cette page avec {consultant}"
        self.fields[
            "partage"
        ].help_text = "Sans cette case, personne d’autre que vous ne la lit. Vous pouvez changer d’avis."


def lignes(contenu: Any) -> list[tuple[str, str]]:
    fields = FormulaireContraintes.base_fields
    return [
        (str(fields[name].label), getattr(contenu, name)) for name in CHAMPS if getattr(contenu, name).strip()
    ]


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def contraintes(request: Requete, bilan: Any) -> HttpResponse:
        """Each project with its sheet, if this reader may open it."""
        found = read_projets(request.user, bilan, now=request.now)
        told = [(lue, found.contraintes.get(lue.piece.reference)) for lue in found.vivants]
        context = {
            "fiches": [
                {
                    "projet": lue.contenu.intitule,
                    "lignes": lignes(sheet.contenu) if sheet else [],
                    "partage": sheet is not None and sheet.piece.partage_le is not None,
                    "ecrire": lien(espace, "contraintes_ecrire", bilan, lue.piece.reference)
                    if espace == "beneficiaire"
                    else "",
                }
                for lue, sheet in told
                if sheet is not None or espace == "beneficiaire"
            ],
            "projets": lien(espace, "projets", bilan),
        }
        return montrer(request, bilan, espace, "projets/contraintes.html", context)

    @gate.bilan(Action.WRITE_VIE)
    def ecrire(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        projet = found.projet(reference)
        sheet = found.contraintes.get(str(reference))
        page = f"contraintes-{reference}"

        def make(data: Any = None, **kwargs: Any) -> FormulaireContraintes:
            return FormulaireContraintes(data, consultant=bilan.consultant.nom_complet, **kwargs)

        context = {"projet": projet.contenu, "page": page}
        if request.method != "POST":
            saved = sheet.contenu.to_json() | {"partage": sheet.piece.partage_le is not None} if sheet else {}
            saisie = ouvrir(request, bilan, page, make, saved, sheet.revision if sheet else 0)
            return montrer_saisie(request, bilan, espace, "projets/contraintes_ecrire.html", saisie, context)
        if reprend_l_autre(request):
            return vers(espace, "contraintes_ecrire", bilan, reference)
        refused = envoyer(
            make(request.POST),
            lambda form: write_contraintes(
                bilan=bilan,
                projet=str(reference),
                contenu=compose("contraintes", **{name: form.cleaned_data[name] for name in CHAMPS}),
                by=request.user,
                now=request.now,
                base_revision=form.base(),
                partage=form.cleaned_data["partage"],
            ),
            lambda contenu: en_texte(*lignes(contenu)),
            bilan=bilan,
            lecteur=request.user,
        )
        if refused is not None:
            return montrer_saisie(request, bilan, espace, "projets/contraintes_ecrire.html", refused, context)
        messages.success(request, "C’est enregistré.")
        return vers(espace, "contraintes", bilan)

    found = [path("<uuid:bilan_id>/contraintes/", contraintes, name=f"{espace}_contraintes")]
    if espace == "beneficiaire":
        found.append(
            path("<uuid:bilan_id>/contraintes/<uuid:reference>/", ecrire, name=f"{espace}_contraintes_ecrire")
        )
    return found
