"""File of evidence of one signed document: who, what, when, how. It travels inside the sealed document and beside it.

An electronic writing is proof when its author is duly identified and its integrity kept (C. civ. 1366); the signature
consists of a reliable means of identification tied to the act (C. civ. 1367). No other level is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from jalon.documents.donnees import (
    Combien,
    Donnees,
    DonneesInvalides,
    Empreinte,
    Entre,
    Ligne,
    LigneFacultative,
    Nom,
    NomFacultatif,
)
from jalon.documents.papier import Document


@dataclass(frozen=True)
class SignatureProuvee(Donnees):
    nom: Nom
    qualite: Nom
    moyen: Nom
    demandee_le: datetime
    signee_le: datetime
    precision: LigneFacultative = ""
    empreinte: Empreinte = ""
    # Of the drawing or of the scanned page, which stay encrypted in the vault.
    empreinte_piece: LigneFacultative = ""
    recopiee_par: NomFacultatif = ""
    recopiee_le: datetime | None = None


@dataclass(frozen=True)
class PreuveSignature(Document):
    kind: ClassVar[str] = "preuve_signature"
    titre: ClassVar[str] = "Fichier de preuve"

    document: Nom
    document_numero: Nom
    document_empreinte: Empreinte
    # The first bytes of the sealed file are the signed document, exactly.
    document_octets: Annotated[int, Entre(1, 100_000_000)]
    circuit: Nom
    demande_le: datetime
    demande_par: Nom
    complet_le: datetime
    signatures: Annotated[tuple[SignatureProuvee, ...], Combien(1, 12)]
    cachet_titulaire: Nom
    cachet_empreinte: Empreinte
    cachet_expire_le: datetime
    porte: Ligne = "Jalon"

    def verify(self) -> None:
        if any(one.signee_le > self.complet_le for one in self.signatures):
            raise DonneesInvalides(
                "PreuveSignature.complet_le", "une signature ne peut pas être postérieure à la dernière"
            )
