"""Operators beside each other, checked against scipy."""

from collections.abc import Mapping
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kpi.comparison import (
    Against,
    Standing,
    discoveries,
    of_means,
    of_medians,
    of_shares,
    standings,
    welch_p,
)
from kpi.figures import Direction, Share, mean, median_of, newcombe, share

PS = st.dictionaries(st.integers(0, 40), st.floats(0, 1), min_size=1, max_size=40)
SHARES = st.dictionaries(
    st.integers(1, 9),
    st.integers(0, 60).flatmap(lambda n: st.builds(lambda h: share(h, n, 5), st.integers(0, n))),
    min_size=1,
)
STARS = st.lists(st.integers(1, 5), min_size=5, max_size=40)
TIMES = st.lists(st.integers(0, 30).map(float), min_size=10, max_size=40)


@given(PS)
def test_discoveries_are_scipys(ps: dict[int, float]) -> None:
    adjusted = stats.false_discovery_control(list(ps.values()))
    known = {who for who, p in zip(ps, adjusted, strict=True) if p <= 0.10}
    near = {who for who, p in zip(ps, adjusted, strict=True) if abs(p - 0.10) < 1e-12}
    assert discoveries(ps) ^ known <= near


def test_discoveries_by_hand() -> None:
    ps = {"a": 0.001, "b": 0.039, "c": 0.059, "d": 0.2, "e": 0.9}
    assert discoveries(ps) == {"a", "b", "c"}  # against 0.02, 0.04, 0.06, 0.08, 0.10
    assert discoveries({**ps, "c": 0.061}) == {"a", "b"}
    assert discoveries({}) == frozenset()


@given(SHARES)
def test_a_share_is_against_the_sum_of_the_others(figures: dict[int, Share]) -> None:
    for who, against in of_shares(figures).items():
        rest = [each for other, each in figures.items() if other != who]
        hits, n = sum(each.hits for each in rest), sum(each.n for each in rest)
        assert against.rest == (hits / n if n else None)
        own = figures[who]
        assert (against.p is None) is (own.n < 5 or n < 5)
        if against.p is not None and 1e-9 < against.p < 0.99:
            low, high = newcombe(own, share(hits, n, 5), 1 - against.p)
            assert min(abs(low), abs(high)) < 1e-6, "the interval just reaches zero"


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy, where one side is all equal
@given(STARS, STARS)
def test_means_are_by_welch(one: list[int], other: list[int]) -> None:
    a, b = mean(one, 5, (1, 5)), mean(other, 5, (1, 5))
    if len(set(one)) == len(set(other)) == 1:
        assert welch_p(a, b) == 1
        return
    known = stats.ttest_ind(one, other, equal_var=False).pvalue
    against = of_means({1: a, 2: b}, (1, 5))
    assert against[1].p == pytest.approx(known, abs=1e-9)
    assert against[1].p == pytest.approx(against[2].p)
    assert against[1].rest == b.value


@given(TIMES, TIMES, TIMES)
def test_medians_are_by_ranks(one: list[float], two: list[float], three: list[float]) -> None:
    values = {1: one, 2: two, 3: three}
    found = of_medians({who: median_of(each, 10) for who, each in values.items()}, values)
    assert found[1].rest == pytest.approx(median(two + three))
    if len({*one, *two, *three}) == 1:
        assert found[1].p == 1
        return
    known = stats.mannwhitneyu(one, two + three, method="asymptotic").pvalue
    assert found[1].p == pytest.approx(min(1, known), abs=1e-9)


def team(*shares: tuple[int, int]) -> Mapping[int, tuple[Against, Direction]]:
    found = of_shares({n: share(hits, of, 5) for n, (hits, of) in enumerate(shares)})
    return {who: (against, Direction.UP) for who, against in found.items()}


def test_three_groups_and_little_data() -> None:
    assert standings(team((95, 100), (80, 100), (50, 100), (80, 100), (3, 4))) == {
        0: Standing.ABOVE,
        1: Standing.LEVEL,
        2: Standing.BELOW,
        3: Standing.LEVEL,
        4: Standing.LITTLE,
    }


def test_less_is_better_turns_it_around() -> None:
    page = {
        who: (against, Direction.DOWN) for who, (against, _) in team((95, 100), (50, 100)).items()
    }
    assert standings(page) == {0: Standing.BELOW, 1: Standing.ABOVE}


@pytest.mark.parametrize("shares", [[(10, 10)], [(10, 10), (0, 0)], [(8, 10), (8, 10)]])
def test_who_has_nobody_to_be_compared_with_does_not_stand_out(
    shares: list[tuple[int, int]],
) -> None:
    assert set(standings(team(*shares)).values()) <= {Standing.LEVEL, Standing.LITTLE}


def test_a_team_of_equals_is_mostly_level() -> None:
    dice = Random(7)  # noqa: S311
    pages = 200
    false = 0
    for _ in range(pages):
        shares = [(sum(dice.random() < 0.8 for _ in range(40)), 40) for _ in range(12)]
        false += any(each is not Standing.LEVEL for each in standings(team(*shares)).values())
    assert false <= 0.15 * pages, "one page in ten at most names somebody by luck"
