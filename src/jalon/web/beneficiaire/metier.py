"""Occupations, proposals and tracks, in this space."""

from jalon.web.metiers import pistes, rapprochement, recherche

urls = [
    *recherche.urls_of("beneficiaire"),
    *rapprochement.urls_of("beneficiaire"),
    *pistes.urls_of("beneficiaire"),
]
