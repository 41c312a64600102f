"""One exercise with its key: a statement in words, four answers, and why the right one is right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalon.domain.exercices.tirage import Tirage

CHOIX = "abcd"
NSP = "nsp"


@dataclass(frozen=True)
class Exercice:
    enonce: str
    options: tuple[str, ...]
    # Rank of the right one.
    juste: int
    explication: str

    @property
    def cle(self) -> str:
        return CHOIX[self.juste]


def poser(tirage: Tirage, enonce: str, juste: str, autres: Iterable[str], explication: str) -> Exercice:
    """The right answer among the three first others that differ from it, in a drawn order."""
    wrong: list[str] = []
    for autre in autres:
        if autre != juste and autre not in wrong:
            wrong.append(autre)
    if len(wrong) < len(CHOIX) - 1:
        raise ValueError("an exercise needs three wrong answers")
    shown = tirage.melange([juste, *wrong[: len(CHOIX) - 1]])
    return Exercice(enonce, tuple(shown), shown.index(juste), explication)


def poser_nombre(
    tirage: Tirage, enonce: str, juste: int, erreurs: Sequence[int], explication: str, unite: str = ""
) -> Exercice:
    """Wrong answers are those of usual mistakes first, then near numbers; never a negative one."""
    near = (juste + step for step in (1, -1, 2, -2, 10, -10, 3, 5, 4))
    wrong = [value for value in (*erreurs, *near) if value > 0]
    return poser(tirage, enonce, ecrire(juste, unite), (ecrire(value, unite) for value in wrong), explication)


def ecrire(value: int, unite: str = "") -> str:
    """«1 600 €», with spaces that do not break."""
    text = f"{value:,}".replace(",", "\u202f")
    return f"{text}\u00a0{unite}" if unite else text
