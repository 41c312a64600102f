"""What the funding waits for: each thing told while it is to be done, silent once it is, late from the right day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import BilanFactory, EngagementFactory, MembreFactory, SeanceFactory

from jalon.access.a_faire import read_journee
from jalon.access.a_traiter import Famille, Rang
from jalon.records.models import Bilan, DocumentEmis, Engagement, Part

pytestmark = pytest.mark.django_db


@pytest.fixture
def maud(db):
    return MembreFactory(role="assistant")


def queue(maud, now):
    return read_journee(maud.personne, maud.organisme, now).a_traiter


def dossier(maud, **more):
    return BilanFactory(organisme=maud.organisme, beneficiaire__last_login=more.pop("entree", None), **more)


def test_a_dossier_without_its_funding_is_told_until_it_is_settled_for_its_own_route(maud, now):
    bilan = dossier(maud, engage=False)
    (one,) = queue(maud, now)
    assert one.famille == Famille.FINANCEMENT
    assert "L. 6353-1" in one.source
    EngagementFactory(bilan=bilan, voie="plan", cpf_proposition_le=None, cpf_acceptation_le=None)
    assert len(queue(maud, now)) == 1  # settled for another route is not settled
    Engagement.objects.filter(bilan=bilan).delete()
    EngagementFactory(bilan=bilan)
    assert queue(maud, now) == []


def test_a_request_is_answered_within_two_working_days(maud, now):
    bilan = dossier(maud)
    Engagement.objects.filter(bilan=bilan).update(
        cpf_demande_le=date(2026, 2, 27), cpf_proposition_le=None, cpf_acceptation_le=None
    )
    (one,) = queue(maud, now)
    # Friday 27 February: Monday and Tuesday; now is Tuesday 3 March.
    assert (one.quand, one.rang) == (date(2026, 3, 3), Rang.A_FAIRE)
    assert queue(maud, now + timedelta(days=1))[0].rang == Rang.EN_RETARD
    Engagement.objects.filter(bilan=bilan).update(cpf_proposition_le=date(2026, 3, 3))
    assert queue(maud, now) == []


def test_an_entry_is_declared_within_three_working_days_on_the_cabinet_s_own_time(maud, now):
    bilan = dossier(maud, en_cours=True)
    Engagement.objects.filter(bilan=bilan).update(cpf_entree_declaree_le=None)
    (one,) = queue(maud, now)
    assert one.quand == date(2026, 3, 6)
    midnight_in_paris = now.replace(day=6, hour=22, minute=59)
    assert queue(maud, midnight_in_paris)[0].rang == Rang.A_FAIRE
    assert queue(maud, midnight_in_paris + timedelta(minutes=1))[0].rang == Rang.EN_RETARD
    Engagement.objects.filter(bilan=bilan).update(cpf_entree_declaree_le=date(2026, 3, 3))
    assert queue(maud, now) == []


def test_a_contract_waits_for_its_signature_and_a_given_up_one_for_what_follows(maud, now):
    bilan = dossier(maud, financement="personnel")
    assert queue(maud, now) == []
    Engagement.objects.filter(bilan=bilan).update(retracte_le=now)
    assert "renoncé" in queue(maud, now)[0].quoi
    Engagement.objects.filter(bilan=bilan).update(retracte_le=None, conclu_le=None)
    assert "Contrat à faire signer" in queue(maud, now)[0].quoi


def test_a_convention_is_to_be_established_before_anything_starts(maud, now):
    bilan = dossier(maud, financement="plan", employeur_nom="Atelier du Quai")
    assert queue(maud, now) == []
    Engagement.objects.filter(bilan=bilan).update(conclu_le=None)
    (one,) = queue(maud, now)
    assert "R. 6313-8" in one.source


def test_a_funder_s_letter_is_awaited_and_never_an_employer_that_signs_the_convention(maud, now):
    bilan = dossier(maud, financement="opco", employeur_nom="Atelier du Quai")
    row = Engagement.objects.get(bilan=bilan)
    common = {"engagement": row, "voie": "opco", "montant_centimes": 1, "debiteur": "opco"}
    Part.objects.create(ordre=0, poste="prise_en_charge", payeur="opco", nom="OPCO d’exemple", **common)
    Part.objects.create(ordre=1, poste="reste", payeur="employeur", **common)
    (one,) = queue(maud, now)
    assert "OPCO d’exemple" in one.pourquoi
    Part.objects.filter(ordre=0).update(accord_le=date(2026, 3, 1))
    assert queue(maud, now) == []


def test_a_first_seance_without_consent_is_told_the_week_before(maud, now):
    bilan = dossier(maud, entree=now)
    SeanceFactory(bilan=bilan, debut=now + timedelta(days=8))
    assert queue(maud, now) == []
    assert "Consentement" in queue(maud, now + timedelta(days=2))[0].quoi


def test_the_certificate_is_asked_for_until_it_is_made(maud, now):
    bilan = dossier(maud, en_conclusions=True)
    Engagement.objects.filter(bilan=bilan).update(cpf_sortie_declaree_le=date(2026, 3, 1))
    Bilan.objects.filter(pk=bilan.pk).update(
        etat="termine",
        termine_le=now - timedelta(days=4),
        destruction_commencee_le=now,
        contenu_detruit_le=now,
    )
    assert "Certificat" in queue(maud, now)[0].quoi
    DocumentEmis.objects.create(
        organisme=bilan.organisme, bilan=bilan, genre="certificat_realisation", numero="CER-2026-0001",
        emis_le=now, droit_du=date(2026, 3, 3), modele_version="1", empreinte="0" * 64, octets=b"x",
    )  # fmt: skip
    assert queue(maud, now) == []


def test_the_queue_is_by_risk_then_by_date(maud, now):
    dossier(maud, engage=False, ouvert_le=now - timedelta(days=1))
    late = dossier(maud, en_cours=True, preliminaire_le=now - timedelta(days=10))
    Engagement.objects.filter(bilan=late).update(cpf_entree_declaree_le=None)
    found = queue(maud, now)
    assert [one.risk() for one in found] == sorted(one.risk() for one in found)
    assert found[0].rang == Rang.EN_RETARD


def test_twenty_dossiers_cost_the_same_queries_as_one(maud, now):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            queue(maud, now)
        return len(seen)

    def one_more():
        dossier(maud, engage=False)
        started = dossier(maud, en_cours=True)
        Engagement.objects.filter(bilan=started).update(cpf_entree_declaree_le=None)

    one_more()
    alone = cost()
    for _ in range(8):
        one_more()
    assert cost() == alone
