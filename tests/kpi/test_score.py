from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi.figures import median_of, share
from kpi.score import (
    Category,
    Prior,
    Reading,
    Target,
    adjusted,
    default_plan,
    prior,
    reading,
    score,
)

PLAN = default_plan(reply_limit=300)
FULL = {
    "professional_share": Reading(90, 20, 5),  # 80 points
    "evaluation_score": Reading(75, 3, 3),  # 50
    "confirmed_share": Reading(75, 12, 5),  # 50
    "fcr": Reading(80, 40, 10),  # 100
    "first_response_time": Reading(200, 63, 10),  # 50
    "overdue_share": Reading(2, 186, 10),  # 120
    "csat": Reading(90, 42, 5),  # 100
    "nps": Reading(25, 14, 10),  # 50
    "repeat_share": Reading(30, 50, 10),  # 0
    "goal_progress": Reading(70, 2, 1),  # 70
    "diary_completeness": Reading(95, 30, 5),  # 100
    "ideas_accepted": Reading(0, 0, 0),  # 0
}


@pytest.mark.parametrize(
    ("value", "floor", "target", "points"),
    [
        (75, 60, 90, 50),
        (60, 60, 90, 0),
        (10, 60, 90, 0),
        (90, 60, 90, 100),
        (100, 60, 90, 120),
        (300, 300, 100, 0),
        (200, 300, 100, 50),
        (60, 300, 100, 120),
        (2, 20, 5, 120),
    ],
)
def test_points(value: float, floor: float, target: float, points: float) -> None:
    assert Target(floor, target).points(value) == pytest.approx(points)


def test_a_target_at_its_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="the same"):
        Target(50, 50)


def test_a_full_week_by_hand() -> None:
    result = score(FULL, PLAN)
    assert {part.category: part.points for part in result.categories} == pytest.approx(
        {
            Category.COMMUNICATION: 65,
            Category.PROBLEM_SOLVING: 80,
            Category.SATISFACTION: 50,
            Category.DEVELOPMENT: 85,
            Category.INITIATIVE: 0,
        }
    )
    assert result.value == pytest.approx(0.25 * 65 + 0.25 * 80 + 0.3 * 50 + 0.1 * 85)
    assert (result.spread, result.needs) == ((), ())


def test_what_is_missing_is_spread_not_zero() -> None:
    kept = ("confirmed_share", "first_response_time", "overdue_share", "csat")
    week = {metric: FULL[metric] for metric in kept}
    week["confirmed_share"] = Reading(75, 4, 5)
    result = score(week, PLAN)
    assert result.value == pytest.approx((25 * 85 + 30 * 100) / 55)
    assert result.spread == (Category.COMMUNICATION, Category.DEVELOPMENT, Category.INITIATIVE)
    assert result.needs == ()
    solving = result.categories[1]
    assert [metric.weight for metric in solving.metrics] == [0, 0, 0.5, 0.5]
    assert (solving.share, solving.kept) == (25 / 55, True)
    assert not result.categories[0].kept


def test_without_half_the_weight_there_is_no_score_and_it_says_what_it_needs() -> None:
    result = score(
        {
            "csat": Reading(66.7, 3, 5),
            "first_response_time": Reading(90, 4, 10),
            "goal_progress": Reading(60, 1, 1),
            "ideas_accepted": Reading(0, 0, 0),
        },
        PLAN,
    )
    assert result.value is None
    assert [(need.metric, need.n, need.least_n) for need in result.needs] == [
        ("csat", 3, 5),
        ("first_response_time", 4, 10),
    ]
    assert [part.points for part in result.categories] == [None, None, None, 60, 0]


def test_a_figure_is_read_in_the_unit_of_its_target() -> None:
    assert reading(share(37, 42, 5)) == Reading(100 * (37 / 42), 42, 5)
    assert reading(median_of([170.0] * 10, 10)) == Reading(170.0, 10, 10)
    assert reading(share(0, 0, 5)) == Reading(None, 0, 5)
    assert reading(share(0, 10, 5), Prior(0.9, 10)) == Reading(45.0, 10, 5)


def test_shrinkage_by_hand() -> None:
    team = prior([(45, 50), (30, 50), (40, 50)])
    p, between, within = Fraction(115, 150), Fraction(0), Fraction(0)
    for x in (45, 30, 40):
        between += 50 * (Fraction(x, 50) - p) ** 2 / 2
        within += x * (1 - Fraction(x, 50)) / 147
    rho = (between - within) / (between + 49 * within)
    assert team is not None
    assert (team.share, team.m) == pytest.approx((float(p), float((1 - rho) / rho)))
    assert adjusted(2, 5, team) == pytest.approx((2 + team.m * team.share) / (5 + team.m))


@pytest.mark.parametrize(
    ("answers", "m"),
    [
        pytest.param([(9, 10), (0, 0), (5, 10)], None, id="two with answers"),
        pytest.param([(9, 10), (9, 10), (9, 10)], 200, id="all alike"),
        pytest.param([(10, 10), (10, 10), (10, 10)], 200, id="all perfect: undefined"),
        pytest.param([(1, 1), (0, 1), (1, 1)], 200, id="one answer each: undefined"),
        pytest.param([(100, 100), (0, 100), (100, 100)], 5, id="worlds apart"),
    ],
)
def test_how_far_the_team_is_believed(answers: list[tuple[int, int]], m: float | None) -> None:
    team = prior(answers)
    assert (None if team is None else team.m) == m


READINGS = st.dictionaries(
    st.sampled_from(sorted(FULL)),
    st.builds(
        Reading,
        st.one_of(st.none(), st.floats(-100, 1000)),
        st.integers(0, 30),
        st.integers(0, 10),
    ),
)


@given(READINGS)
def test_a_score_lies_within_its_categories(week: dict[str, Reading]) -> None:
    result = score(week, PLAN)
    points = [part.points for part in result.categories if part.points is not None]
    weight = sum(part.weight for part in result.categories if part.points is not None)
    assert (result.value is not None) is (weight >= 50)
    assert all(0 <= p <= 120 for p in points)
    if result.value is not None:
        assert min(points) - 1e-9 <= result.value <= max(points) + 1e-9
        assert sum(part.share for part in result.categories) == pytest.approx(1)


@given(READINGS, st.sampled_from(["csat", "fcr"]), st.floats(0, 120), st.floats(0, 50))
def test_more_is_never_worth_less(
    week: dict[str, Reading], metric: str, value: float, more: float
) -> None:
    before, after = (
        score({**week, metric: Reading(x, 10, 10)}, PLAN).value for x in (value, value + more)
    )
    assert (before is None) is (after is None)
    assert before is None or after is None or after >= before - 1e-9


GROUPS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=8
)


@given(GROUPS, st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_adjusting_draws_towards_the_team(
    answers: list[tuple[int, int]], mine: tuple[int, int]
) -> None:
    team, (hits, n) = prior(answers), mine
    assume(team is not None and n > 0)
    assert team is not None
    assert 5 <= team.m <= 200
    low, high = sorted((hits / n, team.share))
    assert low - 1e-12 <= adjusted(hits, n, team) <= high + 1e-12
