"""First payment and pro rata (L. 6353-6, L. 6353-7, C. conso. L. 221-25)."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.contrat_individuel import Cause, due_pro_rata, largest_first_payment
from jalon.law import law_on

LAW = law_on(date(2026, 11, 22))
PRICES = st.integers(0, 10**12).map(lambda cents: D(cents) / 100)


@pytest.mark.parametrize(
    ("prix", "most"),
    [
        ("1600.00", "480.00"),
        ("1800.01", "540.00"),
        ("1800.03", "540.00"),
        ("1800.04", "540.01"),
        ("0.03", "0.00"),
        ("0.04", "0.01"),
        ("0.00", "0.00"),
        ("999999999999999.99", "299999999999999.99"),
    ],
)
def test_the_first_payment_is_at_most_thirty_per_cent_rounded_down(prix, most):
    assert str(largest_first_payment(D(prix), LAW)) == most


def due(prix, planned, done, cause="force_majeure", asked=True):
    found = due_pro_rata(
        D(prix), minutes_prevues=planned, minutes_faites=done, cause=Cause(cause), demande_expresse=asked
    )
    return str(found)


@pytest.mark.parametrize(
    ("prix", "planned", "done", "expected"),
    [
        ("1600.00", 1440, 360, "400.00"),
        ("1000.00", 1440, 1, "0.69"),  # 0.694…
        ("10.05", 2, 1, "5.03"),  # 5.025, half up
        ("0.01", 2, 1, "0.01"),  # 0.005, half up
        ("100.00", 3, 1, "33.33"),
        ("100.00", 3, 2, "66.67"),
        ("1600.00", 1440, 0, "0.00"),
        ("1600.00", 1440, 1440, "1600.00"),
        ("1600.00", 1440, 2000, "1600.00"),
    ],
)
def test_what_was_provided_is_due_in_proportion_to_the_nearest_cent(prix, planned, done, expected):
    assert due(prix, planned, done) == expected
    assert due(prix, planned, done, "retractation") == expected


def test_a_withdrawal_without_express_request_owes_nothing_and_force_majeure_asks_for_none():
    assert due("1600.00", 1440, 360, "retractation", asked=True) == "400.00"
    assert due("1600.00", 1440, 360, "retractation", asked=False) == "0.00"
    assert due("1600.00", 1440, 360, "force_majeure", asked=False) == "400.00"


def test_a_proportion_of_nothing_is_an_error():
    for planned, done in ((0, 0), (-1, 0), (60, -1)):
        with pytest.raises(ValueError, match="minutes"):
            due("100.00", planned, done)


@settings(deadline=None)
@given(PRICES)
def test_the_first_payment_is_the_last_cent_under_the_limit(prix):
    most = largest_first_payment(prix, LAW)
    assert most <= prix * D("0.3") < most + D("0.01")


@settings(deadline=None)
@given(PRICES, st.integers(1, 5000), st.integers(0, 6000))
def test_what_is_due_is_within_half_a_cent_and_never_above_the_price(prix, planned, done):
    found = D(due(prix, planned, done))
    assert 0 <= found <= prix
    if done <= planned:
        # In whole numbers: |found × planned − prix × done| ≤ half a cent × planned.
        assert abs(int(found * 100) * planned - int(prix * 100) * done) * 2 <= planned
