"""Opinions: summed as they come, never one beside another, and ripe from five on."""

from datetime import date

from jalon.domain.avis import LOT, Attente, drop, is_ripe, quarter_of


def test_ballots_are_summed_and_ripe_from_five_on():
    waiting = Attente()
    for n in range(LOT):
        assert not is_ripe(waiting)
        waiting = drop(waiting, {"a1": "4", "a2": str(1 + n % 2)})
    assert is_ripe(waiting)
    assert waiting.comptes == {"a1": {"4": 5}, "a2": {"1": 3, "2": 2}}


def test_what_was_not_answered_counts_nowhere():
    waiting = drop(drop(Attente(), {"a1": "4"}), {"a2": "1"})
    assert (waiting.bulletins, waiting.comptes) == (2, {"a1": {"4": 1}, "a2": {"1": 1}})


def test_a_quarter_is_the_only_date():
    days = [date(2026, m, 1) for m in (1, 3, 4, 9, 10, 12)]
    assert [quarter_of(d)[-2:] for d in days] == ["T1", "T1", "T2", "T3", "T4", "T4"]
