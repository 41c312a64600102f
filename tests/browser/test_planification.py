"""A whole parcours planned in a few clicks; then the person moves one séance on her telephone, and puts her dates in it."""

from datetime import time, timedelta

import pytest
from tests.browser.conftest import PHONE, SCREEN
from tests.factories import BilanFactory, LieuFactory, MembreFactory
from tests.stories.temps import Temps
from tests.web.espaces import sign_in

from jalon.records.models import Disponibilite, PlageHebdomadaire, Salle, Seance

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


def enter(somebody, personne):
    """Already signed in: how one signs in is another story."""
    cookies = sign_in(personne).cookies
    somebody.page.context.add_cookies(
        [{"name": name, "value": one.value, "url": somebody.base} for name, one in cookies.items()]
    )
    return somebody


@pytest.fixture
def bilan(settings, live_server):
    settings.JALON_BASE_URL = live_server.url
    found = BilanFactory(en_cours=True)
    found.lieu = LieuFactory(organisme=found.organisme)
    found.save()
    Salle.objects.create(lieu=found.lieu, nom="Salle bleue", fauteuil=True)
    common = {"organisme": found.organisme, "consultant": found.consultant}
    Disponibilite.objects.create(**common, seances_par_semaine=12, capacite=10)
    for day in range(5):
        PlageHebdomadaire.objects.create(**common, jour=day, debut=time(9), fin=time(18), lieu=found.lieu)
    return found


def test_a_plan_in_a_few_clicks_and_one_seance_moved_on_a_telephone(quelquun, bilan):
    ana = enter(quelquun(SCREEN), bilan.consultant)
    ana.aller(f"/consultant/{bilan.pk}/seances/")
    ana.suivre("Planifier tout le parcours")
    assert ana.lit("Choisissez une suite de dates", "Le plus régulier", "Terminé au plus tôt")
    with ana.page.expect_navigation():
        ana.page.locator("section.proposition").first.get_by_role("button").click()
    ana.voir()
    assert ana.lit("8 séances sont prévues")
    assert Seance.objects.filter(bilan=bilan).count() == 8
    for address in ("?vue=jour", "?", "?vue=liste", "reglages/"):
        ana.aller(f"/consultant/agenda/{address}")
    ana.aller("/cabinet/ateliers/")

    zoe = enter(quelquun(PHONE, "dark"), bilan.beneficiaire)
    zoe.aller(f"/espace/{bilan.pk}/seances/")
    second = Seance.objects.filter(bilan=bilan).order_by("debut")[1]
    zoe.aller(f"/espace/{bilan.pk}/seances/{second.pk}/")
    zoe.suivre("Déplacer cette séance")
    with zoe.page.expect_navigation():
        zoe.page.locator('button[name="debut"]').nth(3).click()
    zoe.voir()
    assert zoe.lit("Votre séance aura lieu le")
    moved = Seance.objects.get(pk=second.pk)
    assert (moved.sequence, moved.debut != second.debut) == (1, True)
    zoe.aller(f"/espace/{bilan.pk}/agenda/")
    zoe.suivre("Mettre ces dates dans mon téléphone")
    zoe.page.get_by_role("button", name="Ouvrir une adresse privée").click()
    zoe.page.wait_for_selector("text=Votre adresse privée")
    zoe.voir()
    overflow = zoe.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


def test_the_desk_sees_the_week_and_the_rooms(quelquun, bilan):
    maud = MembreFactory(organisme=bilan.organisme, role="responsable").personne
    Seance.objects.create(
        bilan=bilan,
        consultant=bilan.consultant,
        phase="preliminaire",
        nature="accompagnement",
        modalite="presentiel",
        lieu=bilan.lieu,
        salle=Salle.objects.get(),
        debut=Temps.moment + timedelta(hours=2),
        fin=Temps.moment + timedelta(hours=4),
    )
    desk = enter(quelquun(SCREEN), maud)
    for address in (
        "/cabinet/agenda/",
        "/cabinet/agenda/?vue=salles",
        "/cabinet/attente/",
        f"/cabinet/lieux/{bilan.lieu_id}/salles/",
    ):
        desk.aller(address)
    phone = enter(quelquun(PHONE), maud)
    phone.aller("/cabinet/agenda/")
    overflow = phone.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
