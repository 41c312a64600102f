"""The yearly bilan pédagogique et financier: « avant le 30 avril » makes the 29th the last safe day (R. 6352-23)."""

from __future__ import annotations

from datetime import date

from jalon.domain.jours import DAY
from jalon.law import Law


def last_safe_day(annee: int, law: Law) -> date:
    """For the figures of `annee`, sent the year after. The ministry has sometimes allowed more; never count on it."""
    month, day = law.organisme.bpf_echeance.value.split("-")
    return date(annee + 1, int(month), int(day)) - DAY
