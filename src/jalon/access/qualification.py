"""The doors of qualifications: what is noted of each consultant, what the bank demands, and whether somebody may use a sheet today."""

from datetime import date
from typing import Any

from django.http import Http404

from jalon.access import Action, can
from jalon.access.instruments import read_own
from jalon.domain.obstacle import Obstacle
from jalon.domain.qualification import Tenue, qualification_obstacle
from jalon.instruments import Instrument, bank
from jalon.records.models import InstrumentPropre, Membre, Organisme, Personne, Qualification


def list_qualifications(membre: Membre) -> list[Qualification]:
    return list(membre.qualifications.all())


def get_qualification(action: Action, personne: Personne, qualification_id: Any) -> Qualification:
    row = Qualification.objects.select_related("membre__organisme").filter(pk=qualification_id).first()
    if row is None or not can(action, personne, row.membre.organisme):
        raise Http404
    return row


def demanded(organisme: Organisme) -> list[str]:
    """What the sheets of this cabinet ask for, to be chosen instead of typed."""
    shipped = {versions[-1].qualification for versions in bank().values()}
    own = {
        read_own(row).qualification
        for row in InstrumentPropre.objects.filter(organisme=organisme, retire_le=None)
    }
    return sorted((shipped | own) - {""})


def unqualified(personne: Personne, organisme_id: Any, instrument: Instrument, day: date) -> Obstacle | None:
    """Asked only of a sheet that demands something: the others cost no question."""
    if not instrument.qualification:
        return None
    rows = Qualification.objects.filter(
        membre__personne=personne,
        membre__organisme=organisme_id,
        membre__role=Membre.Role.CONSULTANT,
        membre__jusqu_au=None,
    )
    held = [Tenue(row.intitule, row.obtenue_le, row.expire_le) for row in rows]
    return qualification_obstacle(instrument.qualification, held, day, titre=instrument.titre)
