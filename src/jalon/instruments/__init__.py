"""What we ask: one TOML file per questionnaire or test and version, with its method sheet."""

from jalon.instruments.instrument import (
    Echelle,
    Genre,
    Instrument,
    InstrumentRefuse,
    Modalite,
    Partie,
    Question,
    bank,
    get,
    read,
)

__all__ = [
    "Echelle",
    "Genre",
    "Instrument",
    "InstrumentRefuse",
    "Modalite",
    "Partie",
    "Question",
    "bank",
    "get",
    "read",
]
