"""Where bilans stand, without a word of content: what the pages need to say what is done, what waits and what blocks."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, F

from jalon.domain.bilan import Etat, Facts, possible
from jalon.domain.engagement import EngagementFacts
from jalon.domain.obstacle import Obstacle
from jalon.domain.parcours import Heures, Ligne, sum_lignes
from jalon.domain.seance import SeanceFacts, done_hours, planned_hours
from jalon.domain.signature import EtatCircuit
from jalon.law import Law, law_on
from jalon.records.engagement import read_engagements
from jalon.records.faits import (
    PieceFacts,
    local_day,
    make_facts,
    read_consentements,
    read_decisions,
    read_lignes,
    read_pieces,
    read_seances,
)
from jalon.records.models import Bilan, Signataire

__all__ = ["PieceFacts", "Situation", "bilan_day", "read_situation", "read_situations"]


# While an engagement may still be signed.
_ENGAGING = (Etat.PREPARATION, Etat.PRELIMINAIRE)


class Situation:
    """One bilan on one local day, with the law of that day. What a page does not look at is not read."""

    def __init__(self, bilan: Bilan, now: datetime) -> None:
        self.bilan = bilan
        self.now = now
        self.jour: date = local_day(bilan, now)

    @cached_property
    def law(self) -> Law:
        return law_on(self.jour)

    @property
    def etat(self) -> Etat:
        return Etat(self.bilan.etat)

    @cached_property
    def consentement_le(self) -> datetime | None:
        return read_consentements([self.bilan.pk]).get(self.bilan.pk)

    @cached_property
    def lignes(self) -> tuple[Ligne, ...]:
        return read_lignes([self.bilan.pk])[self.bilan.pk]

    @cached_property
    def seances(self) -> tuple[SeanceFacts, ...]:
        return read_seances([self.bilan.pk])[self.bilan.pk]

    @cached_property
    def pieces(self) -> tuple[PieceFacts, ...]:
        return read_pieces([self.bilan.pk])[self.bilan.pk]

    @cached_property
    def decisions(self) -> frozenset[str]:
        return read_decisions([self.bilan.pk])[self.bilan.pk]

    @cached_property
    def engagement(self) -> EngagementFacts | None:
        """Only what has not begun is held back by it."""
        if self.etat != Etat.PREPARATION:
            return None
        return read_engagements([self.bilan.pk]).get(self.bilan.pk)

    @cached_property
    def papiers_a_signer(self) -> int:
        """How many papers wait for the signature of the beneficiary, and of nobody else before her: those of the engagement."""
        if self.etat not in _ENGAGING:
            return 0
        return count_to_sign([self.bilan])[self.bilan.pk]

    @cached_property
    def facts(self) -> Facts:
        return make_facts(
            self.bilan,
            consentement_le=self.consentement_le,
            lignes=self.lignes,
            seances=self.seances,
            pieces=self.pieces,
            decisions=self.decisions,
            engagement=self.engagement,
        )

    @property
    def convenues(self) -> Heures:
        """What was agreed, from the lines of the parcours."""
        return sum_lignes(self.lignes)

    @property
    def prevues(self) -> Heures:
        """What is in the agenda, held or to come."""
        return planned_hours(list(self.seances))

    @property
    def faites(self) -> Heures:
        """Held and signed."""
        return done_hours(list(self.seances))

    @property
    def limite_minutes(self) -> int:
        return int(self.law.bilan_competences.duree_max_heures.value * 60)

    @cached_property
    def possible(self) -> dict[str, list[Obstacle]]:
        return possible(self.facts, self.law, self.jour)

    def of(self, nature: str) -> tuple[PieceFacts, ...]:
        return tuple(piece for piece in self.pieces if piece.nature == nature)


def count_to_sign(bilans: Iterable[Bilan]) -> dict[Any, int]:
    """The papers that the beneficiary of each of these bilans is asked to sign, in one query."""
    found = dict.fromkeys((bilan.pk for bilan in bilans), 0)
    waiting = Signataire.objects.filter(
        circuit__bilan__in=found,
        circuit__etat=EtatCircuit.OUVERT,
        personne=F("circuit__bilan__beneficiaire"),
        demande_le__isnull=False,
        signe_le=None,
        refuse_le=None,
    )
    return found | dict(waiting.values_list("circuit__bilan").annotate(Count("pk")))


def read_situations(
    bilans: Iterable[Bilan], *, now: datetime, a_signer: bool = False
) -> dict[Any, Situation]:
    """For bilans that a door has already given: everything at once, as many queries for one as for a hundred."""
    found = {bilan.pk: Situation(bilan, now) for bilan in bilans}
    if not found:
        return found
    wanted = list(found)
    consents, decisions = read_consentements(wanted), read_decisions(wanted)
    lignes, seances, pieces = read_lignes(wanted), read_seances(wanted), read_pieces(wanted)
    engaged = read_engagements([pk for pk, one in found.items() if one.etat == Etat.PREPARATION])
    for pk, situation in found.items():
        situation.consentement_le = consents.get(pk)
        situation.decisions = decisions[pk]
        situation.engagement = engaged.get(pk)
        situation.lignes, situation.seances, situation.pieces = lignes[pk], seances[pk], pieces[pk]
    if a_signer:
        for pk, waiting in count_to_sign(one.bilan for one in found.values()).items():
            found[pk].papiers_a_signer = waiting
    return found


def read_situation(bilan: Bilan, *, now: datetime) -> Situation:
    """Of one bilan: each part is read when it is first looked at."""
    return Situation(bilan, now)


def bilan_day(bilan: Bilan, now: datetime) -> date:
    return local_day(bilan, now)
