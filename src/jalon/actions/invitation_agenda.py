"""The calendar part of a mail: REQUEST for what is fixed or moved, CANCEL for what is not any more (RFC 5546).

The identifier of an appointment never changes and its sequence only grows, so that a mail that arrives late undoes nothing.
"""

from dataclasses import replace
from datetime import datetime

from jalon.access.agenda import rendez_vous_of
from jalon.documents.ics import Participant, write_calendar
from jalon.records.models import Envoi, Seance

METHODES = {"agenda_invitation": "REQUEST", "agenda_annulation": "CANCEL"}


def calendar_of(envoi: Envoi, organisateur: Participant, adresse: str) -> tuple[str, bytes] | None:
    """The method and the bytes, as the change was when it was written; nothing for a mail that is not of an appointment."""
    methode = METHODES.get(envoi.genre)
    if methode is None or envoi.personne is None:
        return None
    seance = (
        Seance.objects.select_related("bilan__organisme", "bilan__beneficiaire", "consultant", "lieu")
        .filter(pk=envoi.donnees["seance"])
        .first()
    )
    if seance is None:
        return None
    told = replace(
        rendez_vous_of(seance, envoi.personne),
        debut=datetime.fromisoformat(envoi.donnees["debut"]),
        fin=datetime.fromisoformat(envoi.donnees["fin"]),
        sequence=envoi.donnees["sequence"],
        modifie_le=envoi.cree_le,
        annule=methode == "CANCEL",
    )
    participant = Participant(envoi.personne.prenom, adresse)
    return methode, write_calendar(
        [told], methode=methode, organisateur=organisateur, participant=participant
    )
