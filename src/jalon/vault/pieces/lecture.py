"""Any piece as a person reads it: its title, then (heading, text) in the order of its fields.

Made from the rules of each kind, so that a new kind is readable the day it exists. Codes and identifiers are left to the
open data, unless they name another piece: then its title is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jalon.vault.erreurs import ErreurCoffre
from jalon.vault.pieces import champ
from jalon.vault.pieces.champ import CODE_MAX
from jalon.vault.pieces.codec import decode
from jalon.vault.pieces.piece import Partie, Piece
from jalon.vault.pieces.repris import Repris

Ligne = tuple[str, str]

_TITRES = ("intitule", "titre", "nom_original")
# Where the word of the rule, made for an error, is not what the person calls her own.
_LABELS = {
    ("demande", "mots_de_la_personne"): "Mes mots",
    ("demande", "reformulation"): "Ce que nous avons convenu",
    ("recap", "correction"): "Ma correction",
    ("resultat", "commentaire_personne"): "Mon commentaire",
    ("synthese", "observations"): "Mes observations",
    ("synthese", "circonstances"): "Les circonstances",
}
# Said by the sheet of the file itself, of no use to a reader.
_MUETS = {
    ("fichier", "taille"),
    ("resultat", "restitue_le"),
    *(("EchelleObtenue", name) for name in ("n", "n_items", "demi_bande", "erreur_mesure")),
}
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre"),
    *("novembre", "décembre"),
)


def inner_piece(repris: Repris) -> Piece | None:
    """The piece inside, if this version still knows its kind."""
    try:
        return decode(repris.nature, repris.version_nature, repris.contenu.encode())
    except ErreurCoffre:
        return None


def seal_inside(nature: str, version: int, contenu: Any) -> str:
    """The words of a piece as a `Repris` keeps them; refused when they are not of that kind."""
    body = json.dumps(contenu, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    decode(nature, version, body.encode())
    return body


def title_of(piece: Piece) -> str:
    """What the person called it, if it has a name."""
    if isinstance(piece, Repris):
        inside = inner_piece(piece)
        return title_of(inside) if inside is not None else ""
    return next((text for name in _TITRES if (text := getattr(piece, name, ""))), "")


def read_rows(piece: Partie, titles: Mapping[str, str] | None = None) -> list[Ligne]:
    """Every field that says something, nested ones in their place. `titles`: the names of other pieces, by reference."""
    if isinstance(piece, Repris):
        inside = inner_piece(piece)
        return read_rows(inside, titles) if inside is not None else []
    return list(_rows(piece, titles or {}, top=True))


def _rows(part: Partie, titles: Mapping[str, str], *, top: bool = False) -> Iterator[Ligne]:
    kind = getattr(part, "kind", type(part).__name__)
    for name, regle in part.regles():
        value = getattr(part, name)
        if value in (None, "", (), {}, False) or (kind, name) in _MUETS or (top and name in _TITRES):
            continue
        yield from _field(_LABELS.get((kind, name), regle.nom), regle, value, titles)


def _field(label: str, regle: Any, value: Any, titles: Mapping[str, str]) -> Iterator[Ligne]:
    match regle:
        case champ.Texte() if regle.max <= CODE_MAX:
            if value in titles:
                yield label, titles[value]
        case champ.Texte() | champ.Mois():
            yield label, _month(value) if isinstance(regle, champ.Mois) else value
        case champ.Jour():
            yield label, _day(value)
        case champ.OuiNon():
            yield label, "Oui"
        case champ.Choix():
            yield label, value.replace("_", " ").capitalize()
        case champ.Entier() | champ.Nombre():
            yield label, _number(value)
        case champ.Eventuel():
            yield from _rows(value, titles)
        case champ.Liste() if isinstance(regle.element, champ.Regle):
            rule = regle.element
            said = [text for item in value for _, text in _field(label, rule, item, titles)]
            if said:
                yield label, "\n".join(said)
        case champ.Liste():
            for item in value:
                yield from _rows(item, titles)
        case champ.Dictionnaire():
            for key, item in value.items():
                if item not in (None, "", []):
                    yield key, ", ".join(map(str, item)) if isinstance(item, list) else str(item)


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _day(value: str) -> str:
    found = date.fromisoformat(value)
    first = "1er" if found.day == 1 else str(found.day)
    return f"{first} {_MONTHS[found.month - 1]} {found.year}"


def _month(value: str) -> str:
    year, _, month = value.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year
