"""What somebody who was asked for a look may do with her link: answer, change, withdraw. No account, no right to ask for."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jalon.access.instruments import instrument_of
from jalon.access.regards import INSTRUMENT, is_open
from jalon.access.repondant import find_repondant
from jalon.actions.piece import lock_bilan, require_content_open
from jalon.actions.questionnaire import Valeur, checked
from jalon.actions.regards import erase_own_key, seal_under_own_key
from jalon.domain.obstacle import Obstacle, Refused
from jalon.records.evenements import Nom, record
from jalon.records.faits import local_day
from jalon.records.models import Bilan, Repondant
from jalon.vault.pieces.regards import Regard

TEXTE_MAX = 2_000
GONE = Obstacle(
    "Ce lien ne mène plus à rien : le questionnaire est terminé, ou l’invitation a été retirée.", code="lien"
)


@transaction.atomic
def answer_regard(*, jeton: str, reponses: Mapping[str, Valeur], now: datetime) -> Repondant:
    """All at once; sending again replaces what was sent, until it is closed."""
    bilan, row = _by_link(jeton)
    require_content_open(bilan)
    if row.retire_le is not None or not is_open(row.regards, local_day(bilan, now)):
        raise Refused(
            Obstacle(
                "On ne peut plus répondre : le dernier jour est passé, ou vous vous êtes retiré·e.",
                code="ferme",
            )
        )
    instrument = instrument_of(bilan.organisme_id, INSTRUMENT, row.regards.version)
    assert instrument is not None
    said = checked(instrument, reponses, False)
    kept: dict[str, Valeur] = {key: value for key, value in said.items() if value is not None}
    if not kept:
        raise Refused(
            Obstacle(
                "Aucune réponse n’est cochée. Répondez à une question au moins, ou fermez cette page : rien n’est envoyé.",
                code="vide",
            )
        )
    long = [
        Obstacle(f"Ce texte dépasse {TEXTE_MAX} signes : quelques phrases suffisent.", code="long", field=key)
        for key, value in kept.items()
        if isinstance(value, str) and len(value) > TEXTE_MAX
    ]
    if long:
        raise Refused(long)
    seal_under_own_key(bilan, row, Regard(reponses=kept), now=now)
    if row.repondu_le is None:
        row.repondu_le = now
        row.save(update_fields=["repondu_le"])
        # Neither who nor which group: the person only ever counts.
        record(Nom.REPONDANT_REPONDU, bilan, by=None, now=now)
    return row


@transaction.atomic
def withdraw_regard(*, jeton: str, now: datetime) -> None:
    """Answers and address are destroyed at once, and nobody writes again. Possible as long as they exist, even after the last day."""
    bilan, row = _by_link(jeton)
    if row.retire_le is not None:
        return
    row.retire_le, row.repondu_le = now, None
    row.save(update_fields=["retire_le", "repondu_le"])
    erase_own_key(bilan, [row.pk], now=now)
    record(Nom.REPONDANT_RETIRE, bilan, by=None, now=now)


def _by_link(jeton: str) -> tuple[Bilan, Repondant]:
    """The bilan locked first: a closing that runs at the same time is over before, or waits."""
    found = find_repondant(jeton)
    if found is None:
        raise Refused(GONE)
    bilan = lock_bilan(found.regards.bilan)
    row = Repondant.objects.select_related("regards").filter(pk=found.pk).first()
    if row is None or row.regards.clos_le is not None:
        raise Refused(GONE)
    return bilan, row
