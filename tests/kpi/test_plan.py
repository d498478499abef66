"""A plan begins at what somebody does now, and can only be what can be reached."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import plan_numbers
from kpi import plan
from kpi.catalogue import CATALOGUE, Unit
from kpi.figures import Direction
from kpi.plan import BOUNDS, Misfit, Unfit
from kpi.score import Category, Reading, Target, default_plan

TEAM = default_plan(reply_limit=300)
SCORED = [m for part in TEAM.targets.values() for m in part if m in CATALOGUE]


def reading(value: float) -> Reading:
    return Reading(value, 100, 10)


def test_what_somebody_does_now_is_worth_75_points() -> None:
    begun = plan.beginning(TEAM, {"csat": reading(80), "first_response_time": reading(200)})
    satisfied = begun.targets[Category.SATISFACTION]["csat"]
    assert (satisfied.floor, satisfied.target) == (58, 88)  # 80 - 22.5, 80 + 7.5
    assert round(satisfied.points(80)) == 73  # whole numbers cost two points
    first = begun.targets[Category.PROBLEM_SOLVING]["first_response_time"]
    assert (first.floor, first.target) == (350, 150)
    assert first.points(200) == 75


def test_too_little_data_begins_as_the_team_has_it() -> None:
    begun = plan.beginning(TEAM, {"csat": Reading(20, 3, 5)})
    assert begun == plan.beginning(TEAM, {}) == TEAM


@given(metric=st.sampled_from(SCORED), value=st.floats(-100, 100_000))
def test_a_beginning_is_always_a_plan_one_could_write(metric: str, value: float) -> None:
    low, high = BOUNDS.get(CATALOGUE[metric].unit, (0.0, 1e9))
    value = min(high, max(low, value))
    begun = plan.beginning(TEAM, {metric: reading(value)})
    found = plan.find(begun, metric)
    assert found is not None
    category, target = found
    assert plan.with_target(begun, category, metric, target) == begun
    assert (target.target > target.floor) == (CATALOGUE[metric].direction is Direction.UP)
    if low < target.floor < high:  # nothing was cut off where it begins
        assert 60 <= target.points(value) <= 120
    plan.check(begun)


def test_it_comes_back_as_it_was_kept() -> None:
    changed = plan.without(plan.with_weight(TEAM, Category.INITIATIVE, 0), "nps")
    assert plan.from_json(json.loads(json.dumps(plan.to_json(changed)))) == changed


@pytest.mark.parametrize(
    ("words", "unit", "floor", "target", "weight"),
    [
        ("60 90", Unit.PERCENT, 60, 90, 1),
        ("60 % → 90%", Unit.PERCENT, 60, 90, 1),
        ("от 62,5 до 91 ×2", Unit.PERCENT, 62.5, 91, 2),
        ("-10 50 x0,5", Unit.NET, -10, 50, 0.5),
        ("5:00 1:40", Unit.SECONDS, 300, 100, 1),
        ("5 мин 90 с", Unit.SECONDS, 300, 90, 1),
        ("from 5 minutes to 100 seconds x 3", Unit.SECONDS, 300, 100, 3),
        ("1 ч, 2:30", Unit.SECONDS, 3600, 150, 1),
    ],
)
def test_numbers_as_people_write_them(
    words: str, unit: Unit, floor: float, target: float, weight: float
) -> None:
    assert plan_numbers.target(words, unit, 1) == Target(floor, target, weight)


@pytest.mark.parametrize(
    ("words", "unit"),
    [("", Unit.PERCENT), ("60", Unit.PERCENT), ("1 2 3", Unit.PERCENT), ("5 2", Unit.SECONDS)],
)
def test_what_is_not_two_numbers_is_asked_again(words: str, unit: Unit) -> None:
    with pytest.raises(Unfit) as caught:
        plan_numbers.target(words, unit, 1)
    assert caught.value.why is Misfit.NUMBERS


@given(st.text(max_size=60), st.sampled_from(list(Unit)))
def test_no_words_break_it(words: str, unit: Unit) -> None:
    try:
        given = plan_numbers.target(words, unit, 1)
    except Unfit:
        return
    assert given.floor != given.target
