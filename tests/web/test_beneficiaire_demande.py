"""The request, the objectives and the closing, from both spaces: two columns, rows, drafts, agreements, both texts on conflict."""

import pytest
from tests.factories import BilanFactory, MembreFactory
from tests.fouille import leftovers
from tests.web.espaces import sign_in, text_of

from jalon.access.pieces import read_piece
from jalon.domain.bilan import Etat
from jalon.records.models import Bilan, Piece

pytestmark = pytest.mark.django_db


@pytest.fixture
def bilan():
    return BilanFactory(en_cours=True)


@pytest.fixture
def person(bilan):
    return sign_in(bilan.beneficiaire)


@pytest.fixture
def consultant(bilan):
    return sign_in(bilan.consultant)


def post(client, space, bilan, page, **fields):
    return client.post(f"/{space}/{bilan.pk}/{page}/", fields)


def test_what_one_writes_the_other_reads_and_both_agree(bilan, person, consultant):
    said = {"mots_de_la_personne": "XMOTX", "reformulation": "", "revision": "0"}
    assert post(person, "espace", bilan, "demande", **said).status_code == 302
    page = consultant.get(f"/consultant/{bilan.pk}/demande/")
    assert "XMOTX" in page.content.decode()
    assert f"{bilan.beneficiaire.nom_complet} n’a pas encore donné son accord" in text_of(page)
    assert post(consultant, "consultant", bilan, "demande/accord", revision="1").status_code == 302
    assert "est d’accord" in text_of(person.get(f"/espace/{bilan.pk}/demande/"))
    assert post(person, "espace", bilan, "demande/accord", revision="1").status_code == 302
    assert Piece.objects.get().valide_beneficiaire_le is not None
    assert leftovers("XMOTX") == []


def test_an_agreement_to_a_text_that_moved_is_refused_and_the_new_text_is_shown(bilan, person, consultant):
    post(person, "espace", bilan, "demande", mots_de_la_personne="un", revision="0")
    post(consultant, "consultant", bilan, "demande", mots_de_la_personne="deux", revision="1")
    refused = post(person, "espace", bilan, "demande/accord", revision="1")
    assert refused.status_code == 422
    assert "relisez-le" in text_of(refused)
    assert "deux" in refused.content.decode()
    assert post(person, "espace", bilan, "demande/accord").status_code == 422


def test_two_texts_saved_at_once_are_both_shown_and_either_may_be_kept(bilan, person, consultant):
    post(person, "espace", bilan, "demande", mots_de_la_personne="LE SIEN", revision="0")
    said = {"mots_de_la_personne": "LE MIEN", "reformulation": "aussi"}
    conflict = post(consultant, "consultant", bilan, "demande", revision="0", **said)
    assert conflict.status_code == 422
    page = conflict.content.decode()
    assert "LE SIEN" in page
    assert "LE MIEN" in page
    now = Piece.objects.get().modifie_le
    read = lambda: read_piece(bilan.beneficiaire, bilan, "demande", now=now).contenu  # noqa: E731
    assert read().mots_de_la_personne == "LE SIEN"
    kept = post(
        consultant,
        "consultant",
        bilan,
        "demande",
        conflit="le_mien",
        conflit_revision="1",
        revision="0",
        **said,
    )
    assert kept.status_code == 302
    assert read().mots_de_la_personne == "LE MIEN"
    again = post(person, "espace", bilan, "demande", revision="1", mots_de_la_personne="ENCORE")
    assert again.status_code == 422
    other = post(person, "espace", bilan, "demande", conflit="l_autre", mots_de_la_personne="ENCORE")
    assert other.status_code == 302
    assert read().mots_de_la_personne == "LE MIEN"


def test_a_draft_comes_back_on_the_text_on_which_it_was_begun_and_dies_with_the_saving(bilan, person):
    person.post(
        f"/espace/{bilan.pk}/brouillon/?page=demande", {"mots_de_la_personne": "À MOITIÉ", "revision": "0"}
    )
    page = person.get(f"/espace/{bilan.pk}/demande/")
    assert "Voici votre brouillon" in text_of(page)
    assert "À MOITIÉ" in page.content.decode()
    post(person, "espace", bilan, "demande", mots_de_la_personne="À MOITIÉ puis entier", revision="0")
    page = person.get(f"/espace/{bilan.pk}/demande/")
    assert "Voici votre brouillon" not in text_of(page)
    assert not Piece.objects.filter(nature="brouillon").exists()


