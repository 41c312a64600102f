"""What is due, as people say it: a clock that ends at midnight is told by its last day."""

from datetime import UTC, date, datetime

import pytest

from jalon.access.echeance import PRINCIPALES, SENS, moment
from jalon.actions.echeance import HANDLERS
from jalon.records.models import Echeance


@pytest.mark.parametrize(
    ("fuseau", "echoit_le", "told"),
    [
        ("Europe/Paris", datetime(2026, 3, 9, 23, tzinfo=UTC), date(2026, 3, 9)),
        ("Europe/Paris", datetime(2026, 4, 9, 22, tzinfo=UTC), date(2026, 4, 9)),
        ("Indian/Reunion", datetime(2026, 3, 9, 20, tzinfo=UTC), date(2026, 3, 9)),
        ("Europe/Paris", datetime(2026, 3, 9, 8, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)),
    ],
)
def test_a_clock_that_ends_at_midnight_is_told_by_its_last_day(fuseau, echoit_le, told):
    assert moment(Echeance(echoit_le=echoit_le), fuseau) == told


def test_every_clock_has_its_words_and_its_source():
    assert set(SENS) == set(HANDLERS)
    assert set(PRINCIPALES) <= set(SENS)
    assert all(name and source for name, source in SENS.values())
