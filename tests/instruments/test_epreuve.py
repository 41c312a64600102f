"""Aptitude tests: each exercise has one right answer, four different ones, and stays the same for ever."""

import hashlib

import pytest

from jalon.domain.exercices import NSP, exercices
from jalon.instruments import get

TESTS = ("aptitude_nombres", "aptitude_logique", "aptitude_mots")


@pytest.mark.parametrize("code", TESTS)
def test_each_exercise_has_five_different_answers_and_a_key_among_them(code):
    test = get(code).epreuve
    assert len(test.questions) == 120
    for name, question in test.questions.items():
        texts = [m.texte for m in question.modalites]
        assert len(set(texts)) == 5
        assert question.modalites[-1].code == NSP
        assert test.cles[name] in {m.code for m in question.modalites[:4]}
    faces = {(q.texte, tuple(sorted(m.texte for m in q.modalites))) for q in test.questions.values()}
    assert len(faces) == 120


@pytest.mark.parametrize("code", TESTS)
def test_the_fixed_form_takes_three_of_each_level_the_easiest_first(code):
    instrument = get(code)
    codes = [q.code for q in instrument.questions]
    assert len(codes) == 30
    assert codes == sorted(codes)
    assert [instrument.epreuve.difficulte(c) for c in codes] == [
        level - 4.5 for level in range(10) for _ in range(3)
    ]


def test_an_exercise_never_changes_since_answers_keep_only_its_code():
    # A change of maker is a new version of the instrument, never another text under the same code.
    told = "|".join(
        f"{code}/{name}/{q.texte}/{'/'.join(m.texte for m in q.modalites)}/{get(code).epreuve.cles[name]}"
        for code in TESTS
        for name, q in get(code).epreuve.questions.items()
    )
    assert (
        hashlib.sha256(told.encode()).hexdigest()
        == "42b32d4bd5e9b16dc7f2f61e783a803e16a363e5422ab9310d199382a7a00729"
    )


def test_the_key_is_right_where_it_can_be_worked_out_again():
    for made in exercices("nombres", 1, 12):
        stock, sold = (int(word) for word in made.enonce.split() if word.isdigit())
        assert int(made.options[made.juste]) == stock - sold
    for made in exercices("logique", 7, 12):
        shown = [int(n) for n in made.enonce.split(":")[1].strip(" \u00a0?").split(",")]
        assert int(made.options[made.juste]) == shown[-1] + shown[-2]
