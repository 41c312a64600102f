"""Exercises to do between séances: a method sheet and steps, one TOML file a version. The format is told in `docs/exercices.md`."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from jalon.instruments.lecture import Table, parse
from jalon.instruments.refus import InstrumentRefuse

BIBLIOTHEQUE = Path(__file__).parent / "exercices"
ETAPES_MAX = 30
REPERES_MAX = 30
_VERSION = re.compile(r"^[0-9]{1,4}(\.[0-9]{1,4}){0,2}$")
_REQUIRED = ("titre", "but", "moment", "reprise", "source", "licence")
_KEYS = {*_REQUIRED, "code", "version", "minutes", "theme", "precautions", "etapes"}
_STEP_KEYS = {"texte", "reponse", "reperes"}
_LIMITS = {"titre": 120, "but": 2_000, "moment": 1_000, "reprise": 2_000, "precautions": 1_000}


class Theme(StrEnum):
    label: str

    def __new__(cls, value: str, label: str = "") -> "Theme":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    SE_CONNAITRE = "se_connaitre", "Se connaître"
    PARCOURS = "parcours", "Relire son parcours"
    EXPLORER = "explorer", "Explorer"
    CHOISIR = "choisir", "Choisir"
    AGIR = "agir", "Agir"


class Reponse(StrEnum):
    AUCUNE = ""
    TEXTE = "texte"
    TABLEAU = "tableau"


@dataclass(frozen=True)
class Etape:
    """`reperes`: the lines of a table, each to be filled in."""

    code: str
    texte: str
    reponse: Reponse = Reponse.AUCUNE
    reperes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercice:
    """`moment`: when to propose it; `reprise`: how to talk of it in séance; `precautions`: when not to."""

    code: str
    version: str
    titre: str
    theme: Theme
    but: str
    minutes: int
    moment: str
    reprise: str
    precautions: str
    source: str
    licence: str
    etapes: tuple[Etape, ...]


def read_exercice(data: bytes, file: str) -> Exercice:
    """The whole file, or `InstrumentRefuse` with its line and what to do: nothing of it is kept then."""
    return _Lecteur(*parse(data, file)).exercice()


class _Lecteur(Table):
    def exercice(self) -> Exercice:
        self.known(self.raw, _KEYS, "")
        code, version = self.code(self.raw, ""), self.text(self.raw, "version", "")
        if not _VERSION.match(version):
            raise self.refuse("version", "une version s’écrit en chiffres, par exemple « 1 » ou « 1.2 »")
        said = {key: self.bounded(self.raw, key, "") for key in _REQUIRED}
        minutes = self.raw.get("minutes")
        if not isinstance(minutes, int) or isinstance(minutes, bool) or not 5 <= minutes <= 600:
            raise self.refuse("minutes", "un nombre entier de minutes, entre 5 et 600, est attendu")
        return Exercice(
            code=code,
            version=version,
            theme=self.choice(self.raw, "theme", Theme, ""),
            minutes=minutes,
            precautions=self.bounded(self.raw, "precautions", "", required=False),
            etapes=self.etapes(),
            **said,
        )

    def bounded(self, table: dict[str, Any], key: str, where: str, *, required: bool = True) -> str:
        text = self.text(table, key, where, required=required)
        limit = _LIMITS.get(key, 2_000 if where else 1_000)
        if len(text) > limit:
            place = f"{where}.{key}" if where else key
            raise self.refuse(
                place, f"ce texte compte {len(text)} caractères, pour {limit} au plus : raccourcissez-le"
            )
        return text

    def etapes(self) -> tuple[Etape, ...]:
        rows = self.tables(self.raw, "etapes", "")
        if not 1 <= len(rows) <= ETAPES_MAX:
            raise self.refuse("etapes", f"entre une et {ETAPES_MAX} étapes [[etapes]] sont attendues")
        return tuple(self.etape(row, rank) for rank, row in enumerate(rows, 1))

    def etape(self, row: dict[str, Any], rank: int) -> Etape:
        where = f"etapes[{rank}]"
        self.known(row, _STEP_KEYS, where)
        reponse = self.choice(row, "reponse", Reponse, where)
        reperes = row.get("reperes", [])
        fine = isinstance(reperes, list) and all(
            isinstance(r, str) and 0 < len(r.strip()) <= 300 for r in reperes
        )
        if not fine or len(reperes) > REPERES_MAX:
            raise self.refuse(
                f"{where}.reperes", f"une liste de {REPERES_MAX} textes courts au plus est attendue"
            )
        if (reponse == Reponse.TABLEAU) != bool(reperes):
            raise self.refuse(
                f"{where}.reperes" if reperes else where,
                'les repères vont avec « reponse = "tableau" », et avec elle seule',
            )
        return Etape(
            f"e{rank}", self.bounded(row, "texte", where), reponse, tuple(r.strip() for r in reperes)
        )


@cache
def library() -> dict[str, Exercice]:
    """What is shipped, by code, in the order of the themes."""
    found = []
    for path in sorted(BIBLIOTHEQUE.glob("*.toml")):
        exercice = read_exercice(path.read_bytes(), path.name)
        if exercice.code != path.stem:
            raise InstrumentRefuse(path.name, "code", "le code doit être le nom du fichier", 1)
        found.append(exercice)
    order = list(Theme)
    return {e.code: e for e in sorted(found, key=lambda e: (order.index(e.theme), e.titre))}


def exercice_file(code: str) -> bytes | None:
    """The shipped file itself, to take as a model."""
    return (BIBLIOTHEQUE / f"{code}.toml").read_bytes() if code in library() else None
