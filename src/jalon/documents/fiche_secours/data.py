"""The rescue sheet of the master key: the only thing that reopens the vault when the machine is gone.

The file holds the key in clear: print it and don't keep it. It never goes through the database or a mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from jalon.documents.donnees import Combien, Ligne, LigneFacultative, Nom
from jalon.documents.papier import Document


@dataclass(frozen=True)
class FicheSecours(Document):
    kind: ClassVar[str] = "fiche_secours"
    titre: ClassVar[str] = "Fiche de secours de la clé maîtresse"

    installation: Nom
    creee_le: datetime
    lignes: Annotated[tuple[Nom, ...], Combien(1, 24)]
    commande: Ligne
    lieu_prevu: LigneFacultative = ""
