"""Forms to sign by hand, for a person without a screen: printed, never frozen, since only the signed sheet is a proof."""

from datetime import datetime

from jalon import access
from jalon.access import Action
from jalon.actions.papier import cabinet_of
from jalon.documents import TAILLES, Papier, render
from jalon.documents.consentement.data import Consentement
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.parcours import sum_lignes
from jalon.law import law_on
from jalon.records.faits import bilan_facts, local_day
from jalon.records.models import Bilan, Personne


def print_consentement(*, bilan: Bilan, by: Personne, now: datetime, taille: str = "normal") -> bytes:
    """What a bilan is and is not, with a frame to sign. Handed over by the consultant alone (L. 6313-4, al. 2)."""
    access.require(Action.ENTER_CONSENTEMENT_PAPIER, by, bilan)
    if taille not in TAILLES:
        raise Refused(Obstacle("Cette taille de texte n’existe pas.", code="taille", field="taille"))
    day = local_day(bilan, now)
    law = law_on(day).bilan_competences
    planned = sum_lignes(bilan_facts(bilan).lignes).total
    limit = int(law.duree_max_heures.value)
    data = Consentement(
        papier=Papier(
            cabinet=cabinet_of(bilan.organisme),
            numero=bilan.numero,
            emis_le=day,
            fuseau=bilan.fuseau,
            droit_du=day,
        ),
        beneficiaire=bilan.beneficiaire.nom_complet,
        consultant=bilan.consultant.nom_complet,
        duree_max_heures=limit,
        conservation_max_annees=int(law.retention_exception_annees.value),
        minutes_prevues=planned if 0 < planned <= limit * 60 else None,
        contact=bilan.organisme.telephone or bilan.organisme.courriel,
    )
    return render("consentement", data, taille=taille, horodatage=now)
