"""The identity of a cabinet: keys of SIREN and SIRET, declaration, neutral name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.domain.identite import (
    FUSEAUX,
    digits,
    nda_obstacle,
    neutral_name_obstacle,
    says_bilan_de_competences,
    siren_obstacle,
    siret_obstacle,
)
from jalon.domain.jours import Territoire, zone


@pytest.mark.parametrize("siren", ["552100554", "732829320", "356000000", "443061841"])
def test_a_siren_with_its_right_key_is_accepted_and_any_changed_digit_is_seen(siren):
    assert siren_obstacle(siren) is None
    for rank in range(9):
        changed = siren[:rank] + str((int(siren[rank]) + 1) % 10) + siren[rank + 1 :]
        assert siren_obstacle(changed).code == "siren_cle"


def test_a_siren_of_the_wrong_length_or_made_of_letters_says_what_was_read():
    assert "8 chiffres ont été lus" in siren_obstacle("55210055").sentence
    assert "autre chose que des chiffres" in siren_obstacle("55210055A").sentence
    assert siren_obstacle("000000000") is not None
    assert siren_obstacle("").code == "siren_longueur"
    assert siren_obstacle("٥٥٢١٠٠٥٥٤") is not None  # digits of another script are no SIREN


def test_a_siret_is_checked_with_its_siren_and_its_own_key():
    assert siret_obstacle("55210055400013") is None
    assert siret_obstacle("55210055400014").code == "siret_cle"
    assert siret_obstacle("552100554").code == "siret_longueur"


def test_la_poste_numbers_its_establishments_by_a_rule_of_its_own():
    assert siret_obstacle("35600000000048") is None  # the head office follows the ordinary key
    assert siret_obstacle("35600000049837") is None  # the others a sum that is a multiple of five
    assert siret_obstacle("35600000049838") is not None
    assert siret_obstacle("55210055449837") is not None  # nobody else has that rule


@given(st.text(alphabet="0123456789 .-\u00a0\u202f", max_size=30))
def test_typed_separators_never_survive(typed):
    assert digits(typed) == "".join(c for c in typed if c in "0123456789")


def test_a_declaration_number_has_eleven_digits_or_is_still_to_come():
    assert nda_obstacle("52440000044") is None
    assert nda_obstacle("") is None
    assert nda_obstacle("5244000004") is not None
    assert nda_obstacle("5244000004A") is not None


@pytest.mark.parametrize(
    "name", ["Bilan & Cie", "Le BILAN de Zoé", "b\u200bilan conseil", "monbilan.fr", "Bílàn", "ﬁn de bilan"]
)
def test_a_sender_that_says_bilan_is_refused_however_it_is_written(name):
    assert neutral_name_obstacle(name).field == "nom_neutre"


@pytest.mark.parametrize("name", ["Zoé Lefèvre", "Cap & Jalons", "", "Billancourt Conseil", "Sybil Anglade"])
def test_a_sender_that_tells_nothing_is_accepted(name):
    assert neutral_name_obstacle(name) is None


def test_a_sender_that_a_mail_cannot_carry_says_which_signs_are_possible():
    assert neutral_name_obstacle("Cap, Jalons <x>").code == "nom_neutre_signes"
    assert neutral_name_obstacle("A" * 60).code == "nom_neutre_signes"


def test_the_name_of_the_law_is_recognised_under_its_disguises():
    for title in (
        "Bilan de compétences",
        "BILANS DE COMPETENCES",
        "bilan  de  compétence",
        "Bilan des compétences",
    ):
        assert says_bilan_de_competences(title)
    assert not says_bilan_de_competences("Bilan professionnel d’orientation")


def test_every_territory_has_a_time_zone_that_exists():
    assert set(FUSEAUX) == set(Territoire)
    assert all(zone(name) for name in FUSEAUX.values())
