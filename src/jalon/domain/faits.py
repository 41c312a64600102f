"""What the rules may look at: the state of a bilan and its facts, never a word of content."""

from dataclasses import dataclass, field
from datetime import date

from jalon.domain.engagement import EngagementFacts
from jalon.domain.financement import Financement
from jalon.domain.parcours import Labelled, Ligne, TypeAction
from jalon.domain.seance import SeanceFacts


class Etat(Labelled):
    PREPARATION = "preparation", "En préparation"
    PRELIMINAIRE = "preliminaire", "Phase préliminaire"
    INVESTIGATION = "investigation", "Phase d’investigation"
    CONCLUSIONS = "conclusions", "Phase de conclusions"
    TERMINE = "termine", "Terminé"
    ABANDONNE = "abandonne", "Arrêté"
    # A refusal is stored as nothing more than this: never with a reason (L. 6313-4 al. 2).
    NON_CONCLU = "non_conclu", "Non conclu"


RUNNING = (Etat.PRELIMINAIRE, Etat.INVESTIGATION, Etat.CONCLUSIONS)
CLOSED = (Etat.TERMINE, Etat.ABANDONNE, Etat.NON_CONCLU)


@dataclass(frozen=True)
class Facts:
    """Everything the rules may look at: dates, numbers and yes or no, never a word of content."""

    etat: Etat
    type_action: TypeAction = TypeAction.BILAN
    financement: Financement = Financement.CPF_HORS_TEMPS
    organisme_siren: str = ""
    employeur_siren: str = ""
    # Who pays and what was concluded; None until it is settled.
    engagement: EngagementFacts | None = None
    autres_activites: bool = False
    organisation_decrite: bool = False
    consentement: bool = False
    lignes: tuple[Ligne, ...] = ()
    seances: tuple[SeanceFacts, ...] = ()
    demande_convenue: bool = False
    objectifs_convenus: bool = False
    preliminaire_clos_beneficiaire: bool = False
    preliminaire_clos_consultant: bool = False
    resultats_non_restitues: int = 0
    projets: int = 0
    plan_d_action: bool = False
    synthese_validee: bool = False
    synthese_remise: bool = False
    emporte: bool = False
    terme_prevu: date | None = None
    decisions: frozenset[str] = field(default_factory=frozenset)
