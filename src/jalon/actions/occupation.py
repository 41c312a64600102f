"""One person is in one place at a time: whoever takes her time locks her agenda first, then looks.

Séances and interviews alike. The lock makes any number of simultaneous requests take their turn; on SQLite each writing
transaction already does.
"""

from datetime import datetime
from typing import Any

from jalon.access.disponibilite import occupations
from jalon.domain.disponibilite import Intervalle
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.models import Contact, Personne


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
