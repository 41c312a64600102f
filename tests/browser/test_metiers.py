"""In a real browser: a consultant of the demonstration goes from a portfolio to three explained tracks and one gap plan."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.browser.conftest import PHONE, SCREEN
from tests.fouille import leftovers
from tests.stories.temps import Temps

from jalon.access.pieces import open_for_action
from jalon.demonstration.chargement import load
from jalon.demonstration.histoire import read_histoires
from jalon.records.models import Bilan, Piece

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
# A word in the reason of a track, one in the plan: nobody may find them in clear.
RAISON, PLAN = "XRAISONX", "XPLANX"


def enter(person, name):
    person.aller("/demonstration/")
    person.faire(f"Entrer comme {name}")


def test_from_a_portfolio_to_three_explained_tracks_and_one_gap_plan(quelquun):
    Temps.moment = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
    load(Temps.moment, [one for one in read_histoires() if one.nom == "Vasseur"])
    bilan = Bilan.objects.get(beneficiaire__nom="Vasseur")
    claire = quelquun(SCREEN)
    enter(claire, "Claire Morel")
    home = f"/consultant/{bilan.pk}"

    # The portfolio: what she did, and one more thing that she can do, found in the referential and said yes to.
    claire.aller(f"{home}/portefeuille/")
    assert claire.lit("Infirmière de bloc", "Montrer un geste à une élève")
    claire.suivre("Écrire une compétence")
    claire.remplir(
        intitule="expliquer un traitement à une personne inquiète", preuve="Avant chaque anesthésie."
    )
    claire.faire("Enregistrer la compétence")
    first = claire.page.locator('input[type=radio][value="oui"]').first
    first.check(force=True)
    claire.faire("Noter ces réponses")

    # The proposals: few, official ones first, each with its reasons; three are kept, one is dropped with its own.
    claire.suivre("Voir vers quels métiers cela mène")
    proposals = claire.page.locator(".proposition")
    assert 3 <= proposals.count() <= 10
    assert proposals.first.locator("text=Mobilité officielle").count() >= 1
    assert claire.lit("Déjà là", "Ce qui manque", "Mobilité officielle depuis")
    assert not re.search(r"\d\s?%", claire.page.locator("main").inner_text())
    kept = []
    for _ in range(3):
        kept.append(claire.page.locator(".proposition h3").first.inner_text())
        with claire.page.expect_navigation():
            claire.page.get_by_role("button", name=re.compile("^Garder cette piste")).first.click()
        claire.voir()
        claire.aller(f"{home}/rapprocher/")
        assert kept[-1] not in claire.page.locator(".proposition h3").all_inner_texts()
    with claire.page.expect_navigation():
        claire.page.get_by_role("link", name=re.compile("^Écarter")).first.click()
    claire.voir()
    claire.remplir(raison=f"Trop loin de chez elle. {RAISON}")
    claire.faire("Écarter la piste")

    claire.aller(f"{home}/pistes/")
    for title in kept:
        assert title in claire.page.locator("main").inner_text()
    assert claire.page.locator(".voies").count() >= 3
    boxes = claire.page.locator('form input[name="f"]')
    for place in range(3):
        boxes.nth(place).check(force=True)
    with claire.page.expect_navigation():
        claire.page.get_by_role("button", name="Comparer ces pistes").click()
    claire.voir()
    assert claire.page.locator(".comparaison-colonne").count() == 3

    # One becomes a project; what is missing for it gets a way, and the training goes into the project.
    claire.aller(f"{home}/pistes/")
    with claire.page.expect_navigation():
        claire.page.get_by_role("link", name=re.compile("^En faire un projet")).first.click()
    claire.voir()
    claire.remplir(nature="principal")
    claire.faire("Écrire ce projet")
    assert claire.page.locator(".lacune--coeur").count() >= 1
    claire.remplir(moyen_0="formation", note_0=f"Institut d’Angers, rentrée en février. {PLAN}")
    claire.faire("Noter ce plan")
    with claire.page.expect_navigation():
        claire.page.get_by_role("link", name=re.compile("^Ouvrir le projet")).first.click()
    claire.voir()
    assert PLAN in claire.page.locator('[name="formation"]').input_value()

    # The person finds all of it on her phone, searches as she types, and no address tells what.
    aurelie = quelquun(PHONE, scheme="dark")
    enter(aurelie, "Aurélie Vasseur")
    space = f"/espace/{bilan.pk}"
    aurelie.aller(f"{space}/pistes/")
    assert all(title in aurelie.page.locator("main").inner_text() for title in kept)
    aurelie.aller(f"{space}/metiers/")
    aurelie.page.locator('[name="texte"]').press_sequentially("boulangere", delay=20)
    aurelie.page.get_by_role("link", name="Boulanger / Boulangère").wait_for()
    aurelie.voir()
    assert aurelie.page.url.endswith(f"{space}/metiers/")
    aurelie.suivre("Boulanger / Boulangère")
    assert "D1102" not in aurelie.page.url
    aurelie.page.go_back()
    assert aurelie.page.locator('[name="texte"]').input_value() == "boulangere"
    aurelie.aller(f"{space}/rapprocher/")
    assert aurelie.lit("Vers quoi mène ce que vous savez faire", "Ce que vous avez déjà")

    tracks = [open_for_action(p) for p in Piece.objects.filter(bilan=bilan, nature="piste")]
    assert sorted(t.etat for t in tracks) == ["ecartee", "gardee", "gardee", "retenue"]
    assert all(t.metier.version and t.metier.libelle and t.voies for t in tracks)
    assert leftovers(RAISON) == []
    assert leftovers(PLAN) == []
