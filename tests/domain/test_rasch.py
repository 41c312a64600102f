"""Exercises chosen one by one: as sure as thirty fixed ones, with half of them at most."""

import math
import random

import pytest

from jalon.domain.rasch import Arret, Estimation, estimate, information, is_enough, next_item, probability

# The bank of an aptitude test: ten levels, one logit apart; its fixed form takes three exercises of each.
LEVELS = [level - 4.5 for level in range(10)]
SPREAD = 2.0
VARIANTS = 12
STOP = Arret(erreur=0.55, minimum=6, maximum=15)


def test_the_model_and_its_information():
    assert probability(1, 1) == 0.5
    assert probability(3, 1) == pytest.approx(1 / (1 + math.exp(-2)))
    assert information(0, 0) == 0.25


def test_the_estimate_is_that_of_scipy():
    # scipy 1.17.1, integrate.quad over the same likelihood and a normal start of deviation 2.
    answers = [(-0.5, True), (0.5, True), (1.5, False), (0.5, True), (1.5, False)]
    found = estimate(answers, SPREAD)
    assert found.theta == pytest.approx(0.973059918603091, abs=1e-9)
    assert found.erreur == pytest.approx(0.9093917371499634, abs=1e-9)
    assert estimate([], SPREAD).theta == pytest.approx(0)


def test_the_next_exercise_is_the_nearest_and_the_first_among_equals():
    pool = [("facile", -2.0), ("moyen", 0.5), ("autre", 0.5), ("dur", 3.0)]
    assert next_item(0.4, pool) == "moyen"
    assert next_item(9, pool) == "dur"
    assert next_item(0, []) is None


def test_it_stops_when_sure_or_at_its_most_and_never_too_soon():
    assert not is_enough(Estimation(0, 0.1), 5, STOP)
    assert is_enough(Estimation(0, 0.55), 6, STOP)
    assert not is_enough(Estimation(0, 0.9), 14, STOP)
    assert is_enough(Estimation(0, 0.9), 15, STOP)


def test_with_half_of_the_exercises_the_adaptive_order_is_as_precise_as_the_fixed_form():
    rng = random.Random(20_261_122)
    # In this model the exercises met and their number solved say all: what follows from them is computed once.
    known: dict[tuple[tuple[float, ...], int], tuple[Estimation, float | None]] = {}

    def state(answers):
        key = (tuple(sorted(b for b, _ in answers)), sum(right for _, right in answers))
        if key not in known:
            found = estimate(answers, SPREAD)
            pool = [(str(b), b) for b in LEVELS if key[0].count(b) < VARIANTS]
            chosen = next_item(found.theta, pool)
            known[key] = (found, None if chosen is None else float(chosen))
        return known[key]

    def solve(theta, difficulte):
        return difficulte, rng.random() < probability(theta, difficulte)

    fixed_errors, adaptive_errors, asked = [], [], []
    for _ in range(2_000):
        theta = rng.gauss(0, SPREAD)
        fixed = [solve(theta, b) for b in LEVELS for _ in range(3)]
        fixed_errors.append((state(fixed)[0].theta - theta) ** 2)
        answers = []
        found, difficulte = state(answers)
        while not is_enough(found, len(answers), STOP):
            answers.append(solve(theta, difficulte))
            found, difficulte = state(answers)
        adaptive_errors.append((found.theta - theta) ** 2)
        asked.append(len(answers))
    assert sum(adaptive_errors) <= sum(fixed_errors)
    assert max(asked) <= 15
