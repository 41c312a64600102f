"""Reading what an integrator sends, to the letter: a field that is not understood is refused, never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from jalon.domain.jours import FuseauInconnu, Territoire, zone
from jalon.domain.parcours import Labelled
from jalon.law import NonCouvert

T = TypeVar("T")
E = TypeVar("E", bound=Labelled)

WHOLE = "entree"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
MONEY = re.compile(r"[0-9]{1,15}\.[0-9]{2}")
# Far enough for every rule to add its years without leaving the calendar.
LAST_YEAR = 9899


class EntreeRefusee(ValueError):
    """What is wrong, and in which field."""

    def __init__(self, erreur: str, champ: str) -> None:
        self.erreur = erreur
        self.champ = champ
        super().__init__(f"{champ} : {erreur}")


class Illisible(ValueError):
    """A value that is not of the kind its field wants; the field is known by the caller."""


class Doublon(dict[str, Any]):
    """An object in which one key comes twice: nobody can say which was meant."""

    repeated: str


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) == len(keys):
        return dict(pairs)
    double = Doublon(pairs)
    double.repeated = next(key for key in keys if keys.count(key) > 1)
    return double


def _constant(name: str) -> Any:
    raise ValueError(f"{name} n'est pas une valeur JSON")


def read_json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_pairs, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise EntreeRefusee("l'entrée n'est pas un JSON valide en UTF-8", WHOLE) from error


@contextmanager
def law_of(champ: str) -> Iterator[None]:
    """Under the law of the day that this field holds: outside its time, the answer says so."""
    try:
        yield
    except NonCouvert as error:
        raise EntreeRefusee("non couvert", champ) from error


class Champs:
    """The fields of one object. Those that are not `known` are refused; null is the same as absent."""

    def __init__(self, data: Any, known: str, path: str = "") -> None:
        self.path = path
        if not isinstance(data, dict):
            raise EntreeRefusee("un objet est attendu", path.rstrip(".") or WHOLE)
        if isinstance(data, Doublon):
            raise EntreeRefusee("clé répétée", path + data.repeated)
        for key in data:
            if key not in known.split():
                raise EntreeRefusee("clé inconnue", path + key)
        self._data = data

    def given(self, name: str) -> bool:
        return self._data.get(name) is not None

    def present(self, name: str) -> bool:
        """Written down, be it as null: where null is an answer of its own."""
        return name in self._data

    def raw(self, name: str) -> Any:
        return self._data.get(name)

    def need(self, name: str, read: Callable[[Any], T]) -> T:
        if not self.given(name):
            raise EntreeRefusee("champ obligatoire", self.path + name)
        return self._read(name, read)

    def may(self, name: str, read: Callable[[Any], T]) -> T | None:
        return self._read(name, read) if self.given(name) else None

    def flag(self, name: str, *, default: bool) -> bool:
        found = self.may(name, a_flag)
        return default if found is None else found

    def refuse(self, name: str, erreur: str) -> EntreeRefusee:
        return EntreeRefusee(erreur, self.path + name)

    def _read(self, name: str, read: Callable[[Any], T]) -> T:
        try:
            return read(self._data[name])
        except Illisible as error:
            raise EntreeRefusee(str(error), self.path + name) from error

    def territoire(self) -> Territoire:
        return self.may("territoire", one_of(Territoire)) or Territoire.METROPOLE

    def fuseau(self) -> ZoneInfo:
        return self.may("fuseau", a_zone) or zone("Europe/Paris")


def a_day(value: Any) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise Illisible("une date AAAA-MM-JJ est attendue")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise Illisible("cette date n'existe pas") from error
    if day.year > LAST_YEAR:
        raise Illisible("cette date est trop lointaine")
    return day


def an_instant(value: Any) -> datetime:
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise Illisible("un instant ISO 8601 avec son décalage est attendu")
    try:
        instant = datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Illisible("cet instant n'existe pas") from error
    if not 1 < instant.year <= LAST_YEAR:
        raise Illisible("cet instant est trop lointain")
    return instant


def money(value: Any) -> Decimal:
    if not isinstance(value, str) or not MONEY.fullmatch(value):
        raise Illisible("un montant comme « 1600.00 » est attendu")
    return Decimal(value)


def money_above_zero(value: Any) -> Decimal:
    amount = money(value)
    if amount <= 0:
        raise Illisible("un montant supérieur à zéro est attendu")
    return amount


def a_count(value: Any) -> int:
    """A boolean is not a number here, and neither is 60.0."""
    if type(value) is not int:
        raise Illisible("un nombre entier est attendu")
    if value < 0:
        raise Illisible("un nombre positif ou nul est attendu")
    return value


def a_positive_count(value: Any) -> int:
    count = a_count(value)
    if count == 0:
        raise Illisible("un nombre supérieur à zéro est attendu")
    return count


def a_year(value: Any) -> int:
    year = a_positive_count(value)
    if year > LAST_YEAR:
        raise Illisible("cette année est trop lointaine")
    return year


def a_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Illisible("true ou false est attendu")
    return value


def a_zone(value: Any) -> ZoneInfo:
    if not isinstance(value, str):
        raise Illisible("un fuseau IANA est attendu")
    try:
        return zone(value)
    except FuseauInconnu as error:
        raise Illisible("ce fuseau horaire n'existe pas") from error


def one_of(words: type[E]) -> Callable[[Any], E]:
    known = {word.value: word for word in words}

    def read(value: Any) -> E:
        if not isinstance(value, str) or value not in known:
            raise Illisible(f"l'un de ces mots est attendu : {', '.join(known)}")
        return known[value]

    return read
