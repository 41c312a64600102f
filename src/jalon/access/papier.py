"""Doors of the papers that were issued: the list, and the bytes of one. What holds content opens elsewhere, by its own right."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404

from jalon.access import Action, require
from jalon.records.models import Bilan, DocumentEmis, Personne

# What a person calls each kind.
LIBELLES = {
    "emargement": "Feuille d’émargement",
    "certificat_realisation": "Certificat de réalisation",
    "proces_verbal": "Procès-verbal de destruction",
    "attestation_remise": "Attestation de remise de la synthèse",
    "synthese": "Document de synthèse",
    "extrait": "Informations choisies",
    "resultats_detailles": "Résultats détaillés",
    "programme": "Programme",
    "livret_accueil": "Livret d’accueil",
    "devis": "Devis",
    "contrat_individuel": "Contrat avec la personne",
    "convention": "Convention tripartite",
    "fiche_engagement": "Fiche d’engagement",
    "charte": "Charte d’engagement réciproque",
    "planning": "Planning prévisionnel",
    "demande_absence": "Demande d’autorisation d’absence",
    "convocation": "Convocation",
    "information_methodes": "Information sur les méthodes et les tests",
    "consentement": "Formulaire de consentement",
    "preuve_signature": "Fichier de preuve des signatures",
}


# That they exist is the person's alone: what she gathers, and what she means to give to whom.
HERS = ("extrait", "resultats_detailles")


@dataclass(frozen=True)
class PapierVu:
    """One issued paper, as its list shows it; `a_telecharger` when its bytes are administrative."""

    document: Any
    libelle: str
    a_telecharger: bool


def list_papiers(personne: Personne, bilan: Bilan) -> list[PapierVu]:
    require(Action.VIEW_PAPIERS, personne, bilan)
    rows = (
        DocumentEmis.objects.filter(bilan=bilan)
        .select_related("copie_de")
        .defer("octets")
        .order_by("-emis_le", "id")
    )
    if bilan.beneficiaire_id != personne.pk:
        rows = rows.exclude(genre__in=HERS)
    return [
        PapierVu(row, LIBELLES.get(row.genre, row.genre), a_telecharger=not row.objet and not row.tiroir)
        for row in rows
    ]


def read_papier(personne: Personne, bilan: Bilan, document_id: Any) -> tuple[str, bytes]:
    """Number and bytes of an administrative paper of this bilan; 404 for what holds content."""
    require(Action.VIEW_PAPIERS, personne, bilan)
    try:
        found = DocumentEmis.objects.get(pk=document_id, bilan=bilan)
    except (DocumentEmis.DoesNotExist, ValueError, ValidationError):
        raise Http404 from None
    if found.octets is None:
        raise Http404
    return found.numero, bytes(found.octets)
