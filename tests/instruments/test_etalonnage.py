"""Norm tables: loaded whole with the name of their sample, or refused by line."""

import pytest

from jalon.instruments import InstrumentRefuse, get, read_norms

GOOD = """\
instrument = "interets_riasec"
version = "1"
nom = "Personnes accueillies 2024-2026"
population = "Adultes en accompagnement, France"
annee = "2026"
source = "Relevé du cabinet"
licence = "Usage interne"
effectif = 212

[[echelles]]
code = "R"
moyenne = 21.4
ecart_type = 7.2
fidelite = 0.88

[[echelles]]
code = "I"
rangs = [[8, 2], [20, 50], [40, 99]]
"""


def test_a_table_is_read_with_the_name_of_its_sample():
    found = read_norms(GOOD.encode(), "n.toml", get("interets_riasec"))
    assert (found.nom, found.effectif) == ("Personnes accueillies 2024-2026", 212)
    assert found.norme("R").ecart_type == 7.2
    assert found.norme("I").rangs[1] == (20, 50)
    assert found.norme("S") is None


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("effectif = 212", "effectif = 1", "combien de personnes"),
        ("ecart_type = 7.2", "ecart_type = 0", "vont ensemble"),
        ("ecart_type = 7.2\n", "\n", "vont ensemble"),
        ("fidelite = 0.88", "fidelite = 1.2", "entre 0 et 1"),
        ("[20, 50]", "[20, 1]", "montent"),
        ("[20, 50]", "[20]", "couple"),
        ('code = "I"', 'code = "Z"', "n’est pas une échelle"),
        ('version = "1"', 'version = "2"', "n’est pas celle"),
        ('nom = "Personnes', '# nom = "Personnes', "texte est attendu"),
    ],
)
def test_a_table_that_says_less_or_something_else_is_refused(good, bad, reason):
    assert good in GOOD
    with pytest.raises(InstrumentRefuse) as refused:
        read_norms(GOOD.replace(good, bad, 1).encode(), "n.toml", get("interets_riasec"))
    assert reason in str(refused.value)
