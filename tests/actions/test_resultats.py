"""The detailed results, for the person alone: what was restituted to her, and what is missing, by its name."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.documents.echantillons import SANS_POPPLER, text_of
from tests.factories import BilanFactory

from jalon.access.resultats import read_reunis
from jalon.actions.questionnaire import comment_resultat, propose_questionnaire, restitute, save_reponses
from jalon.actions.resultats import gather_resultats
from jalon.actions.synthese import load_document
from jalon.domain.obstacle import Refused
from jalon.instruments import get

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_conclusions=True)


def answered(bilan, now, code, *, finish=True):
    propose_questionnaire(bilan=bilan, code=code, by=bilan.consultant, now=now)
    answers = {q.code: 3 for part in get(code).parties for q in part.questions if q.genre == "echelle"}
    save_reponses(bilan=bilan, code=code, reponses=answers, by=bilan.beneficiaire, now=now, finish=finish)


@SANS_POPPLER
def test_restituted_ones_are_gathered_and_the_others_are_named_as_missing(bilan, now, tmp_path):
    answered(bilan, now, "motivations")
    answered(bilan, now, "point_de_depart", finish=False)
    with pytest.raises(Refused) as refused:
        gather_resultats(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "restitution"
    title = get("motivations").titre
    assert f"«\u00a0{title}\u00a0» n’a pas encore été restitué." in " ".join(
        read_reunis(bilan.beneficiaire, bilan, now=now).manques
    )
    restitute(bilan=bilan, code="motivations", by=bilan.consultant, now=now)
    comment_resultat(
        bilan=bilan, code="motivations", commentaire="> Pas tout à fait.", by=bilan.beneficiaire, now=now
    )
    found = read_reunis(bilan.beneficiaire, bilan, now=now)
    assert [one.titre for one in found.restitues] == [title]
    assert found.manques == (
        f"Le questionnaire «\u00a0{get('point_de_depart').titre}\u00a0» n’est pas terminé.",
    )
    issued = gather_resultats(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert (issued.octets, issued.tiroir) == (None, "travail")
    said = text_of(load_document(issued), tmp_path)
    for word in (title, "sur 5", "Pas tout à fait.", "Ce document n’est pas complet", "n’est pas terminé"):
        assert word in said


def test_they_are_gathered_by_and_for_nobody_else(bilan, now):
    answered(bilan, now, "motivations")
    restitute(bilan=bilan, code="motivations", by=bilan.consultant, now=now)
    with pytest.raises(PermissionDenied):
        gather_resultats(bilan=bilan, by=bilan.consultant, now=now)
    with pytest.raises(PermissionDenied):
        read_reunis(bilan.consultant, bilan, now=now)
