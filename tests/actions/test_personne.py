"""A person's name and address, who may change them, and the end of an account."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.test import Client
from tests.factories import BilanFactory, MembreFactory, PersonneFactory

from jalon import access
from jalon.actions.compte import note_entry
from jalon.actions.echeance import run_due, schedule
from jalon.actions.invitation import invite
from jalon.actions.personne import change_address, correct_address, erase_when_due, update_profile
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Refused
from jalon.records.models import CodePapier, Decision, Echeance, Envoi, Evenement, Invitation, Suivi

pytestmark = pytest.mark.django_db


def closed_bilan(now, **more):
    bilan = BilanFactory(en_cours=True, **more)
    bilan.etat, bilan.termine_le = Etat.ABANDONNE, now
    bilan.destruction_commencee_le = bilan.contenu_detruit_le = now
    bilan.save()
    return bilan


def test_a_person_corrects_her_name_and_the_event_tells_only_which_fields(now):
    bilan = BilanFactory(en_cours=True)
    update_profile(by=bilan.beneficiaire, prenom="Xmarkerx", nom="Lefèvre", telephone="", now=now)
    bilan.beneficiaire.refresh_from_db()
    assert bilan.beneficiaire.nom_complet == "Xmarkerx Lefèvre"
    event = Evenement.objects.get(chaine=bilan.pk)
    assert event.faits == {"champs": ["prenom", "nom"]}
    with pytest.raises(Refused):
        update_profile(by=bilan.beneficiaire, prenom="", nom="  ", telephone="", now=now)


def test_a_changed_address_is_told_to_the_former_one(now):
    bilan = BilanFactory(beneficiaire=PersonneFactory(email="ancienne@exemple.fr"))
    zoe = bilan.beneficiaire
    note_entry(personne=zoe, adresse_prouvee=True, now=now)
    change_address(by=zoe, adresse=" Nouvelle@Exemple.fr ", now=now)
    zoe.refresh_from_db()
    assert zoe.email == "nouvelle@exemple.fr"
    assert list(EmailAddress.objects.filter(user=zoe).values_list("email", "verified", "primary")) == [
        ("nouvelle@exemple.fr", True, True)
    ]
    envoi = Envoi.objects.get()
    assert (envoi.adresse, envoi.genre, envoi.donnees["changement"]) == (
        "ancienne@exemple.fr",
        "securite",
        "adresse",
    )
    assert Evenement.objects.filter(nom="adresse.changee").exists()


def test_the_address_of_somebody_else_is_refused(now):
    PersonneFactory(email="prise@exemple.fr")
    zoe = PersonneFactory(email="zoe@exemple.fr")
    with pytest.raises(Refused):
        change_address(by=zoe, adresse="PRISE@exemple.fr", now=now)
    zoe.refresh_from_db()
    assert zoe.email == "zoe@exemple.fr"


def test_the_cabinet_corrects_an_address_only_until_the_person_has_entered(now):
    bilan = BilanFactory(beneficiaire=PersonneFactory(email="faute@exemple.fr"))
    zoe, assistant = bilan.beneficiaire, MembreFactory(organisme=bilan.organisme, role="assistant").personne
    invite(personne=zoe, by=assistant, bilan=bilan, now=now)
    former = Invitation.objects.get().empreinte
    correct_address(bilan=bilan, by=assistant, adresse="Zoe@exemple.fr", now=now)
    zoe.refresh_from_db()
    assert zoe.email == "zoe@exemple.fr"
    assert Invitation.objects.get().empreinte != former
    note_entry(personne=zoe, adresse_prouvee=True, now=now)
    with pytest.raises(Refused) as refused:
        correct_address(bilan=bilan, by=assistant, adresse="assistant@exemple.fr", now=now)
    assert refused.value.obstacles[0].code == "deja_ouvert"
    zoe.refresh_from_db()
    assert zoe.email == "zoe@exemple.fr"
    with pytest.raises(PermissionDenied):
        correct_address(bilan=bilan, by=PersonneFactory(), adresse="x@exemple.fr", now=now)


def test_an_account_is_erased_and_its_row_stays_as_proof(now):
    bilan = closed_bilan(now, beneficiaire=PersonneFactory(email="xmarkerx@exemple.fr", prenom="Xmarkerx"))
    zoe = bilan.beneficiaire
    note_entry(personne=zoe, adresse_prouvee=True, now=now)
    CodePapier.objects.create(personne=zoe, numero=1, empreinte="0" * 64, cree_le=now)
    inside = Client()
    inside.force_login(zoe)
    assert inside.get("/compte/moi/").status_code == 200
    schedule("compte_effacement", now, organisme=bilan.organisme, bilan=bilan)
    tally = run_due(now)
    assert [said["nom"] for said in tally.faites] == ["compte_effacement"]
    zoe.refresh_from_db()
    assert zoe.efface_le == now
    assert (zoe.email, zoe.prenom, zoe.nom, zoe.telephone, zoe.is_active) == (None, "", "", "", False)
    assert not EmailAddress.objects.filter(user=zoe).exists()
    assert not CodePapier.objects.filter(personne=zoe).exists()
    assert inside.get("/compte/moi/").status_code == 302
    assert Evenement.objects.filter(chaine=bilan.pk, nom="compte.efface", par=access.systeme().pk).exists()


@pytest.mark.parametrize("why", ["running", "kept", "follow_up"])
def test_an_account_is_not_erased_while_something_of_it_lives(why, now):
    bilan = BilanFactory(en_cours=True) if why == "running" else closed_bilan(now)
    if why == "kept":
        Decision.objects.create(
            bilan=bilan,
            ensemble="synthese",
            choix="conserver",
            decide_le=now,
            fonde_sur_suivi=True,
            duree_mois=12,
            conserve_jusqu_au=date(2027, 3, 3),
        )
    if why == "follow_up":
        Suivi.objects.create(bilan=bilan, prevu_le=date(2026, 9, 3))
    one = schedule("compte_effacement", now, organisme=bilan.organisme, bilan=bilan)
    one.faite_le = now
    one.save()
    erase_when_due(echeance=one, by=access.systeme(), now=now)
    bilan.beneficiaire.refresh_from_db()
    assert bilan.beneficiaire.email
    assert bilan.beneficiaire.efface_le is None
    again = Echeance.objects.get(nom="compte_effacement", faite_le=None)
    assert again.echoit_le == now + timedelta(days=30)


def test_the_account_of_a_member_is_never_erased_by_a_clock(now):
    bilan = closed_bilan(now)
    MembreFactory(personne=bilan.beneficiaire, organisme=bilan.organisme, role="assistant")
    one = schedule("compte_effacement", now, organisme=bilan.organisme, reference=str(bilan.beneficiaire_id))
    erase_when_due(echeance=one, by=access.systeme(), now=now)
    bilan.beneficiaire.refresh_from_db()
    assert bilan.beneficiaire.email
