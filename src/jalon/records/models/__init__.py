"""Django models, one file a noun. The rule of life and death of every column is in `records/personal_data.py`."""

from jalon.records.models.acces import Acces
from jalon.records.models.agenda import (
    AgendaExterne,
    FluxAgenda,
    PlageOccupee,
    Publication,
    ReglageAgenda,
)
from jalon.records.models.attente import Attente
from jalon.records.models.avis import Depouillement, Urne
from jalon.records.models.bilan import Bilan, Consentement
from jalon.records.models.clause import Clause, Logo
from jalon.records.models.compteur import Compteur
from jalon.records.models.conservation import Decision, DemandeCep, Destruction
from jalon.records.models.contact import Contact
from jalon.records.models.convention import Absence, Convention
from jalon.records.models.disponibilite import Disponibilite, PlageExceptionnelle, PlageHebdomadaire
from jalon.records.models.document import DocumentEmis
from jalon.records.models.droits import DemandeDroit, Pause
from jalon.records.models.echeance import Echeance
from jalon.records.models.employeur import AccesEmployeur
from jalon.records.models.engagement import Engagement, Part, Versement
from jalon.records.models.envoi import Envoi
from jalon.records.models.evenement import Evenement, Racine
from jalon.records.models.exercice import ExercicePropre, RessourceCabinet
from jalon.records.models.instrument import InstrumentPropre, TableEtalonnage
from jalon.records.models.offre import OffrePublique, ResultatPublie
from jalon.records.models.organisme import Lieu, Membre, Organisme
from jalon.records.models.parcours import Ligne, Parcours
from jalon.records.models.partage import CopiePartagee, Partage, SousRubrique
from jalon.records.models.personne import CodePapier, Invitation, Personne
from jalon.records.models.piece import Fichier, Piece, Revision
from jalon.records.models.promesse import Promesse
from jalon.records.models.qualification import Qualification
from jalon.records.models.regards import Regards, Repondant
from jalon.records.models.reglage_seances import ReglageRappels, ReglageSeances
from jalon.records.models.reseau import MiseEnRelation, Ressource
from jalon.records.models.salle import Atelier, HoraireLieu, Salle
from jalon.records.models.seance import Emargement, Passage, Seance
from jalon.records.models.signature import Circuit, CodeUnique, Signataire
from jalon.records.models.suivi import Suivi
from jalon.records.models.tache import Tache

__all__ = [
    "Absence",
    "Acces",
    "AccesEmployeur",
    "AgendaExterne",
    "Atelier",
    "Attente",
    "Bilan",
    "Circuit",
    "Clause",
    "CodePapier",
    "CodeUnique",
    "Compteur",
    "Consentement",
    "Contact",
    "Convention",
    "CopiePartagee",
    "Decision",
    "DemandeCep",
    "DemandeDroit",
    "Depouillement",
    "Destruction",
    "Disponibilite",
    "DocumentEmis",
    "Echeance",
    "Emargement",
    "Engagement",
    "Envoi",
    "Evenement",
    "ExercicePropre",
    "Fichier",
    "FluxAgenda",
    "HoraireLieu",
    "InstrumentPropre",
    "Invitation",
    "Lieu",
    "Ligne",
    "Logo",
    "Membre",
    "MiseEnRelation",
    "OffrePublique",
    "Organisme",
    "Parcours",
    "Part",
    "Partage",
    "Passage",
    "Pause",
    "Personne",
    "Piece",
    "PlageExceptionnelle",
    "PlageHebdomadaire",
    "PlageOccupee",
    "Promesse",
    "Publication",
    "Qualification",
    "Racine",
    "Regards",
    "ReglageAgenda",
    "ReglageRappels",
    "ReglageSeances",
    "Repondant",
    "Ressource",
    "RessourceCabinet",
    "ResultatPublie",
    "Revision",
    "Salle",
    "Seance",
    "Signataire",
    "SousRubrique",
    "Suivi",
    "TableEtalonnage",
    "Tache",
    "Urne",
    "Versement",
]
