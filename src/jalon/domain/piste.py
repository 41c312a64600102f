"""Tracks of occupations: how many may be kept at once, and why one is dropped.

Few on purpose: a list of three hundred occupations out of a test helps nobody choose. These numbers are the product's, not the law's.
"""

from collections.abc import Iterable

from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Labelled

# What one page may propose, and what may be kept at the same time.
COURTE_LISTE = 10
# What may leave a test, on whatever page its result stands beside occupations: a test is no list of jobs.
PAR_TEST_MAX = 5
GARDEES_MAX = 7
A_COMPARER = (2, 3)


class EtatPiste(Labelled):
    GARDEE = "gardee", "Gardée"
    ECARTEE = "ecartee", "Écartée"
    RETENUE = "retenue", "Devenue un projet"


class Moyen(Labelled):
    """By which way a missing skill could be acquired."""

    AUCUN = "", "À décider"
    ACQUISE = "acquise", "Je l’ai déjà"
    TERRAIN = "terrain", "Sur le terrain\u00a0: poste, stage, tutorat"
    FORMATION = "formation", "Par une formation"
    VAE = "vae", "Par la VAE"
    AUTRE = "autre", "Autrement"


# What stands in the project as a training lead. A VAE is a lead, to be done after: never inside a bilan.
FORMATIONS = frozenset({Moyen.FORMATION, Moyen.VAE})


def pin_obstacles(others: Iterable[str]) -> list[Obstacle]:
    """`others`: where the other tracks of this bilan stand."""
    kept = sum(1 for etat in others if etat == EtatPiste.GARDEE)
    if kept < GARDEES_MAX:
        return []
    return [
        Obstacle(
            f"Vous gardez déjà {kept} pistes. Écartez-en une, en disant pourquoi : choisir fait partie du travail.",
            code="pistes",
        )
    ]


def drop_obstacles(raison: str) -> list[Obstacle]:
    if raison.strip():
        return []
    return [
        Obstacle(
            "Dites en quelques mots pourquoi cette piste est écartée : la raison servira peut-être un jour.",
            code="raison",
            field="raison",
        )
    ]
