"""What we ask, as data: an instrument is one TOML file per version, checked whole before anybody can answer it.

Every question says why it is asked: without its direct and necessary link with the bilan the file is refused (L. 6313-4,
al. 3; L. 6353-9). Sensitive questions ask for an explicit consent of their own (droit.md, BC-07).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from jalon.domain.cotation import EchelleCle
from jalon.domain.parcours import Labelled
from jalon.domain.rasch import Arret, Estimation, estimate, is_enough, next_item


class Genre(StrEnum):
    TEXTE = "texte"
    ECHELLE = "echelle"
    CHOIX = "choix"
    CHOIX_MULTIPLE = "choix_multiple"
    # The few that count most, in order.
    CLASSEMENT = "classement"


class Famille(Labelled):
    INTERETS = "interets", "Intérêts professionnels"
    PERSONNALITE = "personnalite", "Personnalité"
    VALEURS = "valeurs", "Motivations et valeurs"
    APTITUDES = "aptitudes", "Aptitudes"
    RECIT = "recit", "Récit et parcours"
    SITUATION = "situation", "Situation et projet"
    REGARDS = "regards", "Regards des autres"
    SUIVI = "suivi", "Point de départ, fin et suivi"


class Lecture(StrEnum):
    """How the scales are read back to the person."""

    ORDRE = "ordre"
    POLES = "poles"
    HEXAGONE = "hexagone"
    NIVEAU = "niveau"


class Moment(Labelled):
    """When a sheet that can be repeated is answered."""

    DEPART = "depart", "Au départ"
    FIN = "fin", "À la fin"
    # In the follow-up's own tiroir, destroyed when it closes.
    SIX_MOIS = "six_mois", "Six mois après"


class Decompte(StrEnum):
    """Whether its closed answers are counted for the cabinet, without whose; «anonyme»: and read by nobody but the person."""

    AUCUN = ""
    OUVERT = "ouvert"
    ANONYME = "anonyme"


@dataclass(frozen=True)
class Modalite:
    """One possible answer of a closed question."""

    code: str
    texte: str
    valeur: int | None = None


@dataclass(frozen=True)
class Condition:
    """Asked only to whoever gave one of these answers to an earlier question."""

    question: str
    parmi: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    code: str
    texte: str
    genre: Genre
    lien: str
    aide: str = ""
    modalites: tuple[Modalite, ...] = ()
    sensible: bool = False
    si: Condition | None = None
    # Of a ranking: how many places there are.
    rangs: int = 0


@dataclass(frozen=True)
class Partie:
    titre: str
    texte: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Echelle:
    """A sum of items; those of `inverses` count backwards. Below `minimum` answered items there is no value.

    `bas` and `haut`: the two ends of a scale that has no better one, each in words that a person can hear.
    """

    code: str
    nom: str
    items: tuple[str, ...]
    inverses: frozenset[str]
    minimum: int
    lecture: str
    bas: str = ""
    haut: str = ""

    @property
    def cle(self) -> EchelleCle:
        return EchelleCle(self.code, self.items, self.inverses, self.minimum)


@dataclass(frozen=True)
class Niveau:
    """One level of difficulty of an aptitude test, declared by its author, and what it asks."""

    difficulte: float
    nom: str


@dataclass(frozen=True)
class Epreuve:
    """Exercises with a key, asked one by one in an order that follows the answers."""

    niveaux: tuple[Niveau, ...]
    etendue: float
    arret: Arret
    questions: Mapping[str, Question]
    cles: Mapping[str, str]
    rang_niveau: Mapping[str, int]

    def difficulte(self, code: str) -> float:
        return self.niveaux[self.rang_niveau[code]].difficulte

    def posees(self, reponses: Mapping[str, Any]) -> list[tuple[float, bool]]:
        """Difficulty and success of each exercise that was answered; «je ne sais pas» is an answer that is not right."""
        return [
            (self.difficulte(code), reponses[code] == cle)
            for code, cle in self.cles.items()
            if reponses.get(code) not in (None, "")
        ]

    def estimation(self, reponses: Mapping[str, Any]) -> Estimation:
        return estimate(self.posees(reponses), self.etendue)

    def suivante(self, reponses: Mapping[str, Any], graine: str) -> str | None:
        """The exercise that tells most now; None when enough was asked. The same answers and seed give the same one again."""
        posees = self.posees(reponses)
        found = estimate(posees, self.etendue)
        if is_enough(found, len(posees), self.arret):
            return None
        left = [code for code in self.questions if reponses.get(code) in (None, "")]
        # Which variant of a level comes first differs from one sheet to another.
        left.sort(key=lambda code: hashlib.sha256(f"{graine}/{code}".encode()).digest())
        return next_item(found.theta, [(code, self.difficulte(code)) for code in left])


@dataclass(frozen=True)
class Instrument:
    code: str
    version: str
    titre: str
    objet: str
    mesure: str
    ne_mesure_pas: str
    source: str
    licence: str
    fidelite: str
    usage: str
    minutes: int
    restitution: str
    famille: Famille
    lecture: Lecture
    parties: tuple[Partie, ...]
    echelles: tuple[Echelle, ...] = ()
    manquants: frozenset[str] = frozenset()
    moments: tuple[Moment, ...] = ()
    # «repondants»: asked to the people that the person chose, never to her.
    pour: str = "personne"
    une_par_page: bool = False
    # What the cabinet must have noted of whoever uses it; empty: anybody who has read this sheet.
    qualification: str = ""
    decompte: Decompte = Decompte.AUCUN
    epreuve: Epreuve | None = field(default=None, compare=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for part in self.parties for q in part.questions)

    def question(self, code: str) -> Question | None:
        if self.epreuve is not None and code in self.epreuve.questions:
            return self.epreuve.questions[code]
        return next((q for q in self.questions if q.code == code), None)

    def repondues(self, reponses: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions that have an answer, in reading order."""
        asked = self.epreuve.questions.values() if self.epreuve is not None else self.questions
        return tuple(q for q in asked if reponses.get(q.code) not in (None, "", []))

    @property
    def a_resultat(self) -> bool:
        """Whether something is worked out from the answers, to be explained before any other use."""
        return (bool(self.echelles) or self.epreuve is not None) and not self.anonyme

    @property
    def anonyme(self) -> bool:
        return self.decompte == Decompte.ANONYME

    def comptees(self, reponses: Mapping[str, Any]) -> dict[str, str]:
        """What of a sheet may be counted: its closed answers by their code, never a word."""
        closed = {Genre.ECHELLE, Genre.CHOIX}
        return {q.code: str(reponses[q.code]) for q in self.repondues(reponses) if q.genre in closed}

    @property
    def sensible(self) -> bool:
        return any(q.sensible for q in self.questions)

    @property
    def nombre(self) -> int:
        """How many questions will be asked at most."""
        return self.epreuve.arret.maximum if self.epreuve is not None else len(self.questions)

    def bornes(self) -> dict[str, tuple[float, float]]:
        """Lowest and highest value of each item that has values."""
        found: dict[str, tuple[float, float]] = {}
        for question in self.questions:
            values = [m.valeur for m in question.modalites if m.valeur is not None]
            if values:
                found[question.code] = (min(values), max(values))
        return found

    def est_posee(self, question: Question, reponses: Mapping[str, Any]) -> bool:
        """Whether its condition holds, with the answers given so far."""
        if question.si is None:
            return True
        given = reponses.get(question.si.question)
        chosen = given if isinstance(given, list) else [given]
        return any(str(value) in question.si.parmi for value in chosen if value is not None)
