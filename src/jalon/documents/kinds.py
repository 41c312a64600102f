"""The closed list of the papers that we hand over: one folder, one data class each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from jalon.documents.attestation_remise.data import AttestationRemise
from jalon.documents.certificat_realisation.data import CertificatRealisation
from jalon.documents.codes_papier.data import CodesPapier
from jalon.documents.consentement.data import Consentement
from jalon.documents.emargement.data import Emargement
from jalon.documents.fiche_secours.data import FicheSecours
from jalon.documents.journal_acces.data import JournalAcces
from jalon.documents.papier import Document
from jalon.documents.proces_verbal.data import ProcesVerbal
from jalon.documents.questionnaire_papier.data import QuestionnairePapier
from jalon.documents.synthese.data import Synthese

KINDS: Mapping[str, type[Document]] = MappingProxyType(
    {
        classe.kind: classe
        for classe in (
            AttestationRemise,
            CertificatRealisation,
            CodesPapier,
            Consentement,
            Emargement,
            FicheSecours,
            JournalAcces,
            ProcesVerbal,
            QuestionnairePapier,
            Synthese,
        )
    }
)
