"""The indices of congruence, at the values that the literature and the R package `holland` 0.1.2 give."""

import pytest

from jalon.domain.congruence import CodeRefuse, congruence, distance, iachan_m_tied


@pytest.mark.parametrize(
    ("p", "o", "first", "hexagon"),
    [("RIA", "RSE", 1, 4), ("RIA", "IRA", 0, 3), ("R", "A", 0, 2), ("R", "S", 0, 1)],
)
def test_the_first_letter_and_its_place_on_the_hexagon(p, o, first, hexagon):
    found = congruence(p, o)
    assert (found.premiere_lettre, found.hexagone) == (first, hexagon)


@pytest.mark.parametrize(
    ("p", "o", "level"),
    [
        ("RIA", "RIA", 6),
        ("RIA", "RIS", 5),
        ("RIA", "AIR", 4),
        ("RIA", "RAS", 3),
        ("RIA", "RSE", 3),
        ("RIA", "ARS", 2),
        ("RIA", "SER", 1),
        ("RIA", "SEC", 0),
    ],
)
def test_zener_and_schnuelle_take_the_first_rule_that_holds(p, o, level):
    assert congruence(p, o).zener_schnuelle == level


@pytest.mark.parametrize(
    ("p", "o", "m"), [("RIA", "RIA", 28), ("SEI", "ESI", 21), ("SEI", "ESA", 20), ("RIA", "SEC", 0)]
)
def test_iachan_with_three_letters(p, o, m):
    assert congruence(p, o).iachan_m == m


@pytest.mark.parametrize(
    ("p", "o", "m"), [("SE", "SE", 6), ("SE", "ES", 4), ("SE", "SA", 5), ("SE", "RI", 0)]
)
def test_iachan_with_two_letters(p, o, m):
    assert congruence(p, o).iachan_deux == m


def test_a_tie_is_the_mean_of_its_two_codes():
    # Iachan 1990, p. 177.
    assert iachan_m_tied(["SEI"], ["ESI", "ESA"]) == 20.5
    with pytest.raises(CodeRefuse):
        iachan_m_tied(["SE"], ["ESA"])


@pytest.mark.parametrize(
    ("p", "o", "c"),
    [("RIA", "RIA", 18), ("RIA", "RIS", 17), ("RIA", "RIE", 16), ("RIA", "RIC", 15), ("RIA", "SEC", 0)],
)
def test_brown_and_gore(p, o, c):
    assert congruence(p, o).brown_gore_c == c


def test_consistency_is_a_distance_and_the_circle_closes():
    assert [congruence(code, "R").consistance for code in ("RI", "RA", "RS", "R")] == [1, 2, 3, None]
    assert distance("C", "R") == distance("A", "S") == 1


def test_short_codes_answer_what_they_can_and_what_is_no_code_is_refused():
    found = congruence("ri", "RIA")
    assert found.premiere_lettre == 1
    assert found.zener_schnuelle is found.iachan_m is found.brown_gore_c is None
    for bad in ("", "RIAS", "RRI", "XYZ", "R I"):
        with pytest.raises(CodeRefuse):
            congruence(bad, "RIA")
