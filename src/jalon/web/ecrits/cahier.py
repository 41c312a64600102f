"""Texts for one reader alone: the consultant's notes, the person's notebook. The same pages, two tiroirs."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon.access import Action
from jalon.access.pieces import get_piece, read_pieces
from jalon.actions.composition import compose
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.domain.obstacle import Refused
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer, montrer_saisie, vers
from jalon.web.ecrits.saisie import Formulaire, en_texte, envoyer, ligne, ouvrir, prose, reprend_l_autre
from jalon.web.requete import Requete


class FormulaireCahier(Formulaire):
    titre = ligne("Le titre")
    texte = prose("Le texte", requis=True)


@dataclass(frozen=True)
class Cahier:
    """What differs between the two: who reads and writes, where, and the words."""

    espace: str
    nature: str
    # The page of the list, as the navigation names it.
    liste: str
    lire: Action
    ecrire: Action
    titre: str
    chapeau: str
    vide: str
    vide_aide: str
    nouveau: str
    un: str
    enregistrer: str
    enregistre: str
    effacer: str
    efface: str


def urls_of(cahier: Cahier) -> list[URLPattern]:
    espace, nature = cahier.espace, cahier.nature

    @gate.bilan(cahier.lire)
    def liste(request: Requete, bilan: Any) -> HttpResponse:
        lues = read_pieces(request.user, bilan, [nature], now=request.now)
        pages = [
            {
                "titre": lue.contenu.titre,
                "texte": lue.contenu.texte,
                "quand": lue.piece.modifie_le,
                "href": lien(espace, f"{nature}_modifier", bilan, lue.piece.reference),
            }
            for lue in sorted(lues, key=lambda lue: lue.piece.modifie_le, reverse=True)
        ]
        context = {"cahier": cahier, "pages": pages, "nouveau": lien(espace, f"{nature}_ecrire", bilan)}
        return montrer(request, bilan, espace, "ecrits/cahier.html", context)

    @gate.bilan(cahier.ecrire)
    def ecrire(request: Requete, bilan: Any) -> HttpResponse:
        if request.method != "POST":
            return formulaire(request, bilan, ouvrir(request, bilan, nature, FormulaireCahier, {}), "")
        return garder(request, bilan, "")

    @gate.bilan(cahier.ecrire)
    def modifier(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, nature, str(reference), now=request.now)
        if request.method != "POST":
            saved = {"titre": lue.contenu.titre, "texte": lue.contenu.texte}
            saisie = ouvrir(request, bilan, f"{nature}-{reference}", FormulaireCahier, saved, lue.revision)
            return formulaire(request, bilan, saisie, str(reference))
        if reprend_l_autre(request):
            return vers(espace, f"{nature}_modifier", bilan, reference)
        return garder(request, bilan, str(reference))

    def garder(request: Requete, bilan: Any, reference: str) -> HttpResponse:
        refused = envoyer(
            FormulaireCahier(request.POST),
            lambda form: write_ecrit(
                bilan=bilan,
                contenu=compose(nature, **form.champs()),
                by=request.user,
                now=request.now,
                reference=reference,
                base_revision=form.base() if reference else None,
            ),
            lambda contenu: en_texte(("", contenu.titre), ("", contenu.texte)),
            bilan=bilan,
            lecteur=request.user,
        )
        if refused:
            return formulaire(request, bilan, refused, reference)
        messages.success(request, cahier.enregistre)
        return vers(espace, cahier.liste, bilan)

    def formulaire(request: Requete, bilan: Any, saisie: Any, reference: str) -> HttpResponse:
        context = {
            "cahier": cahier,
            "page": f"{nature}-{reference}" if reference else nature,
            "retour": lien(espace, cahier.liste, bilan),
            "effacer": lien(espace, f"{nature}_effacer", bilan, reference) if reference else "",
        }
        return montrer_saisie(request, bilan, espace, "ecrits/cahier_page.html", saisie, context)

    @gate.bilan(cahier.ecrire)
    def effacer(request: Requete, bilan: Any, reference: Any) -> HttpResponse:
        lue = get_piece(request.user, bilan, nature, str(reference), now=request.now)
        context = {
            "quoi": lue.contenu.titre or lue.contenu.texte[:80],
            "titre": f"{cahier.effacer} ?",
            "retour": lien(espace, f"{nature}_modifier", bilan, reference),
            "bouton": cahier.effacer,
        }
        if request.method != "POST":
            return montrer(request, bilan, espace, "ecrits/effacer.html", context)
        try:
            erase_ecrit(
                bilan=bilan, nature=nature, reference=str(reference), by=request.user, now=request.now
            )
        except Refused as refused:
            context["obstacles"] = refused.obstacles
            return montrer(request, bilan, espace, "ecrits/effacer.html", context, 422)
        messages.success(request, cahier.efface)
        return vers(espace, cahier.liste, bilan)

    base = f"<uuid:bilan_id>/{cahier.liste}/"
    return [
        path(base, liste, name=f"{espace}_{cahier.liste}"),
        path(f"{base}ecrire/", ecrire, name=f"{espace}_{nature}_ecrire"),
        path(f"{base}<uuid:reference>/", modifier, name=f"{espace}_{nature}_modifier"),
        path(f"{base}<uuid:reference>/effacer/", effacer, name=f"{espace}_{nature}_effacer"),
    ]
