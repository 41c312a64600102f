"""Exercises as files: those we ship can be read and done; a wrong file is refused whole, with its line."""

from pathlib import Path

import pytest

from jalon.instruments import InstrumentRefuse, Theme, exercice_file, library, read_exercice

FILE = """code = "le_mien"
version = "1"
titre = "Le mien"
theme = "explorer"
minutes = 30
but = "Voir"
moment = "Au début"
reprise = "En parler"
source = "Moi"
licence = "CC-BY-4.0"

[[etapes]]
texte = "Lisez"

[[etapes]]
texte = "Écrivez"
reponse = "texte"

[[etapes]]
texte = "Remplissez"
reponse = "tableau"
reperes = ["Lundi", "Mardi"]
"""


def read(text):
    return read_exercice(text.encode(), "le_mien.toml")


def test_the_library_covers_every_theme_and_each_exercise_asks_for_something():
    found = library()
    assert len(found) >= 12
    assert {e.theme for e in found.values()} == set(Theme)
    for exercice in found.values():
        assert any(etape.reponse for etape in exercice.etapes), exercice.code
        assert exercice.licence
        assert exercice.moment
        assert exercice.reprise
        again = read_exercice(exercice_file(exercice.code), "x")
        assert again == exercice


def test_no_shipped_text_lets_a_sign_go_to_the_next_line():
    for exercice in library().values():
        text = exercice_file(exercice.code).decode()
        for sign in (" :", " ;", " ?", " !", " »", "« "):
            assert sign not in text, (exercice.code, sign)


def test_a_file_says_its_steps_and_how_each_is_answered():
    exercice = read(FILE)
    assert [str(e.reponse) for e in exercice.etapes] == ["", "texte", "tableau"]
    assert exercice.etapes[2].reperes == ("Lundi", "Mardi")
    assert [e.code for e in exercice.etapes] == ["e1", "e2", "e3"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("minutes = 30", 'minutes = "longtemps"', 5, "minutes"),
        ('theme = "explorer"', 'theme = "jouer"', 4, "un mot parmi"),
        ('licence = "CC-BY-4.0"', 'licence = ""', 10, "un texte est attendu"),
        ('licence = "CC-BY-4.0"\n', "", 1, "un texte est attendu"),
        ('source = "Moi"', 'sourse = "Moi"', 9, "n’existe pas"),
        ('reponse = "texte"', 'reponse = "dessin"', 17, "un mot parmi"),
        ('reperes = ["Lundi", "Mardi"]\n', "", 19, "repères"),
        ('version = "1"', 'version = "la première"', 2, "version"),
        ('code = "le_mien"', 'code = "le mien"', 1, "code"),
        ('but = "Voir"', 'but = "Voir', 6, "TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line_and_what_to_do(old, new, line, said):
    with pytest.raises(InstrumentRefuse) as refused:
        read(FILE.replace(old, new))
    assert refused.value.line == line
    assert said in str(refused.value)


def test_no_step_at_all_or_a_file_of_another_kind_is_refused():
    for wrong in (FILE.split("[[etapes]]")[0], "bonjour", ""):
        with pytest.raises(InstrumentRefuse):
            read(wrong)


def test_the_example_of_the_documentation_is_read_as_it_stands():
    page = (Path(__file__).parents[2] / "docs/exercices.md").read_text("utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    exercice = read(example)
    assert exercice.code == "mes_lieux"
    assert [str(e.reponse) for e in exercice.etapes] == ["", "tableau", "texte"]
