"""When a reminder rings: at the hours chosen, in the bilan's own time, never in the quiet hours."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from jalon.domain.rappel_seance import Avance, Silence, rappels

PARIS = ZoneInfo("Europe/Paris")


def at(day, hour, minute=0, zone=PARIS):
    return datetime(2026, 3, day, hour, minute, tzinfo=zone)


def rings(debut, *avances, silence=None, zone=PARIS):
    found = rappels(debut, avances, silence or Silence(), zone)
    return [(a.value, moment.astimezone(zone)) for a, moment in found]


def test_each_chosen_moment_rings_in_order_in_the_places_own_hour():
    debut = at(12, 14)
    assert rings(debut, Avance.DEUX_HEURES, Avance.VEILLE_SOIR) == [
        ("veille_18", at(11, 18)),
        ("2h", at(12, 12)),
    ]
    reunion = ZoneInfo("Indian/Reunion")
    assert rings(at(12, 14, zone=reunion), Avance.VEILLE_SOIR, zone=reunion) == [
        ("veille_18", at(11, 18, zone=reunion))
    ]


def test_what_would_ring_in_the_quiet_hours_leaves_just_before_them():
    assert rings(at(12, 9), Avance.DEUX_HEURES) == [("2h", at(11, 20, 59))]
    assert rings(at(12, 9), Avance.DEUX_HEURES, silence=Silence(0, 0)) == [("2h", at(12, 7))]
    assert rings(at(12, 15), Avance.DEUX_HEURES, silence=Silence(12, 14)) == [("2h", at(12, 11, 59))]


def test_two_that_fall_together_ring_once_and_none_rings_after_the_hour():
    assert [a for a, _ in rings(at(12, 9), Avance.DEUX_HEURES, Avance.UNE_HEURE, Avance.MATIN)] == [
        "2h",
        "1h",
    ]
    assert rings(at(12, 7, 30), Avance.MATIN, silence=Silence(0, 0)) == []


def test_a_change_of_hour_keeps_the_evening_at_six():
    debut = datetime(2026, 3, 29, 10, tzinfo=PARIS)
    [(_, moment)] = rappels(debut, [Avance.VEILLE_SOIR], Silence(), PARIS)
    assert moment == datetime(2026, 3, 28, 17, tzinfo=UTC)
