"""Settling the funding: each refusal of the rules, both ways, with its article; each warning; the instalments."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jalon.domain.cpf import Financeur, Payeur
from jalon.domain.engagement import EngagementFacts, Precedent
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.obstacle import Severity
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction
from jalon.domain.reglage import (
    Cadre,
    Reglage,
    cpf_minutes,
    law_day,
    payeurs_possibles,
    reglage_obstacles,
    repartition,
    versements,
)
from jalon.domain.repartition import Prise
from jalon.law import law_on

F = Financement
DAY = date(2026, 5, 4)
HELD = EngagementFacts(
    voie=F.CPF_HORS_TEMPS,
    droit_le=DAY,
    certificat_bilans=True,
    certificat_du=date(2025, 1, 15),
    certificat_au=date(2026, 9, 30),
)
LIGNES = (
    Ligne(Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 8, 120),
    Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 480),
    Ligne(Phase.SUIVI, Nature.SUIVI, 1, 60),
)


def cadre(voie, **more):
    more.setdefault("employeur_nom", "Atelier du Quai" if voie in WITH_EMPLOYER else "")
    return Cadre(voie=voie, type_action=TypeAction.BILAN, lignes=LIGNES, certificat=HELD, **more)


def told(said, frame, day=DAY):
    return {o.code: o for o in reglage_obstacles(said, frame, day)}


GOOD = {
    F.CPF_HORS_TEMPS: Reglage(Decimal("1600"), precedent=Precedent.AUCUN),
    F.CPF_SUR_TEMPS: Reglage(Decimal("1600"), precedent=Precedent.AUCUN, minutes_sur_temps=480),
    F.PLAN: Reglage(Decimal("1800")),
    F.RECLASSEMENT: Reglage(Decimal("1800")),
    F.OPCO: Reglage(Decimal("1800"), prises=(Prise(Financeur.OPCO, Decimal("1800")),)),
    F.FRANCE_TRAVAIL: Reglage(Decimal("1800"), prises=(Prise(Financeur.FRANCE_TRAVAIL, Decimal("1800")),)),
    F.AGEFIPH: Reglage(Decimal("1800"), prises=(Prise(Financeur.AGEFIPH, Decimal("1800")),)),
    F.AGENT_PUBLIC: Reglage(Decimal("1800")),
    F.PERSONNEL: Reglage(Decimal("1800"), premier_versement=Decimal("540")),
}


@pytest.mark.parametrize("voie", list(F))
def test_every_route_can_be_settled(voie):
    assert told(GOOD[voie], cadre(voie)) == {}


@pytest.mark.parametrize("voie", list(F))
@pytest.mark.parametrize("prix", [None, Decimal("0")])
def test_a_price_is_asked_on_every_route(voie, prix):
    assert "6313-8" in told(replace(GOOD[voie], prix=prix), cadre(voie))["prix"].source


@pytest.mark.parametrize("voie", [v for v in F if v not in WITH_EMPLOYER])
def test_nothing_of_an_employer_is_taken_where_it_is_no_party(voie):
    """BC-18, by each field that could let it in."""
    taken = replace(GOOD[voie], prises=(*GOOD[voie].prises, Prise(Financeur.EMPLOYEUR, Decimal("1"))))
    for said in (
        taken,
        replace(GOOD[voie], minutes_sur_temps=60),
        replace(GOOD[voie], participation_payeur=Payeur.EMPLOYEUR),
    ):
        obstacle = told(said, cadre(voie))["employeur_non_informe"]
        assert obstacle.refuses
        assert "L. 6323-17" in obstacle.source
    assert Financeur.EMPLOYEUR not in payeurs_possibles(voie)


def test_an_employer_that_pays_has_a_name():
    said = replace(GOOD[F.CPF_SUR_TEMPS], participation_payeur=Payeur.EMPLOYEUR)
    assert "employeur_absent" in told(said, cadre(F.CPF_SUR_TEMPS, employeur_nom=""))
    assert told(said, cadre(F.CPF_SUR_TEMPS)) == {}


@pytest.mark.parametrize("voie", [F.FRANCE_TRAVAIL, F.AGEFIPH, F.OPCO])
def test_the_payer_that_names_the_route_pays_something(voie):
    assert "prise_en_charge" in told(replace(GOOD[voie], prises=()), cadre(voie))


def test_an_independent_may_have_her_own_fund():
    said = replace(GOOD[F.OPCO], prises=(Prise(Financeur.FAF, Decimal("1800")),))
    assert told(said, cadre(F.OPCO, employeur_nom="")) == {}


def test_more_than_the_price_is_refused():
    said = replace(GOOD[F.AGEFIPH], prises=(Prise(Financeur.AGEFIPH, Decimal("1800.01")),))
    assert told(said, cadre(F.AGEFIPH))["prises"].refuses


def test_the_earlier_bilan_is_asked_and_only_warns():
    """BC-20."""
    frame = cadre(F.CPF_HORS_TEMPS)
    base = GOOD[F.CPF_HORS_TEMPS]
    assert told(replace(base, precedent=None), frame)["precedent"].refuses
    assert told(replace(base, precedent=None), frame, date(2026, 2, 25)) == {}  # before the rule
    assert told(replace(base, precedent=Precedent.OUI), frame)["precedent_incomplet"].refuses
    near = replace(
        base,
        precedent=Precedent.OUI,
        precedent_le=date(2022, 6, 1),
        precedent_financeur=Financeur.CPF,
    )
    assert told(near, frame)["carence"].severity == Severity.WARN
    assert "D. 6323-6" in told(near, frame)["carence"].source
    assert told(replace(near, precedent_financeur=Financeur.EMPLOYEUR), frame) == {}
    assert told(replace(near, precedent_le=date(2021, 1, 1)), frame) == {}
    assert told(replace(base, precedent=Precedent.INCONNU), frame)["carence"].severity == Severity.WARN


def test_a_start_too_near_for_the_platform_is_refused():
    """BC-24: Monday 4 May; holidays of 8, 14 and 25 May."""
    frame, said = cadre(F.CPF_HORS_TEMPS), GOOD[F.CPF_HORS_TEMPS]
    assert told(replace(said, debut_prevu_le=date(2026, 5, 21)), frame)["cpf_onze_jours"].refuses
    assert told(replace(said, debut_prevu_le=date(2026, 5, 22)), frame) == {}
    sent = replace(frame, cpf_proposition_le=date(2026, 4, 20))
    assert told(replace(said, debut_prevu_le=date(2026, 5, 11)), sent) == {}


def test_an_absence_asked_too_late_is_told_before_it_is_refused():
    """BC-16: the long notice as soon as the bilan lasts six months."""
    frame, said = cadre(F.CPF_SUR_TEMPS), GOOD[F.CPF_SUR_TEMPS]
    short = replace(said, debut_prevu_le=date(2026, 7, 3), fin_prevue_le=date(2026, 9, 30))
    assert told(short, frame) == {}
    early = replace(short, debut_prevu_le=date(2026, 7, 2))
    assert told(early, frame)["preavis"].severity == Severity.WARN


def test_the_end_comes_after_the_beginning():
    said = replace(GOOD[F.PLAN], debut_prevu_le=date(2026, 6, 2), fin_prevue_le=date(2026, 6, 1))
    assert told(said, cadre(F.PLAN))["dates"].refuses


def test_a_certificate_covers_the_start_and_is_watched_until_the_end():
    """BC-35."""
    frame, said = cadre(F.AGEFIPH), GOOD[F.AGEFIPH]
    ends = replace(said, debut_prevu_le=date(2026, 9, 1), fin_prevue_le=date(2026, 11, 1))
    assert told(ends, frame)["certification_fin"].severity == Severity.WARN
    after = replace(said, debut_prevu_le=date(2026, 10, 1))
    assert told(after, frame)["certification"].refuses
    assert told(replace(GOOD[F.PLAN], debut_prevu_le=date(2026, 10, 1)), cadre(F.PLAN)) == {}


def test_what_she_pays_beyond_is_told():
    """BC-19."""
    over = replace(GOOD[F.CPF_HORS_TEMPS], prix=Decimal("1751"))
    assert told(replace(over, prix=Decimal("1750")), cadre(F.CPF_HORS_TEMPS)) == {}
    assert told(over, cadre(F.CPF_HORS_TEMPS))["reste_a_payer"].severity == Severity.WARN
    half = replace(GOOD[F.FRANCE_TRAVAIL], prix=Decimal("2000"))
    assert "L. 6353-3" in told(half, cadre(F.FRANCE_TRAVAIL))["reste_a_payer"].source


def test_the_first_payment_is_thirty_per_cent_at_most():
    """BC-30."""
    frame, said = cadre(F.PERSONNEL), GOOD[F.PERSONNEL]
    refused = told(replace(said, premier_versement=Decimal("540.01")), frame)["acompte"]
    assert refused.refuses
    assert "L. 6353-6" in refused.source or "L6353-6" in refused.source
    outside = replace(frame, type_action=TypeAction.HORS_CADRE)
    assert told(replace(said, premier_versement=Decimal("900")), outside) == {}
    assert "versement" in told(replace(said, premier_versement=Decimal("1900")), frame)


def test_the_instalments_add_up_to_what_she_pays():
    frame, law = cadre(F.PERSONNEL), law_on(DAY)
    for prix, count in (("1000.01", 3), ("1", 7), ("1600", 1)):
        said = Reglage(Decimal(prix), nombre_versements=count)
        found = versements(said, repartition(said, frame, law), frame, law)
        assert sum(found) == Decimal(prix)
        assert len(found) == count + 1
        assert found[0] <= Decimal(prix) * Decimal("0.3")
    assert versements(GOOD[F.PLAN], repartition(GOOD[F.PLAN], cadre(F.PLAN), law), cadre(F.PLAN), law) == ()


def test_only_accompaniment_goes_to_the_platform():
    """BC-21."""
    assert cpf_minutes(cadre(F.CPF_HORS_TEMPS), law_on(DAY)) == 16 * 60
    assert cpf_minutes(cadre(F.PLAN), law_on(DAY)) is None


def test_the_request_fixes_the_law_of_the_figures():
    frame = cadre(F.CPF_HORS_TEMPS, cpf_demande_le=date(2026, 4, 1))
    assert law_day(frame, DAY) == date(2026, 4, 1)
    assert law_day(cadre(F.PLAN, cpf_demande_le=date(2026, 4, 1)), DAY) == DAY
