"""An account is opened by invitation only, once, by whoever reads the mailbox."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory, PersonneFactory

from jalon.access.compte import EtatInvitation, read_invitation
from jalon.actions import secret
from jalon.actions.invitation import accept_invitation, invite
from jalon.domain.obstacle import Refused
from jalon.records.models import Envoi, Evenement, Invitation

pytestmark = pytest.mark.django_db


def jeton(personne):
    envoi = Envoi.objects.filter(personne=personne, genre__startswith="invitation").latest("cree_le", "id")
    return secret.open_text(envoi.donnees["jeton"])


def names(chain):
    return list(Evenement.objects.filter(chaine=chain.pk).values_list("nom", flat=True))


@pytest.fixture
def bilan():
    return BilanFactory(beneficiaire=PersonneFactory(email="zoe@exemple.fr"))


def test_the_link_leaves_in_a_sealed_mail_and_its_secret_is_in_no_column(bilan, now):
    zoe = bilan.beneficiaire
    invitation = invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    token = jeton(zoe)
    assert len(token) >= 40
    envoi = Envoi.objects.get(genre="invitation")
    assert token not in str(envoi.donnees)
    assert invitation.empreinte != token
    assert envoi.organisme == bilan.organisme
    assert names(bilan) == ["invitation.envoyee"]
    assert invitation.expire_le == now + timedelta(days=14)


def test_the_link_opens_the_account_once_and_proves_the_address(bilan, now):
    zoe = bilan.beneficiaire
    invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    token = jeton(zoe)
    assert not EmailAddress.objects.filter(user=zoe).exists()
    assert accept_invitation(token=token, now=now) == zoe
    assert EmailAddress.objects.get(user=zoe).verified
    assert names(bilan) == ["invitation.envoyee", "compte.ouvert"]
    with pytest.raises(Refused) as refused:
        accept_invitation(token=token, now=now)
    assert refused.value.obstacles[0].code == EtatInvitation.SERVIE
    assert names(bilan) == ["invitation.envoyee", "compte.ouvert"]


def test_after_fourteen_days_the_link_opens_nothing(bilan, now):
    zoe = bilan.beneficiaire
    invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    token = jeton(zoe)
    last = now + timedelta(days=14) - timedelta(seconds=1)
    assert read_invitation(token, last).etat is EtatInvitation.VALABLE
    with pytest.raises(Refused) as refused:
        accept_invitation(token=token, now=now + timedelta(days=14))
    assert refused.value.obstacles[0].code == EtatInvitation.EXPIREE
    assert accept_invitation(token=token, now=last) == zoe


def test_a_forged_link_opens_nothing(bilan, now):
    invite(personne=bilan.beneficiaire, by=bilan.consultant, bilan=bilan, now=now)
    with pytest.raises(Refused) as refused:
        accept_invitation(token="A" * 43, now=now)
    assert refused.value.obstacles[0].code == EtatInvitation.INCONNUE


def test_inviting_again_replaces_the_link(bilan, now):
    zoe = bilan.beneficiaire
    invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    former = jeton(zoe)
    invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now + timedelta(hours=1))
    assert Invitation.objects.filter(personne=zoe).count() == 1
    with pytest.raises(Refused):
        accept_invitation(token=former, now=now + timedelta(hours=1))
    assert accept_invitation(token=jeton(zoe), now=now + timedelta(hours=1)) == zoe


def test_nobody_is_invited_without_an_address_nor_twice_into_an_open_account(bilan, now):
    zoe = bilan.beneficiaire
    zoe.email = None
    zoe.save()
    with pytest.raises(Refused) as refused:
        invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    assert refused.value.obstacles[0].code == "sans_adresse"
    zoe.email = "zoe@exemple.fr"
    zoe.save()
    invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    accept_invitation(token=jeton(zoe), now=now)
    with pytest.raises(Refused) as refused:
        invite(personne=zoe, by=bilan.consultant, bilan=bilan, now=now)
    assert refused.value.obstacles[0].code == "deja_ouvert"


def test_only_the_cabinet_invites(bilan, now):
    with pytest.raises(PermissionDenied):
        invite(personne=bilan.beneficiaire, by=bilan.beneficiaire, bilan=bilan, now=now)
    stranger = MembreFactory(role="responsable").personne
    with pytest.raises(PermissionDenied):
        invite(personne=bilan.beneficiaire, by=stranger, bilan=bilan, now=now)
    assert not Invitation.objects.exists()


def test_nobody_is_invited_to_the_dossier_of_somebody_else(bilan, now):
    with pytest.raises(ValueError, match="no part"):
        invite(personne=PersonneFactory(), by=bilan.consultant, bilan=bilan, now=now)


def test_a_member_is_invited_by_the_responsable_of_the_cabinet(now):
    responsable = MembreFactory(role="responsable")
    member = MembreFactory(organisme=responsable.organisme, role="assistant")
    with pytest.raises(PermissionDenied):
        invite(personne=member.personne, by=member.personne, organisme=member.organisme, now=now)
    invite(personne=member.personne, by=responsable.personne, organisme=member.organisme, now=now)
    assert Envoi.objects.get().genre == "invitation_membre"
    accept_invitation(token=jeton(member.personne), now=now)
    assert names(member.organisme) == ["invitation.envoyee", "compte.ouvert"]
