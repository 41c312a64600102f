"""The line of a life, experiences and competences, in this space."""

from jalon.web.metiers import competence, ecrire, experience, phrases, portefeuille, preuves
from jalon.web.metiers.realisation import REALISATION
from jalon.web.vie import ligne

urls = [
    *portefeuille.urls_of("consultant"),
    *experience.urls_of("consultant"),
    *ecrire.urls_of("consultant", REALISATION),
    *phrases.urls_of("consultant"),
    *competence.urls_of("consultant"),
    *preuves.urls_of("consultant"),
    *ligne.urls_of("consultant"),
]
