"""Drafts: kept where the page belongs, each person's own, without an event, gone when the page is saved."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.brouillon import read_brouillon
from jalon.actions.brouillon import drop_brouillon, save_brouillon
from jalon.actions.piece import Conflit
from jalon.domain.obstacle import Refused
from jalon.records.models import Evenement, Piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True)


def test_a_draft_is_found_again_by_its_author_alone_and_stands_nowhere_in_clear(bilan, now):
    save_brouillon(
        bilan=bilan, page="demande", champs={"mots": "XBROUILLONX"}, by=bilan.beneficiaire, now=now
    )
    assert read_brouillon(bilan.beneficiaire, bilan, "demande", now=now).champs == {"mots": "XBROUILLONX"}
    assert read_brouillon(bilan.consultant, bilan, "demande", now=now) is None
    assert leftovers("XBROUILLONX") == []
    assert not Evenement.objects.filter(chaine=bilan.pk).exists()


def test_a_draft_is_replaced_then_dropped(bilan, now):
    for words in ("a", "b"):
        save_brouillon(bilan=bilan, page="demande", champs={"mots": words}, by=bilan.consultant, now=now)
    assert Piece.objects.filter(bilan=bilan, nature="brouillon").count() == 1
    assert read_brouillon(bilan.consultant, bilan, "demande", now=now).champs == {"mots": "b"}
    drop_brouillon(bilan=bilan, page="demande", by=bilan.consultant)
    assert read_brouillon(bilan.consultant, bilan, "demande", now=now) is None


@pytest.mark.parametrize(
    ("page", "tiroir"), [("note-1", "consultant"), ("demande", "travail"), ("synthese", "synthese")]
)
def test_a_draft_lives_under_the_key_of_the_page_that_it_will_become(bilan, now, page, tiroir):
    piece = save_brouillon(bilan=bilan, page=page, champs={"t": "x"}, by=bilan.consultant, now=now)
    assert piece.cle == f"{bilan.pk}/{tiroir}"


def test_nobody_drafts_a_page_that_she_may_not_write(bilan, now):
    with pytest.raises(PermissionDenied):
        save_brouillon(bilan=bilan, page="note-1", champs={"t": "x"}, by=bilan.beneficiaire, now=now)
    with pytest.raises(PermissionDenied):
        save_brouillon(bilan=bilan, page="carnet-1", champs={"t": "x"}, by=bilan.consultant, now=now)
    save_brouillon(bilan=bilan, page="carnet-1", champs={"t": "x"}, by=bilan.beneficiaire, now=now)


@pytest.mark.parametrize("page", ["", "inconnue", "demande/../../x", "DEMANDE", "demande-" + "a" * 90])
def test_a_page_outside_the_list_keeps_nothing(bilan, now, page):
    with pytest.raises(Refused):
        save_brouillon(bilan=bilan, page=page, champs={"t": "x"}, by=bilan.beneficiaire, now=now)
    assert not Piece.objects.filter(bilan=bilan).exists()


def test_a_text_too_long_is_refused_without_being_quoted(bilan, now):
    with pytest.raises(Refused) as refused:
        save_brouillon(
            bilan=bilan, page="demande", champs={"t": "é" * 20_001}, by=bilan.beneficiaire, now=now
        )
    assert "20" in refused.value.obstacles[0].sentence
    assert "éé" not in str(refused.value)


def test_a_draft_sent_again_after_a_cut_changes_nothing_and_never_covers_another_devices_in_silence(now):
    bilan = BilanFactory(en_investigation=True)
    said = {"bilan": bilan, "page": "demande", "by": bilan.beneficiaire, "now": now}
    first = save_brouillon(**said, champs={"attentes": "du train"}, base_revision=0)
    again = save_brouillon(**said, champs={"attentes": "du train"}, base_revision=0)
    assert again.revision == first.revision == 1
    save_brouillon(**said, champs={"attentes": "de chez moi"}, base_revision=1)
    with pytest.raises(Conflit) as refused:
        save_brouillon(**said, champs={"attentes": "du train, plus tard"}, base_revision=1)
    assert refused.value.actuel.contenu.champs == {"attentes": "de chez moi"}
    assert refused.value.propose.champs == {"attentes": "du train, plus tard"}
    kept = save_brouillon(**said, champs={"attentes": "du train, plus tard"}, base_revision=2)
    assert kept.revision == 3
