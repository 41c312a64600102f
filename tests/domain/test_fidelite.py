"""Reliability, held to other software on the same sheets."""

import pytest
from tests.domain.feuilles import sheets

from jalon.domain.facteur import one_factor
from jalon.domain.fidelite import confidence_band, feldt, reliability, reliable_change
from jalon.domain.moments import moments
from jalon.domain.probabilites import fisher_quantile, student_quantile

R = [0.7430948561510737, 0.71287003533128, 0.671213668607429, 0.6036331249368477]
R += [0.694940814031655, 0.5644639084924926, 0.5190564214961833, 0.5552285288773069]
WITHOUT = [0.8451208193935729, 0.8469277630134995, 0.8512993554907986, 0.8590137359304651]
WITHOUT += [0.8487020613129228, 0.8635751973364019, 0.8686867966792688, 0.864540714674569]
SD = [0.9436504599035548, 1.0286852177954753, 1.0529071399597172, 0.9128709291752768]
SD += [1.0498766100635557, 1.1286627272222327, 1.1281972928759672, 1.1225970290517673]


def test_alpha_its_interval_and_the_items_are_those_of_pingouin_pandas_and_scipy():
    found = reliability(moments(sheets()))
    near = {"rel": 1e-9}
    assert found.n == 120
    # pingouin 0.7.0: cronbach_alpha; its interval from scipy 1.17.1, f.isf
    assert found.alpha == pytest.approx(0.8717872249664496, **near)
    assert found.alpha_ic95 == pytest.approx((0.8339505956508163, 0.9037530586092215), **near)
    # pandas 3.1.1, numpy 2.4.6
    assert (found.moyenne, found.ecart_type, found.sem) == pytest.approx(
        (23.258333333333333, 6.091040166352808, 2.181007271213655), **near
    )
    assert [item.r_corrige for item in found.items] == pytest.approx(R, **near)
    assert [item.alpha_sans for item in found.items] == pytest.approx(WITHOUT, **near)
    assert [item.ecart_type for item in found.items] == pytest.approx(SD, **near)


def test_omega_is_that_of_a_maximum_likelihood_factor():
    # scikit-learn 1.9.1: FactorAnalysis(1, tol=1e-15, svd_method="lapack"), (Σλ)² / ((Σλ)² + Σθ)
    assert reliability(moments(sheets())).omega == pytest.approx(0.8720887344727958, abs=1e-9)


def test_a_factor_that_was_put_in_is_found_again_and_an_impossible_one_is_not_invented():
    loadings, unique = [0.9, 0.7, 0.5, 1.4], [0.5, 0.3, 0.8, 0.6]
    table = [
        [a * b + (unique[i] if i == j else 0) for j, b in enumerate(loadings)] for i, a in enumerate(loadings)
    ]
    found = one_factor(table)
    assert found[0] == pytest.approx(loadings, abs=1e-9)
    assert found[1] == pytest.approx(unique, abs=1e-9)
    # r12 r13 / r23 above one: no such factor exists.
    assert one_factor([[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]]) is None


def test_what_is_undefined_is_none_and_gaps_leave_the_whole_sheet_out():
    alone = reliability(moments([[1, 2], [None, 3]]))
    assert (alone.n, alone.alpha, alone.ecart_type, alone.moyenne) == (1, None, None, 3)
    assert reliability(moments([[None, 1]])).moyenne is None
    flat = reliability(moments([[3, 3, 3]] * 5))
    assert (flat.alpha, flat.alpha_ic95, flat.omega, flat.sem) == (None, None, None, None)
    assert flat.items[0].r_corrige is None
    single = reliability(moments([[1], [2], [4]]))
    assert (single.alpha, single.items[0].alpha_sans) == (None, None)
    pair = reliability(moments([[1, 2], [2, 2], [4, 5]]))
    assert pair.alpha is not None
    assert pair.omega is None
    assert pair.items[0].alpha_sans is None


@pytest.mark.parametrize(
    ("p", "df1", "df2", "value"),
    [
        (0.975, 119, 833, 1.2951081068616779),
        (0.025, 119, 833, 0.7506813682614139),
        (0.5, 3, 7, 0.870944253187285),
        (0.95, 1, 10, 4.964602743730711),
        (0.01, 400, 5, 0.3264534253786096),
        (0.975, 19999, 179991, 1.0207873923809625),
    ],
)
def test_the_quantiles_of_fisher_are_those_of_scipy(p, df1, df2, value):
    assert fisher_quantile(p, df1, df2) == pytest.approx(value, rel=1e-11)


@pytest.mark.parametrize(
    ("p", "df", "value"),
    [
        (0.975, 3, 3.1824463052837078),
        (0.9, 1, 3.0776835371752544),
        (0.025, 16, -2.1199052992212546),
        (0.5, 4, 0),
    ],
)
def test_the_quantiles_of_student_are_those_of_scipy(p, df, value):
    assert student_quantile(p, df) == pytest.approx(value, rel=1e-12)


def test_bands_and_changes_count_in_units_of_their_error():
    assert confidence_band(20, 2) == pytest.approx((20 - 3.919927969080108, 20 + 3.919927969080108))
    assert reliable_change(10, 16, 2, 2) == pytest.approx(6 / 8**0.5)
    assert reliable_change(10, 16, 0, 0) is None
    assert feldt(0.8, 1, 5) is None
