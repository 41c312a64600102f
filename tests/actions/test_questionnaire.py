"""Questionnaires: hers until finished, scored by hand-checked sums, read only once restituted."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory

from jalon.access.pieces import read_piece
from jalon.actions import questionnaire as acts
from jalon.domain.obstacle import Refused

pytestmark = pytest.mark.django_db
ANSWERS = {"c1": 4, "c2": 2, "f1": 3, "f2": 5, "e1": 1, "e2": 5}


@pytest.fixture
def bilan(now):
    made = BilanFactory(en_investigation=True)
    acts.propose_questionnaire(bilan=made, code="point_de_depart", by=made.consultant, now=now)
    return made


def test_answers_are_hers_until_she_has_finished(bilan, now):
    acts.save_reponses(
        bilan=bilan, code="point_de_depart", reponses={"c1": "4"}, by=bilan.beneficiaire, now=now
    )
    assert read_piece(bilan.consultant, bilan, "reponses", "point_de_depart", now=now) is None
    acts.save_reponses(
        bilan=bilan, code="point_de_depart", reponses=ANSWERS, by=bilan.beneficiaire, now=now, finish=True
    )
    assert (
        read_piece(bilan.consultant, bilan, "reponses", "point_de_depart", now=now).contenu.reponses
        == ANSWERS
    )
    with pytest.raises(Refused):
        acts.save_reponses(
            bilan=bilan, code="point_de_depart", reponses={"c1": 1}, by=bilan.beneficiaire, now=now
        )


def test_sums_are_reversed_and_the_result_is_read_only_once_restituted(bilan, now):
    acts.save_reponses(
        bilan=bilan, code="point_de_depart", reponses=ANSWERS, by=bilan.beneficiaire, now=now, finish=True
    )
    assert read_piece(bilan.beneficiaire, bilan, "resultat", "point_de_depart", now=now) is None
    acts.restitute(bilan=bilan, code="point_de_depart", by=bilan.consultant, now=now)
    result = read_piece(bilan.beneficiaire, bilan, "resultat", "point_de_depart", now=now)
    # clarté 4 + (6 − 2) = 8 ; confiance 3 + 5 = 8 ; élan 1 + (6 − 5) = 2
    assert [(e.code, e.valeur, e.n) for e in result.contenu.echelles] == [
        ("clarte", 8, 2),
        ("confiance", 8, 2),
        ("elan", 2, 2),
    ]
    assert result.contenu.restitue_le == "2026-03-03"


@pytest.mark.parametrize("bad", [{"zz": 1}, {"c1": 9}, {"c1": "beaucoup"}, {"c1": ["1"]}])
def test_an_unknown_question_or_an_answer_out_of_range_is_refused_and_nothing_is_kept(bilan, now, bad):
    acts.save_reponses(
        bilan=bilan, code="point_de_depart", reponses={"c1": 2}, by=bilan.beneficiaire, now=now
    )
    with pytest.raises(Refused):
        acts.save_reponses(
            bilan=bilan, code="point_de_depart", reponses={"f1": 3, **bad}, by=bilan.beneficiaire, now=now
        )
    kept = read_piece(bilan.beneficiaire, bilan, "reponses", "point_de_depart", now=now).contenu
    assert kept.reponses == {"c1": 2}


def test_on_paper_the_consultant_enters_them_and_a_stranger_never(bilan, now):
    stranger = BilanFactory().beneficiaire
    with pytest.raises(PermissionDenied):
        acts.save_reponses(bilan=bilan, code="point_de_depart", reponses=ANSWERS, by=stranger, now=now)
    acts.save_reponses(
        bilan=bilan, code="point_de_depart", reponses=ANSWERS, by=bilan.consultant, now=now, finish=True
    )
    assert read_piece(bilan.beneficiaire, bilan, "reponses", "point_de_depart", now=now).contenu.termine
