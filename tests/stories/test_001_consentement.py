"""What is begun, by whom, and how one says no."""

from datetime import timedelta

import pytest
from django.core import mail
from pytest_bdd import given, parsers, scenarios, then, when

from jalon.actions.echeance import run_due
from jalon.domain import consentement as texte
from jalon.domain.seance import done_hours
from jalon.records.faits import seance_facts
from jalon.records.models import Evenement, Piece

pytestmark = pytest.mark.django_db(transaction=True)
scenarios("001_consentement.feature")


def hours(bilan):
    return done_hours([seance_facts(s) for s in bilan.seances.prefetch_related("emargements")])


@given(parsers.parse("Ana, dont l'employeur « {nom} » propose un bilan, et qui hésite"))
def her_employer_proposes(recit, nom):
    recit.vivre(arret="compte", financement="plan", employeur=nom, employeur_siren="732829320")


@when("Ana ouvre la page de son accord")
def reads(recit):
    recit.lire("Ana", "beneficiaire_consentement")


@when("le jour de sa première séance arrive")
def the_first_day_comes(recit):
    """Her account pays: eleven working days separate the order from it."""
    recit.passer(recit.bilan.seances.earliest("debut").debut)


@when("Claire veut commencer la phase préliminaire")
@when("Claire commence la phase préliminaire")
def starts(recit):
    recit.envoyer("Claire", "consultant_bilan_avancer", pas="start")


@when("Claire veut donner l'accord à la place d'Ana")
def somebody_else_consents(recit):
    recit.envoyer("Claire", "beneficiaire_consentement", empreinte=texte.fingerprint())
    assert not recit.bilan.consentements.exists()


@when("Ana donne son accord, au texte qu'elle a lu")
def consents(recit):
    read = recit.lire("Ana", "beneficiaire_consentement")
    assert texte.fingerprint() in read
    recit.envoyer("Ana", "beneficiaire_consentement", empreinte=texte.fingerprint())
    assert recit.bilan.consentements.get().saisi_par == recit.personne("Ana")


@when("Ana ne donne pas suite")
def declines(recit):
    assert (
        "pourquoi"
        not in recit.lire("Ana", "beneficiaire_consentement_decliner")
        .split("<form", 1)[-1]
        .split("</form>")[0]
    )
    recit.envoyer("Ana", "beneficiaire_consentement_decliner")
    run_due(recit.now + timedelta(minutes=1))


@when("Ana reprend son accord")
def withdraws(recit):
    assert Piece.objects.filter(bilan=recit.bilan).exists()
    recit.envoyer("Ana", "beneficiaire_consentement_retirer")


@then(parsers.parse("le dossier est « {etat} », sans aucune raison"))
def without_a_reason(recit, etat):
    assert recit.bilan.get_etat_display() == etat
    last = Evenement.objects.filter(
        chaine=recit.bilan.pk, nom__in=["bilan.non_conclu", "bilan.abandonne"]
    ).get()
    assert set(last.faits) <= {"terme"}


@then("l'employeur n'a reçu aucun courriel")
def the_employer_learns_nothing(recit):
    assert {address for sent in mail.outbox for address in sent.to} <= {
        "ana.tessier@exemple.fr",
        "claire.morel@exemple.fr",
        "maud.perrin@exemple.fr",
        "yannick.lebris@exemple.fr",
        "fatou.ndiaye@exemple.fr",
    }
    assert not any("Ateliers" in f"{sent.subject}{sent.body}" for sent in mail.outbox)


@then("le contenu du dossier est détruit")
def destroyed(recit):
    assert recit.bilan.contenu_detruit_le is not None
    assert not Piece.objects.filter(bilan=recit.bilan).exists()


@when("Ana note 1 h 30 de travail personnel faite hier")
def notes_work(recit):
    recit.avant = hours(recit.bilan)
    yesterday = (recit.now - timedelta(days=1)).date().isoformat()
    recit.envoyer(
        "Ana", "beneficiaire_seance_travail", phase="investigation", jour=yesterday, debut="20:00", duree="90"
    )
    assert recit.reponse.status_code == 302, recit.texte


@then(parsers.parse("les entretiens comptent {nombre:d} h, comme avant"))
def interviews_stay(recit, nombre):
    assert recit.avant.accompagnement == nombre * 60
    assert hours(recit.bilan).accompagnement == nombre * 60


@then("le travail personnel compte 1 h 30 de plus, signé d'elle seule")
def work_is_apart(recit):
    assert hours(recit.bilan).travail_personnel == recit.avant.travail_personnel + 90
    noted = recit.bilan.seances.filter(nature="travail_personnel").latest("debut")
    assert [e.qualite for e in noted.emargements.all()] == ["beneficiaire"]
