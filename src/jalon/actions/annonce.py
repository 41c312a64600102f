"""An appointment that is planned, moved or cancelled is told where each of the two asked for it: by mail, or in a calendar elsewhere.

The employer is told nothing. Who made the change is not written to about it.
"""

from datetime import datetime

from jalon.actions.envoi import enqueue
from jalon.domain.calendrier import SensAgenda
from jalon.domain.parcours import Nature
from jalon.records.models import AgendaExterne, Personne, ReglageAgenda, Seance

GENRES = {"prevue": "agenda_invitation", "deplacee": "agenda_invitation", "annulee": "agenda_annulation"}


def tell_calendars(seance: Seance, quoi: str, *, by: Personne, now: datetime) -> None:
    """Inside the action's transaction: rows only, the worker does the rest."""
    if seance.nature == Nature.TRAVAIL_PERSONNEL:
        return
    both = [seance.bilan.beneficiaire_id, seance.consultant_id]
    AgendaExterne.objects.filter(personne__in=both, sens=SensAgenda.PUBLICATION).update(prochain_le=now)
    asked = ReglageAgenda.objects.filter(personne__in=both, invitations=True, personne__is_active=True)
    for one in asked.select_related("personne"):
        invite(seance, one.personne, GENRES[quoi], now)


def invite(seance: Seance, personne: Personne, genre: str, now: datetime) -> None:
    """The times as they are now: a later change leaves in a mail of its own, with a higher sequence."""
    enqueue(
        genre,
        personne=personne,
        bilan=seance.bilan,
        now=now,
        donnees={
            "seance": str(seance.pk),
            "sequence": seance.sequence,
            "debut": seance.debut.isoformat(),
            "fin": seance.fin.isoformat(),
            "fuseau": seance.bilan.fuseau,
        },
    )
