"""Occupations, proposals and tracks, in this space."""

from jalon.web.metiers import pistes, rapprochement, recherche

urls = [
    *recherche.urls_of("consultant"),
    *rapprochement.urls_of("consultant"),
    *pistes.urls_of("consultant"),
]
