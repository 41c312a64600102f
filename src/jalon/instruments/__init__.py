"""What we ask: one TOML file per questionnaire or test and version, with its method sheet."""

from jalon.instruments.catalogue import BANQUE, bank, file_of, get, order_of
from jalon.instruments.etalonnage import Etalonnage, read_norms
from jalon.instruments.instrument import (
    Condition,
    Echelle,
    Epreuve,
    Famille,
    Genre,
    Instrument,
    Lecture,
    Modalite,
    Moment,
    Partie,
    Question,
)
from jalon.instruments.lecture import read, read_bytes
from jalon.instruments.refus import InstrumentRefuse

__all__ = [
    "BANQUE",
    "Condition",
    "Echelle",
    "Epreuve",
    "Etalonnage",
    "Famille",
    "Genre",
    "Instrument",
    "InstrumentRefuse",
    "Lecture",
    "Modalite",
    "Moment",
    "Partie",
    "Question",
    "bank",
    "file_of",
    "get",
    "order_of",
    "read",
    "read_bytes",
    "read_norms",
]
