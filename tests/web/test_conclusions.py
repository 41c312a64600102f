"""Conditions and means, and a plan whose rows are added and removed by plain buttons."""

import pytest
from tests.web.ecrits import read, situation, strangers

from jalon.access.pieces import open_for_action
from jalon.records.models import Piece

pytestmark = pytest.mark.django_db
PLAN = {
    "revision": "0",
    "lignes": "2",
    "texte_0": "Appeler le CFA",
    "pour_le_0": "2026-03-10",
    "moyens_0": "Le numéro",
    "texte_1": "",
}


def plan():
    return open_for_action(Piece.objects.get(nature="plan"))


def test_both_write_the_conditions_and_the_plan_and_strangers_do_not():
    s = situation()
    sent = s.personne.post(
        s.a("beneficiaire_conclusions_conditions"), {"conditions": "Un congé", "revision": "0"}
    )
    assert sent.status_code == 302
    assert s.consultant.post(s.a("consultant_conclusions_plan"), PLAN).status_code == 302
    assert [(e.texte, e.pour_le, e.moyens) for e in plan().etapes] == [
        ("Appeler le CFA", "2026-03-10", "Le numéro")
    ]
    page = read(s.personne, s.a("beneficiaire_conclusions"))
    assert "Un congé" in page
    assert "Appeler le CFA" in page
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("beneficiaire_conclusions")).status_code == 404
        assert stranger.post(s.a("consultant_conclusions_plan"), PLAN).status_code == 404


def test_rows_are_added_and_removed_without_saving_nor_losing_anything():
    s = situation()
    address = s.a("beneficiaire_conclusions_plan")
    more = s.personne.post(address, PLAN | {"geste": "ajouter"}).content.decode()
    assert "Appeler le CFA" in more
    assert 'name="texte_2"' in more
    typed = PLAN | {"texte_1": "Déposer le dossier", "geste": "retirer-0"}
    less = s.personne.post(address, typed).content.decode()
    assert "Appeler le CFA" not in less
    assert "Déposer le dossier" in less
    assert not Piece.objects.filter(nature="plan").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pour_le_0": "le dix mars"}, "Nous n’arrivons pas à lire cette date"),
        ({"texte_0": ""}, "Dites ce qu’il y a à faire"),
        ({"lignes": "beaucoup", "pour_le_0": "x"}, "Nous n’arrivons pas à lire cette date"),
    ],
)
def test_a_wrong_row_is_refused_next_to_its_field_with_what_was_typed(wrong, said):
    s = situation()
    refused = s.personne.post(s.a("beneficiaire_conclusions_plan"), PLAN | wrong)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert "Le numéro" in refused.content.decode()
    assert not Piece.objects.filter(nature="plan").exists()


def test_a_row_removed_in_a_draft_does_not_come_back():
    s = situation()
    s.personne.post(s.a("beneficiaire_conclusions_plan"), PLAN | {"fait_0": "on"})
    assert plan().etapes[0].fait
    s.personne.post(
        f"{s.a('beneficiaire_brouillon')}?page=plan",
        {"revision": "1", "lignes": "1", "texte_0": "Autre étape"},
    )
    page = read(s.personne, s.a("beneficiaire_conclusions"))
    assert "Autre étape" in page
    assert "Appeler le CFA" not in page
    assert "checked" not in page.split('id="t-plan"')[1]


def test_a_plan_that_moved_meanwhile_shows_both():
    s = situation()
    s.personne.post(s.a("beneficiaire_conclusions_plan"), PLAN)
    s.personne.post(
        s.a("beneficiaire_conclusions_plan"), PLAN | {"revision": "1", "texte_0": "Premier changement"}
    )
    conflict = s.consultant.post(
        s.a("consultant_conclusions_plan"), PLAN | {"revision": "1", "texte_0": "Second changement"}
    )
    assert conflict.status_code == 409
    assert "Premier changement" in conflict.content.decode()
    assert "Second changement" in conflict.content.decode()
