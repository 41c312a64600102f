"""Questionnaires: proposed, answered part by part and kept as one answers, finished, restituted, or copied from paper."""

import re

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers

from jalon.access.pieces import open_for_action
from jalon.instruments import get
from jalon.records.models import Acces, Piece

pytestmark = pytest.mark.django_db
MARK = "XREPONSEX"
DEPART = "point_de_depart"


@pytest.fixture
def s():
    made = situation(en_investigation=True)
    for code in (DEPART, "recit", "motivations"):
        assert made.consultant.post(made.a("consultant_questionnaire_proposer", code)).status_code == 302
    return made


def sheet(code):
    return open_for_action(Piece.objects.get(nature="reponses", reference=code))


def answers(code, value="4"):
    return {f"q_{q.code}": value for q in get(code).questions}


def finish(s, code=DEPART):
    s.personne.post(s.a("beneficiaire_questionnaire_repondre", code, 0), answers(code) | {"revision": "1"})
    return s.personne.post(s.a("beneficiaire_questionnaire_terminer", code), {"revision": "2"})


def test_the_bank_shows_its_method_and_only_the_consultant_proposes():
    s = situation(en_investigation=True)
    page = read(s.consultant, s.a("consultant_questionnaires"))
    assert get("motivations").ne_mesure_pas[:20] in page
    assert "AGPL-3.0-or-later" in page
    for stranger in [s.personne, *strangers(s.bilan)]:
        assert stranger.get(s.a("consultant_questionnaires")).status_code == 404
        assert stranger.post(s.a("consultant_questionnaire_proposer", "recit")).status_code == 404
    assert s.consultant.post(s.a("consultant_questionnaire_proposer", "inconnu")).status_code == 422
    assert not Piece.objects.exists()


def test_answers_are_kept_page_by_page_and_are_hers_until_she_finishes(s):
    first = s.a("beneficiaire_questionnaire_repondre", "recit", 1)
    kept = s.personne.post(first, {"q_parcours": f"Mon histoire {MARK}", "revision": "1"})
    assert kept["Location"] == s.a("beneficiaire_questionnaire_repondre", "recit", 2)
    assert MARK in read(s.personne, first)
    assert "1 sur 6" in read(s.personne, s.a("beneficiaire_questionnaires"))
    assert MARK not in read(s.consultant, s.a("consultant_questionnaire_lire", "recit"))
    for stranger in [s.consultant, *strangers(s.bilan)]:
        assert stranger.get(first).status_code == 404
        assert stranger.post(first, {"q_parcours": "x"}).status_code == 404
    s.personne.post(s.a("beneficiaire_questionnaire_terminer", "recit"), {"revision": "2"})
    assert MARK in read(s.consultant, s.a("consultant_questionnaire_lire", "recit"))
    assert Acces.objects.filter(nature="reponses").exists()
    assert leftovers(MARK) == []


def test_the_autosave_answers_the_revision_the_conflict_and_the_refusal(s):
    keep = s.a("beneficiaire_questionnaire_garder", DEPART, 1)
    assert s.personne.post(keep, {"q_c1": "4", "revision": "1"}).json()["revision"].startswith("2.")
    conflict = s.personne.post(keep, {"q_c1": "5", "revision": "1"})
    assert conflict.status_code == 409
    assert "Plutôt oui" in conflict.content.decode()
    assert "Tout à fait" in conflict.content.decode()
    refused = s.personne.post(keep, {"q_c1": "9", "revision": "2"})
    assert refused.status_code == 422
    assert refused.json()["obstacles"]
    assert sheet(DEPART).reponses == {"c1": 4}
    assert s.personne.get(keep).status_code == 405
    assert s.consultant.post(keep, {"q_c1": "1"}).status_code == 404


def shown_revision(s, code, partie):
    page = read(s.personne, s.a("beneficiaire_questionnaire_repondre", code, partie))
    return re.search(r'name="revision" value="([^"]+)"', page)[1]


def test_what_is_answered_on_another_page_meanwhile_is_no_conflict(s):
    first, second = (s.a("beneficiaire_questionnaire_garder", "recit", part) for part in (1, 2))
    opened, opened_too = shown_revision(s, "recit", 1), shown_revision(s, "recit", 2)
    kept = s.personne.post(first, {"q_fierte": "ici", "revision": opened})
    other = s.personne.post(second, {"q_energie": "ailleurs", "revision": opened_too})
    assert other.status_code == 200
    again = s.personne.post(first, {"q_fierte": "ici et là", "revision": kept.json()["revision"]})
    assert again.status_code == 200
    assert sheet("recit").reponses == {"fierte": "ici et là", "energie": "ailleurs"}
    # The same page from an older sight of it is one.
    assert s.personne.post(first, {"q_fierte": "autre", "revision": opened}).status_code == 409


def test_an_answer_out_of_range_is_refused_on_the_page_with_the_others_kept(s):
    page = s.a("beneficiaire_questionnaire_repondre", DEPART, 1)
    refused = s.personne.post(page, {"q_c1": "9", "q_c2": "5", "revision": "1"})
    assert refused.status_code == 422
    assert "checked" in refused.content.decode()
    assert sheet(DEPART).reponses == {}


