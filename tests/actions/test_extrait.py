"""«Certaines informations»: chosen in the approved synthesis, word for word, and sealed as a paper of its own."""

from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from tests.documents.echantillons import SANS_POPPLER, text_of
from tests.factories import BilanFactory
from tests.fouille import leftovers
from tests.partages import MARK, TEXT, delivered, shared

from jalon.access.papier import list_papiers
from jalon.access.partage import open_share, read_shared
from jalon.access.pieces import open_for_action, read_piece
from jalon.actions import extrait as acts
from jalon.actions.cachet import certificates
from jalon.actions.synthese import load_document, write_synthese
from jalon.documents import check
from jalon.domain.obstacle import Refused
from jalon.domain.partage import Destinataire

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_conclusions=True)


def compose(bilan, now, *places, ajout=""):
    return acts.compose_extrait(bilan=bilan, places=places, ajout=ajout, by=bilan.beneficiaire, now=now)


def test_each_passage_is_chosen_alone_and_keeps_its_shape():
    places = {one.place: one.passage.texte for one in acts.choosable(TEXT)}
    assert list(places) == [
        "circonstances.0",
        "circonstances.1",
        "competences.0",
        "competences.1",
        "projet.0",
        "projet.1",
    ]
    assert places["competences.1"] == "Conduire un projet"


def test_nothing_is_composed_before_she_approved_the_synthesis(bilan, now):
    write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    with pytest.raises(Refused) as refused:
        compose(bilan, now, "projet.0")
    assert refused.value.obstacles[0].code == "validation"


@SANS_POPPLER
def test_what_is_sealed_says_what_she_chose_and_not_a_word_more(bilan, now, tmp_path):
    delivered(bilan, now)
    piece = compose(bilan, now, "competences.1", "projet.1", ajout="Parlons-en au printemps.")
    assert [p.texte for p in open_for_action(piece).passages] == [
        "- Conduire un projet",
        "> Je veux transmettre.",
    ]
    issued = acts.seal_extrait(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    pdf = load_document(issued)
    assert check(pdf, certificates(bilan.organisme)).intact
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang).startswith("fr")
        assert str(opened.docinfo["/Title"])
    said = text_of(pdf, tmp_path)
    for word in ("Conduire un projet", "Je veux transmettre.", "Parlons-en au printemps."):
        assert word in said
    for word in (MARK, "Écouter", "Devenir formatrice", "Une seconde raison", "Circonstances"):
        assert word not in said
    assert leftovers("Conduire un projet") == []


def test_the_employer_gets_the_very_bytes_that_she_previewed(bilan, now):
    delivered(bilan, now)
    piece = compose(bilan, now, "projet.0")
    issued = acts.seal_extrait(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    previewed = load_document(issued)
    made = shared(bilan, now, issued, destinataire=Destinataire.EMPLOYEUR)
    assert read_shared(open_share(made.pk, now=now), made.copies.get().pk, now=now)[1] == previewed


def test_only_the_text_that_she_has_just_read_is_sealed(bilan, now):
    delivered(bilan, now)
    first = compose(bilan, now, "projet.0")
    read = first.revision
    compose(bilan, now, "projet.1")
    with pytest.raises(Refused) as refused:
        acts.seal_extrait(bilan=bilan, revision=read, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "revision"
    empty = compose(bilan, now)
    with pytest.raises(Refused) as refused:
        acts.seal_extrait(bilan=bilan, revision=empty.revision, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "vide"


def test_nobody_but_the_person_composes_reads_or_even_sees_that_there_is_one(bilan, now):
    delivered(bilan, now)
    with pytest.raises(PermissionDenied):
        acts.compose_extrait(bilan=bilan, places=["projet.0"], ajout="", by=bilan.consultant, now=now)
    piece = compose(bilan, now, "projet.0")
    acts.seal_extrait(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    assert read_piece(bilan.beneficiaire, bilan, "extrait", now=now) is not None
    assert read_piece(bilan.consultant, bilan, "extrait", now=now) is None
    for person, seen in ((bilan.beneficiaire, True), (bilan.consultant, False)):
        kinds = {one.document.genre for one in list_papiers(person, bilan)}
        assert ("extrait" in kinds) is seen
