"""Each kind of content as JSON Schema 2020-12, made from the rules that check it: what is published is what is enforced."""

from __future__ import annotations

from typing import Any

from jalon.vault.pieces import champ
from jalon.vault.pieces.champ import CODE_MAX, LIGNE_MAX, Regle
from jalon.vault.pieces.piece import Partie

_MONTH = r"^([0-9]{4}(-(0[1-9]|1[0-2]))?)?$"


def schema_of(cls: type[Partie]) -> dict[str, Any]:
    """One kind, or one part of a kind. Every field is written, none that is unknown is read."""
    fields = {name: {"title": regle.nom, **_rule(regle)} for name, regle in cls.regles()}
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _rule(regle: Regle | type) -> dict[str, Any]:
    match regle:
        case champ.Texte():
            return {"type": "string", "maxLength": regle.max}
        case champ.Choix():
            return {"enum": list(regle.possibles)}
        case champ.OuiNon():
            return {"type": "boolean"}
        case champ.Entier():
            return {"type": "integer", "minimum": regle.min, "maximum": regle.max}
        case champ.Nombre():
            return {"type": ["number", "null"]}
        case champ.Jour():
            return {"type": ["string", "null"], "format": "date"}
        case champ.Mois():
            return {"type": "string", "pattern": _MONTH}
        case champ.Eventuel():
            return {"anyOf": [{"type": "null"}, _rule(regle.element)]}
        case champ.Liste():
            return {"type": "array", "maxItems": regle.max, "items": _rule(regle.element)}
        case champ.Dictionnaire():
            return {
                "type": "object",
                "maxProperties": regle.max,
                "propertyNames": {"maxLength": CODE_MAX},
                "additionalProperties": _rule(regle.element),
            }
        case champ.Reponse():
            return {
                "anyOf": [
                    {"type": ["string", "integer", "null"]},
                    {"type": "array", "items": {"type": "string", "maxLength": LIGNE_MAX}},
                ]
            }
        case type():
            return schema_of(regle)
    raise TypeError(f"no schema for {type(regle).__name__}")
