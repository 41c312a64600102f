"""The settings of the cabinet: one short page a subject, walked through once, editable ever after."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from jalon.access import Action
from jalon.access.cabinet import list_etapes, read_vitrine, today
from jalon.actions.cabinet import SECTIONS, update_cabinet
from jalon.domain.identite import REGIONS, digits
from jalon.domain.jours import Territoire
from jalon.domain.message import REPONSE_MAX
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.qualiopi import cycle
from jalon.domain.tva import RegimeTva
from jalon.law import NonCouvert, law_on
from jalon.web import gate, refus
from jalon.web.composants.jalon import EtatJalon, Jalon
from jalon.web.organisme.cadre import page
from jalon.web.organisme.saisie import choix, courriel, ligne, oui, telephone, texte
from jalon.web.requete import Requete


class IdentiteForm(forms.Form):
    nom = ligne("Nom du cabinet", 200, manque="Donnez un nom au cabinet : le vôtre convient.")
    siret = ligne(
        "Numéro SIRET",
        30,
        aide="Quatorze chiffres, sur l’avis de situation Sirene. Les espaces ne comptent pas.",
        manque="Recopiez le numéro SIRET.",
        inputmode="numeric",
    )
    representant = ligne(
        "Représentante légale ou représentant légal", 200, aide="Son nom figure sur les certificats."
    )
    adresse = ligne("Adresse", 200, autocomplete="street-address")
    code_postal = ligne("Code postal", 10, autocomplete="postal-code", inputmode="numeric")
    ville = ligne("Ville", 100, autocomplete="address-level2")
    telephone = telephone(aide="Affiché sur votre page publique et dans les accusés de réception.")
    courriel = courriel("Adresse électronique du cabinet")

    def clean_siret(self) -> str:
        return digits(self.cleaned_data["siret"])


class DeclarationForm(forms.Form):
    nda = ligne(
        "Numéro de déclaration d’activité",
        20,
        aide="Onze chiffres. Laissez vide si vous ne l’avez pas encore : vous y reviendrez.",
        inputmode="numeric",
    )
    nda_region = choix(
        "Enregistrée auprès du préfet de région de",
        [("", "Choisissez"), *((r, r) for r in REGIONS)],
        requis=False,
    )
    regime_tva = choix(
        "TVA sur vos prix",
        [("", "Choisissez"), *((r.value, r.label) for r in RegimeTva)],
        requis=False,
        aide="Un prix montré au public est celui que la personne paiera, taxes comprises : sans cette ligne, aucune offre n’est publiée. "
        "L’exonération ne couvre pas une prestation hors du cadre légal.",
    )

    def clean_nda(self) -> str:
        return digits(self.cleaned_data["nda"])


class QualiteForm(forms.Form):
    qualiopi_numero = ligne("Numéro du certificat Qualiopi", 60)
    qualiopi_certificateur = ligne("Organisme certificateur", 120)
    qualiopi_bilans = oui(
        "Le certificat couvre la catégorie « actions permettant de réaliser des bilans de compétences »",
        "Sans elle, ni CPF, ni OPCO, ni France Travail ne peuvent payer un bilan ici.",
    )
    qualiopi_obtenu_le = forms.DateField(
        label="Date de décision portée sur le certificat",
        required=False,
        help_text="La date de fin et celle de l’audit de surveillance en sont calculées.",
        error_messages={"invalid": "Cette date n’existe pas : écrivez par exemple 15/01/2025."},
    )


class ReferentsForm(forms.Form):
    referent_handicap = ligne(
        "Personne référente pour les situations de handicap",
        200,
        aide="Elle écoute ce dont chacun a besoin et adapte le parcours. Ce peut être vous.",
    )
    referent_handicap_contact = ligne("Comment la joindre", 200)
    mediateur = ligne(
        "Médiateur de la consommation",
        200,
        aide="Le dispositif auquel vous avez adhéré. Son nom doit être donné à toute personne qui paie elle-même.",
    )
    mediateur_site = forms.URLField(
        label="Site du médiateur",
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": "Cette adresse de site n’est pas complète : elle commence par https://."},
    )


class CadreForm(forms.Form):
    territoire = choix(
        "Où travaillez-vous ?",
        [(t.value, t.label) for t in Territoire],
        aide="Les jours fériés et la fin des délais suivent l’heure et le calendrier de ce lieu.",
    )
    autres_activites = oui(
        "Le cabinet a d’autres activités que les bilans de compétences",
        "Formation, recrutement, conseil… La loi demande alors une organisation réservée aux bilans.",
    )
    organisation_identifiee = texte(
        "L’organisation réservée aux bilans",
        1000,
        aide="Qui les conduit, où, avec quels outils, et ce qui les tient à part du reste "
        "(Code du travail, art. R. 6313-6).",
    )
    reponse_jours = forms.IntegerField(
        label="Réponse aux messages, en jours ouvrés",
        required=False,
        min_value=1,
        max_value=REPONSE_MAX,
        help_text="C’est une promesse : la personne la lit avant d’écrire, et un retard se voit dans « Ma journée ».",
    )
    nom_neutre = ligne(
        "Nom d’expéditeur des courriels",
        59,
        aide="Ce que voient les personnes dans leur boîte de réception, et parfois leur entourage. "
        "Il ne dit rien d’un bilan.",
    )

    def clean_reponse_jours(self) -> int:
        return self.cleaned_data["reponse_jours"] or self.initial.get("reponse_jours") or 2


FORMS: dict[str, type[forms.Form]] = {
    "identite": IdentiteForm,
    "declaration": DeclarationForm,
    "qualite": QualiteForm,
    "referents": ReferentsForm,
    "cadre": CadreForm,
}
# For each step: its name on the line, the sentence of its page, and why it is asked.
TITRES: dict[str, tuple[str, str, str]] = {
    "identite": (
        "Identité",
        "Qui est le cabinet",
        "Ces lignes figurent sur les certificats et les conventions.",
    ),
    "declaration": (
        "Déclaration",
        "Votre déclaration d’activité",
        "Elle se fait dans les trois mois de la première convention (Code du travail, art. R. 6351-1).",
    ),
    "qualite": (
        "Certificat",
        "Votre certificat Qualiopi",
        "Il ouvre les financements publics et mutualisés (Code du travail, art. L. 6316-1).",
    ),
    "lieux": ("Lieux", "Où vous recevez", ""),
    "equipe": ("Équipe", "Qui conduit les bilans", ""),
    "referents": (
        "Référents",
        "Vers qui se tourner",
        "Une personne pour les situations de handicap, un médiateur en cas de désaccord.",
    ),
    "cadre": (
        "Territoire et courriels",
        "Où, comment et sous quel nom",
        "Le territoire, l’organisation réservée aux bilans et le nom de vos courriels.",
    ),
    "offre": ("Offre", "Ce que vous proposez", ""),
}


def adresse_etape(code: str) -> str:
    if code in FORMS:
        return reverse("organisme_reglage", args=[code])
    names = {"lieux": "organisme_lieux", "equipe": "organisme_equipe", "offre": "organisme_offre"}
    return reverse(names[code])


def ligne_des_etapes(organisme: Any) -> tuple[list[Jalon], str]:
    """The stakes of the settings, and the address of the first that waits (empty when all are done)."""
    etapes = list_etapes(organisme)
    first = next((e.code for e in etapes if not e.faite), "")
    stakes = [
        Jalon(
            TITRES[e.code][0],
            EtatJalon.FAIT if e.faite else EtatJalon.EN_COURS if e.code == first else EtatJalon.A_VENIR,
            href=adresse_etape(e.code),
        )
        for e in etapes
    ]
    return stakes, adresse_etape(first) if first else ""


@gate.cabinet(Action.MANAGE_CABINET)
def reglages(request: Requete, organisme: Any) -> HttpResponse:
    etapes, suivante = ligne_des_etapes(organisme)
    context = {
        "etapes": etapes,
        "suivante": suivante,
        "vitrine": read_vitrine(organisme, request.now),
    }
    return page(request, organisme, "reglages", context)


@gate.cabinet(Action.MANAGE_CABINET)
def reglage(request: Requete, organisme: Any, section: str) -> HttpResponse:
    if section not in FORMS:
        raise Http404
    form = FORMS[section](
        request.POST or None, initial={field: getattr(organisme, field) for field in SECTIONS[section]}
    )
    found: list[Obstacle] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = update_cabinet(
                organisme=organisme,
                section=section,
                valeurs=form.cleaned_data,
                by=request.user,
                now=request.now,
            )
        except Refused as refused:
            found = refus.put_on(form, refused)
        else:
            messages.success(request, "C’est enregistré.")
            return redirect(ligne_des_etapes(saved)[1] or reverse("organisme_reglages"))
    name, titre, chapeau = TITRES[section]
    context = {
        "form": form,
        "nom": name,
        "titre": titre,
        "chapeau": chapeau,
        "section": section,
        "obstacles_trouves": found,
        "certificat": _cycle(organisme, request) if section == "qualite" else None,
        "mention": read_vitrine(organisme, request.now).mention if section == "declaration" else "",
    }
    return page(request, organisme, "reglage", context, status=422 if request.method == "POST" else 200)


def _cycle(organisme: Any, request: Requete) -> Any:
    obtained = organisme.qualiopi_obtenu_le
    if obtained is None or organisme.qualiopi_expire_le is None:
        return None
    try:
        found = cycle(obtained, law_on(obtained))
    except NonCouvert:
        return None
    return {
        "surveillance_du": found.surveillance_du,
        "surveillance_au": found.surveillance_au,
        "expire_le": organisme.qualiopi_expire_le,
        "expire": organisme.qualiopi_expire_le < today(organisme, request.now),
    }


urls = [
    path("reglages/", reglages, name="organisme_reglages"),
    path("reglages/<slug:section>/", reglage, name="organisme_reglage"),
]
