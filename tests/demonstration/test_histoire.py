"""The invented people: enough of them, all different, at every stage, and typeset as French asks."""

from collections import Counter

from jalon.demonstration.histoire import read_histoires
from jalon.demonstration.semaine import CRENEAUX

HISTOIRES = read_histoires()


def test_there_are_about_forty_people_and_no_two_share_a_name_or_an_address():
    assert 38 <= len(HISTOIRES) <= 45
    assert len({(h.prenom, h.nom) for h in HISTOIRES}) == len(HISTOIRES)
    addresses = [h.courriel for h in HISTOIRES if h.courriel]
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@exemple.fr") and address.isascii() for address in addresses)


def test_no_consultant_has_more_dossiers_than_hours_in_a_week():
    assert max(Counter(h.consultant for h in HISTOIRES).values()) <= len(CRENEAUX)


def test_somebody_stands_at_each_place_that_a_visitor_wants_to_see():
    assert {h.arret for h in HISTOIRES} >= {
        *("calendrier", "compte", "consentement", "decline", "objectifs", "cloture", "abandon"),
        *("synthese_ecrite", "synthese_proposee", "synthese_observee", "synthese_validee"),
    }
    assert {h.parcours for h in HISTOIRES} == {"dix_semaines", "court", "une_heure", "orientation"}
    assert {h.suivi for h in HISTOIRES} == {"", "ouvert", "clos", "decline"}
    assert any(not h.email for h in HISTOIRES)
    assert any(h.conserve and not h.arret for h in HISTOIRES)
    assert any(h.cep for h in HISTOIRES)


def test_high_signs_never_stand_alone_at_the_start_of_a_line():
    words = [h.demande + h.reformulation + h.propos for h in HISTOIRES]
    assert any("\u00a0?" in text for text in words)
    assert not any(f" {sign}" in text for text in words for sign in "?!;:»")
