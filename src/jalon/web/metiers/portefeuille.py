"""What the person did and can do: her experiences with what she achieved, her competences with what proves each."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from jalon import access
from jalon.access import Action
from jalon.access.fichier import list_fichiers
from jalon.access.metiers import referentiel
from jalon.access.pieces import Lue, list_pieces
from jalon.access.portefeuille import Portefeuille, read_portefeuille
from jalon.domain.experience import GenreExperience
from jalon.domain.francais import periode
from jalon.web import gate
from jalon.web.ecrits.page import lien, montrer
from jalon.web.metiers.phrases import RECIT
from jalon.web.metiers.preuves import SOURCES, ecart_dit, voix_de
from jalon.web.metiers.realisation import etapes
from jalon.web.requete import Requete


def urls_of(espace: str) -> list[URLPattern]:
    @gate.bilan(Action.READ_CONTENU)
    def portefeuille(request: Requete, bilan: Any) -> HttpResponse:
        found = read_portefeuille(request.user, bilan, now=request.now)
        index = referentiel() if any(one.contenu.metier for one in found.experiences) else None
        proved = any(one.contenu.fichiers for one in found.competences)
        files = {
            str(one.fichier.pk): {
                "nom": one.fiche.nom_original,
                "lire": lien(espace, "fichier_lire", bilan, one.fichier.pk),
            }
            for one in (list_fichiers(request.user, bilan, now=request.now) if proved else [])
        }
        told = list_pieces(request.user, bilan, ["reponses"])
        context = {
            "experiences": [_experience(one, found, bilan, espace, index) for one in found.experiences],
            "autres": [_realisation(one, bilan, espace) for one in found.realisations_of("")],
            "competences": [_competence(one, found, bilan, espace, files) for one in found.competences],
            "vide": found.vide,
            "peut_ecrire": access.can(Action.WRITE_PORTEFEUILLE, request.user, bilan),
            "nouvelle_experience": lien(espace, "portefeuille_experience_ecrire", bilan),
            "nouvelle_realisation": lien(espace, "portefeuille_realisation_ecrire", bilan),
            "nouvelle_competence": lien(espace, "portefeuille_competence_ecrire", bilan),
            "recit": lien(espace, "portefeuille_recit", bilan)
            if any(one.reference == RECIT for one in told)
            else "",
            "rapprocher": lien(espace, "propositions", bilan),
            "exporter": lien(espace, "portefeuille_export", bilan) if espace == "beneficiaire" else "",
        }
        return montrer(request, bilan, espace, "metiers/portefeuille.html", context)

    return [path("<uuid:bilan_id>/portefeuille/", portefeuille, name=f"{espace}_portefeuille")]


def _experience(one: Lue, found: Portefeuille, bilan: Any, espace: str, index: Any) -> dict[str, Any]:
    chosen, reference = one.contenu.metier, one.piece.reference
    return {
        "contenu": one.contenu,
        "genre": GenreExperience(one.contenu.genre).label if one.contenu.genre else "",
        "periode": periode(one.contenu.debut, one.contenu.fin, dure=True),
        "notice": index.notice(chosen.code, chosen.libelle, chosen.version) if index and chosen else "",
        "realisations": [_realisation(told, bilan, espace) for told in found.realisations_of(reference)],
        "ecrire": lien(espace, "portefeuille_experience", bilan, reference),
        "relier": lien(espace, "portefeuille_relier", bilan, reference),
        "cocher": lien(espace, "portefeuille_cocher", bilan, reference),
        "phrases": lien(espace, "portefeuille_phrases", bilan, reference),
        "raconter": f"{lien(espace, 'portefeuille_realisation_ecrire', bilan)}?experience={reference}",
    }


def _realisation(one: Lue, bilan: Any, espace: str) -> dict[str, Any]:
    return {
        "contenu": one.contenu,
        "etapes": etapes(one.contenu),
        "ecrire": lien(espace, "portefeuille_realisation", bilan, one.piece.reference),
        "phrases": lien(espace, "portefeuille_realisation_phrases", bilan, one.piece.reference),
    }


def _competence(
    one: Lue, found: Portefeuille, bilan: Any, espace: str, files: dict[str, dict[str, str]]
) -> dict[str, Any]:
    held, reference = one.contenu, one.piece.reference
    names = {lue.piece.reference: lue.contenu.intitule for lue in found.experiences}
    names |= {lue.piece.reference: lue.contenu.titre for lue in found.realisations}
    return {
        "contenu": held,
        "venue_de": names.get(held.experience, ""),
        "phrases": [
            {"texte": said.phrase, "de": names.get(said.reference) or SOURCES[said.source]}
            for said in held.phrases
        ],
        "fichiers": [files[pk] for pk in held.fichiers if pk in files],
        "voix": voix_de(held) if held.niveaux else [],
        "ecart": ecart_dit(held),
        "ecrire": lien(espace, "portefeuille_competence", bilan, reference),
        "preuves": lien(espace, "portefeuille_preuves", bilan, reference),
        "reconnaitre": lien(espace, "portefeuille_reconnaitre", bilan, reference),
    }
