"""Projects by the person's own criteria: the sum is a sum, a blank is no zero, and what is said to change the order does."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.ponderation import NOTE_MAX, POIDS_MAX, Critere, say_change, say_totals, weigh

NOMS = {"a": "Fleuriste", "b": "Formatrice", "c": "Rester"}
_NOTES = st.fixed_dictionaries({p: st.integers(0, NOTE_MAX) for p in NOMS})
_CRITERES = st.lists(
    st.builds(Critere, nom=st.sampled_from("xyz"), poids=st.integers(0, POIDS_MAX), notes=_NOTES),
    min_size=1,
    max_size=5,
).map(lambda found: [replace(one, nom=f"{one.nom}{n}") for n, one in enumerate(found)])
SALAIRE = Critere("Salaire", 2, {"a": 2, "b": 4})
HORAIRES = Critere("Horaires", 5, {"a": 4, "b": 3})


def test_the_whole_computation_is_there():
    found = weigh(["a", "b"], [SALAIRE, HORAIRES])
    assert [(t.projet, t.points) for t in found.totaux] == [("a", 24), ("b", 23)]
    assert [ligne.points for ligne in found.totaux[0].lignes] == [4, 20]
    assert found.maximum == 35
    assert (
        say_totals(found, NOMS) == "Sur ces critères, « Fleuriste » arrive devant « Formatrice », de 1 point."
    )


def test_what_would_change_the_first_place_is_said_in_words():
    found = weigh(["a", "b"], [SALAIRE, HORAIRES])
    told = [say_change(one, found, NOMS) for one in found.poids]
    assert "L’ordre change si « Salaire » compte pour 3 au lieu de 2 : « Formatrice » passe devant." in told
    assert (
        "L’ordre change si « Horaires » compte pour 4 au lieu de 5 : « Fleuriste » et « Formatrice » arrivent à égalité."
        in told
    )
    marks = [say_change(one, found, NOMS) for one in found.notes]
    assert (
        "L’ordre change si vous mettez 3 au lieu de 4 à « Fleuriste » pour « Horaires » : « Formatrice » passe devant."
        in marks
    )
    firm = weigh(["a", "b"], [Critere("Tout", 5, {"a": 5, "b": 0}), Critere("Le reste", 3, {"a": 5, "b": 0})])
    assert firm.poids == firm.notes == ()


def test_a_criterion_without_all_its_marks_is_left_out_and_named():
    found = weigh(["a", "b"], [SALAIRE, Critere("Trajet", 5, {"a": 5})])
    assert found.muets == (("Trajet", ("b",)),)
    assert found.maximum == 10
    assert [t.projet for t in found.totaux] == ["b", "a"]
    assert weigh(["a", "b"], [Critere("Trajet", 5, {})]).totaux == ()


def test_equal_ones_are_said_to_be_equal_and_a_project_alone_has_nobody_before_it():
    same = weigh(["a", "b"], [Critere("Tout", 3, {"a": 2, "b": 2})])
    assert say_totals(same, NOMS) == "« Fleuriste » et « Formatrice » arrivent à égalité, avec 6 points."
    alone = weigh(["a"], [Critere("Tout", 3, {"a": 2})])
    assert (say_totals(alone, NOMS), alone.poids, alone.notes) == ("", (), ())


@settings(deadline=None)
@given(_CRITERES)
def test_the_total_is_the_sum_whatever_the_order_of_the_projects(criteres):
    found = weigh(list(NOMS), criteres)
    points = {t.projet: t.points for t in found.totaux}
    assert points == {p: sum(c.poids * c.notes[p] for c in criteres) for p in NOMS}
    assert [t.points for t in found.totaux] == sorted(points.values(), reverse=True)
    assert max(points.values()) <= found.maximum
    other = weigh(list(NOMS)[::-1], criteres)
    assert {t.projet: t.points for t in other.totaux} == points
    assert set(other.premiers) == set(found.premiers)


@settings(deadline=None)
@given(_CRITERES)
def test_a_weight_that_is_said_to_change_the_first_place_does_and_none_nearer(criteres):
    found = weigh(list(NOMS), criteres)

    def first_with(nom, poids):
        moved = [replace(c, poids=poids) if c.nom == nom else c for c in criteres]
        return set(weigh(list(NOMS), moved).premiers)

    told = {(b.critere, b.a > b.de): b for b in found.poids}
    for one in criteres:
        for up in (False, True):
            b = told.get((one.nom, up))
            reach = b.a if b else (POIDS_MAX if up else 0)
            between = (
                range(one.poids + 1, reach + (0 if b else 1))
                if up
                else range(reach + (1 if b else 0), one.poids)
            )
            assert all(first_with(one.nom, w) == set(found.premiers) for w in between)
            if b:
                assert first_with(b.critere, b.a) == set(b.premiers) != set(found.premiers)


@settings(deadline=None)
@given(_CRITERES)
def test_a_mark_that_is_said_to_change_the_first_place_does(criteres):
    found = weigh(list(NOMS), criteres)
    for b in found.notes:
        assert abs(b.a - b.de) == 1
        moved = [replace(c, notes={**c.notes, b.projet: b.a}) if c.nom == b.critere else c for c in criteres]
        assert set(weigh(list(NOMS), moved).premiers) == set(b.premiers) != set(found.premiers)
