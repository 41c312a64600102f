"""The portfolio as a file that the person takes to somebody: made in memory, for her alone, under her own name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.pieces import Lue
from jalon.access.portefeuille import Portefeuille as Lu
from jalon.access.portefeuille import read_portefeuille
from jalon.actions.piece import lock_bilan
from jalon.documents import TAILLES, Cabinet, Papier, render
from jalon.documents.europass import to_europass
from jalon.documents.json_resume import to_json_resume
from jalon.documents.portefeuille.data import (
    Avis,
    Competence,
    Etape,
    Experience,
    Portefeuille,
    Realisation,
    Rome,
)
from jalon.domain.experience import GenreExperience
from jalon.domain.francais import jour, periode
from jalon.domain.niveau import NIVEAUX_DITS, Voix
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Personne

FORMATS = {
    "pdf": ("application/pdf", "portefeuille.pdf"),
    "json_resume": ("application/json", "resume.json"),
    "europass": ("application/xml", "europass.xml"),
}
_ETAPES = (
    ("situation", "La situation"),
    ("tache", "Ce qu’il fallait faire"),
    ("action", "Ce que j’ai fait"),
    ("resultat", "Ce que cela a donné"),
)
_LIGNE = 400


@dataclass(frozen=True)
class Export:
    octets: bytes
    type_mime: str
    nom: str


def export_portefeuille(
    *,
    bilan: Bilan,
    format: str,
    by: Personne,
    now: datetime,
    taille: str = "normal",
    coordonnees: bool = False,
    niveaux: bool = False,
) -> Export:
    """`coordonnees`: her address and number; `niveaux`: what was said of her level, with who said it. Neither unless she asks.

    The line of her life, her projects and whatever is private stay where they are.
    """
    access.require(Action.EXPORT_PORTEFEUILLE, by, bilan)
    if format not in FORMATS or taille not in TAILLES:
        raise Refused(Obstacle("Choisissez l’une des formes proposées.", code="format", field="format"))
    found = read_portefeuille(by, bilan, now=now)
    if found.vide and not found.realisations:
        raise Refused(
            Obstacle(
                "Il n’y a encore rien à emporter : écrivez d’abord une expérience ou une compétence.",
                code="vide",
            )
        )
    cv = _compose(found, bilan, by, now, coordonnees=coordonnees, niveaux=niveaux)
    if format == "pdf":
        octets = render("portefeuille", cv, taille=taille, horodatage=now)
    else:
        octets = to_json_resume(cv, now=now) if format == "json_resume" else to_europass(cv)
    with transaction.atomic():
        record(Nom.PORTEFEUILLE_EXPORTE, lock_bilan(bilan), by=by, now=now, faits={"format": format})
    mime, name = FORMATS[format]
    return Export(octets, mime, name)


def _compose(
    found: Lu, bilan: Bilan, by: Personne, now: datetime, *, coordonnees: bool, niveaux: bool
) -> Portefeuille:
    day = local_day(bilan, now)
    email = by.email if coordonnees else ""
    phone = by.telephone if coordonnees else ""
    coded = any(one.contenu.metier for one in found.experiences) or any(
        one.contenu.rome for one in found.competences
    )
    return Portefeuille(
        papier=Papier(
            cabinet=Cabinet(nom=by.nom_complet, courriel=email or "", telephone=phone or ""),
            numero=f"du {jour(day)}",
            emis_le=day,
            fuseau=bilan.fuseau,
        ),
        prenom=by.prenom,
        nom=by.nom,
        courriel=email or "",
        telephone=phone or "",
        experiences=tuple(_experience(one, found) for one in found.experiences),
        autres=tuple(_realisation(one) for one in found.realisations_of("")),
        competences=tuple(_competence(one.contenu, niveaux=niveaux) for one in found.competences),
        credit=referentiel().credit[:_LIGNE] if coded else "",
    )


def _experience(lue: Lue, found: Lu) -> Experience:
    one = lue.contenu
    chosen = one.metier
    return Experience(
        intitule=one.intitule or "Une expérience",
        genre=GenreExperience(one.genre),
        structure=one.structure,
        periode=periode(one.debut, one.fin, dure=True),
        debut=one.debut,
        fin=one.fin,
        texte=one.texte,
        metier=Rome(chosen.code, chosen.libelle, chosen.version) if chosen is not None else None,
        realisations=tuple(_realisation(told) for told in found.realisations_of(lue.piece.reference)),
    )


def _realisation(lue: Lue) -> Realisation:
    steps = ((name, label, getattr(lue.contenu, name)) for name, label in _ETAPES)
    return Realisation(
        lue.contenu.titre or "Une réussite",
        tuple(Etape(label, text, name == "resultat") for name, label, text in steps if text.strip()),
    )


def _competence(one: Any, *, niveaux: bool) -> Competence:
    said = [
        Avis(Voix(told.voix).label, NIVEAUX_DITS[told.niveau], told.qui, told.texte)
        for told in (one.niveaux if niveaux else ())
    ]
    return Competence(
        intitule=one.intitule or "Une compétence",
        preuve=one.preuve,
        phrases=tuple(said.phrase for said in one.phrases),
        avis=tuple(said),
        rome=tuple(Rome(held.code_ogr, held.libelle, held.version) for held in one.rome),
        transfert=one.transfert,
    )
