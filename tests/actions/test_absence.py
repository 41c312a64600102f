"""Absence on working time: thirty days for the employer from receipt, silence is an acceptance."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.signatures import last_code, settled, with_link

from jalon.actions.absence import answer_absence, ask_absence, receive_on_paper, withdraw_absence
from jalon.actions.echeance import run_due
from jalon.actions.employeur import close_employeur, enter, send_again, send_entry_code
from jalon.actions.lien_employeur import token
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.records.models import AccesEmployeur, Envoi, Evenement, Personne

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
DEBUT, FIN = date(2026, 5, 18), date(2026, 8, 28)


def codes(refused):
    return {o.code for o in refused.value.obstacles}


@pytest.fixture
def bilan(now):
    return settled(now, financement="cpf_sur_temps")


def asked(bilan, now, **autres):
    return ask_absence(bilan=bilan, by=bilan.beneficiaire, now=now, **{"debut": DEBUT, "fin": FIN, **autres})


def come_in(acces, now, capture):
    with capture(execute=True):
        send_entry_code(token=token(acces), now=now)
    return enter(token=token(acces), code=last_code(), now=now)


def test_the_thirty_days_run_from_the_receipt_and_the_silence_accepts_at_the_right_minute(
    bilan, now, django_capture_on_commit_callbacks
):
    acces = with_link(bilan, now)
    absence = asked(bilan, now)
    assert absence.fin_le is None  # sent is not received
    received = datetime(2026, 3, 6, 23, 30, tzinfo=PARIS)
    come_in(acces, received, django_capture_on_commit_callbacks)
    absence.refresh_from_db()
    assert (absence.recue_le, absence.dernier_jour) == (received, date(2026, 4, 5))
    last = datetime(2026, 4, 5, 23, 59, tzinfo=PARIS)  # over the night without an hour
    run_due(last)
    absence.refresh_from_db()
    assert absence.reponse == "attendue"
    run_due(last + timedelta(minutes=1))
    absence.refresh_from_db()
    assert absence.reponse == "silence"
    with pytest.raises(Refused) as refused:
        answer_absence(absence=absence, accorde=False, by=acces.personne, now=last + timedelta(hours=2))
    assert codes(refused) == {"repondue"}


def test_the_employer_answers_in_time_and_not_one_second_after(bilan, now):
    acces = with_link(bilan, now)
    absence = asked(bilan, now)
    receive_on_paper(absence=absence, recue_le=now.date(), by=bilan.beneficiaire, now=now)
    absence.refresh_from_db()
    assert absence.recue_sur_papier
    with pytest.raises(Refused) as refused:
        answer_absence(absence=absence, accorde=False, by=acces.personne, now=absence.fin_le)
    assert codes(refused) == {"hors_delai"}
    assert "D. 6323-4" in refused.value.obstacles[0].source
    answered = absence.fin_le - timedelta(seconds=1)
    answer_absence(absence=absence, accorde=False, by=acces.personne, now=answered)
    absence.refresh_from_db()
    assert absence.reponse == "refusee"
    run_due(answered + timedelta(days=2))
    absence.refresh_from_db()
    assert absence.reponse == "refusee"
    assert asked(bilan, answered, debut=date(2026, 7, 1), fin=date(2026, 9, 1)).reponse == "attendue"


def test_sixty_days_or_a_hundred_and_twenty_before_is_told_and_hers_to_pass_over(bilan, now):
    near = {"debut": date(2026, 5, 1), "fin": date(2026, 6, 30)}
    long_action = {"debut": date(2026, 5, 18), "fin": date(2026, 11, 17)}
    for dates in (near, long_action):
        with pytest.raises(Refused) as refused:
            asked(bilan, now, **dates)
        assert codes(refused) == {"preavis"}
    absence = asked(bilan, now, **near, reasons={"preavis": Motif.CHOIX})
    with pytest.raises(Refused) as refused:
        asked(bilan, now)
    assert codes(refused) == {"deja"}
    withdraw_absence(absence=absence, by=bilan.beneficiaire, now=now)
    asked(bilan, now)


def test_a_receipt_is_neither_in_the_future_nor_before_the_request(bilan, now):
    absence = asked(bilan, now)
    for day, code in (
        (now.date() + timedelta(days=1), "date_future"),
        (now.date() - timedelta(days=1), "date_anterieure"),
    ):
        with pytest.raises(Refused) as refused:
            receive_on_paper(absence=absence, recue_le=day, by=bilan.beneficiaire, now=now)
        assert codes(refused) == {code}
    receive_on_paper(absence=absence, recue_le=now.date(), by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused):
        receive_on_paper(absence=absence, recue_le=now.date(), by=bilan.beneficiaire, now=now)


@pytest.mark.parametrize("route", ["cpf_hors_temps", "plan", "personnel", "agent_public"])
def test_on_any_other_route_there_is_nothing_to_ask(now, route):
    other = settled(now, financement=route)
    with pytest.raises(Refused) as refused:
        asked(other, now)
    assert codes(refused) == {"voie"}
    assert not other.absences.exists()


def test_the_link_opens_one_dossier_by_a_code_until_it_is_closed(
    bilan, now, django_capture_on_commit_callbacks
):
    acces = with_link(bilan, now)
    link = Envoi.objects.get(genre="employeur_lien")
    assert token(acces) not in str(link.donnees)
    assert send_entry_code(token="x" * 64, now=now) is None
    with pytest.raises(Refused):
        enter(token=token(acces), code="0000-0000", now=now)
    come_in(acces, now, django_capture_on_commit_callbacks)
    with pytest.raises(Refused) as refused:  # the code of a link replayed
        enter(token=token(acces), code=last_code(), now=now)
    assert codes(refused) == {"code_servi"}
    send_again(acces=acces, by=bilan.consultant, now=now)
    close_employeur(acces=acces, by=bilan.consultant, now=now)
    assert send_entry_code(token=token(acces), now=now) is None
    with pytest.raises(Refused) as refused:
        enter(token=token(acces), code="1", now=now)
    assert codes(refused) == {"lien"}
    assert AccesEmployeur.objects.get().clos_le == now


def test_a_link_that_nobody_opened_leaves_no_row_and_no_name(bilan, now):
    acces = with_link(bilan, now)
    people = Personne.objects.count()
    close_employeur(acces=acces, by=bilan.consultant, now=now)
    assert not AccesEmployeur.objects.exists()
    assert Personne.objects.count() == people - 1
    said = Evenement.objects.filter(chaine=bilan.pk, nom="employeur.ferme").get().faits
    assert set(said) == {"personne"}
