"""What remains to be checked of a project, gathered from wherever it was written (R. 6313-4, 2°: «vérifier la pertinence»)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jalon.domain.parcours import Labelled

SOURCE = "Code du travail, art. R. 6313-4, 2°"


class Origine(Labelled):
    PROJET = "projet", "Écrit dans le projet"
    ENQUETE = "enquete", "Enquête métier"
    ESSAI = "essai", "Essai"
    FORMATION = "formation", "Piste de formation"
    COMPARAISON = "comparaison", "Comparaison"


@dataclass(frozen=True)
class Reste:
    texte: str
    origine: Origine
    reference: str = ""


@dataclass(frozen=True)
class EnqueteFaits:
    """`ouvertes`: the questions that nobody has answered yet."""

    reference: str
    intitule: str
    faite: bool
    ouvertes: tuple[str, ...] = ()


@dataclass(frozen=True)
class EssaiFaits:
    reference: str
    intitule: str
    fait: bool
    reste: str = ""


@dataclass(frozen=True)
class Matiere:
    """What was written about one project."""

    a_verifier: str = ""
    enquetes: tuple[EnqueteFaits, ...] = ()
    essais: tuple[EssaiFaits, ...] = ()
    # (lead, what remains to check of it)
    formations: tuple[tuple[str, str], ...] = ()
    sans_note: tuple[str, ...] = field(default=())


def remaining(matiere: Matiere) -> list[Reste]:
    """In the order in which one would do them; the same line told twice is told once."""
    found = [Reste(line, Origine.PROJET) for line in _lines(matiere.a_verifier)]
    for one in matiere.enquetes:
        if not one.faite:
            found.append(Reste(f"Aller voir : {one.intitule}", Origine.ENQUETE, one.reference))
        else:
            found += [Reste(question, Origine.ENQUETE, one.reference) for question in one.ouvertes]
    for trial in matiere.essais:
        if not trial.fait:
            found.append(Reste(f"Essayer : {trial.intitule}", Origine.ESSAI, trial.reference))
        found += [Reste(line, Origine.ESSAI, trial.reference) for line in _lines(trial.reste)]
    for lead, text in matiere.formations:
        found += [Reste(f"{lead} : {line}", Origine.FORMATION) for line in _lines(text)]
    found += [Reste(f"Sans note encore : {name}", Origine.COMPARAISON) for name in matiere.sans_note]
    told: dict[str, Reste] = {}
    for one_left in found:
        told.setdefault(one_left.texte.casefold(), one_left)
    return list(told.values())


def _lines(text: str) -> Iterable[str]:
    """One thing a line; the dash of a list aside."""
    return [clean for line in text.splitlines() if (clean := line.strip().lstrip("-–•").strip())]
