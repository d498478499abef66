"""A plan as it is agreed on: what is scored, how much it weighs, from where to where it goes."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kpi.catalogue import CATALOGUE, Unit
from kpi.figures import Direction
from kpi.score import Category, Plan, Reading, Target

OWN_WORTH = 0.75
"""Of 100 points: what an operator's own last quarter is worth in a plan that begins with it."""
STEPS = {Unit.SECONDS: 5.0, Unit.NET: 5.0}
"""To what a proposal is rounded; everything else to whole numbers."""
BOUNDS = {
    Unit.PERCENT: (0.0, 100.0),
    Unit.SECONDS: (5.0, 86_400.0),
    Unit.NET: (-100.0, 100.0),
}
"""What can be reached at all, in the unit of a target."""
MOST_WEIGHT = 100.0


class Misfit(StrEnum):
    """Why a plan cannot be so."""

    SAME = "same"
    """Floor and target: no value would be better than another."""
    TURNED = "turned"
    """The floor is the better of the two."""
    BEYOND = "beyond"
    """Nobody can be there."""
    WEIGHT = "weight"
    """Beyond 0 to 100, or nothing weighs anything."""
    NUMBERS = "numbers"
    """It was not two numbers."""


class Unfit(ValueError):
    def __init__(self, why: Misfit) -> None:
        super().__init__(why)
        self.why = why


def beginning(team: Plan, own: Mapping[str, Reading]) -> Plan:
    """The team's plan moved to where somebody is: what they do now is worth 75 points, and 100 is
    as far from 0 as in the team's. What there is too little data of stays as the team has it."""
    targets = {
        category: {metric: _from_own(metric, target, own) for metric, target in metrics.items()}
        for category, metrics in team.targets.items()
    }
    return replace(team, targets=targets)


def _from_own(metric: str, team: Target, own: Mapping[str, Reading]) -> Target:
    now = own.get(metric)
    if metric not in CATALOGUE or now is None or not now.enough or now.value is None:
        return team
    unit, span = CATALOGUE[metric].unit, team.target - team.floor
    floor, target = (
        _round(unit, now.value - OWN_WORTH * span),
        _round(unit, now.value + (1 - OWN_WORTH) * span),
    )
    return team if floor == target else replace(team, floor=floor, target=target)


def _round(unit: Unit, value: float) -> float:
    step = STEPS.get(unit, 1.0)
    low, high = BOUNDS.get(unit, (0.0, float("inf")))
    return min(high, max(low, step * round(value / step)))


def find(plan: Plan, metric: str) -> tuple[Category, Target] | None:
    """Where a metric is scored; None: it is left out."""
    for category, metrics in plan.targets.items():
        if metric in metrics:
            return category, metrics[metric]
    return None


def with_target(plan: Plan, category: Category, metric: str, given: Target) -> Plan:
    """The metric counts so from now on. Errors: Unfit."""
    about = CATALOGUE[metric]
    low, high = BOUNDS.get(about.unit, (0.0, float("inf")))
    if not all(low <= end <= high for end in (given.floor, given.target)):
        raise Unfit(Misfit.BEYOND)
    if (given.target > given.floor) != (about.direction is Direction.UP):
        raise Unfit(Misfit.TURNED)
    if not 0 < given.weight <= MOST_WEIGHT:
        raise Unfit(Misfit.WEIGHT)
    metrics = {**plan.targets.get(category, {}), metric: given}
    return replace(plan, targets={**plan.targets, category: metrics})


def without(plan: Plan, metric: str) -> Plan:
    """The metric is shown and not scored."""
    targets = {
        category: {name: target for name, target in metrics.items() if name != metric}
        for category, metrics in plan.targets.items()
    }
    return replace(plan, targets=targets)


def with_weight(plan: Plan, category: Category, weight: float) -> Plan:
    """Errors: Unfit."""
    if not 0 <= weight <= MOST_WEIGHT:
        raise Unfit(Misfit.WEIGHT)
    return replace(plan, weights={**plan.weights, category: weight})


def check(plan: Plan) -> None:
    """Whether anybody could be scored by it. Errors: Unfit."""
    if not any(weight and plan.targets.get(each) for each, weight in plan.weights.items()):
        raise Unfit(Misfit.WEIGHT)


def to_json(plan: Plan) -> dict[str, Any]:
    """Plain values; `from_json` brings the same plan back."""
    return {
        "weights": {category.value: weight for category, weight in plan.weights.items()},
        "targets": {
            category.value: {
                metric: [target.floor, target.target, target.weight]
                for metric, target in metrics.items()
            }
            for category, metrics in plan.targets.items()
        },
    }


def from_json(stored: Mapping[str, Any]) -> Plan:
    return Plan(
        weights=MappingProxyType({Category(k): v for k, v in stored["weights"].items()}),
        targets=MappingProxyType(
            {
                Category(k): {metric: Target(*given) for metric, given in metrics.items()}
                for k, metrics in stored["targets"].items()
            }
        ),
    )
