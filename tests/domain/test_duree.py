"""The hours of a bilan against the law (L. 6313-4, R. 6313-4, D. 6323-6)."""

import dataclasses
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.duree import SeanceImpossible, Temps, between, measure, refuse_overlaps, under_the_minimum
from jalon.domain.parcours import Heures, Nature, Phase
from jalon.law import NonCouvert, law_on

LAW = law_on(date(2026, 11, 22))
PRE, INV, CON, SUI = Phase.PRELIMINAIRE, Phase.INVESTIGATION, Phase.CONCLUSIONS, Phase.SUIVI
ACC, TRA = Nature.ACCOMPAGNEMENT, Nature.TRAVAIL_PERSONNEL


def suivi(minutes: int) -> Temps:
    return Temps(SUI, Nature.SUIVI, minutes)


def usual(*more: Temps, investigation: int = 660) -> list[Temps]:
    """14 hours of accompaniment: 1 + 11 + 2."""
    return [Temps(PRE, ACC, 60), Temps(INV, ACC, investigation), Temps(CON, ACC, 120), *more]


def codes(found):
    return [o.code for o in found.obstacles], [o.code for o in found.alertes]


def test_a_usual_bilan_meets_nothing_in_its_way():
    found = measure(usual(Temps(INV, TRA, 480), suivi(60)), LAW)
    assert found.heures == Heures(840, 480, 60)
    assert found.cpf_minutes == 840
    assert codes(found) == ([], [])


def test_twenty_four_hours_pass_and_one_minute_more_does_not():
    assert codes(measure(usual(Temps(INV, TRA, 600)), LAW)) == ([], [])
    over = measure(usual(Temps(INV, TRA, 601)), LAW)
    assert codes(over) == (["plus_de_24h"], ["suivi_au_dela_de_24h"])
    assert "L. 6313-4" in over.obstacles[0].source


def test_what_the_contract_does_not_hold_is_not_counted():
    found = measure(
        usual(Temps(INV, TRA, 900, hors_contrat=True), Temps(PRE, ACC, 60, hors_contrat=True)), LAW
    )
    assert found.heures == Heures(840, 0, 0)
    assert codes(found) == ([], [])


def test_the_follow_up_only_warns():
    assert codes(measure(usual(Temps(INV, TRA, 540), suivi(60)), LAW)) == ([], [])
    assert codes(measure(usual(Temps(INV, TRA, 540), suivi(61)), LAW)) == ([], ["suivi_au_dela_de_24h"])


def test_each_phase_needs_an_accompanied_moment():
    without = [Temps(PRE, ACC, 60), Temps(INV, ACC, 900), Temps(CON, TRA, 60)]
    found = measure(without, LAW)
    assert codes(found) == (["phase_vide"], ["conclusions_collectives"])
    assert "phase de conclusions" in found.obstacles[0].sentence
    assert codes(measure([*without, Temps(CON, ACC, 60)], LAW)) == ([], [])
    assert codes(measure([*without, Temps(CON, ACC, 0)], LAW))[0] == ["phase_vide"]
    assert codes(measure([*without, Temps(CON, ACC, 60, hors_contrat=True)], LAW))[0] == ["phase_vide"]
    assert codes(measure([], LAW))[0] == ["phase_vide"]


def test_conclusions_go_by_individual_interviews():
    start = [Temps(PRE, ACC, 60), Temps(INV, ACC, 720)]
    group = Temps(CON, ACC, 120, collectif=True)
    assert codes(measure([*start, group], LAW)) == ([], ["conclusions_collectives"])
    assert codes(measure([*start, group, Temps(CON, TRA, 60)], LAW)) == ([], ["conclusions_collectives"])
    assert codes(measure([*start, group, Temps(CON, ACC, 60)], LAW)) == ([], [])


def test_less_than_thirteen_hours_warn_while_the_decree_is_a_draft():
    assert codes(measure(usual(investigation=600), LAW)) == ([], [])
    assert codes(measure(usual(Temps(INV, TRA, 300), investigation=599), LAW)) == ([], ["moins_de_13h"])


