"""Norms: a rank and a percentile are two things; halves round to the even side; nothing without a table."""

import pytest

from jalon.domain.etalonnage import Norme, percentile, percentile_rank, standardise, stanine, sten

SAMPLE = [12, 15, 15, 17, 20, 22, 22, 22, 30, 31]


def test_ranks_and_percentiles_are_those_of_scipy_and_numpy():
    # scipy 1.17.1: percentileofscore(kind="mean"); numpy 2.4.6: percentile
    assert [percentile_rank(SAMPLE, v) for v in (11, 15, 21, 22, 31)] == [0, 20, 50, 65, 95]
    assert [percentile(SAMPLE, q) for q in (0, 10, 25, 50, 77, 100)] == pytest.approx(
        [12, 14.7, 15.5, 21, 22, 31]
    )


def test_a_mean_and_a_deviation_give_z_t_sten_stanine_and_rank():
    found = standardise(65, Norme("S", moyenne=50, ecart_type=10, fidelite=0.91))
    assert (found.z, found.t, found.sten, found.stanine) == (1.5, 65, 8, 8)
    assert found.rang_percentile == pytest.approx(93.3192798731142)
    assert found.erreur == pytest.approx(3)


@pytest.mark.parametrize(
    ("z", "one", "other"), [(0, 6, 5), (0.5, 6, 6), (-0.25, 5, 4), (0.25, 6, 6), (9, 10, 9), (-9, 1, 1)]
)
def test_stens_and_stanines_are_clipped_and_halves_go_to_the_even_side(z, one, other):
    assert (sten(z), stanine(z)) == (one, other)


def test_a_table_of_ranks_is_read_between_its_lines_and_never_beyond_its_ends():
    table = Norme("S", rangs=((10, 5), (20, 50), (30, 95)))
    assert standardise(15, table).rang_percentile == pytest.approx(27.5)
    assert standardise(20, table).z == pytest.approx(0)
    assert standardise(99, table).rang_percentile == 95
    assert standardise(-5, table).erreur is None
    assert standardise(5, Norme("S")) is None
