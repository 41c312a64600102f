"""Reading the files of the law, and refusing those that do not say where they come from."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jalon.law.parameter import Certainty, NonCouvert, Parameter, Projet

COUNTS = frozenset({"heure", "jour", "jour_ouvre", "mois", "annee", "indicateur"})
FILE_KEYS = {"title", "unit", "values", "projet"}
VALUE_KEYS = {"since", "value", "none", "source", "checked_on", "certainty"}
MONEY = re.compile(r"[0-9]+\.[0-9]{2}")
RATE = re.compile(r"[0-9]+\.[0-9]+")
NAME = re.compile(r"[a-z][a-z0-9_]*")


class FichierRefuse(ValueError):
    """A file of the law that cannot be trusted; the message names the file and the reason."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{path} : {reason}")


@dataclass(frozen=True)
class History:
    """All the values that one parameter has had, oldest first."""

    name: str
    values: tuple[Parameter, ...]

    @property
    def first(self) -> date:
        return self.values[0].since

    def on(self, day: date) -> Parameter:
        index = bisect_right(self.values, day, key=lambda parameter: parameter.since)
        if index == 0:
            raise NonCouvert(self.name, day, self.first)
        return self.values[index - 1]


def load(folder: Path) -> Mapping[str, History]:
    """Every parameter of a folder, by dotted path; the path of the file is the name of the parameter."""
    histories = {}
    for path in sorted(folder.rglob("*.toml")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        histories[name] = _read(path, name)
    for name in histories:
        if any(other.startswith(name + ".") for other in histories):
            raise FichierRefuse(folder / name, "un paramètre ne peut pas porter le nom d'un dossier")
    return MappingProxyType(dict(sorted(histories.items())))


def _read(path: Path, name: str) -> History:
    if not all(NAME.fullmatch(part) for part in name.split(".")):
        raise FichierRefuse(path, "le nom du fichier doit être en minuscules, sans accent ni espace")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FichierRefuse(path, f"TOML illisible ({error})") from error
    _refuse_unknown(path, data, FILE_KEYS, "le fichier")
    title = _text(path, data, "title", "le fichier")
    unit = _text(path, data, "unit", "le fichier")
    rows = data.get("values")
    if not isinstance(rows, list) or not rows:
        raise FichierRefuse(path, "aucune valeur ([[values]])")
    projet = _projet(path, data["projet"], unit) if "projet" in data else None
    values = tuple(_value(path, name, title, unit, projet, row) for row in rows)
    days = [value.since for value in values]
    if days != sorted(set(days)):
        raise FichierRefuse(path, "les valeurs doivent se suivre par date, une seule par jour")
    return History(name, values)


def _value(path: Path, name: str, title: str, unit: str, projet: Projet | None, row: Any) -> Parameter:
    if not isinstance(row, dict):
        raise FichierRefuse(path, "chaque valeur doit être une table [[values]]")
    since = _day(path, row, "since", "une valeur")
    where = f"la valeur du {since.isoformat()}"
    _refuse_unknown(path, row, VALUE_KEYS, where)
    if ("value" in row) == ("none" in row):
        raise FichierRefuse(path, f"{where} doit avoir soit « value », soit « none = true »")
    if "none" in row and row["none"] is not True:
        raise FichierRefuse(path, f"{where} : « none » ne peut être que true")
    source = _text(path, row, "source", where)
    certainty = _text(path, row, "certainty", where)
    if certainty not in set(Certainty):
        raise FichierRefuse(path, f"{where} : certitude inconnue « {certainty} »")
    return Parameter(
        name=name,
        title=title,
        unit=unit,
        value=None if "none" in row else _typed(path, row["value"], unit, where),
        since=since,
        source=source,
        checked_on=_day(path, row, "checked_on", where),
        certainty=Certainty(certainty),
        projet=projet,
    )


def _projet(path: Path, row: Any, unit: str) -> Projet:
    if not isinstance(row, dict):
        raise FichierRefuse(path, "[projet] doit être une table")
    _refuse_unknown(path, row, {"value", "statut"}, "le projet")
    if "value" not in row:
        raise FichierRefuse(path, "le projet n'a pas de « value »")
    return Projet(_typed(path, row["value"], unit, "le projet"), _text(path, row, "statut", "le projet"))


def _typed(path: Path, value: Any, unit: str, where: str) -> Any:
    """The value in the type that its unit asks for; money and rates are quoted, so that no float creeps in."""
    if unit in COUNTS and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if unit == "euro" and isinstance(value, str) and MONEY.fullmatch(value):
        return Decimal(value)
    if unit == "taux" and isinstance(value, str) and RATE.fullmatch(value):
        return Decimal(value)
    if unit == "booleen" and isinstance(value, bool):
        return value
    if unit in {"mot", "texte", "jour_du_mois"} and isinstance(value, str) and value.strip():
        return value
    if unit == "liste_de_numeros" and _list_of(int, value):
        return tuple(value)
    if unit in {"liste_de_mots", "liste_de_jours"} and _list_of(str, value):
        return tuple(value)
    raise FichierRefuse(path, f"{where} : « {value} » n'est pas une valeur en « {unit} »")


def _list_of(kind: type, value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(type(one) is kind for one in value)


def _text(path: Path, row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise FichierRefuse(path, f"{where} n'a pas de « {key} »")
    return value


def _day(path: Path, row: dict[str, Any], key: str, where: str) -> date:
    value = row.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise FichierRefuse(path, f"{where} n'a pas de date « {key} »")
    return value


def _refuse_unknown(path: Path, row: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(row) - known):
        raise FichierRefuse(path, f"{where} porte une clé inconnue « {unknown[0]} »")
