"""The shelf of one bilan: what is worth reading, seeing, visiting, and why. Both put things on it; it travels with the person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action, can
from jalon.access.exercice import get_ressource, list_etagere
from jalon.access.fichier import list_fichiers
from jalon.access.pieces import Lue, get_piece, read_pieces
from jalon.actions.composition import compose
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import (
    Formulaire,
    Saisie,
    auteur,
    en_texte,
    envoyer,
    ligne,
    ouvrir,
    prose,
    reprend_l_autre,
)
from jalon.web.requete import Requete

GENRES = {
    "site": "Site",
    "guide": "Guide",
    "video": "Vidéo",
    "livre": "Livre ou article",
    "lieu": "Lieu ou service",
    "fichier": "Fichier déposé ici",
}


class FormulaireRessource(Formulaire):
    titre = ligne("Ce que c’est", requis=True)
    genre = forms.ChoiceField(label="Genre", choices=list(GENRES.items()))
    adresse = forms.URLField(
        label="Son adresse",
        required=False,
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": "Cette adresse n’est pas complète : elle commence par https://."},
    )
    fichier = forms.ChoiceField(label="Le fichier", required=False)
    pourquoi = prose(
        "Pourquoi c’est utile", "À quoi cela sert pour ce projet, par où commencer.", max_length=2_000
    )

    def __init__(self, data: Any = None, *, fichiers: Any = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if fichiers:
            self.fields["fichier"].choices = [("", "Aucun"), *fichiers]  # type: ignore[attr-defined]
        else:
            del self.fields["fichier"]
            choices = [pair for pair in GENRES.items() if pair[0] != "fichier"]
            self.fields["genre"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("genre") == "fichier" and not said.get("fichier"):
            self.add_error("fichier", "Choisissez le fichier, ou un autre genre.")
        return said


def _texte(contenu: Any) -> str:
    return en_texte(("", contenu.titre), ("", contenu.adresse), ("", contenu.pourquoi))


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.WRITE_ETAGERE)
    def liste(request: Requete, bilan: Any) -> HttpResponse:
        lues = read_pieces(request.user, bilan, ["etagere"], now=request.now)
        files = {str(f.fichier.pk) for f in list_fichiers(request.user, bilan, now=request.now)}
        of_the_trade = (
            list_etagere(request.user, bilan.organisme)
            if espace == "consultant" and can(Action.MANAGE_ETAGERE, request.user, bilan.organisme)
            else []
        )
        context = {
            "ressources": [ligne_de(lue, bilan, request, files) for lue in lues],
            "poser": lien(espace, "etagere_poser", bilan),
            "du_metier": of_the_trade,
        }
        return montrer(request, bilan, espace, "ecrits/etagere.html", context)

    def ligne_de(lue: Lue, bilan: Any, request: Requete, files: set[str]) -> dict[str, Any]:
        one = lue.contenu
        address = one.adresse
        if one.fichier in files:
            address = lien(espace, "fichier_lire", bilan, one.fichier)
        return {
            "titre": one.titre,
            "genre": GENRES[one.genre],
            "adresse": address,
            "dehors": address == one.adresse,
            "pourquoi": one.pourquoi,
            "qui": auteur(lue.piece, bilan, request.user),
            "modifier": lien(espace, "etagere_modifier", bilan, lue.piece.reference),
            "retirer": lien(espace, "etagere_retirer", bilan, lue.piece.reference),
        }

    def fichiers(request: Requete, bilan: Any) -> list[tuple[str, str]]:
        return [
            (str(f.fichier.pk), f.fiche.nom_original)
            for f in list_fichiers(request.user, bilan, now=request.now)
        ]

    @gate.bilan(Action.WRITE_ETAGERE)
    def poser(request: Requete, bilan: Any) -> HttpResponse:
        known = fichiers(request, bilan)
        if request.method == "POST":
            return garder(request, bilan, "", known)
        picked = request.GET.get("ressource", "") if espace == "consultant" else ""
        if picked:
            row = get_ressource(Action.MANAGE_ETAGERE, request.user, picked)
            initial = {name: getattr(row, name) for name in ("titre", "genre", "adresse", "pourquoi")}
            form = FormulaireRessource(fichiers=known, initial=initial | {"revision": "0"})
            return formulaire(request, bilan, Saisie(form), "")
        return formulaire(request, bilan, ouvrir(request, bilan, "etagere", _form_with(known), {}), "")

    @gate.bilan(Action.WRITE_ETAGERE)
    def modifier(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, "etagere", str(reference), now=request.now)
        known = fichiers(request, bilan)
        if request.method != "POST":
            saisie = ouvrir(
                request,
                bilan,
                f"etagere-{reference}",
                _form_with(known),
                lue.contenu.to_json(),
                lue.revision,
            )
            return formulaire(request, bilan, saisie, str(reference))
        if reprend_l_autre(request):
            return vers(espace, "etagere_modifier", bilan, reference)
        return garder(request, bilan, str(reference), known)

    def garder(request: Requete, bilan: Any, reference: str, known: list[tuple[str, str]]) -> HttpResponse:
        refused = envoyer(
            FormulaireRessource(request.POST, fichiers=known),
            lambda form: write_ecrit(
                bilan=bilan,
                contenu=compose("etagere", **form.champs()),
                by=request.user,
                now=request.now,
                reference=reference,
                base_revision=form.base() if reference else None,
            ),
            _texte,
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return formulaire(request, bilan, refused, reference)
        messages.success(request, "C’est sur l’étagère.")
        return vers(espace, "etagere", bilan)

    def formulaire(request: Requete, bilan: Any, saisie: Saisie, reference: str) -> HttpResponse:
        context = {
            "page": f"etagere-{reference}" if reference else "etagere",
            "retour": lien(espace, "etagere", bilan),
            "modifie": bool(reference),
        }
        return montrer_saisie(request, bilan, espace, "ecrits/etagere_poser.html", saisie, context)

    @gate.bilan(Action.WRITE_ETAGERE)
    def retirer(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, "etagere", str(reference), now=request.now)
        context: dict[str, Any] = {
            "quoi": lue.contenu.titre,
            "titre": "Retirer de l’étagère ?",
            "retour": lien(espace, "etagere", bilan),
            "bouton": "Retirer de l’étagère",
        }
        if request.method != "POST":
            return montrer(request, bilan, espace, "ecrits/effacer.html", context)
        try:
            erase_ecrit(
                bilan=bilan, nature="etagere", reference=str(reference), by=request.user, now=request.now
            )
        except Refused as refused:
            context["obstacles"] = refused.obstacles
            return montrer(request, bilan, espace, "ecrits/effacer.html", context, 422)
        messages.success(request, "C’est retiré de l’étagère.")
        return vers(espace, "etagere", bilan)

    base = "<uuid:bilan_id>/etagere/"
    return [
        path(base, liste, name=f"{espace}_etagere"),
        path(f"{base}poser/", poser, name=f"{espace}_etagere_poser"),
        path(f"{base}<uuid:reference>/", modifier, name=f"{espace}_etagere_modifier"),
        path(f"{base}<uuid:reference>/retirer/", retirer, name=f"{espace}_etagere_retirer"),
    ]


def _form_with(known: list[tuple[str, str]]) -> Any:
    def make(data: Any = None, *, initial: Any = None) -> FormulaireRessource:
        return FormulaireRessource(data, fichiers=known, initial=initial)

    return make
