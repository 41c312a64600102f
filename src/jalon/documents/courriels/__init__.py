"""Mails: neutral in subject, text and sender's name. The word that must not leave the product never does."""

from __future__ import annotations

from jalon.documents.courriels.champs import Alerte, ChampRefuse, Changement
from jalon.documents.courriels.rendu import COURRIELS, Courriel, CourrielRefuse, render_courriel, subject_of

__all__ = [
    "COURRIELS",
    "Alerte",
    "ChampRefuse",
    "Changement",
    "Courriel",
    "CourrielRefuse",
    "render_courriel",
    "subject_of",
]
