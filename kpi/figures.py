"""A figure never travels without its sample size, what it leaves out and how far it is sure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from math import ceil, fsum, inf, sqrt
from statistics import NormalDist, median
from typing import Any, ClassVar, Self

from kpi.quantiles import order_interval, t_quantile

CONFIDENCE = 0.95
P90_INTERVAL_FROM = 30


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Change(StrEnum):
    """Against the week before, beyond what chance does by itself."""

    BETTER = "better"
    WORSE = "worse"
    NONE = "none"
    """No real change; also for metrics of which neither more nor less is better."""
    UNKNOWN = "unknown"
    """One of the two has not enough data, or the metric is never judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What every figure has; `left_out` counts by reason the records that are not in `n`."""

    kind: ClassVar[str] = ""

    value: float | None
    """None when there is nothing to reckon from; that is not the same as 0."""
    n: int
    low: float | None = None
    high: float | None = None
    """The 95 % interval, both ends or neither: None where the data give none."""
    least_n: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def enough(self) -> bool:
        """Whether it may be said aloud; otherwise "not enough data (n of least_n)"."""
        return self.value is not None and self.n >= self.least_n

    def to_json(self) -> dict[str, Any]:
        """Plain values, kept as they were pushed; `from_json` brings the same figure back."""
        return {"kind": self.kind, **asdict(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        values = dict(stored)
        if values.pop("kind") != cls.kind:
            raise ValueError(f"not a {cls.kind}: {stored['kind']}")
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Figure):
    """How many there were. Nothing was sampled, so there is no interval."""

    kind: ClassVar[str] = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Figure):
    """Part of a whole, 0.0 to 1.0, with its Wilson interval."""

    kind: ClassVar[str] = "share"

    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean(Figure):
    """An average of answers on a scale, with Student's t interval and how the answers fell."""

    kind: ClassVar[str] = "mean"

    deviation: float | None
    """Of the sample (n - 1); None below two answers."""
    distribution: Mapping[int, int] = field(default_factory=dict, hash=False)
    """How often each point of the scale was chosen, 0 included."""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        mean = super(Mean, cls).from_json(stored)  # JSON has made texts of the keys
        return replace(mean, distribution={int(k): v for k, v in mean.distribution.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanPart(Mean):
    """An average of parts, each 0.0 to 1.0: how complete things were."""

    kind: ClassVar[str] = "mean_part"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanTime(Mean):
    """An average of durations in seconds."""

    kind: ClassVar[str] = "mean_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Median(Figure):
    """The middle of durations in seconds, with its order-statistic interval."""

    kind: ClassVar[str] = "median"

    mean: float | None
    p90: float | None
    """The nearest rank."""
    p90_low: float | None = None
    p90_high: float | None = None
    """None below 30 values; the upper end also where so few bound nothing from above."""


KINDS: Mapping[str, type[Figure]] = {
    cls.kind: cls for cls in (Count, Share, Mean, MeanPart, MeanTime, Median)
}


def figure_from_json(stored: Mapping[str, Any]) -> Figure:
    """Any figure as it was stored."""
    return KINDS[stored["kind"]].from_json(stored)


def count(n: int, left_out: Mapping[str, int] | None = None) -> Count:
    return Count(value=n, n=n, left_out=_told(left_out))


def share(hits: int, n: int, least_n: int, left_out: Mapping[str, int] | None = None) -> Share:
    """`hits` of `n`, said aloud from `least_n` on."""
    low, high = wilson(hits, n)
    return Share(
        value=hits / n if n else None,
        n=n,
        low=low,
        high=high,
        least_n=least_n,
        hits=hits,
        left_out=_told(left_out),
    )


def mean(
    answers: Iterable[int],
    least_n: int,
    scale: tuple[int, int],
    left_out: Mapping[str, int] | None = None,
) -> Mean:
    """The mean of answers on a scale; no interval where all are equal, for t would give none."""
    given = list(answers)
    chosen = Counter(given)
    return Mean(
        **_averaged(given, scale),
        least_n=least_n,
        distribution={point: chosen[point] for point in range(scale[0], scale[1] + 1)},
        left_out=_told(left_out),
    )


def net(
    answers: Iterable[int],
    least_n: int,
    scale: tuple[int, int],
    worth: Callable[[int], int],
    left_out: Mapping[str, int] | None = None,
) -> Mean:
    """The mean of what answers on a scale are `worth`, -100, 0 or 100, told with how they fell."""
    plain = mean(answers, least_n, scale, left_out)
    worths = [worth(point) for point, n in plain.distribution.items() for _ in range(n)]
    return replace(plain, **_averaged(worths, (-100, 100)))


def mean_part(
    parts: Iterable[float], least_n: int, left_out: Mapping[str, int] | None = None
) -> MeanPart:
    """The mean of parts of one, with Student's t interval cut to 0.0 to 1.0."""
    averaged = _averaged(list(parts), (0, 1))
    return MeanPart(**averaged, least_n=least_n, left_out=_told(left_out))


def mean_time(
    seconds: Iterable[float], least_n: int, left_out: Mapping[str, int] | None = None
) -> MeanTime:
    """The mean of durations, with Student's t interval, which does not go below 0."""
    averaged = _averaged(list(seconds), (0, inf))
    return MeanTime(**averaged, least_n=least_n, left_out=_told(left_out))


def _averaged(given: Sequence[float], scale: tuple[float, float]) -> dict[str, Any]:
    n = len(given)
    value = fsum(given) / n if n else None
    deviation = low = high = None
    if value is not None and n > 1:
        deviation = sqrt(fsum((x - value) ** 2 for x in given) / (n - 1))
    if value is not None and deviation:
        reach = t_quantile(_quantile(CONFIDENCE), n - 1) * deviation / sqrt(n)
        low, high = max(float(scale[0]), value - reach), min(float(scale[1]), value + reach)
    return {"value": value, "n": n, "deviation": deviation, "low": low, "high": high}


def median_of(
    seconds: Iterable[float], least_n: int, left_out: Mapping[str, int] | None = None
) -> Median:
    """The median (mean of the middle two) with its mean and p90."""
    ordered = sorted(seconds)
    n = len(ordered)
    lower, upper = order_interval(n, 0.5)
    p90_lower, p90_upper = order_interval(n, 0.9) if n >= P90_INTERVAL_FROM else (None, None)
    return Median(
        value=median(ordered) if n else None,
        n=n,
        low=_ranked(ordered, lower),
        high=_ranked(ordered, upper),
        least_n=least_n,
        mean=fsum(ordered) / n if n else None,
        p90=ordered[ceil(n * 9 / 10) - 1] if n else None,
        p90_low=_ranked(ordered, p90_lower),
        p90_high=_ranked(ordered, p90_upper),
        left_out=_told(left_out),
    )


def change(
    now: Figure, before: Figure, direction: Direction, confidence: float = CONFIDENCE
) -> Change:
    """What became of a figure: shares by Newcombe, means by Welch, medians by intervals apart.

    `confidence` is for shares and means; a median's interval is the stored 95 % one.
    """
    if not (now.enough and before.enough):
        return Change.UNKNOWN
    match now, before:
        case Share(), Share():
            low, high = newcombe(now, before, confidence)
        case Mean(), Mean():
            low, high = welch(now, before, confidence)
        case Median(), Median():
            low, high = _apart(now, before)
        case _:
            return Change.UNKNOWN
    if low <= 0 <= high or direction is Direction.NEITHER:
        return Change.NONE
    return Change.BETTER if (low > 0) == (direction is Direction.UP) else Change.WORSE


def wilson(hits: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The score interval (Wilson, 1927): stays in 0..1 for small n; all of it where n is 0."""
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(_quantile(confidence))
    p, z2 = hits / n, z * z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    reach = z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return min(p, max(0.0, middle - reach)), max(p, min(1.0, middle + reach))


def newcombe(now: Share, before: Share, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The interval of the difference of two shares (Newcombe, 1998, method 10)."""
    p, q = now.hits / now.n, before.hits / before.n
    p_low, p_high = wilson(now.hits, now.n, confidence)
    q_low, q_high = wilson(before.hits, before.n, confidence)
    return (
        p - q - sqrt((p - p_low) ** 2 + (q_high - q) ** 2),
        p - q + sqrt((p_high - p) ** 2 + (q - q_low) ** 2),
    )


def welch(now: Mean, before: Mean, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """The interval of the difference of two means (Welch, 1947); everything where t gives none."""
    if now.value is None or before.value is None:
        return float("-inf"), float("inf")
    a, b = ((m.deviation or 0.0) ** 2 / m.n for m in (now, before))
    if now.n < 2 or before.n < 2 or a + b == 0:
        return float("-inf"), float("inf")
    freedom = (a + b) ** 2 / (a * a / (now.n - 1) + b * b / (before.n - 1))
    reach = t_quantile(_quantile(confidence), freedom) * sqrt(a + b)
    difference = now.value - before.value
    return difference - reach, difference + reach


def _apart(now: Median, before: Median) -> tuple[float, float]:
    """The smallest and the largest difference the two intervals allow."""
    if now.low is None or now.high is None or before.low is None or before.high is None:
        return float("-inf"), float("inf")
    return now.low - before.high, now.high - before.low


def _ranked(ordered: Sequence[float], rank: int | None) -> float | None:
    return None if rank is None else ordered[rank - 1]


def _quantile(confidence: float) -> float:
    return (1 + confidence) / 2


def _told(left_out: Mapping[str, int] | None) -> dict[str, int]:
    """Reasons that left nothing out are not worth a word."""
    return {str(reason): n for reason, n in (left_out or {}).items() if n}
