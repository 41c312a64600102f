"""Words for what the referential says in letters and codes."""

from typing import Any

from jalon.metiers.interets import LETTERS, NOTICE

INTERETS = {
    "R": "Réaliste",
    "I": "Investigateur",
    "A": "Artistique",
    "S": "Social",
    "E": "Entreprenant",
    "C": "Conventionnel",
}
# What each letter likes, said plainly.
GOUTS = {
    "R": "Réaliste : le concret, les outils, le dehors",
    "I": "Investigateur : comprendre, chercher, analyser",
    "A": "Artistique : créer, imaginer, exprimer",
    "S": "Social : aider, transmettre, prendre soin",
    "E": "Entreprenant : convaincre, décider, mener",
    "C": "Conventionnel : organiser, vérifier, classer",
}
# Bands of the correlation between the person's six scores and the occupation's.
_PROCHE, _ASSEZ = 0.6, 0.2

__all__ = ["GOUTS", "INTERETS", "LETTERS", "NOTICE", "accord", "en_mots"]


def en_mots(letters: str) -> str:
    """«Réaliste, puis Conventionnel»."""
    named = [INTERETS[letter] for letter in letters if letter in INTERETS]
    return ", puis ".join(named)


def accord(value: float | None) -> str:
    """Never a number: a correlation of six figures would be read as a mark."""
    if value is None:
        return ""
    if value >= _PROCHE:
        return "proches des vôtres"
    return "assez proches des vôtres" if value >= _ASSEZ else "éloignés des vôtres"


def lettres_en_scores(letters: str) -> dict[str, float] | None:
    """Letters that somebody chose, first ones first, as six scores; nothing when none was chosen."""
    chosen = [letter for letter in letters if letter in LETTERS]
    if not chosen:
        return None
    return {
        letter: float(len(chosen) - chosen.index(letter)) if letter in chosen else 0.0 for letter in LETTERS
    }


def par_famille(items: Any) -> list[dict[str, Any]]:
    """Items with a category, grouped in the order in which the categories come."""
    found: dict[str, list[Any]] = {}
    for one in items:
        found.setdefault(one.categorie or "Autres", []).append(one)
    return [{"titre": name, "items": held} for name, held in sorted(found.items())]
