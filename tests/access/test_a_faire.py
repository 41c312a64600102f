"""What is due today: each kind seen when it is due, silent when it is not, and only to whom it concerns."""

from datetime import date, timedelta

import pytest
from tests.factories import BilanFactory, MembreFactory, SeanceFactory

from jalon.access.a_faire import Rang, read_journee
from jalon.actions.contact import record_contact
from jalon.actions.echeance import schedule
from jalon.actions.reservation import plan_entretien
from jalon.records.models import Bilan, Echeance, Emargement, Envoi, Organisme

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan(now):
    return BilanFactory(en_cours=True, ouvert_le=now - timedelta(days=30))


@pytest.fixture
def accueil(bilan):
    return MembreFactory(organisme=bilan.organisme, role="assistant").personne


@pytest.fixture
def chef(bilan):
    return MembreFactory(organisme=bilan.organisme, role="responsable").personne


def things(person, bilan, now):
    return read_journee(person, bilan.organisme, now).a_traiter


def test_a_quiet_cabinet_has_nothing_to_do(bilan, accueil, now):
    assert things(accueil, bilan, now) == []


def test_a_destruction_that_should_be_over_is_an_alarm_and_comes_first(bilan, accueil, now):
    SeanceFactory(bilan=BilanFactory(organisme=bilan.organisme, en_cours=True), debut=now - timedelta(days=5))
    Bilan.objects.filter(pk=bilan.pk).update(etat="abandonne", termine_le=now - timedelta(days=3))
    found = things(accueil, bilan, now)
    assert [one.rang for one in found] == [Rang.ALARME, Rang.A_FAIRE, Rang.A_FAIRE]
    assert bilan.numero in found[0].quoi
    Bilan.objects.filter(pk=bilan.pk).update(contenu_detruit_le=now, destruction_commencee_le=now)
    assert Rang.ALARME not in {one.rang for one in things(accueil, bilan, now)}


def test_the_day_of_the_term_is_not_yet_late(bilan, accueil, now):
    Bilan.objects.filter(pk=bilan.pk).update(etat="abandonne", termine_le=now - timedelta(hours=2))
    assert [one.famille for one in things(accueil, bilan, now)] == ["cpf"]  # the exit is to be declared


def test_a_clock_that_failed_or_comes_soon_is_told(bilan, accueil, now):
    schedule("terme", now + timedelta(days=3), organisme=bilan.organisme, bilan=bilan)
    (soon,) = things(accueil, bilan, now)
    assert soon.rang == Rang.BIENTOT
    Echeance.objects.update(essais=2, echoit_le=now - timedelta(hours=5))
    (late,) = things(accueil, bilan, now)
    assert late.rang == Rang.EN_RETARD
    assert "R. 6313-7" in late.source
    Echeance.objects.update(faite_le=now)
    assert things(accueil, bilan, now) == []


def test_a_seance_waits_for_both_signatures(bilan, accueil, now):
    seance = SeanceFactory(
        bilan=bilan,
        etat="tenue",
        debut=now - timedelta(days=3),
        debut_reel=now - timedelta(days=3),
        fin_reelle=now - timedelta(days=3, hours=-2),
    )
    assert "Séance à signer" in things(accueil, bilan, now)[0].quoi
    for person, qualite in ((bilan.beneficiaire, "beneficiaire"), (bilan.consultant, "consultant")):
        Emargement.objects.create(
            seance=seance, personne=person, qualite=qualite, maniere="ecran", signe_le=now, empreinte="0"
        )
    assert things(accueil, bilan, now) == []


def test_a_past_seance_that_nobody_noted_is_told(bilan, accueil, now):
    SeanceFactory(bilan=bilan, debut=now - timedelta(days=2))
    assert "à noter comme tenue" in things(accueil, bilan, now)[0].quoi


def test_an_invitation_that_nobody_followed_is_told_after_three_days(bilan, accueil, now):
    waiting = BilanFactory(organisme=bilan.organisme, ouvert_le=now - timedelta(days=2))
    assert things(accueil, bilan, now) == []
    (told,) = things(accueil, bilan, now + timedelta(days=2))
    assert waiting.beneficiaire.nom in told.quoi
    waiting.beneficiaire.last_login = now
    waiting.beneficiaire.save()
    assert things(accueil, bilan, now + timedelta(days=2)) == []


def test_a_mail_given_up_is_told(bilan, accueil, now):
    Envoi.objects.create(
        organisme=bilan.organisme,
        bilan=bilan,
        personne=bilan.beneficiaire,
        genre="dossier_a_lire",
        cree_le=now,
        prochain_essai_le=now,
        abandonne_le=now,
    )
    assert "n’a pas pu partir" in things(accueil, bilan, now)[0].quoi


def test_a_contact_waits_for_an_answer_then_for_its_outcome(bilan, accueil, now):
    contact = record_contact(
        organisme=bilan.organisme, canal="telephone", prenom="Maëlle", by=accueil, now=now
    )
    assert things(accueil, bilan, now) == []
    (told,) = things(accueil, bilan, now + timedelta(days=3))
    assert told.quoi == "Contact sans réponse : Maëlle"
    plan_entretien(
        contact=contact,
        debut=now + timedelta(days=4),
        modalite="visio",
        consultant=bilan.consultant,
        by=accueil,
        now=now,
    )
    assert things(accueil, bilan, now + timedelta(days=3)) == []
    assert "à conclure" in things(accueil, bilan, now + timedelta(days=5))[0].quoi


def test_a_certificate_about_to_end_concerns_the_responsable(bilan, accueil, chef, now):
    Organisme.objects.update(qualiopi_expire_le=date(2026, 4, 1))
    bilan.organisme.refresh_from_db()
    assert things(accueil, bilan, now) == []
    assert "expire bientôt" in things(chef, bilan, now)[0].quoi
    Organisme.objects.update(qualiopi_expire_le=date(2026, 3, 2))
    bilan.organisme.refresh_from_db()
    assert "a expiré" in things(chef, bilan, now)[0].quoi


def test_the_backup_is_told_to_the_responsable_only(bilan, accueil, chef, now):
    assert read_journee(accueil, bilan.organisme, now).sauvegarde is None
    assert read_journee(chef, bilan.organisme, now).sauvegarde is not None


def test_a_consultant_is_not_told_of_the_dossiers_of_another(bilan, now):
    other = BilanFactory(organisme=bilan.organisme, en_cours=True)
    SeanceFactory(bilan=bilan, debut=now - timedelta(days=2))
    assert things(bilan.consultant, bilan, now)
    assert things(other.consultant, bilan, now) == []