def test_an_answer_can_be_emptied_and_two_devices_lose_nothing(s):
    page = s.a("beneficiaire_questionnaire_repondre", "recit", 1)
    s.personne.post(page, {"q_parcours": "un", "q_fierte": "deux", "revision": "1"})
    s.personne.post(page, {"q_parcours": "un", "q_fierte": "", "revision": "2"})
    assert sheet("recit").reponses == {"parcours": "un"}
    conflict = s.personne.post(page, {"q_parcours": "trois", "revision": "2"})
    assert conflict.status_code == 409
    assert "trois" in conflict.content.decode()
    mine = s.personne.post(
        page, {"q_parcours": "trois", "revision": "2", "conflit": "le_mien", "conflit_revision": "3"}
    )
    assert mine.status_code == 302
    assert sheet("recit").reponses == {"parcours": "trois"}


def test_the_end_is_announced_and_then_answers_do_not_change(s):
    assert "vos réponses ne changent plus" in read(
        s.personne, s.a("beneficiaire_questionnaire_terminer", DEPART)
    )
    assert finish(s).status_code == 302
    page = s.a("beneficiaire_questionnaire_repondre", DEPART, 1)
    assert s.personne.post(page, {"q_c1": "1"})["Location"] == s.a("beneficiaire_questionnaire_lire", DEPART)
    late = s.personne.post(
        s.a("beneficiaire_questionnaire_garder", DEPART, 1), {"q_c1": "1", "revision": "3"}
    )
    assert late.status_code == 422
    assert sheet(DEPART).reponses["c1"] == 4


def test_a_result_is_read_by_the_person_once_restituted_with_its_table_and_her_comment(s):
    assert s.consultant.post(s.a("consultant_questionnaire_restituer", "motivations")).status_code == 422
    finish(s, "motivations")
    before = read(s.personne, s.a("beneficiaire_questionnaire_lire", "motivations"))
    assert "expliqué en entretien" in before
    assert 'class="barres"' not in before
    early = s.personne.post(
        s.a("beneficiaire_questionnaire_commenter", "motivations"), {"commentaire": "trop tôt"}
    )
    assert early.status_code == 422
    assert s.personne.post(s.a("consultant_questionnaire_restituer", "motivations")).status_code == 404
    assert "À restituer" in read(s.consultant, s.a("consultant_questionnaire_lire", "motivations"))
    s.consultant.post(s.a("consultant_questionnaire_restituer", "motivations"))
    page = read(s.personne, s.a("beneficiaire_questionnaire_lire", "motivations"))
    assert "vos motivations entre elles" in page
    assert 'role="img"' in page
    assert "3 sur 3" in page
    s.personne.post(
        s.a("beneficiaire_questionnaire_commenter", "motivations"), {"commentaire": f"Pas d’accord {MARK}"}
    )
    assert MARK in read(s.consultant, s.a("consultant_questionnaire_lire", "motivations"))
    assert leftovers(MARK) == []


def test_on_paper_the_consultant_prints_and_copies_and_a_substitute_does_not(s):
    paper = s.consultant.get(s.a("consultant_questionnaire_papier", DEPART) + "?taille=20")
    assert paper.content.startswith(b"%PDF")
    assert "bilan" not in paper["Content-Disposition"]
    assert s.consultant.get(s.a("consultant_questionnaire_papier", DEPART) + "?taille=7").status_code == 404
    empty = s.consultant.post(s.a("consultant_questionnaire_saisir", DEPART), {})
    assert empty.status_code == 422
    copied = s.consultant.post(s.a("consultant_questionnaire_saisir", DEPART), {"q_c1": "2", "q_c2": "5"})
    assert copied.status_code == 302
    assert sheet(DEPART).reponses == {"c1": 2, "c2": 5}
    assert sheet(DEPART).termine
    for stranger in [s.personne, *strangers(s.bilan)]:
        assert stranger.get(s.a("consultant_questionnaire_saisir", "recit")).status_code == 404
        assert stranger.get(s.a("consultant_questionnaire_papier", "recit")).status_code == 404


def test_a_paper_never_hands_over_what_the_person_had_begun_on_her_screen(s):
    page = s.a("beneficiaire_questionnaire_repondre", "recit", 1)
    s.personne.post(page, {"q_parcours": MARK, "revision": "1"})
    copied = s.consultant.post(s.a("consultant_questionnaire_saisir", "recit"), {"q_fierte": "un papier"})
    assert copied.status_code == 422
    assert MARK not in copied.content.decode()
    assert "a commencé à répondre" in copied.content.decode()
    assert "un papier" in copied.content.decode()
    assert not sheet("recit").termine
    assert MARK not in read(s.consultant, s.a("consultant_questionnaire_lire", "recit"))


def test_what_was_never_proposed_is_404_on_both_sides():
    s = situation(en_investigation=True)
    assert s.personne.get(s.a("beneficiaire_questionnaire_lire", "recit")).status_code == 404
    assert s.consultant.get(s.a("consultant_questionnaire_lire", "recit")).status_code == 404
    assert s.consultant.get(s.a("consultant_questionnaire_papier", "recit")).status_code == 404
    assert s.personne.get(s.a("beneficiaire_questionnaire_repondre", "recit", 99)).status_code == 404
