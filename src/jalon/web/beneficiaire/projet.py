"""Projects and what tests them, in this space."""

from jalon.web.ecrits import projet
from jalon.web.projets import comparaison, contraintes, enquete, essai, fiche, formation

urls = [
    *projet.urls_of("beneficiaire"),
    *fiche.urls_of("beneficiaire"),
    *comparaison.urls_of("beneficiaire"),
    *contraintes.urls_of("beneficiaire"),
    *enquete.urls_of("beneficiaire"),
    *essai.urls_of("beneficiaire"),
    *formation.urls_of("beneficiaire"),
]
