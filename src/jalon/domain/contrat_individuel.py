"""Money in the contract of a person who pays herself: the first payment, and what is due when it stops early."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jalon.domain.parcours import Labelled
from jalon.law import Law

NOTHING = Decimal("0.00")
CENT = Decimal("0.01")


class Cause(Labelled):
    """Why the contract stops before its end."""

    RETRACTATION = "retractation", "Rétractation"
    FORCE_MAJEURE = "force_majeure", "Force majeure"


def largest_first_payment(prix: Decimal, law: Law) -> Decimal:
    """L. 6353-6: at most this share of the price once the withdrawal period has ended. Rounded down."""
    cents = _cents(prix) * Fraction(law.contrat_individuel.premier_versement_max.value)
    return _money(cents.numerator // cents.denominator)


def due_pro_rata(
    prix: Decimal, *, minutes_prevues: int, minutes_faites: int, cause: Cause, demande_expresse: bool
) -> Decimal:
    """What was really provided, in proportion (L. 6353-7, L. 221-25): nearest cent, half up, never above the price.

    On withdrawal nothing is due if she did not expressly ask to start before the end of the period.
    """
    if minutes_prevues <= 0 or minutes_faites < 0:
        raise ValueError("planned minutes are positive, and done minutes are not negative")
    if cause == Cause.RETRACTATION and not demande_expresse:
        return NOTHING
    done = min(minutes_faites, minutes_prevues)
    return _money((2 * _cents(prix) * done + minutes_prevues) // (2 * minutes_prevues))


def _cents(amount: Decimal) -> int:
    return int(Fraction(amount) * 100)


def _money(cents: int) -> Decimal:
    return Decimal(cents) * CENT
