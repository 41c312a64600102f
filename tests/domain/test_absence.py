"""The request for absence and the employer's answer (D. 6323-4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.absence import preavis, reponse
from jalon.domain.jours import add_months
from jalon.law import NonCouvert, law_on

LAW = law_on(date(2026, 11, 22))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("debut", "fin", "jours", "latest"),
    [
        ("2027-03-01", "2027-05-31", 60, "2026-12-31"),
        ("2027-03-01", "2027-08-30", 60, "2026-12-31"),
        ("2027-03-01", "2027-08-31", 120, "2026-11-01"),
        # 31 August + 6 months is the last of February: the 27th makes six months.
        ("2026-08-31", "2027-02-26", 60, "2026-07-02"),
        ("2026-08-31", "2027-02-27", 120, "2026-05-03"),
        # Leap years, in the span and before the start.
        ("2027-08-31", "2028-02-27", 60, "2027-07-02"),
        ("2027-08-31", "2028-02-28", 120, "2027-05-03"),
        ("2028-03-01", "2028-04-01", 60, "2028-01-01"),
        ("2027-03-01", "2027-03-01", 60, "2026-12-31"),
    ],
)
def test_the_notice_doubles_when_the_action_lasts_six_months(debut, fin, jours, latest):
    found = preavis(day(debut), day(fin), LAW)
    assert (found.jours.value, found.demande_au_plus_tard) == (jours, day(latest))
    assert found.respected_by(day(latest))
    assert not found.respected_by(day(latest) + timedelta(days=1))


@pytest.mark.parametrize(
    ("recue", "repondue", "last", "silence"),
    [
        ("2026-12-02", None, "2027-01-01", "2027-01-02"),
        ("2026-12-02", "2027-01-01", "2027-01-01", None),
        ("2026-12-02", "2027-01-02", "2027-01-01", "2027-01-02"),
        ("2028-01-30", None, "2028-02-29", "2028-03-01"),
    ],
)
def test_thirty_days_without_an_answer_are_an_acceptance(recue, repondue, last, silence):
    found = reponse(day(recue), repondue and day(repondue), LAW)
    assert found.au_plus_tard == day(last)
    assert found.acceptee_par_silence_a_partir_du == (silence and day(silence))


def test_before_2019_nothing_is_said():
    with pytest.raises(NonCouvert):
        preavis(day("2018-12-31"), day("2019-02-01"), law_on(day("2018-12-31")))


@settings(deadline=None)
@given(st.dates(date(2019, 1, 1), date(2080, 1, 1)), st.integers(0, 400))
def test_a_longer_action_never_asks_for_a_shorter_notice(debut, length):
    short = preavis(debut, debut + timedelta(days=length), LAW)
    longer = preavis(debut, debut + timedelta(days=length + 1), LAW)
    assert longer.demande_au_plus_tard <= short.demande_au_plus_tard
    assert preavis(debut, add_months(debut, 6), LAW).jours.value == 120