def test_a_draft_begun_before_somebody_else_saved_raises_the_conflict(bilan, person, consultant):
    person.post(f"/espace/{bilan.pk}/brouillon/?page=demande", {"mots_de_la_personne": "A", "revision": "0"})
    post(consultant, "consultant", bilan, "demande", mots_de_la_personne="B", revision="0")
    form = person.get(f"/espace/{bilan.pk}/demande/").content.decode()
    assert '<input type="hidden" name="revision" value="0">' in form
    assert post(person, "espace", bilan, "demande", mots_de_la_personne="A", revision="0").status_code == 422


def test_a_refused_text_comes_back_with_its_words(bilan, person):
    long = "é" * 20_001
    refused = post(person, "espace", bilan, "demande", mots_de_la_personne=long, reformulation="GARDÉ")
    assert refused.status_code == 422
    assert "GARDÉ" in refused.content.decode()
    empty = post(person, "espace", bilan, "demande", mots_de_la_personne=" ", revision="0")
    assert empty.status_code == 422
    assert "quelques mots suffisent" in text_of(empty)
    assert not Piece.objects.exists()


def test_rows_of_objectives_come_and_go_without_being_saved(bilan, person):
    rows = {"texte-0": "UN", "critere-0": "", "texte-1": "DEUX", "critere-1": "quand"}
    more = post(person, "espace", bilan, "objectifs", ajouter="1", **rows)
    assert more.status_code == 200
    assert more.content.decode().count('class="objectif"') == 3
    less = post(person, "espace", bilan, "objectifs", retirer="0", **rows)
    assert "DEUX" in less.content.decode()
    assert ">UN<" not in less.content.decode()
    assert not Piece.objects.exists()
    assert post(person, "espace", bilan, "objectifs", revision="0", **rows).status_code == 302
    again = person.get(f"/espace/{bilan.pk}/objectifs/").content.decode()
    assert "quand" in again
    refused = post(person, "espace", bilan, "objectifs", **{"texte-0": "", "critere-0": "seul"})
    assert refused.status_code == 422
    assert "seul" in refused.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"retirer": "99"},
        {"retirer": "-1"},
        {"retirer": "x"},
        {"texte-9999": "x"},
        {"texte-x": "x"},
        {"revision": "9" * 30, "texte-0": "x"},
        {"revision": "-1", "texte-0": "x"},
        {"conflit": "le_mien", "conflit_revision": "zzz", "texte-0": "x"},
    ],
)
def test_forged_fields_never_break_the_page(bilan, person, fields):
    assert post(person, "espace", bilan, "objectifs", **fields).status_code in (200, 302, 422)


def test_both_close_the_phase_once_the_texts_are_agreed(bilan, person, consultant):
    refused = post(person, "espace", bilan, "convenu")
    assert refused.status_code == 422
    assert "L’analyse de la demande n’est pas encore convenue" in text_of(refused)
    post(person, "espace", bilan, "demande", mots_de_la_personne="LA DEMANDE", revision="0")
    post(person, "espace", bilan, "objectifs", **{"texte-0": "LE BUT", "revision": "0"})
    for page in ("demande", "objectifs"):
        post(person, "espace", bilan, f"{page}/accord", revision="1")
        post(consultant, "consultant", bilan, f"{page}/accord", revision="1")
    page = text_of(consultant.get(f"/consultant/{bilan.pk}/convenu/"))
    assert "LA DEMANDE" in page
    assert "LE BUT" in page
    assert "4 entretiens de 2 h, 5 h de travail personnel" in page
    assert "En tout 24 h, pour 24 h au plus" in page
    assert post(person, "espace", bilan, "convenu").status_code == 302
    assert post(consultant, "consultant", bilan, "convenu").status_code == 302
    closed = Bilan.objects.get()
    assert closed.preliminaire_clos_beneficiaire_le
    assert closed.preliminaire_clos_consultant_le
    assert closed.etat == Etat.PRELIMINAIRE


def test_these_pages_are_404_to_the_administration_and_after_the_end_nothing_is_written(bilan, person):
    assistant = sign_in(MembreFactory(organisme=bilan.organisme, role="assistant").personne)
    for page in ("demande", "objectifs", "convenu"):
        assert assistant.get(f"/consultant/{bilan.pk}/{page}/").status_code == 404
        assert assistant.get(f"/espace/{bilan.pk}/{page}/").status_code == 404
    person.post(f"/espace/{bilan.pk}/droits/arreter/")
    late = post(person, "espace", bilan, "demande", mots_de_la_personne="TROP TARD", revision="0")
    assert late.status_code == 422
    assert "TROP TARD" in late.content.decode()
    assert not Piece.objects.exists()
