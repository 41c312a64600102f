"""How long proofs are kept, when the yearly figures are due, when a person is answered."""

from datetime import date

import pytest

from jalon.domain.bpf import last_safe_day
from jalon.domain.droit_acces import answer_before
from jalon.domain.jours import Calendrier, Territoire
from jalon.domain.preuve import certificate_kept_until, invoice_kept_until
from jalon.law import NonCouvert, law_on


@pytest.mark.parametrize(
    ("paid", "until"),
    [("2026-01-01", "2029-12-31"), ("2026-12-31", "2029-12-31"), ("2020-06-01", "2023-12-31")],
)
def test_the_proofs_of_a_certificate_wait_three_years_after_the_year_of_the_last_payment(paid, until):
    day = date.fromisoformat(paid)
    assert certificate_kept_until(day, law_on(day)) == date.fromisoformat(until)


@pytest.mark.parametrize(
    ("closed", "until"),
    [("2026-12-31", "2036-12-31"), ("2027-06-30", "2037-06-30"), ("2024-02-29", "2034-02-28")],
)
def test_an_invoice_is_kept_ten_years_from_the_close_of_its_financial_year(closed, until):
    day = date.fromisoformat(closed)
    assert invoice_kept_until(day, law_on(day)) == date.fromisoformat(until)


def test_before_30_april_means_the_29th_at_the_latest():
    assert last_safe_day(2026, law_on(date(2027, 1, 1))) == date(2027, 4, 29)
    with pytest.raises(NonCouvert):
        last_safe_day(2020, law_on(date(2021, 1, 1)))


@pytest.mark.parametrize(
    ("received", "territoire", "latest"),
    [
        ("2026-11-22", "metropole", "2026-12-22"),
        ("2027-01-31", "metropole", "2027-03-01"),  # 28 February 2027 is a Sunday
        ("2026-10-11", "metropole", "2026-11-12"),  # 11 November
        ("2027-02-26", "metropole", "2027-03-26"),
        ("2027-02-26", "alsace_moselle", "2027-03-30"),  # Good Friday, then Easter Monday
        ("2028-01-30", "metropole", "2028-02-29"),
    ],
)
def test_a_person_is_answered_in_a_month_or_the_next_working_day(received, territoire, latest):
    day = date.fromisoformat(received)
    calendrier = Calendrier(Territoire(territoire), law_on(day))
    assert answer_before(day, calendrier) == date.fromisoformat(latest)
