"""Alarms of the machine, mailed to those who answer for the cabinet: a kind and a count, never a word about a person."""

from collections.abc import Mapping
from datetime import datetime

from jalon.actions.envoi import enqueue
from jalon.records.models import Membre, Organisme


def warn_responsables(alarms: Mapping[str, int], *, now: datetime, organisme: Organisme | None = None) -> int:
    """One mail a kind of alarm and responsable (of all cabinets, or of this one); the number of mails put in the outbox."""
    responsables = Membre.objects.filter(role=Membre.Role.RESPONSABLE, jusqu_au=None).select_related(
        "organisme", "personne"
    )
    if organisme is not None:
        responsables = responsables.filter(organisme=organisme)
    rows = [
        enqueue(
            "alerte_exploitation",
            personne=membre.personne,
            organisme=membre.organisme,
            now=now,
            donnees={"alerte": alarm, "nombre": count, "constate_le": now.isoformat()},
        )
        for membre in responsables
        for alarm, count in alarms.items()
    ]
    return len([row for row in rows if row is not None])
