"""The closed list of kinds. A kind that is not here cannot be sealed nor read."""

from __future__ import annotations

from jalon.vault.pieces.brouillon import Brouillon
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.cellule import InformationCellule
from jalon.vault.pieces.commentaire import Commentaire
from jalon.vault.pieces.comparaison import Comparaison
from jalon.vault.pieces.competence import Competence
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.contact import Propos
from jalon.vault.pieces.contraintes import Contraintes
from jalon.vault.pieces.demande import AnalyseDemande
from jalon.vault.pieces.ecart import PlanEcart
from jalon.vault.pieces.enquete import Enquete
from jalon.vault.pieces.essai import Essai
from jalon.vault.pieces.etagere import RessourceUtile
from jalon.vault.pieces.experience import Experience
from jalon.vault.pieces.extrait import Extrait
from jalon.vault.pieces.fichier import FicheFichier
from jalon.vault.pieces.formation import PistesFormation
from jalon.vault.pieces.message import Message
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.objectifs import Objectifs
from jalon.vault.pieces.piece import Piece
from jalon.vault.pieces.piste import Piste
from jalon.vault.pieces.plan import PlanAction
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.realisation import Realisation
from jalon.vault.pieces.recap import Recap
from jalon.vault.pieces.regards import AdresseRepondant, CadreRegards, Invite, Regard, RegardsMeles
from jalon.vault.pieces.relais import Relais
from jalon.vault.pieces.reponses import Reponses
from jalon.vault.pieces.repris import Repris
from jalon.vault.pieces.resultat import Resultat
from jalon.vault.pieces.suivi import CompteRenduSuivi
from jalon.vault.pieces.synthese import Synthese
from jalon.vault.pieces.tache import Rendu, Tache
from jalon.vault.pieces.vecu import Vecu

KINDS: dict[str, type[Piece]] = {
    cls.kind: cls
    for cls in (
        Propos,
        AnalyseDemande,
        Objectifs,
        Reponses,
        Recap,
        NoteConsultant,
        PageCarnet,
        Projet,
        ConditionsMoyens,
        PlanAction,
        Synthese,
        Resultat,
        CompteRenduSuivi,
        Message,
        FicheFichier,
        Brouillon,
        Experience,
        Competence,
        Piste,
        PlanEcart,
        Vecu,
        Realisation,
        Contraintes,
        PistesFormation,
        Comparaison,
        Enquete,
        Essai,
        Commentaire,
        Extrait,
        Repris,
        Relais,
        Tache,
        Rendu,
        RessourceUtile,
        CadreRegards,
        Invite,
        AdresseRepondant,
        Regard,
        RegardsMeles,
        InformationCellule,
    )
}
