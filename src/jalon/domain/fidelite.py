"""How much a scale's figure may be trusted, in a sample: alpha and its interval, omega (named), standard error, items; and change.

Everything here is of a sample: nothing of it is a norm, and none of it says anything of one person's worth.
"""

import math
from dataclasses import dataclass

from jalon.domain.facteur import one_factor
from jalon.domain.moments import Moments
from jalon.domain.probabilites import fisher_quantile, normal_quantile

OMEGA_METHODE = (
    "oméga de McDonald (1999) d’un facteur commun : saturations par maximum de vraisemblance sur les covariances des cas complets, "
    "(Σλ)² / ((Σλ)² + Σθ)"
)


@dataclass(frozen=True)
class ItemAnalyse:
    moyenne: float
    ecart_type: float | None
    # Correlation with the sum of the other items.
    r_corrige: float | None
    alpha_sans: float | None


@dataclass(frozen=True)
class Fidelite:
    """Of the sum of a scale's items, on complete cases. What is undefined is None."""

    n: int
    alpha: float | None
    alpha_ic95: tuple[float, float] | None
    omega: float | None
    moyenne: float | None
    ecart_type: float | None
    sem: float | None
    items: tuple[ItemAnalyse, ...]


def reliability(found: Moments) -> Fidelite:
    size = len(found.moyennes)
    cov = found.covariances
    if not cov:
        plain = tuple(ItemAnalyse(mean, None, None, None) for mean in found.moyennes)
        total = math.fsum(found.moyennes) if found.n else None
        return Fidelite(found.n, None, None, None, total, None, None, plain)
    rows = [math.fsum(line) for line in cov]
    whole = math.fsum(rows)
    alpha = _alpha([cov[i][i] for i in range(size)], whole)
    deviation = math.sqrt(whole) if whole > 0 else 0.0
    items = []
    for i in range(size):
        rest = whole - 2 * rows[i] + cov[i][i]
        link = cov[i][i] * rest
        r = (rows[i] - cov[i][i]) / math.sqrt(link) if link > 1e-18 else None
        without = _alpha([cov[j][j] for j in range(size) if j != i], rest)
        items.append(ItemAnalyse(found.moyennes[i], math.sqrt(max(cov[i][i], 0.0)), r, without))
    return Fidelite(
        found.n,
        alpha,
        feldt(alpha, found.n, size) if alpha is not None else None,
        _omega(cov),
        math.fsum(found.moyennes),
        deviation,
        deviation * math.sqrt(1 - alpha) if alpha is not None else None,
        tuple(items),
    )


def _alpha(variances: list[float], whole: float) -> float | None:
    size = len(variances)
    if size < 2 or whole <= 1e-12:
        return None
    return size / (size - 1) * (1 - math.fsum(variances) / whole)


def _omega(cov: tuple[tuple[float, ...], ...]) -> float | None:
    found = one_factor(cov)
    if found is None:
        return None
    loadings, unique = found
    common = math.fsum(loadings) ** 2
    return common / (common + math.fsum(unique))


def feldt(alpha: float, n: int, items: int, confiance: float = 0.95) -> tuple[float, float] | None:
    """Feldt's interval: (1 − α) scaled by F with n − 1 and (n − 1)(k − 1) degrees of freedom."""
    if n < 2 or items < 2:
        return None
    df1, df2 = n - 1, (n - 1) * (items - 1)
    tail = (1 - confiance) / 2
    return (
        1 - (1 - alpha) * fisher_quantile(1 - tail, df1, df2),
        1 - (1 - alpha) * fisher_quantile(tail, df1, df2),
    )


def confidence_band(note: float, sem: float, confiance: float = 0.95) -> tuple[float, float]:
    half = normal_quantile((1 + confiance) / 2) * sem
    return note - half, note + half


def reliable_change(before: float, after: float, erreur_avant: float, erreur_apres: float) -> float | None:
    """Jacobson & Truax 1991: the change in units of its own error; beyond ±1.96 it is more than the error of measurement.

    None when both errors are nil: nothing to compare the change with.
    """
    spread = math.sqrt(erreur_avant**2 + erreur_apres**2)
    return (after - before) / spread if spread else None
