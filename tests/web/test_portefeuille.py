"""Experiences and competences: in one's own words first, then related to the referential line by line, never without a yes."""

import re

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import situation, strangers
from tests.web.espaces import text_of

from jalon.access.pieces import open_for_action
from jalon.records.models import Piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def s():
    return situation(en_investigation=True)


def write(s, **fields):
    data = {"intitule": "Vendeuse en épicerie", "debut": "2012", "fin": "06/2019"} | fields
    return s.personne.post(s.a("beneficiaire_portefeuille_experience_ecrire"), data)


def piece(nature):
    return Piece.objects.get(nature=nature)


def opened(nature):
    return open_for_action(piece(nature))


def test_an_experience_is_written_then_related_to_an_occupation_then_its_skills_are_told(s):
    answer = write(s, texte="Je tenais la caisse. XMOTX")
    reference = piece("experience").reference
    assert answer["Location"] == s.a("beneficiaire_portefeuille_relier", reference)
    assert (opened("experience").debut, opened("experience").fin) == ("2012", "2019-06")
    proposed = s.personne.get(answer["Location"])
    assert "Vendeur / Vendeuse en épicerie" in text_of(proposed)
    choice = re.search(r'name="choix" value="(D1106:[^"]*)"', proposed.content.decode()).group(1)
    ticking = s.personne.post(answer["Location"], {"choix": choice})
    assert opened("experience").metier.libelle == "Vendeur / Vendeuse en épicerie"
    assert opened("experience").metier.version.startswith("depart")
    page = s.personne.get(ticking["Location"])
    assert "cœur du métier" in text_of(page)
    s.personne.post(
        ticking["Location"], {"c-depart-encaisser": "oui", "c-depart-gerer-stock": "non", "c-zzz": "oui"}
    )
    assert opened("competence").rome[0].code_ogr == "depart-encaisser"
    assert opened("competence").experience == reference
    assert opened("experience").refusees == ("depart-gerer-stock",)
    # Told once more, nothing is counted twice.
    s.personne.post(ticking["Location"], {"c-depart-encaisser": "oui", "c-depart-gerer-stock": "non"})
    assert Piece.objects.filter(nature="competence").count() == 1
    text = text_of(s.consultant.get(s.a("consultant_portefeuille")))
    assert "Vendeuse en épicerie" in text
    assert "Encaisser et vérifier sa caisse" in text
    assert leftovers("XMOTX") == []


def test_a_date_that_cannot_be_read_is_refused_and_every_word_kept(s):
    refused = write(s, debut="l’été", texte="un texte gardé")
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "une année (2015)" in text.replace("\u00a0", " ")
    assert "un texte gardé" in text
    assert "l’été" in text
    assert write(s, debut="13/2015").status_code == 422
    assert not Piece.objects.filter(nature="experience").exists()


def test_other_words_find_another_occupation_and_none_is_an_answer_too(s):
    write(s, intitule="Je faisais un peu de tout")
    page = s.a("beneficiaire_portefeuille_relier", piece("experience").reference)
    assert "Boulanger" in text_of(s.personne.post(page, {"texte": "boulangère"}))
    assert opened("experience").metier is None
    assert s.personne.post(page, {"choix": ""}).status_code == 302
    unknown = s.personne.post(page, {"choix": "Z9999:"})
    assert unknown.status_code == 422
    assert "n’existe pas" in text_of(unknown)


def test_a_competence_in_ones_own_words_becomes_a_skill_only_when_one_says_so(s):
    answer = s.personne.post(
        s.a("beneficiaire_portefeuille_competence_ecrire"),
        {"intitule": "calmer un client fâché", "preuve": "Le jour de la panne"},
    )
    page = s.personne.get(answer["Location"])
    assert "Rien n’est à vous" in text_of(page)
    assert opened("competence").rome == ()
    again = s.personne.post(answer["Location"], {"texte": "personne mécontente", "geste": "chercher"})
    assert "Apaiser une personne mécontente" in text_of(again)
    code = re.search(
        r"Apaiser une personne mécontente.*?name=\"c-([^\"]+)\"", again.content.decode(), re.DOTALL
    ).group(1)
    s.personne.post(answer["Location"], {f"c-{code}": "oui", "c-depart-ecoute": "non", "geste": "noter"})
    held = opened("competence")
    assert [one.code_ogr for one in held.rome] == [code]
    assert held.refusees == ("depart-ecoute",)
    s.consultant.post(
        s.a("consultant_portefeuille_reconnaitre", piece("competence").reference),
        {f"c-{code}": "non", "geste": "noter"},
    )
    assert opened("competence").rome == ()
    assert opened("competence").preuve == "Le jour de la panne"


def test_writing_again_keeps_the_occupation_and_the_skills(s):
    write(s)
    reference = piece("experience").reference
    s.personne.post(s.a("beneficiaire_portefeuille_relier", reference), {"choix": "D1106:"})
    form = s.a("beneficiaire_portefeuille_experience", reference)
    revision = piece("experience").revision
    assert 'value="06/2019"' in s.personne.get(form).content.decode()
    s.personne.post(form, {"intitule": "Vendeuse", "debut": "2013", "revision": str(revision)})
    assert opened("experience").metier.code == "D1106"
    assert opened("experience").intitule == "Vendeuse"
    late = s.consultant.post(
        s.a("consultant_portefeuille_experience", reference),
        {"intitule": "Vendeuse au marché", "revision": str(revision)},
    )
    assert late.status_code == 409


def test_relating_an_occupation_leaves_a_text_half_typed_where_it_is(s):
    write(s)
    reference = piece("experience").reference
    address = s.a("beneficiaire_brouillon") + f"?page=experience-{reference}"
    s.personne.post(address, {"intitule": "Vendeuse", "texte": "XENCOURSX", "revision": "1"})
    s.personne.post(s.a("beneficiaire_portefeuille_relier", reference), {"choix": "D1106:"})
    form = s.personne.get(s.a("beneficiaire_portefeuille_experience", reference)).content.decode()
    assert "XENCOURSX" in form


def test_strangers_see_nothing_and_only_the_person_erases(s):
    write(s)
    reference = piece("experience").reference
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("consultant_portefeuille")).status_code == 404
        assert stranger.get(s.a("consultant_portefeuille_cocher", reference)).status_code == 404
    assert s.consultant.post(s.a("consultant_portefeuille_experience_effacer", reference)).status_code == 404
    assert s.personne.get(s.a("beneficiaire_portefeuille_experience_effacer", reference)).status_code == 200
    s.personne.post(s.a("beneficiaire_portefeuille_experience_effacer", reference))
    assert not Piece.objects.filter(nature="experience").exists()
