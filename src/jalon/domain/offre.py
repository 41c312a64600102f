"""What a cabinet offers: a parcours checked before anybody buys it, and what the public must be told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.domain.duree import over_the_maximum_with_suivi
from jalon.domain.faits import Etat, Facts
from jalon.domain.financement import Financement
from jalon.domain.identite import says_bilan_de_competences
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Obstacle, Refused, Severity
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction, sum_lignes
from jalon.domain.regles import (
    accompagnement_suffisant,
    conclusions_individuelles,
    duree_dans_la_limite,
    trois_phases_prevues,
)
from jalon.domain.tva import AFFICHAGE
from jalon.law import Law

NAME = "Code du travail, art. L. 6313-1, 2°"
PHASES = "Code du travail, art. R. 6313-4"
INFORMATION = "Code du travail, art. L. 6353-8 ; indicateur 1 du référentiel qualité"

LIGNES_MAX = 30

# Sixteen hours of interviews and eight of personal work: what most cabinets sell, within the twenty-four.
LIGNES_PROPOSEES = (
    Ligne(Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
    Ligne(Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 4, 120),
    Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 300),
    Ligne(Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 3, 120),
    Ligne(Phase.CONCLUSIONS, Nature.TRAVAIL_PERSONNEL, 1, 180),
)


def title_obstacle(intitule: str, type_action: TypeAction) -> Obstacle | None:
    """BC-42: a service outside the legal frame never borrows the name of the bilan de compétences."""
    if type_action == TypeAction.BILAN or not says_bilan_de_competences(intitule):
        return None
    return Obstacle(
        "Cette prestation est hors du cadre légal : son intitulé ne peut pas contenir « bilan de compétences », "
        "qui tromperait le public. Choisissez par exemple « Bilan professionnel d’orientation ».",
        NAME,
        code="intitule_hors_cadre",
        field="intitule",
    )


def ligne_obstacles(lignes: Sequence[Ligne]) -> list[Obstacle]:
    """What is wrong with the lines themselves, whatever the law says of their sum."""
    found = []
    if len(lignes) > LIGNES_MAX:
        found.append(
            Obstacle(
                f"Le parcours compte {len(lignes)} lignes, pour {LIGNES_MAX} au plus. Regroupez-en.",
                code="lignes",
            )
        )
    for rank, ligne in enumerate(lignes, 1):
        if (ligne.nature == Nature.SUIVI) != (ligne.phase == Phase.SUIVI):
            found.append(
                Obstacle(
                    f"Ligne {rank} : l’entretien de suivi va avec le suivi, et avec lui seul. "
                    "Il vient après la fin, hors des trois phases.",
                    PHASES,
                    code="suivi",
                    field=f"ligne-{rank}",
                )
            )
    return found


def offer_obstacles(
    intitule: str, type_action: TypeAction, lignes: Sequence[Ligne], law: Law, day: date
) -> list[Obstacle]:
    """Everything that stands in the way of offering this parcours, refusals first."""
    facts = Facts(
        etat=Etat.PREPARATION,
        type_action=type_action,
        financement=Financement.PERSONNEL,
        lignes=tuple(lignes),
    )
    rules = (
        duree_dans_la_limite,
        trois_phases_prevues,
        accompagnement_suffisant,
        conclusions_individuelles,
    )
    found = [
        o for o in (title_obstacle(intitule, type_action), *ligne_obstacles(lignes)) if o is not None
    ] + [o for rule in rules if (o := rule(facts, law, day))]
    if type_action == TypeAction.BILAN:
        heures = sum_lignes(lignes)
        with_suivi = over_the_maximum_with_suivi(heures, law) if heures.suivi else None
        # Not settled by the texts (droit.md 4.4): said, never in the way.
        if with_suivi and not any(o.code == "plus_de_24h" for o in found):
            found.append(with_suivi)
    if not lignes:
        found.insert(0, Obstacle("Le parcours est vide : ajoutez au moins une ligne.", PHASES, code="vide"))
    return sorted(found, key=lambda o: o.severity != Severity.REFUSE)


# These pass without a reason: they inform, and the texts leave them open.
SAID_ONLY = frozenset({"suivi_au_dela_de_24h"})


def check_offer(found: Sequence[Obstacle], reasons: Mapping[str, Motif]) -> None:
    """`Refused` with what still stands: every refusal, and every warning without its recorded reason."""
    standing = [o for o in found if o.refuses or (o.code not in SAID_ONLY and not reasons.get(o.code))]
    if standing:
        raise Refused(standing)


@dataclass(frozen=True)
class Vitrine:
    """What the public page of one cabinet rests on."""

    prix: Decimal | None
    telephone: str
    courriel: str
    lieux: int
    lieux_decrits: int
    consultants: int
    nda: str
    referent_handicap: str
    mediateur: str
    regime_tva: str


def publication_obstacles(vitrine: Vitrine) -> list[Obstacle]:
    """What is still missing before the offer may be shown to everybody: incomplete information would mislead."""
    checks = (
        (vitrine.prix is not None, "le prix d’au moins un parcours", INFORMATION, "prix"),
        (
            vitrine.regime_tva,
            "si la TVA s’ajoute à vos prix, ou pourquoi elle ne s’y ajoute pas",
            AFFICHAGE,
            "tva",
        ),
        (
            vitrine.telephone or vitrine.courriel,
            "un téléphone ou une adresse électronique",
            INFORMATION,
            "contact",
        ),
        (vitrine.lieux > 0, "au moins un lieu", INFORMATION, "lieu"),
        (
            vitrine.lieux == vitrine.lieux_decrits,
            "l’accessibilité de chaque lieu",
            "Indicateur 1 du référentiel qualité",
            "accessibilite",
        ),
        (vitrine.consultants > 0, "au moins un consultant ou une consultante", INFORMATION, "equipe"),
        (
            vitrine.referent_handicap,
            "la personne référente pour les situations de handicap",
            "Indicateur 26 du référentiel qualité",
            "handicap",
        ),
        (
            vitrine.mediateur,
            "le médiateur de la consommation",
            "Code de la consommation, art. L. 616-1 et R. 616-1",
            "mediateur",
        ),
    )
    return [
        Obstacle(f"Il manque {what}.", source, code=code) for there, what, source, code in checks if not there
    ]


def advertising_mention(nda: str, law: Law) -> str:
    """The exact words of L. 6352-12; nothing before the number exists."""
    return law.organisme.mention_publicite.value.format(numero=nda) if nda else ""
