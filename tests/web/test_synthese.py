"""The synthesis in both spaces: written, proposed, answered, approved on the very text, handed over, copied in another size."""

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import read, situation, strangers

from jalon.records.models import DocumentEmis, Piece

pytestmark = pytest.mark.django_db
MARK = "XSYNTHESEX"
TEXT = {
    "revision": "0",
    "lignes": "1",
    "circonstances": f"Zoé vient après dix ans d’atelier {MARK}.",
    "competences": "- régler une machine\n> J’aime quand ça tourne.",
    "projet": "Devenir formatrice.",
    "titre_0": "Formation",
    "texte_0": "Titre de formateur.",
}


@pytest.fixture
def s():
    return situation()


def write(s, **changes):
    return s.consultant.post(s.a("consultant_synthese"), TEXT | changes)


def propose(s):
    return s.consultant.post(s.a("consultant_synthese_proposer"))


def approve(s, revision):
    return s.personne.post(s.a("beneficiaire_synthese_approuver"), {"revision": str(revision)})


def test_the_person_reads_it_as_it_will_be_printed_once_proposed(s):
    assert write(s).status_code == 302
    assert MARK not in read(s.personne, s.a("beneficiaire_synthese"))
    assert propose(s).status_code == 302
    page = read(s.personne, s.a("beneficiaire_synthese"))
    assert MARK in page
    assert '<p class="puce">régler une machine</p>' in page
    assert "<blockquote>J’aime quand ça tourne.</blockquote>" in page
    assert "Titre de formateur." in page
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("beneficiaire_synthese")).status_code == 404
        assert stranger.get(s.a("consultant_synthese")).status_code == 404
        assert stranger.get(s.a("consultant_synthese_versions")).status_code == 404
    assert s.personne.get(s.a("consultant_synthese")).status_code == 404
    assert leftovers(MARK) == []


def test_what_blocks_is_said_at_once_and_the_act_is_refused_with_its_article(s):
    assert propose(s).status_code == 422
    write(s)
    propose(s)
    page = read(s.consultant, s.a("consultant_synthese"))
    assert "aria-disabled" in page
    assert "elle la relit d’abord" in page
    refused = s.consultant.post(s.a("consultant_synthese_remettre"))
    assert refused.status_code == 422
    assert "art.\u00a0L." in refused.content.decode()
    assert s.bilan.documents.count() == 0


def test_her_disagreement_is_hers_and_she_approves_the_very_text_she_read(s):
    write(s)
    propose(s)
    observed = s.personne.post(
        s.a("beneficiaire_synthese_observer"), {"observations": "Je ne suis pas d’accord.", "revision": "1"}
    )
    assert observed.status_code == 302
    late = approve(s, 1)
    assert late.status_code == 422
    assert "relisez-le" in late.content.decode()
    assert approve(s, 2).status_code == 302
    assert "Je ne suis pas d’accord." in read(s.consultant, s.a("consultant_synthese"))
    # One word changed asks for her approval again.
    write(s, revision="2", projet="Devenir formatrice technique.")
    assert Piece.objects.get(nature="synthese").valide_beneficiaire_le is None
    assert s.consultant.post(s.a("beneficiaire_synthese_approuver"), {"revision": "3"}).status_code == 404


def test_her_observations_and_the_text_written_at_once_are_both_shown(s):
    write(s)
    propose(s)
    write(s, revision="1", projet="Un autre projet")
    conflict = s.personne.post(
        s.a("beneficiaire_synthese_observer"), {"observations": "Mes mots", "revision": "1"}
    )
    assert conflict.status_code == 409
    assert "Un autre projet" in conflict.content.decode()
    assert "Mes mots" in conflict.content.decode()


def test_it_is_handed_over_sealed_and_copied_in_another_size(s):
    write(s)
    propose(s)
    approve(s, 1)
    assert s.consultant.post(s.a("consultant_synthese_remettre")).status_code == 302
    first = DocumentEmis.objects.get(bilan=s.bilan, genre="synthese")
    mine = s.personne.get(s.a("beneficiaire_synthese_lire", first.pk))
    assert mine.content.startswith(b"%PDF")
    assert mine["Content-Disposition"] == 'attachment; filename="document.pdf"'
    copied = s.personne.post(s.a("beneficiaire_synthese_copier"), {"taille": "20"})
    assert s.personne.get(copied["Location"]).content.startswith(b"%PDF")
    wrong = s.personne.post(s.a("beneficiaire_synthese_copier"), {"taille": "7"})
    assert wrong["Location"] == s.a("beneficiaire_synthese")
    assert DocumentEmis.objects.filter(genre="synthese").count() == 2
    for stranger in strangers(s.bilan):
        assert stranger.get(s.a("beneficiaire_synthese_lire", first.pk)).status_code == 404
        assert stranger.get(s.a("consultant_synthese_lire", first.pk)).status_code == 404
    late = write(s, revision="1", projet="Trop tard")
    assert late.status_code == 422
    assert leftovers(MARK) == []


def test_a_document_of_another_bilan_is_404(s):
    other = situation()
    write(other)
    propose(other)
    approve(other, 1)
    other.consultant.post(other.a("consultant_synthese_remettre"))
    pk = DocumentEmis.objects.get(genre="synthese").pk
    assert s.personne.get(s.a("beneficiaire_synthese_lire", pk)).status_code == 404


def test_two_versions_are_compared_word_by_word(s):
    write(s)
    write(s, revision="1", projet="Devenir formatrice technique.")
    page = read(s.consultant, s.a("consultant_synthese_versions"))
    assert "<ins>" in page
    assert "technique." in page.split("<ins>")[2]
    assert "<del>" in page
    assert read(s.consultant, s.a("consultant_synthese_versions") + "?avant=99&apres=x")


def test_labels_and_absolutes_are_pointed_at_and_never_block(s):
    assert write(s, competences="Elle est toujours incapable de refuser.").status_code == 302
    page = read(s.consultant, s.a("consultant_synthese"))
    assert "<mark>toujours</mark>" in page
    assert "<mark>incapable</mark>" in page
    assert propose(s).status_code == 302


def test_a_text_too_long_and_an_added_row_lose_nothing(s):
    long = "mot " * 6_000
    refused = write(s, projet=long)
    assert refused.status_code == 422
    assert long in refused.content.decode()
    more = write(s, geste="ajouter")
    assert 'name="titre_1"' in more.content.decode()
    assert MARK in more.content.decode()
    assert not Piece.objects.filter(nature="synthese").exists()
