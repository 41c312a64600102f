"""What we ask, as data: an instrument is one TOML file per version, checked whole before anybody can answer it.

Every question says why it is asked: without its direct and necessary link with the bilan the file is refused (L. 6313-4,
al. 3; L. 6353-9). Sensitive questions ask for an explicit consent of their own (droit.md, BC-07).
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

BANQUE = Path(__file__).parent / "banque"


class InstrumentRefuse(ValueError):
    """The file says what is wrong with it, and where; nothing of it is used."""

    def __init__(self, file: str, where: str, reason: str) -> None:
        self.file, self.where, self.reason = file, where, reason
        super().__init__(f"{file}, {where} : {reason}")


class Genre(StrEnum):
    TEXTE = "texte"
    ECHELLE = "echelle"
    CHOIX = "choix"
    CHOIX_MULTIPLE = "choix_multiple"


@dataclass(frozen=True)
class Modalite:
    """One possible answer of a closed question."""

    code: str
    texte: str
    valeur: int | None = None


@dataclass(frozen=True)
class Question:
    code: str
    texte: str
    genre: Genre
    lien: str
    aide: str = ""
    modalites: tuple[Modalite, ...] = ()
    sensible: bool = False


@dataclass(frozen=True)
class Partie:
    titre: str
    texte: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Echelle:
    """A sum of items; those of `inverses` count backwards. Below `minimum` answered items there is no value."""

    code: str
    nom: str
    items: tuple[str, ...]
    inverses: frozenset[str]
    minimum: int
    lecture: str


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
    minutes: int
    restitution: str
    parties: tuple[Partie, ...]
    echelles: tuple[Echelle, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(q for part in self.parties for q in part.questions)

    def question(self, code: str) -> Question | None:
        return next((q for q in self.questions if q.code == code), None)


def read(path: Path) -> Instrument:
    """The instrument of one file; raises `InstrumentRefuse` with file, place and reason."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InstrumentRefuse(
            path.name, "fichier", f"ce n’est pas du TOML lisible ({type(error).__name__})"
        ) from None
    return _Reading(path.name, raw).instrument()


