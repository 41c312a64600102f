"""What a missed séance leaves of the hours and of the money: said for each reason and each way of paying."""

import pytest

from jalon.domain.financement import Financement
from jalon.domain.issue import FORCE_MAJEURE_ARTICLE, Issue, effets, issue_obstacles


def money(issue, voie):
    return next(e for e in effets(issue, voie) if e.sujet == "L’argent")


def test_force_majeure_leaves_what_was_done_and_the_account_pays_what_was_done():
    assert money(Issue.FORCE_MAJEURE, Financement.PERSONNEL).source == FORCE_MAJEURE_ARTICLE
    assert "à proportion" in money(Issue.FORCE_MAJEURE, Financement.CPF_HORS_TEMPS).phrase
    assert "heures faites" in money(Issue.NON_VENUE, Financement.CPF_HORS_TEMPS).phrase
    assert "contrat signé" in money(Issue.NON_VENUE, Financement.PERSONNEL).phrase
    assert "jamais avec la personne" in money(Issue.NON_VENUE, Financement.PLAN).phrase
    assert "Rien n’est dû" in money(Issue.CABINET, None).phrase


@pytest.mark.parametrize("issue", Issue)
def test_no_missed_hour_ever_counts(issue):
    hours = effets(issue, None)[0]
    assert "ne compte pas comme faite" in hours.phrase
    assert hours.source


def test_not_come_is_said_of_a_past_hour_and_told_in_time_of_a_coming_one():
    assert issue_obstacles(Issue.NON_VENUE, absence=True) == []
    assert issue_obstacles(Issue.NON_VENUE, absence=False)[0].code == "issue"
    assert issue_obstacles(Issue.PREVENUE, absence=False) == []
    assert issue_obstacles(Issue.PREVENUE, absence=True)[0].code == "issue"
