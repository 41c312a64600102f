"""The bank that is shipped: every instrument by code, and its versions."""

from functools import cache
from pathlib import Path

from jalon.instruments.instrument import Instrument
from jalon.instruments.lecture import read
from jalon.instruments.refus import InstrumentRefuse

BANQUE = Path(__file__).parent / "banque"


@cache
def bank() -> dict[str, tuple[Instrument, ...]]:
    """Every shipped instrument by code, its versions oldest first."""
    found: dict[str, list[Instrument]] = {}
    for path in sorted(BANQUE.glob("*/*.toml")):
        instrument = read(path)
        if instrument.code != path.parent.name or instrument.version != path.stem:
            raise InstrumentRefuse(
                path.name, "fiche", "le code et la version doivent être ceux du dossier et du fichier"
            )
        found.setdefault(instrument.code, []).append(instrument)
    return {
        code: tuple(sorted(versions, key=lambda i: order_of(i.version))) for code, versions in found.items()
    }


def order_of(version: str) -> tuple[tuple[int, str], ...]:
    """«10» comes after «9», and «2.1» after «2»."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in version.split("."))


def get(code: str, version: str | None = None) -> Instrument | None:
    """The version named, or the newest; None when there is none."""
    versions = bank().get(code, ())
    if version is None:
        return versions[-1] if versions else None
    return next((i for i in versions if i.version == version), None)


def file_of(code: str, version: str) -> bytes | None:
    """The shipped file itself, to take as a model."""
    return (BANQUE / code / f"{version}.toml").read_bytes() if get(code, version) is not None else None
