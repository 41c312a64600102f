"""Open a dossier, from a contact or directly. Whoever pays decides what may be asked here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from jalon.access import Action
from jalon.access.cabinet import list_consultants, list_lieux, list_offres
from jalon.access.contact import get_contact
from jalon.actions.ouverture import open_bilan
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused
from jalon.web import gate, refus
from jalon.web.composants.typographie import heures
from jalon.web.organisme.cadre import motifs, page
from jalon.web.organisme.saisie import choix, courriel, ligne, telephone
from jalon.web.requete import Requete

FINANCEMENTS = [(f.value, f.label) for f in Financement]
AVEC_EMPLOYEUR = ", ".join(f.label for f in Financement if f in WITH_EMPLOYER)


class OuvrirForm(forms.Form):
    prenom = ligne(
        "Prénom",
        100,
        aide="Un prénom d’emprunt convient jusqu’à la convention ou au contrat.",
        manque="Donnez un prénom.",
    )
    nom = ligne("Nom", 100)
    email = courriel(
        "Adresse électronique personnelle",
        aide="L’invitation y est envoyée. Sans adresse, la personne qui accompagne remet des codes sur papier.",
    )
    telephone = telephone()
    parcours = choix("Quel parcours ?", (), manque="Choisissez un parcours.")
    consultant = choix("Qui accompagne ?", (), manque="Choisissez qui accompagne.")
    lieu = choix("Lieu habituel", (), requis=False)
    financement = choix("Qui finance ?", [("", "Choisissez"), *FINANCEMENTS], manque="Dites qui finance.")
    employeur_nom = ligne(
        "Employeur",
        200,
        aide=f"Seulement pour : {AVEC_EMPLOYEUR}. Ailleurs, l’employeur n’a rien à savoir.",
    )
    employeur_siren = ligne("Numéro SIREN de l’employeur", 20, aide="Neuf chiffres.", inputmode="numeric")

    def __init__(self, organisme: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offres = list_offres(organisme)
        self.offerts = {str(o.parcours.pk): o.parcours for o in offres}
        self.consultants = {str(one.pk): one for one in list_consultants(organisme)}
        self.lieux = {str(lieu.pk): lieu for lieu in list_lieux(organisme)}
        self._offer(
            "parcours",
            {str(o.parcours.pk): f"{o.parcours.intitule}, {heures(o.heures.total)}" for o in offres},
        )
        self._offer("consultant", {pk: one.nom_complet for pk, one in self.consultants.items()})
        self._offer("lieu", {pk: lieu.nom for pk, lieu in self.lieux.items()}, vide="À convenir")

    def _offer(self, name: str, options: dict[str, str], vide: str = "Choisissez") -> None:
        alone = len(options) == 1 and self.fields[name].required
        self.fields[name].choices = [*([] if alone else [("", vide)]), *options.items()]  # type: ignore[attr-defined]

    def named(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["parcours"] = self.offerts[said["parcours"]]
        said["consultant"] = self.consultants[said["consultant"]]
        said["lieu"] = self.lieux.get(said["lieu"])
        return said


@gate.cabinet(Action.OPEN_BILAN)
def ouvrir(request: Requete, organisme: Any, contact_id: Any = None) -> HttpResponse:
    contact = get_contact(Action.VIEW_CONTACTS, request.user, contact_id) if contact_id else None
    form = OuvrirForm(organisme, request.POST or None, initial=_known(request, contact))
    found: list[Obstacle] = []
    to_motivate: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            bilan = open_bilan(
                organisme=organisme,
                contact=contact,
                reasons=refus.reasons_of(request),
                by=request.user,
                now=request.now,
                **form.named(),
            )
        except Refused as refused:
            # A warning on a field keeps its reason beside it: it is shown below, with the choice of a reason.
            to_motivate = [o for o in refused.obstacles if not o.refuses]
            standing = [o for o in refused.obstacles if o.refuses]
            found = refus.put_on(form, Refused(standing)) if standing else []
        else:
            said = (
                f"Le dossier {bilan.numero} est ouvert, et l’invitation part vers la personne."
                if bilan.beneficiaire.email
                else f"Le dossier {bilan.numero} est ouvert. Sans adresse électronique, "
                "la personne entrera avec des codes sur papier."
            )
            messages.success(request, said)
            return redirect("organisme_dossier", bilan.pk)
    context = {
        "form": form,
        "contact": contact,
        "obstacles_trouves": found,
        **motifs(request, to_motivate, (Motif.CHOIX, Motif.REGULARISE, Motif.AUTRE)),
    }
    return page(
        request, organisme, "dossier_ouvrir", context, status=422 if request.method == "POST" else 200
    )


def _known(request: Requete, contact: Any) -> dict[str, Any]:
    """What the contact already said, and oneself as consultant: nothing is typed twice."""
    initial: dict[str, Any] = {"consultant": str(request.user.pk)}
    if contact is not None:
        initial |= {name: getattr(contact, name) for name in ("prenom", "nom", "email", "telephone")}
        if contact.entretien_consultant_id:
            initial["consultant"] = str(contact.entretien_consultant_id)
    return initial


urls = [
    path("dossiers/ouvrir/", ouvrir, name="organisme_dossier_ouvrir"),
    path("contacts/<uuid:contact_id>/ouvrir/", ouvrir, name="organisme_contact_ouvrir"),
]
