"""Typed hours, on both sides of the change of clocks and across the sea."""

from datetime import UTC, date, datetime, time

import pytest

from jalon.domain.horaire import instant, nom_du_fuseau
from jalon.domain.obstacle import Refused


@pytest.mark.parametrize(
    ("jour", "heure", "fuseau", "attendu"),
    [
        (date(2026, 3, 3), time(18), "Europe/Paris", datetime(2026, 3, 3, 17, tzinfo=UTC)),
        (date(2026, 7, 3), time(18), "Europe/Paris", datetime(2026, 7, 3, 16, tzinfo=UTC)),
        (date(2026, 3, 3), time(18), "Indian/Reunion", datetime(2026, 3, 3, 14, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 0), "Europe/Paris", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 0), "Europe/Paris", datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_an_hour_is_read_in_the_zone_of_the_bilan(jour, heure, fuseau, attendu):
    assert instant(jour, heure, fuseau) == attendu


def test_an_hour_that_the_clocks_skip_is_explained():
    with pytest.raises(Refused) as refused:
        instant(date(2026, 3, 29), time(2, 30), "Europe/Paris", field="heure")
    [obstacle] = refused.value.obstacles
    assert "n’existe pas" in obstacle.sentence
    assert obstacle.field == "heure"


def test_an_hour_that_comes_twice_is_explained():
    with pytest.raises(Refused) as refused:
        instant(date(2026, 10, 25), time(2, 30), "Europe/Paris")
    assert refused.value.obstacles[0].code == "heure_double"
    assert instant(date(2026, 10, 25), time(2, 30), "Indian/Reunion")


def test_an_unknown_zone_is_an_obstacle_and_zones_have_a_name():
    with pytest.raises(Refused):
        instant(date(2026, 3, 3), time(18), "Europe/Nulle_Part")
    assert nom_du_fuseau("Indian/Reunion") == "La Réunion"
    assert nom_du_fuseau("America/New_York") == "New York"
