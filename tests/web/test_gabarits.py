"""French spaces in the words of the templates: a guillemet or a colon never starts or ends a line alone."""

import re
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2] / "src" / "jalon"
GABARITS = sorted(RACINE.rglob("templates/**/*.html"))
# What is not read as words: Django's tags and comments, and the tags of the page with their attributes.
_MACHINE = re.compile(
    r"({#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|<style.*?</style>|<[^>]*>)", re.S
)
_PLAIN = re.compile(r"(?<=\S) (?=[:;!?»%€](?:\W|$))|(?<=«) (?=\S)|^ (?=[:;!?»%€](?:\W|$))|(?<=«) $")


def corrected(text: str) -> str:
    """The same template, with no-break spaces where French wants them."""
    parts = _MACHINE.split(text)
    return "".join(part if rank % 2 else _PLAIN.sub("\u00a0", part) for rank, part in enumerate(parts))


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda g: str(g.relative_to(RACINE)))
def test_no_template_lets_a_sign_go_to_the_next_line(gabarit: Path) -> None:
    text = gabarit.read_text(encoding="utf-8")
    assert corrected(text) == text
