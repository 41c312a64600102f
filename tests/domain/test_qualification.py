"""A sheet that demands a qualification is for whoever holds it today."""

from datetime import date

import pytest

from jalon.domain.qualification import Tenue, entry_obstacles, qualification_obstacle

DAY = date(2026, 3, 3)
ASKED = "Psychologue (titre protégé)"


@pytest.mark.parametrize(
    ("held", "refused"),
    [
        ([], True),
        ([Tenue("Coach", date(2020, 1, 1))], True),
        ([Tenue("psychologue  (Titre protégé)", date(2020, 1, 1))], False),
        ([Tenue(ASKED, date(2020, 1, 1), date(2026, 3, 3))], False),
        ([Tenue(ASKED, date(2020, 1, 1), date(2026, 3, 2))], True),
        ([Tenue(ASKED, date(2026, 3, 4))], True),
        ([Tenue(ASKED, date(2020, 1, 1), date(2021, 1, 1)), Tenue(ASKED, date(2021, 1, 1))], False),
    ],
)
def test_it_is_the_same_words_and_it_holds_on_that_day(held, refused):
    found = qualification_obstacle(ASKED, held, DAY, titre="Inventaire")
    assert (found is not None) == refused
    if found is not None:
        assert ASKED in found.sentence


def test_a_sheet_that_demands_nothing_is_for_whoever_read_it():
    assert qualification_obstacle("", [], DAY, titre="Récit") is None


def test_what_is_noted_has_a_name_and_days_in_order():
    assert entry_obstacles("X", date(2026, 1, 1), None, DAY) == []
    fields = [
        [o.field for o in entry_obstacles(*given, DAY)]
        for given in (
            ("", None, None),
            ("X", date(2026, 4, 1), None),
            ("X", date(2026, 1, 1), date(2025, 1, 1)),
        )
    ]
    assert fields == [["intitule", "obtenue_le"], ["obtenue_le"], ["expire_le"]]
