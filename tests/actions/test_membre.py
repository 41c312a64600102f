"""The team: joining, holding roles, leaving them."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory, PersonneFactory

from jalon import access
from jalon.access import Action
from jalon.actions.membre import add_membre, add_role, end_role, write_presentation
from jalon.domain.obstacle import Refused
from jalon.records.models import Envoi, Invitation, Membre, Personne

pytestmark = pytest.mark.django_db


@pytest.fixture
def chef():
    return MembreFactory(role="responsable")


def join(chef, now, **changes):
    return add_membre(
        **{
            "organisme": chef.organisme,
            "prenom": "Idris",
            "nom": "Bensaïd",
            "email": "Idris@exemple.fr",
            "roles": ["consultant"],
            "by": chef.personne,
            "now": now,
        }
        | changes
    )


def test_a_new_member_is_invited_and_may_do_what_her_role_allows(chef, now):
    idris = join(chef, now, presentation="Psychologue du travail")
    assert idris.email == "idris@exemple.fr"
    assert Invitation.objects.get().personne == idris
    assert Envoi.objects.get().genre == "invitation_membre"
    assert Membre.objects.get(personne=idris).presentation == "Psychologue du travail"
    assert access.can(Action.RECORD_CONTACT, idris, chef.organisme)
    assert not access.can(Action.MANAGE_CABINET, idris, chef.organisme)


def test_who_has_an_account_already_is_not_invited_again(chef, now):
    known = PersonneFactory(email="idris@exemple.fr", last_login=now)
    assert join(chef, now, roles=["assistant", "consultant"]) == known
    assert not Invitation.objects.exists()
    assert Personne.objects.filter(email__iexact="idris@exemple.fr").count() == 1
    assert known.membres.count() == 2


def test_the_same_role_twice_no_role_and_no_address_are_refused(chef, now):
    join(chef, now)
    for wrong in ({}, {"roles": [], "email": "x@exemple.fr"}, {"email": "", "roles": ["assistant"]}):
        with pytest.raises(Refused):
            join(chef, now, **wrong)


def test_somebody_whom_the_cabinet_accompanies_cannot_work_there(chef, now):
    bilan = BilanFactory(organisme=chef.organisme)
    with pytest.raises(Refused) as refused:
        join(chef, now, email=bilan.beneficiaire.email)
    assert "R. 6313-5" in refused.value.obstacles[0].source


@pytest.mark.parametrize("role", ["assistant", "consultant"])
def test_only_the_responsable_changes_the_team(role, now):
    membre = MembreFactory(role=role)
    with pytest.raises(PermissionDenied):
        join(membre, now)
    with pytest.raises(PermissionDenied):
        end_role(membre=membre, by=membre.personne, now=now)


def test_a_role_that_ends_opens_nothing_any_more(chef, now):
    assistant = MembreFactory(organisme=chef.organisme, role="assistant")
    assert access.can(Action.VIEW_CONTACTS, assistant.personne, chef.organisme)
    end_role(membre=assistant, by=chef.personne, now=now)
    assert not access.can(Action.VIEW_CONTACTS, assistant.personne, chef.organisme)
    with pytest.raises(Refused):
        end_role(membre=assistant, by=chef.personne, now=now)


def test_the_last_responsable_stays_until_there_is_another(chef, now):
    with pytest.raises(Refused) as refused:
        end_role(membre=chef, by=chef.personne, now=now)
    assert refused.value.obstacles[0].code == "dernier"
    other = MembreFactory(organisme=chef.organisme, role="responsable")
    end_role(membre=chef, by=other.personne, now=now)
    assert Membre.objects.get(pk=chef.pk).jusqu_au is not None


def test_a_consultant_does_not_leave_dossiers_behind(chef, now):
    bilan = BilanFactory(organisme=chef.organisme)
    held = Membre.objects.get(personne=bilan.consultant)
    with pytest.raises(Refused) as refused:
        end_role(membre=held, by=chef.personne, now=now)
    assert bilan.numero in str(refused.value)
    bilan.etat = "non_conclu"
    bilan.save()
    end_role(membre=held, by=chef.personne, now=now)


def test_another_role_and_a_presentation_are_for_members_only(chef, now):
    add_role(organisme=chef.organisme, personne=chef.personne, role="consultant", by=chef.personne, now=now)
    held = Membre.objects.get(personne=chef.personne, role="consultant")
    write_presentation(membre=held, presentation=" Vingt ans de métier. ", by=chef.personne, now=now)
    assert Membre.objects.get(pk=held.pk).presentation == "Vingt ans de métier."
    with pytest.raises(Refused):
        add_role(
            organisme=chef.organisme, personne=PersonneFactory(), role="assistant", by=chef.personne, now=now
        )
