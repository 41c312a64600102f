"""A told text is cut into sentences, word for word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.phrase import COURTE, mark, split_sentences


def test_sentences_are_parted_where_one_would_stop_reading():
    text = "J’ouvrais à six heures. M. Petit me laissait les clés ! « Vous avez l’œil », disait-il… Un jour, 40 commandes\nLe soir, je comptais la caisse."
    assert split_sentences(text) == [
        "J’ouvrais à six heures.",
        "M. Petit me laissait les clés !",
        "« Vous avez l’œil », disait-il…",
        "Un jour, 40 commandes",
        "Le soir, je comptais la caisse.",
    ]


def test_what_says_nothing_is_left_out_and_what_is_said_twice_comes_once():
    assert split_sentences("Oui. Bon. J’ai formé douze apprentis. J’ai formé douze apprentis.") == [
        "J’ai formé douze apprentis."
    ]
    assert split_sentences("") == []


@settings(deadline=None)
@given(st.text(alphabet="abcÉ .!?\n«»", max_size=200))
def test_every_sentence_is_in_the_text_word_for_word(text):
    found = split_sentences(text)
    assert all(one in text and len(one) >= COURTE for one in found)
    assert len({mark(one) for one in found}) == len(found)
