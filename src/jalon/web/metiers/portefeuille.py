"""What the person did and can do: the list from which occupations are compared."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.metiers import referentiel
from jalon.access.portefeuille import read_portefeuille
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer
from jalon.web.requete import Requete


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def portefeuille(request: Requete, bilan: Any) -> HttpResponse:
        found = read_portefeuille(request.user, bilan, now=request.now)
        index = referentiel() if any(one.contenu.metier for one in found.experiences) else None
        names = {one.piece.reference: one.contenu.intitule for one in found.experiences}
        context = {
            "experiences": [
                {
                    "contenu": one.contenu,
                    "notice": index.notice(
                        one.contenu.metier.code, one.contenu.metier.libelle, one.contenu.metier.version
                    )
                    if index and one.contenu.metier
                    else "",
                    "ecrire": lien(espace, "portefeuille_experience", bilan, one.piece.reference),
                    "relier": lien(espace, "portefeuille_relier", bilan, one.piece.reference),
                    "cocher": lien(espace, "portefeuille_cocher", bilan, one.piece.reference),
                }
                for one in found.experiences
            ],
            "competences": [
                {
                    "contenu": one.contenu,
                    "venue_de": names.get(one.contenu.experience, ""),
                    "ecrire": lien(espace, "portefeuille_competence", bilan, one.piece.reference),
                    "reconnaitre": lien(espace, "portefeuille_reconnaitre", bilan, one.piece.reference),
                }
                for one in found.competences
            ],
            "vide": found.vide,
            "peut_ecrire": access.can(Action.WRITE_PORTEFEUILLE, request.user, bilan),
            "nouvelle_experience": lien(espace, "portefeuille_experience_ecrire", bilan),
            "nouvelle_competence": lien(espace, "portefeuille_competence_ecrire", bilan),
            "rapprocher": lien(espace, "propositions", bilan),
        }
        return montrer(request, bilan, espace, "metiers/portefeuille.html", context)

    return [path("<uuid:bilan_id>/portefeuille/", portefeuille, name=f"{espace}_portefeuille")]
