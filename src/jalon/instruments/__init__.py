"""What we ask: one TOML file per questionnaire or test and version, with its method sheet."""

from jalon.instruments.catalogue import BANQUE, bank, file_of, get, order_of
from jalon.instruments.etalonnage import Etalonnage, read_norms
from jalon.instruments.exercice import Etape, Exercice, Reponse, Theme, exercice_file, library, read_exercice
from jalon.instruments.instrument import (
    Condition,
    Decompte,
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
    "Decompte",
    "Echelle",
    "Epreuve",
    "Etalonnage",
    "Etape",
    "Exercice",
    "Famille",
    "Genre",
    "Instrument",
    "InstrumentRefuse",
    "Lecture",
    "Modalite",
    "Moment",
    "Partie",
    "Question",
    "Reponse",
    "Theme",
    "bank",
    "exercice_file",
    "file_of",
    "get",
    "library",
    "order_of",
    "read",
    "read_bytes",
    "read_exercice",
    "read_norms",
]
