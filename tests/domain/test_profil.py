"""A profile says what stands out, and nothing that its error forbids."""

from jalon.domain.profil import Mesure, Pole, differentiation, differentiation_iachan, levels, pole

PROFILE = dict(zip("RIASEC", (70, 90, 120, 75, 100, 130), strict=True))


def test_scales_that_the_error_cannot_part_stand_together():
    found = [Mesure("a", 4.5, 0.2), Mesure("b", 4.2, 0.2), Mesure("c", 3.0, 0.2), Mesure("d", 2.9, 0.2)]
    assert [level.codes for level in levels(found, 1.96)] == [("a", "b"), ("c", "d")]
    sure = [Mesure(m.code, m.valeur, 0.01) for m in found]
    assert len(levels(sure, 1.96)) == 4
    unknown = [Mesure(m.code, m.valeur) for m in found]
    assert len(levels(unknown, 1.96)) == 1


def test_a_side_is_named_only_when_the_whole_band_lies_on_it():
    assert pole(3.4, 0.5, 1, 5) == Pole.ENTRE
    assert pole(3.6, 0.5, 1, 5) == Pole.HAUT
    assert pole(2.0, 0.5, 1, 5) == Pole.BAS
    assert pole(5.0, None, 1, 5) == Pole.ENTRE


def test_differentiation_by_both_rules():
    assert differentiation(PROFILE) == 60
    assert differentiation_iachan(PROFILE) == 25
    assert differentiation({}) is differentiation_iachan({"R": 1}) is None
