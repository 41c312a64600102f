"""The page of an offer: what the public information must hold before it may be shown, and nothing that misleads (L. 6352-13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jalon.domain.annonce import misleading
from jalon.domain.financement import OUTSIDE_THE_FRAME, Financement
from jalon.domain.identite import says_bilan
from jalon.domain.obstacle import Obstacle
from jalon.domain.offre import INFORMATION, Vitrine, offer_obstacles, publication_obstacles
from jalon.domain.parcours import Ligne, TypeAction
from jalon.domain.seance import Modalite
from jalon.law import Law

CERTIFIED = "Code du travail, art. L. 6316-1"
OUTSIDE = "Code du travail, art. L. 6313-1, 2°"

# In the order of the page. `field`: the words that say what is missing.
TEXTES = {
    "accroche": "en une phrase, à qui cette page s’adresse et pour quoi",
    "objectifs": "les objectifs",
    "public": "les personnes à qui l’offre s’adresse",
    "prerequis": "les prérequis, ou qu’il n’y en a aucun",
    "deroulement": "le déroulement et les modalités",
    "methodes": "les méthodes et les outils",
    "evaluation": "la façon dont l’accompagnement est évalué",
    "adaptation": "ce qui peut être adapté, en situation de handicap ou non",
}
# Paid by those that L. 6316-1 names: only a certified provider may announce them.
CERTIFIED_ONLY = frozenset(
    {
        Financement.CPF_HORS_TEMPS,
        Financement.CPF_SUR_TEMPS,
        Financement.OPCO,
        Financement.FRANCE_TRAVAIL,
        Financement.AGEFIPH,
    }
)


@dataclass(frozen=True)
class Annonce:
    """One page with all that it shows."""

    intitule: str
    type_action: TypeAction
    actif: bool
    lignes: tuple[Ligne, ...]
    textes: Mapping[str, str]
    modalites: frozenset[Modalite]
    financements: frozenset[Financement]
    delai_jours: int | None
    resultats: int
    sans_resultat: bool
    certifie: bool
    vitrine: Vitrine
    # Texts of the cabinet that the page shows too, with the words that name each.
    ailleurs: tuple[tuple[str, str], ...] = ()

    @property
    def hors_cadre(self) -> bool:
        return self.type_action == TypeAction.HORS_CADRE


def page_obstacles(annonce: Annonce, law: Law, day: date) -> list[Obstacle]:
    """Everything that keeps this page from being published: what misleads first, then what is missing."""
    found = [*said_obstacles(annonce), *_missing(annonce), *_funding(annonce)]
    found += [
        o
        for o in publication_obstacles(annonce.vitrine)
        if o.code != "lieu" or Modalite.PRESENTIEL in annonce.modalites
    ]
    found += [
        o
        for o in offer_obstacles(annonce.intitule, annonce.type_action, annonce.lignes, law, day)
        if o.refuses
    ]
    if not annonce.actif:
        found.append(
            Obstacle("Ce parcours n’est plus proposé : proposez-le de nouveau d’abord.", code="parcours")
        )
    return found


def said_obstacles(annonce: Annonce) -> list[Obstacle]:
    """Misleading words, beside the field where they stand; remarks among them do not refuse."""
    found = [
        o
        for field in TEXTES
        for o in misleading(annonce.textes.get(field, ""), field=field, hors_cadre=annonce.hors_cadre)
    ]
    found += [o for o in misleading(annonce.intitule, hors_cadre=annonce.hors_cadre) if o.refuses]
    for name, text in annonce.ailleurs:
        found += [
            Obstacle(f"{name} : {o.sentence}", o.source, o.severity, code=f"ailleurs_{o.code}")
            for o in misleading(text)
            if o.refuses
        ]
    return found


def _missing(annonce: Annonce) -> list[Obstacle]:
    found = [
        Obstacle(f"Il manque {what}.", INFORMATION, code=field, field=field)
        for field, what in TEXTES.items()
        if not annonce.textes.get(field, "").strip()
    ]
    if not annonce.modalites:
        found.append(
            Obstacle(
                "Dites au moins une façon de se voir : en présence, en visio ou par téléphone.",
                INFORMATION,
                code="modalites",
                field="modalites",
            )
        )
    if annonce.delai_jours is None:
        found.append(
            Obstacle(
                "Il manque le délai entre une demande et la première séance.",
                INFORMATION,
                code="delai",
                field="delai_jours",
            )
        )
    if not annonce.hors_cadre and not annonce.resultats and not annonce.sans_resultat:
        found.append(
            Obstacle(
                "Il manque des résultats avec leur nombre et leur méthode ; si vous n’en avez pas encore, dites-le en "
                "cochant la case : la page l’écrira franchement.",
                "Indicateur 2 du référentiel qualité",
                code="resultats",
                field="sans_resultat",
            )
        )
    return found


def _funding(annonce: Annonce) -> list[Obstacle]:
    if not annonce.financements:
        return [
            Obstacle(
                "Dites au moins une façon de payer.", INFORMATION, code="financements", field="financements"
            )
        ]
    if annonce.hors_cadre and annonce.financements - OUTSIDE_THE_FRAME:
        return [
            Obstacle(
                "Hors du cadre légal, seule la personne paie : aucun fonds de la formation ne peut être annoncé.",
                OUTSIDE,
                code="financement_hors_cadre",
                field="financements",
            )
        ]
    announced = annonce.financements & CERTIFIED_ONLY
    if announced and not annonce.certifie:
        names = ", ".join(sorted(f.label for f in announced))
        return [
            Obstacle(
                f"Sans certificat qualité en cours pour les bilans de compétences, ces fonds ne paient pas : {names}. "
                "Décochez-les, ou renseignez le certificat dans les réglages.",
                CERTIFIED,
                code="certificat",
                field="financements",
            )
        ]
    return []


def page_address(intitule: str, taken: Sequence[str] | frozenset[str] = ()) -> str:
    """The end of the page's address, from the title without the word that a browser's history would show."""
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", intitule.casefold().replace("œ", "oe"))
        if not unicodedata.combining(c)
    )
    kept = re.sub(r"\bbilans?\b( (de|des|du))?( competences?)?( professionnels?)?", " ", plain)
    words = re.findall(r"[a-z0-9]{2,}|[0-9]", kept)
    base = "-".join(("accompagnement", *words))[:70].strip("-")
    if says_bilan(base):
        base = "accompagnement"
    address, rank = base, 2
    while address in taken:
        address, rank = f"{base}-{rank}", rank + 1
    return address
