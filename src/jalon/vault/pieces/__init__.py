"""The kinds of content, one file per noun. `kind` is the noun: it is also what the administrative row calls its nature."""

from jalon.vault.pieces.brouillon import Brouillon
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.cellule import ActionProposee, InformationCellule
from jalon.vault.pieces.commentaire import Commentaire
from jalon.vault.pieces.comparaison import Comparaison, CriterePese, NoteProjet
from jalon.vault.pieces.competence import Competence, NiveauDit, PhrasePreuve
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.contact import Propos
from jalon.vault.pieces.contraintes import Contraintes
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.ecart import LigneEcart, PlanEcart
from jalon.vault.pieces.enquete import ContactEnquete, Enquete, QuestionEnquete
from jalon.vault.pieces.essai import Essai
from jalon.vault.pieces.etagere import RessourceUtile
from jalon.vault.pieces.experience import Experience
from jalon.vault.pieces.extrait import Extrait, PassageChoisi
from jalon.vault.pieces.fichier import FicheFichier
from jalon.vault.pieces.formation import PisteFormation, PistesFormation
from jalon.vault.pieces.message import Message
from jalon.vault.pieces.metier import CompetenceRome, MetierChoisi
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.objectifs import Objectif, Objectifs
from jalon.vault.pieces.piece import Partie, Piece
from jalon.vault.pieces.piste import Piste
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.realisation import Realisation
from jalon.vault.pieces.recap import Promesse, Recap
from jalon.vault.pieces.regards import (
    AdresseRepondant,
    CadreRegards,
    CelluleRegards,
    EchelleRegards,
    Invite,
    MotsRegards,
    Regard,
    RegardsMeles,
    VueRegards,
)
from jalon.vault.pieces.registre import KINDS
from jalon.vault.pieces.relais import Relais
from jalon.vault.pieces.reponses import Reponses
from jalon.vault.pieces.repris import Repris
from jalon.vault.pieces.resultat import EchelleObtenue, Resultat
from jalon.vault.pieces.suivi import CompteRenduSuivi
from jalon.vault.pieces.synthese import Rubrique, SourceCitee, Synthese
from jalon.vault.pieces.tache import EtapeExercice, ExerciceDonne, Lien, Rendu, Tache
from jalon.vault.pieces.vecu import Vecu

__all__ = [
    "KINDS",
    "ActionProposee",
    "AdresseRepondant",
    "AnalyseDemande",
    "Brouillon",
    "CadreRegards",
    "CelluleRegards",
    "Commentaire",
    "Comparaison",
    "Competence",
    "CompetenceRome",
    "CompteRenduSuivi",
    "ConditionsMoyens",
    "ContactEnquete",
    "Contraintes",
    "CriterePese",
    "EchelleObtenue",
    "EchelleRegards",
    "Enquete",
    "Essai",
    "EtapeExercice",
    "EtapePlan",
    "ExerciceDonne",
    "Experience",
    "Extrait",
    "FicheFichier",
    "InformationCellule",
    "Invite",
    "Lien",
    "LigneEcart",
    "Message",
    "MetierChoisi",
    "MotsRegards",
    "NiveauDit",
    "NoteConsultant",
    "NoteProjet",
    "Objectif",
    "Objectifs",
    "PageCarnet",
    "Partie",
    "PassageChoisi",
    "PhrasePreuve",
    "Piece",
    "Piste",
    "PisteFormation",
    "PistesFormation",
    "PlanAction",
    "PlanEcart",
    "Projet",
    "Promesse",
    "Propos",
    "QuestionEnquete",
    "Realisation",
    "Recap",
    "Regard",
    "RegardsMeles",
    "Relais",
    "Rendu",
    "Reponses",
    "Repris",
    "RessourceUtile",
    "Resultat",
    "Rubrique",
    "SourceCitee",
    "Synthese",
    "Tache",
    "Vecu",
    "VueRegards",
]
