"""Cells of three at least that never overlap: whatever is published, no subtraction leaves one or two people."""

from itertools import product

import pytest

from jalon.domain.regards import SEUIL, Groupe, cells, is_plausible, is_signature, scatter, views

G = list(Groupe)


def _counts(numbers):
    return dict(zip(G, numbers, strict=False))


def test_two_answers_show_nothing_and_three_show_one_cell():
    assert cells(_counts([1, 1])) == ()
    (only,) = cells(_counts([2, 1]))
    assert (only.groupes, only.reponses) == ((G[0], G[1]), 3)


def test_a_group_of_three_and_one_person_alone_are_read_together():
    """«Pairs» of three beside «all» of four would give the fourth by subtraction."""
    (only,) = cells(_counts([3, 1]))
    assert only.reponses == 4


def test_two_small_groups_join_the_smallest_of_the_large_ones():
    found = {c.code: c.reponses for c in cells(_counts([5, 3, 1, 1]))}
    assert found == {"pairs": 5, "hierarchie+equipe+clients": 5}


def test_small_groups_that_are_three_together_leave_the_large_one_alone():
    found = {c.code: c.reponses for c in cells(_counts([4, 2, 1]))}
    assert found == {"pairs": 4, "hierarchie+equipe": 3}


@pytest.mark.parametrize("numbers", [*product(range(5), repeat=3), (9, 1, 0, 2), (3, 3, 3, 2), (1, 1, 1, 1)])
def test_whatever_is_published_every_cell_holds_three_and_each_group_is_in_one_cell_only(numbers):
    counts = _counts(numbers)
    found = cells(counts)
    assert all(cell.reponses >= SEUIL for cell in found)
    held = [g for cell in found for g in cell.groupes]
    assert len(held) == len(set(held))
    if sum(numbers) >= SEUIL:
        assert sum(cell.reponses for cell in found) == sum(numbers)
        assert set(held) == {g for g, n in counts.items() if n}
    else:
        assert found == ()


def test_the_threshold_holds_scale_by_scale():
    found = cells(_counts([3, 3]))
    notes = {G[0]: [1.0, 2.0, 3.0], G[1]: [5.0, 5.0, None]}
    (seen,) = views(found, notes)
    # Two people have a value in the second group: it is in no figure, not even in «all».
    assert (seen.cellule, seen.moyenne, seen.n) == ("pairs", 2.0, 3)
    full = views(found, {**notes, G[1]: [5.0, 5.0, 2.0]})
    assert [(v.cellule, v.moyenne, v.n) for v in full] == [
        ("pairs", 2.0, 3),
        ("hierarchie", 4.0, 3),
        ("", 3.0, 6),
    ]


def test_one_figure_alone_tells_the_spread_of_the_whole_result():
    found = cells(_counts([3]))
    variance, degrees = scatter(
        found, [{G[0]: [1.0, 2.0, 3.0]}, {G[0]: [4.0, 4.0, 4.0]}, {G[0]: [1.0, None, 5.0]}]
    )
    assert (variance, degrees) == (0.5, 4)


@pytest.mark.parametrize("name", ["Nadia", "Nadia Kessel", "Anne-Marie d’Aubigné", "Jean-Noël L. Petit"])
def test_a_name_may_leave_in_a_mail(name):
    assert is_signature(name)


@pytest.mark.parametrize(
    "text",
    ["", "a@b.fr", "Nadia\nBcc: x", "je ne supporte plus mon chef du tout", "Nadia <b>", "12 rue", "N" * 61],
)
def test_what_is_no_name_may_not(text):
    assert not is_signature(text)


def test_an_address_has_a_name_and_a_domain():
    assert is_plausible("a.b@exemple.fr")
    assert not any(is_plausible(x) for x in ("", "a@b", "a b@c.fr", "a@b..fr", "@b.fr"))
