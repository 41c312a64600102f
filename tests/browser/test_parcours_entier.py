"""One bilan in a real browser, each role in turn: from the opening of the dossier to the proof that all was destroyed."""

import re
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import expect
from tests.browser.conftest import PHONE, SCREEN
from tests.fouille import leftovers
from tests.stories.temps import Temps

from jalon.actions.courrier import send_due
from jalon.actions.echeance import run_due
from jalon.demonstration.cabinet import open_house
from jalon.instruments import get
from jalon.records.evenements import broken_chains
from jalon.records.models import Bilan, Piece

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
]
PARIS = ZoneInfo("Europe/Paris")
# One word in an answer, one in a note, one in the synthesis: nobody may ever find them in clear.
REPONSE, NOTE, SYNTHESE = "XREPONSEX", "XNOTEX", "XSYNTHESEX"


def enter(person, name):
    person.aller("/demonstration/")
    person.faire(f"Entrer comme {name}")


def at(days, hour, minute=0):
    """Time passes until then."""
    day = Temps.moment.astimezone(PARIS).date() + timedelta(days=days)
    Temps.moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)
    send_due(Temps.moment)
    return day


def open_dossier(maud):
    maud.aller("/cabinet/dossiers/ouvrir/")
    maud.remplir(prenom="Ana", nom="Tessier", email="ana.tessier@exemple.fr", financement="cpf_hors_temps")
    for name in ("parcours", "consultant", "lieu"):
        labels = {
            "parcours": "Bilan de compétences en dix semaines",
            "consultant": "Claire Morel",
            "lieu": "Quai de Maine",
        }
        options = maud.page.locator(f'[name="{name}"] option')
        wanted = next(
            options.nth(i).get_attribute("value")
            for i in range(options.count())
            if options.nth(i).inner_text().replace("\u00a0", " ").startswith(labels[name])
        )
        maud.remplir(**{name: wanted})
    maud.faire("Ouvrir le dossier")
    return Bilan.objects.get(beneficiaire__nom="Tessier")


def settle_the_funding(maud, bilan):
    """The wizard computes as one types; then each step of the platform is noted on its day, and eleven working days pass."""
    maud.aller(f"/cabinet/dossiers/{bilan.pk}/financement/regler/")
    maud.remplir(precedent="aucun", prix="1700")
    maud.page.locator('[name="prix"]').blur()
    expect(maud.page.locator("#feuille")).to_contain_text(re.compile(r"1.596,80.€"))
    maud.faire("Régler le financement")
    assert maud.lit("La commande n’est pas confirmée", "D. 6353-1")
    for act in ("Noter la demande", "Noter la proposition", "Noter la confirmation"):
        maud.faire(act)
    assert maud.lit("jeudi 19 mars 2026")


def accept_the_invitation(ana):
    send_due(Temps.moment)
    link = re.search(r"http\S+/invitation/\S+", mail.outbox[-1].body).group()
    assert "bilan" not in f"{mail.outbox[-1].subject}{mail.outbox[-1].body}".lower()
    ana.aller(re.sub(r"^https?://[^/]+", ana.base, link))
    with ana.page.expect_navigation():
        ana.page.locator("main form button[type=submit]").first.click()
    ana.voir()


def hold(claire, ana, bilan, phase, days, hours=2):
    """Planned, then held when its time has come, then signed by both with the same times under their eyes."""
    day = (Temps.moment.astimezone(PARIS) + timedelta(days=days)).date()
    claire.aller(f"/consultant/{bilan.pk}/seances/prevoir/")
    claire.remplir(
        phase=phase, jour=day.isoformat(), debut="09:00", duree=str(hours * 60), modalite="telephone"
    )
    claire.faire("Prévoir la séance")
    page = claire.page.url
    at(days, 9 + hours, 5)
    claire.aller(page)
    claire.remplir(
        **{
            "tenir-jour": day.isoformat(),
            "tenir-debut_reel": "09:00",
            "tenir-fin_reelle": f"{9 + hours:02d}:00",
        }
    )
    claire.faire("Noter les horaires réels")
    claire.faire("Signer la séance")
    ana.aller(page.removeprefix(claire.base).replace("/consultant/", "/espace/"))
    ana.faire("Signer la séance")


def agree_on_the_beginning(claire, ana, bilan):
    claire.aller(f"/consultant/{bilan.pk}/demande/")
    claire.remplir(
        mots_de_la_personne=f"Je veux relier des livres. {REPONSE}",
        reformulation="Fabriquer plutôt que vendre.",
    )
    claire.faire("Enregistrer ce texte")
    claire.faire("Donner mon accord sur ce texte")
    claire.aller(f"/consultant/{bilan.pk}/objectifs/")
    claire.remplir(**{"texte-0": "Choisir une formation", "critere-0": "Le devis est signé"})
    claire.faire("Enregistrer les objectifs")
    claire.faire("Donner mon accord sur ce texte")
    for page in ("demande", "objectifs"):
        ana.aller(f"/espace/{bilan.pk}/{page}/")
        ana.faire("Donner mon accord sur ce texte")
    for who, space in ((ana, "espace"), (claire, "consultant")):
        who.aller(f"/{space}/{bilan.pk}/convenu/")
        who.faire("Clore la phase préliminaire")


