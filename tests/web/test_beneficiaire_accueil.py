"""The person's home: where she is, the one next thing, her hours, what the end means, her rights."""

from datetime import timedelta

import pytest
from tests.factories import BilanFactory, PersonneFactory, SeanceFactory
from tests.web.espaces import at, queries_of, sign_in, text_of

from jalon.domain.bilan import Etat
from jalon.records.models import Bilan, Emargement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


def test_with_one_bilan_the_home_is_that_bilan(now):
    bilan = BilanFactory(en_cours=True)
    SeanceFactory(bilan=bilan, debut=now + timedelta(days=3))
    page = text_of(sign_in(bilan.beneficiaire).get("/espace/"))
    assert "Votre prochaine séance est vendredi 6 mars 2026 à 10 h" in page
    assert "Écrire ce qui vous amène" in page
    assert "0 h faites sur 2 h prévues. La loi s’arrête à 24 h" in page
    assert "Travail personnel" in page
    assert "Faire une pause, arrêter sans dire pourquoi" in page


def test_with_several_bilans_each_says_what_comes_next_in_it():
    first = BilanFactory(en_cours=True)
    second = BilanFactory(beneficiaire=first.beneficiaire)
    page = text_of(sign_in(first.beneficiaire).get("/espace/"))
    assert "Vos accompagnements" in page
    assert "Écrire ce qui vous amène" in page
    assert "Lire ce qui vous est proposé" in page
    assert first.consultant.nom_complet in page
    assert second.consultant.nom_complet in page


def test_without_any_bilan_the_home_says_what_will_come():
    assert "s’affichera ici" in text_of(sign_in(PersonneFactory()).get("/espace/"))


def test_the_home_speaks_to_the_person_and_is_404_to_her_consultant():
    bilan = BilanFactory(en_cours=True)
    assert sign_in(bilan.beneficiaire).get(f"/espace/{bilan.pk}/").status_code == 200
    assert sign_in(bilan.consultant).get(f"/espace/{bilan.pk}/").status_code == 404


def test_the_end_says_what_it_destroys_and_how_to_take_one_s_folder(now):
    bilan = BilanFactory(en_conclusions=True, terme_prevu_le=(now + timedelta(days=9)).date())
    page = text_of(sign_in(bilan.beneficiaire).get("/espace/"))
    assert "jeudi 12 mars 2026" in page
    assert "Emporter votre dossier" in page


def test_a_destroyed_bilan_still_opens_and_says_so(now):
    bilan = BilanFactory(
        en_cours=True,
        etat=Etat.ABANDONNE,
        termine_le=now,
        destruction_commencee_le=now,
        contenu_detruit_le=now,
    )
    page = text_of(sign_in(bilan.beneficiaire).get("/espace/"))
    assert "ce qui a été écrit est détruit" in page
    assert "Le contenu" not in page


def test_the_title_of_the_tab_says_nothing_of_a_bilan():
    bilan = BilanFactory(en_cours=True)
    for page in ("", "droits/", "consentement/", "demande/", "seances/", "journal/", "papiers/", "agenda/"):
        answer = sign_in(bilan.beneficiaire).get(f"/espace/{bilan.pk}/{page}")
        title = answer.content.decode().split("<title>")[1].split("</title>")[0]
        assert title
        assert "bilan" not in title.lower()


def test_the_home_costs_the_same_for_one_seance_as_for_twelve(now):
    bilan = BilanFactory(en_cours=True)
    client = sign_in(bilan.beneficiaire)

    def signed(days):
        start = now - timedelta(days=days)
        seance = SeanceFactory(
            bilan=bilan, debut=start, etat="tenue", debut_reel=start, fin_reelle=start + timedelta(hours=1)
        )
        for qualite, person in (("beneficiaire", bilan.beneficiaire), ("consultant", bilan.consultant)):
            Emargement.objects.create(
                seance=seance, personne=person, qualite=qualite, maniere="ecran", signe_le=now, empreinte="0"
            )

    signed(1)
    one = queries_of(client, "/espace/")
    for days in range(2, 13):
        signed(days)
    assert queries_of(client, "/espace/") == one


def test_the_home_of_many_bilans_costs_the_same_as_of_two():
    first = BilanFactory(en_cours=True)
    BilanFactory(beneficiaire=first.beneficiaire)
    client = sign_in(first.beneficiaire)
    two = queries_of(client, "/espace/")
    for _ in range(4):
        BilanFactory(beneficiaire=first.beneficiaire, en_cours=True)
    assert queries_of(client, "/espace/") == two


def test_the_rights_name_the_cabinet_and_stopping_is_told_before_it_is_done(now):
    bilan = BilanFactory(en_cours=True)
    bilan.organisme.telephone, bilan.organisme.mediateur = "02 40 00 00 00", "Médiation de l’Ouest"
    bilan.organisme.save()
    client = sign_in(bilan.beneficiaire)
    page = text_of(client.get(f"/espace/{bilan.pk}/droits/"))
    assert "02 40 00 00 00" in page
    assert "Médiation de l’Ouest" in page
    told = text_of(client.get(f"/espace/{bilan.pk}/droits/arreter/"))
    assert "Aucune raison ne vous est demandée" in told
    assert "Emportez d’abord votre dossier" in told
    assert Bilan.objects.get(pk=bilan.pk).etat == Etat.PRELIMINAIRE
    assert client.post(f"/espace/{bilan.pk}/droits/arreter/").status_code == 302
    assert Bilan.objects.get(pk=bilan.pk).etat == Etat.ABANDONNE
    again = client.post(f"/espace/{bilan.pk}/droits/arreter/")
    assert again.status_code == 422
    assert "n’est pas possible" in text_of(again)
