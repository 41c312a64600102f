"""The planner: as good as trying everything, never across a constraint, and able to say what blocks."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.terrains import LUNDI, PARIS, exhaustive, points, taken, terrain

from jalon.domain.disponibilite import Intervalle, Plage
from jalon.domain.parcours import Ligne, Nature, Phase
from jalon.domain.planification import (
    AU_PLUS_TOT,
    REGULIER,
    Contrainte,
    Endroit,
    Etape,
    Porte,
    Rythme,
    Souhaits,
    ecarts,
    etapes,
)
from jalon.domain.planification_blocage import _Question, explain
from jalon.domain.planification_calcul import Recherche, open_grid
from jalon.domain.planification_propositions import propose
from jalon.domain.seance import Modalite

P, INV, C = Phase.PRELIMINAIRE, Phase.INVESTIGATION, Phase.CONCLUSIONS
LIGNES = [
    Ligne(P, Nature.ACCOMPAGNEMENT, 1, 120),
    Ligne(INV, Nature.ACCOMPAGNEMENT, 4, 120),
    Ligne(INV, Nature.TRAVAIL_PERSONNEL, 1, 300),
    Ligne(C, Nature.ACCOMPAGNEMENT, 3, 120),
    Ligne(C, Nature.TRAVAIL_PERSONNEL, 1, 180),
]
WISHES = Souhaits(LUNDI, LUNDI + timedelta(weeks=12))
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def best(wanted, souhaits, where, poids=REGULIER):
    return Recherche(wanted, souhaits, where, open_grid(souhaits, where)).best(poids)


def walls(plan):
    return [one.debut.astimezone(PARIS) for one in plan.choix]


def test_a_parcours_is_cut_into_its_seances_with_the_work_between():
    found = etapes(LIGNES)
    assert [(e.phase, e.minutes) for e in found] == [(P, 120)] + [(INV, 120)] * 4 + [(C, 120)] * 3
    assert sum(e.travail for e in found) == 300 + 180
    assert found[0].travail == found[1].travail == 0


def test_seances_of_an_hour_keep_the_same_hours():
    found = etapes(LIGNES, au_plus=60)
    assert {e.minutes for e in found} == {60}
    assert sum(e.minutes for e in found) == 16 * 60
    odd = etapes([Ligne(P, Nature.ACCOMPAGNEMENT, 1, 100)], au_plus=60)
    assert [e.minutes for e in odd] == [50, 50]


def test_only_what_is_not_yet_planned_remains():
    found = etapes(LIGNES, {P: 120, INV: 180})
    assert [(e.phase, e.minutes) for e in found] == [(INV, 60), (INV, 120), (INV, 120)] + [(C, 120)] * 3
    assert etapes(LIGNES, {P: 120, INV: 480, C: 360}) == []


def test_groups_and_follow_up_are_fixed_apart():
    rows = [*LIGNES, Ligne(INV, Nature.ACCOMPAGNEMENT, 1, 180, True), Ligne(Phase.SUIVI, Nature.SUIVI, 1, 60)]
    assert etapes(rows) == etapes(LIGNES)


def test_the_whole_parcours_stands_once_a_week_at_one_hour():
    plan = best(etapes(LIGNES), WISHES, terrain())
    found = walls(plan)
    assert [a.phase for a in (c.etape for c in plan.choix)] == [P, INV, INV, INV, INV, C, C, C]
    # Tuesdays: Easter Monday would break the rhythm.
    assert {(w.weekday(), w.time()) for w in found} == {(1, time(9))}
    assert {(b.date() - a.date()).days for a, b in pairwise(found)} == {7}


def test_a_holiday_is_stepped_over_and_the_change_of_hour_keeps_the_wall():
    # Easter Monday 6 April 2026; hours change on 29 March.
    plan = best([Etape(INV, 60)] * 8, WISHES, terrain([Plage(0, time(9), time(10), "port", True)]))
    assert date(2026, 4, 6) not in [w.date() for w in walls(plan)]
    assert {w.time() for w in walls(plan)} == {time(9)}
    assert len({c.debut.time() for c in plan.choix}) == 2


@st.composite
def small_cases(draw):
    days = draw(st.sets(st.integers(0, 4), min_size=1, max_size=3))
    plages = [
        Plage(j, time(9), time(draw(st.integers(10, 12))), draw(st.sampled_from(["port", ""])), True)
        for j in sorted(days)
    ]
    busy = [
        taken(LUNDI + timedelta(days=draw(st.integers(0, 27))), time(9), time(draw(st.integers(10, 12))))
        for _ in range(draw(st.integers(0, 5)))
    ]
    wanted = [
        Etape(INV, draw(st.sampled_from([60, 90])), draw(st.sampled_from([0, 0, 150])))
        for _ in range(draw(st.integers(1, 3)))
    ]
    souhaits = Souhaits(
        LUNDI + timedelta(days=draw(st.integers(0, 3))),
        LUNDI + timedelta(days=draw(st.integers(10, 27))),
        rythme=draw(st.sampled_from(list(Rythme))),
        manieres=draw(
            st.sampled_from([tuple(Modalite), (Modalite.VISIO,), (Modalite.PRESENTIEL, Modalite.TELEPHONE)])
        ),
        depuis=draw(st.sampled_from([None, time(9, 30)])),
    )
    where = terrain(
        plages,
        tampon=draw(st.sampled_from([0, 15])),
        occupe=busy,
        par_semaine=draw(st.sampled_from([None, 1, 2])),
        prises={LUNDI + timedelta(days=draw(st.integers(0, 20))): 1},
        par_jour=draw(st.sampled_from([None, 1])),
    )
    return wanted, souhaits, where


@SLOW
@given(small_cases(), st.sampled_from([REGULIER, AU_PLUS_TOT]))
def test_the_best_plan_is_as_good_as_trying_everything(case, poids):
    wanted, souhaits, where = case
    plan = best(wanted, souhaits, where, poids)
    tried = exhaustive(wanted, souhaits, where, poids)
    assert (plan.points if plan else None) == tried
    if plan:
        path = [
            (w.date(), w.hour * 60 + w.minute, souhaits.manieres.index(c.modalite))
            for w, c in zip(walls(plan), plan.choix, strict=True)
        ]
        assert points(path, wanted, souhaits, poids) == tried


@SLOW
@given(small_cases())
def test_no_plan_ever_crosses_a_constraint(case):
    wanted, souhaits, where = case
    answer = propose(wanted, souhaits, where)
    assert bool(answer.propositions) != bool(answer.obstacles)
    for one in answer.propositions:
        found = walls(one.plan)
        for wall, chosen in zip(found, one.plan.choix, strict=True):
            assert souhaits.du <= wall.date() <= souhaits.au
            assert souhaits.depuis is None or wall.time() >= souhaits.depuis
            assert chosen.modalite in souhaits.manieres
            margin = where.emploi.reglage.tampon
            mine = Intervalle(chosen.debut - margin, chosen.fin + margin)
            assert not any(mine.meets(busy) for busy in where.occupe)
            assert any(
                p.jour == wall.weekday()
                and p.debut <= wall.time()
                and (wall + timedelta(minutes=chosen.etape.minutes)).time() <= p.fin
                for p in where.emploi.plages
            )
        for before, after, step in zip(found, found[1:], wanted[1:], strict=False):
            least, _, most = ecarts(step, souhaits.rythme)
            assert least <= (after.date() - before.date()).days <= most


@SLOW
@given(small_cases())
def test_what_blocks_is_told_by_the_smallest_set(case):
    wanted, souhaits, where = case
    if best(wanted, souhaits, where) is not None:
        return
    found = explain(wanted, souhaits, where)
    question = _Question(wanted, souhaits, where)
    assert not question.feasible(found.ensemble)
    for size in range(len(found.ensemble)):
        assert all(question.feasible(fewer) for fewer in combinations(Contrainte, size))
    for one in found.suffit:
        assert question.feasible([c for c in Contrainte if c != one])


@SLOW
@given(small_cases())
def test_feasible_and_found_are_the_same(case):
    wanted, souhaits, where = case
    assert _Question(wanted, souhaits, where).feasible(tuple(Contrainte)) == (
        best(wanted, souhaits, where) is not None
    )


def test_the_end_that_is_too_near_is_named_with_the_rhythm_and_what_to_do():
    souhaits = replace(WISHES, au=LUNDI + timedelta(weeks=3))
    answer = propose(etapes(LIGNES), souhaits, terrain())
    assert answer.propositions == ()
    said = " ".join(o.sentence for o in answer.obstacles)
    assert "une fin au lundi 23\u00a0mars 2026" in said
    assert "le temps entre deux séances" in said
    assert "Repoussez la fin : cela suffit." in said


def test_a_single_choice_that_blocks_is_told_alone():
    answer = propose([Etape(INV, 60)] * 2, replace(WISHES, jours=frozenset({5})), terrain())
    assert "le seul jour choisi (samedi) : cela seul suffit à bloquer." in answer.obstacles[0].sentence
    assert answer.obstacles[1].sentence == "Ajoutez un jour : cela suffit."


def test_nobody_receives_and_it_is_said():
    answer = propose([Etape(INV, 300)], WISHES, terrain())
    assert [o.code for o in answer.obstacles] == ["disponibilites"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"au": LUNDI - timedelta(days=1)}, "avant le début"),
        ({"depuis": time(10), "jusqu_a": time(9)}, "avant son début"),
        ({"depuis": time(9), "jusqu_a": time(10)}, "une séance en dure 120"),
        ({"manieres": ()}, "au moins une façon"),
        ({"au": LUNDI + timedelta(days=900)}, "deux ans"),
    ],
)
def test_impossible_wishes_are_refused_in_words(change, word):
    answer = propose([Etape(INV, 120)], replace(WISHES, **change), terrain())
    assert word in " ".join(o.sentence for o in answer.obstacles)


def test_a_room_that_is_taken_or_not_accessible_is_left_aside():
    day = taken(LUNDI, time(9), time(12))
    rooms = {"port": Endroit("port", (Porte("petite", False), Porte("grande", True, (day,))))}
    where = terrain(endroits=rooms)
    wish = replace(WISHES, manieres=(Modalite.PRESENTIEL,))
    assert best([Etape(INV, 60)], wish, where).choix[0].salle == "petite"
    chosen = best([Etape(INV, 60)], replace(wish, fauteuil=True), where).choix[0]
    assert (chosen.salle, chosen.debut.astimezone(PARIS).date()) == ("grande", LUNDI + timedelta(days=1))
    one_door = {"port": Endroit("port", (Porte("petite", False),))}
    blocked = propose([Etape(INV, 60)], replace(wish, fauteuil=True), terrain(endroits=one_door))
    assert "les salles libres" in blocked.obstacles[0].sentence


def test_a_place_has_its_own_hours():
    where = terrain(endroits={"port": Endroit("port", horaires=((1, time(10), time(12)),))})
    found = walls(best([Etape(INV, 60)], replace(WISHES, manieres=(Modalite.PRESENTIEL,)), where))
    assert (found[0].weekday(), found[0].time()) == (1, time(10))


def test_the_funding_s_first_day_and_the_notice_are_kept():
    where = replace(terrain(), depart=LUNDI + timedelta(days=9))
    assert walls(best([Etape(P, 60)], WISHES, where))[0].date() == LUNDI + timedelta(days=9)
    late = replace(terrain(preavis=24 * 13), now=datetime(2026, 3, 1, 9, 0, tzinfo=PARIS))
    assert walls(best([Etape(P, 60)], WISHES, late))[0].date() >= date(2026, 3, 14)


def test_the_first_one_keeps_its_distance_from_the_last_that_stands():
    where = replace(terrain(), derniere=LUNDI - timedelta(days=1))
    assert walls(best([Etape(INV, 60)], WISHES, where))[0].date() >= LUNDI + timedelta(days=4)


def test_several_plans_are_shown_and_none_twice():
    answer = propose(etapes(LIGNES), WISHES, terrain())
    assert [one.code for one in answer.propositions] == ["regulier", "autre", "tot"]
    assert len({one.plan.choix for one in answer.propositions}) == 3
    first, other = (walls(one.plan)[0] for one in answer.propositions[:2])
    assert first.weekday() != other.weekday()
    ends = {one.code: one.plan.choix[-1].debut for one in answer.propositions}
    assert ends["tot"] <= min(ends.values())
