"""The rules of one field: what it may hold, and the sentence that says what is wrong. Never a word of what it holds."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jalon.vault.erreurs import PieceInvalide

TEXTE_MAX = 20_000
LIGNE_MAX = 300
CODE_MAX = 120
LISTE_MAX = 200

_MOIS = re.compile(r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$")


def _is_encodable(text: str) -> bool:
    """Half a surrogate pair is no character: nothing could write it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class Regle:
    """`check` returns the value to keep, or raises `PieceInvalide`. `to_json` and `from_json` are its stored form."""

    nom: str

    def check(self, value: Any) -> Any:
        raise NotImplementedError

    def to_json(self, value: Any) -> Any:
        return value

    def from_json(self, value: Any) -> Any:
        return value

    def refuse(self, problem: str) -> PieceInvalide:
        return PieceInvalide(f"{self.nom} : {problem}")


@dataclass(frozen=True)
class Texte(Regle):
    nom: str
    max: int = TEXTE_MAX

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.refuse("un texte est attendu.")
        if len(value) > self.max:
            raise self.refuse(
                f"le texte compte {_number(len(value))} caractères, pour {_number(self.max)} au plus. Raccourcissez-le."
            )
        if "\0" in value or not _is_encodable(value):
            raise self.refuse(
                "le texte contient un caractère qui ne peut pas être conservé. Retapez ce passage."
            )
        return value


@dataclass(frozen=True)
class Choix(Regle):
    nom: str
    possibles: tuple[str, ...]

    def check(self, value: Any) -> str:
        if value not in self.possibles:
            raise self.refuse(f"choisissez l’une des valeurs prévues ({', '.join(self.possibles)}).")
        return str(value)


@dataclass(frozen=True)
class OuiNon(Regle):
    nom: str

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.refuse("oui ou non est attendu.")
        return value


@dataclass(frozen=True)
class Entier(Regle):
    nom: str
    min: int = 0
    max: int = 2**53

    def check(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.min <= value <= self.max:
            raise self.refuse(
                f"un nombre entier entre {_number(self.min)} et {_number(self.max)} est attendu."
            )
        return value


@dataclass(frozen=True)
class Nombre(Regle):
    """A score: a finite number, or None when it could not be computed."""

    nom: str

    def check(self, value: Any) -> float | int | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
            raise self.refuse("un nombre est attendu.")
        return value


@dataclass(frozen=True)
class Jour(Regle):
    """A day as `AAAA-MM-JJ`, or None. A `date` is accepted and kept as its text."""

    nom: str

    def check(self, value: Any) -> str | None:
        if value is None:
            return None
        if type(value) is date:
            return value.isoformat()
        try:
            if isinstance(value, str) and len(value) == 10:
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise self.refuse("une date existante est attendue, sous la forme 2026-03-31.")


@dataclass(frozen=True)
class Mois(Regle):
    """A year, or a month as `AAAA-MM`, or nothing: what people remember of a job."""

    nom: str

    def check(self, value: Any) -> str:
        if value == "" or (isinstance(value, str) and _MOIS.match(value)):
            return value
        raise self.refuse("une année (2015) ou un mois (2015-09) est attendu.")


@dataclass(frozen=True)
class Eventuel(Regle):
    """One small part, or None."""

    nom: str
    element: type

    def check(self, value: Any) -> Any:
        if value is not None and not isinstance(value, self.element):
            raise self.refuse("l’élément n’est pas du type attendu.")
        return value

    def to_json(self, value: Any) -> Any:
        return None if value is None else value.to_json()

    def from_json(self, value: Any) -> Any:
        return None if value is None else self.element.from_json(value)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Liste(Regle):
    """A list of texts, or of small parts. Kept as a tuple: a piece never changes."""

    nom: str
    element: Regle | type
    max: int = LISTE_MAX

    def check(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise self.refuse("une liste est attendue.")
        if len(value) > self.max:
            raise self.refuse(
                f"la liste compte {_number(len(value))} éléments, pour {_number(self.max)} au plus."
            )
        return tuple(self._element(rank, item) for rank, item in enumerate(value, 1))

    def _element(self, rank: int, item: Any) -> Any:
        if isinstance(self.element, Regle):
            return self.element.check(item)
        if not isinstance(item, self.element):
            raise self.refuse(f"l’élément {rank} n’est pas du type attendu.")
        return item

    def to_json(self, value: Any) -> Any:
        if isinstance(self.element, Regle):
            return [self.element.to_json(item) for item in value]
        return [item.to_json() for item in value]

    def from_json(self, value: Any) -> Any:
        if not isinstance(value, list) or isinstance(self.element, Regle):
            return value
        return [self.element.from_json(item) for item in value]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Dictionnaire(Regle):
    nom: str
    element: Regle
    max: int = 1_000

    def check(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise self.refuse("un ensemble de réponses nommées est attendu.")
        if len(value) > self.max:
            raise self.refuse(f"{_number(len(value))} réponses, pour {_number(self.max)} au plus.")
        name = Texte(self.nom, CODE_MAX)
        return {name.check(key): self.element.check(item) for key, item in value.items()}


@dataclass(frozen=True)
class Reponse(Regle):
    """One answer: a text, a whole number, several choices, or nothing."""

    nom: str = "Une réponse"

    def check(self, value: Any) -> str | int | list[str] | None:
        if value is None:
            return None
        if isinstance(value, str):
            return Texte(self.nom).check(value)
        if isinstance(value, list | tuple):
            return list(Liste(self.nom, Texte(self.nom, LIGNE_MAX)).check(value))
        return Entier(self.nom, -(2**53)).check(value)


def regle(rule: Regle) -> dict[str, Regle]:
    """The metadata by which a dataclass field carries its rule."""
    return {"regle": rule}


def champ(rule: Regle, default: Any) -> Any:
    return dataclasses.field(default=default, metadata=regle(rule))


def prose(nom: str, max: int = TEXTE_MAX) -> Any:
    return champ(Texte(nom, max), "")


def ligne(nom: str, max: int = LIGNE_MAX) -> Any:
    return champ(Texte(nom, max), "")


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")
