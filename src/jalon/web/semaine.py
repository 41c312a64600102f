"""A week or a day in an address: `2026-W10`, `2026-03-05`; anything else is now."""

from datetime import date, datetime, timedelta


def monday_of(raw: str, today: date) -> date:
    try:
        return datetime.strptime(f"{raw}-1", "%G-W%V-%u").date()  # noqa: DTZ007
    except ValueError:
        return today - timedelta(days=today.weekday())


def week_of(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def day_of(raw: str, today: date) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return today
