"""What each fund pays, for each route, on each side of every change of the law; every figure says where it is written."""

from datetime import date
from decimal import Decimal

import pytest

from jalon.domain.cpf import Exemption, Financeur, Payeur
from jalon.domain.engagement import Poste
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.repartition import Apports, Prise, share
from jalon.law import law_on

F, P = Financement, Poste
SPRING = date(2026, 5, 4)


def money(text):
    return Decimal(text)


def sheet(voie, prix, *, le=SPRING, **apports):
    return share(voie, money(prix), Apports(**apports), law_on(le))


def lines(found):
    return [(one.part.poste, one.part.payeur, str(one.part.montant)) for one in found.chiffres]


@pytest.mark.parametrize(
    ("le", "participation", "droits", "reste"),
    [
        (date(2024, 5, 1), "0.00", "1800.00", None),
        (date(2024, 5, 2), "100.00", "1700.00", None),
        (date(2026, 2, 25), "103.20", "1696.80", None),
        (date(2026, 2, 26), "103.20", "1600", "96.80"),
        (date(2026, 4, 2), "150.00", "1600", "50.00"),
    ],
)
def test_the_cpf_figures_are_those_of_the_day_of_the_request(le, participation, droits, reste):
    found = sheet(F.CPF_HORS_TEMPS, "1800.00", le=le, droits=money("2500"))
    by = {one.part.poste: one.part.montant for one in found.chiffres}
    assert by[P.PARTICIPATION] == money(participation)
    assert by[P.DROITS] == money(droits)
    assert by.get(P.RESTE) == (money(reste) if reste else None)
    assert sum(by.values()) == money("1800.00")


def test_the_funds_are_used_in_their_order_and_each_line_says_where_it_is_written():
    found = sheet(
        F.CPF_HORS_TEMPS,
        "1900.00",
        droits=money("1200"),
        dotation=money("300"),
        prises=(Prise(Financeur.REGION, money("200")),),
    )
    assert lines(found) == [
        (P.PARTICIPATION, Financeur.PERSONNE, "150.00"),
        (P.DOTATION, Financeur.CPF, "300"),
        (P.DROITS, Financeur.CPF, "1200"),
        (P.ABONDEMENT, Financeur.REGION, "200"),
        (P.RESTE, Financeur.PERSONNE, "50.00"),
    ]
    assert all(one.source and one.pourquoi for one in found.chiffres)
    assert found.a_charge == money("200.00")


def test_rights_that_nobody_has_read_are_taken_to_be_enough_and_it_is_said():
    found = sheet(F.CPF_HORS_TEMPS, "1500.00")
    assert "suppose suffisants" in found.chiffres[1].pourquoi
    assert found.a_charge == money("150.00")


@pytest.mark.parametrize(
    "exemption", [Exemption.DEMANDEUR_EMPLOI, Exemption.POINTS_C2P, Exemption.ABONDEMENT_ATMP]
)
def test_who_is_exempt_owes_no_participation(exemption):
    found = sheet(F.CPF_HORS_TEMPS, "1500.00", exemption=exemption)
    assert found.a_charge == 0
    assert "L. 6323-7" in found.chiffres[0].source


def test_an_addition_of_the_employer_exempts_and_is_counted_once():
    found = sheet(
        F.CPF_SUR_TEMPS,
        "1900.00",
        droits=money("1600"),
        prises=(Prise(Financeur.EMPLOYEUR, money("300")),),
        employeur_nom="Atelier du Quai",
    )
    assert lines(found) == [
        (P.PARTICIPATION, Financeur.PERSONNE, "0.00"),
        (P.DROITS, Financeur.CPF, "1600"),
        (P.ABONDEMENT, Financeur.EMPLOYEUR, "300"),
    ]


def test_somebody_else_may_take_the_participation():
    found = sheet(F.CPF_SUR_TEMPS, "1500.00", participation_payeur=Payeur.EMPLOYEUR, employeur_nom="X")
    assert found.chiffres[0].part.payeur == Financeur.EMPLOYEUR
    assert found.a_charge == 0


@pytest.mark.parametrize(
    ("voie", "prises", "employeur", "payeur"),
    [
        (F.PLAN, (), "X", Financeur.EMPLOYEUR),
        (F.RECLASSEMENT, (), "X", Financeur.EMPLOYEUR),
        (F.AGENT_PUBLIC, (), "Ville d’exemple", Financeur.EMPLOYEUR),
        (F.OPCO, (Prise(Financeur.OPCO, money("1000")),), "X", Financeur.EMPLOYEUR),
        (F.OPCO, (Prise(Financeur.FAF, money("1000")),), "", Financeur.PERSONNE),
        (F.FRANCE_TRAVAIL, (Prise(Financeur.FRANCE_TRAVAIL, money("1000")),), "", Financeur.PERSONNE),
        (F.AGEFIPH, (Prise(Financeur.AGEFIPH, money("1000")),), "", Financeur.PERSONNE),
        (F.PERSONNEL, (), "", Financeur.PERSONNE),
    ],
)
def test_each_route_says_who_pays_what_no_other_fund_takes(voie, prises, employeur, payeur):
    found = sheet(voie, "1600.00", prises=prises, employeur_nom=employeur)
    assert found.chiffres[-1].part.payeur == payeur
    assert sum(one.part.montant for one in found.chiffres) == money("1600.00")


def test_an_opco_reimburses_the_employer_since_october_2026_unless_it_says_otherwise():
    taken = Prise(Financeur.OPCO, money("1600"))

    def debtor(le, one):
        return sheet(F.OPCO, "1600.00", le=le, prises=(one,), employeur_nom="X").chiffres[0].part.debiteur

    assert debtor(date(2026, 9, 30), taken) == Financeur.OPCO
    assert debtor(date(2026, 10, 1), taken) == Financeur.EMPLOYEUR
    direct = Prise(Financeur.OPCO, money("1600"), subrogation=True)
    assert debtor(date(2026, 10, 1), direct) == Financeur.OPCO


@pytest.mark.parametrize("voie", [v for v in F if v not in WITH_EMPLOYER])
def test_no_line_names_an_employer_where_it_is_no_party(voie):
    """BC-18: whatever is said of it."""
    found = sheet(voie, "1600.00", employeur_nom="Atelier du Quai", employeur_siren="732829320")
    named = {one.part.payeur for one in found.chiffres} | {one.part.debiteur for one in found.chiffres}
    assert Financeur.EMPLOYEUR not in named
    assert {one.part.nom for one in found.chiffres} == {""}


def test_a_draft_is_told_and_never_applied():
    found = sheet(F.CPF_HORS_TEMPS, "1800.00", le=date(2026, 11, 2))
    assert "PLF 2027" in found.notes[0][1]
    assert found.chiffres[0].part.montant == money("150.00")
    assert sheet(F.CPF_HORS_TEMPS, "1800.00").notes == ()
