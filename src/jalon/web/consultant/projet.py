"""Projects and what tests them, in this space."""

from jalon.web.ecrits import projet
from jalon.web.projets import comparaison, contraintes, enquete, essai, fiche, formation

urls = [
    *projet.urls_of("consultant"),
    *fiche.urls_of("consultant"),
    *comparaison.urls_of("consultant"),
    *contraintes.urls_of("consultant"),
    *enquete.urls_of("consultant"),
    *essai.urls_of("consultant"),
    *formation.urls_of("consultant"),
]
