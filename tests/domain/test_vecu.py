"""The line of a life: who chooses to write of health says so, and each moment stands at its place on the years."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jalon.domain.vecu import GenreVecu, Moment, draw, end_of, in_order, start_of, vecu_obstacles

_DATES = st.one_of(
    st.just(""),
    st.integers(1930, 2030).map(str),
    st.tuples(st.integers(1930, 2030), st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02d}"),
)
_MOMENTS = st.lists(
    st.tuples(_DATES, _DATES, st.booleans()).map(lambda d: Moment("", d[0], d[1], d[2])), max_size=12
).map(lambda found: [Moment(str(n), m.debut, m.fin, m.dure) for n, m in enumerate(found)])


def test_health_is_written_only_by_choice_and_says_its_source():
    assert vecu_obstacles(GenreVecu.FAMILLE, "2012", "", accord=False) == []
    assert vecu_obstacles(GenreVecu.SANTE, "2012", "", accord=True) == []
    (refused,) = vecu_obstacles(GenreVecu.SANTE, "2012", "", accord=False)
    assert (refused.field, refused.source) == ("accord", "RGPD, art. 9, 2, a")


def test_an_end_before_its_beginning_is_refused_and_the_same_year_is_not():
    assert [o.field for o in vecu_obstacles("emploi", "2019", "2012", accord=False)] == ["fin"]
    assert [o.field for o in vecu_obstacles("emploi", "2019-06", "2019-03", accord=False)] == ["fin"]
    assert vecu_obstacles("emploi", "2019", "2019", accord=False) == []
    assert vecu_obstacles("emploi", "2019-06", "2019", accord=False) == []


def test_a_year_lasts_until_its_december_and_a_month_until_its_end():
    assert (start_of("2012"), end_of("2012")) == (2012.0, 2013.0)
    assert start_of("2012-07") == 2012.5
    assert end_of("2012-06") == 2012.5


def test_the_drawing_has_the_same_moments_in_the_same_order_as_the_list():
    moments = [
        Moment("b", "2010", "2012"),
        Moment("rien", ""),
        Moment("a", "2001"),
        Moment("c", "2011", dure=True),
    ]
    drawn = draw(moments, "2020-06")
    assert (
        [t.reference for t in drawn.traits]
        == ["a", "b", "c", "rien"]
        == [m.reference for m in in_order(moments)]
    )
    a, b, c, rien = drawn.traits
    assert (drawn.premiere, drawn.derniere) == (2001, 2021)
    assert a.point
    assert a.de == a.a == 0
    assert (b.de, b.a) == (9 / 20, 12 / 20)
    assert (c.de, round(c.a, 3)) == (0.5, round(19.5 / 20, 3))
    assert rien.de is None


@settings(deadline=None)
@given(_MOMENTS)
def test_nothing_leaves_the_scale_and_few_years_are_written(moments):
    drawn = draw(moments, "2026-11")
    assert sorted(t.reference for t in drawn.traits) == sorted(m.reference for m in moments)
    for trait in drawn.traits:
        if trait.de is not None:
            assert 0 <= trait.de <= trait.a <= 1
    assert len(drawn.reperes) <= 7
    assert all(0 <= place <= 1 for _, place in drawn.reperes)
    assert all(drawn.premiere <= year <= drawn.derniere for year, _ in drawn.reperes)
