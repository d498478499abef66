import json
from math import ceil, isclose
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kpi.figures import (
    Change,
    Count,
    Direction,
    Figure,
    Mean,
    Share,
    change,
    count,
    figure_from_json,
    mean,
    median_of,
    newcombe,
    share,
    welch,
    wilson,
)
from kpi.quantiles import order_interval, t_quantile

SHARES = st.integers(0, 400).flatmap(
    lambda n: st.integers(0, n).map(lambda hits: share(hits, n, 10))
)
STARS = st.lists(st.integers(1, 5), max_size=60)
SECONDS = st.lists(st.floats(0, 1e6), max_size=80)


@given(st.floats(0.75, 0.9999), st.floats(0.8, 1e5))
def test_students_t_is_scipys(p: float, freedom: float) -> None:
    assert t_quantile(p, freedom) == pytest.approx(stats.t.ppf(p, freedom), rel=1e-7, abs=1e-9)


@given(st.integers(0, 3000), st.sampled_from([0.5, 0.9]))
def test_ranks_are_scipys(n: int, q: float) -> None:
    lower, upper = order_interval(n, q)
    low, top = lower or 0, n + 1 if upper is None else upper
    assert stats.binom.cdf(low - 1, n, q) <= 0.025 < stats.binom.cdf(low, n, q)
    assert stats.binom.sf(top - 1, n, q) <= 0.025 < stats.binom.sf(top - 2, n, q)


@pytest.mark.parametrize(
    ("n", "ranks"),
    [(0, (None, None)), (5, (None, None)), (6, (1, 6)), (10, (2, 9)), (25, (8, 18))],
)
def test_the_medians_ranks_are_the_tables(n: int, ranks: tuple[int | None, int | None]) -> None:
    assert order_interval(n, 0.5) == ranks  # Conover, table A3


@given(SHARES)
def test_wilson_is_scipys_and_holds_the_share(figure: Share) -> None:
    if figure.value is None:
        assert (figure.n, figure.low, figure.high, figure.enough) == (0, 0.0, 1.0, False)
        return
    known = stats.binomtest(figure.hits, figure.n).proportion_ci(method="wilson")
    assert (figure.low, figure.high) == pytest.approx((known.low, known.high), abs=1e-12)
    assert figure.low is not None
    assert figure.high is not None
    assert 0 <= figure.low <= figure.value <= figure.high <= 1
    assert figure.enough is (figure.n >= 10)


def test_newcombes_own_example() -> None:
    low, high = newcombe(share(56, 70, 0), share(48, 80, 0))
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@given(STARS)
def test_a_mean_is_scipys_cut_to_the_scale(stars: list[int]) -> None:
    figure = mean(stars, 5, (1, 5))
    assert sum(figure.distribution.values()) == figure.n == len(stars)
    if len(set(stars)) < 2:
        assert (figure.low, figure.high) == (None, None)
        return
    low, high = stats.t.interval(
        0.95, len(stars) - 1, loc=sum(stars) / len(stars), scale=stats.sem(stars)
    )
    assert (figure.low, figure.high) == pytest.approx((max(1, low), min(5, high)))
    assert figure.value is not None
    assert figure.low is not None
    assert figure.low <= figure.value


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy, where one side is all equal
@given(
    st.lists(st.integers(1, 5), min_size=3, max_size=40),
    st.lists(st.integers(1, 5), min_size=3, max_size=40),
)
def test_welch_is_scipys(now: list[int], before: list[int]) -> None:
    low, high = welch(mean(now, 0, (1, 5)), mean(before, 0, (1, 5)))
    if len(set(now)) == len(set(before)) == 1:
        assert (low, high) == (float("-inf"), float("inf"))
        return
    known = stats.ttest_ind(now, before, equal_var=False).confidence_interval()
    assert (low, high) == pytest.approx((known.low, known.high))


