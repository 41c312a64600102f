"""Play acts in the order of their moments, and let the product's own clock do in between what falls due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Min

from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.records.models import Echeance

# How often the clocks are looked at and the mails sent: no two acts of the script depend on less.
_LOOK = timedelta(hours=1)
_MAIL = timedelta(hours=12)


@dataclass(frozen=True)
class Pas:
    """One act of somebody, at its moment. `nom` says where a life can be stopped."""

    quand: datetime
    nom: str
    faire: Callable[[datetime], object] = field(compare=False)


def play(pas: Iterable[Pas], now: datetime) -> int:
    """Everything up to `now`; returns the number of acts. What lies ahead is left to whoever visits."""
    done = 0
    last_mail = last_look = datetime.min.replace(tzinfo=UTC)
    for one in sorted(pas, key=lambda p: p.quand):
        if one.quand > now:
            break
        if one.quand - last_look > _LOOK:
            run_until(one.quand)
            last_look = one.quand
        if one.quand - last_mail > _MAIL:
            send_due(one.quand)
            last_mail = one.quand
        one.faire(one.quand)
        done += 1
    run_until(now)
    run_due(now)
    send_due(now)
    return done


def run_until(moment: datetime) -> None:
    """Each clock at its own minute, as the worker would have."""
    while True:
        open_ones = Echeance.objects.filter(faite_le=None, annulee_le=None, essais=0)
        due = open_ones.aggregate(premiere=Min("echoit_le"))["premiere"]
        if due is None or due > moment:
            return
        run_due(due)
