"""Any text keeps every letter that our fonts have; the rest is told."""

import json
import unicodedata

import pytest
from tests.documents import couverture

from jalon.documents import lost_characters
from jalon.documents.texte_sur import COUVERTURE, safe_text, tie_punctuation


def test_the_coverage_file_is_that_of_the_fonts() -> None:
    assert json.loads(COUVERTURE.read_text(encoding="utf-8")) == couverture.couverture()


def test_every_font_comes_with_its_licence() -> None:
    licences = {p.name for p in couverture.FONTS.glob("OFL-*.txt")}
    for police in couverture.FONTS.glob("*.ttf"):
        famille = police.name.partition("_")[0].lower()
        assert any(
            lic.removeprefix("OFL-").removesuffix(".txt").replace("-", "") == famille for lic in licences
        ), police
    assert all(
        "SIL Open Font License" in (couverture.FONTS / nom).read_text(encoding="utf-8") for nom in licences
    )


@pytest.mark.parametrize(
    "texte",
    [
        "Zoé Lefèvre-Nuñez, Łukasz Woźniak, Anaïs Çelik, Đỗ Thị Hạnh, Şükrü İnönü, Ōe",
        "« œuvre », 1\u202f600\u00a0€ — n° 3 № ✓ ☐ ☑ → 3/4 ½ m²",
        "Ελένη, Наталья",
        "Ẹ́niọlá",  # an accent that no single character composes
        "😀 🚀",
    ],
)
def test_what_our_fonts_draw_is_kept(texte: str) -> None:
    assert safe_text(texte) == unicodedata.normalize("NFC", texte)
    assert lost_characters(texte) == ()


def test_what_they_cannot_draw_becomes_a_question_mark_and_is_told() -> None:
    assert safe_text("漢字 et שלום ?") == "?? et ???? ?"
    assert lost_characters("漢字 漢 et ?") == ("漢", "字")


def test_control_format_private_and_lone_surrogates_disappear() -> None:
    assert safe_text("a\x00b\u0007c\u202ed\ue000e\ud83df\ufeffg\u200dh\U0010ffff") == "abcdefgh"


def test_line_ends_and_spaces_are_made_plain() -> None:
    assert safe_text("a\r\nb\rc\u2028d\te\u2003f\u3000g") == "a\nb\nc\nd e f g"
    assert safe_text("a\u00a0b\u202fc") == "a\u00a0b\u202fc"


def test_a_mark_that_no_font_draws_on_its_letter_is_dropped_and_the_letter_stays() -> None:
    assert safe_text("😀\u0301 x\u20dd \u0301y") == "😀 x y"


def test_french_punctuation_is_never_alone_at_the_end_of_a_line() -> None:
    assert (
        tie_punctuation("Quoi ? « Oui » ; non : si !")
        == "Quoi\u00a0? «\u00a0Oui\u00a0»\u00a0; non\u00a0: si\u00a0!"
    )
    assert tie_punctuation("sans: rien;à faire") == "sans: rien;à faire"
