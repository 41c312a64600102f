"""The tracks: kept, dropped with their reason, chosen as a project; and what is missing for one of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from jalon import access
from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.portefeuille import read_portefeuille
from jalon.actions.piste import choose_piste, drop_piste, erase_piste, pin_piste
from jalon.domain.obstacle import Refused
from jalon.domain.piste import GARDEES_MAX, EtatPiste
from jalon.metiers import Metiers
from jalon.web import gate, refus
from jalon.web.ecrits.page import lien, montrer, vers
from jalon.web.metiers import ecart
from jalon.web.metiers.liens import LiensDuBilan
from jalon.web.metiers.repere import code_of
from jalon.web.requete import Requete

ORDRE = (EtatPiste.RETENUE, EtatPiste.GARDEE, EtatPiste.ECARTEE)
TITRES = {
    EtatPiste.RETENUE: "Devenues des projets",
    EtatPiste.GARDEE: "Gardées",
    EtatPiste.ECARTEE: "Écartées",
}
PLACES = (("principal", "Projet principal"), ("alternatif", "Plan B"))


class RaisonForm(forms.Form):
    raison = forms.CharField(
        label="Pourquoi l’écarter",
        help_text="Quelques mots : la raison servira peut-être un jour, et la piste pourra être reprise.",
        max_length=2_000,
        required=False,
        widget=forms.Textarea,
    )


class PlaceForm(forms.Form):
    nature = forms.ChoiceField(
        label="Sa place",
        choices=PLACES,
        initial="principal",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si c’est le projet principal ou le plan B."},
    )


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def pistes(request: Requete, bilan: Any) -> HttpResponse:
        return liste(request, bilan)

    def liste(request: Requete, bilan: Any, refused: Refused | None = None) -> HttpResponse:
        index = referentiel()
        portfolio = read_portefeuille(request.user, bilan, now=request.now)
        groups: list[dict[str, Any]] = [
            {
                "etat": etat.value,
                "titre": TITRES[etat],
                "pistes": [
                    vue(lue, bilan, index, portfolio) for lue in portfolio.pistes if lue.contenu.etat == etat
                ],
            }
            for etat in ORDRE
        ]
        comparable = [p for g in groups for p in g["pistes"] if p["fiche"] and g["etat"] != EtatPiste.ECARTEE]
        context = {
            "groupes": groups,
            "peut_comparer": comparable if len(comparable) > 1 else [],
            "aucune": not portfolio.pistes,
            "gardees_max": GARDEES_MAX,
            "obstacles": refused.obstacles if refused else (),
            "peut_effacer": access.can(Action.ERASE_PIECE, request.user, bilan),
            "comparer": LiensDuBilan(espace, bilan).comparer,
        }
        return montrer(request, bilan, espace, "metiers/pistes.html", context, 422 if refused else 200)

    def vue(lue: Any, bilan: Any, index: Metiers, portfolio: Any) -> dict[str, Any]:
        chosen = lue.contenu.metier
        liens = LiensDuBilan(espace, bilan)
        known = index.known_fiche(chosen.code)
        plan = portfolio.ecarts.get(lue.piece.reference)
        projet = lue.contenu.projet
        return {
            "contenu": lue.contenu,
            "reference": lue.piece.reference,
            "quand": lue.piece.modifie_le,
            "notice": index.notice(chosen.code, chosen.libelle, chosen.version),
            # The fiche of a code that now means something else is not the one that was kept.
            "fiche": liens.fiche(chosen.code) if known == chosen.libelle else "",
            "marque": liens.marque(chosen.code),
            "ecart": lien(espace, "piste_ecart", bilan, lue.piece.reference),
            "ecart_ecrit": plan is not None,
            "choisir": lien(espace, "piste_choisir", bilan, lue.piece.reference),
            "reprendre": lien(espace, "piste_reprendre", bilan, lue.piece.reference),
            "effacer": lien(espace, "piste_effacer", bilan, lue.piece.reference),
            "projet": lien(espace, "projet_modifier", bilan, projet) if projet else "",
        }

    @gate.bilan(Action.WRITE_PISTE)
    @require_POST
    def garder(request: Requete, bilan: Any) -> HttpResponse:
        code = code_of(bilan, request.POST.get("marque", ""), referentiel())
        try:
            pin_piste(bilan=bilan, code=code, by=request.user, now=request.now)
        except Refused as refused:
            return liste(request, bilan, refused)
        messages.success(request, "La piste est gardée, avec ce qui l’explique aujourd’hui.")
        return vers(espace, "pistes", bilan)

    @gate.bilan(Action.WRITE_PISTE)
    def ecarter(request: Requete, bilan: Any) -> HttpResponse:
        """The occupation is named by its mark, whether it was kept before or not."""
        index = referentiel()
        mark = request.POST.get("m", "") if request.method == "POST" else request.GET.get("m", "")
        if not mark:
            return vers(espace, "pistes", bilan)
        code = code_of(bilan, mark, index)
        form = RaisonForm(request.POST or None)
        obstacles: list[Any] = []
        if request.method == "POST" and form.is_valid():
            try:
                drop_piste(
                    bilan=bilan,
                    code=code,
                    raison=form.cleaned_data["raison"],
                    by=request.user,
                    now=request.now,
                )
            except Refused as refused:
                obstacles = refus.put_on(form, refused)
            else:
                messages.success(request, "La piste est écartée. Elle ne sera plus proposée.")
                return vers(espace, "propositions", bilan)
        context = {"form": form, "libelle": index.known_fiche(code), "m": mark, "obstacles": obstacles}
        status = 422 if request.method == "POST" else 200
        return montrer(request, bilan, espace, "metiers/ecarter.html", context, status)

    @gate.bilan(Action.WRITE_PISTE)
    @require_POST
    def reprendre(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        portfolio = read_portefeuille(request.user, bilan, now=request.now)
        code = portfolio.piste(reference).contenu.metier.code
        try:
            pin_piste(bilan=bilan, code=code, by=request.user, now=request.now)
        except Refused as refused:
            return liste(request, bilan, refused)
        messages.success(request, "La piste est reprise.")
        return vers(espace, "pistes", bilan)

    @gate.bilan(Action.WRITE_PISTE)
    def choisir(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = read_portefeuille(request.user, bilan, now=request.now).piste(reference)
        form = PlaceForm(request.POST or None)
        obstacles: list[Any] = []
        if request.method == "POST" and form.is_valid():
            try:
                choose_piste(
                    bilan=bilan,
                    reference=str(reference),
                    nature=form.cleaned_data["nature"],
                    by=request.user,
                    now=request.now,
                )
            except Refused as refused:
                obstacles = refus.put_on(form, refused)
            else:
                messages.success(request, "Le projet est écrit. Voyez maintenant ce qui manque pour y aller.")
                return vers(espace, "piste_ecart", bilan, reference)
        context = {"form": form, "piste": lue.contenu, "obstacles": obstacles}
        status = 422 if request.method == "POST" else 200
        return montrer(request, bilan, espace, "metiers/choisir.html", context, status)

    @gate.bilan(Action.ERASE_PIECE)
    def effacer(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = read_portefeuille(request.user, bilan, now=request.now).piste(reference)
        context = {
            "quoi": lue.contenu.metier.libelle,
            "titre": "Effacer cette piste ?",
            "retour": lien(espace, "pistes", bilan),
            "bouton": "Effacer la piste",
        }
        if request.method != "POST":
            return montrer(request, bilan, espace, "ecrits/effacer.html", context)
        try:
            erase_piste(bilan=bilan, reference=str(reference), by=request.user, now=request.now)
        except Refused as refused:
            context["obstacles"] = refused.obstacles
            return montrer(request, bilan, espace, "ecrits/effacer.html", context, 422)
        messages.success(request, "La piste est effacée.")
        return vers(espace, "pistes", bilan)

    return [
        path("<uuid:bilan_id>/pistes/", pistes, name=f"{espace}_pistes"),
        path("<uuid:bilan_id>/pistes/garder/", garder, name=f"{espace}_piste_garder"),
        path("<uuid:bilan_id>/pistes/ecarter/", ecarter, name=f"{espace}_piste_ecarter"),
        path(
            "<uuid:bilan_id>/pistes/<uuid:reference>/reprendre/", reprendre, name=f"{espace}_piste_reprendre"
        ),
        path("<uuid:bilan_id>/pistes/<uuid:reference>/choisir/", choisir, name=f"{espace}_piste_choisir"),
        path("<uuid:bilan_id>/pistes/<uuid:reference>/effacer/", effacer, name=f"{espace}_piste_effacer"),
        *ecart.urls_of(espace),
    ]