def go_on(claire, bilan, words):
    claire.aller(f"/consultant/{bilan.pk}/")
    claire.faire(words)


def answer(claire, ana, bilan):
    """Part by part, on a telephone; then explained before it is read."""
    instrument = get("motivations", None)
    claire.aller(f"/consultant/{bilan.pk}/questionnaires/")
    claire.faire(f"Proposer : {instrument.titre}")
    for rank, part in enumerate(instrument.parties, 1):
        ana.aller(f"/espace/{bilan.pk}/questionnaires/motivations/partie/{rank}/")
        ana.remplir(**{f"q_{q.code}": "4" if q.code.startswith("creer") else "2" for q in part.questions})
        ana.faire(
            "Garder et continuer" if rank < len(instrument.parties) else "Garder et relire avant de terminer"
        )
    ana.faire("Terminer le questionnaire")
    ana.aller(f"/espace/{bilan.pk}/questionnaires/motivations/")
    assert not ana.lit("Ces barres comparent vos motivations entre elles")
    claire.aller(f"/consultant/{bilan.pk}/questionnaires/motivations/")
    claire.faire("Restituer ce résultat à la personne")
    ana.aller(f"/espace/{bilan.pk}/questionnaires/motivations/")
    assert ana.lit("Ces barres comparent vos motivations entre elles")


def write_recap_and_note(claire, ana, bilan):
    seance = bilan.seances.filter(etat="tenue").latest("debut")
    claire.aller(f"/consultant/{bilan.pk}/comptes-rendus/{seance.pk}/")
    claire.remplir(texte="Nous avons parlé de l’atelier.")
    claire.faire("Partager le compte rendu")
    claire.aller(f"/consultant/{bilan.pk}/notes/ecrire/")
    claire.remplir(titre="Après la séance", texte=f"À reprendre. {NOTE}")
    claire.faire("Enregistrer la note")
    ana.aller(f"/espace/{bilan.pk}/comptes-rendus/")
    assert ana.lit("Nous avons parlé de l’atelier.")


def write_projects(ana, bilan):
    for nature, intitule in (("principal", "Relieuse à son compte"), ("alternatif", "Médiatrice du livre")):
        ana.aller(f"/espace/{bilan.pk}/projets/ecrire/")
        ana.remplir(intitule=intitule, nature=nature, description="Un atelier, deux jours par semaine.")
        ana.faire("Enregistrer le projet")
    ana.aller(f"/espace/{bilan.pk}/projets/")
    assert ana.lit("Relieuse à son compte", "Médiatrice du livre")


def write_the_end(claire, ana, bilan):
    claire.aller(f"/consultant/{bilan.pk}/conclusions/")
    claire.remplir(conditions="Un local partagé", moyens="Le compte formation", freins="Le calendrier")
    claire.faire("Enregistrer les conditions")
    claire.remplir(
        texte_0="Visiter un atelier", pour_le_0=(Temps.moment + timedelta(days=20)).date().isoformat()
    )
    claire.faire("Enregistrer le plan d’action")
    claire.aller(f"/consultant/{bilan.pk}/synthese/")
    claire.remplir(
        circonstances="Ana est libraire.",
        competences=f"Conseiller, organiser. {SYNTHESE}",
        projet="Relieuse à son compte.",
    )
    claire.faire("Enregistrer la synthèse")
    claire.faire("Proposer la relecture à la personne")
    ana.aller(f"/espace/{bilan.pk}/synthese/")
    assert ana.lit("Conseiller, organiser.")
    ana.remplir(observations="Je relis aussi des partitions.")
    ana.faire("Enregistrer mes observations")
    ana.faire("Approuver ma synthèse")
    claire.aller(f"/consultant/{bilan.pk}/synthese/")
    claire.faire("Remettre la synthèse scellée")
    ana.aller(f"/espace/{bilan.pk}/synthese/")
    assert ana.lit("Votre synthèse vous est remise")


def decide_and_take_away(claire, ana, bilan, folder):
    claire.aller(f"/consultant/{bilan.pk}/fin/")
    claire.remplir(le=Temps.moment.astimezone(PARIS).date().isoformat())
    claire.faire("Annoncer la date de fin")
    for ensemble in ("synthese", "resultats", "projets", "echanges"):
        ana.aller(f"/espace/{bilan.pk}/decisions/")
        with ana.page.expect_navigation():
            ana.page.locator(f"form[action$='/{ensemble}/detruire/'] button").click()
        ana.voir()
    ana.faire("Accepter qu’on m’écrive")
    ana.aller(f"/espace/{bilan.pk}/emporter/")
    with ana.page.expect_download() as taken:
        ana.page.get_by_role("button", name="Emporter mon dossier").click()
    assert taken.value.suggested_filename == "mon-dossier.zip"
    taken.value.save_as(folder / "mon-dossier.zip")


