"""Thousands of sheets at once give exactly what one sheet at a time gives."""

import pytest
from tests.domain.feuilles import sheets, sheets_with_gaps

from jalon.domain import lot
from jalon.domain.cotation import EchelleCle, score
from jalon.domain.fidelite import reliability
from jalon.domain.moments import moments

numpy = pytest.importorskip("numpy")
ITEMS = tuple("abcdefgh")
CLE = EchelleCle("S", ITEMS[1:7], frozenset("be"), 6)
BOUNDS = dict.fromkeys(ITEMS, (1, 5))
PLACES = {item: place for place, item in enumerate(ITEMS)}


def test_each_score_is_the_same_as_alone():
    rows = sheets_with_gaps()
    found = lot.score_many(CLE, numpy.array(rows, dtype=float), PLACES, BOUNDS)
    for rank, row in enumerate(rows):
        alone = score(CLE, dict(zip(ITEMS, row, strict=True)), BOUNDS)
        together = [None if numpy.isnan(v) else v for v in (found.sommes[rank], found.moyennes[rank])]
        assert together == [alone.somme, alone.moyenne]
        assert found.n[rank] == alone.n
    assert numpy.isnan(found.sommes).any()


def test_reliability_is_the_same_as_from_plain_python():
    table = numpy.array(sheets(), dtype=float)
    one, other = reliability(moments(sheets())), reliability(lot.moments_many(table))
    assert other.alpha == pytest.approx(one.alpha, rel=1e-12)
    assert other.omega == pytest.approx(one.omega, rel=1e-9)
    assert other.n == one.n
    gaps = sheets_with_gaps()
    assert lot.moments_many(numpy.array(gaps, dtype=float)).n == moments(gaps).n
    assert lot.moments_many(numpy.array([[1.0, numpy.nan]])).n == 0
    assert lot.moments_many(numpy.array([[1.0, 2.0]])).covariances == ()


def test_the_first_answer_out_of_range_is_named():
    table = numpy.array(sheets(), dtype=float)
    assert lot.out_of_range(table, ITEMS, BOUNDS) is None
    table[7, 3] = 6
    assert lot.out_of_range(table, ITEMS, BOUNDS) == (7, "d")
