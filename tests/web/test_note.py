"""The consultant's notes: hers alone, not even the person's, and nowhere in clear."""

import pytest
from tests.fouille import leftovers
from tests.web.ecrits import read, sign_in, situation, strangers

from jalon.records.models import Piece

pytestmark = pytest.mark.django_db
MARK = "XNOTEX"


def test_a_note_is_read_by_its_author_and_by_nobody_else():
    s = situation()
    made = s.consultant.post(s.a("consultant_note_ecrire"), {"titre": "Piste", "texte": f"Creuser {MARK}"})
    assert made.status_code == 302
    reference = Piece.objects.get(nature="note").reference
    assert MARK in read(s.consultant, s.a("consultant_notes"))
    assert MARK in read(s.consultant, s.a("consultant_note_modifier", reference))
    for stranger in [s.personne, *strangers(s.bilan)]:
        for name, args in (
            ("consultant_notes", ()),
            ("consultant_note_ecrire", ()),
            ("consultant_note_modifier", (reference,)),
            ("consultant_note_effacer", (reference,)),
        ):
            assert stranger.get(s.a(name, *args)).status_code == 404
    assert leftovers(MARK) == []


def test_a_substitute_does_not_read_the_notes_of_the_consultant():
    s = situation()
    s.consultant.post(s.a("consultant_note_ecrire"), {"texte": MARK})
    from tests.factories import MembreFactory

    s.bilan.substitut = MembreFactory(organisme=s.bilan.organisme, role="consultant").personne
    s.bilan.save()
    assert sign_in(s.bilan.substitut).get(s.a("consultant_notes")).status_code == 404


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_a_note_without_text_is_refused_and_its_title_is_kept(blank):
    s = situation()
    refused = s.consultant.post(s.a("consultant_note_ecrire"), {"titre": "Un titre gardé", "texte": blank})
    assert refused.status_code == 422
    assert "Un titre gardé" in refused.content.decode()
    assert "Il manque une réponse." in refused.content.decode()


def test_a_note_written_in_two_windows_loses_neither_text():
    s = situation()
    s.consultant.post(s.a("consultant_note_ecrire"), {"texte": "départ"})
    page = s.a("consultant_note_modifier", Piece.objects.get(nature="note").reference)
    s.consultant.post(page, {"texte": "première fenêtre", "revision": "1"})
    conflict = s.consultant.post(page, {"texte": "seconde fenêtre", "revision": "1"})
    assert conflict.status_code == 409
    text = conflict.content.decode()
    assert "première fenêtre" in text
    assert "seconde fenêtre" in text
    other = s.consultant.post(
        page, {"texte": "seconde fenêtre", "conflit": "l_autre", "conflit_revision": "2"}
    )
    assert other.status_code == 302
    assert "première fenêtre" in read(s.consultant, page)
    mine = s.consultant.post(
        page, {"texte": "seconde fenêtre", "revision": "1", "conflit": "le_mien", "conflit_revision": "2"}
    )
    assert mine.status_code == 302
    assert "seconde fenêtre" in read(s.consultant, page)


def test_an_erased_note_is_gone():
    s = situation()
    s.consultant.post(s.a("consultant_note_ecrire"), {"texte": MARK})
    reference = Piece.objects.get(nature="note").reference
    assert s.consultant.post(s.a("consultant_note_effacer", reference)).status_code == 302
    assert MARK not in read(s.consultant, s.a("consultant_notes"))
    assert s.consultant.get(s.a("consultant_note_modifier", reference)).status_code == 404