class _Reading:
    def __init__(self, file: str, raw: dict[str, Any]) -> None:
        self.file = file
        self.raw = raw

    def refuse(self, where: str, reason: str) -> InstrumentRefuse:
        return InstrumentRefuse(self.file, where, reason)

    def text(self, table: dict[str, Any], key: str, where: str, *, required: bool = True) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            raise self.refuse(f"{where}.{key}", "un texte est attendu")
        return value.strip()

    def instrument(self) -> Instrument:
        answers = {name: self.answers(name, rows) for name, rows in self.raw.get("reponses", {}).items()}
        parts = tuple(self.part(i, part, answers) for i, part in enumerate(self.raw.get("parties", []), 1))
        questions = [q for part in parts for q in part.questions]
        if not questions:
            raise self.refuse("parties", "il faut au moins une question")
        codes = [q.code for q in questions]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise self.refuse("parties", f"le code « {twice[0]} » sert deux fois")
        minutes = self.raw.get("minutes")
        if not isinstance(minutes, int) or isinstance(minutes, bool) or minutes < 1:
            raise self.refuse("minutes", "un nombre entier de minutes est attendu")
        by_code = {q.code: q for q in questions}
        said = {
            key: self.text(self.raw, key, "fiche")
            for key in (
                "code",
                "version",
                "titre",
                "objet",
                "mesure",
                "ne_mesure_pas",
                "source",
                "licence",
                "restitution",
            )
        }
        scales = tuple(self.scale(i, s, by_code) for i, s in enumerate(self.raw.get("echelles", []), 1))
        return Instrument(**said, minutes=minutes, parties=parts, echelles=scales)

    def answers(self, name: str, rows: list[dict[str, Any]]) -> tuple[Modalite, ...]:
        found = []
        for i, row in enumerate(rows, 1):
            where = f"reponses.{name}[{i}]"
            valeur = row.get("valeur")
            if valeur is not None and (not isinstance(valeur, int) or isinstance(valeur, bool)):
                raise self.refuse(f"{where}.valeur", "un nombre entier est attendu")
            code = str(valeur) if valeur is not None else self.text(row, "code", where)
            found.append(Modalite(code, self.text(row, "texte", where), valeur))
        if len({m.code for m in found}) != len(found) or len(found) < 2:
            raise self.refuse(f"reponses.{name}", "il faut au moins deux réponses, toutes différentes")
        return tuple(found)

    def part(self, i: int, raw: dict[str, Any], answers: dict[str, tuple[Modalite, ...]]) -> Partie:
        where = f"parties[{i}]"
        lien = self.text(raw, "lien", where, required=False)
        questions = tuple(
            self.question(f"{where}.questions[{j}]", q, lien, answers)
            for j, q in enumerate(raw.get("questions", []), 1)
        )
        return Partie(
            self.text(raw, "titre", where), self.text(raw, "texte", where, required=False), questions
        )

    def question(
        self, where: str, raw: dict[str, Any], part_link: str, answers: dict[str, tuple[Modalite, ...]]
    ) -> Question:
        lien = self.text(raw, "lien", where, required=False) or part_link
        if not lien:
            raise self.refuse(
                f"{where}.lien",
                "dites le lien direct et nécessaire avec le bilan (Code du travail, art. L. 6313-4, al. 3)",
            )
        try:
            genre = Genre(raw.get("genre", ""))
        except ValueError:
            raise self.refuse(f"{where}.genre", f"un genre parmi {', '.join(Genre)} est attendu") from None
        chosen: tuple[Modalite, ...] = ()
        if genre != Genre.TEXTE:
            name = raw.get("reponses", "")
            if name not in answers:
                raise self.refuse(f"{where}.reponses", "cette liste de réponses n’est pas définie")
            chosen = answers[name]
        return Question(
            code=self.text(raw, "code", where),
            texte=self.text(raw, "texte", where),
            genre=genre,
            lien=lien,
            aide=self.text(raw, "aide", where, required=False),
            modalites=chosen,
            sensible=bool(raw.get("sensible", False)),
        )

    def scale(self, i: int, raw: dict[str, Any], questions: dict[str, Question]) -> Echelle:
        where = f"echelles[{i}]"
        items = [str(code) for code in raw.get("items", [])]
        straight = tuple(code.removeprefix("-") for code in items)
        for code in straight:
            question = questions.get(code)
            if question is None or question.genre != Genre.ECHELLE:
                raise self.refuse(f"{where}.items", f"« {code} » n’est pas une question à échelle")
            if any(m.valeur is None for m in question.modalites):
                raise self.refuse(f"{where}.items", f"les réponses de « {code} » n’ont pas de valeur")
        if not straight:
            raise self.refuse(f"{where}.items", "il faut au moins une question")
        minimum = raw.get("minimum", len(straight))
        if not isinstance(minimum, int) or not 1 <= minimum <= len(straight):
            raise self.refuse(f"{where}.minimum", "un nombre de questions est attendu")
        return Echelle(
            code=self.text(raw, "code", where),
            nom=self.text(raw, "nom", where),
            items=straight,
            inverses=frozenset(code[1:] for code in items if code.startswith("-")),
            minimum=minimum,
            lecture=self.text(raw, "lecture", where),
        )


@cache
def bank() -> dict[str, tuple[Instrument, ...]]:
    """Every shipped instrument by code, its versions oldest first."""
    found: dict[str, list[Instrument]] = {}
    for path in sorted(BANQUE.glob("*/*.toml")):
        instrument = read(path)
        if instrument.code != path.parent.name or instrument.version != path.stem:
            raise InstrumentRefuse(
                path.name, "fiche", "le code et la version doivent être ceux du dossier et du fichier"
            )
        found.setdefault(instrument.code, []).append(instrument)
    return {code: tuple(versions) for code, versions in found.items()}


def get(code: str, version: str | None = None) -> Instrument | None:
    """The version named, or the newest; None when there is none."""
    versions = bank().get(code, ())
    if version is None:
        return versions[-1] if versions else None
    return next((i for i in versions if i.version == version), None)
