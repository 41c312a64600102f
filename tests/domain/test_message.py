"""An answer is expected within two working days of the bilan's own calendar."""

from datetime import UTC, date, datetime

from jalon.domain.message import reponse_attendue


def test_weekends_and_holidays_are_not_counted():
    friday = datetime(2026, 5, 8, 9, tzinfo=UTC)  # itself a holiday
    assert reponse_attendue(friday, "Europe/Paris", "metropole") == date(2026, 5, 12)
    before_ascension = datetime(2026, 5, 13, 9, tzinfo=UTC)
    assert reponse_attendue(before_ascension, "Europe/Paris", "metropole") == date(2026, 5, 18)


def test_the_day_is_the_one_of_the_person_not_of_the_server():
    late_evening = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)  # already Wednesday in Réunion
    assert reponse_attendue(late_evening, "Indian/Reunion", "reunion") == date(2026, 3, 6)
    assert reponse_attendue(late_evening, "Europe/Paris", "metropole") == date(2026, 3, 5)
