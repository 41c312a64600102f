"""Procès-verbal de destruction: what was destroyed, when, how, and what stays and why. Never a word of content.

R. 6313-7 asks for the destruction at the term of the action; this paper is the person's proof of it. It only says
«détruit» as far as it is true: a mirror not yet refreshed is told, with the delay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from jalon.documents.donnees import (
    Combien,
    Donnees,
    DonneesInvalides,
    Empreinte,
    Entre,
    Ligne,
    LigneFacultative,
    Nom,
)
from jalon.documents.papier import Document, Signature
from jalon.domain.parcours import Labelled


class MotifDestruction(Labelled):
    TERME = "terme", "le terme de l’action"
    ABANDON = "abandon", "l’arrêt du parcours"
    FIN_ACCORD = "fin_accord", "la fin de l’accord de conservation"
    RETRAIT_ACCORD = "retrait_accord", "le retrait de l’accord de conservation par la personne"
    FIN_DEMANDE_CEP = (
        "fin_demande_cep",
        "la fin de la conservation demandée pour le conseil en évolution professionnelle",
    )
    FIN_SUIVI = "fin_suivi", "la clôture de l’entretien de suivi"
    FIN_PARTAGE = "fin_partage", "la date de fin d’un partage"
    RETRAIT_PARTAGE = "retrait_partage", "l’arrêt d’un partage par la personne"
    DEMANDE = "demande", "la demande de la personne"


class EtatCopie(Labelled):
    """The state of the one copy of the keys kept elsewhere."""

    AUCUNE = "aucune", "aucune copie des clés n’existe ailleurs"
    A_JOUR = "a_jour", "copie rafraîchie"
    A_RAFRAICHIR = "a_rafraichir", "copie à rafraîchir"


@dataclass(frozen=True)
class CategorieDetruite(Donnees):
    libelle: Ligne
    nombre: Annotated[int, Entre(0, 1_000_000)]


@dataclass(frozen=True)
class PieceConservee(Donnees):
    """What the law or an agreement keeps, with its reason and its last day."""

    libelle: Ligne
    pourquoi: Ligne
    jusqu_au: date | None = None
    source: LigneFacultative = ""


@dataclass(frozen=True)
class TiersPrevenu(Donnees):
    """Somebody outside (test publisher, mail provider) asked to erase its own copy."""

    nom: Nom
    objet: Ligne
    demande_le: date
    confirme_le: date | None = None


@dataclass(frozen=True)
class ProcesVerbal(Document):
    kind: ClassVar[str] = "proces_verbal"
    titre: ClassVar[str] = "Procès-verbal de destruction"

    beneficiaire: Nom
    reference: Nom
    motif: MotifDestruction
    commence_le: datetime
    termine_le: datetime
    categories: Annotated[tuple[CategorieDetruite, ...], Combien(1, 100)]
    cles: Annotated[tuple[Empreinte, ...], Combien(1, 2000)]
    epoque_avant: Annotated[int, Entre(0, 10**12)]
    epoque_apres: Annotated[int, Entre(0, 10**12)]
    empreinte_avant: Empreinte
    empreinte_apres: Empreinte
    copie: EtatCopie
    copie_rafraichie_le: datetime | None = None
    copie_delai_heures: Annotated[int, Entre(1, 10_000)] | None = None
    conserves: Annotated[tuple[PieceConservee, ...], Combien(0, 60)] = ()
    tiers: Annotated[tuple[TiersPrevenu, ...], Combien(0, 40)] = ()
    terme: date | None = None
    signature: Signature | None = None

    def verify(self) -> None:
        if self.termine_le < self.commence_le:
            raise DonneesInvalides("ProcesVerbal.termine_le", "la fin ne peut pas précéder le début")
        if self.epoque_apres <= self.epoque_avant:
            raise DonneesInvalides(
                "ProcesVerbal.epoque_apres", "une destruction renouvelle toujours l’époque"
            )
        if self.copie is EtatCopie.A_RAFRAICHIR and self.copie_delai_heures is None:
            raise DonneesInvalides("ProcesVerbal.copie_delai_heures", "le délai de la copie doit être dit")
        if self.copie is EtatCopie.A_JOUR and self.copie_rafraichie_le is None:
            raise DonneesInvalides(
                "ProcesVerbal.copie_rafraichie_le", "dites quand la copie a été rafraîchie"
            )

    def derived(self) -> Mapping[str, Any]:
        return {"total": sum(c.nombre for c in self.categories)}