@given(SECONDS)
def test_a_median_and_its_ranks(seconds: list[float]) -> None:
    figure, ordered = median_of(seconds, 10), sorted(seconds)
    if figure.value is None:
        assert (figure.n, figure.mean, figure.p90) == (0, None, None)
        return
    assert figure.value == median(ordered)
    assert figure.p90 == ordered[ceil(0.9 * len(ordered)) - 1]
    assert figure.mean is not None
    assert isclose(figure.mean, sum(ordered) / len(ordered), abs_tol=1e-6)
    assert (figure.low is None) is (figure.high is None) is (len(seconds) < 6)
    if figure.low is not None and figure.high is not None:
        assert figure.low <= figure.value <= figure.high
    assert (figure.p90_low is None) is (len(seconds) < 30)


def test_ten_answers_by_hand() -> None:
    figure = median_of([50, 10, 20, 30, 40, 60, 70, 80, 90, 100], 10)
    assert (figure.value, figure.low, figure.high) == (55, 20, 90)
    assert (figure.mean, figure.p90, figure.p90_low) == (55, 90, None)


FIGURES: st.SearchStrategy[Figure] = st.one_of(
    SHARES,
    STARS.map(lambda stars: mean(stars, 5, (1, 5), {"excluded": 2})),
    SECONDS.map(lambda seconds: median_of(seconds, 10, {"not_answered": 3})),
    st.integers(0, 99).map(count),
)


@given(FIGURES)
def test_what_was_pushed_comes_back_as_it_was(figure: Figure) -> None:
    assert figure_from_json(json.loads(json.dumps(figure.to_json()))) == figure


def test_a_figure_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="not a mean"):
        Mean.from_json(count(1).to_json())


@pytest.mark.parametrize(
    ("now", "before", "direction", "became"),
    [
        (share(38, 40, 10), share(20, 40, 10), Direction.UP, Change.BETTER),
        (share(38, 40, 10), share(20, 40, 10), Direction.DOWN, Change.WORSE),
        (share(2, 40, 10), share(20, 40, 10), Direction.DOWN, Change.BETTER),
        (share(37, 42, 5), share(33, 40, 5), Direction.UP, Change.NONE),
        (share(38, 40, 10), share(0, 9, 10), Direction.UP, Change.UNKNOWN),
        (median_of([100.0] * 20, 10), median_of([200.0] * 20, 10), Direction.DOWN, Change.BETTER),
        (median_of([200.0] * 20, 10), median_of([200.0] * 20, 10), Direction.DOWN, Change.NONE),
        (mean([5] * 9 + [4], 5, (1, 5)), mean([1] * 9 + [2], 5, (1, 5)), *("up", "better")),
        (mean([5] * 9, 5, (1, 5)), mean([1] * 9, 5, (1, 5)), Direction.UP, Change.NONE),
        (count(9), count(1), Direction.NEITHER, Change.UNKNOWN),
        (share(38, 40, 10), share(20, 40, 10), Direction.NEITHER, Change.NONE),
    ],
)
def test_a_change_is_said_only_beyond_chance(
    now: Figure, before: Figure, direction: str, became: str
) -> None:
    assert change(now, before, Direction(direction)) == became


@given(SHARES, SHARES)
@settings(max_examples=200)
def test_a_change_and_its_way_back(now: Share, before: Share) -> None:
    forth = change(now, before, Direction.UP)
    back = change(before, now, Direction.UP)
    mirror = {Change.BETTER: Change.WORSE, Change.WORSE: Change.BETTER}
    assert back == mirror.get(forth, forth)
    assert change(now, before, Direction.DOWN) == back
    surer = change(now, before, Direction.UP, confidence=0.99)
    assert surer in {forth, Change.NONE}


def test_surer_is_wider() -> None:
    low, high = wilson(37, 42, 0.99)
    figure = share(37, 42, 5)
    assert figure.low is not None
    assert figure.high is not None
    assert low < figure.low < figure.high < high


def test_reasons_that_left_nothing_out_are_not_told() -> None:
    assert share(1, 2, 5, {"excluded": 0, "open": 3}).left_out == {"open": 3}
    assert isinstance(count(0), Count)
    assert count(0).enough
