"""The contract with a person who pays herself: concluded by its last signature, from which the withdrawal period runs."""

from datetime import datetime

from jalon.actions.contrat import mark_concluded
from jalon.domain.obstacle import Obstacle
from jalon.domain.retractation import Lieu
from jalon.records.models import Circuit, Engagement, Personne, Signataire


def holds_back(circuit: Circuit, signataire: Signataire) -> bool:
    return False


def obstacles(circuit: Circuit, signataire: Signataire, *, now: datetime) -> list[Obstacle]:
    return []


def signed(circuit: Circuit, signataire: Signataire, *, by: Personne, now: datetime) -> None:
    """One signature alone concludes nothing."""


def complete(circuit: Circuit, *, by: Personne, now: datetime) -> None:
    row = Engagement.objects.get(bilan=circuit.bilan)
    mark_concluded(circuit.bilan, le=now, lieu=Lieu(row.lieu_conclusion), by=by, now=now)


def closed(circuit: Circuit, *, by: Personne, now: datetime) -> None:
    """A contract that was not signed binds nobody."""
