"""Counting days: local calendar dates, public holidays of each territory, changes of hour."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.jours import (
    Calendrier,
    FuseauInconnu,
    Territoire,
    add_months,
    add_years,
    easter,
    end_of_day,
    local_day,
    zone,
)
from jalon.law import NonCouvert, law_on

LAW = law_on(date(2026, 11, 22))
METROPOLE = Calendrier(Territoire.METROPOLE, LAW)
DAYS = st.dates(date(2019, 1, 1), date(2099, 12, 31))
# In the `holidays` package these add a local custom, or follow another text than L. 3422-2.
CODES = {
    Territoire.METROPOLE: None,
    Territoire.ALSACE_MOSELLE: "6AE",
    Territoire.GUYANE: "973",
    Territoire.REUNION: "974",
    Territoire.MAYOTTE: "976",
    Territoire.SAINT_BARTHELEMY: "BL",
    Territoire.SAINT_PIERRE_ET_MIQUELON: "PM",
}


@pytest.mark.parametrize(
    "sunday",
    [
        "1818-03-22",
        "1943-04-25",
        "1961-04-02",
        "2000-04-23",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
    ],
)
def test_easter_falls_where_the_almanacs_say(sunday):
    assert easter(int(sunday[:4])) == date.fromisoformat(sunday)


@pytest.mark.parametrize(("territoire", "code"), CODES.items())
def test_holidays_agree_with_an_independent_calendar(territoire, code):
    years = range(2019, 2045)
    theirs = set(holidays.country_holidays("FR", subdiv=code, years=years))
    ours = Calendrier(territoire, LAW)
    day, found = date(2019, 1, 1), set()
    while day.year in years:
        if ours.is_holiday(day):
            found.add(day)
        day += timedelta(days=1)
    assert len(found) > 200
    assert found == theirs


@pytest.mark.parametrize(
    ("territoire", "day"),
    [
        ("mayotte", "2027-04-27"),
        ("martinique", "2026-05-22"),
        ("guadeloupe", "2026-05-27"),
        ("saint_martin", "2026-05-27"),
        ("guyane", "2026-06-10"),
        ("saint_barthelemy", "2026-10-09"),
        ("reunion", "2027-12-20"),
        ("alsace_moselle", "2027-03-26"),
        ("alsace_moselle", "2025-12-26"),
    ],
)
def test_each_territory_keeps_its_own_day_and_the_others_work_on_it(territoire, day):
    there, elsewhere = Calendrier(Territoire(territoire), LAW), METROPOLE
    assert not there.is_ouvre(date.fromisoformat(day))
    assert elsewhere.is_ouvre(date.fromisoformat(day))


def test_a_saturday_and_a_sunday_are_no_working_days():
    assert METROPOLE.is_ouvre(date(2026, 11, 20))
    assert not METROPOLE.is_ouvre(date(2026, 11, 21))
    assert not METROPOLE.is_ouvre(date(2026, 11, 22))
    assert not METROPOLE.is_holiday(date(2026, 11, 22))


def test_working_days_are_counted_after_the_day_itself():
    # Wednesday 24 December 2025: the 25th is a holiday, then 26, (27, 28), 29, 30, 31.
    assert METROPOLE.nth_ouvre_after(date(2025, 12, 24), 1) == date(2025, 12, 26)
    assert METROPOLE.nth_ouvre_after(date(2025, 12, 24), 3) == date(2025, 12, 30)
    assert METROPOLE.nth_ouvre_after(date(2025, 12, 27), 1) == date(2025, 12, 29)


def test_a_last_day_is_carried_over_only_when_it_is_not_a_working_day():
    # 1 January 2027 is a Friday: the next working day is Monday the 4th.
    assert METROPOLE.postponed(date(2027, 1, 1)) == date(2027, 1, 4)
    assert METROPOLE.postponed(date(2027, 1, 4)) == date(2027, 1, 4)


def test_holidays_before_the_first_text_are_not_invented():
    with pytest.raises(NonCouvert):
        Calendrier(Territoire.METROPOLE, law_on(date(2008, 4, 30))).is_holiday(date(2008, 5, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-05-31", 0, "2026-05-31"),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last_of_a_short_month(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_29_february_becomes_28_february_in_a_common_year():
    assert add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "fuseau", "end"),
    [
        ("2026-12-03", "Europe/Paris", "2026-12-03T23:00:00+00:00"),
        ("2026-07-14", "Europe/Paris", "2026-07-14T22:00:00+00:00"),
        # The night of the change: 25 October 2026 has 25 hours, 28 March 2027 has 23.
        ("2026-10-24", "Europe/Paris", "2026-10-24T22:00:00+00:00"),
        ("2026-10-25", "Europe/Paris", "2026-10-25T23:00:00+00:00"),
        ("2027-03-27", "Europe/Paris", "2027-03-27T23:00:00+00:00"),
        ("2027-03-28", "Europe/Paris", "2027-03-28T22:00:00+00:00"),
        ("2026-12-03", "Indian/Reunion", "2026-12-03T20:00:00+00:00"),
        ("2026-12-03", "America/Guadeloupe", "2026-12-04T04:00:00+00:00"),
        # Changes with the metropole's neighbours, not with the metropole: 8 March 2026.
        ("2026-03-07", "America/Miquelon", "2026-03-08T03:00:00+00:00"),
        ("2026-03-08", "America/Miquelon", "2026-03-09T02:00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_there(day, fuseau, end):
    assert end_of_day(date.fromisoformat(day), zone(fuseau)) == datetime.fromisoformat(end)


def test_an_instant_falls_on_the_day_of_the_place():
    instant = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert local_day(instant, zone("Europe/Paris")) == date(2026, 11, 24)
    assert local_day(instant, zone("America/Guadeloupe")) == date(2026, 11, 23)
    with pytest.raises(ValueError, match="offset"):
        local_day(datetime(2026, 11, 23, 23, 30), zone("Europe/Paris"))


@pytest.mark.parametrize(
    "wrong", ["Europe/Paname", "", "localtime", "/etc/localtime", "../zone", "Europe", "Factory"]
)
def test_a_time_zone_that_iana_does_not_list_is_refused(wrong):
    assert zone("Europe/Paris").key == "Europe/Paris"
    with pytest.raises(FuseauInconnu):
        zone(wrong)


@settings(deadline=None)
@given(DAYS, st.sampled_from(list(Territoire)), st.integers(1, 15))
def test_the_nth_working_day_leaves_exactly_n_working_days_behind(day, territoire, rank):
    calendrier = Calendrier(territoire, LAW)
    last = calendrier.nth_ouvre_after(day, rank)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(calendrier.is_ouvre(one) for one in between) == rank
    assert calendrier.is_ouvre(last)


@settings(deadline=None)
@given(DAYS, st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Miquelon", "America/Martinique"]))
def test_the_end_of_a_day_is_the_first_instant_of_the_next(day, fuseau):
    place = zone(fuseau)
    end = end_of_day(day, place)
    assert local_day(end, place) == day + timedelta(days=1)
    assert local_day(end - timedelta(microseconds=1), place) == day


@settings(deadline=None)
@given(DAYS, st.integers(0, 400))
def test_added_months_land_in_the_asked_month_and_never_later_in_it(day, months):
    found = add_months(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day <= day.day
    assert found.day == day.day or (found + timedelta(days=1)).day == 1
