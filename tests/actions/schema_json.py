"""JSON Schema 2020-12, the words that our own schemas use and no other: an unknown word is an error, never a pass."""

import re

_SEULS = {"$schema", "$id", "title", "$defs", "format"}


def errors(value, schema, root=None, where="$"):
    """Sentences, empty when the value is valid."""
    root = root or schema
    found = []
    for word, rule in schema.items():
        if word in _SEULS:
            continue
        check = _CHECKS.get(word)
        if check is None:
            raise AssertionError(f"mot de schéma inconnu : {word}")
        found += check(value, rule, schema, root, where)
    return found


def _is(value, kind):
    return {
        "object": isinstance(value, dict),
        "array": isinstance(value, list),
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "null": value is None,
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
    }[kind]


def _type(value, rule, schema, root, where):
    kinds = [rule] if isinstance(rule, str) else rule
    return [] if any(_is(value, k) for k in kinds) else [f"{where} : type {kinds}"]


def _properties(value, rule, schema, root, where):
    if not isinstance(value, dict):
        return []
    return [e for k, s in rule.items() if k in value for e in errors(value[k], s, root, f"{where}.{k}")]


def _required(value, rule, schema, root, where):
    return [f"{where} : {k} manque" for k in rule if isinstance(value, dict) and k not in value]


def _additional(value, rule, schema, root, where):
    if not isinstance(value, dict):
        return []
    more = [k for k in value if k not in schema.get("properties", {})]
    if rule is False:
        return [f"{where} : {k} en trop" for k in more]
    return [e for k in more for e in errors(value[k], rule, root, f"{where}.{k}")]


def _if(value, rule, schema, root, where):
    return errors(value, schema["then"], root, where) if not errors(value, rule, root, where) else []


_CHECKS = {
    "type": _type,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "if": _if,
    "then": lambda *_: [],
    "items": lambda v, r, s, root, w: (
        [e for i, x in enumerate(v) for e in errors(x, r, root, f"{w}[{i}]")] if isinstance(v, list) else []
    ),
    "enum": lambda v, r, s, root, w: [] if v in r else [f"{w} : {v!r} hors liste"],
    "const": lambda v, r, s, root, w: [] if v == r else [f"{w} : constante"],
    "pattern": lambda v, r, s, root, w: [] if not isinstance(v, str) or re.search(r, v) else [f"{w} : forme"],
    "maxLength": lambda v, r, s, root, w: [] if not isinstance(v, str) or len(v) <= r else [f"{w} : long"],
    "maxItems": lambda v, r, s, root, w: [] if not isinstance(v, list) or len(v) <= r else [f"{w} : trop"],
    "maxProperties": lambda v, r, s, root, w: (
        [] if not isinstance(v, dict) or len(v) <= r else [f"{w} : trop"]
    ),
    "minimum": lambda v, r, s, root, w: [] if not _is(v, "number") or v >= r else [f"{w} : petit"],
    "maximum": lambda v, r, s, root, w: [] if not _is(v, "number") or v <= r else [f"{w} : grand"],
    "propertyNames": lambda v, r, s, root, w: (
        [e for k in v for e in errors(k, r, root, f"{w}({k})")] if isinstance(v, dict) else []
    ),
    "anyOf": lambda v, r, s, root, w: (
        [] if any(not errors(v, one, root, w) for one in r) else [f"{w} : aucune forme"]
    ),
    "allOf": lambda v, r, s, root, w: [e for one in r for e in errors(v, one, root, w)],
    "$ref": lambda v, r, s, root, w: errors(v, _resolve(root, r), root, w),
}


def _resolve(root, pointer):
    found = root
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part]
    return found
