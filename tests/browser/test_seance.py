"""A séance led from the cockpit, and work handed in from a telephone, in real browsers: every page is looked at and checked."""

from datetime import timedelta

import pytest
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.test_questionnaires import enter, photo
from tests.factories import SeanceFactory
from tests.stories.temps import START, Temps
from tests.web.ecrits import situation

from jalon.records.models import Piece, Seance, Tache

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_consultant_leads_a_seance_and_the_person_hands_in_her_work(quelquun, scheme):
    s = situation(en_investigation=True)
    seance = SeanceFactory(bilan=s.bilan, debut=START, fin=START + timedelta(hours=2))
    consultant = enter(quelquun(SCREEN, scheme), s.consultant)
    person = enter(quelquun(PHONE, scheme), s.personne)
    _ask(consultant, s)
    _hand_in(person, s)
    _lead(consultant, s, seance)
    person.aller(s.a("beneficiaire_bilan"))
    assert person.lit("Appeler le CFA")
    photo(person, f"accueil-{scheme}")
    person.aller(s.a("beneficiaire_promesses"))
    person.page.get_by_role("button", name="C’est fait").first.click()
    person.page.wait_for_load_state()
    person.voir()
    assert person.lit("Tenus")
    consultant.aller("/consultant/")
    photo(consultant, f"journee-{scheme}")
    for page in ("taches", "etagere", "promesses"):
        consultant.aller(s.a(f"consultant_{page}"))
        photo(consultant, f"{page}-{scheme}")
        person.aller(s.a(f"beneficiaire_{page}"))
        photo(person, f"{page}-{scheme}")
    for address in ("/cabinet/exercices/", "/cabinet/exercices/semaine_ideale/", "/cabinet/etagere/"):
        consultant.aller(address)
        photo(consultant, f"cabinet-{address.strip('/').replace('/', '-')}-{scheme}")


def _ask(consultant, s):
    consultant.aller(s.a("consultant_tache_exercices"))
    consultant.page.get_by_text("Lire les étapes").first.click()
    consultant.voir()
    photo(consultant, "exercices")
    consultant.aller(s.a("consultant_tache_donner") + "?exercice=lettre_futur")
    consultant.remplir(consigne="Une page, d’une traite.", pour_le="2026-03-10")
    photo(consultant, "donner")
    consultant.faire("Proposer ce travail")
    consultant.aller(s.a("consultant_etagere_poser"))
    consultant.remplir(
        titre="Métierscope", adresse="https://candidat.francetravail.fr/metierscope/", pourquoi="Des fiches"
    )
    consultant.faire("Poser sur l’étagère")


def _hand_in(person, s):
    """What is typed is kept before any button is pressed; then it is handed in."""
    tache = Tache.objects.get()
    person.aller(s.a("beneficiaire_tache", tache.pk))
    person.page.locator('[name="r_e2"]').fill("Ce matin j’ai ouvert l’atelier.")
    person.page.locator("[data-autosave-etat]", has_text="Enregistré").first.wait_for()
    assert Piece.objects.filter(nature="brouillon").exists()
    person.page.reload()
    assert person.page.locator('[name="r_e2"]').input_value() == "Ce matin j’ai ouvert l’atelier."
    person.page.locator('[name="effort"][value="4"]').check(force=True)
    photo(person, "tache")
    person.faire("Rendre ce travail")
    assert person.lit("Rendu")


def _lead(consultant, s, seance):
    tache = Tache.objects.get()
    consultant.aller(s.a("consultant_tache", tache.pk))
    assert consultant.lit("Ce matin j’ai ouvert l’atelier.")
    photo(consultant, "rendu")
    consultant.aller(s.a("consultant_cockpit", seance.pk))
    photo(consultant, "cockpit-avant")
    page = consultant.page
    page.locator('#f-note [name="texte"]').fill("Elle sourit en parlant de l’atelier.")
    page.get_by_role("button", name="Commencer la séance").click()
    page.get_by_role("button", name="Arrêter le temps").wait_for()
    # The clock alone was renewed: what was being typed is still there, and saves itself.
    assert page.locator('#f-note [name="texte"]').input_value() == "Elle sourit en parlant de l’atelier."
    page.locator("#f-note [data-autosave-etat]", has_text="Enregistré").wait_for()
    consultant.voir()
    first = page.locator("[data-chrono]").inner_text()
    page.wait_for_function("t => document.querySelector('[data-chrono]').textContent !== t", arg=first)
    Temps.moment = START + timedelta(minutes=95)
    consultant.aller(s.a("consultant_cockpit", seance.pk))
    assert page.locator('#f-note [name="texte"]').input_value() == "Elle sourit en parlant de l’atelier."
    page.locator('#f-recap [name="texte"]').fill("La lettre a tout éclairé.")
    page.locator('[name="promesse_0"]').fill("Appeler le CFA")
    photo(consultant, "cockpit-pendant")
    consultant.faire("Partager le compte rendu")
    consultant.faire("Enregistrer la note")
    page.get_by_role("button", name="Arrêter le temps").click()
    page.get_by_role("button", name="Reprendre le temps").wait_for()
    consultant.voir()
    photo(consultant, "cockpit-fin")
    consultant.faire("Noter les horaires réels")
    held = Seance.objects.get(pk=seance.pk)
    assert held.fin_reelle - held.debut_reel == timedelta(minutes=95)
    consultant.faire("Signer la séance")
    assert consultant.lit("L’émargement attend")
    photo(consultant, "cockpit-signe")
    consultant.aller(s.a("consultant_tache", tache.pk))
    consultant.faire("Dire que je l’ai lu")
