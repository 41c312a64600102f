"""Two people write a synthesis together in real browsers; one of them gives a passage of it to read, and takes it back."""

import re

import pytest
from django.conf import settings as django_settings
from django.core import mail
from tests.actions.test_resultats import answered
from tests.browser.conftest import PHONE, SCREEN
from tests.factories import BilanFactory
from tests.stories.temps import Temps
from tests.web.ecrits import sign_in

from jalon.actions.courrier import send_due
from jalon.actions.ecrit import write_ecrit
from jalon.actions.questionnaire import restitute
from jalon.records.models import Partage
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.projet import Projet

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]


@pytest.fixture
def bilan(settings, live_server):
    """In its conclusions: a project, a plan, one result restituted, one still to be explained."""
    settings.JALON_BASE_URL = live_server.url
    found = BilanFactory(en_conclusions=True)
    said = (
        Projet(
            "principal", "Formatrice", "Former des vendeurs en magasin.", "Le goût d’expliquer", "Les trajets"
        ),
        PlanAction((EtapePlan("Appeler l’école", "2026-03-09", "Le téléphone"),)),
    )
    for content in said:
        write_ecrit(bilan=found, contenu=content, by=found.beneficiaire, now=Temps.moment)
    for code in ("motivations", "point_de_depart"):
        answered(found, Temps.moment, code)
    restitute(bilan=found, code="motivations", by=found.consultant, now=Temps.moment)
    return found


def seated(quelquun, person, viewport, scheme="light"):
    """In front of her own browser, already signed in."""
    someone = quelquun(viewport, scheme)
    name = django_settings.SESSION_COOKIE_NAME
    value = sign_in(person).cookies[name].value
    someone.page.context.add_cookies([{"name": name, "value": value, "url": someone.base}])
    return someone


def mailed(pattern):
    send_due(Temps.moment)
    for sent in reversed(mail.outbox):
        found = re.search(pattern, sent.body)
        if found:
            return found.group()
    raise AssertionError(pattern)


def write_together(zoe, claire, bilan):
    claire.aller(f"/consultant/{bilan.pk}/synthese/rassembler/")
    claire.page.get_by_text("Former des vendeurs en magasin.").first.click()
    claire.faire("Reprendre ces passages")
    claire.remplir(circonstances="Une réorganisation, et l’envie de transmettre toujours.")
    claire.remplir(competences="- Animer une équipe\n- Former à un poste")
    claire.faire("Enregistrer la synthèse")
    claire.faire("Proposer la relecture à la personne")
    zoe.aller(f"/espace/{bilan.pk}/synthese/ensemble/")
    assert zoe.lit("D’après : Projet : Formatrice", "Un mot sans nuance")
    zoe.page.get_by_text("Commenter ce paragraphe").first.click()
    zoe.page.locator("textarea[name=texte]").first.fill("Et pour le temps avec mes enfants.")
    zoe.faire("Enregistrer ma remarque")
    zoe.aller(f"/espace/{bilan.pk}/synthese/corriger/")
    zoe.remplir(circonstances="Une réorganisation, et l’envie de transmettre depuis neuf ans.")
    zoe.faire("Enregistrer ma correction")
    for someone, space in ((zoe, "espace"), (claire, "consultant")):
        someone.aller(f"/{space}/{bilan.pk}/synthese/versions/")
        assert someone.page.locator("ins").first.inner_text()
        assert someone.page.locator("del").first.inner_text()
    claire.aller(f"/consultant/{bilan.pk}/synthese/ensemble/")
    assert claire.lit("Et pour le temps avec mes enfants.")
    claire.faire("C’est réglé")


def approve_and_receive(zoe, claire, bilan):
    zoe.aller(f"/espace/{bilan.pk}/synthese/")
    zoe.remplir(observations="Je ne suis pas d’accord avec « animer » : je préfère « réunir ».")
    zoe.faire("Enregistrer mes observations")
    zoe.faire("Approuver ma synthèse")
    claire.aller(f"/consultant/{bilan.pk}/synthese/")
    claire.faire("Remettre la synthèse scellée")


def give_an_extract(zoe, bilan):
    zoe.aller(f"/espace/{bilan.pk}/extrait/")
    zoe.page.locator("main label", has_text="Former à un poste").first.click()
    zoe.faire("Relire l’extrait")
    assert zoe.lit("Former à un poste")
    assert not zoe.lit("Animer une équipe")
    zoe.faire("Sceller cet extrait")
    zoe.remplir(destinataire="employeur", prenom="Denis", nom="Larzul", courriel="denis@larzul.example")
    zoe.remplir(finalite="evolution")
    zoe.faire("Relire mon accord")
    assert zoe.lit("Moi, ", "Ce que l’autre verra", "Votre employeur apprendra ainsi")
    assert not Partage.objects.exists()
    zoe.faire("Donner mon accord et envoyer le lien")


def test_two_write_a_synthesis_and_an_extract_is_given_read_and_taken_back(quelquun, bilan):
    zoe = seated(quelquun, bilan.beneficiaire, PHONE)
    claire = seated(quelquun, bilan.consultant, SCREEN, "dark")
    write_together(zoe, claire, bilan)
    approve_and_receive(zoe, claire, bilan)
    give_an_extract(zoe, bilan)
    denis = quelquun(SCREEN)
    link = mailed(r"http\S+/partage/lien/\S+")
    denis.aller(link)
    denis.faire("Recevoir un code")
    denis.remplir(code=mailed(r"\b\d{4}-\d{4}\b"))
    denis.faire("Ouvrir le document")
    assert denis.lit(bilan.beneficiaire.nom_complet, "Des informations choisies")
    inside = denis.page.url
    pdf = denis.page.locator("main a").first.get_attribute("href")
    assert denis.page.request.get(f"{denis.base}{pdf}").body().startswith(b"%PDF")
    zoe.aller(f"/espace/{bilan.pk}/partages/")
    assert zoe.lit("Denis Larzul", "Ouvert par cette personne")
    zoe.faire("Arrêter maintenant")
    # In the tab that was left open, and by the same link again.
    assert denis.page.request.get(inside).status == 404
    assert denis.page.request.get(f"{denis.base}{pdf}").status == 404
    assert denis.page.goto(link).status == 404
    zoe.aller(f"/espace/{bilan.pk}/journal/")
    assert zoe.lit("Denis Larzul", "à qui vous avez donné à lire")


def test_her_results_and_her_reminders_are_read_on_a_phone(quelquun, bilan):
    zoe = seated(quelquun, bilan.beneficiaire, PHONE, "dark")
    zoe.aller(f"/espace/{bilan.pk}/resultats/")
    assert zoe.lit("n’a pas encore été restitué")
    zoe.faire("Réunir mes résultats")
    assert zoe.lit("Lire le document RES-")
    zoe.aller(f"/espace/{bilan.pk}/conclusions/")
    assert zoe.lit("Le goût d’expliquer")
    zoe.aller(f"/espace/{bilan.pk}/rappels/")
    with zoe.page.expect_download() as file:
        zoe.page.get_by_label("Les étapes de mon plan qui ont une date").check()
        zoe.page.get_by_role("button", name="Télécharger le fichier d’agenda").click()
    assert file.value.suggested_filename == "rappels.ics"
