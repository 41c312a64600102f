"""Find the word that does not belong: three words of one group of a lexicon, and one of another group of the same level."""

from collections.abc import Sequence

from jalon.domain.exercices.exercice import Exercice, poser
from jalon.domain.exercices.tirage import Tirage

# Words of one group, after what they have in common.
Groupe = tuple[str, tuple[str, ...]]


def intrus(t: Tirage, groupes: Sequence[Groupe]) -> Exercice:
    (sens, mots), (_, autres) = t.plusieurs(groupes, 2)
    odd = t.un(autres)
    return poser(
        t,
        "Trois de ces mots vont ensemble. Lequel ne va pas avec les autres\u00a0?",
        odd,
        t.plusieurs(mots, 3),
        f"Les trois autres disent\u00a0: {sens}.",
    )
