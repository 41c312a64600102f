"""The second factor of whoever lost it, the devices signed in, and secrets that the database alone does not open."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from tests.factories import BilanFactory, MembreFactory, PersonneFactory

from jalon.access.compte import is_open, may_remove_second_factor
from jalon.actions import secret
from jalon.actions.compte import end_other_sessions, end_session, note_entry, reset_second_factor
from jalon.records.models import Envoi, Evenement
from jalon.vault import PieceIllisible

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_the_secret_of_a_code_generator_is_sealed_in_the_database():
    person = PersonneFactory()
    kept = TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in rows
    fresh = TOTP(Authenticator.objects.get(pk=kept.instance.pk))
    assert decrypt(fresh.instance.data["secret"]) == SECRET


def test_a_session_is_sealed_in_the_database(client):
    session = client.session
    session["mot"] = "XMARKERX"
    session.save()
    row = Session.objects.get(session_key=session.session_key)
    assert "XMARKERX" not in row.session_data
    assert row.get_decoded() == {"mot": "XMARKERX"}


def test_a_secret_sealed_for_one_purpose_does_not_open_for_another():
    sealed = secret.seal_text("XMARKERX", "courriel")
    assert "XMARKERX" not in sealed
    assert secret.open_text(sealed, "courriel") == "XMARKERX"
    secret.seal_text("autre", "autre-usage")
    with pytest.raises(PieceIllisible):
        secret.open_text(sealed, "autre-usage")


def test_the_first_entry_opens_the_account_and_the_next_says_nothing(now):
    bilan = BilanFactory()
    zoe = bilan.beneficiaire
    assert not is_open(zoe)
    note_entry(personne=zoe, adresse_prouvee=True, now=now)
    assert is_open(zoe)
    note_entry(personne=zoe, adresse_prouvee=True, now=now)
    assert list(Evenement.objects.values_list("nom", flat=True)) == ["compte.ouvert"]
    assert EmailAddress.objects.get(user=zoe).email == zoe.email


def test_a_lost_second_factor_is_reset_told_and_every_device_is_cut(now):
    membre = MembreFactory(role="responsable")
    person = membre.personne
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    inside = Client()
    inside.force_login(person)
    assert inside.get("/compte/moi/").status_code == 200
    assert reset_second_factor(personne=person, now=now) == 2
    assert not Authenticator.objects.filter(user=person).exists()
    assert inside.get("/compte/moi/").status_code == 302
    event = Evenement.objects.get(chaine=membre.organisme_id)
    assert (event.nom, event.faits) == (
        "second_facteur.retire",
        {"personne": str(person.pk), "retires": 2},
    )
    assert Envoi.objects.get().donnees["changement"] == "second_facteur_retire"


def test_a_member_never_removes_her_last_second_factor_and_a_beneficiary_may():
    member = MembreFactory().personne
    person = PersonneFactory()
    only = TOTP.activate(member, SECRET).instance
    assert not may_remove_second_factor(member, only)
    Authenticator.objects.create(user=member, type="webauthn", data={"name": "clé", "credential": {}})
    assert may_remove_second_factor(member, only)
    assert may_remove_second_factor(person, TOTP.activate(person, SECRET).instance)


def test_one_closes_ones_own_devices_and_nobody_elses():
    zoe, idris = PersonneFactory(), PersonneFactory()
    rows = [
        UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1", user_agent="x")
        for person, key in ((zoe, "a" * 32), (zoe, "b" * 32), (idris, "c" * 32))
    ]
    assert not end_session(by=zoe, session_id=rows[2].pk)
    assert end_session(by=zoe, session_id=rows[0].pk)
    UserSession.objects.create(user=zoe, session_key="d" * 32, ip="127.0.0.1", user_agent="x")
    assert end_other_sessions(by=zoe, current_key="d" * 32) == 1
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"c" * 32, "d" * 32}
