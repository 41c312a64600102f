"""Destruction: the word is there, then it is nowhere; what the person keeps stays readable; a crash is resumed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.factories import BilanFactory
from tests.fouille import leftovers

from jalon.access.coffre import coffre
from jalon.access.pieces import open_for_action
from jalon.actions import decision as decisions
from jalon.actions import destruction
from jalon.actions.piece import write_piece
from jalon.actions.terme import abandon_bilan
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.obstacle import Refused
from jalon.records.evenements import broken_chains
from jalon.records.models import Destruction, DocumentEmis, Echeance, Evenement, Piece
from jalon.vault import CleAbsente
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.synthese import Synthese

MARK = "XMARKERX"


@pytest.fixture
def bavard(transactional_db, now):
    """A bilan in which every kind of text holds the marker."""
    bilan = BilanFactory(en_conclusions=True)
    write_piece(bilan, NoteConsultant(titre=MARK, texte=MARK), by=bilan.consultant, now=now, reference="1")
    write_piece(
        bilan,
        Projet(
            nature="principal",
            intitule=MARK,
            description=MARK,
            atouts="",
            obstacles="",
            a_verifier="",
            raison_ecart="",
        ),
        by=bilan.beneficiaire,
        now=now,
        reference="1",
    )
    write_piece(
        bilan,
        Synthese(circonstances=MARK, competences=MARK, projet=MARK, observations="", autres=()),
        by=bilan.consultant,
        now=now,
    )
    return bilan


def test_before_the_term_nothing_is_destroyed(bavard, now):
    with pytest.raises(Refused) as refused:
        destruction.destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
    assert refused.value.obstacles[0].source == "Code du travail, art. R. 6313-7"
    assert Piece.objects.filter(bilan=bavard).count() == 3


def test_destruction_leaves_no_key_no_ciphertext_and_keeps_the_proof(bavard, now):
    pieces = list(Piece.objects.filter(bilan=bavard))
    assert MARK in repr([open_for_action(p) for p in pieces])
    assert leftovers(MARK) == []
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    done = destruction.destroy_documents(bilan=bavard, by=bavard.consultant, now=now + timedelta(hours=1))
    for piece in pieces:
        with pytest.raises(CleAbsente):
            open_for_action(piece)
    assert not Piece.objects.filter(bilan=bavard).exists()
    assert done.epoque_apres == done.epoque_avant + 1
    paper = DocumentEmis.objects.get(bilan=bavard, genre="proces_verbal")
    assert bytes(paper.octets).startswith(b"%PDF")
    last = Evenement.objects.filter(chaine=bavard.pk, nom="documents.destroyed").get()
    assert last.faits["categories"] == {"note": 1, "projet": 1, "synthese": 1}
    assert broken_chains() == []
    bavard.refresh_from_db()
    assert bavard.contenu_detruit_le is not None


def test_what_the_person_keeps_lives_on_under_a_key_of_its_own_until_she_takes_it_back(bavard, now):
    bavard.terme_prevu_le = now.date()
    bavard.save()
    kept = decisions.decide(
        bilan=bavard,
        ensemble=Ensemble.SYNTHESE,
        choix=Choix.CONSERVER,
        fonde_sur_suivi=True,
        duree_mois=12,
        by=bavard.beneficiaire,
        now=now,
    )
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    destruction.destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
    [piece] = Piece.objects.filter(bilan=bavard)
    assert open_for_action(piece).circonstances == MARK
    kept.refresh_from_db()
    assert kept.conserve_jusqu_au.isoformat() == "2027-03-03"
    assert (
        Echeance.objects.filter(bilan=bavard, nom="conservation_fin", faite_le=None, annulee_le=None).count()
        == 1
    )
    decisions.withdraw_decision(decision=kept, by=bavard.beneficiaire, now=now + timedelta(days=3))
    assert not Piece.objects.filter(bilan=bavard).exists()
    with pytest.raises(CleAbsente):
        open_for_action(piece)
    assert (
        Destruction.objects.filter(bilan=bavard, motif="retrait_accord", faite_le__isnull=False).count() == 1
    )
    assert DocumentEmis.objects.filter(bilan=bavard, genre="proces_verbal").count() == 2


@pytest.mark.parametrize(
    ("mois", "suivi", "code"),
    [(37, True, "duree_excessive"), (12, False, "accord_sans_suivi"), (None, True, "duree")],
)
def test_an_agreement_too_long_or_without_its_ground_is_refused_with_the_article(
    bavard, now, mois, suivi, code
):
    def ask(duree_mois, fonde_sur_suivi):
        return decisions.decide(
            bilan=bavard,
            ensemble=Ensemble.RESULTATS,
            choix=Choix.CONSERVER,
            duree_mois=duree_mois,
            fonde_sur_suivi=fonde_sur_suivi,
            by=bavard.beneficiaire,
            now=now,
        )

    with pytest.raises(Refused) as refused:
        ask(mois, suivi)
    assert [o.code for o in refused.value.obstacles] == [code]
    assert "6313-7" in refused.value.obstacles[0].source
    assert ask(36, True).duree_mois == 36


def test_an_agreement_after_the_term_is_refused(bavard, now):
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    with pytest.raises(Refused) as refused:
        decisions.decide(
            bilan=bavard,
            ensemble=Ensemble.SYNTHESE,
            choix=Choix.CONSERVER,
            fonde_sur_suivi=True,
            duree_mois=6,
            by=bavard.beneficiaire,
            now=now + timedelta(days=1),
        )
    assert refused.value.obstacles[0].code == "accord_apres_terme"


@pytest.mark.parametrize("stop", ["before the keys", "after the keys"])
def test_a_destruction_that_was_interrupted_is_finished_at_the_next_start(bavard, now, monkeypatch, stop):
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    if stop == "before the keys":
        destruction.begin_destruction(bilan=bavard, by=bavard.consultant, now=now)
        assert coffre().has_key(f"{bavard.pk}/travail")
    else:

        def killed(*args, **kwargs):
            raise KeyboardInterrupt

        monkeypatch.setattr(destruction, "_delete_ciphertext", killed)
        with pytest.raises(KeyboardInterrupt):
            destruction.destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
        monkeypatch.undo()
        assert not coffre().has_key(f"{bavard.pk}/travail")
    assert Piece.objects.filter(bilan=bavard).count() == 3
    assert destruction.resume_destructions(now=now) == 1
    assert not Piece.objects.filter(bilan=bavard).exists()
    assert not coffre().has_key(f"{bavard.pk}/travail")
    assert destruction.resume_destructions(now=now) == 0
    assert Evenement.objects.filter(chaine=bavard.pk, nom="documents.destroyed").count() == 1


def test_the_clock_destroys_at_the_end_of_the_day_of_the_term_and_not_before(bavard, now):
    from jalon.actions.echeance import run_due

    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    [due] = Echeance.objects.filter(bilan=bavard, nom="destruction")
    assert due.echoit_le == datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
    assert run_due(due.echoit_le - timedelta(seconds=1)).faites == []
    assert Piece.objects.filter(bilan=bavard).exists()
    tally = run_due(due.echoit_le)
    assert [x["nom"] for x in tally.faites] == ["destruction"]
    assert tally.en_echec == []
    assert not Piece.objects.filter(bilan=bavard).exists()
    assert run_due(due.echoit_le + timedelta(days=1)).faites == []


def test_only_the_rows_of_that_bilan_are_touched(bavard, now):
    other = BilanFactory(en_cours=True, organisme=bavard.organisme)
    write_piece(other, NoteConsultant(titre="a", texte="b"), by=other.consultant, now=now, reference="1")
    abandon_bilan(bilan=bavard, by=bavard.beneficiaire, now=now)
    destruction.destroy_documents(bilan=bavard, by=bavard.consultant, now=now)
    [piece] = Piece.objects.filter(bilan=other)
    assert open_for_action(piece).texte == "b"
    assert connection.vendor in {"sqlite", "postgresql"}
