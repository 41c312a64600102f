"""Search, fiche and comparison inside a bilan. What is looked for is content: it is sent, never written in the address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.brouillon import read_brouillon
from jalon.access.metiers import referentiel
from jalon.access.portefeuille import explain, profil_of, read_portefeuille
from jalon.actions.brouillon import save_brouillon
from jalon.domain.jours import local_day, zone
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import montrer, vers
from jalon.web.ecrits.saisie import ouvert
from jalon.web.metiers.criteres import Criteres, apres_geste, de_champs, en_champs
from jalon.web.metiers.fiche import montrer_comparaison, montrer_fiche, sources
from jalon.web.metiers.liens import LiensDuBilan
from jalon.web.metiers.repere import code_of
from jalon.web.metiers.resultats import chercher
from jalon.web.requete import Requete

PAGE = "recherche"


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def metiers(request: Requete, bilan: Any) -> HttpResponse:
        index, liens = referentiel(), LiensDuBilan(espace, bilan)
        if request.method != "POST":
            draft = read_brouillon(request.user, bilan, PAGE, now=request.now)
            form = Criteres(de_champs(draft.champs if draft else {}), index)
            return liste(request, bilan, form, index, liens)
        form = Criteres(apres_geste(request.POST), index)
        kept = form.is_valid() and garder(request, bilan, form)
        if request.headers.get("HX-Request"):
            context = {"form": form, **chercher(form, index, liens)}
            return render(request, "metiers/_resultats.html", context)
        if kept:
            return vers(espace, "metiers", bilan)
        return liste(request, bilan, form, index, liens, 200 if form.is_valid() else 422)

    def garder(request: Requete, bilan: Any, form: Criteres) -> bool:
        """Found again at the next visit, on another device too. Where nothing can be written any more, it is only shown."""
        try:
            save_brouillon(bilan=bilan, page=PAGE, champs=en_champs(form), by=request.user, now=request.now)
        except Refused:
            return False
        return True

    def liste(
        request: Requete, bilan: Any, form: Criteres, index: Any, liens: LiensDuBilan, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            **chercher(form, index, liens),
            "sources": sources(index),
            "depart": index.depart,
            "methode": "post",
        }
        return montrer(request, bilan, espace, "metiers/recherche.html", context, status)

    @gate.bilan(Action.READ_CONTENU)
    def fiche(request: Requete, bilan: Any, marque: str) -> HttpResponse:
        index = referentiel()
        code = code_of(bilan, marque, index)
        portfolio = read_portefeuille(request.user, bilan, now=request.now)
        day = local_day(request.now, zone(bilan.fuseau))
        context = montrer_fiche(index, code, LiensDuBilan(espace, bilan), day) | {
            "marque": marque,
            "piste": portfolio.piste_of(code),
            "pour_vous": explain(index, profil_of(portfolio, index), code),
            "peut_garder": ouvert(bilan) and access.can(Action.WRITE_PISTE, request.user, bilan),
        }
        return montrer(request, bilan, espace, "metiers/fiche.html", context)

    @gate.bilan(Action.READ_CONTENU)
    def comparer(request: Requete, bilan: Any) -> HttpResponse:
        index = referentiel()
        codes = [code_of(bilan, mark, index) for mark in request.GET.getlist("f")]
        context = montrer_comparaison(index, codes, LiensDuBilan(espace, bilan))
        return montrer(request, bilan, espace, "metiers/comparer.html", context)

    return [
        path("<uuid:bilan_id>/metiers/", metiers, name=f"{espace}_metiers"),
        path("<uuid:bilan_id>/metiers/comparer/", comparer, name=f"{espace}_metier_comparer"),
        path("<uuid:bilan_id>/metiers/<slug:marque>/", fiche, name=f"{espace}_metier_fiche"),
    ]
