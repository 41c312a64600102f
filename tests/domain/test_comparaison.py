"""Two versions of a text: nothing of either is lost in their comparison."""

from hypothesis import given
from hypothesis import strategies as st

from jalon.domain.comparaison import Segment, compare

_TEXTS = st.text(alphabet="ab é\n.", max_size=60)


def test_a_word_changed_is_taken_out_and_added():
    assert compare("Devenir formatrice en CFA", "Devenir formatrice technique en CFA") == (
        Segment("garde", "Devenir formatrice "),
        Segment("ajoute", "technique "),
        Segment("garde", "en CFA"),
    )
    assert compare("six ans", "sept ans") == (
        Segment("retire", "six "),
        Segment("ajoute", "sept "),
        Segment("garde", "ans"),
    )
    assert compare("", "") == ()


@given(_TEXTS, _TEXTS)
def test_each_version_is_found_again_whole(before, after):
    found = compare(before, after)
    assert "".join(s.texte for s in found if s.genre != "ajoute") == before
    assert "".join(s.texte for s in found if s.genre != "retire") == after


def test_a_paragraph_that_moved_away_does_not_blur_the_one_that_only_changed():
    before = "Un premier paragraphe, retiré.\n\nElle forme des vendeurs depuis neuf ans.\n\n"
    after = "Elle forme des vendeurs depuis dix ans.\n\nUne suite, ajoutée.\n"
    found = compare(before, after)
    assert Segment("retire", "neuf ") in found
    assert Segment("ajoute", "dix ") in found
    kept = "".join(s.texte for s in found if s.genre == "garde")
    assert kept.startswith("Elle forme des vendeurs depuis ")
