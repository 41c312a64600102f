"""The consultant's day, over all her bilans at once: promises, work handed in, messages, within the same number of queries for one as for twenty."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from jalon.access.charge import read_charges
from jalon.access.matrix import Action, allows
from jalon.access.pieces import open_for_action
from jalon.access.promesse import PromesseLue, words_of
from jalon.access.roles import roles
from jalon.domain.charge import Charge
from jalon.domain.message import oldest_unanswered, reponse_attendue
from jalon.records.faits import local_day
from jalon.records.models import Acces, Bilan, Personne, Piece, Promesse, Tache
from jalon.vault import CleAbsente

# What is promised further ahead waits for its week.
_AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Attendu:
    """Something of one bilan that waits for the consultant."""

    bilan: Bilan
    quand: date
    en_retard: bool = False
    tache: Tache | None = None


@dataclass(frozen=True)
class Journee:
    promesses: list[tuple[Bilan, PromesseLue]]
    travaux: list[Attendu]
    messages: list[Attendu]
    charge: Charge


def read_journee(personne: Personne, organisme: Any, bilans: Iterable[Bilan], *, now: datetime) -> Journee:
    """`bilans`: those that a door has given to this very person."""
    mine = {b.pk: b for b in bilans if allows(Action.READ_CONTENU, roles(personne, b))}
    return Journee(
        promesses=_promesses(personne, mine, now),
        travaux=_travaux(mine, now),
        messages=_messages(mine, organisme, now),
        charge=read_charges(organisme, [personne.pk])[personne.pk],
    )


def _promesses(personne: Personne, mine: dict[Any, Bilan], now: datetime) -> list[tuple[Bilan, PromesseLue]]:
    """Hers that come within the week or have no day; the person's once their day is past."""
    days = {pk: local_day(bilan, now) for pk, bilan in mine.items()}
    latest = max(days.values(), default=now.date())
    hers = Q(qui=Promesse.Qui.CONSULTANT) & (Q(pour_le=None) | Q(pour_le__lte=latest + _AHEAD))
    late = Q(qui=Promesse.Qui.BENEFICIAIRE, partagee=True, pour_le__lt=latest)
    rows = [
        row
        for row in Promesse.objects.filter(hers | late, bilan__in=list(mine), tenue_le=None)
        if row.qui == Promesse.Qui.CONSULTANT or (row.pour_le and row.pour_le < days[row.bilan_id])
    ]
    words = _words(personne, mine, {row.seance_id for row in rows}, now)
    found = [
        (mine[row.bilan_id], PromesseLue(row, words[str(row.pk)], days[row.bilan_id]))
        for row in rows
        if str(row.pk) in words
    ]
    return sorted(found, key=lambda pair: (pair[1].promesse.pour_le or date.max, pair[0].numero))


def _words(personne: Personne, mine: dict[Any, Bilan], seances: set[Any], now: datetime) -> dict[str, str]:
    """The recaps of these séances alone are opened, and the person will see that they were."""
    if not seances:
        return {}
    opened = []
    read: dict[Any, set[str]] = defaultdict(set)
    for piece in Piece.objects.filter(
        bilan__in=list(mine), nature="recap", reference__in=[str(s) for s in seances]
    ):
        try:
            opened.append(open_for_action(piece))
        except CleAbsente:
            continue
        read[piece.bilan_id].add("recap")
    _log(personne, read, now)
    return words_of(opened)


def _log(personne: Personne, read: dict[Any, set[str]], now: datetime) -> None:
    """As `log_reading` says it for one bilan, for all of them in two queries."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    rows = Acces.objects.filter(bilan__in=list(read), lecteur=personne, heure=hour)
    said = set(rows.values_list("bilan_id", "nature"))
    new = [(pk, nature) for pk, natures in read.items() for nature in sorted(natures)]
    fresh = [pair for pair in new if pair not in said]
    if fresh:
        with transaction.atomic():
            Acces.objects.bulk_create(
                [Acces(bilan_id=pk, lecteur=personne, nature=nature, heure=hour) for pk, nature in fresh],
                ignore_conflicts=True,
            )


def _travaux(mine: dict[Any, Bilan], now: datetime) -> list[Attendu]:
    rows = Tache.objects.filter(bilan__in=list(mine), rendue_le__isnull=False, relue_le=None)
    return [
        Attendu(mine[row.bilan_id], local_day(mine[row.bilan_id], row.rendue_le or now), tache=row)
        for row in rows.order_by("rendue_le", "id")
    ]


def _messages(mine: dict[Any, Bilan], organisme: Any, now: datetime) -> list[Attendu]:
    """Those of the person that nobody has answered: the day that she was told, from the oldest of them."""
    written: dict[Any, list[tuple[bool, datetime]]] = defaultdict(list)
    rows = Piece.objects.filter(bilan__in=list(mine), nature="message", tiroir="travail")
    for bilan_id, auteur_id, moment in rows.order_by("cree_le", "id").values_list(
        "bilan_id", "auteur_id", "cree_le"
    ):
        written[bilan_id].append((auteur_id == mine[bilan_id].beneficiaire_id, moment))
    found = []
    for pk, said in written.items():
        since = oldest_unanswered(said)
        if since is not None:
            bilan = mine[pk]
            day = reponse_attendue(since, bilan.fuseau, bilan.territoire, organisme.reponse_jours)
            found.append(Attendu(bilan, day, en_retard=day < local_day(bilan, now)))
    return sorted(found, key=lambda a: (a.quand, a.bilan.numero))
