"""Each way of paying has its words, for the cabinet and for the person, with the numbers of the day's law."""

import re
from datetime import date

import pytest

from jalon.domain.financement import WITH_EMPLOYER, Financement
from jalon.domain.parcours import TypeAction
from jalon.law import law_on
from jalon.web.voies import voie_of

LAW = law_on(date(2026, 3, 3))


@pytest.mark.parametrize("pour", ["cabinet", "personne"])
@pytest.mark.parametrize("financement", list(Financement))
def test_every_route_is_told_to_both(financement, pour):
    told = voie_of(financement, TypeAction.BILAN, LAW, pour=pour)
    assert all((told.quoi, told.sait, told.avant, told.source))
    assert "{" not in "".join(told.avant)
    speaks_to_her = re.search(r"\b[Vv](ous|otre)\b", f"{told.quoi} {told.sait}") is not None
    assert speaks_to_her is (pour == "personne")


def test_the_numbers_are_the_law_s():
    told = voie_of("personnel", TypeAction.BILAN, LAW, pour="personne")
    assert "10 jours, ou 14" in told.avant[1]
    assert "30\u00a0%" in told.avant[2]


@pytest.mark.parametrize("financement", [f for f in Financement if f not in WITH_EMPLOYER])
def test_no_route_without_the_employer_says_that_it_learns_something(financement):
    told = voie_of(financement, TypeAction.BILAN, LAW, pour="personne")
    assert "mployeur connaît" not in told.sait


def test_outside_the_frame_has_its_own_words():
    told = voie_of("personnel", TypeAction.HORS_CADRE, LAW, pour="cabinet")
    assert "n’est pas un bilan de compétences" in told.quoi
