"""What binds the parties before a bilan: who pays what, on which day's law, and what was concluded. Facts only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jalon.domain.cpf import Financeur
from jalon.domain.financement import Financement
from jalon.domain.jours import Territoire
from jalon.domain.parcours import Labelled
from jalon.domain.retractation import Lieu

CPF = frozenset({Financement.CPF_HORS_TEMPS, Financement.CPF_SUR_TEMPS})
# Where R. 6313-8 and D. 6353-1 want a written convention before anything starts.
CONVENTION = frozenset({Financement.PLAN, Financement.RECLASSEMENT, Financement.OPCO})
# Where nothing is said of a writing, but somebody outside has to agree before she pays.
ACCORD = frozenset(
    {Financement.FRANCE_TRAVAIL, Financement.AGEFIPH, Financement.OPCO, Financement.AGENT_PUBLIC}
)


class Poste(Labelled):
    """What an amount is, in the order in which the funds are used (R. 6333-3)."""

    PARTICIPATION = "participation", "Participation obligatoire"
    DOTATION = "dotation", "Dotations versées sur le compte"
    DROITS = "droits", "Droits du compte"
    ABONDEMENT = "abondement", "Abondement"
    PRISE_EN_CHARGE = "prise_en_charge", "Prise en charge"
    RESTE = "reste", "Reste à payer"


class Precedent(Labelled):
    """What the person declares of an earlier bilan (D. 6323-6)."""

    AUCUN = "aucun", "Aucun bilan financé auparavant"
    OUI = "oui", "Un bilan a déjà été financé"
    INCONNU = "inconnu", "Elle ne sait pas"


class MotifSortie(Labelled):
    """How a bilan ended, for the exit that the platform asks for."""

    TERMINEE = "terminee", "Le bilan est allé à son terme"
    ABANDON = "abandon", "La personne a arrêté"
    FORCE_MAJEURE = "force_majeure", "Un cas de force majeure l’a interrompu"
    ANNULATION = "annulation", "Il n’a pas pu être assuré par le cabinet"


@dataclass(frozen=True)
class PartFacts:
    """One amount and who pays it. `debiteur`: to whom the invoice is addressed, who may be another."""

    poste: Poste
    payeur: Financeur
    montant: Decimal
    nom: str = ""
    siren: str = ""
    reference: str = ""
    accord_le: date | None = None
    debiteur: Financeur | None = None


@dataclass(frozen=True)
class EngagementFacts:
    """Everything the rules look at. Days are the local days of the bilan."""

    voie: Financement
    droit_le: date
    prix: Decimal | None = None
    parts: tuple[PartFacts, ...] = ()
    employeur_nomme: bool = False
    territoire: Territoire = Territoire.METROPOLE
    debut_prevu_le: date | None = None
    fin_prevue_le: date | None = None
    cpf_demande_le: date | None = None
    cpf_proposition_le: date | None = None
    cpf_acceptation_le: date | None = None
    # The writing that the route wants: contract of the person, convention of three.
    conclu_le: date | None = None
    lieu_conclusion: Lieu = Lieu.DISTANCE
    information_omise: bool = False
    information_le: date | None = None
    demande_expresse: bool = False
    retracte_le: date | None = None
    certificat_bilans: bool = False
    certificat_du: date | None = None
    certificat_au: date | None = None

    def certified_on(self, day: date) -> bool:
        return (
            self.certificat_bilans
            and self.certificat_du is not None
            and self.certificat_au is not None
            and self.certificat_du <= day <= self.certificat_au
        )
