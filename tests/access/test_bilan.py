"""Where bilans stand: the same queries for one as for many, and not a word of content."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import BilanFactory, SeanceFactory

from jalon.access.bilan import read_situation, read_situations
from jalon.actions.composition import compose
from jalon.actions.demande import agree, write_demande
from jalon.domain.parcours import Heures
from jalon.records.models import Bilan

pytestmark = pytest.mark.django_db


def test_a_situation_says_hours_consent_and_pieces_without_their_words(now):
    bilan = BilanFactory(en_cours=True)
    SeanceFactory(bilan=bilan, debut=now + timedelta(days=1))
    write_demande(
        bilan=bilan,
        analyse=compose("demande", mots_de_la_personne="XMOTX", reformulation=""),
        by=bilan.beneficiaire,
        now=now,
    )
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.consultant, now=now)
    found = read_situation(bilan, now=now)
    assert found.convenues == Heures(960, 480, 0)
    assert found.prevues == Heures(120, 0, 0)
    assert found.faites.total == 0
    assert found.limite_minutes == 24 * 60
    assert found.consentement_le is not None
    [piece] = found.of("demande")
    assert (piece.valide_consultant, piece.valide_beneficiaire) == (True, False)
    assert "XMOTX" not in repr(found)
    assert set(found.possible) == {"investigate", "abandon"}


def test_the_day_is_that_of_the_bilan_s_own_place(now):
    late = now.replace(hour=22, minute=30)
    assert read_situation(BilanFactory(), now=late).jour.day == 3
    assert read_situation(BilanFactory(fuseau="Indian/Reunion"), now=late).jour.day == 4


def test_twenty_bilans_cost_the_same_queries_as_one(now):
    def cost():
        bilans = list(Bilan.objects.select_related("organisme"))
        with CaptureQueriesContext(connection) as seen:
            assert len(read_situations(bilans, now=now)) == len(bilans)
        return len(seen)

    SeanceFactory(bilan=BilanFactory(en_cours=True))
    one = cost()
    for _ in range(4):
        SeanceFactory(bilan=BilanFactory(en_cours=True))
    assert cost() == one
    assert one <= 6


def test_no_bilan_costs_nothing(now):
    assert read_situations([], now=now) == {}
