"""First contacts: sealed words, a free interview, then a dossier or nothing at all."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories import MembreFactory, OrganismeFactory

from jalon.access import Action, systeme
from jalon.access.coffre import coffre
from jalon.access.contact import get_contact, list_contacts, read_contact
from jalon.actions.contact import (
    erase_contact,
    erase_keyless,
    hold_entretien,
    receive_contact,
    record_contact,
    update_contact,
)
from jalon.actions.echeance import run_due
from jalon.actions.reservation import plan_entretien
from jalon.domain.obstacle import Refused
from jalon.records.models import Contact, Echeance, Envoi, Evenement, Piece
from jalon.vault import contact_key

pytestmark = pytest.mark.django_db
WORD = "XMARKERX"


@pytest.fixture
def ana():
    """A consultant."""
    return MembreFactory(role="consultant")


def note(by, now, **changes):
    return record_contact(
        **{
            "organisme": by.organisme,
            "canal": "telephone",
            "prenom": "Maëlle",
            "email": "maelle@exemple.fr",
            "propos": f"Elle veut quitter {WORD}",
            "by": by.personne,
            "now": now,
        }
        | changes
    )


def test_what_was_said_is_sealed_and_read_by_consultants_only(ana, now):
    contact = note(ana, now)
    assert WORD.encode() not in bytes(Piece.objects.get().chiffre)
    assert WORD in read_contact(ana.personne, contact, now).propos
    for role in ("assistant", "responsable"):
        other = MembreFactory(organisme=ana.organisme, role=role).personne
        seen = read_contact(other, contact, now)
        assert seen.a_des_propos
        assert seen.propos is None
        assert get_contact(Action.VIEW_CONTACTS, other, contact.pk) == contact
    with pytest.raises(Http404):
        get_contact(Action.VIEW_CONTACTS, MembreFactory().personne, contact.pk)


def test_an_assistant_may_note_what_she_will_not_read_again(now):
    assistant = MembreFactory(role="assistant")
    contact = note(assistant, now)
    assert read_contact(assistant.personne, contact, now).propos is None


def test_the_form_needs_a_way_to_answer_and_tells_when_it_erases(now):
    organisme = OrganismeFactory(telephone="02 40 00 00 00")
    with pytest.raises(Refused) as refused:
        receive_contact(organisme=organisme, prenom="Maëlle", now=now)
    assert refused.value.obstacles[0].field == "email"
    contact = receive_contact(
        organisme=organisme, prenom="Maëlle", email="M@exemple.fr", propos=WORD, now=now
    )
    assert contact.effacement_le == date(2029, 3, 3)
    mail = Envoi.objects.get()
    assert (mail.genre, mail.adresse) == ("contact_recu", "m@exemple.fr")
    assert mail.donnees["reponse_avant"] == "2026-03-05"
    assert WORD not in str(mail.donnees)
    assert Evenement.objects.get().par is None


def test_erased_means_key_row_mail_and_echeance(ana, now):
    ana.organisme.telephone = "02 40 00 00 00"
    contact = receive_contact(
        organisme=ana.organisme, prenom="Maëlle", email="m@exemple.fr", propos=WORD, now=now
    )
    assert coffre().has_key(contact_key(contact.pk))
    assert Envoi.objects.exists()
    erase_contact(contact=contact, by=ana.personne, now=now)
    assert not coffre().has_key(contact_key(contact.pk))
    for model in (Contact, Piece, Envoi, Echeance):
        assert not model.objects.exists()
    event = Evenement.objects.order_by("numero").last()
    assert event.faits == {"contact": str(contact.pk)}


def test_the_clock_erases_on_its_day_and_not_before(ana, now):
    note(ana, now)
    assert run_due(now + timedelta(days=3 * 365)).faites == []
    assert Contact.objects.exists()
    tally = run_due(now + timedelta(days=3 * 365 + 3))
    assert [one["nom"] for one in tally.faites] == ["contact_effacement"]
    assert not Contact.objects.exists()
    assert Evenement.objects.order_by("numero").last().par == systeme().pk


def test_the_interview_is_in_the_future_with_a_consultant_of_the_team(ana, now):
    contact = note(ana, now)
    common = {"contact": contact, "by": ana.personne, "now": now}
    with pytest.raises(Refused) as refused:
        plan_entretien(
            debut=now - timedelta(hours=1), modalite="pigeon", consultant=MembreFactory().personne, **common
        )
    assert {o.field for o in refused.value.obstacles} == {"debut", "modalite", "consultant"}
    planned = plan_entretien(
        debut=now + timedelta(days=2), modalite="visio", consultant=ana.personne, **common
    )
    assert planned.entretien_consultant == ana.personne


@pytest.mark.parametrize("issue", ["autre_professionnel", "sans_suite"])
def test_nothing_is_kept_by_name_when_it_ends_there(ana, now, issue):
    contact = note(ana, now)
    assert hold_entretien(contact=contact, issue=issue, by=ana.personne, now=now) is None
    assert not Contact.objects.exists()
    names = [e.nom for e in Evenement.objects.order_by("numero")]
    assert names == ["contact.recu", "entretien.conclu", "contact.efface"]
    assert "Maëlle" not in str(list(Evenement.objects.values_list("faits", flat=True)))


def test_going_on_waits_for_the_dossier_and_counts_from_this_exchange(ana, now):
    contact = note(ana, now)
    later = now + timedelta(days=10)
    kept = hold_entretien(contact=contact, issue="suite", by=ana.personne, now=later)
    assert kept.issue == "en_cours"
    assert kept.effacement_le == date(2029, 3, 13)
    assert Echeance.objects.get().echoit_le.date() == date(2029, 3, 13)


def test_a_changed_address_leaves_no_mail_to_the_former(ana, now):
    ana.organisme.telephone = "02 40 00 00 00"
    contact = receive_contact(organisme=ana.organisme, prenom="Maëlle", email="faux@exemple.fr", now=now)
    update_contact(
        contact=contact,
        prenom="Maëlle",
        nom="Le Gall",
        email="vrai@exemple.fr",
        telephone="",
        rappel_discret=True,
        by=ana.personne,
        now=now,
    )
    assert not Envoi.objects.filter(adresse="faux@exemple.fr").exists()
    assert Contact.objects.get().email == "vrai@exemple.fr"


def test_a_contact_without_its_key_is_finished_off(ana, now):
    gone, stays = note(ana, now), note(ana, now)
    coffre().destroy_keys([contact_key(gone.pk)])
    assert erase_keyless(by=systeme(), now=now) == 1
    assert Contact.objects.get() == stays


def test_strangers_neither_note_nor_erase(ana, now):
    contact, stranger = note(ana, now), MembreFactory().personne
    with pytest.raises(PermissionDenied):
        erase_contact(contact=contact, by=stranger, now=now)
    with pytest.raises(PermissionDenied):
        record_contact(organisme=ana.organisme, canal="visite", by=stranger, now=now)
    with pytest.raises(Http404):
        list_contacts(Action.VIEW_CONTACTS, stranger, ana.organisme)
    assert list(list_contacts(Action.VIEW_CONTACTS, ana.personne, ana.organisme)) == [contact]
