"""What the stretches of a séance propose as its real times."""

from datetime import UTC, datetime, timedelta

from jalon.domain.charge import Charge, one_more
from jalon.domain.passage import Passage, measure_passages
from jalon.domain.tache import TacheFacts

T0 = datetime(2026, 3, 3, 14, 0, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_nothing_is_proposed_before_it_begins():
    assert measure_passages([], T0) is None


def test_times_are_whole_minutes_and_one_at_least():
    temps = measure_passages([Passage(T0, T0 + timedelta(seconds=5))], T0 + MINUTE)
    assert temps.debut == T0.replace(second=0)
    assert temps.fin_proposee - temps.debut == MINUTE
    assert not temps.court


def test_the_night_when_clocks_change_counts_the_minutes_that_passed():
    before = datetime.fromisoformat("2026-03-29T01:30:00+01:00")
    temps = measure_passages([Passage(before)], datetime.fromisoformat("2026-03-29T03:30:00+02:00"))
    assert temps.minutes == 60


def test_a_task_is_late_only_until_it_is_handed_in():
    day = T0.date()
    assert TacheFacts(pour_le=day).is_late(day + timedelta(days=1))
    assert not TacheFacts(pour_le=day).is_late(day)
    assert not TacheFacts(pour_le=day, rendue_le=T0).is_late(day + timedelta(days=9))
    assert TacheFacts().etat == "a_faire"


def test_one_more_is_a_warning_at_the_ceiling_and_nothing_below_or_without_one():
    assert one_more(Charge(7)) is None
    assert one_more(Charge(7, 8)) is None
    told = one_more(Charge(8, 8))
    assert told is not None
    assert not told.refuses
    assert "8 au plus" in told.sentence
    assert Charge(9, 8).depasse
    assert not Charge(8, 8).depasse
