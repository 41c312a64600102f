"""How long a proof is kept: it is made without content, so that it never collides with the duty to destroy."""

from __future__ import annotations

from datetime import date

from jalon.domain.jours import add_years
from jalon.law import Law


def certificate_kept_until(dernier_paiement_le: date, law: Law) -> date:
    """Three years from the end of the year of the last payment: undertaking printed on the ministry's model."""
    years = law.conservation.certificat_realisation_annees_apres_fin_annee_paiement.value
    return date(dernier_paiement_le.year + years, 12, 31)


def invoice_kept_until(exercice_clos_le: date, law: Law) -> date:
    """The longer of the accounting and tax periods, from the close of the financial year (L. 123-22, L. 102 B)."""
    years = max(law.conservation.comptable_annees.value, law.conservation.fiscale_annees.value)
    return add_years(exercice_clos_le, years)
