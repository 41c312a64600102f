"""The mails that could not leave: shown to the team with one more try, never those of a dossier that is not theirs."""

import pytest
from tests.factories import BilanFactory, MembreFactory

from jalon.actions.envoi import enqueue
from jalon.records.models import Envoi

pytestmark = pytest.mark.django_db


def given_up(bilan, now):
    row = enqueue("dossier_a_lire", personne=bilan.beneficiaire, bilan=bilan, now=now)
    Envoi.objects.filter(pk=row.pk).update(abandonne_le=now, erreur="SMTPException", essais=8)
    return row


@pytest.fixture
def bilan(now):
    return BilanFactory()


@pytest.fixture
def maud(client, bilan):
    maud = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    client.force_login(maud)
    session = client.session
    session["second_facteur_pose"] = True
    session.save()
    return client


def test_the_assistant_sees_to_whom_and_sends_it_again(maud, bilan, now):
    row = given_up(bilan, now)
    shown = maud.get("/cabinet/courriels/").content.decode()
    assert bilan.beneficiaire.email in shown
    assert bilan.numero in shown
    assert maud.post(f"/cabinet/courriels/{row.pk}/reessayer/").status_code == 302
    row.refresh_from_db()
    assert row.abandonne_le is None
    assert "Tous les courriels sont partis" in maud.get("/cabinet/courriels/").content.decode()


def test_one_that_nobody_waits_for_leaves_the_list(maud, bilan, now):
    row = given_up(bilan, now)
    assert maud.post(f"/cabinet/courriels/{row.pk}/ecarter/").status_code == 302
    assert "Tous les courriels sont partis" in maud.get("/cabinet/courriels/").content.decode()


def test_another_cabinet_does_not_see_it_nor_touch_it(maud, now):
    row = given_up(BilanFactory(), now)
    assert str(row.pk) not in maud.get("/cabinet/courriels/").content.decode()
    assert maud.post(f"/cabinet/courriels/{row.pk}/reessayer/").status_code == 404
