"""Restitution first: nothing of a result before it was explained; then words, a picture with its error, a table, a comment."""

import re
from types import SimpleNamespace

import pytest
from tests.web.ecrits import read, situation

from jalon.access.pieces import open_for_action
from jalon.instruments import bank, get
from jalon.records.models import Evenement, Piece
from jalon.web.restitution import chemin_de, code_interets, niveaux_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return situation(en_investigation=True)


def ask(s, code):
    assert s.consultant.post(s.a("consultant_questionnaire_proposer", code)).status_code == 302


def sheet(code):
    return open_for_action(Piece.objects.get(nature="reponses", reference=code))


def answer(s, code, said):
    page = s.a("beneficiaire_questionnaire_repondre", code, 0)
    assert s.personne.post(page, {**said, "revision": "1"}).status_code == 302
    end = s.a("beneficiaire_questionnaire_terminer", code)
    revision = re.search(r'name="revision" value="([^"]+)"', read(s.personne, end))[1]
    assert s.personne.post(end, {"revision": revision}).status_code == 302


def explained(s, code):
    """The page before, and after, the restitution."""
    address = s.a("beneficiaire_questionnaire_lire", code)
    before = read(s.personne, address)
    assert s.consultant.post(s.a("consultant_questionnaire_restituer", code)).status_code == 302
    return before, read(s.personne, address).replace("\u00a0", " ")


def test_the_hexagon_says_what_stands_out_and_its_table_says_the_same(s):
    ask(s, "interets_riasec")
    said = {
        f"q_{q.code}": {"S": "5", "A": "5", "R": "3"}.get(q.code[0], "1")
        for q in get("interets_riasec").questions
    }
    said["q_S1"] = said["q_A1"] = "4"
    answer(s, "interets_riasec", said)
    before, after = explained(s, "interets_riasec")
    assert "<polygon" not in before
    assert "Ce qui ressort le plus" not in before
    assert "<polygon" in after
    assert 'aria-label="Mes intérêts professionnels : Concret 3, Recherche 1, Création 4,9' in after
    first, last = after.index("Ce qui ressort le plus"), after.index("Ce qui vient en dernier")
    assert first < after.index("<strong>Création</strong>") < last
    assert first < after.index("<strong>Aide</strong>") < last < after.index("<strong>Recherche</strong>")
    assert "<strong>AS-R</strong>" in after
    assert "de 4,7 à 5" in after
    assert "ne vous compare qu’à vous" in after


def test_a_scale_with_two_ends_names_a_side_only_when_it_is_sure(s):
    ask(s, "personnalite_20")
    instrument = get("personnalite_20")
    backwards = {code for scale in instrument.echelles for code in scale.inverses}
    said = {f"q_{q.code}": "3" for q in instrument.questions}
    said |= {f"q_{c}": "1" if c in backwards else "5" for c in instrument.echelles[0].items}
    answer(s, "personnalite_20", said)
    _, after = explained(s, "personnalite_20")
    sure = after.index("Ce que vos réponses disent nettement")
    unsure = after.index("Entre les deux")
    assert sure < after.index("Vous allez vers les autres") < unsure < after.index("Ou bien")


def test_exercises_come_one_by_one_and_the_result_is_a_position_without_norm(s):
    ask(s, "aptitude_nombres")
    test = get("aptitude_nombres").epreuve
    page = s.a("beneficiaire_questionnaire_exercice", "aptitude_nombres")
    met = []
    for _ in range(20):
        answered = s.personne.get(page)
        if answered.status_code == 302:
            break
        shown = answered.content.decode()
        code = re.search(r'name="exercice" value="([^"]+)"', shown)[1]
        assert code not in met
        assert read(s.personne, page).count(code) == shown.count(code)
        assert s.personne.post(page, {"exercice": code}).status_code == 422
        right = test.rang_niveau[code] < 6
        said = test.cles[code] if right else "nsp"
        assert s.personne.post(page, {"exercice": code, f"q_{code}": said}).status_code == 302
        met.append(code)
    assert test.arret.minimum <= len(met) <= test.arret.maximum
    # What was answered first stays, and what is no exercise of this test is nothing.
    s.personne.post(page, {"exercice": met[0], f"q_{met[0]}": "nsp"})
    s.personne.post(page, {"exercice": "zz", "q_zz": "a"})
    assert len(sheet("aptitude_nombres").reponses) == len(met)
    end = s.a("beneficiaire_questionnaire_terminer", "aptitude_nombres")
    revision = re.search(r'name="revision" value="([^"]+)"', read(s.personne, end))[1]
    s.personne.post(end, {"revision": revision})
    before, after = explained(s, "aptitude_nombres")
    assert "réponse juste" not in before
    assert "réponse juste" in after
    assert "Jusqu’au niveau 6" in after
    assert "déclarée et provisoire" in after
    assert "percentile" not in after


