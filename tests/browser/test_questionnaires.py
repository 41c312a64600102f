"""Three questionnaires on a telephone and on a large screen, answered by keyboard and finger; then read as they were explained."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from tests.browser.conftest import PHONE, SCREEN
from tests.factories import MembreFactory
from tests.web.ecrits import sign_in, situation

from jalon.instruments import get

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def enter(somebody, client):
    """The session of a person who has signed in."""
    name = settings.SESSION_COOKIE_NAME
    cookie = client.cookies[name].value
    somebody.page.context.add_cookies([{"name": name, "value": cookie, "url": somebody.base}])
    return somebody


def photo(somebody, name):
    """Kept only when somebody wants to look: JALON_PHOTOS names a folder."""
    folder = os.environ.get("JALON_PHOTOS")
    if folder:
        width = somebody.page.viewport_size["width"]
        somebody.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (SCREEN, "dark")], ids=["phone", "screen"])
def test_a_person_answers_three_and_reads_what_was_explained(quelquun, size, scheme):
    s = situation(en_investigation=True)
    person, consultant = enter(quelquun(size, scheme), s.personne), enter(quelquun(SCREEN), s.consultant)
    chef = sign_in_chef(s, quelquun)
    consultant.aller(s.a("consultant_questionnaires"))
    consultant.page.get_by_text("Lire sa fiche").first.click()
    photo(consultant, "banque")
    for code in ("interets_riasec", "personnalite_20", "aptitude_logique", "contraintes", "valeurs_cartes"):
        s.consultant.post(s.a("consultant_questionnaire_proposer", code))
    person.aller(s.a("beneficiaire_questionnaires"))
    photo(person, "liste")
    _interests(person, s)
    _personality(person, s)
    _logic(person, s)
    person.aller(s.a("beneficiaire_questionnaire_repondre", "contraintes", 3))
    photo(person, "sensible")
    person.aller(s.a("beneficiaire_questionnaire_repondre", "valeurs_cartes", 4))
    photo(person, "classement")
    for code in ("interets_riasec", "personnalite_20", "aptitude_logique"):
        consultant.aller(s.a("consultant_questionnaire_lire", code))
        consultant.faire("Restituer ce résultat à la personne")
        person.aller(s.a("beneficiaire_questionnaire_lire", code))
        assert person.lit("Votre résultat", "Aucun étalonnage", "Ce que ce questionnaire ne dit pas")
        person.page.get_by_text("Lire ce résultat en tableau").click()
        person.voir()
        photo(person, f"resultat-{code}")
    person.aller(s.a("beneficiaire_questionnaire_lire", "interets_riasec"))
    person.remplir(commentaire="Je m’y retrouve, sauf pour la dernière place.")
    person.faire("Enregistrer mon commentaire")
    chef.aller("/cabinet/questionnaires/")
    photo(chef, "cabinet")
    chef.aller("/cabinet/questionnaires/contraintes/1/")


def sign_in_chef(s, quelquun):
    return enter(
        quelquun(SCREEN), sign_in(MembreFactory(organisme=s.bilan.organisme, role="responsable").personne)
    )


def _interests(person, s):
    person.aller(s.a("beneficiaire_questionnaire_repondre", "interets_riasec", 1))
    photo(person, "questions")
    liked = {"A": "5", "S": "4", "I": "3"}
    for part in get("interets_riasec").parties:
        for place, question in enumerate(part.questions):
            value = liked.get(question.code[0], "2")
            if question.code in ("S8", "A7", "R6"):
                value = "3"
            person.page.locator(f'[name="q_{question.code}"][value="{value}"]').focus()
            person.page.keyboard.press("Space")
            assert place >= 0
        last = part is get("interets_riasec").parties[-1]
        person.faire("Garder et relire avant de terminer" if last else "Garder et continuer")
    person.faire("Terminer le questionnaire")


def _personality(person, s):
    """Three one by one, the others on one page."""
    person.aller(s.a("beneficiaire_questionnaire_question", "personnalite_20", 1))
    photo(person, "une-question")
    said = {
        f"q_{q.code}": str(1 + (place * 3) % 5) for place, q in enumerate(get("personnalite_20").questions)
    }
    for name in list(said)[:3]:
        person.remplir(**{name: said[name]})
        with person.page.expect_navigation():
            person.page.get_by_role("button", name="Garder et continuer").click()
    person.aller(s.a("beneficiaire_questionnaire_repondre", "personnalite_20", 0))
    assert person.page.locator(f'[name="{next(iter(said))}"]:checked').count() == 1
    person.remplir(**said)
    person.faire("Garder et relire avant de terminer")
    person.faire("Terminer le questionnaire")


def _logic(person, s):
    test = get("aptitude_logique").epreuve
    person.aller(s.a("beneficiaire_questionnaire_exercice", "aptitude_logique"))
    photo(person, "exercice")
    while person.page.url.endswith("/exercice/"):
        code = person.page.locator('[name="exercice"]').input_value()
        right = test.rang_niveau[code] < 7
        person.remplir(**{f"q_{code}": test.cles[code] if right else "nsp"})
        with person.page.expect_navigation():
            person.page.get_by_role("button", name="Garder et passer à la suite").click()
    person.faire("Terminer le questionnaire")
