"""In a real browser, on a phone: a line of life, a portfolio with its proof, two projects compared; each page is checked by axe."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.browser.conftest import PHONE, SCREEN
from tests.fouille import leftovers
from tests.stories.temps import Temps

from jalon.demonstration.chargement import load
from jalon.demonstration.histoire import read_histoires
from jalon.records.models import Bilan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def enter(person, name):
    person.aller("/demonstration/")
    person.faire(f"Entrer comme {name}")


def test_a_portfolio_and_two_projects_on_a_phone(quelquun):
    Temps.moment = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))
    load(Temps.moment, [one for one in read_histoires() if one.nom == "Leduc"])
    bilan = Bilan.objects.get(beneficiaire__nom="Leduc")
    name = bilan.beneficiaire.nom_complet
    thierry = quelquun(PHONE)
    enter(thierry, name)
    home = f"/espace/{bilan.pk}"

    # The line: a moment is added by a plain form, and stays hers or his until it is shared.
    thierry.aller(f"{home}/vie/")
    thierry.suivre("Ajouter un moment")
    thierry.remplir(titre="Le premier marché", debut="2004", texte="XVIEX")
    thierry.faire("Enregistrer ce moment")
    assert thierry.lit("Le premier marché", "Lu par vous seulement", "Partagé")
    drawn = thierry.page.locator("svg.dessin--vie")
    assert drawn.bounding_box()["width"] <= PHONE["width"]
    assert drawn.locator(".vie-titre").count() == thierry.page.locator(".moment").count() == 5
    for title in drawn.locator(".vie-titre").all():
        box = title.bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]

    # The portfolio: a sentence of what was told becomes the proof of a competence.
    thierry.aller(f"{home}/portefeuille/")
    with thierry.page.expect_navigation():
        thierry.page.get_by_role("link", name="En tirer des compétences").first.click()
    thierry.voir()
    thierry.page.locator('input[name="phrase"]').nth(1).check(force=True)
    thierry.remplir(intitule="rassurer quelqu’un qui a peur de son geste")
    thierry.faire("Garder cette phrase")
    assert thierry.lit("La phrase reste avec")
    thierry.aller(f"{home}/portefeuille/emporter/")
    thierry.page.locator('[name="format"][value="europass"]').check(force=True)
    with thierry.page.expect_download() as made:
        thierry.page.get_by_role("button", name="Télécharger le portefeuille").click()
    assert "rassurer quelqu’un" in made.value.path().read_text("utf-8")

    # Two projects and more: the computation, what would change the order, what remains to be checked.
    thierry.aller(f"{home}/comparaison/")
    assert thierry.lit("arrive devant", "L’ordre change si", "5 × 4")
    thierry.aller(f"{home}/projets/")
    with thierry.page.expect_navigation():
        thierry.page.locator(".projet h3 a").first.click()
    thierry.voir()
    assert thierry.lit("Ce qui reste à vérifier", "R. 6313-4", "Trois matinées", "Titre de formateur")
    for page in ("enquetes", "essais", "contraintes"):
        thierry.aller(f"{home}/{page}/")
    assert thierry.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    thierry.aller(f"{home}/enquetes/ecrire/")
    thierry.aller(f"{home}/essais/ecrire/")

    # The consultant reads what is shared, and nothing else.
    claire = quelquun(SCREEN)
    enter(claire, bilan.consultant.nom_complet)
    claire.aller(f"/consultant/{bilan.pk}/vie/")
    assert claire.lit("L’apprentissage chez M. Roux")
    assert not claire.lit("Le premier marché")
    assert not claire.lit("La mort de mon père")
    for page in ("projets", "comparaison", "enquetes", "essais", "contraintes", "portefeuille"):
        claire.aller(f"/consultant/{bilan.pk}/{page}/")
    assert leftovers("XVIEX") == []
