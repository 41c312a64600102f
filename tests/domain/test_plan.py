"""A first step within a week, said and never refused; the same step keeps its name in a calendar."""

from datetime import date
from uuid import UUID

from jalon.domain.obstacle import Severity
from jalon.domain.plan import Etape, first_step_warning, uid
from jalon.domain.rappel import day_of

MARDI = date(2026, 3, 3)


def test_a_plan_that_begins_within_a_week_or_has_begun_is_not_warned():
    assert first_step_warning([], MARDI) is None
    assert first_step_warning([Etape("Appeler", date(2026, 3, 10))], MARDI) is None
    assert first_step_warning([Etape("Appeler", None, fait=True)], MARDI) is None


def test_a_plan_that_begins_later_or_never_is_warned_and_not_refused():
    for steps in ([Etape("Appeler", date(2026, 3, 11))], [Etape("Appeler", None)]):
        found = first_step_warning(steps, MARDI)
        assert found is not None
        assert (found.severity, found.code) == (Severity.WARN, "premier_pas")


def test_months_are_counted_on_the_calendar_and_names_are_stable():
    assert day_of(date(2026, 8, 31), 6) == date(2027, 2, 28)
    plan = UUID(int=1)
    assert uid(plan, "etape-0") == uid(plan, "etape-0") != uid(plan, "etape-1")
