"""Séances by their actions: planned within the law, held with their real times, signed by each for herself."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, LieuFactory, MembreFactory, SeanceFactory

from jalon.actions.seance import (
    cancel_seance,
    declare_travail,
    enter_paper_signature,
    hold_seance,
    move_seance,
    plan_seance,
    shown_fingerprint,
    sign_seance,
)
from jalon.actions.visio import read_link
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.seance import Modalite
from jalon.records.faits import bilan_facts
from jalon.records.models import Echeance, Emargement, Evenement, Seance

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True)


def plan(bilan, now, *, days=2, minutes=120, by=None, **more):
    said = {
        "phase": Phase.PRELIMINAIRE,
        "nature": Nature.ACCOMPAGNEMENT,
        "modalite": Modalite.TELEPHONE,
        "debut": now + timedelta(days=days),
        "fin": now + timedelta(days=days, minutes=minutes),
    } | more
    return plan_seance(bilan=bilan, by=by or bilan.consultant, now=now, **said)


def held(bilan, now):
    seance = SeanceFactory(bilan=bilan, debut=now - timedelta(hours=3), fin=now - timedelta(hours=1))
    return hold_seance(
        seance=seance,
        debut_reel=now - timedelta(hours=3),
        fin_reelle=now - timedelta(hours=1, minutes=10),
        by=bilan.consultant,
        now=now,
    )


def evening_before(seance):
    day = seance.debut.astimezone(ZoneInfo("Europe/Paris")) - timedelta(days=1)
    return day.replace(hour=18, minute=0, second=0, microsecond=0)


def codes(refused):
    return [o.code for o in refused.value.obstacles]


def test_a_planned_seance_has_its_reminder_and_only_one(bilan, now):
    seance = plan(bilan, now)
    [due] = Echeance.objects.filter(bilan=bilan, nom="seance_rappel", annulee_le=None)
    assert due.echoit_le == evening_before(seance)
    moved = move_seance(
        seance=seance,
        debut=seance.debut + timedelta(days=1),
        fin=seance.fin + timedelta(days=1),
        by=bilan.consultant,
        now=now,
    )
    [due] = Echeance.objects.filter(bilan=bilan, nom="seance_rappel", annulee_le=None)
    assert due.echoit_le == evening_before(moved)
    cancel_seance(seance=moved, by=bilan.consultant, now=now)
    assert not Echeance.objects.filter(bilan=bilan, nom="seance_rappel", annulee_le=None).exists()


def test_only_the_place_or_the_link_of_its_modality_is_kept(bilan, now):
    lieu = LieuFactory(organisme=bilan.organisme)
    link = "https://visio.exemple.fr/salon"
    there = plan(bilan, now, modalite=Modalite.PRESENTIEL, lieu=lieu, visio_lien=link)
    assert (there.lieu, there.visio_lien) == (lieu, "")
    online = plan(bilan, now, days=3, modalite=Modalite.VISIO, lieu=lieu, visio_lien=link)
    assert online.lieu is None
    assert link not in online.visio_lien
    assert read_link(online, by=bilan.consultant) == link


def test_a_place_of_another_cabinet_is_refused(bilan, now):
    with pytest.raises(Refused) as refused:
        plan(bilan, now, modalite=Modalite.PRESENTIEL, lieu=LieuFactory())
    assert codes(refused) == ["lieu"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"minutes": 0}, "horaires"),
        ({"minutes": -10}, "horaires"),
        ({"phase": Phase.SUIVI}, "suivi"),
        ({"nature": Nature.SUIVI}, "suivi"),
        ({"minutes": 24 * 60 + 1}, "plus_de_24h"),
    ],
)
def test_an_impossible_seance_is_refused_and_nothing_is_written(bilan, now, more, code):
    with pytest.raises(Refused) as refused:
        plan(bilan, now, **more)
    assert code in codes(refused)
    assert not Seance.objects.exists()
    assert not Evenement.objects.exists()


def test_twenty_four_hours_may_be_planned_and_not_one_minute_more(bilan, now):
    for n in range(12):
        plan(bilan, now, days=2 + n)
    with pytest.raises(Refused) as refused:
        plan(bilan, now, days=30, minutes=1)
    assert codes(refused) == ["plus_de_24h"]
    assert "6313-4" in refused.value.obstacles[0].source
    cancel_seance(seance=Seance.objects.first(), by=bilan.consultant, now=now)
    assert plan(bilan, now, days=30, minutes=1)


def test_nobody_is_at_two_seances_at_once_but_one_may_follow_the_other(bilan, now):
    first = plan(bilan, now)
    other = BilanFactory(en_cours=True, organisme=bilan.organisme, consultant=bilan.consultant)
    with pytest.raises(Refused) as refused:
        plan(other, now, debut=first.debut + timedelta(minutes=119), fin=first.fin + timedelta(hours=1))
    assert codes(refused) == ["occupe"]
    assert plan(other, now, debut=first.fin, fin=first.fin + timedelta(hours=1))


def test_after_the_end_only_a_follow_up_may_be_planned(now):
    bilan = BilanFactory(en_cours=True, etat="abandonne", termine_le=now)
    with pytest.raises(Refused) as refused:
        plan(bilan, now)
    assert codes(refused) == ["etat"]
    assert plan(bilan, now, phase=Phase.SUIVI, nature=Nature.SUIVI)


def test_real_times_are_corrected_until_somebody_has_signed_them(bilan, now):
    seance = held(bilan, now)
    later = now - timedelta(minutes=30)
    hold_seance(
        seance=seance, debut_reel=now - timedelta(hours=3), fin_reelle=later, by=bilan.consultant, now=now
    )
    sign_seance(seance=seance, by=bilan.consultant, now=now)
    with pytest.raises(Refused) as refused:
        hold_seance(
            seance=seance,
            debut_reel=now - timedelta(hours=3),
            fin_reelle=now,
            by=bilan.consultant,
            now=now,
        )
    assert codes(refused) == ["signee"]
    assert Seance.objects.get().fin_reelle == later


def test_a_seance_is_not_held_before_its_time_nor_before_the_bilan_begins(now):
    ready = BilanFactory()
    seance = SeanceFactory(bilan=ready, debut=now - timedelta(hours=2), fin=now)
    with pytest.raises(Refused) as refused:
        hold_seance(
            seance=seance,
            debut_reel=now - timedelta(hours=2),
            fin_reelle=now,
            by=ready.consultant,
            now=now,
        )
    assert codes(refused) == ["etat"]
    running = BilanFactory(en_cours=True)
    seance = SeanceFactory(bilan=running, debut=now, fin=now + timedelta(hours=2))
    with pytest.raises(Refused) as refused:
        hold_seance(
            seance=seance,
            debut_reel=now,
            fin_reelle=now + timedelta(hours=2),
            by=running.consultant,
            now=now,
        )
    assert codes(refused) == ["futur"]


def test_each_signs_for_herself_what_was_shown_and_only_once(bilan, now):
    seance = held(bilan, now)
    shown = shown_fingerprint(seance)
    first = sign_seance(seance=seance, by=bilan.beneficiaire, now=now, empreinte_vue=shown)
    assert (first.qualite, first.personne, first.maniere) == ("beneficiaire", bilan.beneficiaire, "ecran")
    again = sign_seance(
        seance=seance, by=bilan.beneficiaire, now=now + timedelta(hours=1), empreinte_vue=shown
    )
    assert again == first
    assert not bilan_facts(bilan).seances[0].signee
    sign_seance(seance=seance, by=bilan.consultant, now=now, empreinte_vue=shown)
    assert bilan_facts(bilan).seances[0].signee
    assert Evenement.objects.filter(nom="seance.signee").count() == 2


def test_times_that_changed_since_they_were_shown_are_not_signed(bilan, now):
    seance = held(bilan, now)
    shown = shown_fingerprint(seance)
    hold_seance(
        seance=seance,
        debut_reel=now - timedelta(hours=3),
        fin_reelle=now - timedelta(hours=2),
        by=bilan.consultant,
        now=now,
    )
    with pytest.raises(Refused) as refused:
        sign_seance(seance=seance, by=bilan.beneficiaire, now=now, empreinte_vue=shown)
    assert codes(refused) == ["changee"]
    assert not Emargement.objects.exists()


def test_what_was_not_held_is_not_signed_and_nobody_signs_for_another(bilan, now):
    seance = plan(bilan, now)
    with pytest.raises(Refused):
        sign_seance(seance=seance, by=bilan.beneficiaire, now=now)
    done = held(bilan, now)
    for other in (
        MembreFactory(organisme=bilan.organisme, role="assistant").personne,
        MembreFactory(organisme=bilan.organisme, role="consultant").personne,
        BilanFactory().beneficiaire,
    ):
        with pytest.raises(PermissionDenied):
            sign_seance(seance=done, by=other, now=now)
        with pytest.raises(PermissionDenied):
            enter_paper_signature(seance=done, by=other, now=now)
    with pytest.raises(PermissionDenied):
        enter_paper_signature(seance=done, by=bilan.beneficiaire, now=now)
    copied = enter_paper_signature(seance=done, by=bilan.consultant, now=now)
    assert (copied.personne, copied.maniere) == (bilan.beneficiaire, "papier")


def test_the_secretariat_plans_but_does_not_say_what_took_place(bilan, now):
    assistant = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    seance = plan(bilan, now, by=assistant)
    with pytest.raises(PermissionDenied):
        hold_seance(seance=seance, debut_reel=now - timedelta(hours=1), fin_reelle=now, by=assistant, now=now)
    with pytest.raises(PermissionDenied):
        plan(bilan, now, days=5, by=bilan.beneficiaire)


def test_personal_work_is_told_and_signed_by_the_person_once_done(bilan, now):
    with pytest.raises(Refused) as refused:
        declare_travail(
            bilan=bilan,
            phase=Phase.PRELIMINAIRE,
            debut=now,
            fin=now + timedelta(hours=1),
            by=bilan.beneficiaire,
            now=now,
        )
    assert codes(refused) == ["futur"]
    with pytest.raises(PermissionDenied):
        declare_travail(
            bilan=bilan,
            phase=Phase.PRELIMINAIRE,
            debut=now - timedelta(hours=1),
            fin=now,
            by=bilan.consultant,
            now=now,
        )
    declare_travail(
        bilan=bilan,
        phase=Phase.PRELIMINAIRE,
        debut=now - timedelta(hours=1),
        fin=now,
        by=bilan.beneficiaire,
        now=now,
    )
    [facts] = bilan_facts(bilan).seances
    assert facts.signee
    assert facts.nature == Nature.TRAVAIL_PERSONNEL


def test_personal_work_is_not_declared_twice_for_the_same_time(bilan, now):
    said = {"phase": Phase.PRELIMINAIRE, "by": bilan.beneficiaire, "now": now, "bilan": bilan}
    declare_travail(debut=now - timedelta(hours=2), fin=now - timedelta(hours=1), **said)
    with pytest.raises(Refused) as refused:
        declare_travail(debut=now - timedelta(hours=2), fin=now - timedelta(hours=1), **said)
    assert codes(refused) == ["occupe"]
    declare_travail(debut=now - timedelta(hours=1), fin=now, **said)
    assert Seance.objects.count() == 2


def test_personal_work_belongs_to_a_running_bilan(now):
    ready = BilanFactory()
    with pytest.raises(Refused) as refused:
        declare_travail(
            bilan=ready,
            phase=Phase.PRELIMINAIRE,
            debut=now - timedelta(hours=1),
            fin=now,
            by=ready.beneficiaire,
            now=now,
        )
    assert codes(refused) == ["etat"]
