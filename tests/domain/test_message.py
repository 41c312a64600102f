"""An answer is expected within two working days of the bilan's own calendar."""

from datetime import UTC, date, datetime

from jalon.domain.message import oldest_unanswered, reponse_attendue


def test_weekends_and_holidays_are_not_counted():
    friday = datetime(2026, 5, 8, 9, tzinfo=UTC)  # itself a holiday
    assert reponse_attendue(friday, "Europe/Paris", "metropole", 2) == date(2026, 5, 12)
    before_ascension = datetime(2026, 5, 13, 9, tzinfo=UTC)
    assert reponse_attendue(before_ascension, "Europe/Paris", "metropole", 2) == date(2026, 5, 18)


def test_the_day_is_the_one_of_the_person_not_of_the_server():
    late_evening = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)  # already Wednesday in Réunion
    assert reponse_attendue(late_evening, "Indian/Reunion", "reunion", 2) == date(2026, 3, 6)
    assert reponse_attendue(late_evening, "Europe/Paris", "metropole", 2) == date(2026, 3, 5)


def test_each_cabinet_promises_its_own_number_of_days():
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert reponse_attendue(monday, "Europe/Paris", "metropole", 1) == date(2026, 3, 3)
    assert reponse_attendue(monday, "Europe/Paris", "metropole", 5) == date(2026, 3, 9)


def test_the_wait_begins_at_the_first_message_that_nobody_answered():
    days = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in range(2, 7)]
    assert oldest_unanswered([]) is None
    assert oldest_unanswered([(True, days[0]), (False, days[1])]) is None
    hers = [(True, days[0]), (False, days[1]), (True, days[2]), (True, days[3])]
    assert oldest_unanswered(hers) == days[2]
