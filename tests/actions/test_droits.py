"""Requests by right and pauses: dated, due, answered by the administration alone; our clocks wait, those of the law do not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory

from jalon.access.a_faire import read_journee
from jalon.access.droits import list_demandes
from jalon.actions import droits, pause
from jalon.actions.dossier import change_consultant
from jalon.actions.echeance import run_due
from jalon.actions.seance import move_seance, plan_seance
from jalon.actions.terme import announce_terme
from jalon.domain.droits import Issue, Nature, Objet
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature as Temps
from jalon.domain.parcours import Phase
from jalon.domain.seance import Modalite
from jalon.records.models import Bilan, Echeance, Envoi

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_investigation=True)


def chief(bilan):
    return MembreFactory(organisme=bilan.organisme, role="responsable").personne


def test_a_request_has_a_month_stands_in_the_queue_and_is_answered_once(bilan, now):
    boss = chief(bilan)
    asked = droits.ask_droit(bilan=bilan, nature=Nature.ACCES, by=bilan.beneficiaire, now=now)
    assert asked.repondre_avant == date(2026, 4, 3)
    assert droits.ask_droit(bilan=bilan, nature=Nature.ACCES, by=bilan.beneficiaire, now=now).pk == asked.pk
    assert Envoi.objects.filter(personne=boss, genre="dossier_a_lire").count() == 1
    assert [x.genre for x in read_journee(boss, bilan.organisme, now).a_traiter].count("droits") == 1
    late = now + timedelta(days=40)
    assert [x.genre for x in read_journee(boss, bilan.organisme, late).alarmes] == ["droits"]
    for stranger in (bilan.consultant, bilan.beneficiaire):
        with pytest.raises(PermissionDenied):
            droits.answer_droit(demande=asked, issue=Issue.FAITE, by=stranger, now=now)
    with pytest.raises(PermissionDenied):
        list_demandes(bilan.consultant, bilan)
    droits.answer_droit(demande=asked, issue=Issue.FAITE, by=boss, now=now)
    with pytest.raises(Refused):
        droits.answer_droit(demande=asked, issue=Issue.REFUSEE, by=boss, now=now)
    assert read_journee(boss, bilan.organisme, now).a_traiter == [
        x for x in read_journee(boss, bilan.organisme, now).a_traiter if x.genre != "droits"
    ]


def test_the_month_is_extended_once_and_told_in_time_only_where_the_text_allows_it(bilan, now):
    boss = chief(bilan)
    asked = droits.ask_droit(
        bilan=bilan, nature=Nature.EFFACEMENT, objet=Objet.CONTENU, by=bilan.beneficiaire, now=now
    )
    droits.extend_droit(demande=asked, by=boss, now=now + timedelta(days=20))
    asked.refresh_from_db()
    assert asked.repondre_avant == date(2026, 6, 3)
    with pytest.raises(Refused):
        droits.extend_droit(demande=asked, by=boss, now=now + timedelta(days=21))
    ours = droits.ask_droit(
        bilan=bilan, nature=Nature.RECLAMATION, objet=Objet.ACCUEIL, by=bilan.beneficiaire, now=now
    )
    with pytest.raises(Refused) as refused:
        droits.extend_droit(demande=ours, by=boss, now=now)
    assert refused.value.obstacles[0].code == "nature"


def test_the_administration_is_told_again_a_week_before(bilan, now):
    boss = chief(bilan)
    droits.ask_droit(bilan=bilan, nature=Nature.PORTABILITE, by=bilan.beneficiaire, now=now)
    before = Envoi.objects.filter(personne=boss).count()
    assert run_due(now + timedelta(days=20)).faites == []
    assert [x["nom"] for x in run_due(now + timedelta(days=26)).faites] == ["droit_reponse"]
    assert Envoi.objects.filter(personne=boss).count() == before + 1


def test_a_change_of_consultant_is_hers_to_ask_and_closes_itself(bilan, now):
    other = MembreFactory(organisme=bilan.organisme, role="consultant").personne
    with pytest.raises(Refused):
        droits.ask_droit(
            bilan=bilan,
            nature=Nature.CHANGEMENT,
            souhaite=bilan.consultant,
            by=bilan.beneficiaire,
            now=now,
        )
    asked = droits.ask_droit(
        bilan=bilan, nature=Nature.CHANGEMENT, souhaite=other, by=bilan.beneficiaire, now=now
    )
    change_consultant(bilan=bilan, consultant=other, by=chief(bilan), now=now)
    asked.refresh_from_db()
    assert asked.issue == Issue.FAITE


def seance(bilan, debut, now):
    return plan_seance(
        bilan=bilan,
        phase=Phase.INVESTIGATION,
        nature=Temps.ACCOMPAGNEMENT,
        modalite=Modalite.TELEPHONE,
        debut=debut,
        fin=debut + timedelta(hours=2),
        by=bilan.consultant,
        now=now,
    )


def test_a_pause_cancels_what_was_planned_and_moves_the_announced_end_by_its_days(bilan, now):
    announce_terme(bilan=bilan, le=date(2026, 3, 20), by=bilan.consultant, now=now)
    near, far = seance(bilan, now + timedelta(days=2), now), seance(bilan, now + timedelta(days=15), now)
    with pytest.raises(Refused):
        pause.take_pause(bilan=bilan, reprise=now.date(), by=bilan.beneficiaire, now=now)
    with pytest.raises(PermissionDenied):
        pause.take_pause(bilan=bilan, reprise=None, by=bilan.consultant, now=now)
    pause.take_pause(bilan=bilan, reprise=date(2026, 3, 13), by=bilan.beneficiaire, now=now)
    near.refresh_from_db()
    far.refresh_from_db()
    assert (near.etat, far.etat) == ("annulee", "prevue")
    open_ones = Echeance.objects.filter(bilan=bilan, faite_le=None, annulee_le=None)
    assert not open_ones.filter(nom__in=["terme", "terme_rappel"]).exists()
    run_due(now + timedelta(days=11))
    fresh = Bilan.objects.get(pk=bilan.pk)
    assert not fresh.pauses.filter(reprise_le=None).exists()
    assert fresh.terme_prevu_le == date(2026, 3, 31)
    assert open_ones.filter(nom="terme").count() == 1


def test_a_seance_moved_after_the_announced_end_moves_it(bilan, now):
    announce_terme(bilan=bilan, le=date(2026, 3, 20), by=bilan.consultant, now=now)
    one = seance(bilan, now + timedelta(days=10), now)
    assert Bilan.objects.get(pk=bilan.pk).terme_prevu_le == date(2026, 3, 20)
    debut = now + timedelta(days=24)
    move_seance(seance=one, debut=debut, fin=debut + timedelta(hours=2), by=bilan.consultant, now=now)
    assert Bilan.objects.get(pk=bilan.pk).terme_prevu_le == date(2026, 3, 27)
    [due] = Echeance.objects.filter(bilan=bilan, nom="terme", faite_le=None, annulee_le=None)
    assert due.echoit_le.date() == date(2026, 3, 27)
