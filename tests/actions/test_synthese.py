"""The synthesis: written, proposed, observed, approved on the very text that was read, handed over sealed and encrypted."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from tests.documents.echantillons import SANS_POPPLER, text_of
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.pieces import open_for_action, read_piece
from jalon.actions import synthese as acts
from jalon.actions.cachet import certificates
from jalon.actions.ecrit import write_ecrit
from jalon.actions.piece import Conflit
from jalon.documents import check
from jalon.domain.obstacle import Refused
from jalon.records.models import Acces, DocumentEmis
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.synthese import Synthese

pytestmark = pytest.mark.django_db

MARK = "XMARKERX"
TEXT = Synthese(
    circonstances=MARK,
    competences="- Écouter\n- Conduire un projet",
    projet="Devenir formatrice",
    observations="",
    autres=(),
)


@pytest.fixture
def bilan():
    return BilanFactory(en_conclusions=True)


def test_the_person_reads_it_once_proposed_and_her_look_is_not_logged_but_the_consultants_is(bilan, now):
    acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    assert read_piece(bilan.beneficiaire, bilan, "synthese", now=now) is None
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    assert read_piece(bilan.beneficiaire, bilan, "synthese", now=now).contenu == TEXT
    assert not Acces.objects.exists()
    assert read_piece(bilan.consultant, bilan, "synthese", now=now).contenu == TEXT
    assert list(Acces.objects.values_list("nature", "lecteur")) == [("synthese", bilan.consultant.pk)]


def test_her_observations_are_hers_and_survive_what_the_consultant_writes(bilan, now):
    acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    acts.observe_synthese(
        bilan=bilan, observations="Je ne suis pas d’accord.", by=bilan.beneficiaire, now=now
    )
    piece = acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    assert open_for_action(piece).observations == "Je ne suis pas d’accord."
    with pytest.raises(PermissionDenied):
        acts.observe_synthese(bilan=bilan, observations="autre", by=bilan.consultant, now=now)


def test_two_who_save_at_once_lose_nothing(bilan, now):
    first = acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now, base_revision=0)
    mine = Synthese(circonstances="un", competences="", projet="", observations="", autres=())
    theirs = Synthese(circonstances="deux", competences="", projet="", observations="", autres=())
    acts.write_synthese(
        bilan=bilan, synthese=mine, by=bilan.consultant, now=now, base_revision=first.revision
    )
    with pytest.raises(Conflit) as both:
        acts.write_synthese(
            bilan=bilan, synthese=theirs, by=bilan.consultant, now=now, base_revision=first.revision
        )
    assert both.value.actuel.contenu == mine
    assert both.value.propose == theirs


def test_it_is_handed_over_only_after_she_approved_the_text_that_she_read(bilan, now):
    piece = acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    with pytest.raises(Refused) as refused:
        acts.deliver_synthese(bilan=bilan, by=bilan.consultant, now=now)
    assert refused.value.obstacles[0].code == "validation"
    with pytest.raises(Refused):
        acts.validate_synthese(bilan=bilan, revision=piece.revision + 1, by=bilan.beneficiaire, now=now)
    acts.validate_synthese(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    issued = acts.deliver_synthese(bilan=bilan, by=bilan.consultant, now=now)
    pdf = acts.load_document(issued)
    assert check(pdf, certificates(bilan.organisme)).intact
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang).startswith("fr")
    assert issued.octets is None
    assert leftovers(MARK) == []
    assert DocumentEmis.objects.filter(bilan=bilan, genre="attestation_remise").count() == 1
    with pytest.raises(Refused):
        acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)


def test_another_size_later_is_a_new_sealed_copy_that_names_the_first(bilan, now):
    piece = acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    acts.validate_synthese(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    first = acts.deliver_synthese(bilan=bilan, by=bilan.consultant, now=now)
    copy = acts.copy_synthese(bilan=bilan, taille="20", by=bilan.beneficiaire, now=now)
    assert (copy.copie_de, copy.numero, copy.taille) == (first, f"{first.numero}-1", "20")
    assert acts.copy_synthese(bilan=bilan, taille="20", by=bilan.beneficiaire, now=now) == copy
    assert acts.load_document(copy) != acts.load_document(first)
    with pytest.raises(Refused):
        acts.copy_synthese(bilan=bilan, taille="7", by=bilan.beneficiaire, now=now)


@SANS_POPPLER
def test_a_copy_says_what_was_handed_over_whatever_was_written_since(bilan, now, tmp_path):
    def plan(word, moment):
        contenu = PlanAction(etapes=(EtapePlan(texte=f"Appeler {word}", pour_le=None, moyens=""),))
        return write_ecrit(bilan=bilan, contenu=contenu, by=bilan.consultant, now=moment)

    plan("l’école", now)
    piece = acts.write_synthese(bilan=bilan, synthese=TEXT, by=bilan.consultant, now=now)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    acts.validate_synthese(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    acts.deliver_synthese(bilan=bilan, by=bilan.consultant, now=now)
    later = now + timedelta(days=1)
    plan("la banque", later)
    means = ConditionsMoyens(conditions="Du temps", moyens="", freins="")
    write_ecrit(bilan=bilan, contenu=means, by=bilan.consultant, now=later)
    copy = acts.copy_synthese(bilan=bilan, taille="20", by=bilan.beneficiaire, now=later)
    said = text_of(acts.load_document(copy), tmp_path)
    assert "l’école" in said
    assert "la banque" not in said
    assert "Du temps" not in said
