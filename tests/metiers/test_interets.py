import pytest

from jalon.metiers.interets import correlation, profile_of
from jalon.metiers.referentiel import COMPETENCE, MACRO, Item

MACROS = [Item("m1", MACRO, "Soigner", riasec="S"), Item("m2", MACRO, "Vendre", riasec="EC")]
SKILLS = [Item("c1", COMPETENCE, "Écouter", groupe="m1"), Item("c2", COMPETENCE, "Encaisser", groupe="m2")]
OF_OGR = {item.code_ogr: item for item in [*MACROS, *SKILLS]}


def test_a_profile_is_half_official_letters_and_half_those_of_the_skills():
    assert profile_of("S", SKILLS[:1], OF_OGR) == pytest.approx((0, 0, 0, 1, 0, 0))
    assert profile_of("", SKILLS, OF_OGR) == pytest.approx((0, 0, 0, 1 / 2, 1 / 3, 1 / 6))
    assert profile_of("R", SKILLS[:1], OF_OGR) == pytest.approx((0.5, 0, 0, 0.5, 0, 0))
    assert profile_of("RI", [], OF_OGR) == pytest.approx((2 / 3, 1 / 3, 0, 0, 0, 0))
    assert profile_of("", [], OF_OGR) is None


def test_a_correlation_ranks_and_a_flat_profile_has_none():
    person = dict(zip("RIASEC", (1, 2, 3, 9, 4, 2), strict=True))
    same, opposite = [0.1, 0.2, 0.3, 0.9, 0.4, 0.2], [0.9, 0.8, 0.7, 0.1, 0.6, 0.8]
    assert correlation(person, same) == pytest.approx(1)
    assert correlation(person, opposite) == pytest.approx(-1)
    assert correlation(dict.fromkeys("RIASEC", 4), same) is None
    assert correlation(person, [1 / 6] * 6) is None
