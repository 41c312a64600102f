"""The request and the objectives: written by either, agreed by both on the same text, never lost when both save at once."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory, MembreFactory
from tests.fouille import leftovers

from jalon.access.brouillon import read_brouillon
from jalon.access.pieces import read_piece, read_revisions
from jalon.actions.brouillon import save_brouillon
from jalon.actions.composition import compose
from jalon.actions.demande import agree, write_demande, write_objectifs
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Refused
from jalon.records.faits import bilan_facts
from jalon.records.models import Evenement, Piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True)


def demande(words, understood=""):
    return compose("demande", mots_de_la_personne=words, reformulation=understood)


def objectifs(*texts):
    return compose("objectifs", objectifs=[{"texte": t, "critere": ""} for t in texts])


def test_both_agree_to_the_same_text_and_one_event_is_left(bilan, now):
    piece = write_demande(bilan=bilan, analyse=demande("XMOTX"), by=bilan.beneficiaire, now=now)
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.consultant, now=now)
    assert not bilan_facts(bilan).demande_convenue
    assert not Evenement.objects.filter(chaine=bilan.pk).exists()
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.beneficiaire, now=now)
    assert bilan_facts(bilan).demande_convenue
    event = Evenement.objects.get(chaine=bilan.pk)
    assert event.nom == "demande.convenue"
    assert event.faits == {"piece": str(piece.pk), "revision": 1}
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.beneficiaire, now=now)
    assert Evenement.objects.filter(chaine=bilan.pk).count() == 1
    assert read_piece(bilan.consultant, bilan, "demande", now=now).contenu.mots_de_la_personne == "XMOTX"
    assert leftovers("XMOTX") == []


def test_a_change_asks_for_both_agreements_again_and_keeps_the_earlier_text(bilan, now):
    write_demande(bilan=bilan, analyse=demande("un"), by=bilan.beneficiaire, now=now)
    for person in (bilan.beneficiaire, bilan.consultant):
        agree(bilan=bilan, nature="demande", revision=1, by=person, now=now)
    write_demande(bilan=bilan, analyse=demande("deux"), by=bilan.consultant, now=now, base_revision=1)
    assert not bilan_facts(bilan).demande_convenue
    with pytest.raises(Refused) as refused:
        agree(bilan=bilan, nature="demande", revision=1, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "revision"
    piece = Piece.objects.get(bilan=bilan, nature="demande")
    [(_, old)] = read_revisions(bilan.beneficiaire, bilan, piece, now=now)
    assert old.mots_de_la_personne == "un"


def test_saving_the_same_text_again_changes_nothing(bilan, now):
    write_demande(bilan=bilan, analyse=demande("un"), by=bilan.beneficiaire, now=now)
    agree(bilan=bilan, nature="demande", revision=1, by=bilan.beneficiaire, now=now)
    write_demande(bilan=bilan, analyse=demande("un"), by=bilan.consultant, now=now, base_revision=0)
    piece = Piece.objects.get(bilan=bilan, nature="demande")
    assert piece.revision == 1
    assert piece.valide_beneficiaire_le is not None


def test_two_texts_saved_at_once_are_both_there_and_nothing_is_written(bilan, now):
    write_demande(bilan=bilan, analyse=demande("le sien"), by=bilan.beneficiaire, now=now, base_revision=0)
    with pytest.raises(Conflit) as conflict:
        write_demande(bilan=bilan, analyse=demande("le mien"), by=bilan.consultant, now=now, base_revision=0)
    assert conflict.value.actuel.contenu.mots_de_la_personne == "le sien"
    assert conflict.value.propose.mots_de_la_personne == "le mien"
    assert read_piece(bilan.consultant, bilan, "demande", now=now).contenu.mots_de_la_personne == "le sien"


def test_an_empty_text_is_refused_with_its_field(bilan, now):
    with pytest.raises(Refused) as refused:
        write_demande(bilan=bilan, analyse=demande("  ", "\n"), by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].field == "mots_de_la_personne"
    with pytest.raises(Refused):
        write_objectifs(bilan=bilan, objectifs=objectifs(), by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused):
        write_objectifs(bilan=bilan, objectifs=objectifs(" "), by=bilan.beneficiaire, now=now)
    with pytest.raises(Refused):
        agree(bilan=bilan, nature="objectifs", revision=0, by=bilan.beneficiaire, now=now)
    assert (
        write_objectifs(bilan=bilan, objectifs=objectifs("un"), by=bilan.beneficiaire, now=now).revision == 1
    )


def test_saving_the_page_removes_its_draft_and_nobody_else_s(bilan, now):
    for person in (bilan.beneficiaire, bilan.consultant):
        save_brouillon(bilan=bilan, page="demande", champs={"mots": "x"}, by=person, now=now)
    write_demande(bilan=bilan, analyse=demande("un"), by=bilan.beneficiaire, now=now)
    assert read_brouillon(bilan.beneficiaire, bilan, "demande", now=now) is None
    assert read_brouillon(bilan.consultant, bilan, "demande", now=now) is not None


def test_the_administration_neither_writes_nor_agrees(bilan, now):
    write_demande(bilan=bilan, analyse=demande("un"), by=bilan.beneficiaire, now=now)
    for role in ("assistant", "responsable"):
        other = MembreFactory(organisme=bilan.organisme, role=role).personne
        with pytest.raises(PermissionDenied):
            write_demande(bilan=bilan, analyse=demande("x"), by=other, now=now)
        with pytest.raises(PermissionDenied):
            agree(bilan=bilan, nature="demande", revision=1, by=other, now=now)


def test_a_text_too_long_is_told_without_being_quoted():
    with pytest.raises(Refused) as refused:
        demande("é" * 20_001)
    [obstacle] = refused.value.obstacles
    assert obstacle.field == "mots_de_la_personne"
    assert "Raccourcissez" in obstacle.sentence
    assert "éé" not in str(refused.value)
