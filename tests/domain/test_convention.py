"""Ten days to sign, counted on local days; silence refuses (R. 6313-8)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.convention import Statut, periods, read_delai
from jalon.domain.jours import Territoire, local_day, zone
from jalon.law import NonCouvert

PARIS = zone("Europe/Paris")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def read(*transmissions, now="2027-06-01T12:00:00Z", fuseau="Europe/Paris", territoire="metropole", **acts):
    return read_delai(
        [at(one) for one in transmissions],
        fuseau=zone(fuseau),
        territoire=Territoire(territoire),
        now=at(now),
        **{name: at(value) for name, value in acts.items()},
    )


@pytest.mark.parametrize(
    ("transmission", "fuseau", "last", "end"),
    [
        ("2026-11-23T09:00:00+01:00", "Europe/Paris", "2026-12-03", "2026-12-03T23:00:00Z"),
        # Through the autumn change of hour, then through the spring one.
        ("2026-10-20T10:00:00+02:00", "Europe/Paris", "2026-10-30", "2026-10-30T23:00:00Z"),
        ("2027-03-20T10:00:00+01:00", "Europe/Paris", "2027-03-30", "2027-03-30T22:00:00Z"),
        # The same instant is another day, and another end, elsewhere.
        ("2026-11-23T23:30:00Z", "Europe/Paris", "2026-12-04", "2026-12-04T23:00:00Z"),
        ("2026-11-23T23:30:00Z", "America/Guadeloupe", "2026-12-03", "2026-12-04T04:00:00Z"),
        ("2026-11-23T20:30:00Z", "Indian/Reunion", "2026-12-04", "2026-12-04T20:00:00Z"),
        # A leap day counts as a day.
        ("2028-02-20T10:00:00+01:00", "Europe/Paris", "2028-03-01", "2028-03-01T23:00:00Z"),
    ],
)
def test_the_tenth_day_ends_at_midnight_there(transmission, fuseau, last, end):
    delai = read(transmission, fuseau=fuseau)
    assert delai.periode.dernier_jour == date.fromisoformat(last)
    assert delai.periode.fin == at(end)
    assert delai.periode.fin.tzinfo is UTC


@pytest.mark.parametrize(
    ("transmission", "territoire", "closed"),
    [
        ("2026-12-14T10:00:00+01:00", "metropole", False),  # Thursday 24 December
        ("2026-12-15T10:00:00+01:00", "metropole", True),  # Friday 25 December
        ("2026-11-25T10:00:00+01:00", "metropole", True),  # Saturday 5 December
        ("2026-11-26T10:00:00+01:00", "metropole", True),  # Sunday 6 December
        ("2025-12-16T10:00:00+01:00", "metropole", False),  # Friday 26 December 2025
        ("2025-12-16T10:00:00+01:00", "alsace_moselle", True),
    ],
)
def test_a_weekend_or_a_holiday_is_shown_and_never_extends(transmission, territoire, closed):
    delai = read(transmission, territoire=territoire)
    assert delai.dernier_jour_non_ouvre is closed
    assert delai.periode.dernier_jour == local_day(at(transmission), PARIS) + timedelta(days=10)


ONE = "2026-11-23T09:00:00+01:00"  # ends 2026-12-03T23:00:00Z


@pytest.mark.parametrize(
    ("now", "acts", "statut", "late"),
    [
        ("2026-11-24T00:00:00Z", {}, Statut.EN_COURS, False),
        ("2026-12-03T22:59:59Z", {}, Statut.EN_COURS, False),
        ("2026-12-03T23:00:00Z", {}, Statut.REFUSEE_SILENCE, False),
        ("2026-12-10T12:00:00Z", {"signee_le": ONE}, Statut.ACCEPTEE, False),
        ("2026-12-10T12:00:00Z", {"signee_le": "2026-12-03T22:59:59.999999Z"}, Statut.ACCEPTEE, False),
        ("2026-12-10T12:00:00Z", {"signee_le": "2026-12-03T23:00:00Z"}, Statut.REFUSEE_SILENCE, True),
        ("2026-12-10T12:00:00Z", {"refusee_le": "2026-12-01T08:00:00+01:00"}, Statut.REFUSEE, False),
        ("2026-12-10T12:00:00Z", {"refusee_le": "2026-12-05T08:00:00+01:00"}, Statut.REFUSEE_SILENCE, True),
        ("2026-11-25T12:00:00Z", {"signee_le": "2026-11-23T08:59:59+01:00"}, Statut.EN_COURS, True),
    ],
)
def test_the_status_follows_from_the_instants(now, acts, statut, late):
    delai = read(ONE, now=now, **acts)
    assert (delai.statut, delai.acte_hors_delai) == (statut, late)


def test_a_transmission_during_a_running_period_does_not_move_it():
    alone = read(ONE)
    again = read("2026-12-03T22:59:59Z", ONE, "2026-11-30T09:00:00+01:00")
    assert again.periode == alone.periode


def test_a_transmission_at_the_very_end_opens_a_new_period():
    delai = read(ONE, "2026-12-03T23:00:00Z", now="2026-12-04T09:00:00Z")
    # Midnight in Paris: the 4th is the day of transmission, the 14th the tenth day.
    assert delai.periode.dernier_jour == date(2026, 12, 14)
    assert delai.statut == Statut.EN_COURS


def test_an_act_between_two_periods_is_late_and_the_new_period_runs_on():
    new = "2026-12-08T09:00:00+01:00"
    between = read(ONE, new, now="2026-12-09T09:00:00Z", signee_le="2026-12-06T09:00:00+01:00")
    assert (between.statut, between.acte_hors_delai) == (Statut.EN_COURS, True)
    inside = read(ONE, new, now="2026-12-09T09:00:00Z", signee_le="2026-12-08T10:00:00+01:00")
    assert (inside.statut, inside.acte_hors_delai) == (Statut.ACCEPTEE, False)


def test_a_refusal_of_the_first_project_does_not_answer_the_second():
    delai = read(
        ONE, "2026-12-08T09:00:00+01:00", now="2026-12-09T09:00:00Z", refusee_le="2026-11-27T09:00:00+01:00"
    )
    assert (delai.statut, delai.acte_hors_delai) == (Statut.EN_COURS, False)


def test_three_projects_open_as_many_periods_as_silences():
    opened = periods(
        [
            at("2027-01-20T09:00:00+01:00"),
            at(ONE),
            at("2026-12-10T09:00:00+01:00"),
            at("2026-12-12T09:00:00+01:00"),
        ],
        fuseau=PARIS,
        territoire=Territoire.METROPOLE,
    )
    assert [one.dernier_jour.isoformat() for one in opened] == ["2026-12-03", "2026-12-20", "2027-01-30"]


def test_a_signature_in_the_repeated_hour_is_placed_by_its_offset():
    # 25 October 2026, 2 h 30 happens twice in Paris; the transmission is the second one.
    delai = read(
        "2026-10-25T02:30:00+01:00", now="2026-10-26T00:00:00Z", signee_le="2026-10-25T02:30:00+02:00"
    )
    assert (delai.statut, delai.acte_hors_delai) == (Statut.EN_COURS, True)


def test_what_cannot_be_is_an_error():
    assert read(ONE, signee_le=ONE).statut == Statut.ACCEPTEE
    with pytest.raises(ValueError, match="either"):
        read(ONE, signee_le=ONE, refusee_le=ONE)
    with pytest.raises(ValueError, match="no transmission"):
        read()
    with pytest.raises(NonCouvert):
        read("2018-12-31T22:59:59Z")


INSTANTS = st.datetimes(datetime(2019, 1, 2), datetime(2060, 1, 1), timezones=st.just(UTC))


@settings(deadline=None)
@given(
    st.lists(INSTANTS, min_size=1, max_size=6),
    st.sampled_from(["Europe/Paris", "Indian/Mayotte", "America/Cayenne", "America/Miquelon"]),
)
def test_periods_never_overlap_and_each_transmission_falls_in_one(transmissions, fuseau):
    place = zone(fuseau)
    opened = periods(transmissions, fuseau=place, territoire=Territoire.METROPOLE)
    assert all(first.fin <= second.transmise_le for first, second in pairwise(opened))
    assert all(sum(one.holds(instant) for one in opened) == 1 for instant in transmissions)
    for one in opened:
        assert (one.dernier_jour - local_day(one.transmise_le, place)).days == 10
        assert timedelta(days=9, hours=23) < one.fin - one.transmise_le <= timedelta(days=11, hours=1)
