"""The table `[epreuve]` of an instrument: levels of declared difficulty, and exercises that a maker of the domain draws for each."""

from typing import Any

from jalon.domain.exercices import CHOIX, FAMILLES, MOTS, NSP, Groupe, exercices
from jalon.domain.rasch import Arret
from jalon.instruments.instrument import Epreuve, Genre, Modalite, Niveau, Question

LIEN = "Analyser les aptitudes (Code du travail, art. L. 6313-1, 2° et L. 6313-4, al. 1)"
_CLES = {"famille", "variantes", "etendue", "erreur", "minimum", "maximum", "niveaux", "lien"}


class EpreuveRefusee(ValueError):
    def __init__(self, where: str, reason: str) -> None:
        self.where, self.reason = where, reason
        super().__init__(reason)


def epreuve_of(raw: Any, code: str) -> Epreuve:
    if not isinstance(raw, dict):
        raise EpreuveRefusee("epreuve", "une table [epreuve] est attendue")
    for key in raw:
        if key not in _CLES:
            raise EpreuveRefusee(f"epreuve.{key}", f"la clé « {key} » n’existe pas")
    famille = raw.get("famille")
    if famille not in (*FAMILLES, MOTS):
        raise EpreuveRefusee(
            "epreuve.famille", f"une famille parmi {', '.join((*FAMILLES, MOTS))} est attendue"
        )
    variantes = _whole(raw, "variantes", 3, 50)
    minimum = _whole(raw, "minimum", 1, 100)
    maximum = _whole(raw, "maximum", minimum, 100)
    levels = raw.get("niveaux")
    if not isinstance(levels, list) or len(levels) < 2:
        raise EpreuveRefusee("epreuve.niveaux", "il faut au moins deux niveaux")
    if famille != MOTS and len(levels) > len(FAMILLES[famille]):
        raise EpreuveRefusee("epreuve.niveaux", f"cette famille compte {len(FAMILLES[famille])} niveaux")
    made = _Made(lien=str(raw.get("lien", LIEN)))
    for rank, level in enumerate(levels):
        made.level(rank, level, famille, variantes)
    return Epreuve(
        niveaux=tuple(made.niveaux),
        etendue=_positive(raw, "etendue"),
        arret=Arret(_positive(raw, "erreur"), minimum, maximum),
        questions=made.questions,
        cles=made.cles,
        rang_niveau=made.rangs,
    )


class _Made:
    def __init__(self, lien: str) -> None:
        self.lien = lien
        self.niveaux: list[Niveau] = []
        self.questions: dict[str, Question] = {}
        self.cles: dict[str, str] = {}
        self.rangs: dict[str, int] = {}

    def level(self, rank: int, raw: Any, famille: str, variantes: int) -> None:
        where = f"epreuve.niveaux[{rank + 1}]"
        if not isinstance(raw, dict):
            raise EpreuveRefusee(where, "une table est attendue")
        difficulte, nom = raw.get("difficulte"), raw.get("nom")
        if not isinstance(difficulte, int | float) or isinstance(difficulte, bool):
            raise EpreuveRefusee(f"{where}.difficulte", "un nombre est attendu")
        if self.niveaux and difficulte <= self.niveaux[-1].difficulte:
            raise EpreuveRefusee(f"{where}.difficulte", "les niveaux vont du plus facile au plus difficile")
        if not isinstance(nom, str) or not nom.strip():
            raise EpreuveRefusee(f"{where}.nom", "un texte est attendu")
        groups = _groups(raw, where) if famille == MOTS else ()
        drawn = exercices(famille, rank, variantes, groups)
        if len(drawn) < min(variantes, 3):
            raise EpreuveRefusee(where, "ce niveau ne donne pas assez d’exercices différents")
        self.niveaux.append(Niveau(float(difficulte), nom.strip()))
        for place, one in enumerate(drawn, 1):
            code = f"n{rank + 1:02d}_{place:02d}"
            shown = [Modalite(letter, text) for letter, text in zip(CHOIX, one.options, strict=True)]
            shown.append(Modalite(NSP, "Je ne sais pas"))
            self.questions[code] = Question(code, one.enonce, Genre.CHOIX, self.lien, modalites=tuple(shown))
            self.cles[code] = one.cle
            self.rangs[code] = rank


def _groups(raw: dict[str, Any], where: str) -> tuple[Groupe, ...]:
    found: list[Groupe] = []
    said = raw.get("groupes")
    if not isinstance(said, list) or len(said) < 2:
        raise EpreuveRefusee(f"{where}.groupes", "il faut au moins deux groupes de mots")
    for group in said:
        if not isinstance(group, dict) or not isinstance(group.get("sens"), str):
            raise EpreuveRefusee(f"{where}.groupes", "un groupe dit son sens et ses mots")
        words = group.get("mots")
        if not isinstance(words, list) or len(words) < 3 or not all(isinstance(word, str) for word in words):
            raise EpreuveRefusee(f"{where}.groupes", "un groupe compte au moins trois mots")
        found.append((group["sens"], tuple(words)))
    every = [word for _, words in found for word in words]
    if len(set(every)) != len(every):
        raise EpreuveRefusee(f"{where}.groupes", "un mot ne sert qu’une fois par niveau")
    return tuple(found)


def _whole(raw: dict[str, Any], key: str, low: int, high: int) -> int:
    value = raw.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise EpreuveRefusee(f"epreuve.{key}", f"un nombre entier de {low} à {high} est attendu")
    return value


def _positive(raw: dict[str, Any], key: str) -> float:
    value = raw.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or value <= 0:
        raise EpreuveRefusee(f"epreuve.{key}", "un nombre positif est attendu")
    return float(value)
