"""The convention between three in real browsers: signed by three people in one story, lapsed by silence in the other."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from tests.browser.conftest import PHONE, SCREEN
from tests.browser.test_parcours_entier import PARIS, at, enter
from tests.stories.temps import Temps

from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.actions.invitation import accept_invitation
from jalon.actions.ouverture import open_bilan
from jalon.demonstration.cabinet import invitation_of, open_house
from jalon.records.evenements import broken_chains
from jalon.records.models import Engagement, Part

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture
def bilan(settings, live_server):
    """Opened for an employer's plan, its funding settled, its person in her space."""
    settings.JALON_BASE_URL = live_server.url
    house = open_house(Temps.moment - timedelta(days=60))
    found = open_bilan(
        organisme=house.organisme,
        parcours=house.parcours["dix_semaines"],
        consultant=house.consultants[1],
        financement="plan",
        prenom="Ana",
        nom="Tessier",
        email="ana.tessier@exemple.fr",
        telephone="",
        employeur_nom="Ateliers Larzul",
        employeur_siren="732829320",
        by=house.assistante,
        now=Temps.moment,
    )
    accept_invitation(token=invitation_of(found.beneficiaire), now=Temps.moment)
    day = Temps.moment.date()
    row = Engagement.objects.create(
        bilan=found,
        voie="plan",
        droit_le=day,
        prix_centimes=185_000,
        debut_prevu_le=day + timedelta(days=30),
        fin_prevue_le=day + timedelta(days=100),
    )
    Part.objects.create(
        engagement=row,
        ordre=0,
        voie="plan",
        poste="prise_en_charge",
        payeur="employeur",
        debiteur="employeur",
        montant_centimes=185_000,
    )
    return found


def mailed(pattern):
    send_due(Temps.moment)
    for sent in reversed(mail.outbox):
        found = re.search(pattern, sent.body)
        if found:
            assert "bilan" not in f"{sent.subject}{sent.body}".lower()
            return found.group()
    raise AssertionError(pattern)


def enter_by_mail(person, address):
    person.aller("/compte/connexion/")
    person.remplir(login=address)
    with person.page.expect_navigation():
        person.page.locator("main form button[type=submit]").first.click()
    person.remplir(code=mailed(r"\b\d{4}-\d{4}\b|\b\d{3}-\d{3}\b|\b\d{8}\b"))
    with person.page.expect_navigation():
        person.page.locator("main form button[type=submit]").first.click()
    person.voir()


def send_the_project(maud, denis, bilan):
    """The assistant names who signs for the employer, and establishes the convention."""
    maud.aller(f"/cabinet/dossiers/{bilan.pk}/employeur/")
    maud.remplir(
        prenom="Denis",
        nom="Larzul",
        fonction="directeur des ressources humaines",
        courriel="denis@larzul.example",
    )
    maud.faire("Ouvrir et envoyer le lien")
    maud.page.get_by_text("Convention tripartite").first.click()
    maud.faire("Établir et envoyer à la signature")
    assert maud.lit("est établi et envoyé à la signature")
    link = mailed(r"http\S+/employeur/lien/\S+")
    denis.aller(re.sub(r"^https?://[^/]+", denis.base, link))
    denis.faire("Recevoir un code")
    denis.remplir(code=mailed(r"\b\d{4}-\d{4}\b"))
    denis.faire("Entrer dans le dossier")
    for page in ("limites", "presence"):
        denis.aller(f"/employeur/{bilan.pk}/{page}/")
    denis.aller(f"/employeur/{bilan.pk}/convention/")
    denis.faire("Transmettre le projet à la personne")
    assert denis.lit("Le projet est transmis", "Délai en cours")


def sign_by_code(person, address):
    person.aller(address)
    person.suivre("Lire et signer")
    person.faire("Recevoir un code par courriel")
    person.remplir(code=mailed(r"\b\d{4}-\d{4}\b"))
    person.page.locator("#lu-code").check()
    person.faire("Signer avec ce code")


