"""From weekly hours to moments: holidays, exceptions, notice, limits, and the two nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.disponibilite import (
    Creneau,
    Ecart,
    Emploi,
    Intervalle,
    Plage,
    Reglage,
    creneaux,
    fenetres,
    is_evening,
    is_saturday,
    plage_obstacles,
)
from jalon.domain.jours import Calendrier, Territoire
from jalon.domain.seance import Modalite
from jalon.law import law_on

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # a Tuesday
WEEK = (
    Plage(1, time(9), time(12), "quai"),
    Plage(3, time(18), time(20, 30), a_distance=True),
    Plage(5, time(9, 30), time(12), "quai", a_distance=False),
)
FREE = {"occupe": (), "pris": {}, "now": NOW}


def emploi(*ecarts, plages=WEEK, fuseau=PARIS, territoire=Territoire.METROPOLE, **changes):
    reglage = Reglage(
        **(
            {
                "duree": timedelta(minutes=45),
                "tampon": timedelta(minutes=15),
                "preavis": timedelta(hours=24),
                "horizon": timedelta(days=60),
            }
            | changes
        )
    )
    return Emploi(plages, ecarts, reglage, fuseau, Calendrier(territoire, law_on(date(2026, 3, 3))))


def hours(found: list[Creneau], fuseau=PARIS) -> list[str]:
    return [f"{c.debut.astimezone(fuseau):%a %d %H:%M}" for c in found]


def days(start: date, count: int) -> list[date]:
    return [start + timedelta(days=n) for n in range(count)]


def test_moments_follow_the_week_evening_and_saturday_included():
    found = creneaux(emploi(), days(date(2026, 3, 3), 7), Modalite.TELEPHONE, **FREE)
    assert hours(found) == ["Thu 05 18:00", "Thu 05 18:30", "Thu 05 19:00", "Thu 05 19:30"]
    assert all(is_evening(c.debut, PARIS) for c in found)
    here = creneaux(emploi(), days(date(2026, 3, 3), 8), Modalite.PRESENTIEL, **FREE)
    assert hours(here)[:2] == ["Sat 07 09:30", "Sat 07 10:00"]
    assert is_saturday(here[0].debut, PARIS)
    assert {c.lieu for c in here} == {"quai"}
    assert "Tue 10 11:00" in hours(here)


def test_notice_horizon_and_means_hold():
    soon = emploi(preavis=timedelta(days=3))
    assert hours(creneaux(soon, days(date(2026, 3, 3), 4), Modalite.TELEPHONE, **FREE)) == []
    near = emploi(horizon=timedelta(days=1))
    assert creneaux(near, days(date(2026, 3, 3), 30), Modalite.TELEPHONE, **FREE) == []
    closed = emploi(modalites=frozenset({Modalite.PRESENTIEL}))
    assert creneaux(closed, days(date(2026, 3, 3), 7), Modalite.TELEPHONE, **FREE) == []


def test_what_is_taken_takes_its_buffer_too():
    taken = Intervalle(datetime(2026, 3, 5, 18, 0, tzinfo=UTC), datetime(2026, 3, 5, 18, 30, tzinfo=UTC))
    found = creneaux(emploi(), [date(2026, 3, 5)], Modalite.VISIO, occupe=(taken,), pris={}, now=NOW)
    # 19:00 to 19:30 in Paris, with a quarter of an hour on each side: only 18:00 to 18:45 is left.
    assert hours(found) == ["Thu 05 18:00"]


def test_limits_per_day_and_per_week_close_what_is_left():
    thursday = date(2026, 3, 5)
    one_a_day = emploi(par_jour=2)
    assert creneaux(one_a_day, [thursday], Modalite.VISIO, occupe=(), pris={thursday: 1}, now=NOW)
    assert not creneaux(one_a_day, [thursday], Modalite.VISIO, occupe=(), pris={thursday: 2}, now=NOW)
    weekly = emploi(par_semaine=3)
    taken = {date(2026, 3, 2): 1, date(2026, 3, 8): 2}
    assert not creneaux(weekly, [thursday], Modalite.VISIO, occupe=(), pris=taken, now=NOW)
    taken = {date(2026, 3, 1): 3}  # the Sunday before is another week
    assert creneaux(weekly, [thursday], Modalite.VISIO, occupe=(), pris=taken, now=NOW)


def test_holidays_are_closed_in_their_territory_unless_one_receives_or_opens_that_day():
    friday = (Plage(4, time(9), time(11), "quai"),)
    good_friday = date(2026, 4, 3)
    assert fenetres(emploi(plages=friday), good_friday)
    assert not fenetres(emploi(plages=friday, territoire=Territoire.ALSACE_MOSELLE), good_friday)
    may_day = date(2026, 5, 1)
    assert not fenetres(emploi(plages=friday), may_day)
    assert fenetres(emploi(plages=friday, jours_feries=True), may_day)
    opened = Ecart(may_day, may_day, ouvert=True, debut=time(14), fin=time(16))
    (found,) = fenetres(emploi(opened, plages=friday), may_day)
    assert found.quand.debut == datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_a_closure_takes_its_hours_and_leaves_the_rest():
    tuesday = date(2026, 3, 10)
    away = Ecart(tuesday, tuesday, debut=time(10), fin=time(11))
    assert [(f.quand.debut.hour, f.quand.fin.hour) for f in fenetres(emploi(away), tuesday)] == [
        (8, 9),
        (10, 11),
    ]
    holiday = Ecart(date(2026, 3, 9), date(2026, 3, 20))
    assert fenetres(emploi(holiday), tuesday) == []


def test_a_place_that_is_closed_leaves_whoever_works_there_reachable_at_a_distance():
    tuesday = date(2026, 3, 10)
    works = Ecart(tuesday, tuesday, lieu="quai")
    (found,) = fenetres(emploi(works), tuesday)
    assert (found.lieu, found.a_distance) == ("", True)
    elsewhere = Ecart(tuesday, tuesday, lieu="saumur")
    assert fenetres(emploi(elsewhere), tuesday)[0].lieu == "quai"


def test_the_hour_on_the_wall_stays_when_the_clocks_change():
    sundays = emploi(plages=(Plage(6, time(9), time(10)),))
    before, after = fenetres(sundays, date(2026, 3, 22))[0], fenetres(sundays, date(2026, 3, 29))[0]
    assert (before.quand.debut.hour, after.quand.debut.hour) == (8, 7)


def test_an_hour_lived_twice_or_never_is_not_offered():
    night = emploi(
        plages=(Plage(6, time(1), time(4)),), duree=timedelta(minutes=30), horizon=timedelta(days=400)
    )
    autumn = creneaux(night, [date(2026, 10, 25)], Modalite.VISIO, **FREE)
    assert hours(autumn) == ["Sun 25 01:00", "Sun 25 01:30", "Sun 25 03:00", "Sun 25 03:30"]
    spring = creneaux(night, [date(2026, 3, 29)], Modalite.VISIO, **FREE)
    assert hours(spring) == ["Sun 29 01:00", "Sun 29 01:30", "Sun 29 03:00", "Sun 29 03:30"]
    gone = emploi(plages=(Plage(6, time(2), time(2, 45)),))
    assert creneaux(gone, [date(2026, 3, 29)], Modalite.VISIO, **FREE) == []


def test_a_week_as_it_was_typed_tells_all_that_is_wrong():
    wrong = (
        Plage(0, time(12), time(9), "quai"),
        Plage(1, time(9), time(12), "ailleurs"),
        Plage(1, time(11), time(13), "", a_distance=False),
    )
    codes = [o.code for o in plage_obstacles(wrong, frozenset({"quai"}))]
    assert codes == ["horaires", "lieu", "ou", "chevauchement"]
    assert plage_obstacles(WEEK, frozenset({"quai"})) == []


@settings(max_examples=60, deadline=None)
@given(
    day=st.dates(date(2026, 3, 3), date(2027, 12, 31)),
    start=st.integers(0, 46),
    length=st.integers(1, 12),
    taken=st.lists(st.tuples(st.integers(0, 47), st.integers(1, 6)), max_size=4),
    zone=st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Miquelon", "Pacific/Auckland"]),
)
def test_whatever_the_day_a_moment_is_inside_its_window_and_meets_nothing(day, start, length, taken, zone):
    place = ZoneInfo(zone)
    debut = time(start // 2, start % 2 * 30)
    end = min(start + length, 47)
    if end <= start:
        return
    plage = Plage(day.weekday(), debut, time(end // 2, end % 2 * 30))
    one = emploi(plages=(plage,), fuseau=place, horizon=timedelta(days=3000), jours_feries=True)
    midnight = datetime.combine(day, time(), tzinfo=place).astimezone(UTC)
    occupe = tuple(
        Intervalle(midnight + timedelta(minutes=30 * a), midnight + timedelta(minutes=30 * (a + b)))
        for a, b in taken
    )
    found = creneaux(one, [day], Modalite.VISIO, occupe=occupe, pris={}, now=NOW)
    for c in found:
        assert c.fin - c.debut == timedelta(minutes=45)
        assert c.debut.astimezone(place).date() == day
        assert debut <= c.debut.astimezone(place).time()
        assert c.fin.astimezone(place).replace(tzinfo=None) <= datetime.combine(day, plage.fin)
        assert not any(Intervalle(c.debut, c.fin).meets(o) for o in occupe)


@pytest.mark.parametrize("modalite", list(Modalite))
def test_every_way_of_meeting_is_either_here_or_at_a_distance(modalite):
    found = fenetres(emploi(), date(2026, 3, 10))[0]
    assert found.serves(modalite)
