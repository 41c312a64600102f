"""Written together: gathered with its sources, corrected by the person, commented by either; no sentence of ours."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests.actions.test_resultats import answered
from tests.documents.echantillons import SANS_POPPLER, text_of
from tests.factories import BilanFactory, SeanceFactory
from tests.partages import delivered

from jalon.access.matiere import list_matiere
from jalon.access.pieces import open_for_action, read_pieces
from jalon.actions import synthese as acts
from jalon.actions import synthese_a_deux as duo
from jalon.actions.ecrit import write_ecrit
from jalon.actions.piece import Conflit
from jalon.actions.questionnaire import restitute
from jalon.actions.recap import correct_recap, write_recap
from jalon.domain.obstacle import Refused
from jalon.domain.repere import without_marks
from jalon.domain.synthese import Rubrique
from jalon.records.models import Membre
from jalon.vault.pieces.carnet import PageCarnet
from jalon.vault.pieces.note import NoteConsultant
from jalon.vault.pieces.plan import EtapePlan, PlanAction
from jalon.vault.pieces.projet import Projet
from jalon.vault.pieces.recap import Recap
from jalon.vault.pieces.synthese import Synthese

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_conclusions=True)


def everything(bilan, now):
    """One of each: what may be gathered, and what never may."""
    shared, draft = SeanceFactory(bilan=bilan), SeanceFactory(bilan=bilan)
    said = Recap(seance_id=str(shared.pk), texte="Vu le parcours.\n\nParlé de l’avenir.")
    write_recap(bilan=bilan, recap=said, by=bilan.consultant, now=now, share=True)
    correct_recap(
        bilan=bilan, seance_id=shared.pk, correction="J’ai dit : former.", by=bilan.beneficiaire, now=now
    )
    write_recap(
        bilan=bilan,
        recap=Recap(seance_id=str(draft.pk), texte="XBROUILLONX"),
        by=bilan.consultant,
        now=now,
    )
    for content, by in (
        (NoteConsultant("XNOTEX", "XNOTEX"), bilan.consultant),
        (PageCarnet("Lundi", "XCARNETX"), bilan.beneficiaire),
        (Projet("principal", "Formatrice", "Former des vendeurs."), bilan.beneficiaire),
        (Projet("ecarte", "XECARTEX", "XECARTEX"), bilan.beneficiaire),
        (PlanAction((EtapePlan("Appeler l’école", "2026-03-09"),)), bilan.beneficiaire),
    ):
        write_ecrit(
            bilan=bilan,
            contenu=content,
            by=by,
            now=now,
        )
    answered(bilan, now, "motivations")


def test_only_what_is_agreed_shared_or_restituted_can_be_gathered(bilan, now):
    everything(bilan, now)
    found = list_matiere(bilan.consultant, bilan, now=now)
    said = "\n".join(p for one in found for p in one.passages)
    for word in ("Vu le parcours.", "> J’ai dit : former.", "Former des vendeurs.", "- Appeler l’école"):
        assert word in said
    for word in ("XBROUILLONX", "XNOTEX", "XCARNETX", "XECARTEX"):
        assert word not in said
    assert "resultat" not in {one.nature for one in found}
    restitute(bilan=bilan, code="motivations", by=bilan.consultant, now=now)
    results = [one for one in list_matiere(bilan.consultant, bilan, now=now) if one.nature == "resultat"]
    assert len(results) == 1
    assert any("sur 5" in p for p in results[0].passages)
    with pytest.raises(PermissionDenied):
        list_matiere(bilan.beneficiaire, bilan, now=now)


def test_each_gathered_paragraph_is_word_for_word_and_keeps_its_source(bilan, now):
    everything(bilan, now)
    recap = next(one for one in list_matiere(bilan.consultant, bilan, now=now) if one.nature == "recap")
    wanted = {
        f"{recap.piece}.0": Rubrique.CIRCONSTANCES,
        f"{recap.piece}.2": Rubrique.PROJET,
        "unknown.0": Rubrique.PROJET,
    }
    piece = duo.gather_synthese(bilan=bilan, choix=wanted, by=bilan.consultant, now=now)
    text = open_for_action(piece)
    assert text.circonstances == "Vu le parcours. ⟦1⟧"
    assert text.projet == "> J’ai dit : former. ⟦1⟧"
    assert [(s.numero, s.nature, s.piece) for s in text.sources] == [(1, "recap", recap.piece)]
    # What the consultant saves from the form keeps the sources.
    again = acts.write_synthese(
        bilan=bilan,
        synthese=Synthese(circonstances="Vu tout le parcours. ⟦1⟧", projet=text.projet),
        by=bilan.consultant,
        now=now,
    )
    assert open_for_action(again).sources == text.sources
    with pytest.raises(Refused):
        duo.gather_synthese(bilan=bilan, choix={}, by=bilan.consultant, now=now)
    with pytest.raises(PermissionDenied):
        duo.gather_synthese(bilan=bilan, choix=wanted, by=bilan.beneficiaire, now=now)


@SANS_POPPLER
def test_the_marks_of_sources_are_never_printed_and_a_disagreement_is(bilan, now, tmp_path):
    text = Synthese(
        circonstances="# Le contexte\n\nVu le parcours. ⟦1⟧\n\n# Rien dessous",
        competences="- Écouter ⟦2⟧",
        projet="Former. ⟦1⟧",
    )
    piece = acts.write_synthese(bilan=bilan, synthese=text, by=bilan.consultant, now=now)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    piece = acts.observe_synthese(
        bilan=bilan,
        observations="Je ne suis pas d’accord avec « Former ».",
        by=bilan.beneficiaire,
        now=now,
    )
    acts.validate_synthese(bilan=bilan, revision=piece.revision, by=bilan.beneficiaire, now=now)
    issued = acts.deliver_synthese(bilan=bilan, by=bilan.consultant, now=now)
    said = text_of(acts.load_document(issued), tmp_path)
    assert "Vu le parcours." in said
    assert "Le contexte" in said
    assert "Je ne suis pas d’accord avec « Former »." in said
    for absent in ("⟦", "Rien dessous"):
        assert absent not in said
    assert without_marks(text.circonstances) != text.circonstances


def test_the_person_corrects_the_text_itself_once_it_is_proposed_and_must_be_asked_again(bilan, now):
    first = acts.write_synthese(
        bilan=bilan, synthese=Synthese(circonstances="Un", projet="Former"), by=bilan.consultant, now=now
    )
    mine = {"circonstances": "Un, à ma demande", "observations": "pirate"}
    with pytest.raises(Refused) as refused:
        duo.correct_synthese(bilan=bilan, textes=mine, by=bilan.beneficiaire, now=now)
    assert refused.value.obstacles[0].code == "partage"
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    acts.validate_synthese(bilan=bilan, revision=first.revision, by=bilan.beneficiaire, now=now)
    piece = duo.correct_synthese(
        bilan=bilan, textes=mine, by=bilan.beneficiaire, now=now, base_revision=first.revision
    )
    text = open_for_action(piece)
    assert (text.circonstances, text.projet, text.observations) == ("Un, à ma demande", "Former", "")
    assert piece.valide_beneficiaire_le is None
    with pytest.raises(Conflit):
        acts.write_synthese(
            bilan=bilan,
            synthese=Synthese(circonstances="Deux"),
            by=bilan.consultant,
            now=now,
            base_revision=first.revision,
        )
    with pytest.raises(PermissionDenied):
        duo.correct_synthese(bilan=bilan, textes=mine, by=bilan.consultant, now=now)


def test_a_remark_stands_on_its_paragraph_and_is_settled_or_taken_away(bilan, now):
    acts.write_synthese(bilan=bilan, synthese=Synthese(projet="Former."), by=bilan.consultant, now=now)

    def remark(by, words="Plutôt au printemps."):
        return duo.comment_synthese(
            bilan=bilan, rubrique="projet", passage="Former. ⟦1⟧", texte=words, by=by, now=now
        )

    with pytest.raises(Refused):
        remark(bilan.beneficiaire)
    acts.propose_synthese(bilan=bilan, by=bilan.consultant, now=now)
    hers = remark(bilan.beneficiaire)
    with pytest.raises(Refused):
        remark(bilan.consultant, " ")
    duo.settle_comment(bilan=bilan, reference=hers.reference, by=bilan.consultant, now=now)
    [lue] = read_pieces(bilan.beneficiaire, bilan, ["commentaire"], now=now)
    assert (lue.contenu.passage, lue.contenu.regle, lue.piece.auteur_id) == (
        "Former.",
        True,
        bilan.beneficiaire_id,
    )
    duo.settle_comment(bilan=bilan, reference=hers.reference, by=bilan.beneficiaire, now=now)
    assert read_pieces(bilan.beneficiaire, bilan, ["commentaire"], now=now) == []


def test_once_handed_over_nothing_of_it_moves(bilan, now):
    delivered(bilan, now)
    for act in (
        lambda: duo.correct_synthese(bilan=bilan, textes={"projet": "x"}, by=bilan.beneficiaire, now=now),
        lambda: duo.comment_synthese(
            bilan=bilan, rubrique="projet", passage="x", texte="x", by=bilan.consultant, now=now
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.obstacles[0].code == "remise"


def test_the_cabinet_adds_headings_under_the_three_and_cannot_touch_them(bilan, now):
    head = bilan.consultant
    Membre.objects.create(
        organisme=bilan.organisme, personne=head, role="responsable", depuis=date(2025, 1, 1)
    )
    duo.write_trame(
        organisme=bilan.organisme,
        titres={"competences": ["Savoir-faire", " ", "Savoir-être"], "autre": ["Caractère"]},
        by=head,
        now=now,
    )
    text = duo.started(bilan.organisme)
    assert text.competences == "# Savoir-faire\n\n# Savoir-être"
    assert (text.circonstances, text.projet, text.autres) == ("", "", ())
    with pytest.raises(Refused):
        duo.write_trame(
            organisme=bilan.organisme, titres={"projet": [f"Titre {n}" for n in range(40)]}, by=head, now=now
        )
    with pytest.raises(PermissionDenied):
        duo.write_trame(organisme=bilan.organisme, titres={}, by=bilan.beneficiaire, now=now)
