"""Counts that lead back to nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.domain.compteur import PUBLIE_DES, hours_band, publish, quarter_of, weeks_band


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({}, {}),
        ({"oui": 4}, {}),
        ({"oui": 5}, {"oui": 5}),
        ({"oui": 9, "non": 5}, {"oui": 9, "non": 5}),
        # The smallest visible one hides too: the total would tell the first.
        ({"oui": 9, "non": 2}, {"oui": None, "non": None}),
        ({"a": 9, "b": 6, "c": 2}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 3, "c": 2}, {"a": 9, "b": None, "c": None}),
    ],
)
def test_fewer_than_five_are_never_shown_nor_told_by_the_others(counts, shown):
    assert publish(counts) == shown


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 40), max_size=6))
def test_no_count_under_the_threshold_is_published_and_never_one_hole_alone(counts):
    shown = publish(counts)
    assert all(count is None or count >= PUBLIE_DES for count in shown.values())
    assert list(shown.values()).count(None) != 1


def test_quarters_and_bands():
    assert quarter_of(date(2026, 3, 31)) == "2026-T1"
    assert quarter_of(date(2026, 4, 1)) == "2026-T2"
    assert weeks_band(date(2026, 1, 1), date(2026, 2, 20)) == "moins_8"
    assert weeks_band(date(2026, 1, 1), date(2026, 12, 1)) == "plus_20"
    assert [hours_band(h * 60) for h in (12, 13, 17, 24)] == ["moins_13", "13_16", "17_20", "21_24"]
