"""Nudges that the person chooses to be sent: a day, no content, stopped by one link. They outlive the destruction because they
know nothing: only that she agreed to be written to again."""

from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from jalon import access
from jalon.access import Action
from jalon.actions import secret
from jalon.actions.echeance import cancel, schedule
from jalon.actions.envoi import enqueue
from jalon.actions.piece import lock_bilan
from jalon.domain.jours import zone
from jalon.domain.obstacle import Obstacle, Refused
from jalon.domain.rappel import MOIS, day_of
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Echeance, Personne

_PURPOSE = "rappels"
# In the morning, local time.
_HEURE = time(9)


@transaction.atomic
def choose_rappels(*, bilan: Bilan, mois: Collection[int], by: Personne, now: datetime) -> None:
    """Which months after the end; none at all stops them. Only to who agreed to be written to again (another decision)."""
    access.require(Action.CHOOSE_RAPPELS, by, bilan)
    bilan = lock_bilan(bilan)
    wanted = sorted(set(mois) & set(MOIS))
    if wanted and bilan.recontact_accepte_le is None:
        raise Refused(
            Obstacle(
                "Acceptez d’abord qu’on vous écrive après la fin : c’est une décision à part, juste au-dessus.",
                code="recontact",
                field="mois",
            )
        )
    if wanted and not bilan.beneficiaire.email:
        raise Refused(
            Obstacle("Sans adresse électronique, gardez plutôt le fichier d’agenda.", code="adresse")
        )
    place = zone(bilan.fuseau)
    start = local_day(bilan, bilan.termine_le) if bilan.termine_le else bilan.terme_prevu_le
    start = start or local_day(bilan, now)
    for month in MOIS:
        at = datetime.combine(day_of(start, month), _HEURE, tzinfo=place)
        if month in wanted and at > now:
            schedule("rappel_personnel", at, organisme=bilan.organisme, bilan=bilan, reference=str(month))
        else:
            cancel("rappel_personnel", now=now, bilan=bilan, reference=str(month))
    record(Nom.RAPPELS_CHOISIS, bilan, by=by, now=now, faits={"mois": wanted})


def remind_when_due(*, echeance: Echeance, by: Personne, now: datetime) -> None:
    """Nothing leaves if she has changed her mind since."""
    bilan = echeance.bilan
    assert bilan is not None
    if bilan.recontact_accepte_le is None or not bilan.beneficiaire.is_active:
        return
    enqueue(
        "rappel_personnel",
        personne=bilan.beneficiaire,
        bilan=bilan,
        now=now,
        donnees={"jeton_rappels": secret.seal_text(stop_token(bilan))},
    )


def stop_token(bilan: Bilan) -> str:
    return secret.fingerprint(_PURPOSE, str(bilan.pk))


@transaction.atomic
def stop_rappels(*, bilan_id: UUID, token: str, now: datetime) -> bool:
    """From the link in the mail, without signing in. False for a link that opens nothing; stopping twice is stopping."""
    known = Bilan.objects.filter(pk=bilan_id).first()
    if known is None or not secret.same(token, stop_token(known)):
        return False
    bilan = lock_bilan(known)
    if cancel("rappel_personnel", now=now, bilan=bilan):
        record(Nom.RAPPELS_ARRETES, bilan, by=None, now=now)
    return True
