"""Words of the law and of the trade, explained where they stand. The texts are in glossaire.toml, without any number:
numbers are dated and come from `jalon.law`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Definition:
    mot: str
    texte: str
    source: str = ""


@cache
def glossaire() -> dict[str, Definition]:
    raw = tomllib.loads(files(__package__).joinpath("glossaire.toml").read_text(encoding="utf-8"))
    return {key: Definition(**entry) for key, entry in raw.items()}
