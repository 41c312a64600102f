"""One sheet: sums, prorating, reversed keys, gaps, the person's own order and its uncertainty."""

import pytest
from tests.domain.feuilles import sheets_with_gaps

from jalon.domain.cotation import EchelleCle, Note, imprecision, rank, ranks, score

ITEMS = tuple("abcdefgh")
CLE = EchelleCle("S", ITEMS, frozenset("be"), 7)
BOUNDS = dict.fromkeys(ITEMS, (1, 5))


def notes(minimum=7):
    cle = EchelleCle("S", ITEMS, frozenset("be"), minimum)
    return [score(cle, dict(zip(ITEMS, row, strict=True)), BOUNDS) for row in sheets_with_gaps()]


def test_prorated_sums_are_those_of_pandas():
    # pandas 3.1.1: DataFrame.mean(axis=1) * 8, columns 1 and 4 turned as 6 − x.
    said = [note.somme for note in notes() if note.somme is not None]
    assert len(said) == 34
    assert sum(said) == pytest.approx(829.7142857142857, rel=1e-12)
    assert [note.somme for note in notes(1)[:6]] == pytest.approx(
        [176 / 7, 144 / 7, 32, 28, 136 / 7, 200 / 7], rel=1e-12
    )
    assert [note.n for note in notes()[:6]] == [7, 7, 7, 6, 7, 7]


def test_below_the_minimum_nothing_is_said_but_how_many_answered():
    assert score(CLE, {"a": 5, "b": 1}, BOUNDS) == Note("S", None, 2, None)
    assert score(CLE, {}, BOUNDS) == Note("S", None, 0, None)


def test_an_answer_out_of_range_is_refused():
    with pytest.raises(ValueError, match="'c'"):
        score(CLE, {**dict.fromkeys(ITEMS, 3), "c": 6}, BOUNDS)


def test_the_order_is_the_person_s_own_and_ties_share_their_ranks():
    found = [Note("a", 4, 2, 2.0), Note("b", None, 0, None), Note("c", 8, 2, 4.0)]
    assert [note.code for note in rank(found)] == ["c", "a", "b"]
    # pandas 3.1.1: Series([4, 1, 3, 3, 1]).rank(ascending=False)
    assert ranks([4, 1, 3, 3, 1]) == [1.0, 4.5, 2.5, 2.5, 4.5]


def test_the_error_of_one_sheet_comes_from_her_own_scatter():
    one = EchelleCle("x", ("a", "c"), frozenset(), 1)
    two = EchelleCle("y", ("d", "f", "g"), frozenset(), 1)
    found = imprecision([one, two], {"a": 2, "c": 4, "d": 1, "f": 1, "g": 4}, BOUNDS)
    # Squares around 3: 2; around 2: 6; three degrees of freedom.
    assert (found.variance, found.degres) == pytest.approx((8 / 3, 3))
    assert found.standard_error(2) == pytest.approx((8 / 6) ** 0.5)
    # scipy 1.17.1: t.ppf(0.975, 3)
    assert found.half_band(3, 0.95) == pytest.approx(3.1824463052837078 * (8 / 9) ** 0.5, rel=1e-12)
    assert imprecision([EchelleCle("z", ("a",), frozenset(), 1)], {"a": 3}, BOUNDS) is None
