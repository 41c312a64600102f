"""What remains to be checked of a project, wherever it was written; and a trial or an inquiry that is said to be done says something."""

from datetime import date

from jalon.domain.enquete import GUIDE, enquete_obstacles, reminder_obstacles
from jalon.domain.essai import essai_obstacles
from jalon.domain.niveau import ecart
from jalon.domain.verification import EnqueteFaits, EssaiFaits, Matiere, Origine, remaining

MARDI, MERCREDI = date(2026, 3, 3), date(2026, 3, 4)


def test_what_remains_is_gathered_and_said_once():
    found = remaining(
        Matiere(
            "- le trajet\n\nLe salaire",
            (
                EnqueteFaits("e1", "Fleuriste", faite=False),
                EnqueteFaits("e2", "CFA", True, ("Qui recrute ?",)),
            ),
            (
                EssaiFaits("x1", "Trois jours", fait=True, reste="Le trajet"),
                EssaiFaits("x2", "Un samedi", fait=False),
            ),
            (("CAP", "le calendrier"),),
            ("Horaires",),
        )
    )
    assert [(r.texte, r.origine, r.reference) for r in found] == [
        ("le trajet", Origine.PROJET, ""),
        ("Le salaire", Origine.PROJET, ""),
        ("Aller voir : Fleuriste", Origine.ENQUETE, "e1"),
        ("Qui recrute ?", Origine.ENQUETE, "e2"),
        ("Essayer : Un samedi", Origine.ESSAI, "x2"),
        ("CAP : le calendrier", Origine.FORMATION, ""),
        ("Sans note encore : Horaires", Origine.COMPARAISON, ""),
    ]
    assert remaining(Matiere()) == []


def test_an_inquiry_that_is_done_says_what_it_gave():
    assert enquete_obstacles("preparation", notes="", change="", reponses=()) == []
    assert enquete_obstacles("faite", notes="", change="", reponses=("", "Cinq heures")) == []
    assert [o.field for o in enquete_obstacles("faite", notes=" ", change="", reponses=("",))] == ["change"]
    assert len(GUIDE) >= 8


def test_a_reminder_is_for_a_day_to_come():
    assert reminder_obstacles(MERCREDI, MARDI, None) == []
    assert reminder_obstacles(None, MARDI, None) == []
    assert reminder_obstacles(MARDI, MERCREDI, MARDI) == []
    assert [o.field for o in reminder_obstacles(MARDI, MARDI, None)] == ["rappel_le"]


def test_a_trial_that_is_done_has_begun_and_says_something():
    assert essai_obstacles("prevu", MERCREDI, MERCREDI, ecrit=False, today=MARDI) == []
    assert essai_obstacles("fait", MARDI, None, ecrit=True, today=MARDI) == []
    found = essai_obstacles("fait", MERCREDI, MARDI, ecrit=False, today=MARDI)
    assert [o.field for o in found] == ["fin", "debut", "faits"]


def test_voices_that_differ_are_told_and_never_averaged():
    assert ecart([("soi", 2), ("autre", 4), ("faits", 0)]) == (2, 4)
    assert ecart([("soi", 3), ("autre", 3)]) is None
