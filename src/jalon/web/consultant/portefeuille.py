"""Experiences and competences, in this space."""

from jalon.web.metiers import competence, experience, portefeuille

urls = [
    *portefeuille.urls_of("consultant"),
    *experience.urls_of("consultant"),
    *competence.urls_of("consultant"),
]
