"""What may live after the term, and until which day (R. 6313-7)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.conservation import Accord, plan_conservation
from jalon.domain.jours import add_years
from jalon.law import NonCouvert, law_on


def day(text: str) -> date:
    return date.fromisoformat(text)


def plan(terme, demande=None, **accord):
    agreement = None
    if accord:
        signe_le = day(accord.pop("signe_le", terme))
        retire_le = accord.pop("retire_le", None)
        agreement = Accord(
            signe_le, retire_le=retire_le and day(retire_le), **{"fonde_sur_suivi": True, **accord}
        )
    return plan_conservation(
        day(terme), law_on(day(terme)), accord=agreement, demande_cep_le=demande and day(demande)
    )


def codes(found):
    return [obstacle.code for obstacle in found.refus]


def test_without_agreement_nor_request_nothing_outlives_the_term():
    found = plan("2026-06-30")
    assert found.destruction_travail_le == day("2026-06-30")
    assert (found.synthese_jusqu_au, found.documents_accord_jusqu_au, found.refus) == (None, None, ())


@pytest.mark.parametrize(
    ("terme", "until"),
    [
        ("2019-01-01", "2020-01-01"),
        ("2023-12-30", "2024-12-30"),
        ("2023-12-31", "2026-12-31"),
        ("2024-02-29", "2027-02-28"),
        ("2025-02-28", "2028-02-28"),
        ("2026-06-30", "2029-06-30"),
    ],
)
def test_the_law_of_the_term_s_day_says_how_long(terme, until):
    found = plan(terme, terme, fonde_sur_suivi=True)
    assert found.synthese_jusqu_au == found.documents_accord_jusqu_au == day(until)
    assert found.destruction_travail_le == day(terme)


@pytest.mark.parametrize(
    ("terme", "months", "until"),
    [
        ("2026-06-30", 12, "2027-06-30"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-06-30", 36, "2029-06-30"),
        ("2023-12-30", 12, "2024-12-30"),
    ],
)
def test_an_agreement_may_be_shorter_than_the_law(terme, months, until):
    found = plan(terme, duree_mois=months)
    assert found.documents_accord_jusqu_au == day(until)
    assert codes(found) == []


@pytest.mark.parametrize(
    ("terme", "accord", "refused"),
    [
        ("2026-06-30", {"signe_le": "2026-07-01"}, ["accord_apres_terme"]),
        ("2026-06-30", {"fonde_sur_suivi": False}, ["accord_sans_suivi"]),
        ("2026-06-30", {"duree_mois": 37}, ["duree_excessive"]),
        ("2023-12-30", {"duree_mois": 13}, ["duree_excessive"]),
        (
            "2026-06-30",
            {"signe_le": "2026-07-01", "fonde_sur_suivi": False, "duree_mois": 60},
            ["accord_apres_terme", "accord_sans_suivi", "duree_excessive"],
        ),
    ],
)
def test_a_refused_agreement_keeps_nothing_and_says_every_reason(terme, accord, refused):
    good = plan(terme, signe_le=terme)
    assert good.documents_accord_jusqu_au is not None
    found = plan(terme, **accord)
    assert codes(found) == refused
    assert found.documents_accord_jusqu_au is None
    assert all(o.source and o.sentence and o.refuses for o in found.refus)


def test_the_synthese_stays_only_on_a_request_made_before_the_term_ends():
    assert plan("2026-06-30", "2026-06-30").synthese_jusqu_au == day("2029-06-30")
    late = plan("2026-06-30", "2026-07-01", fonde_sur_suivi=True)
    assert late.synthese_jusqu_au is None
    assert codes(late) == ["demande_apres_terme"]
    assert late.documents_accord_jusqu_au == day("2029-06-30")


def test_a_withdrawn_agreement_ends_that_day_and_never_lasts_longer_for_it():
    assert plan("2026-06-30", retire_le="2027-01-15").documents_accord_jusqu_au == day("2027-01-15")
    assert plan("2026-06-30", retire_le="2031-01-15").documents_accord_jusqu_au == day("2029-06-30")
    assert plan("2026-06-30", "2026-06-01", retire_le="2027-01-15").synthese_jusqu_au == day("2029-06-30")


def test_before_2019_nothing_is_said():
    with pytest.raises(NonCouvert):
        plan("2018-12-31")


@settings(deadline=None)
@given(st.dates(date(2019, 1, 1), date(2080, 1, 1)), st.integers(1, 60))
def test_nothing_is_ever_kept_longer_than_the_law_allows(terme, months):
    law = law_on(terme)
    found = plan_conservation(terme, law, accord=Accord(terme, True, months), demande_cep_le=terme)
    years = 1 if terme < date(2023, 12, 31) else 3
    assert (months > 12 * years) == (found.documents_accord_jusqu_au is None)
    for end in (found.synthese_jusqu_au, found.documents_accord_jusqu_au):
        assert end is None or terme < end <= add_years(terme, years)
