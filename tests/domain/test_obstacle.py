"""Obstacles are told all at once."""

import pytest

from jalon.domain.obstacle import Obstacle, Refused, Severity

ONE = Obstacle("La personne n’a pas consenti.", "Code du travail, art. L. 6313-4", code="consentement")
TWO = Obstacle("Les conclusions ne sont prévues qu’en groupe.", severity=Severity.WARN)


def test_a_refusal_carries_every_obstacle_and_says_them():
    for refused in (Refused(ONE, TWO), Refused([ONE, TWO]), Refused((ONE,), TWO)):
        assert refused.obstacles == (ONE, TWO)
        assert ONE.sentence in str(refused)
        assert TWO.sentence in str(refused)


def test_a_refusal_without_a_reason_is_a_mistake():
    with pytest.raises(ValueError, match="obstacle"):
        Refused([])


def test_a_warning_does_not_refuse():
    assert ONE.refuses
    assert not TWO.refuses
