"""Projects: the main one, the plan B, those put aside with their reason. None is lost: one put aside can be taken up again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.pieces import get_piece
from jalon.access.projet import read_projets
from jalon.actions.composition import compose
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import (
    Formulaire,
    auteur,
    en_texte,
    envoyer,
    ligne,
    ouvrir,
    prose,
    reprend_l_autre,
)
from jalon.web.requete import Requete

PLACES = {"principal": "Projet principal", "alternatif": "Plan B", "ecarte": "Écarté"}
# What an empty column says: what will stand there.
VIDES = {
    "principal": "Le projet sur lequel vous travaillez d’abord.",
    "alternatif": "Une autre voie, si la première se ferme.",
    "ecarte": "Ce qui a été laissé, et pourquoi : cela compte aussi.",
}
CHAMPS = (
    *("nature", "intitule", "description", "atouts", "obstacles", "a_verifier", "formation"),
    "raison_ecart",
)


class FormulaireProjet(Formulaire):
    nature = forms.ChoiceField(
        label="Sa place", choices=list(PLACES.items()), widget=forms.RadioSelect, initial="principal"
    )
    intitule = ligne(
        "Le nom du projet", "Quelques mots suffisent : « Ouvrir une boulangerie bio ».", requis=True
    )
    description = prose("En quoi il consiste")
    atouts = prose("Ce que vous avez pour lui", "Expériences, qualités, personnes, moyens.")
    obstacles = prose("Ce qui peut le gêner")
    a_verifier = prose("Ce qui reste à vérifier", "Une enquête, un stage, un diplôme, un budget.")
    formation = prose(
        "Les pistes de formation",
        "Une formation, une certification, une VAE à préparer ensuite. Ce que vous choisissez depuis les pistes de "
        "métiers s’ajoute ici.",
    )
    raison_ecart = prose(
        "Pourquoi il est écarté", "À écrire si vous l’écartez : la raison servira peut-être un jour."
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("nature") == "ecarte" and not str(found.get("raison_ecart", "")).strip():
            self.add_error(
                "raison_ecart",
                "Dites en quelques mots pourquoi ce projet est écarté : c’est une part du travail.",
            )
        return found


def _texte(contenu: Any) -> str:
    labels = FormulaireProjet.base_fields
    return en_texte(
        ("", PLACES[contenu.nature]),
        *((str(labels[name].label), getattr(contenu, name)) for name in CHAMPS if name != "nature"),
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def projets(request: Requete, bilan: Any) -> HttpResponse:
        found = read_projets(request.user, bilan, now=request.now)
        lus = found.projets
        colonnes = [
            {
                "place": place,
                "titre": titre,
                "vide": VIDES[place],
                "projets": [
                    {
                        "contenu": lue.contenu,
                        "quand": lue.piece.modifie_le,
                        "qui": auteur(lue.piece, bilan, request.user),
                        "lire": lien(espace, "projet_lire", bilan, lue.piece.reference),
                        "ecrire": lien(espace, "projet_modifier", bilan, lue.piece.reference),
                        "restes": len(found.restes(lue.piece.reference)),
                    }
                    for lue in lus
                    if lue.contenu.nature == place
                ],
            }
            for place, titre in PLACES.items()
        ]
        context = {
            "colonnes": colonnes,
            "nouveau": lien(espace, "projet_ecrire", bilan),
            "comparer": lien(espace, "comparaison", bilan) if len(found.vivants) > 1 else "",
            "aucun": not lus,
        }
        return montrer(request, bilan, espace, "ecrits/projets.html", context)

    @gate.bilan(Action.WRITE_PROJET)
    def ecrire(request: Requete, bilan: Any) -> HttpResponse:
        saisie = (
            envoyer(
                FormulaireProjet(request.POST),
                lambda form: garder(request, bilan, form, ""),
                _texte,
                bilan=bilan,
                lecteur=request.user,
            )
            if request.method == "POST"
            else ouvrir(request, bilan, "projet", FormulaireProjet, {})
        )
        return fini(request, bilan) if saisie is None else formulaire(request, bilan, saisie, "projet", "")

    @gate.bilan(Action.WRITE_PROJET)
    def modifier(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, "projet", str(reference), now=request.now)
        page = f"projet-{reference}"
        if request.method != "POST":
            saved = {name: getattr(lue.contenu, name) for name in CHAMPS}
            if request.GET.get("reprendre"):
                saved["nature"] = "principal"
            saisie = ouvrir(request, bilan, page, FormulaireProjet, saved, lue.revision)
            return formulaire(request, bilan, saisie, page, str(reference))
        if reprend_l_autre(request):
            return vers(espace, "projet_modifier", bilan, reference)
        refused = envoyer(
            FormulaireProjet(request.POST),
            lambda form: garder(request, bilan, form, str(reference)),
            _texte,
            bilan=bilan,
            lecteur=request.user,
        )
        return (
            fini(request, bilan)
            if refused is None
            else formulaire(request, bilan, refused, page, str(reference))
        )

    def garder(request: Requete, bilan: Any, form: FormulaireProjet, reference: str) -> None:
        write_ecrit(
            bilan=bilan,
            contenu=compose("projet", **form.champs()),
            by=request.user,
            now=request.now,
            reference=reference,
            base_revision=form.base() if reference else None,
        )

    def fini(request: Requete, bilan: Any) -> HttpResponse:
        messages.success(request, "Le projet est enregistré.")
        return vers(espace, "projets", bilan)

    def formulaire(request: Requete, bilan: Any, saisie: Any, page: str, reference: str) -> HttpResponse:
        effacer = ""
        if reference and access.can(Action.ERASE_PIECE, request.user, bilan):
            effacer = lien(espace, "projet_effacer", bilan, reference)
        context = {"page": page, "nouveau": not reference, "effacer": effacer}
        return montrer_saisie(request, bilan, espace, "ecrits/projet.html", saisie, context)

    @gate.bilan(Action.ERASE_PIECE)
    def effacer(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, "projet", str(reference), now=request.now)
        context = {
            "quoi": lue.contenu.intitule,
            "titre": "Effacer ce projet ?",
            "retour": lien(espace, "projet_modifier", bilan, reference),
            "bouton": "Effacer le projet",
        }
        if request.method != "POST":
            return montrer(request, bilan, espace, "ecrits/effacer.html", context)
        try:
            erase_ecrit(
                bilan=bilan, nature="projet", reference=str(reference), by=request.user, now=request.now
            )
        except Refused as refused:
            context["obstacles"] = refused.obstacles
            return montrer(request, bilan, espace, "ecrits/effacer.html", context, 422)
        messages.success(request, "Le projet est effacé.")
        return vers(espace, "projets", bilan)

    return [
        path("<uuid:bilan_id>/projets/", projets, name=f"{espace}_projets"),
        path("<uuid:bilan_id>/projets/ecrire/", ecrire, name=f"{espace}_projet_ecrire"),
        path("<uuid:bilan_id>/projets/<uuid:reference>/", modifier, name=f"{espace}_projet_modifier"),
        path("<uuid:bilan_id>/projets/<uuid:reference>/effacer/", effacer, name=f"{espace}_projet_effacer"),
    ]
