"""The convention between three: ten days from the employer's transmission, silence is a refusal, nothing revives it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories import MembreFactory
from tests.signatures import (
    place_of,
    project,
    responsable,
    settled,
    sign_by_drawing,
    with_link,
)

from jalon.actions.convention import transmit_convention
from jalon.actions.echeance import run_due
from jalon.actions.employeur import open_employeur
from jalon.actions.papiers import issue_papier, list_possible
from jalon.actions.signature import refuse_document
from jalon.domain.obstacle import Refused
from jalon.records.models import AccesEmployeur, Bilan, Convention, Engagement, Envoi, Evenement, Personne

pytestmark = pytest.mark.django_db
PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")


def codes(refused):
    return {o.code for o in refused.value.obstacles}


def transmit(convention, now, **autres):
    employer = convention.bilan.acces_employeur.get().personne
    return transmit_convention(convention=convention, by=employer, now=now, **autres)


def test_three_signatures_conclude_it_and_let_the_bilan_start(now):
    bilan = settled(now)
    convention = project(bilan, now)
    assert not Envoi.objects.filter(personne=bilan.beneficiaire, genre="signature_demandee").exists()
    with pytest.raises(Refused) as refused:  # before the employer has transmitted
        sign_by_drawing(convention.circuit, "beneficiaire", now)
    assert codes(refused) == {"non_transmise"}
    transmit(convention, now)
    assert Envoi.objects.filter(personne=bilan.beneficiaire, genre="signature_demandee").exists()
    sign_by_drawing(convention.circuit, "beneficiaire", now + timedelta(days=3))
    convention.refresh_from_db()
    assert (convention.etat, convention.acceptee_le) == ("acceptee", now + timedelta(days=3))
    sign_by_drawing(convention.circuit, "employeur", now + timedelta(days=4))
    assert Engagement.objects.get(bilan=bilan).conclu_le is None
    sign_by_drawing(convention.circuit, "prestataire", now + timedelta(days=20))
    convention.refresh_from_db()
    assert (convention.etat, convention.conclue_le) == ("conclue", now + timedelta(days=20))
    assert convention.circuit.etat == "scelle"
    assert Engagement.objects.get(bilan=bilan).conclu_le == now + timedelta(days=20)
    # Once accepted, the tenth day changes nothing.
    assert not bilan.echeances.filter(nom="convention_silence", annulee_le=None).exists()


@pytest.mark.parametrize(
    ("fuseau", "transmise", "last_minute"),
    [
        (PARIS, datetime(2026, 3, 20, 23, 59, tzinfo=PARIS), datetime(2026, 3, 30, 23, 59, tzinfo=PARIS)),
        (REUNION, datetime(2026, 3, 20, 0, 1, tzinfo=REUNION), datetime(2026, 3, 30, 23, 59, tzinfo=REUNION)),
        # Over the night without an hour: 29 March 2026.
        (PARIS, datetime(2026, 3, 21, 1, 0, tzinfo=PARIS), datetime(2026, 3, 31, 23, 59, tzinfo=PARIS)),
    ],
)
def test_the_silence_acts_by_itself_at_the_last_minute_of_the_place(now, fuseau, transmise, last_minute):
    bilan = settled(now, fuseau=str(fuseau))
    convention = project(bilan, now)
    transmit(convention, transmise)
    convention.refresh_from_db()
    assert convention.dernier_jour == last_minute.date()
    assert convention.fin_le == (last_minute + timedelta(minutes=1)).astimezone(UTC)
    run_due(last_minute)
    convention.refresh_from_db()
    assert convention.etat == "transmise"
    run_due(last_minute + timedelta(minutes=1))
    convention.refresh_from_db()
    assert (convention.etat, convention.circuit.etat) == ("non_conclue", "sans_suite")
    with pytest.raises(Refused) as refused:
        sign_by_drawing(convention.circuit, "beneficiaire", last_minute + timedelta(hours=9))
    assert codes(refused) == {"clos"}
    with pytest.raises(Refused) as refused:
        transmit(convention, last_minute + timedelta(hours=9))
    assert codes(refused) == {"transmise"}


def test_late_by_a_second_is_late_even_if_the_clock_was_stopped(now):
    convention = project(settled(now), now)
    transmit(convention, now)
    convention.refresh_from_db()
    with pytest.raises(Refused) as refused:
        sign_by_drawing(convention.circuit, "beneficiaire", convention.fin_le)
    assert codes(refused) == {"hors_delai"}
    assert "R. 6313-8" in refused.value.obstacles[0].source
    sign_by_drawing(convention.circuit, "beneficiaire", convention.fin_le - timedelta(seconds=1))
    convention.refresh_from_db()
    assert convention.etat == "acceptee"


def test_a_refusal_and_a_silence_read_the_same_for_everybody(now):
    refused, silent = (project(settled(now), now) for _ in range(2))
    for convention in (refused, silent):
        transmit(convention, now)
    one = place_of(refused.circuit, "beneficiaire")
    refuse_document(signataire=one, by=one.personne, now=now + timedelta(days=1))
    run_due(now + timedelta(days=12))
    for convention in (refused, silent):
        convention.refresh_from_db()
        assert (convention.etat, convention.circuit.etat) == ("non_conclue", "sans_suite")
    said = Evenement.objects.filter(nom="convention.non_conclue").values_list("faits", flat=True)
    assert [set(faits) for faits in said] == [{"convention"}, {"convention"}]
    # The bilan itself is as before: another project may be transmitted, and opens another period.
    again = issue_papier(
        bilan=refused.bilan, genre="convention", by=refused.bilan.consultant, now=now + timedelta(days=13)
    )
    fresh = Convention.objects.get(circuit__document=again)
    transmit(fresh, now + timedelta(days=14))
    fresh.refresh_from_db()
    assert fresh.dernier_jour == date(2026, 3, 27)


def test_what_was_transmitted_on_paper_is_noted_with_its_moment_and_never_forged(now):
    bilan = settled(now)
    convention = project(bilan, now)
    by, later = bilan.consultant, now + timedelta(days=2)
    for moment, code in (
        (later + timedelta(days=1), "date_future"),
        (now - timedelta(days=1), "date_anterieure"),
    ):
        with pytest.raises(Refused) as refused:
            transmit_convention(convention=convention, by=by, now=later, transmise_le=moment)
        assert codes(refused) == {code}
    with pytest.raises(Refused):  # the employer's own act has the date of its gesture
        transmit(convention, later, transmise_le=now)
    transmit_convention(convention=convention, by=by, now=later, transmise_le=now + timedelta(days=1))
    convention.refresh_from_db()
    assert convention.dernier_jour == date(2026, 3, 14)
    with pytest.raises(Refused) as refused:
        transmit(convention, later)
    assert codes(refused) == {"transmise"}


def missing(bilan, now):
    found = {p.genre: {o.code for o in p.obstacles} for p in list_possible(bilan, now=now)}
    with pytest.raises(Refused) as refused:
        issue_papier(bilan=bilan, genre="convention", by=bilan.consultant, now=now)
    assert found["convention"] == codes(refused)
    assert all(o.source for o in refused.value.obstacles)
    assert not bilan.documents.exists()
    return codes(refused)


def test_a_missing_mention_stops_it_with_its_article(now):
    assert missing(settled(now), now) == {"representant"}
    priceless = settled(now, prix=None)
    with_link(priceless, now)
    assert {"prix", "reglement"} <= missing(priceless, now)
    undated = settled(now)
    with_link(undated, now)
    Engagement.objects.filter(bilan=undated).update(debut_prevu_le=None)
    assert missing(undated, now) == {"periode"}
    unknown = settled(now, employeur_siren="")
    with_link(unknown, now)
    assert missing(unknown, now) == {"siren"}
    undeclared = settled(now)
    with_link(undeclared, now)
    undeclared.organisme.nda = undeclared.organisme.nda_region = ""
    undeclared.organisme.save()
    assert missing(undeclared, now) == {"declaration"}


def test_the_distance_rate_is_asked_where_a_fund_pays_and_the_certificate_must_cover_bilans(now):
    bilan = settled(now, financement="opco")
    with_link(bilan, now)
    bilan.seances.all().delete()
    assert missing(bilan, now) == {"taux_distance"}
    fresh = settled(now, financement="opco")
    with_link(fresh, now)
    organisme = fresh.organisme
    organisme.qualiopi_bilans = False
    organisme.save()
    assert missing(fresh, now) == {"certification"}
    organisme.qualiopi_bilans, organisme.qualiopi_expire_le = True, now.date() - timedelta(days=1)
    organisme.save()
    assert missing(fresh, now) == {"certification"}
    organisme.qualiopi_expire_le = now.date()
    organisme.save()
    assert issue_papier(bilan=fresh, genre="convention", by=fresh.consultant, now=now).numero


def test_an_employer_whose_siren_is_the_cabinets_is_refused_everywhere(now):
    bilan = settled(now)
    Bilan.objects.filter(pk=bilan.pk).update(employeur_siren=bilan.organisme.siren)
    bilan.refresh_from_db()
    with pytest.raises(Refused) as refused:
        with_link(bilan, now)
    assert codes(refused) == {"employeur_prestataire"}
    assert "R. 6313-5" in refused.value.obstacles[0].source
    late = settled(now)
    with_link(late, now)
    Bilan.objects.filter(pk=late.pk).update(employeur_siren=late.organisme.siren)
    late.refresh_from_db()
    assert missing(late, now) == {"employeur_prestataire"}


@pytest.mark.parametrize("route", ["cpf_hors_temps", "france_travail", "agefiph", "personnel"])
def test_where_the_employer_has_no_part_there_is_no_row_no_person_no_mail(now, route):
    bilan = settled(now, financement=route)
    before = Personne.objects.count(), Envoi.objects.count(), Evenement.objects.count()
    with pytest.raises(Refused) as refused:
        with_link(bilan, now)
    assert codes(refused) == {"employeur_non_informe"}
    with pytest.raises(Refused) as refused:
        issue_papier(bilan=bilan, genre="convention", by=bilan.consultant, now=now)
    assert "voie" in codes(refused)
    assert (Personne.objects.count(), Envoi.objects.count(), Evenement.objects.count()) == before
    assert not AccesEmployeur.objects.exists()


def test_nobody_signs_for_the_employer_with_the_address_of_another_party(now):
    bilan = settled(now)
    colleague = MembreFactory(organisme=bilan.organisme, role="assistant").personne
    for address, code in (
        (bilan.beneficiaire.email, "adresse_personne"),
        (colleague.email.upper(), "adresse_cabinet"),
    ):
        with pytest.raises(Refused) as refused:
            open_employeur(
                bilan=bilan,
                prenom="Denis",
                nom="Larzul",
                fonction="DRH",
                courriel=address,
                by=responsable(bilan),
                now=now,
            )
        assert codes(refused) == {code}
