"""What each route demands before the start: refused with its article before, free after; and the first day that it gives."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from jalon.domain.cpf import Financeur
from jalon.domain.depart import earliest_start, read_retractation
from jalon.domain.engagement import EngagementFacts, PartFacts, Poste
from jalon.domain.faits import Etat, Facts
from jalon.domain.financement import Financement
from jalon.domain.obstacle import Severity
from jalon.domain.parcours import TypeAction
from jalon.domain.regles_engagement import convention_conclue, engagement_obstacles, too_early
from jalon.domain.retractation import Lieu
from jalon.law import law_on

F = Financement
DAY = date(2026, 3, 17)
CERTIFIED = {
    "certificat_bilans": True,
    "certificat_du": date(2025, 1, 15),
    "certificat_au": date(2028, 1, 14),
}


def engaged(voie, **more):
    return EngagementFacts(voie=voie, droit_le=DAY, prix=Decimal("1600"), **{**CERTIFIED, **more})


def found(engagement, *, day=DAY, type_action=TypeAction.BILAN, voie=None):
    facts = Facts(
        Etat.PREPARATION,
        type_action=type_action,
        financement=voie or engagement.voie,
        engagement=engagement,
    )
    return [(o.code, o.severity) for o in engagement_obstacles(facts, law_on(day), day)]


def codes(*args, **more):
    return [code for code, _ in found(*args, **more)]


CPF = engaged(F.CPF_HORS_TEMPS, cpf_proposition_le=date(2026, 2, 27), cpf_acceptation_le=date(2026, 3, 2))
PERSONNEL = engaged(F.PERSONNEL, conclu_le=date(2026, 3, 2), lieu_conclusion=Lieu.DISTANCE)


def test_nothing_starts_before_the_funding_is_settled_for_its_own_route():
    assert codes(None, voie=F.CPF_HORS_TEMPS) == ["engagement"]
    assert codes(engaged(F.PLAN, conclu_le=DAY), voie=F.CPF_HORS_TEMPS) == ["engagement"]
    assert codes(replace(CPF, prix=None)) == ["engagement"]
    assert codes(CPF) == []


def test_a_cpf_order_is_confirmed_before_the_start():
    assert "cpf_commande" in codes(replace(CPF, cpf_acceptation_le=None))


def test_eleven_full_working_days_separate_the_proposal_from_the_start():
    """BC-24: Friday 27 February; 2 to 6, 9 to 13, then Monday 16 March is the eleventh; the safe reading is the 17th."""
    assert codes(CPF, day=date(2026, 3, 16)) == ["cpf_onze_jours"]
    assert codes(CPF, day=date(2026, 3, 17)) == []
    depart = earliest_start(CPF, TypeAction.BILAN, law_on(DAY), DAY)
    assert depart.premier_jour == date(2026, 3, 17)
    assert "Mon Compte Formation" in depart.source


@pytest.mark.parametrize("voie", [F.CPF_HORS_TEMPS, F.CPF_SUR_TEMPS, F.FRANCE_TRAVAIL, F.OPCO, F.AGEFIPH])
def test_pooled_money_wants_a_certificate_on_the_very_day(voie):
    """BC-35."""
    base = engaged(
        voie,
        conclu_le=date(2026, 1, 5),
        cpf_proposition_le=date(2026, 1, 5),
        cpf_acceptation_le=date(2026, 1, 6),
    )
    assert "certification" not in codes(base)
    assert "certification" in codes(replace(base, certificat_au=date(2026, 3, 16)))
    assert "certification" in codes(replace(base, certificat_bilans=False))


@pytest.mark.parametrize("voie", [F.PLAN, F.RECLASSEMENT, F.AGENT_PUBLIC, F.PERSONNEL])
def test_no_certificate_is_asked_where_no_pooled_money_pays(voie):
    bare = engaged(voie, conclu_le=date(2026, 1, 5), certificat_bilans=False)
    assert "certification" not in codes(bare)


@pytest.mark.parametrize("voie", [F.PLAN, F.RECLASSEMENT, F.OPCO])
def test_a_convention_is_signed_by_all_before_the_start(voie):
    """BC-13."""
    waiting = Facts(Etat.PREPARATION, financement=voie, engagement=engaged(voie))
    obstacle = convention_conclue(waiting, law_on(DAY), DAY)
    assert obstacle is not None
    assert "R. 6313-8" in obstacle.source
    signed = replace(waiting, engagement=engaged(voie, conclu_le=DAY))
    assert convention_conclue(signed, law_on(DAY), DAY) is None
    assert earliest_start(engaged(voie), TypeAction.BILAN, law_on(DAY), DAY).premier_jour is None


def test_a_contract_is_signed_before_the_start():
    """BC-28."""
    assert codes(replace(PERSONNEL, conclu_le=None)) == ["contrat"]


@pytest.mark.parametrize(
    ("lieu", "last"),
    [
        (Lieu.ETABLISSEMENT, date(2026, 3, 12)),
        (Lieu.DISTANCE, date(2026, 3, 16)),
        (Lieu.HORS_ETABLISSEMENT, date(2026, 3, 16)),
    ],
)
def test_the_start_waits_for_the_end_of_the_withdrawal_unless_she_asks(lieu, last):
    """BC-29, BC-32."""
    signed = replace(PERSONNEL, lieu_conclusion=lieu)
    assert codes(signed, day=last) == ["retractation"]
    assert codes(signed, day=last.replace(day=last.day + 1)) == []
    assert codes(replace(signed, demande_expresse=True), day=last) == []


def test_a_contract_given_up_holds_no_more():
    assert "retracte" in codes(replace(PERSONNEL, retracte_le=date(2026, 3, 5)))


def test_outside_the_frame_the_consumer_alone_is_protected():
    """7.6: no ten days of L. 6353-5; signed in the cabinet, the contract holds at once."""
    here = replace(PERSONNEL, lieu_conclusion=Lieu.ETABLISSEMENT)
    assert read_retractation(here, TypeAction.HORS_CADRE, date(2026, 3, 2)) is None
    assert codes(here, day=date(2026, 3, 2), type_action=TypeAction.HORS_CADRE) == []
    assert codes(PERSONNEL, day=date(2026, 3, 16), type_action=TypeAction.HORS_CADRE) == ["retractation"]
    assert codes(PERSONNEL, day=date(2026, 3, 17), type_action=TypeAction.HORS_CADRE) == []


@pytest.mark.parametrize("voie", [F.FRANCE_TRAVAIL, F.AGEFIPH, F.AGENT_PUBLIC])
def test_a_missing_agreement_warns_and_passes_with_a_reason(voie):
    payer = {F.FRANCE_TRAVAIL: Financeur.FRANCE_TRAVAIL, F.AGEFIPH: Financeur.AGEFIPH}.get(
        voie, Financeur.EMPLOYEUR
    )
    part = PartFacts(Poste.PRISE_EN_CHARGE, payer, Decimal("1600"))
    assert found(engaged(voie, parts=(part,))) == [("accord", Severity.WARN)]
    assert found(engaged(voie, parts=(replace(part, accord_le=DAY),))) == []


def test_the_planner_refuses_a_seance_before_the_first_day_that_is_known():
    waiting = Facts(
        Etat.PREPARATION, financement=F.CPF_HORS_TEMPS, engagement=replace(CPF, cpf_acceptation_le=None)
    )
    early = date(2026, 3, 16)
    assert too_early(waiting, early, law_on(early)).code == "trop_tot"  # the proposal alone fixes the day
    assert too_early(waiting, DAY, law_on(DAY)) is None
    unsent = replace(waiting, engagement=replace(CPF, cpf_proposition_le=None, cpf_acceptation_le=None))
    assert too_early(unsent, early, law_on(early)) is None
    assert too_early(replace(waiting, etat=Etat.PRELIMINAIRE), early, law_on(early)) is None
