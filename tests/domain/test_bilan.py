"""The lifecycle: each rule, both ways, with its article; each state, and what may start from it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from jalon.domain.bilan import (
    CLOSED,
    RUNNING,
    TRANSITIONS,
    Etat,
    certified_minutes,
    next_etat,
    obstacles,
    possible,
)
from jalon.domain.engagement import EngagementFacts
from jalon.domain.faits import Facts
from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused, Severity
from jalon.domain.parcours import Ligne, Nature, Phase, TypeAction
from jalon.domain.seance import EtatSeance, Modalite, SeanceFacts
from jalon.law import law_on

DAY = date(2026, 3, 3)
LAW = law_on(DAY)
PLAN = (
    Ligne(Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
    Ligne(Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 4, 120),
    Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 300),
    Ligne(Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 3, 120),
    Ligne(Phase.CONCLUSIONS, Nature.TRAVAIL_PERSONNEL, 1, 180),
)


def seance(phase, *, signed=True, minutes=120, nature=Nature.ACCOMPAGNEMENT):
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return SeanceFacts(
        id=phase,
        phase=phase,
        nature=nature,
        modalite=Modalite.VISIO,
        etat=EtatSeance.TENUE,
        debut=start,
        fin=start + timedelta(minutes=minutes),
        debut_reel=start,
        fin_reelle=start + timedelta(minutes=minutes),
        signee_beneficiaire=signed,
        signee_consultant=signed,
    )


ENGAGE = EngagementFacts(
    voie=Financement.CPF_HORS_TEMPS,
    droit_le=date(2026, 1, 30),
    prix=Decimal("1600.00"),
    cpf_proposition_le=date(2026, 1, 30),
    cpf_acceptation_le=date(2026, 2, 2),
    certificat_bilans=True,
    certificat_du=date(2025, 1, 15),
    certificat_au=date(2028, 1, 14),
)
READY = {
    "start": Facts(
        Etat.PREPARATION, consentement=True, lignes=PLAN, organisme_siren="552100554", engagement=ENGAGE
    ),
    "investigate": Facts(
        Etat.PRELIMINAIRE,
        consentement=True,
        seances=(seance(Phase.PRELIMINAIRE),),
        demande_convenue=True,
        objectifs_convenus=True,
        preliminaire_clos_beneficiaire=True,
        preliminaire_clos_consultant=True,
    ),
    "conclude": Facts(
        Etat.INVESTIGATION, consentement=True, seances=(seance(Phase.INVESTIGATION),), projets=1
    ),
    "finish": Facts(
        Etat.CONCLUSIONS,
        consentement=True,
        lignes=PLAN,
        seances=(seance(Phase.CONCLUSIONS),),
        plan_d_action=True,
        synthese_validee=True,
        synthese_remise=True,
        emporte=True,
        terme_prevu=DAY,
        decisions=frozenset({"synthese"}),
    ),
}


def codes(name, facts):
    return [o.code for o in obstacles(name, facts, LAW, DAY)]


@pytest.mark.parametrize("name", READY)
def test_when_nothing_is_missing_the_step_is_made(name):
    assert codes(name, READY[name]) == []
    assert next_etat(name, READY[name], LAW, DAY) == TRANSITIONS[name].to


BEYOND = (*PLAN, Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 120))


@pytest.mark.parametrize(
    ("name", "change", "code", "article"),
    [
        ("start", {"consentement": False}, "consentement", "L. 6313-4"),
        ("start", {"lignes": BEYOND}, "plus_de_24h", "6313-4"),
        ("start", {"lignes": PLAN[1:]}, "phase_vide", "R. 6313-4"),
        ("start", {"employeur_siren": "552100554"}, "employeur_prestataire", "R. 6313-5"),
        ("start", {"employeur_siren": "732829320"}, "employeur_non_informe", "L. 6323-17"),
        ("start", {"type_action": TypeAction.HORS_CADRE}, "hors_cadre", "L. 6313-1"),
        ("investigate", {"seances": ()}, "trace_preliminaire", "R. 6313-4"),
        ("investigate", {"demande_convenue": False}, "demande", "1° a"),
        ("investigate", {"objectifs_convenus": False}, "objectifs", "1° c"),
        ("investigate", {"preliminaire_clos_consultant": False}, "cloture_preliminaire", "1° c"),
        ("investigate", {"preliminaire_clos_beneficiaire": False}, "cloture_preliminaire", "1° c"),
        ("investigate", {"consentement": False}, "consentement", "L. 6313-4"),
        ("conclude", {"projets": 0}, "projet", "2°"),
        ("conclude", {"resultats_non_restitues": 2}, "restitution", "L. 6313-4"),
        ("conclude", {"seances": (seance(Phase.PRELIMINAIRE),)}, "trace_investigation", "R. 6313-4"),
        ("finish", {"synthese_remise": False}, "synthese", "L. 6313-4"),
        ("finish", {"plan_d_action": False}, "plan", "3° c"),
        ("finish", {"terme_prevu": None}, "terme", "R. 6313-7"),
    ],
)
def test_each_missing_thing_is_refused_with_its_article(name, change, code, article):
    facts = replace(READY[name], **change)
    found = obstacles(name, facts, LAW, DAY)
    assert code in [o.code for o in found]
    assert article in next(o.source for o in found if o.code == code)
    with pytest.raises(Refused):
        next_etat(name, facts, LAW, DAY)


def test_all_obstacles_are_told_at_once_refusals_first():
    found = obstacles("finish", Facts(Etat.CONCLUSIONS), LAW, DAY)
    assert {o.code for o in found} == {
        "trace_conclusions",
        "plan",
        "synthese",
        "terme",
        "emporte",
        "decisions",
    }
    severities = [o.severity for o in found]
    assert severities == sorted(severities, key=lambda s: s != Severity.REFUSE)


def test_twenty_four_hours_pass_and_one_minute_more_does_not():
    assert codes("start", READY["start"]) == []
    one_more = (*PLAN, Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 1))
    [found] = obstacles("start", replace(READY["start"], lignes=one_more), LAW, DAY)
    assert found.code == "plus_de_24h"
    assert "24 h 01" in found.sentence


def test_the_hours_in_the_agenda_count_when_they_are_more_than_what_was_agreed():
    busy = tuple(replace(seance(Phase.INVESTIGATION, minutes=480), id=str(n)) for n in range(4))
    assert "plus_de_24h" in codes("start", replace(READY["start"], seances=busy))
    assert "plus_de_24h" not in codes("start", replace(READY["start"], seances=busy[:3]))


def test_few_accompanied_hours_are_a_warning_that_a_recorded_reason_lets_pass():
    short = (
        Ligne(Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
        Ligne(Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 2, 120),
        Ligne(Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 1, 120),
    )
    facts = replace(READY["start"], lignes=short)
    [found] = obstacles("start", facts, LAW, DAY)
    assert (found.code, found.severity) == ("moins_de_13h", Severity.WARN)
    with pytest.raises(Refused):
        next_etat("start", facts, LAW, DAY)
    with pytest.raises(Refused):
        next_etat("start", facts, LAW, DAY, reasons={"autre": Motif.RYTHME})
    assert next_etat("start", facts, LAW, DAY, reasons={"moins_de_13h": Motif.RYTHME}) == Etat.PRELIMINAIRE


def test_a_reason_never_lets_a_refusal_pass():
    facts = replace(READY["start"], consentement=False)
    with pytest.raises(Refused):
        next_etat("start", facts, LAW, DAY, reasons={"consentement": Motif.CHOIX})


def test_conclusions_in_groups_alone_are_a_warning_with_the_article():
    grouped = tuple(replace(x, collectif=x.phase == Phase.CONCLUSIONS) for x in PLAN)
    assert codes("start", replace(READY["start"], lignes=grouped)) == ["conclusions_collectives"]


def test_another_activity_without_its_own_organisation_is_a_warning():
    facts = replace(READY["start"], autres_activites=True)
    assert codes("start", facts) == ["organisation"]
    assert codes("start", replace(facts, organisation_decrite=True)) == []


@pytest.mark.parametrize("route", Financement)
def test_an_employer_is_named_only_where_the_route_gives_it_a_part(route):
    named = replace(READY["start"], financement=route, employeur_siren="732829320")
    assert ("employeur_non_informe" in codes("start", named)) is (route not in WITH_EMPLOYER)


def test_before_the_announced_day_the_end_waits_unless_the_folder_was_taken_away():
    early = replace(READY["finish"], terme_prevu=DAY + timedelta(days=1), emporte=False)
    assert "terme_futur" in codes("finish", early)
    assert codes("finish", replace(early, emporte=True)) == []
    assert "terme_futur" not in codes("finish", replace(early, terme_prevu=DAY))


@pytest.mark.parametrize("etat", Etat)
def test_from_each_state_only_its_own_steps_are_possible_and_the_others_say_why(etat):
    facts = Facts(etat)
    offered = possible(facts, LAW, DAY)
    for name, step in TRANSITIONS.items():
        assert (name in offered) is (etat in step.origins)
        if etat not in step.origins:
            [found] = obstacles(name, facts, LAW, DAY)
            assert found.code == "etat"
            assert etat.label in found.sentence
    assert bool(offered) is (etat not in CLOSED)


def test_one_may_stop_from_any_running_phase_without_any_condition():
    for etat in RUNNING:
        assert next_etat("abandon", Facts(etat), LAW, DAY) == Etat.ABANDONNE
    with pytest.raises(Refused):
        next_etat("abandon", Facts(Etat.PREPARATION), LAW, DAY)


def test_a_certificate_counts_signed_hours_and_refuses_what_the_law_does_not_allow():
    done = tuple(replace(seance(Phase.INVESTIGATION), id=str(n)) for n in range(12))
    assert certified_minutes(Facts(Etat.TERMINE, seances=done), LAW) == 24 * 60
    unsigned = replace(seance(Phase.CONCLUSIONS, signed=False), id="x")
    assert certified_minutes(Facts(Etat.TERMINE, seances=(*done, unsigned)), LAW) == 24 * 60
    one_more = replace(seance(Phase.CONCLUSIONS, minutes=1), id="y")
    with pytest.raises(Refused) as refused:
        certified_minutes(Facts(Etat.TERMINE, seances=(*done, one_more)), LAW)
    assert refused.value.obstacles[0].code == "plus_de_24h"
    with pytest.raises(Refused) as refused:
        certified_minutes(Facts(Etat.TERMINE, type_action=TypeAction.HORS_CADRE), LAW)
    assert refused.value.obstacles[0].code == "hors_cadre"
