"""When somebody may wish to look at her own project again: some months after the end, counted on the calendar."""

from datetime import date

from jalon.domain.jours import add_months

MOIS = (1, 3, 6, 12)


def day_of(start: date, months: int) -> date:
    return add_months(start, months)
