"""The line of a life, experiences and competences, in this space."""

from jalon.web.metiers import competence, ecrire, experience, export, phrases, portefeuille, preuves
from jalon.web.metiers.realisation import REALISATION
from jalon.web.vie import ligne

urls = [
    *portefeuille.urls_of("beneficiaire"),
    *experience.urls_of("beneficiaire"),
    *ecrire.urls_of("beneficiaire", REALISATION),
    *phrases.urls_of("beneficiaire"),
    *competence.urls_of("beneficiaire"),
    *preuves.urls_of("beneficiaire"),
    *export.urls_of("beneficiaire"),
    *ligne.urls_of("beneficiaire"),
]
