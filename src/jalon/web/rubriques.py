"""The parts of a bilan in each space: what the navigation and the tabs show. A page is found by the beginning of its URL name.

A part whose page does not exist is not shown; a page that is in no part keeps the navigation without a current entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse

from jalon.domain.financement import Financement


@dataclass(frozen=True)
class Partie:
    """One tab: the noun that begins the names of its pages, the page it opens, its label."""

    noun: str
    page: str
    libelle: str


@dataclass(frozen=True)
class Rubrique:
    libelle: str
    parties: tuple[Partie, ...]


RUBRIQUES: dict[str, tuple[Rubrique, ...]] = {
    "beneficiaire": (
        Rubrique(
            "Mon chemin",
            (
                Partie("bilan", "bilan", "Où j’en suis"),
                Partie("consentement", "consentement", "Mon accord"),
                Partie("engagement", "engagement", "Ce que je paie"),
                Partie("droits", "droits", "Mes droits"),
            ),
        ),
        Rubrique(
            "Séances",
            (
                Partie("seance", "seances", "Mes séances"),
                Partie("tache", "taches", "Entre les séances"),
                Partie("promesse", "promesses", "Engagements"),
                Partie("agenda", "agenda", "Mon agenda"),
            ),
        ),
        Rubrique(
            "Mon travail",
            (
                Partie("demande", "demande", "Ma demande"),
                Partie("objectifs", "objectifs", "Mes objectifs"),
                Partie("cloture", "cloture", "Ce qui est convenu"),
                Partie("questionnaire", "questionnaires", "Questionnaires"),
                Partie("regards", "regards", "Regards des autres"),
                Partie("resultats", "resultats", "Résultats détaillés"),
                Partie("recap", "recaps", "Comptes rendus"),
                Partie("conclusions", "conclusions", "Conclusions"),
                Partie("synthese", "synthese", "Synthèse"),
            ),
        ),
        Rubrique(
            "Mon parcours",
            (
                Partie("vie", "vie", "Ma ligne de vie"),
                Partie("portefeuille", "portefeuille", "Ce que j’ai fait"),
            ),
        ),
        Rubrique(
            "Métiers et projets",
            (
                Partie("metier", "metiers", "Chercher"),
                Partie("proposition", "propositions", "Rapprocher"),
                Partie("piste", "pistes", "Mes pistes"),
                Partie("projet", "projets", "Projets"),
                Partie("comparaison", "comparaison", "Comparer"),
                Partie("enquete", "enquetes", "Enquêtes"),
                Partie("essai", "essais", "Essais"),
                Partie("contraintes", "contraintes", "Ma vie autour"),
            ),
        ),
        Rubrique(
            "Échanges",
            (
                Partie("message", "messages", "Messages"),
                Partie("fichier", "fichiers", "Fichiers"),
                Partie("etagere", "etagere", "Mon étagère"),
                Partie("carnet", "carnet", "Mon carnet"),
                Partie("entraide", "entraide", "Entraide"),
            ),
        ),
        Rubrique(
            "Documents",
            (
                Partie("papier", "papiers", "Papiers"),
                Partie("signer", "a_signer", "À signer"),
                Partie("absence", "absence", "Absence"),
                Partie("cellule", "cellule", "Ce que la cellule apprend"),
                Partie("partage", "partages", "Donner à lire"),
                Partie("extrait", "extrait", "Composer un extrait"),
                Partie("decision", "decisions", "Mes décisions"),
                Partie("rappel", "rappels", "Mes rappels"),
                Partie("emport", "emport", "Emporter"),
                Partie("reprise", "reprise", "Reprendre"),
                Partie("destruction", "destruction", "Destruction"),
                Partie("suivi", "suivi", "Suivi"),
            ),
        ),
        Rubrique("Qui a regardé", (Partie("journal", "journal", "Journal"),)),
    ),
    "consultant": (
        Rubrique(
            "Dossier",
            (
                Partie("bilan", "bilan", "Déroulement"),
                Partie("consentement", "consentement", "Consentement"),
                Partie("papier", "papiers", "Papiers"),
                Partie("signer", "a_signer", "À signer"),
            ),
        ),
        Rubrique(
            "Séances",
            (
                Partie("seance", "seances", "Séances"),
                Partie("tache", "taches", "Entre les séances"),
                Partie("promesse", "promesses", "Engagements"),
                Partie("etagere", "etagere", "Étagère"),
            ),
        ),
        Rubrique(
            "Préliminaire",
            (
                Partie("demande", "demande", "Demande"),
                Partie("objectifs", "objectifs", "Objectifs"),
                Partie("cloture", "cloture", "Ce qui est convenu"),
            ),
        ),
        Rubrique(
            "Investigation",
            (
                Partie("questionnaire", "questionnaires", "Questionnaires"),
                Partie("regards", "regards", "Regards des autres"),
                Partie("recap", "recaps", "Comptes rendus"),
                Partie("note", "notes", "Mes notes"),
            ),
        ),
        Rubrique(
            "Métiers et projets",
            (
                Partie("vie", "vie", "Ligne de vie"),
                Partie("portefeuille", "portefeuille", "Expériences et compétences"),
                Partie("metier", "metiers", "Chercher"),
                Partie("proposition", "propositions", "Rapprocher"),
                Partie("piste", "pistes", "Pistes"),
                Partie("projet", "projets", "Projets"),
                Partie("comparaison", "comparaison", "Comparer"),
                Partie("enquete", "enquetes", "Enquêtes"),
                Partie("essai", "essais", "Essais"),
                Partie("contraintes", "contraintes", "Vie autour"),
            ),
        ),
        Rubrique(
            "Conclusions",
            (
                Partie("conclusions", "conclusions", "Conclusions"),
                Partie("synthese", "synthese", "Synthèse"),
                Partie("cellule", "cellule", "Cellule d’accompagnement"),
            ),
        ),
        Rubrique(
            "Échanges",
            (Partie("message", "messages", "Messages"), Partie("fichier", "fichiers", "Fichiers")),
        ),
        Rubrique(
            "Fin",
            (
                Partie("fin", "fin", "Fin de l’accompagnement"),
                Partie("decision", "decisions", "Décisions"),
                Partie("destruction", "destruction", "Destruction"),
                Partie("suivi", "suivi", "Suivi"),
                Partie("reprise", "reprise", "Dossier repris"),
            ),
        ),
    ),
}


# Parts that exist for one way of paying.
_ONE_ROUTE_ONLY = {"absence": Financement.CPF_SUR_TEMPS, "cellule": Financement.RECLASSEMENT}


def href(space: str, page: str, bilan: Any, *more: Any) -> str:
    """Where this page of this bilan is; empty when the space has no such page. `more`: a séance, a piece."""
    address = _pattern(space, page, len(more))
    for place, value in zip(_PLACES, (getattr(bilan, "pk", bilan), *more), strict=False):
        address = address.replace(place, str(value))
    return address


# A frame asks for thirty addresses a page: each is worked out once, with these in the place of identifiers.
_PLACES = tuple(f"00000000-0000-4000-8000-0000000000{n:02d}" for n in (90, 91))


@cache
def _pattern(space: str, page: str, more: int) -> str:
    try:
        return reverse(f"{space}_{page}", args=_PLACES[: 1 + more])
    except NoReverseMatch:
        return ""


def noun_of(space: str, url_name: str) -> str:
    """`beneficiaire_seance_signer` → `seance`; empty for a page that belongs to no part. A home shows the bilan itself."""
    name = url_name.removeprefix(f"{space}_")
    if name == "accueil":
        return "bilan"
    known = [
        partie.noun
        for rubrique in RUBRIQUES.get(space, ())
        for partie in rubrique.parties
        if name == partie.page or name == partie.noun or name.startswith(f"{partie.noun}_")
    ]
    return max(known, key=len, default="")


def open_parties(space: str, rubrique: Rubrique, bilan: Any) -> Iterator[tuple[Partie, str]]:
    for partie in rubrique.parties:
        if bilan.financement != _ONE_ROUTE_ONLY.get(partie.noun, bilan.financement):
            continue
        address = href(space, partie.page, bilan)
        if address:
            yield partie, address


def rubriques_of(space: str, noun: str, bilan: Any) -> list[dict[str, Any]]:
    """The navigation inside one bilan: each part opens its first page."""
    shown = []
    for rubrique in RUBRIQUES[space]:
        pages = list(open_parties(space, rubrique, bilan))
        if pages:
            here = bool(noun) and any(partie.noun == noun for partie in rubrique.parties)
            shown.append({"libelle": rubrique.libelle, "href": pages[0][1], "ici": here, "pages": pages})
    return shown


def onglets_of(space: str, noun: str, bilan: Any) -> list[dict[str, Any]]:
    """The tabs of the current part; none when it has a single page."""
    for rubrique in rubriques_of(space, noun, bilan):
        if rubrique["ici"]:
            tabs = [
                {"href": address, "libelle": partie.libelle, "ici": partie.noun == noun}
                for partie, address in rubrique["pages"]
            ]
            return tabs if len(tabs) > 1 else []
    return []
