"""Attempts to read, keep or approve what one should not: each was possible once."""

import pytest
from tests.factories import BilanFactory, MembreFactory

from jalon.actions import decision as decisions
from jalon.actions import destruction
from jalon.actions.brouillon import save_brouillon
from jalon.actions.code_papier import give_codes
from jalon.actions.composition import compose
from jalon.actions.ecrit import erase_ecrit, write_ecrit
from jalon.actions.personne import correct_address
from jalon.actions.piece import write_piece
from jalon.actions.synthese import propose_synthese, validate_synthese, write_synthese
from jalon.actions.terme import abandon_bilan
from jalon.domain.decision import Choix, Ensemble
from jalon.domain.obstacle import Refused
from jalon.records.models import CodePapier, Personne, Piece
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.conclusions import ConditionsMoyens
from jalon.vault.pieces.synthese import Synthese

pytestmark = pytest.mark.django_db


def test_a_second_dossier_does_not_give_the_assistant_the_key_to_the_content_of_the_first(now):
    first = BilanFactory(en_cours=True)
    write_piece(first, PageCarnet(titre="", texte="à moi"), by=first.beneficiaire, now=now, reference="1")
    second = BilanFactory(organisme=first.organisme, beneficiaire=first.beneficiaire)
    assistant = MembreFactory(organisme=first.organisme, role="assistant").personne
    with pytest.raises(Refused) as refused:
        correct_address(bilan=second, by=assistant, adresse="assistant@exemple.fr", now=now)
    assert refused.value.obstacles[0].code == "adresse_ouverte"
    assert Personne.objects.get(pk=first.beneficiaire_id).email != "assistant@exemple.fr"


def test_codes_never_open_a_dossier_that_one_does_not_accompany(now):
    other = BilanFactory(en_cours=True)
    mine = BilanFactory(beneficiaire=other.beneficiaire)
    with pytest.raises(Refused) as refused:
        give_codes(bilan=mine, by=mine.consultant, now=now)
    assert refused.value.obstacles[0].code == "autre_dossier"
    assert not CodePapier.objects.exists()
    also_mine = BilanFactory(organisme=other.organisme, consultant=other.consultant, en_cours=True)
    assert len(give_codes(bilan=also_mine, by=other.consultant, now=now).codes) == 10
    over = BilanFactory(etat="non_conclu", preliminaire_le=None)
    again = BilanFactory(beneficiaire=over.beneficiaire)
    assert len(give_codes(bilan=again, by=again.consultant, now=now).codes) == 10


def test_an_old_dossier_without_a_word_left_does_not_stop_a_correction(now):
    old = BilanFactory(etat="non_conclu", preliminaire_le=None)
    new = BilanFactory(organisme=old.organisme, beneficiaire=old.beneficiaire)
    assistant = MembreFactory(organisme=old.organisme, role="assistant").personne
    correct_address(bilan=new, by=assistant, adresse="juste@exemple.fr", now=now)
    assert Personne.objects.get(pk=old.beneficiaire_id).email == "juste@exemple.fr"


PROJET = {
    "nature": "principal",
    "intitule": "Formatrice",
    "description": "",
    "atouts": "",
    "obstacles": "",
    "a_verifier": "",
    "raison_ecart": "",
}


def test_what_the_person_erases_stays_in_nobodys_draft(now):
    bilan = BilanFactory(en_investigation=True)
    kept, erased = (
        write_ecrit(bilan=bilan, contenu=compose("projet", **PROJET), by=bilan.beneficiaire, now=now)
        for _ in range(2)
    )
    for piece in (kept, erased):
        save_brouillon(
            bilan=bilan, page=f"projet-{piece.reference}", champs=PROJET, by=bilan.consultant, now=now
        )
    assert Piece.objects.filter(nature="brouillon").count() == 2
    erase_ecrit(bilan=bilan, nature="projet", reference=erased.reference, by=bilan.beneficiaire, now=now)
    left = Piece.objects.filter(nature="brouillon").values_list("reference", flat=True)
    assert list(left) == [f"projet-{kept.reference}/{bilan.consultant_id}"]


def test_a_file_is_only_erased_with_its_bytes(now):
    bilan = BilanFactory(en_cours=True)
    with pytest.raises(Refused):
        erase_ecrit(bilan=bilan, nature="fichier", reference="1", by=bilan.beneficiaire, now=now)


def test_what_is_printed_with_the_synthesis_does_not_change_behind_an_approval(now):
    bilan = BilanFactory(en_conclusions=True)
    texts = Synthese(circonstances="a", competences="b", projet="c", observations="", autres=())
    write_synthese(bilan=bilan, synthese=texts, by=bilan.consultant, now=now)
    piece = propose_synthese(bilan=bilan, by=bilan.consultant, now=now)

    def approved():
        return Piece.objects.get(pk=piece.pk).valide_beneficiaire_le is not None

    def write(freins):
        return write_ecrit(
            bilan=bilan,
            contenu=ConditionsMoyens(conditions="", moyens="", freins=freins),
            by=bilan.consultant,
            now=now,
        )

    write("aucun")
    validate_synthese(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    assert approved()
    write("aucun")
    assert approved()
    write("tout autre chose")
    assert not approved()


@pytest.mark.django_db(transaction=True)
def test_an_agreement_withdrawn_while_the_destruction_runs_keeps_nothing(now, monkeypatch):
    bilan = BilanFactory(en_conclusions=True)
    write_piece(bilan, compose("projet", **PROJET), by=bilan.beneficiaire, now=now, reference="1")
    ensemble = next(e for e in Ensemble if "projet" in destruction.NATURES[e])
    kept = decisions.decide(
        bilan=bilan,
        ensemble=ensemble,
        choix=Choix.CONSERVER,
        duree_mois=12,
        fonde_sur_suivi=True,
        by=bilan.beneficiaire,
        now=now,
    )
    abandon_bilan(bilan=bilan, by=bilan.beneficiaire, now=now)
    begun = destruction.begin_destruction(bilan=bilan, by=bilan.consultant, now=now)
    assert Piece.objects.get(bilan=bilan).cle.startswith("piece/")
    # The machine stops here; she changes her mind before the destruction is resumed.
    decisions.withdraw_decision(decision=kept, by=bilan.beneficiaire, now=now)
    destruction.carry_on(begun.pk, by=bilan.consultant, now=now)
    assert not Piece.objects.filter(bilan=bilan).exists()
