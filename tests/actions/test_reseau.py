"""Former beneficiaries: joined freely at the end, asked without an address, left at once with every word."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.pieces import list_pieces
from jalon.access.reseau import list_echanges, list_joignables, my_ressource
from jalon.actions import reseau
from jalon.actions.destruction import destroy_documents
from jalon.actions.echeance import run_due
from jalon.actions.personne import may_be_erased
from jalon.actions.terme import abandon_bilan
from jalon.domain.obstacle import Refused
from jalon.records.models import Envoi, MiseEnRelation, Piece, Ressource

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "XMARKERX"


@pytest.fixture
def two(now):
    """Somebody at her end who accepts to be asked, and somebody in her own journey, in the same cabinet."""
    ended = BilanFactory(en_conclusions=True)
    asker = BilanFactory(en_investigation=True, organisme=ended.organisme)
    made = reseau.join_reseau(bilan=ended, sujets=["formation", "inconnu"], by=ended.beneficiaire, now=now)
    return ended, asker, made


def test_it_is_joined_at_the_end_only_by_oneself_and_with_a_subject(now):
    early, late = BilanFactory(en_investigation=True), BilanFactory(en_conclusions=True)
    with pytest.raises(Refused):
        reseau.join_reseau(bilan=early, sujets=["formation"], by=early.beneficiaire, now=now)
    with pytest.raises(Refused):
        reseau.join_reseau(bilan=late, sujets=[], by=late.beneficiaire, now=now)
    with pytest.raises(PermissionDenied):
        reseau.join_reseau(bilan=late, sujets=["formation"], by=late.consultant, now=now)
    made = reseau.join_reseau(bilan=late, sujets=["formation"], by=late.beneficiaire, now=now)
    assert made.sujets == ["formation"]
    assert not may_be_erased(late.beneficiaire, now)


def test_words_are_relayed_between_the_two_alone_and_no_address_is_shown(two, now):
    ended, asker, made = two
    [seen] = list_joignables(asker.beneficiaire, asker)
    assert (seen.prenom, seen.sujets) == (ended.beneficiaire.prenom, ["Reprendre une formation"])
    assert list_joignables(ended.beneficiaire, ended) == []
    relation = reseau.ask_ressource(
        bilan=asker,
        ressource=made,
        texte=f"Comment avez-vous choisi ? {MARK}",
        by=asker.beneficiaire,
        now=now,
    )
    assert Envoi.objects.filter(personne=ended.beneficiaire, genre="dossier_a_lire").count() == 1
    reseau.reply(
        relation=relation, texte="En essayant.", by=ended.beneficiaire, now=now + timedelta(minutes=1)
    )
    for person, bilan, first in (
        (asker.beneficiaire, asker, True),
        (ended.beneficiaire, ended, False),
    ):
        [one] = list_echanges(person, bilan)
        assert [mine for mine, _, _ in one.messages] == [first, not first]
    assert list_pieces(asker.consultant, asker) == []
    with pytest.raises(PermissionDenied):
        reseau.reply(relation=relation, texte="x", by=asker.consultant, now=now)
    assert leftovers(MARK) == []


def test_leaving_is_immediate_and_takes_every_word_away(two, now):
    ended, asker, made = two
    reseau.ask_ressource(bilan=asker, ressource=made, texte="Bonjour", by=asker.beneficiaire, now=now)
    assert Piece.objects.filter(bilan=asker, nature="relais").count() == 1
    with pytest.raises(PermissionDenied):
        reseau.leave_reseau(ressource=made, by=asker.beneficiaire, now=now)
    reseau.leave_reseau(ressource=made, by=ended.beneficiaire, now=now)
    assert list_joignables(asker.beneficiaire, asker) == []
    assert list_echanges(asker.beneficiaire, asker) == []
    assert not Piece.objects.filter(bilan=asker).exists()
    assert my_ressource(ended.beneficiaire, ended) is None


def test_what_was_said_dies_with_the_dossier_of_who_asked(two, now):
    ended, asker, made = two
    reseau.ask_ressource(bilan=asker, ressource=made, texte="Bonjour", by=asker.beneficiaire, now=now)
    abandon_bilan(bilan=asker, by=asker.beneficiaire, now=now)
    destroy_documents(bilan=asker, by=asker.consultant, now=now)
    assert not MiseEnRelation.objects.exists()
    assert list_echanges(ended.beneficiaire, ended) == []
    assert Ressource.objects.count() == 1


def test_nobody_stays_reachable_by_having_forgotten_it(two, now):
    run_due(now + timedelta(days=700))
    assert Ressource.objects.count() == 1
    run_due(now + timedelta(days=735))
    assert not Ressource.objects.exists()
