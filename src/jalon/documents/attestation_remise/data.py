"""Proof that the results and the synthesis were handed over, which outlives them: dates and fingerprint, no content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, DonneesInvalides, Empreinte, Entre, LigneFacultative, Nom
from jalon.documents.papier import Document, Signataire
from jalon.domain.parcours import Labelled


class MoyenRemise(Labelled):
    ESPACE = "espace", "téléchargé par la personne dans son espace"
    MAIN_PROPRE = "main_propre", "remis en main propre, sur papier"
    SUPPORT = "support", "remis sur un support numérique"
    POSTE = "poste", "envoyé par la poste sous pli fermé"


@dataclass(frozen=True)
class AttestationRemise(Document):
    kind: ClassVar[str] = "attestation_remise"
    titre: ClassVar[str] = "Attestation de remise"

    beneficiaire: Nom
    consultant: Nom
    debut: date
    fin: date
    remis_le: datetime
    moyen: MoyenRemise
    document_numero: Nom
    document_emis_le: date
    document_pages: Annotated[int, Entre(1, 2000)]
    document_empreinte: Empreinte
    resultats_detailles_remis: bool
    signataires: Annotated[tuple[Signataire, ...], Combien(1, 2)]
    resultats_remis_le: datetime | None = None
    precision: LigneFacultative = ""

    def verify(self) -> None:
        if self.fin < self.debut:
            raise DonneesInvalides("AttestationRemise.fin", "la fin ne peut pas précéder le début")
        if self.resultats_remis_le is not None and not self.resultats_detailles_remis:
            raise DonneesInvalides(
                "AttestationRemise.resultats_remis_le", "les résultats ne sont pas dits remis"
            )
