"""Lines of a parcours: their sums are computed, in three counters."""

from hypothesis import given
from hypothesis import strategies as st

from jalon.domain.parcours import LEGAL_PHASES, Heures, Ligne, Nature, Phase, sum_lignes

lignes = st.builds(
    Ligne,
    phase=st.sampled_from(Phase),
    nature=st.sampled_from(Nature),
    nombre=st.integers(0, 12),
    minutes=st.integers(1, 480),
    collectif=st.booleans(),
)


def test_sixteen_hours_of_interviews_and_eight_of_personal_work_make_twenty_four():
    found = sum_lignes(
        [
            Ligne(Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
            Ligne(Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 4, 120),
            Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 300),
            Ligne(Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 3, 120),
            Ligne(Phase.CONCLUSIONS, Nature.TRAVAIL_PERSONNEL, 1, 180),
        ]
    )
    assert found == Heures(accompagnement=960, travail_personnel=480, suivi=0)
    assert found.total == 24 * 60


def test_the_hours_announced_as_twenty_four_by_one_provider_are_twenty_six():
    """1×2 + 4×2 + 7 + 3×2 + 3, as a provider printed it."""
    found = sum_lignes(
        [
            Ligne(Phase.PRELIMINAIRE, Nature.ACCOMPAGNEMENT, 1, 120),
            Ligne(Phase.INVESTIGATION, Nature.ACCOMPAGNEMENT, 4, 120),
            Ligne(Phase.INVESTIGATION, Nature.TRAVAIL_PERSONNEL, 1, 420),
            Ligne(Phase.CONCLUSIONS, Nature.ACCOMPAGNEMENT, 3, 120),
            Ligne(Phase.CONCLUSIONS, Nature.TRAVAIL_PERSONNEL, 1, 180),
        ]
    )
    assert found.total == 26 * 60


@given(st.lists(lignes, max_size=20))
def test_the_follow_up_never_counts_in_the_total_and_nothing_else_is_lost(found):
    heures = sum_lignes(found)
    assert heures.total == sum(x.total for x in found if x.nature != Nature.SUIVI)
    assert heures.suivi == sum(x.total for x in found if x.nature == Nature.SUIVI)


def test_each_word_of_the_code_has_its_french_label():
    assert [p.label for p in LEGAL_PHASES] == [
        "Phase préliminaire",
        "Phase d’investigation",
        "Phase de conclusions",
    ]
    assert Nature("travail_personnel") is Nature.TRAVAIL_PERSONNEL
