"""Experiences and competences, in this space."""

from jalon.web.metiers import competence, experience, portefeuille

urls = [
    *portefeuille.urls_of("beneficiaire"),
    *experience.urls_of("beneficiaire"),
    *competence.urls_of("beneficiaire"),
]