def test_less_than_thirteen_hours_refuse_once_the_law_has_a_value():
    @dataclasses.dataclass
    class Tomorrow:
        bilan_competences: object

    today = LAW.bilan_competences.duree_min_accompagnement_heures
    rules = dataclasses.make_dataclass("Rules", ["duree_min_accompagnement_heures"])
    law = Tomorrow(rules(dataclasses.replace(today, value=13, source="un décret")))
    refused = under_the_minimum(Heures(779), law)
    assert refused is not None
    assert (refused.code, refused.refuses, refused.source) == ("moins_de_13h", True, "un décret")
    assert under_the_minimum(Heures(780), law) is None
    law = Tomorrow(rules(dataclasses.replace(today, projet=None)))
    assert under_the_minimum(Heures(1), law) is None


def test_the_cpf_pays_accompaniment_only_and_says_nothing_before_its_rule():
    assert measure(usual(Temps(INV, TRA, 60)), law_on(date(2026, 2, 25))).cpf_minutes is None
    assert measure(usual(Temps(INV, TRA, 60)), law_on(date(2026, 2, 26))).cpf_minutes == 840
    with pytest.raises(NonCouvert):
        measure(usual(), law_on(date(2018, 12, 31)))


def test_a_follow_up_is_a_phase_and_a_nature_at_once():
    assert suivi(60).minutes == 60
    for phase, nature in ((SUI, ACC), (CON, Nature.SUIVI)):
        with pytest.raises(SeanceImpossible) as caught:
            Temps(phase, nature, 60)
        assert caught.value.field == "nature"
    with pytest.raises(SeanceImpossible) as caught:
        Temps(PRE, ACC, -1)
    assert caught.value.field == "minutes"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_minutes_are_those_that_really_elapsed():
    assert between(at("2026-11-23T09:00:00+01:00"), at("2026-11-23T10:30:00+01:00")) == 90
    # The night of 25 October 2026: 1 h to 4 h on the clock is four hours.
    assert between(at("2026-10-25T01:00:00+02:00"), at("2026-10-25T04:00:00+01:00")) == 240
    with pytest.raises(SeanceImpossible, match="précède"):
        between(at("2026-11-23T10:00:00+01:00"), at("2026-11-23T09:59:00+01:00"))
    with pytest.raises(SeanceImpossible, match="entier"):
        between(at("2026-11-23T09:00:00+01:00"), at("2026-11-23T10:00:30+01:00"))


def test_two_seances_may_touch_and_not_overlap():
    nine, ten, eleven, noon = (datetime(2026, 11, 23, hour, tzinfo=UTC) for hour in (9, 10, 11, 12))
    refuse_overlaps([(0, ten, noon), (1, nine, ten), (2, eleven, eleven)])
    with pytest.raises(SeanceImpossible) as caught:
        refuse_overlaps([(0, ten, noon), (1, nine, at("2026-11-23T11:01:00+01:00"))])
    assert caught.value.index == 0
    with pytest.raises(SeanceImpossible):
        refuse_overlaps([(0, nine, noon), (1, ten, eleven)])


MOMENTS = st.lists(
    st.builds(
        Temps,
        st.sampled_from([PRE, INV, CON]),
        st.sampled_from([ACC, TRA]),
        st.integers(0, 600),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(MOMENTS, st.integers(0, 300))
def test_the_counters_add_up_whatever_the_order(moments, follow_up):
    temps = [*moments, suivi(follow_up)]
    found = measure(temps, LAW)
    kept = [t for t in moments if not t.hors_contrat]
    assert found.heures.total == sum(t.minutes for t in kept)
    assert found.cpf_minutes == sum(t.minutes for t in kept if t.nature == ACC)
    assert ("plus_de_24h" in codes(found)[0]) == (found.heures.total > 1440)
    assert measure(list(reversed(temps)), LAW) == found
