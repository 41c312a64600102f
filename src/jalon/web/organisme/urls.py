"""The pages of the cabinet, one module a noun: each gives its `urls`."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

# A noun without its module yet has no page.
NOUNS = (
    "accueil",
    "a_faire",
    "dossier",
    "droits",
    "rgpd",
    "issues",
    "engagement",
    "engagement_actes",
    "papier",
    "signature",
    "employeur",
    "cachet",
    "clause",
    "trame",
    "seance",
    "ouverture",
    "contact",
    "membre",
    "qualification",
    "lieu",
    "outils",
    "offre",
    "parcours",
    "disponibilite",
    "planning",
    "atelier",
    "salle",
    "entretien",
    "metiers",
    "instrument",
    "avis",
    "exercice",
    "charge",
    "etagere",
    "visio",
    "cabinet",
    "exploitation",
    "courriel",
)

urlpatterns: list[URLPattern] = [
    pattern
    for noun in NOUNS
    if find_spec(f"{__package__}.{noun}")
    for pattern in getattr(import_module(f"{__package__}.{noun}"), "urls", ())
]
