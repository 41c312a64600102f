"""The employee's letter to her employer. It is hers: made when she asks, kept nowhere, without number nor seal."""

from datetime import datetime

from jalon import access
from jalon.access import Action
from jalon.actions.papier import frame
from jalon.documents import render
from jalon.documents.demande_absence.data import DemandeAbsence, Moment
from jalon.documents.prestation import Partie
from jalon.domain.absence import preavis
from jalon.domain.seance import EtatSeance
from jalon.law import law_on
from jalon.records.faits import local_day
from jalon.records.models import Absence, Personne


def print_demande(*, absence: Absence, by: Personne, now: datetime) -> bytes:
    bilan = absence.bilan
    access.require(Action.ASK_ABSENCE, by, bilan)
    day = local_day(bilan, absence.demandee_le)
    law = law_on(day)
    planned = bilan.seances.filter(etat=EtatSeance.PREVUE).order_by("debut")
    data = DemandeAbsence(
        papier=frame("demande_absence", bilan, absence.demandee_le, numero=f"ABS-{day:%Y%m%d}"),
        beneficiaire=bilan.beneficiaire.nom_complet,
        employeur=Partie(nom=bilan.employeur_nom) if bilan.employeur_nom else None,
        debut=absence.debut,
        fin=absence.fin,
        moments=tuple(Moment(debut, fin) for debut, fin in planned.values_list("debut", "fin")),
        preavis_jours=int(preavis(absence.debut, absence.fin, law).jours.value),
        reponse_jours=int(law.absence_cpf.reponse_jours.value),
    )
    return render("demande_absence", data, horodatage=absence.demandee_le)
