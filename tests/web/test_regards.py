"""The pages of the looks of others: the person's, the consultant's, and those of one link without account."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from tests.actions.regards import answer, invite, own_sheet, proposed
from tests.web.ecrits import read, situation, strangers
from tests.web.espaces import at, text_of

from jalon.actions.regards_lien import token
from jalon.instruments import get
from jalon.records.models import Bilan, Organisme, Piece, Regards, Repondant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(monkeypatch, now):
    at(monkeypatch, now)
    cache.clear()


@pytest.fixture
def s(now):
    return situation(en_investigation=True)


@pytest.fixture
def asked(s, now):
    """One who has her link, and nothing else."""
    proposed(s.bilan, now)
    (row,) = invite(s.bilan, now, ("pairs", 1))
    return f"/regard/{token(row.pk)}/"


def said(value="4", words=""):
    return {f"q_{q.code}": value if q.modalites else words for q in get("regards_360").questions}


def test_the_person_frames_invites_follows_a_number_and_closes(s, now):
    page = s.a("beneficiaire_regards")
    assert "ne vous a pas été proposée" in text_of(s.personne.get(page))
    assert s.consultant.post(s.a("consultant_regards_proposer")).status_code == 302
    assert "Comment vous demandez" in text_of(s.personne.get(page))
    bad = s.personne.post(
        s.a("beneficiaire_regards_regler"), {"signature": "Nadia", "dernier_jour": "2026-03-03"}
    )
    assert bad.status_code == 422
    assert "entre 3 et 60 jours" in text_of(bad)
    good = {"signature": "Nadia", "dernier_jour": "2026-03-20", "mot": "Merci"}
    assert s.personne.post(s.a("beneficiaire_regards_regler"), good).status_code == 302
    refused = s.personne.post(
        s.a("beneficiaire_regards_inviter"), {"nom": "Karim", "groupe": "pairs", "adresse": "karim"}
    )
    assert refused.status_code == 422
    assert 'value="Karim"' in refused.content.decode()
    for n in range(3):
        sent = {"nom": f"Karim {n}", "groupe": "pairs", "adresse": f"karim{n}@exemple.fr"}
        assert s.personne.post(s.a("beneficiaire_regards_inviter"), sent).status_code == 302
    for row in Repondant.objects.all():
        answer(row, now)
    shown = text_of(s.personne.get(page))
    assert "3 réponses pour 3 invitations" in shown
    assert "Karim 0" in shown
    assert "karim0@exemple.fr" not in shown
    assert s.personne.post(s.a("beneficiaire_regards_clore")).status_code == 422
    own_sheet(s.bilan, now)
    assert s.personne.post(s.a("beneficiaire_regards_clore")).status_code == 302
    assert "Plus rien n’est séparé" in text_of(s.personne.get(page))
    assert Regards.objects.get().reponses == 3


def test_the_consultant_reads_no_name_and_explains_the_result_first(s, now):
    proposed(s.bilan, now)
    for row in invite(s.bilan, now):
        answer(row, now)
    page = s.a("consultant_regards")
    before = text_of(s.consultant.get(page))
    assert "La personne a réglé sa demande" in before
    assert "XNOM" not in before
    assert "réponses pour" not in before
    own_sheet(s.bilan, now)
    s.personne.post(s.a("beneficiaire_regards_clore"))
    assert 'class="dessin"' not in read(s.personne, s.a("beneficiaire_regards"))
    seen = s.consultant.get(page)
    assert "À restituer en entretien" in text_of(seen)
    assert s.consultant.post(s.a("consultant_regards_restituer")).status_code == 302
    shown = read(s.personne, s.a("beneficiaire_regards")).replace("\u00a0", " ")
    assert 'class="dessin"' in shown
    assert "Lire en tableau" in shown
    assert "5 réponses : collègues, proches (5)" in re.sub(r"\s+", " ", shown)
    assert s.personne.post(s.a("beneficiaire_regards_commenter"), {"commentaire": "XMOTX"}).status_code == 302
    assert "XMOTX" in read(s.consultant, page)


def test_strangers_find_no_page(s, now):
    proposed(s.bilan, now)
    for client in strangers(s.bilan):
        assert client.get(s.a("beneficiaire_regards")).status_code == 404
        assert client.get(s.a("consultant_regards")).status_code == 404


def test_a_link_tells_answers_shows_changes_and_takes_back(asked):
    client = Client()
    first = text_of(client.get(asked))
    assert "Nadia Kessel vous demande votre regard" in first
    assert "Rien n’est montré d’un groupe de moins de 3 personnes" in first
    assert "bilan" not in first.lower()
    assert Piece.objects.filter(nature="regard").count() == 0
    assert client.post(asked, {}).status_code == 422
    assert client.post(asked, said(words="Elle écoute")).status_code == 302
    again = text_of(client.get(asked))
    assert "Vos réponses" in again
    assert "Elle écoute" in again
    assert "Elle écoute" in client.get(f"{asked}changer/").content.decode()
    assert client.post(asked, said("2")).status_code == 302
    assert "Elle écoute" not in text_of(client.get(asked))
    assert client.get(f"{asked}retirer/").status_code == 200
    assert client.post(f"{asked}retirer/").status_code == 302
    assert "C’est effacé" in text_of(client.get(asked))
    assert client.post(asked, said()).status_code == 200
    assert Piece.objects.filter(nature="regard").count() == 0


def test_the_word_is_said_only_where_she_chose_so_even_by_the_name_of_the_cabinet(asked, s, now):
    Organisme.objects.update(nom="Bilan & Cie")
    assert "bilan" not in Client().get(asked).content.decode().lower()
    from jalon.actions import regards as acts

    acts.frame_regards(
        bilan=s.bilan,
        signature="Nadia",
        mot="",
        explicite=True,
        dernier_jour=now.date() + timedelta(days=9),
        by=s.bilan.beneficiaire,
        now=now,
    )
    shown = text_of(Client().get(asked))
    assert "dans le cadre d’un bilan de compétences" in shown
    assert "Bilan & Cie" in shown.replace("&amp;", "&")


def test_forged_closed_and_destroyed_links_are_one_same_page_that_explains(asked, s, now):
    forged = Client().get(f"/regard/{'0' * 64}/")
    assert forged.status_code == 404
    assert "Ce lien ne mène plus à rien" in text_of(forged)
    Regards.objects.all().delete()
    gone = Client().get(asked)
    assert (gone.status_code, text_of(gone)) == (404, text_of(forged))
    for path in ("", "changer/", "retirer/"):
        assert Client().post(f"{asked}{path}", said()).status_code == 404


def test_after_the_last_day_or_the_end_of_the_journey_nothing_is_sent_and_the_way_out_stays(
    asked, s, now, monkeypatch
):
    Client().post(asked, said())
    at(monkeypatch, now + timedelta(days=30))
    late = Client().get(asked)
    assert "vos réponses ne changent plus" in text_of(late)
    assert Client().post(asked, said("1")).status_code == 422
    assert Client().get(f"{asked}changer/").status_code == 302
    assert Client().post(f"{asked}retirer/").status_code == 302
    assert "C’est effacé" in text_of(Client().get(asked))
    assert Bilan.objects.get().pk == s.bilan.pk


def test_too_many_sendings_from_one_network_are_slowed_down(asked, monkeypatch):
    monkeypatch.setattr("jalon.web.repondant.regard.ENVOIS", 2)
    client = Client()
    assert [client.post(asked, said()).status_code for _ in range(3)] == [302, 302, 429]
