"""Presence on the pages: kept without network and proved later, by a code, put right; and what did not take place."""

import base64
import hmac
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from tests.factories import BilanFactory, SeanceFactory
from tests.web.appareils import on_device
from tests.web.ecrits import sign_in
from tests.web.espaces import at

from jalon.actions.seance import hold_seance, shown_fingerprint
from jalon.records.models import Emargement, Evenement, Seance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch, now):
    at(monkeypatch, now)


@pytest.fixture
def seance(now):
    bilan = BilanFactory(en_cours=True)
    planned = SeanceFactory(bilan=bilan, debut=now - timedelta(hours=3), fin=now - timedelta(hours=1))
    return hold_seance(
        seance=planned,
        debut_reel=now - timedelta(hours=3),
        fin_reelle=now - timedelta(hours=1),
        by=bilan.consultant,
        now=now - timedelta(hours=1),
    )


def sent(client, seance, now, **changes):
    """What the page of this session leaves on its device, as attente.js makes it."""
    held = client.session["attente"]
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"presence").derive(
        base64.b64decode(held["cle"])
    )
    said = {
        "envoi": "7b0c",
        "empreinte": shown_fingerprint(seance),
        "instant": (now - timedelta(minutes=20)).isoformat(),
    }
    parts = "\n".join([said["envoi"], str(seance.pk), said["empreinte"], said["instant"]])
    said["marque"] = hmac.new(key, parts.encode(), "sha256").hexdigest()
    return said | changes


def post(client, seance, said, space="espace", **headers):
    return client.post(f"/{space}/{seance.bilan_id}/seances/{seance.pk}/signer/", said, headers=headers)


def test_a_signature_kept_by_this_sessions_page_is_received_once(seance, now):
    client = on_device(sign_in(seance.bilan.beneficiaire), shared=False)
    said = sent(client, seance, now)
    for _ in range(2):
        answer = post(client, seance, said, **{"X-Requested-With": "attente"})
        assert answer.json() == {"signee": True}
    [signed] = Emargement.objects.all()
    assert signed.maniere == "differe"
    assert signed.signe_le == now - timedelta(minutes=20)
    assert Evenement.objects.filter(nom="seance.signee").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"marque": "0" * 64},
        {"marque": ""},
        {"marque": "é"},
        {"instant": "2026-03-03T08:59:00+00:00"},
        {"envoi": "autre"},
        {"empreinte": "0" * 64},
    ],
)
def test_a_forged_one_is_refused_and_the_person_may_still_sign(seance, now, changes):
    client = on_device(sign_in(seance.bilan.beneficiaire), shared=False)
    answer = post(client, seance, sent(client, seance, now, **changes), **{"X-Requested-With": "attente"})
    assert answer.status_code == 422
    assert answer.json()["obstacles"][0]["sentence"]
    assert not Emargement.objects.exists()
    assert post(client, seance, {"empreinte": shown_fingerprint(seance)}).status_code == 302
    assert Emargement.objects.get().maniere == "ecran"


def test_what_another_session_kept_is_refused_and_so_is_another_seance(seance, now):
    hers = on_device(sign_in(seance.bilan.beneficiaire), shared=False)
    again = on_device(sign_in(seance.bilan.beneficiaire), shared=False)
    shared = on_device(sign_in(seance.bilan.beneficiaire), shared=True)
    said = sent(hers, seance, now)
    for client in (again, shared):
        assert post(client, seance, said, **{"X-Requested-With": "attente"}).status_code == 422
    other = SeanceFactory(
        bilan=seance.bilan,
        debut=seance.debut - timedelta(days=1),
        fin=seance.fin - timedelta(days=1),
        debut_reel=seance.debut - timedelta(days=1),
        fin_reelle=seance.fin - timedelta(days=1),
        etat="tenue",
    )
    assert post(hers, other, said, **{"X-Requested-With": "attente"}).status_code == 422
    assert not Emargement.objects.exists()


def test_the_consultant_reads_each_effect_before_noting_why(now):
    bilan = BilanFactory(en_cours=True)
    client = sign_in(bilan.consultant)
    past = SeanceFactory(bilan=bilan, debut=now - timedelta(hours=2), fin=now - timedelta(hours=1))
    address = f"/consultant/{bilan.pk}/seances/{past.pk}/issue/"
    page = client.get(address).content.decode()
    for word in ("Force majeure", "art. L. 6353-7", "ne compte pas comme faite", "sans prévenir"):
        assert word in page
    assert "a prévenu à temps" not in page
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"issue": "prevenue"}).status_code == 422
    assert client.post(address, {"issue": "force_majeure"}).status_code == 302
    past.refresh_from_db()
    assert (past.etat, past.issue) == ("absence", "force_majeure")
    assert Evenement.objects.get(nom="seance.absence").faits["issue"] == "force_majeure"
    assert client.get(address).status_code == 404
    coming = SeanceFactory(bilan=bilan, debut=now + timedelta(days=2), fin=now + timedelta(days=2, hours=1))
    client.post(f"/consultant/{bilan.pk}/seances/{coming.pk}/issue/", {"issue": "cabinet"})
    assert Seance.objects.get(pk=coming.pk).etat == "annulee"


def test_signed_hours_are_put_right_with_a_reason_of_the_list(seance):
    client = sign_in(seance.bilan.consultant)
    person = sign_in(seance.bilan.beneficiaire)
    assert post(person, seance, {"empreinte": shown_fingerprint(seance)}).status_code == 302
    address = f"/consultant/{seance.bilan_id}/seances/{seance.pk}/corriger/"
    day = {"jour": "2026-03-03", "debut_reel": "07:00", "fin_reelle": "08:30"}
    assert client.post(address, day).status_code == 422
    assert client.post(address, day | {"motif": "envie"}).status_code == 422
    assert Emargement.objects.count() == 1
    assert client.post(address, day | {"motif": "abregee"}).status_code == 302
    assert not Emargement.objects.exists()
    assert Evenement.objects.filter(nom="seance.corrigee").count() == 1
    assert person.get(f"/espace/{seance.bilan_id}/seances/{seance.pk}/").status_code == 200


def test_the_code_page_is_there_while_the_person_has_not_signed(seance):
    client = sign_in(seance.bilan.consultant)
    address = f"/consultant/{seance.bilan_id}/seances/{seance.pk}/code/"
    assert "Lui envoyer un code" in client.get(address).content.decode()
    assert client.post(f"{address}envoyer/").status_code == 302
    assert client.post(address, {"sur_place": "oui", "code": "0000-0000"}).status_code == 422
    post(sign_in(seance.bilan.beneficiaire), seance, {"empreinte": shown_fingerprint(seance)})
    assert client.get(address).status_code == 302
