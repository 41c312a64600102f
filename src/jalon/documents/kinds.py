"""The closed list of the papers that we hand over: one folder, one data class each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jalon.documents.accuse_retractation.data import AccuseRetractation
from jalon.documents.attestation_remise.data import AttestationRemise
from jalon.documents.certificat_realisation.data import CertificatRealisation
from jalon.documents.charte.data import Charte
from jalon.documents.codes_papier.data import CodesPapier
from jalon.documents.consentement.data import Consentement
from jalon.documents.contrat_individuel.data import ContratIndividuel
from jalon.documents.convention.data import Convention
from jalon.documents.convocation.data import Convocation
from jalon.documents.demande_absence.data import DemandeAbsence
from jalon.documents.devis.data import Devis
from jalon.documents.emargement.data import Emargement
from jalon.documents.extrait.data import Extrait
from jalon.documents.feuille_jour.data import FeuilleJour
from jalon.documents.fiche_engagement.data import FicheEngagement
from jalon.documents.fiche_secours.data import FicheSecours
from jalon.documents.information_cellule.data import InformationCellule
from jalon.documents.information_methodes.data import InformationMethodes
from jalon.documents.journal_acces.data import JournalAcces
from jalon.documents.livret_accueil.data import LivretAccueil
from jalon.documents.papier import Document
from jalon.documents.planning.data import Planning
from jalon.documents.portefeuille.data import Portefeuille
from jalon.documents.preuve_signature.data import PreuveSignature
from jalon.documents.proces_verbal.data import ProcesVerbal
from jalon.documents.programme.data import Programme
from jalon.documents.questionnaire_papier.data import QuestionnairePapier
from jalon.documents.resultats_detailles.data import ResultatsDetailles
from jalon.documents.synthese.data import Synthese

KINDS: Mapping[str, type[Document]] = MappingProxyType(
    {
        classe.kind: classe
        for classe in (
            AccuseRetractation,
            AttestationRemise,
            Charte,
            ContratIndividuel,
            Convention,
            Convocation,
            DemandeAbsence,
            Devis,
            FeuilleJour,
            FicheEngagement,
            InformationCellule,
            InformationMethodes,
            LivretAccueil,
            Planning,
            Programme,
            CertificatRealisation,
            CodesPapier,
            Consentement,
            Emargement,
            Extrait,
            FicheSecours,
            JournalAcces,
            Portefeuille,
            PreuveSignature,
            ProcesVerbal,
            QuestionnairePapier,
            ResultatsDetailles,
            Synthese,
        )
    }
)
