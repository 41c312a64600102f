"""The law as dated values: one TOML file per number or meaning, read for a given day.

`law_on(day).bilan_competences.duree_max_heures.value`: nothing else in the house holds a legal number.
"""

from __future__ import annotations

from jalon.law.loader import FichierRefuse, History, load
from jalon.law.parameter import Certainty, NonCouvert, Parameter, Projet
from jalon.law.reading import Law, law_on, names

__all__ = [
    "Certainty",
    "FichierRefuse",
    "History",
    "Law",
    "NonCouvert",
    "Parameter",
    "Projet",
    "law_on",
    "load",
    "names",
]
