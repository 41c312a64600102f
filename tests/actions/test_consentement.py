"""Consent: by the person alone, on the text that she read; on paper by the consultant; taken back when she wants."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory

from jalon.actions.bilan import decline_bilan
from jalon.actions.consentement import (
    enter_consentement_papier,
    give_consentement,
    withdraw_consentement,
)
from jalon.domain import consentement as texte
from jalon.domain.bilan import Etat
from jalon.domain.obstacle import Refused
from jalon.records.models import Bilan, Consentement, Echeance, Evenement

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory()


def names_of(bilan):
    return list(Evenement.objects.filter(chaine=bilan.pk).values_list("nom", flat=True))


def test_the_person_consents_to_the_text_that_she_read_and_it_is_proved(bilan, now):
    given = give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now, empreinte_vue=texte.fingerprint())
    assert (given.canal, given.saisi_par, given.texte_version) == (
        "ecran",
        bilan.beneficiaire,
        texte.VERSION,
    )
    assert given.texte_empreinte == texte.fingerprint()
    assert names_of(bilan) == ["consentement.donne"]


def test_consenting_twice_changes_nothing(bilan, now):
    first = give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now) == first
    assert names_of(bilan) == ["consentement.donne"]


def test_a_text_that_was_not_the_one_shown_is_not_consented_to(bilan, now):
    with pytest.raises(Refused) as refused:
        give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now, empreinte_vue="0" * 64)
    assert "L. 6313-4" in refused.value.obstacles[0].source
    assert not Consentement.objects.exists()


def test_nobody_consents_in_her_place(bilan, now):
    assistant = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    for other in (bilan.consultant, assistant):
        with pytest.raises(PermissionDenied):
            give_consentement(bilan=bilan, by=other, now=now)
    with pytest.raises(PermissionDenied):
        enter_consentement_papier(bilan=bilan, by=assistant, now=now)
    with pytest.raises(PermissionDenied):
        enter_consentement_papier(bilan=bilan, by=bilan.beneficiaire, now=now)
    given = enter_consentement_papier(bilan=bilan, by=bilan.consultant, now=now)
    assert (given.canal, given.saisi_par) == ("papier", bilan.consultant)


def test_before_the_start_consent_is_taken_back_and_may_be_given_again(bilan, now):
    give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    withdraw_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert Bilan.objects.get(pk=bilan.pk).etat == Etat.PREPARATION
    give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert Consentement.objects.filter(bilan=bilan, retire_le=None).count() == 1


def test_once_begun_taking_consent_back_stops_the_bilan_without_a_reason(now):
    bilan = BilanFactory(en_investigation=True)
    withdraw_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert Bilan.objects.get(pk=bilan.pk).etat == Etat.ABANDONNE
    assert names_of(bilan) == ["consentement.retire", "bilan.abandonne"]
    assert Evenement.objects.get(chaine=bilan.pk, nom="consentement.retire").faits == {}
    assert Echeance.objects.filter(bilan=bilan, nom="destruction", faite_le=None).count() == 1


def test_what_was_not_given_cannot_be_taken_back_and_a_closed_dossier_takes_no_consent(bilan, now):
    with pytest.raises(Refused):
        withdraw_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    decline_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused) as refused:
        give_consentement(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "clos"


def test_declining_leaves_a_state_and_no_reason(bilan, now):
    decline_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    assert Bilan.objects.get(pk=bilan.pk).etat == Etat.NON_CONCLU
    assert Evenement.objects.get(chaine=bilan.pk).faits == {}
    with pytest.raises(Refused):
        decline_bilan(bilan=bilan, by=bilan.consultant, now=now)