def sign_by_drawing(person, address):
    person.aller(address)
    person.suivre("Lire et signer")
    frame = person.page.locator("canvas")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    person.page.mouse.move(box["x"] + 30, box["y"] + 60)
    person.page.mouse.down()
    for step in range(1, 25):
        person.page.mouse.move(box["x"] + 30 + 8 * step, box["y"] + 50 + 25 * (step % 3))
    person.page.mouse.up()
    person.page.locator("#lu-trace").check()
    person.faire("Signer avec ce tracé")


def test_three_people_sign_the_convention_each_in_a_browser_of_her_own(bilan, quelquun):
    maud, denis, ana, claire = quelquun(SCREEN), quelquun(SCREEN), quelquun(PHONE, "dark"), quelquun(SCREEN)
    enter(maud, "Maud Perrin")
    enter(claire, "Claire Morel")
    send_the_project(maud, denis, bilan)
    at(2, 21)
    enter_by_mail(ana, "ana.tessier@exemple.fr")
    sign_by_drawing(ana, f"/espace/{bilan.pk}/a-signer/")
    assert ana.lit("Votre signature est enregistrée")
    sign_by_code(denis, f"/employeur/{bilan.pk}/a-signer/")
    sign_by_code(claire, f"/cabinet/dossiers/{bilan.pk}/a-signer/")
    assert claire.lit("Le document est signé par tous et scellé")
    convention = bilan.conventions.get()
    assert (convention.etat, convention.circuit.etat) == ("conclue", "scelle")
    assert Engagement.objects.get(bilan=bilan).conclu_le is not None
    for person, page in (
        (denis, f"/employeur/{bilan.pk}/"),
        (maud, f"/cabinet/dossiers/{bilan.pk}/papiers/"),
        (ana, f"/espace/{bilan.pk}/a-signer/"),
    ):
        person.aller(page)
    assert denis.lit("Conclue")
    with denis.page.expect_download() as taken:
        denis.page.get_by_role("link", name=re.compile("CNV-.*-S")).first.click()
    assert taken.value.suggested_filename.startswith("CNV-")
    maud.aller(f"/cabinet/dossiers/{bilan.pk}/signatures/{convention.circuit_id}/")
    assert broken_chains() == []
    # The employer's browser opens its dossier, and no other door.
    assert not denis.trouve(f"/cabinet/dossiers/{bilan.pk}/papiers/")
    assert not denis.trouve(f"/espace/{bilan.pk}/a-signer/")


def test_ten_days_of_silence_and_the_convention_is_not_concluded(bilan, quelquun):
    maud, denis, ana = quelquun(SCREEN, "dark"), quelquun(PHONE), quelquun(PHONE)
    enter(maud, "Maud Perrin")
    enter_by_mail(ana, "ana.tessier@exemple.fr")
    send_the_project(maud, denis, bilan)
    ana.aller(f"/espace/{bilan.pk}/a-signer/")
    assert ana.lit("Un document attend votre signature")
    last = bilan.conventions.get().dernier_jour
    Temps.moment = datetime(last.year, last.month, last.day, 23, 59, tzinfo=PARIS)
    run_due(Temps.moment)
    ana.aller(f"/espace/{bilan.pk}/a-signer/")
    assert ana.lit("Un document attend votre signature")
    Temps.moment += timedelta(minutes=1)
    run_due(Temps.moment)
    ana.aller(f"/espace/{bilan.pk}/a-signer/")
    assert ana.lit("Rien n’attend votre signature", "Sans suite")
    # The employer reads «non conclue», and not why.
    send_due(Temps.moment)
    link = mailed(r"http\S+/employeur/lien/\S+")
    denis.aller(re.sub(r"^https?://[^/]+", denis.base, link))
    denis.faire("Recevoir un code")
    denis.remplir(code=mailed(r"\b\d{4}-\d{4}\b"))
    denis.faire("Entrer dans le dossier")
    assert denis.lit("Non conclue")
    assert not denis.lit("silence")
    assert not denis.lit("Délai")
    maud.aller(f"/cabinet/dossiers/{bilan.pk}/papiers/")
    assert maud.lit("Sans suite")
