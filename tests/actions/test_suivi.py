"""Six months later: an invitation although nothing was kept, a tiroir that opens and dies with the interview."""

from datetime import timedelta

import pytest
from tests.actions.test_marche import LIFE, Marche

from jalon.access.coffre import coffre
from jalon.access.pieces import read_piece
from jalon.actions import decision, destruction, suivi
from jalon.actions.echeance import run_due
from jalon.domain.obstacle import Refused
from jalon.domain.suivi import MONTHS, Avancee, Frein, Suite
from jalon.records.models import Bilan, Compteur, Echeance, Envoi, Piece, Suivi
from jalon.vault.pieces.suivi import CompteRenduSuivi

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = CompteRenduSuivi(texte="Le projet avance", changements="", suites="")


@pytest.fixture
def fini():
    """A whole life up to its destruction, of a person who agreed to be written to again."""
    walk = Marche()
    for name in LIFE:
        if name == "finish":
            b = walk.fresh()
            decision.choose_recontact(bilan=b, accept=True, by=b.beneficiaire, now=walk.now)
        if name != "keep":
            getattr(walk, name)(walk.fresh())
    return walk


def test_the_invitation_comes_six_months_after_the_term_and_only_to_who_agreed(fini):
    [due] = Echeance.objects.filter(bilan=fini.bilan, nom="suivi_invitation", faite_le=None)
    assert due.echoit_le.date().isoformat() == "2026-09-04"
    run_due(due.echoit_le)
    assert Suivi.objects.get(bilan=fini.bilan).etat == "propose"
    assert Envoi.objects.filter(bilan=fini.bilan, genre="invitation_suivi").count() == 1

    other = Marche()
    for name in LIFE:
        getattr(other, name)(other.fresh())
    assert not Echeance.objects.filter(bilan=other.bilan, nom="suivi_invitation").exists()
    with pytest.raises(Refused):
        suivi.propose_suivi(bilan=other.fresh(), by=other.bilan.consultant, now=other.now)


def test_what_the_interview_writes_is_readable_then_dies_with_it(fini):
    b = Bilan.objects.get(pk=fini.bilan.pk)
    later = fini.now + timedelta(days=184)
    made = suivi.propose_suivi(bilan=b, by=b.beneficiaire, now=later)
    with pytest.raises(Refused):
        suivi.write_suivi(suivi=made, compte_rendu=TEXT, by=b.consultant, now=later)
    suivi.open_suivi(suivi=made, by=b.beneficiaire, now=later)
    suivi.write_suivi(suivi=made, compte_rendu=TEXT, by=b.consultant, now=later)
    assert read_piece(b.beneficiaire, b, "suivi", str(made.pk), now=later).contenu == TEXT
    suivi.close_suivi(suivi=made, by=b.consultant, now=later)
    assert not Piece.objects.filter(bilan=b).exists()
    assert not coffre().has_key(f"{b.pk}/entretien_suivi")
    assert b.destructions.filter(motif="fin_suivi", faite_le__isnull=False).count() == 1


def test_an_interview_that_nobody_closes_ends_by_itself(fini):
    b = Bilan.objects.get(pk=fini.bilan.pk)
    made = suivi.open_suivi(
        suivi=suivi.propose_suivi(bilan=b, by=b.beneficiaire, now=fini.now), by=b.beneficiaire, now=fini.now
    )
    suivi.write_suivi(suivi=made, compte_rendu=TEXT, by=b.consultant, now=fini.now)
    run_due(fini.now + timedelta(days=29))
    assert Piece.objects.filter(bilan=b).exists()
    run_due(fini.now + timedelta(days=32))
    assert not Piece.objects.filter(bilan=b).exists()
    assert destruction.resume_destructions(now=fini.now) == 0
    assert MONTHS == (6, 12)


def test_a_year_later_too_if_she_wished_and_her_change_of_mind_stops_both(fini):
    b = Bilan.objects.get(pk=fini.bilan.pk)
    open_ones = Echeance.objects.filter(bilan=b, nom="suivi_invitation", faite_le=None, annulee_le=None)
    assert open_ones.count() == 1
    decision.choose_recontact(bilan=b, accept=True, un_an=True, by=b.beneficiaire, now=fini.now)
    assert sorted(e.echoit_le.date().isoformat() for e in open_ones) == ["2026-09-04", "2027-03-04"]
    run_due(max(e.echoit_le for e in open_ones))
    assert [s.mois for s in Suivi.objects.filter(bilan=b)] == [6]
    decision.choose_recontact(bilan=b, accept=False, by=b.beneficiaire, now=fini.now)
    assert not open_ones.all().exists()


def test_what_was_decided_is_counted_without_whose_and_a_second_point_is_planned(fini):
    b = Bilan.objects.get(pk=fini.bilan.pk)
    made = suivi.open_suivi(
        suivi=suivi.propose_suivi(bilan=b, by=b.beneficiaire, now=fini.now), by=b.beneficiaire, now=fini.now
    )
    said = {"texte": "Le projet avance", "avancee": Avancee.EN_ROUTE, "frein": Frein.TEMPS}
    suivi.write_suivi_texts(suivi=made, textes=said, by=b.beneficiaire, now=fini.now)
    before = Echeance.objects.filter(bilan=b, nom="suivi_invitation").count()
    suivi.close_suivi(suivi=made, suite=Suite.SECOND_POINT, by=b.consultant, now=fini.now)
    counted = {c.mesure: (c.valeur, c.nombre) for c in Compteur.objects.filter(organisme=b.organisme)}
    assert counted["avancee"] == ("en_route", 1)
    assert counted["frein"] == ("temps", 1)
    assert counted["suite"] == ("second_point", 1)
    assert counted["fin"] == ("termine", 1)
    assert counted["plan"] == ("oui", 1)
    assert Echeance.objects.filter(bilan=b, nom="suivi_invitation").count() == before + 1
    assert not Piece.objects.filter(bilan=b).exists()
