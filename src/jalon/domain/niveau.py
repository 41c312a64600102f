"""Levels of a competence: said by herself, by others, by facts; put beside each other, never added up."""

from collections.abc import Iterable

from jalon.domain.parcours import Labelled


class Voix(Labelled):
    SOI = "soi", "Moi"
    AUTRE = "autre", "Quelqu’un d’autre"
    FAITS = "faits", "Un fait"


# What each level means, so that two people who say «3» say the same thing.
NIVEAUX: dict[int, str] = {
    0: "Sans niveau, en mots",
    1: "Je découvre",
    2: "Je sais faire avec de l’aide",
    3: "Je sais faire sans aide",
    4: "Je l’apprends aux autres",
}
# The same, told of somebody.
NIVEAUX_DITS: dict[int, str] = {
    0: "",
    1: "découvre",
    2: "sait faire avec de l’aide",
    3: "sait faire sans aide",
    4: "l’apprend aux autres",
}


def ecart(dits: Iterable[tuple[str, int]]) -> tuple[int, int] | None:
    """The lowest and the highest level when the voices differ: worth talking about, never an average."""
    levels = {niveau for _, niveau in dits if niveau}
    return (min(levels), max(levels)) if len(levels) > 1 else None
