"""The withdrawal of a person who pays herself (L. 6353-5, C. conso. L. 221-18 to L. 221-21)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.jours import Calendrier, Territoire
from jalon.domain.retractation import Lieu, withdrawal
from jalon.law import NonCouvert, law_on


def day(text: str) -> date:
    return date.fromisoformat(text)


def read(conclu_le, lieu, territoire="metropole", informed=True, informed_on=None):
    calendrier = Calendrier(Territoire(territoire), law_on(day(conclu_le)))
    return withdrawal(
        day(conclu_le),
        Lieu(lieu),
        calendrier,
        information_donnee=informed,
        information_donnee_le=informed_on and day(informed_on),
    )


@pytest.mark.parametrize(
    ("conclu_le", "lieu", "last"),
    [
        ("2026-11-23", "etablissement", "2026-12-03"),
        # Ten days are not carried over: Saturday 26 December, then Friday 25.
        ("2026-12-16", "etablissement", "2026-12-26"),
        ("2026-12-15", "etablissement", "2026-12-25"),
        ("2026-11-23", "distance", "2026-12-07"),
        ("2026-11-23", "hors_etablissement", "2026-12-07"),
        # Fourteen are: Friday 1 January, Saturday, Sunday, then Monday the 4th.
        ("2026-12-18", "distance", "2027-01-04"),
        ("2026-11-21", "hors_etablissement", "2026-12-07"),
        # Easter Monday, 29 March 2027.
        ("2027-03-13", "distance", "2027-03-30"),
    ],
)
def test_the_longest_protection_applies_and_no_money_before_it_ends(conclu_le, lieu, last):
    found = read(conclu_le, lieu)
    assert found.dernier_jour == day(last)
    assert found.premier_paiement_le == day(last) + timedelta(days=1)


def test_good_friday_carries_over_in_alsace_only():
    assert read("2027-03-12", "distance").dernier_jour == day("2027-03-26")
    assert read("2027-03-12", "distance", "alsace_moselle").dernier_jour == day("2027-03-30")


@pytest.mark.parametrize(
    ("informed", "informed_on", "last"),
    [
        (True, None, "2026-11-30"),
        (False, None, "2027-11-30"),
        (False, "2027-02-10", "2027-02-24"),
        (True, "2027-02-10", "2027-02-24"),
        # Given in time after all, then on the third day.
        (False, "2026-11-16", "2026-11-30"),
        (False, "2026-11-10", "2026-11-30"),
        (False, "2026-11-19", "2026-12-03"),
        # 28 days later the fourteenth day is a Sunday.
        (False, "2026-11-29", "2026-12-14"),
        # On the last day of the longer period, and the day after it: too late to shorten anything.
        (False, "2027-11-30", "2027-12-14"),
        (False, "2027-12-01", "2027-11-30"),
    ],
)
def test_without_the_information_the_period_is_a_year_longer_and_late_information_cuts_it(
    informed, informed_on, last
):
    for lieu in ("distance", "hors_etablissement"):
        assert read("2026-11-16", lieu, informed=informed, informed_on=informed_on).dernier_jour == day(last)
    # In the establishment the consumer's period does not apply at all.
    there = read("2026-11-16", "etablissement", informed=informed, informed_on=informed_on)
    assert there.dernier_jour == day("2026-11-26")


@pytest.mark.parametrize(
    ("conclu_le", "lieu", "required"),
    [
        ("2026-06-18", "distance", False),
        ("2026-06-19", "distance", True),
        ("2026-06-19", "hors_etablissement", False),
        ("2026-06-19", "etablissement", False),
    ],
)
def test_the_online_function_is_required_at_a_distance_since_its_first_day(conclu_le, lieu, required):
    assert read(conclu_le, lieu).fonction_en_ligne_requise is required


def test_what_the_law_does_not_cover_yet_is_an_error():
    assert read("2014-06-14", "distance").dernier_jour == day("2014-06-30")
    with pytest.raises(NonCouvert):
        read("2014-06-13", "distance")
    assert read("2008-05-01", "etablissement").dernier_jour == day("2008-05-11")
    with pytest.raises(NonCouvert):
        read("2008-04-30", "etablissement")


@settings(deadline=None)
@given(st.dates(date(2019, 1, 1), date(2080, 1, 1)), st.integers(-30, 800))
def test_late_information_never_shortens_the_usual_period_nor_makes_it_endless(conclu_le, late):
    calendrier = Calendrier(Territoire.METROPOLE, law_on(conclu_le))
    usual = withdrawal(conclu_le, Lieu.DISTANCE, calendrier).dernier_jour
    never = withdrawal(conclu_le, Lieu.DISTANCE, calendrier, information_donnee=False).dernier_jour
    found = withdrawal(
        conclu_le, Lieu.DISTANCE, calendrier, information_donnee_le=conclu_le + timedelta(days=late)
    ).dernier_jour
    assert usual <= found <= never + timedelta(days=20)
    assert calendrier.is_ouvre(found)
    assert (usual - conclu_le).days >= 14
    assert never - usual >= timedelta(days=365)
