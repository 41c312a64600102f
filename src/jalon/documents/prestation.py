"""What was agreed, as the papers before a bilan say it: hours by phase, dates, places, who, for which price, paid by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from jalon.documents.donnees import (
    Alinea,
    AlineaFacultatif,
    Combien,
    Donnees,
    DonneesInvalides,
    Entre,
    Ligne,
    LigneFacultative,
    Minutes,
    Nom,
    NomFacultatif,
    Texte,
)
from jalon.documents.papier import Document, Signataire
from jalon.domain.francais import euros
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import Phase, TypeAction

Centimes = Annotated[int, Entre(0, 100_000_000)]
Heures = Annotated[int, Entre(1, 1000)]
Annees = Annotated[int, Entre(1, 30)]

CONVENTION = "Code du travail, art. R. 6313-8"
DISTANCE = "Code du travail, art. D. 6353-1, I"
CONTRAT = "Code du travail, art. L. 6353-4"
INFORMATION = "Code du travail, art. L. 6353-8"
DECLARATION = "Code du travail, art. R. 6351-6"
MEDIATION = "Code de la consommation, art. L. 612-1 et L. 616-1"


@dataclass(frozen=True)
class Montant(Donnees):
    centimes: Centimes

    def derived(self) -> Mapping[str, Any]:
        return {"texte": euros(f"{self.centimes // 100}.{self.centimes % 100:02}")}


@dataclass(frozen=True)
class PhasePrevue(Donnees):
    """`entretiens`: how many, of how long; personal work apart, because the CPF does not pay it (D. 6323-6)."""

    phase: Phase
    entretiens: Annotated[int, Entre(0, 200)]
    minutes_entretien: Minutes
    minutes_travail: Minutes = 0


@dataclass(frozen=True)
class Prestation(Donnees):
    intitule: Nom
    type_action: TypeAction
    phases: Annotated[tuple[PhasePrevue, ...], Combien(1, 3)]
    duree_max_heures: Heures
    conservation_max_annees: Annees
    consultant: Nom
    consultant_references: AlineaFacultatif = ""
    debut: date | None = None
    fin: date | None = None
    lieux: Annotated[tuple[Ligne, ...], Combien(0, 10)] = ()
    modalites: Annotated[tuple[Nom, ...], Combien(0, 6)] = ()
    # Share of the hours given at a distance, in hundredths; None: not settled.
    taux_distance: Annotated[int, Entre(0, 100)] | None = None

    def verify(self) -> None:
        if self.debut and self.fin and self.fin < self.debut:
            raise DonneesInvalides("Prestation.fin", "la fin ne peut pas précéder le début")
        if self.type_action is TypeAction.BILAN and self.total > self.duree_max_heures * 60:
            raise DonneesInvalides("Prestation.phases", "dépasse la durée maximale d’un bilan")

    @property
    def total(self) -> int:
        return sum(p.minutes_entretien + p.minutes_travail for p in self.phases)

    def derived(self) -> Mapping[str, Any]:
        return {
            "minutes_entretien": sum(p.minutes_entretien for p in self.phases),
            "minutes_travail": sum(p.minutes_travail for p in self.phases),
            "minutes_total": self.total,
            "est_bilan": self.type_action is TypeAction.BILAN,
        }


@dataclass(frozen=True)
class PartPrix(Donnees):
    """Who pays what."""

    payeur: Nom
    poste: Nom
    montant: Montant


@dataclass(frozen=True)
class Echeance(Donnees):
    quand: Ligne
    montant: Montant


@dataclass(frozen=True)
class Clause(Donnees):
    """The cabinet's own, under its own heading, after every legal mention."""

    titre: Nom
    texte: Texte


Clauses = Annotated[tuple[Clause, ...], Combien(0, 20)]
Parts = Annotated[tuple[PartPrix, ...], Combien(0, 12)]


@dataclass(frozen=True)
class Partie(Donnees):
    """A party to a writing: a company, or a person."""

    nom: Nom
    adresse: LigneFacultative = ""
    siren: NomFacultatif = ""
    representant: NomFacultatif = ""
    qualite: NomFacultatif = ""


@dataclass(frozen=True)
class Ecrit(Document):
    """Base of the papers before a bilan: the cabinet's clauses, and who signs. `cachet` is printed on what is signed."""

    clauses: Clauses = ()
    signataires: Annotated[tuple[Signataire, ...], Combien(0, 6)] = ()
    cachet_empreinte: LigneFacultative = ""


def require(*mentions: tuple[object, str, str, str]) -> None:
    """(value, what is missing, article, code): every missing mention at once, none of them passed over."""
    missing = [
        Obstacle(sentence, source, code=code) for value, sentence, source, code in mentions if not value
    ]
    if missing:
        raise Refused(missing)


def same_total(parts: Iterable[PartPrix], prix: Montant | None) -> bool:
    return prix is not None and sum(p.montant.centimes for p in parts) == prix.centimes


__all__ = [
    "CONTRAT",
    "CONVENTION",
    "DECLARATION",
    "DISTANCE",
    "INFORMATION",
    "MEDIATION",
    "Alinea",
    "Clause",
    "Echeance",
    "Ecrit",
    "Montant",
    "PartPrix",
    "Partie",
    "PhasePrevue",
    "Prestation",
    "require",
    "same_total",
]