def test_the_fixed_form_on_one_page_counts_the_same(s):
    ask(s, "aptitude_logique")
    test = get("aptitude_logique").epreuve
    said = {f"q_{q.code}": test.cles[q.code] for q in get("aptitude_logique").questions[:12]}
    answer(s, "aptitude_logique", said)
    _, after = explained(s, "aptitude_logique")
    assert "12 sur 15" in after


def test_sensitive_questions_need_an_explicit_consent_that_can_be_taken_back(s):
    ask(s, "contraintes")
    page = s.a("beneficiaire_questionnaire_repondre", "contraintes", 3)
    refused = s.personne.post(page, {"q_proches": "oui", "q_gains": "Du temps", "revision": "1"})
    assert refused.status_code == 422
    assert "accord exprès" in refused.content.decode()
    assert "Du temps" in refused.content.decode()
    assert sheet("contraintes").reponses == {}
    kept = s.personne.post(page, {"q_proches": "oui", "accord_sensible": "on", "revision": "1"})
    assert kept.status_code == 302
    assert sheet("contraintes").accord_sensible
    names = list(Evenement.objects.values_list("nom", flat=True))
    assert names.count("accord_sensible.donne") == 1
    # The condition holds now: its question is asked, the other's is not.
    following = read(s.personne, s.a("beneficiaire_questionnaire_repondre", "contraintes", 4))
    assert "q_proches_dire" in following
    assert "q_amenagement_dire" not in following
    s.personne.post(page, {"q_gains": "Du temps", "revision": "2"})
    assert sheet("contraintes").reponses == {"gains": "Du temps"}
    assert Evenement.objects.filter(nom="accord_sensible.retire").count() == 1


def test_a_part_without_any_question_to_ask_is_passed_over(s):
    ask(s, "contraintes")
    empty = s.personne.get(s.a("beneficiaire_questionnaire_repondre", "contraintes", 4))
    assert empty["Location"] == s.a("beneficiaire_questionnaire_terminer", "contraintes")


def test_a_ranking_keeps_its_order_and_refuses_the_same_twice(s):
    ask(s, "valeurs_cartes")
    page = s.a("beneficiaire_questionnaire_repondre", "valeurs_cartes", 4)
    twice = {"q_podium_1": "justice", "q_podium_2": "justice", "revision": "1"}
    assert s.personne.post(page, twice).status_code == 422
    s.personne.post(page, {"q_podium_1": "justice", "q_podium_2": "utilite", "revision": "1"})
    assert sheet("valeurs_cartes").reponses == {"podium": ["justice", "utilite"]}
    assert "1. Loyauté, 2. Utilité" in read(
        s.personne, s.a("beneficiaire_questionnaire_terminer", "valeurs_cartes")
    )


def test_one_question_a_page_keeps_goes_back_and_ends(s):
    ask(s, "point_de_depart")
    one = s.a("beneficiaire_questionnaire_question", "point_de_depart", 1)
    assert "Question 1 sur 6" in read(s.personne, one).replace("\u00a0", " ")
    moved = s.personne.post(one, {"q_c1": "4", "revision": "1"})
    assert moved["Location"] == s.a("beneficiaire_questionnaire_question", "point_de_depart", 2)
    back = s.personne.post(moved["Location"], {"q_c2": "2", "geste": "precedent", "revision": "2"})
    assert back["Location"] == one
    kept = s.personne.post(
        s.a("beneficiaire_questionnaire_garder_question", "point_de_depart", 3),
        {"q_f1": "5", "revision": "3"},
    )
    assert kept.json()["revision"].startswith("4.")
    assert sheet("point_de_depart").reponses == {"c1": 4, "c2": 2, "f1": 5}
    assert s.personne.get(s.a("beneficiaire_questionnaire_question", "point_de_depart", 7)).status_code == 404


