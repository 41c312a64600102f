"""The ceiling of a consultant: how many bilans at most at a time, set by herself or by who directs the cabinet."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jalon import access
from jalon.access import Action, Role
from jalon.domain.charge import PLAFOND_MAX
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.models import Membre, Organisme, Personne


@transaction.atomic
def set_plafond(
    *, organisme: Organisme, consultant: Personne, plafond: int | None, by: Personne, now: datetime
) -> None:
    """None: no ceiling is announced."""
    access.require(Action.SET_PLAFOND, by, organisme)
    if by.pk != consultant.pk and Role.RESPONSABLE not in access.cabinet_roles(by, organisme.pk):
        raise PermissionDenied(Action.SET_PLAFOND.value)
    organisme = Organisme.objects.select_for_update().get(pk=organisme.pk)
    membre = organisme.membres.filter(personne=consultant, role=Membre.Role.CONSULTANT, jusqu_au=None).first()
    if membre is None:
        raise Refused(Obstacle("Cette personne ne conduit pas de bilans ici.", code="consultant"))
    if plafond is not None and not 1 <= plafond <= PLAFOND_MAX:
        raise Refused(
            Obstacle(
                f"Indiquez un nombre entre 1 et {PLAFOND_MAX}, ou laissez vide pour n’en annoncer aucun.",
                code="plafond",
                field="plafond",
            )
        )
    if membre.plafond == plafond:
        return
    membre.plafond = plafond
    membre.save(update_fields=["plafond"])
    record(Nom.PLAFOND_FIXE, organisme, by=by, now=now, faits={"personne": consultant.pk, "plafond": plafond})
