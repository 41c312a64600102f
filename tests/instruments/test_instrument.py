"""Instruments are data that is checked whole: a file that is not right is refused by name, and nothing of it is used."""

import pytest

from jalon.instruments import InstrumentRefuse, bank, get, read
from jalon.instruments.instrument import BANQUE

GOOD = (BANQUE / "point_de_depart" / "1.toml").read_text(encoding="utf-8")


def test_every_shipped_instrument_is_read_and_says_why_it_asks_each_question():
    assert {"recit", "motivations", "point_de_depart"} <= set(bank())
    for versions in bank().values():
        for instrument in versions:
            assert instrument.questions
            assert all(q.lien for q in instrument.questions)
            assert instrument.licence
            assert instrument.ne_mesure_pas
    assert get("recit", "1") is get("recit")
    assert get("recit", "99") is None
    assert get("inconnu") is None


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ('lien = "Analyser la demande', 'autre = "Analyser la demande', "lien direct et nécessaire"),
        (
            'genre = "echelle"\nreponses = "accord"\ntexte = "Je sais dire',
            'genre = "devinette"\ntexte = "Je sais dire',
            "genre",
        ),
        ('code = "c2"\ngenre', 'code = "c1"\ngenre', "sert deux fois"),
        ('items = ["f1", "f2"]', 'items = ["f1", "zz"]', "zz"),
        ("minutes = 5", 'minutes = "cinq"', "minutes"),
        ("valeur = 5", "valeur = 4", "différentes"),
        ('titre = "Mon point', 'titre = Mon point"', "TOML"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_its_place_and_the_reason(tmp_path, good, bad, reason):
    path = tmp_path / "1.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read(path).code == "point_de_depart"
    assert good in GOOD
    path.write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(InstrumentRefuse, match=r"1\.toml") as refused:
        read(path)
    assert reason in str(refused.value)