def read_the_book_without_us(ana, folder):
    """Unpacked by another program, opened from the disk: no network, no script, and nothing that axe finds wrong."""
    with zipfile.ZipFile(folder / "mon-dossier.zip") as archive:
        archive.extractall(folder)
    page = ana.page.context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "mon-dossier.html").as_uri())
    assert all(address.startswith("file:") for address in asked)
    assert Axe().run(page).response["violations"] == []
    words = page.inner_text("main")
    assert REPONSE in words
    assert SYNTHESE in words
    assert NOTE not in page.content()
    page.close()


def reopen_it_for_the_follow_up(ana, claire, bilan, folder):
    """Six months later nothing is left here: she brings her own folder, and it dies with the interview."""
    at(190, 10)
    run_due(Temps.moment)
    ana.aller(f"/espace/{bilan.pk}/suivi/")
    ana.faire("Ouvrir l’entretien de suivi")
    ana.aller(f"/espace/{bilan.pk}/reprise/")
    ana.page.locator("input[type=file]").set_input_files(folder / "mon-dossier.zip")
    ana.faire("Reprendre ce dossier")
    assert ana.page.locator("#contenu").inner_html().count(SYNTHESE)
    assert leftovers(SYNTHESE) == []
    claire.aller(f"/consultant/{bilan.pk}/suivi/")
    claire.page.locator('input[name="suite"][value="rien"]').check(force=True)
    claire.faire("Clore l’entretien et détruire ce compte rendu")
    assert not Piece.objects.filter(bilan=bilan).exists()


def test_one_bilan_from_its_opening_to_its_destruction_by_every_role(
    quelquun, live_server, settings, tmp_path
):
    settings.JALON_BASE_URL = live_server.url
    open_house(Temps.moment - timedelta(days=60))
    maud, claire = quelquun(SCREEN), quelquun(SCREEN, "dark")
    ana = quelquun(PHONE)
    enter(maud, "Maud Perrin")
    enter(claire, "Claire Morel")

    bilan = open_dossier(maud)
    accept_the_invitation(ana)
    settle_the_funding(maud, bilan)
    ana.aller(f"/espace/{bilan.pk}/consentement/")
    ana.faire("Donner mon accord")
    ana.aller(f"/espace/{bilan.pk}/financement/")
    assert ana.lit("103,20 €", "jeudi 19 mars 2026")
    at(16, 8)
    go_on(claire, bilan, "Commencer la phase préliminaire")
    hold(claire, ana, bilan, "preliminaire", days=2)
    agree_on_the_beginning(claire, ana, bilan)
    go_on(claire, bilan, "Ouvrir l’investigation")
    hold(claire, ana, bilan, "investigation", days=7)
    answer(claire, ana, bilan)
    write_recap_and_note(claire, ana, bilan)
    write_projects(ana, bilan)
    go_on(claire, bilan, "Ouvrir les conclusions")
    hold(claire, ana, bilan, "conclusions", days=7)
    write_the_end(claire, ana, bilan)

    # Everything is readable by the two, by nobody else, and nowhere on the disk.
    assert Piece.objects.filter(bilan=bilan).count() > 10
    assert [leftovers(word) for word in (REPONSE, NOTE, SYNTHESE)] == [[], [], []]
    maud.aller(f"/cabinet/dossiers/{bilan.pk}/")
    assert not maud.lit("Relieuse")
    for page in ("synthese", "questionnaires", "notes", "messages", "projets"):
        assert claire.trouve(f"/consultant/{bilan.pk}/{page}/"), page
        assert not maud.trouve(f"/consultant/{bilan.pk}/{page}/"), page

    decide_and_take_away(claire, ana, bilan, tmp_path)
    read_the_book_without_us(ana, tmp_path)
    claire.aller(f"/consultant/{bilan.pk}/fin/")
    claire.faire("Terminer l’accompagnement")
    claire.suivre("Détruire maintenant, avec la personne")
    claire.faire("Détruire le contenu du dossier")

    bilan.refresh_from_db()
    assert bilan.contenu_detruit_le is not None
    assert not Piece.objects.filter(bilan=bilan).exists()
    assert [leftovers(word) for word in (REPONSE, NOTE, SYNTHESE)] == [[], [], []]
    ana.aller(f"/espace/{bilan.pk}/destruction/")
    assert ana.lit("À la fin de l’accompagnement")
    ana.aller(f"/espace/{bilan.pk}/papiers/")
    assert ana.lit("DES-2026-0001")
    ana.aller(f"/espace/{bilan.pk}/journal/")
    assert ana.lit("Claire Morel")
    maud.aller(f"/cabinet/dossiers/{bilan.pk}/")
    reopen_it_for_the_follow_up(ana, claire, bilan, tmp_path)
    assert [leftovers(word) for word in (REPONSE, NOTE, SYNTHESE)] == [[], [], []]
    assert broken_chains() == []
    assert not any("bilan" in f"{m.subject}{m.body}".lower() for m in mail.outbox)
    assert len({*ana.vues, *claire.vues, *maud.vues}) > 30
