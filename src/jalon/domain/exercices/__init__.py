"""Makers of exercises with their key. The same level and rank always give the same exercise, so that answers keep their question."""

from collections.abc import Sequence

from jalon.domain.exercices import logique, nombres
from jalon.domain.exercices.exercice import CHOIX, NSP, Exercice
from jalon.domain.exercices.mots import Groupe, intrus
from jalon.domain.exercices.tirage import Tirage

__all__ = ["CHOIX", "FAMILLES", "MOTS", "NSP", "Exercice", "Groupe", "Tirage", "exercices"]

MOTS = "mots"
FAMILLES = {"nombres": nombres.NIVEAUX, "logique": logique.NIVEAUX}


def exercices(famille: str, niveau: int, combien: int, groupes: Sequence[Groupe] = ()) -> list[Exercice]:
    """`combien` different exercises of a level (counted from 0), fewer when the level has no more to give."""
    found: list[Exercice] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for rank in range(20 * combien):
        tirage = Tirage(f"{famille}/{niveau}/{rank}")
        made = intrus(tirage, groupes) if famille == MOTS else FAMILLES[famille][niveau](tirage)
        face = (made.enonce, tuple(sorted(made.options)))
        if face not in seen:
            seen.add(face)
            found.append(made)
        if len(found) == combien:
            break
    return found
