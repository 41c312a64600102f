"""The loader refuses what cannot be trusted, with the file and the reason."""

from datetime import date
from decimal import Decimal

import pytest

from jalon.law import FichierRefuse, NonCouvert, load

GOOD = """title = "Durée"
unit = "heure"

[[values]]
since = 2019-01-01
value = 24
source = "Code du travail, art. L. 6313-4"
checked_on = 2026-08-20
certainty = "verified"
"""


@pytest.fixture
def read(tmp_path):
    def read(text, name="duree.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return load(tmp_path)

    return read


def test_a_good_file_is_read_under_the_path_that_it_has(read):
    found = read(GOOD, "un/deux/duree.toml")
    assert list(found) == ["un.deux.duree"]
    assert found["un.deux.duree"].on(date(2026, 1, 1)).value == 24
    with pytest.raises(NonCouvert):
        found["un.deux.duree"].on(date(2018, 12, 31))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('source = "Code du travail, art. L. 6313-4"\n', "source"),
        ("checked_on = 2026-08-20\n", "checked_on"),
        ('certainty = "verified"\n', "certainty"),
        ('title = "Durée"\n', "title"),
        ('unit = "heure"\n', "unit"),
        ("since = 2019-01-01\n", "since"),
        ("value = 24\n", "none = true"),
    ],
)
def test_a_file_that_misses_something_is_refused_with_its_name_and_the_reason(read, line, reason):
    assert line in GOOD
    assert read(GOOD)
    with pytest.raises(FichierRefuse, match=reason) as caught:
        read(GOOD.replace(line, ""))
    assert "duree.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('source = "Code du travail, art. L. 6313-4"', 'source = "  "', "source"),
        ('"verified"', '"sûr"', "certitude inconnue"),
        ("checked_on = 2026-08-20", 'checked_on = "2026-08-20"', "checked_on"),
        ("since = 2019-01-01", "since = 2019-01-01T00:00:00Z", "since"),
        ("value = 24", "value = 24\nnone = true", "soit"),
        ("value = 24", "none = false", "none"),
        ("value = 24", "value = 24.0", "n'est pas une valeur"),
        ("value = 24", "value = true", "n'est pas une valeur"),
        ("value = 24", "value = -1", "n'est pas une valeur"),
        ("value = 24", 'value = "24"', "n'est pas une valeur"),
        ('unit = "heure"', 'unit = "lune"', "n'est pas une valeur"),
        ("value = 24", "valeur = 24", "clé inconnue"),
        ('title = "Durée"', 'title = "Durée"\nauteur = "x"', "clé inconnue"),
        ("[[values]]", "[values]", "aucune valeur"),
        ("[[values]]", "[[values", "TOML illisible"),
    ],
)
def test_a_file_that_says_it_wrongly_is_refused(read, old, new, reason):
    assert old in GOOD
    with pytest.raises(FichierRefuse, match=reason):
        read(GOOD.replace(old, new))


SECOND = GOOD.split("\n\n", 1)[1]


def test_values_must_follow_each_other_by_date(read):
    later = SECOND.replace("2019-01-01", "2023-12-31").replace("24", "30")
    assert read(GOOD + "\n" + later)["duree"].on(date(2023, 12, 31)).value == 30
    assert read(GOOD + "\n" + later)["duree"].on(date(2023, 12, 30)).value == 24
    with pytest.raises(FichierRefuse, match="se suivre"):
        read(GOOD + "\n" + later.replace("2023-12-31", "2018-12-31"))
    with pytest.raises(FichierRefuse, match="se suivre"):
        read(GOOD + "\n" + SECOND)


def test_no_limit_in_force_is_said_and_a_draft_stands_apart(read):
    text = GOOD.replace("value = 24", "none = true") + '\n[projet]\nvalue = 13\nstatut = "non publié"\n'
    found = read(text)["duree"].on(date(2026, 1, 1))
    assert found.value is None
    assert (found.projet.value, found.projet.statut) == (13, "non publié")
    for wrong, reason in (
        (text.replace('statut = "non publié"', ""), "statut"),
        (text.replace("value = 13", ""), "value"),
        (text.replace("value = 13", 'value = "13"'), "n'est pas une valeur"),
        (text + 'signe = "x"\n', "clé inconnue"),
    ):
        with pytest.raises(FichierRefuse, match=reason):
            read(wrong)


@pytest.mark.parametrize(
    ("unit", "good", "value", "bad"),
    [
        ("euro", '"1600.00"', Decimal("1600.00"), ("1600.00", '"1600"', '"1600,00"')),
        ("taux", '"0.30"', Decimal("0.30"), ("0.3", '"30 %"')),
        ("booleen", "true", True, ("1", '"oui"')),
        ("mot", '"refus"', "refus", ("1", '""')),
        ("liste_de_numeros", "[1, 2]", (1, 2), ("[]", '["1"]', "[1.0]", "[true]")),
        ("liste_de_mots", '["a", "b"]', ("a", "b"), ("[]", "[1]", '"a"')),
    ],
)
def test_each_unit_wants_its_own_kind_of_value(read, unit, good, value, bad):
    def text(written):
        return GOOD.replace('"heure"', f'"{unit}"').replace("value = 24", f"value = {written}")

    assert read(text(good))["duree"].on(date(2026, 1, 1)).value == value
    for wrong in bad:
        with pytest.raises(FichierRefuse, match="n'est pas une valeur"):
            read(text(wrong))


def test_a_name_with_capitals_or_accents_is_refused(read):
    with pytest.raises(FichierRefuse, match="minuscules"):
        read(GOOD, "Durée.toml")


def test_a_parameter_cannot_bear_the_name_of_a_folder(read):
    read(GOOD, "cpf.toml")
    with pytest.raises(FichierRefuse, match="dossier"):
        read(GOOD, "cpf/plafond.toml")
