"""One person is in one place at a time: whoever takes her time locks her agenda first, then looks.

Séances and interviews alike. The lock makes any number of simultaneous requests take their turn; on SQLite each writing
transaction already does.
"""

from datetime import datetime
from typing import Any

from jalon.access.disponibilite import occupations
from jalon.access.salle import room_is_taken
from jalon.domain.disponibilite import Intervalle
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.models import Atelier, Contact, Personne, Salle, Seance


def lock_agenda(consultant_id: Any) -> None:
    """Inside a transaction, before the lock of a cabinet or of a contact: always in this order, or two could wait for each other.

    Rows that only name her go on being written meanwhile.
    """
    list(
        Personne.objects.select_for_update(no_key=True).filter(pk=consultant_id).values_list("pk", flat=True)
    )


def refuse_if_busy(
    consultant_id: Any, debut: datetime, fin: datetime, *, sauf: Contact | None = None
) -> None:
    """Under the lock: an interview never meets a séance nor another interview."""
    taken = occupations([consultant_id], debut, fin, sauf=sauf)[consultant_id]
    if any(Intervalle(debut, fin).meets(one) for one in taken):
        raise Refused(
            Obstacle("Ce moment vient d’être pris : choisissez-en un autre.", code="occupe", field="debut")
        )


def refuse_if_interview(consultant_id: Any, debut: datetime, fin: datetime) -> None:
    """For a séance, which knows its own rules about other séances."""
    met = Contact.objects.filter(
        issue=Contact.Issue.EN_COURS,
        entretien_consultant_id=consultant_id,
        entretien_le__lt=fin,
        entretien_fin__gt=debut,
    )
    if met.exists():
        raise Refused(
            Obstacle(
                "Un entretien préalable est fixé à ce moment : choisissez un autre horaire.",
                code="occupe",
                field="debut",
            )
        )


def lock_salle(salle_id: Any) -> None:
    """After the agenda, always: two bookings of one room take their turn."""
    list(Salle.objects.select_for_update(no_key=True).filter(pk=salle_id).values_list("pk", flat=True))


def refuse_if_room_taken(
    salle: Salle,
    debut: datetime,
    fin: datetime,
    *,
    seance: Seance | None = None,
    atelier: Atelier | None = None,
) -> None:
    """Under the lock: one thing at a time behind one door. The séances of one group share it."""
    if not salle.actif:
        raise Refused(
            Obstacle("Cette salle ne sert plus : choisissez-en une autre.", code="salle", field="salle")
        )
    if room_is_taken(salle.pk, debut, fin, seance=seance, atelier=atelier):
        raise Refused(
            Obstacle(
                f"La salle « {salle.nom} » est déjà prise à ce moment : choisissez-en une autre, ou un autre horaire.",
                code="salle_prise",
                field="salle",
            )
        )


def refuse_if_group(consultant_id: Any, debut: datetime, fin: datetime, *, sauf: Any = None) -> None:
    """She leads a group then. `sauf`: the group itself, for the séances of those who take part."""
    met = Atelier.objects.filter(
        consultant=consultant_id, debut__lt=fin, fin__gt=debut, annule_le=None
    ).exclude(pk=sauf)
    if met.exists():
        raise Refused(
            Obstacle(
                "Un moment de groupe est prévu à cette heure : choisissez un autre horaire.",
                code="occupe",
                field="debut",
            )
        )