def test_the_starting_point_is_asked_again_at_the_end_and_compared(s):
    fin = "point_de_depart-fin"
    assert s.consultant.post(s.a("consultant_questionnaire_proposer", fin)).status_code == 422
    ask(s, "point_de_depart")
    answer(
        s, "point_de_depart", {"q_c1": "2", "q_c2": "4", "q_f1": "3", "q_f2": "3", "q_e1": "3", "q_e2": "3"}
    )
    explained(s, "point_de_depart")
    ask(s, fin)
    assert "Mon point de départ, à la fin" in read(s.personne, s.a("beneficiaire_questionnaires"))
    answer(s, fin, {"q_c1": "5", "q_c2": "1", "q_f1": "3", "q_f2": "3", "q_e1": "3", "q_e2": "3"})
    _, after = explained(s, fin)
    assert "Les mêmes questions, d’un moment à l’autre" in after
    assert after.count("pas de changement que l’on puisse affirmer") == 2
    assert "en hausse" in after
    assert s.consultant.post(s.a("consultant_questionnaire_proposer", "recit-fin")).status_code == 422


def test_what_is_asked_to_other_people_is_never_proposed_to_the_person(s):
    assert get("regards_360").titre not in read(s.consultant, s.a("consultant_questionnaires"))
    assert s.consultant.post(s.a("consultant_questionnaire_proposer", "regards_360")).status_code == 422


def test_the_list_of_sheets_costs_the_same_for_one_as_for_many(s, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(client, page):
        read(client, page)
        with CaptureQueriesContext(connection) as found:
            read(client, page)
        return len(found)

    pages = [
        (s.personne, s.a("beneficiaire_questionnaires")),
        (s.consultant, s.a("consultant_questionnaires")),
    ]
    ask(s, "recit")
    few = [queries(*page) for page in pages]
    for code, versions in bank().items():
        if versions[-1].pour == "personne" and code not in ("recit", "suivi_six_mois"):
            ask(s, code)
    assert [queries(*page) for page in pages] == few


def test_every_instrument_can_be_printed(s):
    for code in ("contraintes", "valeurs_cartes", "aptitude_mots"):
        ask(s, code)
        paper = s.consultant.get(s.a("consultant_questionnaire_papier", code))
        assert paper.content.startswith(b"%PDF")


def scale(code, mean, error):
    return SimpleNamespace(
        code=code,
        nom=code,
        lecture="",
        moyenne=mean,
        erreur_mesure=error,
        demi_bande=2 * error,
        minimum=1,
        maximum=5,
    )


def test_words_never_say_more_than_the_error_allows():
    close = [scale(c, 3 + i / 10, 0.5) for i, c in enumerate("RIASEC")]
    assert [len(level) for level in niveaux_de(close)] == [6]
    assert code_interets(close) == ""
    apart = [scale(c, 1 + 0.7 * i, 0.05) for i, c in enumerate("RIASEC")]
    assert code_interets(apart) == "C-E-S"
    silent = [scale("R", None, 0)]
    assert niveaux_de(silent) == []


def test_a_change_is_told_only_beyond_the_error_of_both_sheets():
    before = SimpleNamespace(echelles=[scale("a", 2, 0.3), scale("b", 3, 0.3), scale("c", 4, 0.3)])
    after = SimpleNamespace(echelles=[scale("a", 4, 0.3), scale("b", 3.4, 0.3), scale("d", 4, 0.3)])
    assert [(c.nom, c.mot) for c in chemin_de(before, after)] == [
        ("a", "en hausse"),
        ("b", "pas de changement que l’on puisse affirmer"),
    ]
