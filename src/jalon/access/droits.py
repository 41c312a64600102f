"""The doors of rights: her own requests, those that a cabinet owes an answer, and what is due of them."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404

from jalon import access
from jalon.access import MATRIX, Action
from jalon.access.a_traiter import ATraiter, Famille, Rang
from jalon.domain.droits import RGPD, Nature
from jalon.domain.jours import local_day, zone
from jalon.records.models import Bilan, DemandeDroit, Organisme, Pause, Personne

_SOON = timedelta(days=7)
_AT_MOST = 10


def list_demandes(personne: Personne, bilan: Bilan) -> list[DemandeDroit]:
    """Hers for the person; for the administration, what it has to answer. Nobody else learns of them."""
    access.require(Action.VIEW_DROITS, personne, bilan)
    return list(bilan.demandes_droit.select_related("repondue_par", "souhaite"))


def get_demande(personne: Personne, bilan: Bilan, demande_id: Any) -> DemandeDroit:
    try:
        return next(one for one in list_demandes(personne, bilan) if str(one.pk) == str(demande_id))
    except (StopIteration, ValidationError):
        raise Http404 from None


def open_pause(bilan: Bilan) -> Pause | None:
    return bilan.pauses.filter(reprise_le=None).first()


def waiting_demandes(organisme: Organisme) -> QuerySet[DemandeDroit]:
    return DemandeDroit.objects.filter(repondue_le=None, bilan__organisme=organisme).order_by(
        "repondre_avant", "id"
    )


def read_droits_due(personne: Personne, organisme: Organisme, now: datetime) -> list[ATraiter]:
    """In the queue of the administration, from the day they arrive; past their day, an alarm."""
    if not MATRIX[Action.ANSWER_DROIT] & access.cabinet_roles(personne, organisme.pk):
        return []
    today = local_day(now, zone(organisme.fuseau))
    found = []
    for one in waiting_demandes(organisme).select_related("bilan")[:_AT_MOST]:
        nature = Nature(one.nature)
        late = one.repondre_avant < today
        found.append(
            ATraiter(
                Rang.ALARME if late else Rang.A_FAIRE,
                f"Répondre à la personne\u00a0: dossier {one.bilan.numero}",
                f"Elle demande\u00a0: {nature.label[0].lower()}{nature.label[1:]}."
                + (" Le délai est passé." if late else ""),
                "droits",
                one.bilan_id,
                one.repondre_avant,
                RGPD.get(nature, "Règle de Jalon"),
                Famille.PERSONNES,
            )
        )
    return found
