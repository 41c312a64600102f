"""The kinds of content, one file per noun. `kind` is the noun: it is also what the administrative row calls its nature."""

from jalon.vault.pieces.brouillon import Brouillon
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.competence import Competence
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.contact import Propos
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.ecart import LigneEcart, PlanEcart
from jalon.vault.pieces.experience import Experience
from jalon.vault.pieces.fichier import FicheFichier
from jalon.vault.pieces.message import Message
from jalon.vault.pieces.metier import CompetenceRome, MetierChoisi
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.objectifs import Objectif, Objectifs
from jalon.vault.pieces.piece import Partie, Piece
from jalon.vault.pieces.piste import Piste
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.recap import Promesse, Recap
from jalon.vault.pieces.registre import KINDS
from jalon.vault.pieces.reponses import Reponses
from jalon.vault.pieces.resultat import EchelleObtenue, Resultat
from jalon.vault.pieces.suivi import CompteRenduSuivi
from jalon.vault.pieces.synthese import Rubrique, Synthese

__all__ = [
    "KINDS",
    "AnalyseDemande",
    "Brouillon",
    "Competence",
    "CompetenceRome",
    "CompteRenduSuivi",
    "ConditionsMoyens",
    "EchelleObtenue",
    "EtapePlan",
    "Experience",
    "FicheFichier",
    "LigneEcart",
    "Message",
    "MetierChoisi",
    "NoteConsultant",
    "Objectif",
    "Objectifs",
    "PageCarnet",
    "Partie",
    "Piece",
    "Piste",
    "PlanAction",
    "PlanEcart",
    "Projet",
    "Promesse",
    "Propos",
    "Recap",
    "Reponses",
    "Resultat",
    "Rubrique",
    "Synthese",
]
