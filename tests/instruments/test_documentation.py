"""The examples of the documentation are real: they are read by the same readers."""

import re
from pathlib import Path

from jalon.instruments import read_bytes, read_norms

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")


def test_the_examples_are_accepted_as_they_stand():
    instrument, norms = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
    made = read_bytes(instrument.encode(), "exemple.toml")
    assert made.code == "meteo"
    assert made.manquants == {"0", "NSP"}
    assert read_norms(norms.encode(), "normes.toml", made).effectif == 212
