"""Typed, bounded data for what we hand over.

A document is issued once and never rendered again (droit.md 8.5, design «Documents»), so a wrong type or a
missing mention must be refused before the template, with a message that names the field and never its content.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self, Union, get_args, get_origin, get_type_hints


class DonneesInvalides(ValueError):
    """The data of a document is refused; says which field and which rule, never what it held."""

    def __init__(self, champ: str, regle: str) -> None:
        self.champ = champ
        self.regle = regle
        super().__init__(f"{champ}\u00a0: {regle}")


@dataclass(frozen=True)
class Borne:
    """A text: at most so many characters, empty only where `vide`."""

    maximum: int
    vide: bool = False


@dataclass(frozen=True)
class Entre:
    minimum: float
    maximum: float


@dataclass(frozen=True)
class Combien:
    minimum: int
    maximum: int


Nom = Annotated[str, Borne(160)]
NomFacultatif = Annotated[str, Borne(160, vide=True)]
Ligne = Annotated[str, Borne(400)]
LigneFacultative = Annotated[str, Borne(400, vide=True)]
Alinea = Annotated[str, Borne(2_000)]
AlineaFacultatif = Annotated[str, Borne(2_000, vide=True)]
Texte = Annotated[str, Borne(20_000)]
TexteFacultatif = Annotated[str, Borne(20_000, vide=True)]
Empreinte = Annotated[str, Borne(160)]
EmpreinteFacultative = Annotated[str, Borne(160, vide=True)]
Minutes = Annotated[int, Entre(0, 60_000)]
PLUSIEURS = Combien(0, 1000)


class Donnees:
    """Base of every data class of this room: checks itself on creation."""

    def __post_init__(self) -> None:
        classe: Any = type(self)
        for nom, indication in _hints(classe).items():
            _check(indication, getattr(self, nom), f"{classe.__name__}.{nom}")
        self.verify()

    def verify(self) -> None:
        """Rules that look at several fields; overridden where there are some."""

    def derived(self) -> Mapping[str, Any]:
        """What the template shows and nobody should have to compute twice (totals, counts)."""
        return {}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """Build from plain JSON values: ISO dates and instants, words of closed lists."""
        classe: Any = cls
        indications = _hints(classe)
        inconnus = sorted(set(raw) - set(indications))
        if inconnus:
            raise DonneesInvalides(f"{cls.__name__}.{inconnus[0]}", "champ inconnu")
        requis = {f.name for f in fields(classe) if f.default is MISSING and f.default_factory is MISSING}
        for nom in sorted(requis - set(raw)):
            raise DonneesInvalides(f"{cls.__name__}.{nom}", "champ manquant")
        return cls(**{nom: _read(indications[nom], raw[nom], f"{cls.__name__}.{nom}") for nom in raw})


@cache
def _hints(cls: Any) -> dict[str, Any]:
    assert is_dataclass(cls)
    indications = get_type_hints(cls, include_extras=True)
    return {f.name: indications[f.name] for f in fields(cls)}


def _unfold(indication: Any) -> tuple[Any, Any]:
    """The bare type and its constraint, if any."""
    if get_origin(indication) is Annotated:
        nue, contrainte = get_args(indication)[:2]
        return nue, contrainte
    return indication, None


def _check(indication: Any, valeur: Any, champ: str) -> None:
    nue, contrainte = _unfold(indication)
    origine = get_origin(nue)
    if origine in (Union, types.UnionType):
        if valeur is None and type(None) in get_args(nue):
            return
        (nue,) = (a for a in get_args(nue) if a is not type(None))
        return _check(nue, valeur, champ)
    if origine is tuple:
        if not isinstance(valeur, tuple):
            raise DonneesInvalides(champ, "une suite (tuple) est attendue")
        combien = contrainte or PLUSIEURS
        if not combien.minimum <= len(valeur) <= combien.maximum:
            raise DonneesInvalides(
                champ, f"entre {combien.minimum} et {combien.maximum} éléments sont attendus"
            )
        for rang, element in enumerate(valeur):
            _check(get_args(nue)[0], element, f"{champ}[{rang}]")
        return
    _check_scalar(nue, contrainte, valeur, champ)


def _check_scalar(nue: Any, contrainte: Any, valeur: Any, champ: str) -> None:
    # bool is an int and datetime is a date: neither may pass for the other on a paper that is kept as proof.
    confondu = (
        (nue is int and isinstance(valeur, bool))
        or (nue is date and isinstance(valeur, datetime))
        or (nue is str and isinstance(valeur, StrEnum))
    )
    if not isinstance(valeur, nue) or confondu:
        raise DonneesInvalides(champ, f"le type attendu est {nue.__name__}")
    if isinstance(valeur, datetime) and valeur.tzinfo is None:
        raise DonneesInvalides(champ, "l’instant doit porter son fuseau horaire")
    if isinstance(contrainte, Borne):
        if len(valeur) > contrainte.maximum:
            raise DonneesInvalides(champ, f"au plus {contrainte.maximum} caractères")
        if not contrainte.vide and not valeur.strip():
            raise DonneesInvalides(champ, "ne peut pas être vide")
    if isinstance(contrainte, Entre) and not contrainte.minimum <= valeur <= contrainte.maximum:
        raise DonneesInvalides(champ, f"doit être entre {contrainte.minimum} et {contrainte.maximum}")


def _read(indication: Any, brut: Any, champ: str) -> Any:
    nue, _ = _unfold(indication)
    origine = get_origin(nue)
    if origine in (Union, types.UnionType):
        if brut is None:
            return None
        (nue,) = (a for a in get_args(nue) if a is not type(None))
        return _read(nue, brut, champ)
    if origine is tuple:
        if not isinstance(brut, list):
            raise DonneesInvalides(champ, "une liste est attendue")
        return tuple(_read(get_args(nue)[0], b, f"{champ}[{i}]") for i, b in enumerate(brut))
    if issubclass(nue, Donnees) and isinstance(brut, Mapping):
        return nue.from_json(brut)
    if issubclass(nue, (date, StrEnum)) and isinstance(brut, str):
        try:
            return nue.fromisoformat(brut) if issubclass(nue, date) else nue(brut)
        except ValueError:
            raise DonneesInvalides(champ, "valeur hors de la liste ou date impossible") from None
    return brut
