"""The CPF: participation, order of the funds, gap, entry (droit.md 7.1)."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.cpf import (
    Anterieur,
    Exemption,
    Financeur,
    Payeur,
    Ressources,
    Situation,
    carence,
    declare_before,
    first_start,
    participation,
    realisation_rate,
    share_price,
)
from jalon.domain.jours import Calendrier, Territoire
from jalon.law import NonCouvert, law_on

MAY = law_on(date(2026, 5, 4))


def day(text: str) -> date:
    return date.fromisoformat(text)


def calendar(on: str, territoire: str = "metropole") -> Calendrier:
    return Calendrier(Territoire(territoire), law_on(day(on)))


@pytest.mark.parametrize(
    ("le", "montant"),
    [
        ("2018-06-01", "0.00"),
        ("2024-05-01", "0.00"),
        ("2024-05-02", "100.00"),
        ("2025-12-31", "102.23"),
        ("2026-01-01", "103.20"),
        ("2026-04-01", "103.20"),
        ("2026-04-02", "150.00"),
    ],
)
def test_the_participation_is_that_of_the_day_of_the_request(le, montant):
    found = participation(Situation(), law_on(day(le)))
    assert (found.montant, found.due_par_titulaire, found.exemption) == (D(montant), D(montant), None)


@pytest.mark.parametrize(
    ("situation", "exemption"),
    [
        (Situation(demandeur_emploi=True), Exemption.DEMANDEUR_EMPLOI),
        (Situation(abondement_employeur=D("0.01")), Exemption.ABONDEMENT_EMPLOYEUR),
        (Situation(points_c2p=True), Exemption.POINTS_C2P),
        (Situation(abondement_atmp=True), Exemption.ABONDEMENT_ATMP),
        (Situation(abondement_employeur=D("0.00")), None),
    ],
)
def test_four_situations_owe_nothing(situation, exemption):
    found = participation(situation, MAY)
    assert found.exemption == exemption
    assert found.montant == found.due_par_titulaire == (D("0.00") if exemption else D("150.00"))


@pytest.mark.parametrize("payeur", list(Payeur))
def test_somebody_else_may_take_the_participation(payeur):
    found = participation(Situation(), MAY, pris_en_charge_par=payeur)
    assert (found.montant, found.due_par_titulaire) == (D("150.00"), D("0.00"))


def shared(prix, droits, dotation="0.00", abondement="0.00", law=MAY, **situation):
    found = share_price(
        D(prix), Ressources(D(droits), D(dotation), D(abondement)), Situation(**situation), law
    )
    return [
        str(amount)
        for amount in (
            found.participation,
            found.dotation,
            found.droits,
            found.abondement,
            found.reste,
            found.a_payer,
        )
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # The example of the press: 1 650 € = 1 500 € of CPF + 150 €.
        (("1650.00", "1500.00"), ["150.00", "0.00", "1500.00", "0.00", "0.00", "150.00"]),
        # The ceiling takes hold: 2 000 − 150 = 1 850, of which 1 600 of rights.
        (("2000.00", "5000.00"), ["150.00", "0.00", "1600.00", "0.00", "250.00", "400.00"]),
        (
            ("2000.00", "5000.00", "0.00", "100.00"),
            ["150.00", "0.00", "1600.00", "100.00", "150.00", "300.00"],
        ),
        # Endowments come before the rights, and are under no ceiling.
        (("2000.00", "5000.00", "1700.00"), ["150.00", "1700.00", "150.00", "0.00", "0.00", "150.00"]),
        # Additions are called only for what is missing.
        (("1800.00", "5000.00", "0.00", "900.00"), ["150.00", "0.00", "1600.00", "50.00", "0.00", "150.00"]),
        # A participation is never above the price.
        (("120.00", "5000.00"), ["120.00", "0.00", "0.00", "0.00", "0.00", "120.00"]),
        (("0.00", "0.00"), ["0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]),
    ],
)
def test_funds_are_called_in_the_order_of_the_code(asked, expected):
    assert shared(*asked) == expected


def test_the_employer_s_addition_frees_from_the_participation_and_joins_the_others():
    assert shared("2000.00", "1000.00", "0.00", "200.00", abondement_employeur=D("300.00")) == [
        "0.00",
        "0.00",
        "1000.00",
        "500.00",
        "500.00",
        "500.00",
    ]


def test_before_26_february_2026_the_rights_have_no_ceiling():
    before, after = law_on(date(2026, 2, 25)), law_on(date(2026, 2, 26))
    assert shared("2103.20", "5000.00", law=before) == ["103.20", "0.00", "2000.00", "0.00", "0.00", "103.20"]
    assert shared("2103.20", "5000.00", law=after) == [
        "103.20",
        "0.00",
        "1600.00",
        "0.00",
        "400.00",
        "503.20",
    ]


MONEY = st.integers(0, 600_000).map(lambda cents: D(cents) / 100)


@settings(deadline=None)
@given(MONEY, MONEY, MONEY, MONEY, MONEY, st.dates(date(2019, 1, 1), date(2027, 12, 31)))
def test_the_shares_make_the_price_and_none_is_negative(prix, droits, dotation, abondement, employeur, le):
    law = law_on(le)
    found = share_price(
        prix, Ressources(droits, dotation, abondement), Situation(abondement_employeur=employeur), law
    )
    parts = [found.participation, found.dotation, found.droits, found.abondement, found.reste]
    assert sum(parts) == prix
    assert min(parts) >= 0
    assert found.a_payer == found.participation + found.reste
    assert found.dotation <= dotation
    assert found.droits <= min(droits, law.cpf.plafond_bilan_eur.value or droits)
    assert found.abondement <= abondement + employeur


def gap(demandee_le, finance_le, financeur="cpf", financement="cpf"):
    found = carence(
        day(demandee_le),
        Financeur(financement),
        Anterieur(day(finance_le), Financeur(financeur)),
        law_on(day(demandee_le)),
    )
    return found.eligible, found.eligible_a_partir_du and found.eligible_a_partir_du.isoformat()


@pytest.mark.parametrize(
    ("demandee_le", "finance_le", "expected"),
    [
        ("2026-11-21", "2021-11-22", (False, "2026-11-23")),
        ("2026-11-22", "2021-11-22", (None, "2026-11-23")),
        ("2026-11-23", "2021-11-22", (True, "2026-11-23")),
        ("2029-02-27", "2024-02-29", (False, "2029-03-01")),
        ("2029-02-28", "2024-02-29", (None, "2029-03-01")),
        ("2029-03-01", "2024-02-29", (True, "2029-03-01")),
        ("2026-02-25", "2026-01-01", (True, None)),
        ("2026-02-26", "2026-01-01", (False, "2031-01-02")),
    ],
)
def test_five_years_must_have_passed_and_the_very_anniversary_is_unknown(demandee_le, finance_le, expected):
    assert gap(demandee_le, finance_le) == expected


@pytest.mark.parametrize(
    "financeur", ["cpf", "opco", "faf", "france_travail", "region", "etat", "agefiph", "transitions_pro"]
)
def test_a_bilan_paid_by_these_counts(financeur):
    assert gap("2026-11-22", "2025-01-01", financeur)[0] is False


@pytest.mark.parametrize("financeur", ["employeur", "personne"])
def test_a_bilan_paid_by_the_employer_alone_or_by_the_person_does_not_count(financeur):
    assert gap("2026-11-22", "2025-01-01", financeur) == (True, None)


def test_the_gap_concerns_the_cpf_only():
    assert gap("2026-11-22", "2025-01-01", financement="cpf")[0] is False
    for financement in set(Financeur) - {Financeur.CPF}:
        assert gap("2026-11-22", "2025-01-01", financement=financement) == (True, None)


def test_no_earlier_bilan_is_no_gap_and_not_knowing_is_to_be_checked():
    assert carence(day("2026-11-22"), Financeur.CPF, None, MAY).eligible is True
    assert carence(day("2026-11-22"), Financeur.CPF, "inconnu", MAY).eligible is None


@pytest.mark.parametrize(
    ("proposition", "territoire", "eleventh", "first"),
    [
        # Monday 21 December 2026: 22 23 24 | 28 29 30 31 | 4 5 6 7 January; the 25th and the 1st are holidays.
        ("2026-12-21", "metropole", "2027-01-07", "2027-01-08"),
        ("2026-12-24", "metropole", "2027-01-12", "2027-01-13"),
        # Monday 15 March 2027, Easter Monday on the 29th; in Alsace Good Friday, the 26th, too.
        ("2027-03-15", "metropole", "2027-03-31", "2027-04-01"),
        ("2027-03-15", "alsace_moselle", "2027-04-01", "2027-04-02"),
        # A Saturday: counting starts on Monday. Thursday 22 May 2025 is Martinique's own day.
        ("2025-05-10", "metropole", "2025-05-26", "2025-05-27"),
        ("2025-05-10", "martinique", "2025-05-27", "2025-05-28"),
        # The eleventh is a Friday: the first start is the Monday after.
        ("2026-11-19", "metropole", "2026-12-04", "2026-12-07"),
    ],
)
def test_eleven_working_days_stand_before_a_start(proposition, territoire, eleventh, first):
    found = first_start(day(proposition), calendar(proposition, territoire))
    assert (found.onzieme_jour_ouvre, found.premier_debut) == (day(eleventh), day(first))


def test_before_10_june_2021_no_delay_stood_before_a_start():
    with pytest.raises(NonCouvert):
        first_start(day("2021-06-09"), calendar("2021-06-09"))


@pytest.mark.parametrize(
    ("event", "territoire", "latest"),
    [
        ("2027-05-07", "metropole", "2027-05-12"),
        ("2026-05-12", "metropole", "2026-05-18"),  # Ascension Thursday, the 14th
        ("2026-11-21", "metropole", "2026-11-25"),
        ("2026-12-18", "reunion", "2026-12-23"),  # 20 December 2026 is a Sunday
        ("2027-12-17", "reunion", "2027-12-23"),
        ("2027-12-17", "metropole", "2027-12-22"),
    ],
)
def test_entries_and_exits_are_declared_in_three_working_days(event, territoire, latest):
    assert declare_before(day(event), calendar(event, territoire)) == day(latest)


def test_the_rate_of_realisation_is_never_rounded_up_nor_above_the_order():
    assert realisation_rate(16 * 60, 16 * 60) == 100
    assert realisation_rate(16 * 60 - 1, 16 * 60) == 99
    assert realisation_rate(20 * 60, 16 * 60) == 100
    assert realisation_rate(0, 0) == 0
