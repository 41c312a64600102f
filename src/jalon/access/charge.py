"""How many bilans each consultant has under way, and the ceiling that she or the cabinet announces."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from jalon.domain.bilan import CLOSED
from jalon.domain.charge import Charge
from jalon.records.models import Bilan, Membre, Organisme


def read_charges(organisme: Organisme | Any, consultants: Iterable[Any]) -> dict[Any, Charge]:
    """Two queries for any number of them."""
    wanted = list(consultants)
    running = Bilan.objects.filter(organisme=organisme, consultant__in=wanted).exclude(etat__in=CLOSED)
    counted = dict(
        running.order_by().values("consultant").annotate(n=Count("pk")).values_list("consultant", "n")
    )
    ceilings = dict(
        Membre.objects.filter(
            organisme=organisme, personne__in=wanted, role=Membre.Role.CONSULTANT, jusqu_au=None
        ).values_list("personne_id", "plafond")
    )
    return {pk: Charge(counted.get(pk, 0), ceilings.get(pk)) for pk in wanted}


def announced_charge(bilan: Bilan) -> Charge | None:
    """What the person may read of her own consultant: nothing is counted where no ceiling is announced."""
    ceiling = (
        Membre.objects.filter(
            organisme=bilan.organisme_id,
            personne=bilan.consultant_id,
            role=Membre.Role.CONSULTANT,
            jusqu_au=None,
        )
        .values_list("plafond", flat=True)
        .first()
    )
    return (
        None if ceiling is None else read_charges(bilan.organisme, [bilan.consultant_id])[bilan.consultant_id]
    )
