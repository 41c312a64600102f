"""The few quantiles that scoring needs, without a statistics library: Fisher's F, Student's t, the normal law."""

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300


def normal_below(z: float) -> float:
    return _NORMAL.cdf(z)


def normal_quantile(p: float) -> float:
    return _NORMAL.inv_cdf(p)


def beta_below(a: float, b: float, x: float) -> float:
    """Regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - beta_below(b, a, 1 - x)
    front = math.exp(
        math.lgamma(a + b)
        - math.lgamma(a)
        - math.lgamma(b)
        + a * math.log(x)
        + b * math.log1p(-x)
        - math.log(a)
    )
    return front * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 20_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        total *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        step = d * c
        total *= step
        if abs(step - 1) < 1e-16:
            break
    return total


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(a: float, b: float, p: float) -> float:
    """By bisection, then Newton's steps that stay inside what bisection has proved."""
    low, high, x = 0.0, 1.0, a / (a + b)
    norm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(200):
        error = beta_below(a, b, x) - p
        low, high = (low, x) if error > 0 else (x, high)
        slope = math.exp(norm + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)) if 0 < x < 1 else 0.0
        guess = x - error / slope if slope else low
        if not low < guess < high:
            guess = (low + high) / 2
        if abs(guess - x) <= 1e-16 * guess:
            return guess
        x = guess
    return x


def fisher_quantile(p: float, df1: float, df2: float) -> float:
    """The value below which a share `p` of F(df1, df2) lies."""
    # The smaller tail is the one that keeps its digits.
    if df1 > df2:
        return 1 / fisher_quantile(1 - p, df2, df1)
    x = beta_quantile(df1 / 2, df2 / 2, p)
    return df2 * x / (df1 * (1 - x))


def student_quantile(p: float, df: float) -> float:
    if p == 0.5:
        return 0.0
    if p < 0.5:
        return -student_quantile(1 - p, df)
    return math.sqrt(fisher_quantile(2 * p - 1, 1, df))
