"""Settling, changing the route, agreements; the CPF's steps and clocks; the contract, its withdrawal and its money."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.factories import (
    NOW,
    BilanFactory,
    ConsentementFactory,
    EngagementFactory,
    MembreFactory,
    PersonneFactory,
)

from jalon.actions import contrat, cpf
from jalon.actions.bilan import decline_bilan, move_bilan
from jalon.actions.dossier import update_cadre
from jalon.actions.echeance import run_due
from jalon.actions.engagement import note_accord, settle_engagement
from jalon.actions.seance import plan_seance
from jalon.actions.terme import abandon_bilan
from jalon.domain.cpf import Financeur
from jalon.domain.engagement import MotifSortie, Precedent
from jalon.domain.motif import Motif
from jalon.domain.obstacle import Refused
from jalon.domain.parcours import Nature, Phase
from jalon.domain.reglage import Reglage
from jalon.domain.repartition import Prise
from jalon.domain.retractation import Lieu
from jalon.domain.seance import Modalite
from jalon.records.models import Bilan, DocumentEmis, Echeance, Engagement, Evenement, Part, Versement

pytestmark = pytest.mark.django_db
CPF = Reglage(Decimal("1600"), precedent=Precedent.AUCUN, droits=Decimal("2000"))


@pytest.fixture
def bilan():
    return BilanFactory(engage=False)


@pytest.fixture
def maud(bilan):
    return MembreFactory(organisme=bilan.organisme, role="assistant").personne


def settle(bilan, maud, said=CPF, now=NOW, **reasons):
    return settle_engagement(bilan=bilan, reglage=said, by=maud, now=now, reasons=reasons)


def refusal(call, *args, **more):
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return refused.value.obstacles


def names(bilan):
    return list(Evenement.objects.filter(chaine=bilan.pk).order_by("numero").values_list("nom", flat=True))


def open_clocks(bilan):
    rows = Echeance.objects.filter(bilan=bilan, faite_le=None, annulee_le=None)
    return {one.nom: one.echoit_le for one in rows}


# Settling


def test_what_is_settled_is_kept_under_the_law_of_its_day_with_one_event(bilan, maud):
    row = settle(bilan, maud)
    assert row.droit_le == date(2026, 3, 3)
    assert [(p.poste, p.montant_centimes) for p in row.parts.all()] == [
        ("participation", 10_320),
        ("droits", 149_680),
    ]
    assert names(bilan) == ["engagement.regle"]
    assert Evenement.objects.get(chaine=bilan.pk).faits["prix_centimes"] == 160_000


def test_a_refusal_leaves_nothing_and_a_warning_wants_its_reason(bilan, maud):
    dear = replace(CPF, prix=Decimal("2000"))
    assert [o.code for o in refusal(settle, bilan, maud, dear)] == ["reste_a_payer"]
    assert not Engagement.objects.exists()
    assert not Evenement.objects.exists()
    assert settle(bilan, maud, dear, reste_a_payer=Motif.CHOIX).prix_centimes == 200_000


def test_strangers_and_the_person_herself_do_not_settle(bilan):
    for other in (PersonneFactory(), bilan.beneficiaire):
        with pytest.raises(PermissionDenied):
            settle(bilan, other)


def test_nothing_changes_once_the_contract_is_signed_or_the_bilan_begun(maud, bilan):
    bound = BilanFactory(organisme=bilan.organisme, financement="personnel")
    assert refusal(settle, bound, maud, Reglage(Decimal("900")))[0].code == "contrat_signe"
    begun = BilanFactory(organisme=bilan.organisme, en_cours=True)
    assert refusal(settle, begun, maud)[0].code == "etat"


def test_another_route_takes_away_every_row_that_named_an_employer(bilan, maud):
    """BC-18: from the plan to the CPF outside working time."""
    Bilan.objects.filter(pk=bilan.pk).update(
        financement="plan", employeur_nom="Atelier du Quai", employeur_siren="732829320"
    )
    bilan.refresh_from_db()
    settle(bilan, maud, Reglage(Decimal("1600")))
    assert Part.objects.filter(payeur="employeur", siren="732829320").exists()
    update_cadre(
        bilan=bilan,
        parcours=bilan.parcours,
        financement="cpf_hors_temps",
        employeur_nom="",
        employeur_siren="",
        by=maud,
        now=NOW,
    )
    assert not Part.objects.exists()
    assert not Engagement.objects.exists()
    assert names(bilan)[-2:] == ["engagement.oublie", "bilan.modifie"]


def test_the_database_itself_refuses_an_employer_where_none_may_be_named(bilan):
    row = EngagementFactory(bilan=bilan)
    common = {
        "engagement": row,
        "ordre": 0,
        "voie": "cpf_hors_temps",
        "poste": "reste",
        "montant_centimes": 1,
    }
    for payer, debtor in (("employeur", "cpf"), ("cpf", "employeur")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Part.objects.create(payeur=payer, debiteur=debtor, **common)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bilan.objects.filter(pk=bilan.pk).update(employeur_nom="Atelier du Quai")
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=row.pk).update(minutes_sur_temps=60)
    Bilan.objects.filter(pk=bilan.pk).update(financement="plan", employeur_nom="Atelier du Quai")


def test_an_agreement_is_noted_with_its_number_and_never_for_tomorrow(bilan, maud):
    Bilan.objects.filter(pk=bilan.pk).update(financement="agefiph")
    bilan.refresh_from_db()
    settle(bilan, maud, Reglage(Decimal("1600"), prises=(Prise(Financeur.AGEFIPH, Decimal("1600")),)))
    part = Part.objects.get()
    common = {"bilan": bilan, "part": part, "reference": "A-12", "by": maud, "now": NOW}
    assert refusal(note_accord, accord_le=date(2026, 3, 4), **common)[0].code == "date"
    note_accord(accord_le=date(2026, 3, 3), **common)
    part.refresh_from_db()
    assert (part.reference, part.accord_le) == ("A-12", date(2026, 3, 3))


# The CPF


def test_the_request_fixes_the_participation_even_when_it_is_noted_later(bilan, maud):
    april = datetime(2026, 4, 3, 9, tzinfo=UTC)
    row = settle(bilan, maud, now=april)
    assert row.parts.get(poste="participation").montant_centimes == 15_000
    row = cpf.note_demande(bilan=bilan, le=date(2026, 4, 1), dossier="X-1", by=maud, now=april)
    assert row.droit_le == date(2026, 4, 1)
    assert row.parts.get(poste="participation").montant_centimes == 10_320


def test_each_step_starts_its_clock_and_ends_the_one_before(bilan, maud):
    settle(bilan, maud)
    for step, day in (
        (cpf.note_demande, date(2026, 3, 2)),
        (cpf.note_proposition, date(2026, 3, 3)),
    ):
        step(bilan=bilan, le=day, by=maud, now=NOW)
    # Four working days for the holder (Monday 9 at midnight, Paris), eleven before the start (Wednesday 18).
    assert open_clocks(bilan) == {
        "cpf_confirmation": datetime(2026, 3, 9, 23, tzinfo=UTC),
        "cpf_onze_jours": datetime(2026, 3, 18, 23, tzinfo=UTC),
    }
    cpf.note_acceptation(bilan=bilan, le=date(2026, 3, 3), by=maud, now=NOW)
    assert list(open_clocks(bilan)) == ["cpf_onze_jours"]


def test_an_order_that_nobody_confirms_falls_at_its_minute(bilan, maud):
    settle(bilan, maud)
    cpf.note_demande(bilan=bilan, le=date(2026, 3, 2), by=maud, now=NOW)
    cpf.note_proposition(bilan=bilan, le=date(2026, 3, 3), by=maud, now=NOW)
    last = datetime(2026, 3, 9, 23, tzinfo=UTC)
    run_due(last - timedelta(seconds=1))
    assert Engagement.objects.get().cpf_proposition_le is not None
    run_due(last)
    row = Engagement.objects.get()
    assert (row.cpf_demande_le, row.cpf_proposition_le) == (None, None)
    assert names(bilan)[-1] == "cpf.caduque"
    assert open_clocks(bilan) == {}


def test_a_seance_is_not_planned_before_the_first_day_of_the_platform(bilan, maud):
    settle(bilan, maud)
    cpf.note_demande(bilan=bilan, le=date(2026, 3, 2), by=maud, now=NOW)
    cpf.note_proposition(bilan=bilan, le=date(2026, 3, 3), by=maud, now=NOW)

    def plan(day):
        begin = datetime(2026, 3, day, 9, tzinfo=UTC)
        return plan_seance(
            bilan=bilan,
            phase=Phase.PRELIMINAIRE,
            nature=Nature.ACCOMPAGNEMENT,
            modalite=Modalite.VISIO,
            debut=begin,
            fin=begin + timedelta(hours=2),
            by=maud,
            now=NOW,
        )

    assert refusal(plan, 18)[0].code == "trop_tot"
    assert plan(19).pk


def test_entry_and_exit_are_declared_after_the_fact_in_their_order(bilan, maud):
    row = EngagementFactory(bilan=bilan)
    ConsentementFactory(bilan=bilan)
    common = {"bilan": bilan, "by": maud, "now": NOW}
    assert refusal(cpf.declare_entree, le=date(2026, 3, 3), **common)[0].code == "entree"
    move_bilan(bilan=bilan, name="start", by=bilan.consultant, now=NOW)
    assert open_clocks(bilan)["cpf_entree"] == datetime(2026, 3, 6, 23, tzinfo=UTC)
    ended = {"motif": MotifSortie.ABANDON, "realisation": 40}
    assert refusal(cpf.declare_sortie, le=date(2026, 3, 3), **common, **ended)[0].code == "sortie"
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=NOW)
    assert refusal(cpf.declare_sortie, le=date(2026, 3, 3), **common, **ended)[0].code == "entree"
    cpf.declare_entree(le=date(2026, 3, 3), **common)
    cpf.declare_sortie(le=date(2026, 3, 3), **common, **ended)
    row.refresh_from_db()
    assert (row.cpf_sortie_motif, row.cpf_realisation) == ("abandon", 40)
    assert set(open_clocks(bilan)) == {"destruction"}


def test_a_missed_declaration_leaves_its_event_and_stays_to_be_done(bilan, maud):
    EngagementFactory(bilan=bilan)
    ConsentementFactory(bilan=bilan)
    move_bilan(bilan=bilan, name="start", by=bilan.consultant, now=NOW)
    run_due(datetime(2026, 3, 6, 23, tzinfo=UTC))
    assert names(bilan)[-1] == "delai.passe"
    assert Engagement.objects.get().cpf_entree_declaree_le is None
    cpf.declare_entree(bilan=bilan, le=date(2026, 3, 9), by=maud, now=NOW + timedelta(days=6))


def test_the_platform_has_no_place_outside_its_route(maud):
    paid = BilanFactory(organisme=maud.membres.get().organisme, financement="personnel")
    assert refusal(cpf.note_demande, bilan=paid, le=date(2026, 3, 2), by=maud, now=NOW)[0].code == "cpf"


def test_not_concluding_stops_every_clock(bilan, maud):
    settle(bilan, maud)
    cpf.note_demande(bilan=bilan, le=date(2026, 3, 2), by=maud, now=NOW)
    assert "cpf_reponse" in open_clocks(bilan)
    decline_bilan(bilan=bilan, by=bilan.beneficiaire, now=NOW)
    assert set(open_clocks(bilan)) == {"destruction"}


# The contract


@pytest.fixture
def own(bilan):
    return BilanFactory(organisme=bilan.organisme, engage=False, financement="personnel")


def sign(own, maud, lieu=Lieu.DISTANCE, le=NOW):
    settle(own, maud, Reglage(Decimal("1600"), lieu_conclusion=lieu))
    return contrat.conclude_contrat(bilan=own, le=le, lieu=lieu, by=maud, now=NOW)


def test_a_contract_opens_the_withdrawal_until_the_last_minute_of_the_last_day(own, maud):
    sign(own, maud)
    last = datetime(2026, 3, 17, 23, tzinfo=UTC)
    assert open_clocks(own) == {"retractation": last}
    contrat.renounce_contrat(bilan=own, by=own.beneficiaire, now=last - timedelta(seconds=1))
    row = Engagement.objects.get(bilan=own)
    assert row.retracte_le is not None
    assert open_clocks(own) == {}
    paper = DocumentEmis.objects.get(bilan=own)
    assert paper.genre == "accuse_retractation"
    assert own.etat == "preparation"


def test_a_second_later_the_contract_holds(own, maud):
    sign(own, maud)
    last = datetime(2026, 3, 17, 23, tzinfo=UTC)
    run_due(last)
    assert names(own)[-1] == "delai.passe"
    (late,) = refusal(contrat.renounce_contrat, bilan=own, by=own.beneficiaire, now=last)
    assert "L. 221-18" in late.source
    assert Engagement.objects.get(bilan=own).retracte_le is None


def test_nobody_gives_up_or_hurries_in_her_place(own, maud):
    sign(own, maud)
    for act in (contrat.renounce_contrat, contrat.ask_early_start):
        for other in (maud, own.consultant):
            with pytest.raises(PermissionDenied):
                act(bilan=own, by=other, now=NOW)


def test_giving_up_once_begun_ends_the_bilan_and_owes_what_was_done_only_if_she_had_asked(own, maud):
    sign(own, maud)
    ConsentementFactory(bilan=own)
    assert refusal(move_bilan, bilan=own, name="start", by=own.consultant, now=NOW)[0].code == "retractation"
    contrat.ask_early_start(bilan=own, by=own.beneficiaire, now=NOW)
    move_bilan(bilan=own, name="start", by=own.consultant, now=NOW)
    contrat.renounce_contrat(bilan=own, by=own.beneficiaire, now=NOW + timedelta(hours=1))
    own.refresh_from_db()
    assert own.etat == "abandonne"
    assert "bilan.abandonne" in names(own)


def test_after_giving_up_another_contract_can_be_made(own, maud):
    sign(own, maud)
    contrat.renounce_contrat(bilan=own, by=own.beneficiaire, now=NOW)
    row = settle(own, maud, Reglage(Decimal("1500")))
    assert (row.conclu_le, row.retracte_le) == (None, None)
    contrat.conclude_contrat(bilan=own, le=NOW, lieu=Lieu.ETABLISSEMENT, by=maud, now=NOW)


def test_a_forged_or_double_signature_is_refused(own, maud):
    settle(own, maud, Reglage(Decimal("1600")))
    later = NOW + timedelta(days=1)
    common = {"bilan": own, "lieu": Lieu.DISTANCE, "by": maud, "now": NOW}
    assert refusal(contrat.conclude_contrat, le=later, **common)[0].code == "date"
    contrat.conclude_contrat(le=NOW, **common)
    assert refusal(contrat.conclude_contrat, le=NOW, **common)[0].code == "deja"


def test_no_money_before_the_contract_nor_before_the_end_of_the_period(own, maud):
    settle(own, maud, Reglage(Decimal("1600"), nombre_versements=1))
    first, second = Versement.objects.order_by("rang")
    assert first.montant_centimes == 48_000

    def receive(one, day, now):
        return contrat.receive_versement(versement=one, le=day, by=maud, now=now)

    assert "L. 6353-3" in refusal(receive, first, date(2026, 3, 3), NOW)[0].source
    contrat.conclude_contrat(bilan=own, le=NOW, lieu=Lieu.DISTANCE, by=maud, now=NOW)
    after = datetime(2026, 3, 18, 9, tzinfo=UTC)
    (early,) = refusal(receive, first, date(2026, 3, 17), after)
    assert "L. 6353-6" in early.source
    assert refusal(receive, second, date(2026, 3, 18), after)[0].code == "ordre"
    assert receive(first, date(2026, 3, 18), after).recu_le == date(2026, 3, 18)
    assert receive(second, date(2026, 3, 18), after).recu_le == date(2026, 3, 18)


def test_a_first_payment_above_the_limit_is_refused_even_if_the_row_was_forged(own, maud):
    sign(own, maud, le=NOW)
    first = Versement.objects.get(rang=0)
    Versement.objects.filter(pk=first.pk).update(montant_centimes=48_001)
    first.refresh_from_db()
    after = datetime(2026, 3, 18, 9, tzinfo=UTC)
    (above,) = refusal(contrat.receive_versement, versement=first, le=date(2026, 3, 18), by=maud, now=after)
    assert above.code == "acompte"
