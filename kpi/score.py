"""The personal score: points against agreed targets, in five categories."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from types import MappingProxyType

from kpi.figures import Figure, MeanPart, Share

MOST_POINTS = 120.0
LEAST_WEIGHT = 0.5
"""The part of all weights that must have data, or there is no score."""
LEAST_OPERATORS = 3
LEAST_PRIOR, MOST_PRIOR = 5.0, 200.0


class Category(StrEnum):
    COMMUNICATION = "communication"
    PROBLEM_SOLVING = "problem_solving"
    SATISFACTION = "satisfaction"
    DEVELOPMENT = "development"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Target:
    """What one metric earns, in its own unit as shown: percent 0 to 100, seconds, ideas."""

    floor: float
    """Worth 0 points. For a metric of which less is better it is the larger of the two."""
    target: float
    """Worth 100 points."""
    weight: float = 1.0
    """Within its category."""

    def __post_init__(self) -> None:
        if self.floor == self.target:
            raise ValueError(
                "floor and target are the same: no value would be better than another"
            )

    def points(self, value: float) -> float:
        """0 to 120, so that going past a target shows."""
        reached = 100 * (value - self.floor) / (self.target - self.floor)
        return min(MOST_POINTS, max(0.0, reached))


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operator is scored by."""

    weights: Mapping[Category, float]
    targets: Mapping[Category, Mapping[str, Target]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value as the score takes it, in the unit of its target."""

    value: float | None
    n: int
    least_n: int

    @property
    def enough(self) -> bool:
        return self.value is not None and self.n >= self.least_n


@dataclass(frozen=True, slots=True)
class MetricPoints:
    metric: str
    reading: Reading | None
    """None: the team does not keep these records."""
    points: float | None
    """None where there is no reading or not enough data."""
    weight: float
    """Of the category, 0 to 1, once the weights left out are spread; 0 where left out."""


@dataclass(frozen=True, slots=True)
class CategoryPoints:
    category: Category
    points: float | None
    """None: none of its metrics has enough data."""
    weight: float
    """As planned."""
    share: float
    """Of the score, 0 to 1, once the weights left out are spread; 0 where left out."""
    metrics: tuple[MetricPoints, ...]

    @property
    def kept(self) -> bool:
        """Whether the team keeps records of any of its metrics."""
        return any(metric.reading is not None for metric in self.metrics)


@dataclass(frozen=True, slots=True)
class Need:
    """What would have to come for a category to have data: n of least_n is there."""

    category: Category
    metric: str
    n: int
    least_n: int


@dataclass(frozen=True, slots=True)
class Score:
    value: float | None
    """0 to 120. None: the categories with data weigh too little; `needs` says what is missing."""
    categories: tuple[CategoryPoints, ...]
    needs: tuple[Need, ...]
    """Empty where there is a score. The heaviest category first."""

    @property
    def spread(self) -> tuple[Category, ...]:
        """Categories whose weight went to the others, which the screen has to say."""
        return tuple(part.category for part in self.categories if part.points is None)


def default_plan(reply_limit: float) -> Plan:
    """The team's plan until another is accepted; `reply_limit` in seconds."""
    return Plan(
        weights=MappingProxyType(
            {
                Category.COMMUNICATION: 25,
                Category.PROBLEM_SOLVING: 25,
                Category.SATISFACTION: 30,
                Category.DEVELOPMENT: 10,
                Category.INITIATIVE: 10,
            }
        ),
        targets=MappingProxyType(
            {
                Category.COMMUNICATION: {
                    "professional_share": Target(70, 95),
                    "evaluation_score": Target(60, 90),
                },
                Category.PROBLEM_SOLVING: {
                    "confirmed_share": Target(60, 90),
                    "fcr": Target(50, 80),
                    "first_response_time": Target(reply_limit, reply_limit / 3),
                    "overdue_share": Target(20, 5),
                },
                Category.SATISFACTION: {
                    "csat": Target(60, 90),
                    "nps": Target(0, 50),
                    "repeat_share": Target(30, 10),
                },
                Category.DEVELOPMENT: {
                    "goal_progress": Target(0, 100),
                    "diary_completeness": Target(60, 95),
                },
                Category.INITIATIVE: {"ideas_accepted": Target(0, 1)},
            }
        ),
    )


def reading(figure: Figure, prior: "Prior | None" = None) -> Reading:
    """A figure as the score takes it: shares in percent, drawn towards `prior` where given."""
    value = figure.value
    if isinstance(figure, Share) and value is not None:
        value = 100 * (adjusted(figure.hits, figure.n, prior) if prior else value)
    elif isinstance(figure, MeanPart) and value is not None:
        value *= 100
    return Reading(value, figure.n, figure.least_n)


def score(readings: Mapping[str, Reading], plan: Plan) -> Score:
    """The weighted mean of the categories with any data.

    A metric without a reading is one the team does not keep: left out, as is one with too
    little data, and what they weigh is spread over the rest in proportion.
    """
    earned = [
        (category, weight, _metrics(plan.targets.get(category, {}), readings))
        for category, weight in plan.weights.items()
    ]
    categories = [
        (category, weight, _weighted((m.points, m.weight) for m in metrics), metrics)
        for category, weight, metrics in earned
    ]
    all_weights = fsum(plan.weights.values())
    with_data = fsum(weight for _, weight, points, _ in categories if points is not None)
    parts = tuple(
        CategoryPoints(
            category=category,
            points=points,
            weight=weight,
            share=weight / with_data if points is not None and with_data else 0.0,
            metrics=metrics,
        )
        for category, weight, points, metrics in categories
    )
    if with_data <= 0 or with_data < LEAST_WEIGHT * all_weights:
        return Score(None, parts, _needs(parts))
    return Score(_weighted((part.points, part.share) for part in parts), parts, ())


def _metrics(
    targets: Mapping[str, Target], readings: Mapping[str, Reading]
) -> tuple[MetricPoints, ...]:
    counted = fsum(
        target.weight
        for metric, target in targets.items()
        if metric in readings and readings[metric].enough
    )
    metrics = []
    for metric, target in targets.items():
        found = readings.get(metric)
        points, weight = None, 0.0
        if found is not None and found.enough and found.value is not None and counted:
            points, weight = target.points(found.value), target.weight / counted
        metrics.append(MetricPoints(metric, found, points, weight))
    return tuple(metrics)


def _weighted(parts: Iterable[tuple[float | None, float]]) -> float | None:
    """The mean of those with a value, by weights that sum up to 1."""
    known = [(value, weight) for value, weight in parts if value is not None]
    return fsum(value * weight for value, weight in known) if known else None


def _needs(parts: Sequence[CategoryPoints]) -> tuple[Need, ...]:
    missing = [part for part in parts if part.points is None]
    return tuple(
        Need(part.category, metric.metric, metric.reading.n, metric.reading.least_n)
        for part in sorted(missing, key=lambda part: -part.weight)
        for metric in part.metrics
        if metric.reading is not None
    )


@dataclass(frozen=True, slots=True)
class Prior:
    """What the team's operators have in common: `share` good, believed like `m` answers."""

    share: float
    m: float


def prior(answers: Iterable[tuple[int, int]]) -> Prior | None:
    """From each operator's (good, all) answers of the 13 complete weeks before.

    None below three operators with answers: then nothing is adjusted. `m` is 5 to 200, the
    more the less operators differ beyond chance (an analysis of variance between them).
    """
    groups = [(x, n) for x, n in answers if n > 0]
    k, total = len(groups), sum(n for _, n in groups)
    if k < LEAST_OPERATORS:
        return None
    p = sum(x for x, _ in groups) / total
    if total == k:
        return Prior(p, MOST_PRIOR)  # one answer each says nothing of how they differ
    between = fsum(n * (x / n - p) ** 2 for x, n in groups) / (k - 1)
    within = fsum(x * (1 - x / n) for x, n in groups) / (total - k)
    n_0 = (total - sum(n * n for _, n in groups) / total) / (k - 1)
    spread = between + (n_0 - 1) * within
    rho = (between - within) / spread if spread > 0 else 0.0
    if rho <= 0:
        return Prior(p, MOST_PRIOR)
    return Prior(p, min(MOST_PRIOR, max(LEAST_PRIOR, (1 - rho) / rho)))


def adjusted(hits: int, n: int, team: Prior) -> float:
    """A share drawn towards the team's, so one angry customer does not sink a week."""
    return (hits + team.m * team.share) / (n + team.m)
