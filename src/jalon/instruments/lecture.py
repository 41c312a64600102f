"""Read an instrument file, and refuse it whole, with file, line and reason, at the first thing that is not right.

The format is told in `docs/instruments.md`, with an example.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jalon.instruments.epreuve import EpreuveRefusee, epreuve_of
from jalon.instruments.instrument import (
    Condition,
    Decompte,
    Echelle,
    Epreuve,
    Famille,
    Genre,
    Instrument,
    Lecture,
    Modalite,
    Moment,
    Partie,
    Question,
)
from jalon.instruments.lignes import line_of, lines_of
from jalon.instruments.refus import InstrumentRefuse

TAILLE_MAX = 500_000
QUALIFICATION_MAX = 120
CODE = re.compile(r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
_FICHE = (
    *("code", "version", "titre", "objet", "mesure", "ne_mesure_pas", "source", "licence"),
    *("fidelite", "usage", "restitution"),
)
_CLES = {
    "": {*_FICHE, "minutes", "famille", "lecture", "manquants", "moments", "pour", "une_par_page"}
    | {"qualification", "decompte"}
    | {"reponses", "parties", "echelles", "epreuve"},
    "parties": {"titre", "texte", "lien", "questions"},
    "questions": {"code", "texte", "genre", "reponses", "lien", "aide", "sensible", "si", "rangs"},
    "echelles": {"code", "nom", "items", "minimum", "lecture", "bas", "haut"},
    "reponses": {"code", "texte", "valeur"},
    "si": {"question", "parmi"},
}


def read(path: Path) -> Instrument:
    """The instrument of one file; raises `InstrumentRefuse`."""
    try:
        data = path.read_bytes()
    except OSError:
        raise InstrumentRefuse(path.name, "fichier", "ce fichier ne se lit pas") from None
    return read_bytes(data, path.name)


def read_bytes(data: bytes, file: str) -> Instrument:
    return Lecteur(*parse(data, file)).instrument()


def parse(data: bytes, file: str) -> tuple[str, dict[str, Any], dict[str, int]]:
    """The tables of a TOML file and their lines."""
    if len(data) > TAILLE_MAX:
        raise InstrumentRefuse(file, "fichier", f"il dépasse {TAILLE_MAX // 1000} ko")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InstrumentRefuse(file, "fichier", "il n’est pas en UTF-8", line) from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"line (\d+)", str(error))
        line = int(said[1]) if said else text.count("\n") + 1
        raise InstrumentRefuse(file, "fichier", "ce n’est pas du TOML lisible", line) from None
    return file, raw, lines_of(text)


class Table:
    """What every reader of these files shares: the place of what is wrong, and texts."""

    def __init__(self, file: str, raw: dict[str, Any], lines: dict[str, int]) -> None:
        self.file, self.raw, self.lines = file, raw, lines

    def refuse(self, where: str, reason: str) -> InstrumentRefuse:
        # What is missing from the head of the file is looked for on its first line.
        return InstrumentRefuse(self.file, where, reason, line_of(self.lines, where) or 1)

    def text(self, table: dict[str, Any], key: str, where: str, *, required: bool = True) -> str:
        value = table.get(key, "")
        place = f"{where}.{key}" if where else key
        if not isinstance(value, str) or (required and not value.strip()):
            raise self.refuse(place, "un texte est attendu")
        return value.strip()

    def code(self, table: dict[str, Any], where: str) -> str:
        value = self.text(table, "code", where)
        if not CODE.match(value):
            place = f"{where}.code" if where else "code"
            raise self.refuse(
                place, "un code se compose de lettres sans accent, de chiffres et de « _ », 40 au plus"
            )
        return value

    def tables(self, table: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.refuse(f"{where}.{key}" if where else key, f"des tables [[{key}]] sont attendues")
        return value

    def known(self, table: dict[str, Any], allowed: Iterable[str], where: str) -> None:
        """A key that nobody reads is a typing error: it would be lost without a word."""
        for key in table:
            if key not in allowed:
                raise self.refuse(f"{where}.{key}" if where else key, f"la clé « {key} » n’existe pas")

    def choice(self, table: dict[str, Any], key: str, kind: Any, where: str, default: str = "") -> Any:
        try:
            return kind(table.get(key, default))
        except ValueError:
            place = f"{where}.{key}" if where else key
            raise self.refuse(place, f"un mot parmi {', '.join(kind)} est attendu") from None


class Lecteur(Table):
    def instrument(self) -> Instrument:
        self.known(self.raw, _CLES[""], "")
        self.code(self.raw, "")
        said = {key: self.text(self.raw, key, "") for key in _FICHE}
        minutes = self.raw.get("minutes")
        if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= 600:
            raise self.refuse("minutes", "un nombre entier de minutes est attendu")
        test = self.test()
        parts = fixed_form(test, self.raw, self) if test else self.parts()
        questions = [q for part in parts for q in part.questions]
        self.check_codes(questions)
        by_code = {q.code: q for q in questions}
        scales = tuple(
            self.scale(i, s, by_code) for i, s in enumerate(self.tables(self.raw, "echelles", ""), 1)
        )
        self.check_scales(scales)
        return Instrument(
            **said,
            minutes=minutes,
            famille=self.choice(self.raw, "famille", Famille, ""),
            lecture=Lecture.NIVEAU if test else self.choice(self.raw, "lecture", Lecture, "", "ordre"),
            parties=parts,
            echelles=scales,
            manquants=self.missing(),
            moments=self.moments(),
            pour=self.audience(),
            une_par_page=bool(self.raw.get("une_par_page", False)),
            qualification=self.qualification(),
            decompte=self.choice(self.raw, "decompte", Decompte, ""),
            epreuve=test,
        )

    def test(self) -> Epreuve | None:
        raw = self.raw.get("epreuve")
        if raw is None:
            return None
        if self.raw.get("parties"):
            raise self.refuse(
                "parties", "une épreuve fait ses exercices elle-même : retirez les parties ou l’épreuve"
            )
        try:
            return epreuve_of(raw, self.text(self.raw, "code", ""))
        except EpreuveRefusee as refused:
            raise self.refuse(refused.where, refused.reason) from None

    def parts(self) -> tuple[Partie, ...]:
        rows = self.raw.get("reponses", {})
        if not isinstance(rows, dict):
            raise self.refuse("reponses", "des tables [[reponses.nom]] sont attendues")
        answers = {name: self.answers(name, self.tables(rows, name, "reponses")) for name in rows}
        parts = []
        earlier: dict[str, Question] = {}
        for i, raw in enumerate(self.tables(self.raw, "parties", ""), 1):
            part = self.part(i, raw, answers, earlier)
            earlier |= {q.code: q for q in part.questions}
            parts.append(part)
        if not any(part.questions for part in parts):
            raise self.refuse("parties", "il faut au moins une question")
        return tuple(parts)

    def check_codes(self, questions: list[Question]) -> None:
        seen: set[str] = set()
        for question in questions:
            if question.code in seen:
                raise self.refuse(
                    self.second_place(question.code), f"le code « {question.code} » sert deux fois"
                )
            seen.add(question.code)

    def second_place(self, code: str) -> str:
        places = [
            f"parties[{i}].questions[{j}].code"
            for i, part in enumerate(self.raw.get("parties", []), 1)
            for j, q in enumerate(part.get("questions", []), 1)
            if q.get("code") == code
        ]
        return places[1] if len(places) > 1 else "parties"

    def answers(self, name: str, rows: list[dict[str, Any]]) -> tuple[Modalite, ...]:
        found: list[Modalite] = []
        for i, row in enumerate(rows, 1):
            where = f"reponses.{name}[{i}]"
            self.known(row, _CLES["reponses"], where)
            valeur = row.get("valeur")
            if valeur is not None and (not isinstance(valeur, int) or isinstance(valeur, bool)):
                raise self.refuse(f"{where}.valeur", "un nombre entier est attendu")
            code = str(valeur) if valeur is not None else self.code(row, where)
            if code in {m.code for m in found}:
                raise self.refuse(where, "les réponses d’une liste sont toutes différentes")
            found.append(Modalite(code, self.text(row, "texte", where), valeur))
        if len(found) < 2:
            raise self.refuse(f"reponses.{name}", "il faut au moins deux réponses")
        return tuple(found)

    def part(
        self,
        i: int,
        raw: dict[str, Any],
        answers: dict[str, tuple[Modalite, ...]],
        earlier: dict[str, Question],
    ) -> Partie:
        where = f"parties[{i}]"
        self.known(raw, _CLES["parties"], where)
        lien = self.text(raw, "lien", where, required=False)
        questions = tuple(
            self.question(f"{where}.questions[{j}]", q, lien, answers, earlier)
            for j, q in enumerate(self.tables(raw, "questions", where), 1)
        )
        if not questions:
            raise self.refuse(where, "une partie compte au moins une question")
        return Partie(
            self.text(raw, "titre", where), self.text(raw, "texte", where, required=False), questions
        )

    def question(
        self,
        where: str,
        raw: dict[str, Any],
        part_link: str,
        answers: dict[str, tuple[Modalite, ...]],
        earlier: dict[str, Question],
    ) -> Question:
        self.known(raw, _CLES["questions"], where)
        lien = self.text(raw, "lien", where, required=False) or part_link
        if not lien:
            raise self.refuse(
                f"{where}.lien",
                "dites le lien direct et nécessaire avec le bilan (Code du travail, art. L. 6313-4, al. 3)",
            )
        genre = self.choice(raw, "genre", Genre, where)
        chosen: tuple[Modalite, ...] = ()
        if genre != Genre.TEXTE:
            name = raw.get("reponses", "")
            if not isinstance(name, str) or name not in answers:
                raise self.refuse(f"{where}.reponses", "cette liste de réponses n’est pas définie")
            chosen = answers[name]
        if genre == Genre.ECHELLE and any(m.valeur is None for m in chosen):
            raise self.refuse(f"{where}.reponses", "une échelle demande des réponses qui ont une valeur")
        rangs = raw.get("rangs", 0)
        if genre == Genre.CLASSEMENT and not (isinstance(rangs, int) and 1 <= rangs <= len(chosen)):
            raise self.refuse(f"{where}.rangs", "dites combien de places compte ce classement")
        sensible = raw.get("sensible", False)
        if not isinstance(sensible, bool):
            raise self.refuse(f"{where}.sensible", "true ou false est attendu")
        return Question(
            code=self.code(raw, where),
            texte=self.text(raw, "texte", where),
            genre=genre,
            lien=lien,
            aide=self.text(raw, "aide", where, required=False),
            modalites=chosen,
            sensible=sensible,
            si=self.condition(raw, where, earlier),
            rangs=rangs if genre == Genre.CLASSEMENT else 0,
        )

    def condition(self, raw: dict[str, Any], where: str, earlier: dict[str, Question]) -> Condition | None:
        said = raw.get("si")
        if said is None:
            return None
        if not isinstance(said, dict):
            raise self.refuse(f"{where}.si", "une condition nomme une question et des réponses")
        self.known(said, _CLES["si"], f"{where}.si")
        asked = earlier.get(str(said.get("question", "")))
        # Of an earlier part: without JavaScript too, the page is made when the answer is known.
        if asked is None or not asked.modalites:
            raise self.refuse(
                f"{where}.si", "la question de la condition est à choix, dans une partie d’avant"
            )
        wanted = said.get("parmi")
        codes = {m.code for m in asked.modalites}
        if not isinstance(wanted, list) or not wanted or not {str(code) for code in wanted} <= codes:
            raise self.refuse(f"{where}.si", "les réponses de la condition ne sont pas celles de la question")
        return Condition(asked.code, tuple(str(code) for code in wanted))

    def scale(self, i: int, raw: dict[str, Any], questions: dict[str, Question]) -> Echelle:
        where = f"echelles[{i}]"
        self.known(raw, _CLES["echelles"], where)
        items = [str(code) for code in raw.get("items", [])]
        straight = tuple(code.removeprefix("-") for code in items)
        if not straight:
            raise self.refuse(f"{where}.items", "il faut au moins une question")
        for code in straight:
            question = questions.get(code)
            if question is None or question.genre != Genre.ECHELLE:
                raise self.refuse(f"{where}.items", f"« {code} » n’est pas une question à échelle")
            if straight.count(code) > 1:
                raise self.refuse(f"{where}.items", f"« {code} » compte deux fois")
        minimum = raw.get("minimum", len(straight))
        if not isinstance(minimum, int) or isinstance(minimum, bool) or not 1 <= minimum <= len(straight):
            raise self.refuse(f"{where}.minimum", "un nombre de questions est attendu")
        return Echelle(
            code=self.code(raw, where),
            nom=self.text(raw, "nom", where),
            items=straight,
            inverses=frozenset(code[1:] for code in items if code.startswith("-")),
            minimum=minimum,
            lecture=self.text(raw, "lecture", where),
            bas=self.text(raw, "bas", where, required=False),
            haut=self.text(raw, "haut", where, required=False),
        )

    def check_scales(self, scales: tuple[Echelle, ...]) -> None:
        codes = [scale.code for scale in scales]
        if len(set(codes)) != len(codes):
            raise self.refuse("echelles", "deux échelles portent le même code")
        reading = self.raw.get("lecture", "ordre")
        if reading == Lecture.HEXAGONE and codes != list("RIASEC"):
            raise self.refuse(
                "lecture", "l’hexagone demande les six échelles R, I, A, S, E et C, dans cet ordre"
            )
        if reading == Lecture.POLES:
            for i, scale in enumerate(scales, 1):
                if not (scale.bas and scale.haut):
                    raise self.refuse(
                        f"echelles[{i}]", "dites les deux bouts de cette échelle : « bas » et « haut »"
                    )

    def missing(self) -> frozenset[str]:
        codes = self.raw.get("manquants", [])
        if not isinstance(codes, list) or not all(isinstance(code, int | str) for code in codes):
            raise self.refuse("manquants", "une liste de codes est attendue")
        return frozenset(str(code) for code in codes)

    def moments(self) -> tuple[Moment, ...]:
        said = self.raw.get("moments", [])
        try:
            return tuple(Moment(word) for word in said)
        except (ValueError, TypeError):
            raise self.refuse("moments", f"des mots parmi {', '.join(Moment)} sont attendus") from None

    def qualification(self) -> str:
        said = self.text(self.raw, "qualification", "", required=False)
        if len(said) > QUALIFICATION_MAX:
            raise self.refuse("qualification", f"{QUALIFICATION_MAX} caractères au plus")
        return said

    def audience(self) -> str:
        pour = self.raw.get("pour", "personne")
        if pour not in ("personne", "repondants"):
            raise self.refuse("pour", "« personne » ou « repondants » est attendu")
        return str(pour)


def fixed_form(test: Epreuve, raw: dict[str, Any], table: Table) -> tuple[Partie, ...]:
    """The same exercises on paper or on one page: the first three of each level, easiest first."""
    ranked = sorted(test.questions, key=lambda code: (test.rang_niveau[code], code))
    parts = []
    for rank, niveau in enumerate(test.niveaux):
        chosen = [test.questions[code] for code in ranked if test.rang_niveau[code] == rank][:3]
        parts.append(Partie(f"Exercices, niveau {rank + 1}", niveau.nom, tuple(chosen)))
    return tuple(parts)
