"""Operators beside each other: each against the rest of the team, and only what chance does not
explain. Nobody is ranked.

On a page of many figures some stand out by luck, so the tests of a page are taken together
(Benjamini and Hochberg, 1995): of those said to differ, one in ten at most does not, on average.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt
from statistics import NormalDist
from typing import TypeVar

from kpi.figures import Direction, Figure, Mean, Share, mean, newcombe, share
from kpi.quantiles import t_tail

FALSE_DISCOVERIES = 0.10
SURELY = 1e-12
"""As small as a p is worked out."""

Who = TypeVar("Who", bound=Hashable)


class Standing(StrEnum):
    ABOVE = "above"
    """Better than the rest of the team, beyond chance."""
    LEVEL = "level"
    """No difference shown, which is not the same as none."""
    BELOW = "below"
    LITTLE = "little"
    """Not enough data, of theirs or of the rest."""


@dataclass(frozen=True, slots=True)
class Against:
    """One operator's figure beside the same of everybody else together."""

    own: Figure
    rest: float | None
    """The rest's value, in the same unit; None: there is none."""
    p: float | None
    """How often chance alone differs as much; None: not enough data to ask."""
    more: bool
    """Whether theirs is the larger."""


def of_shares(figures: Mapping[Who, Share]) -> Mapping[Who, Against]:
    """Each against the sum of the others, by the p at which Newcombe's interval meets zero."""
    hits, n = (sum(getattr(each, part) for each in figures.values()) for part in ("hits", "n"))
    found = {}
    for who, own in figures.items():
        rest = share(hits - own.hits, n - own.n, own.least_n)
        p = _newcombe_p(own, rest) if own.enough and rest.enough else None
        found[who] = _against(own, rest.value, p)
    return found


def of_means(figures: Mapping[Who, Mean], scale: tuple[int, int]) -> Mapping[Who, Against]:
    """Each against all answers of the others, by Welch's test."""
    chosen: Counter[int] = Counter()
    for each in figures.values():
        chosen.update(each.distribution)
    found = {}
    for who, own in figures.items():
        others = chosen - Counter(own.distribution)
        rest = mean(others.elements(), own.least_n, scale)
        p = welch_p(own, rest) if own.enough and rest.enough else None
        found[who] = _against(own, rest.value, p)
    return found


def of_medians(
    figures: Mapping[Who, Figure], values: Mapping[Who, Sequence[float]]
) -> Mapping[Who, Against]:
    """Each against all values of the others, by ranks (Mann and Whitney, 1947, with ties).

    `values` are those the figures were made of.
    """
    pooled = sorted(value for each in values.values() for value in each)
    ties = fsum(t**3 - t for t in Counter(pooled).values())
    found = {}
    for who, own in figures.items():
        theirs = sorted(values[who])
        others = len(pooled) - len(theirs)
        enough = own.enough and others >= own.least_n
        p = _rank_p(theirs, pooled, ties) if enough else None
        found[who] = _against(own, _median_without(pooled, theirs), p)
    return found


def standings(
    page: Mapping[Who, tuple[Against, Direction]], rate: float = FALSE_DISCOVERIES
) -> Mapping[Who, Standing]:
    """Which group each belongs to, all of a page taken together.

    Keys are whatever a page tells apart: (operator, metric) where it shows several metrics.
    """
    tested = {who: against.p for who, (against, _) in page.items() if against.p is not None}
    differ = discoveries(tested, rate)
    return {
        who: _standing(against, direction, differs=who in differ)
        for who, (against, direction) in page.items()
    }


def discoveries(ps: Mapping[Who, float], rate: float = FALSE_DISCOVERIES) -> frozenset[Who]:
    """Those that differ although all were asked: p ≤ rate · k / m for the k-th smallest of m."""
    ordered = sorted(ps, key=lambda who: ps[who])
    found = 0
    for place, who in enumerate(ordered, start=1):
        if ps[who] <= rate * place / len(ordered):
            found = place
    return frozenset(ordered[:found])


def welch_p(one: Mean, other: Mean) -> float:
    """Two-sided; 1 where neither varies, for then t says nothing."""
    if one.value is None or other.value is None or one.n < 2 or other.n < 2:
        return 1.0
    a, b = ((each.deviation or 0.0) ** 2 / each.n for each in (one, other))
    if a + b == 0:
        return 1.0
    freedom = (a + b) ** 2 / (a * a / (one.n - 1) + b * b / (other.n - 1))
    return 2 * t_tail(abs(one.value - other.value) / sqrt(a + b), freedom)


def _against(own: Figure, rest: float | None, p: float | None) -> Against:
    more = own.value is not None and rest is not None and own.value > rest
    return Against(own, rest, p, more)


def _standing(against: Against, direction: Direction, *, differs: bool) -> Standing:
    if against.p is None:
        return Standing.LITTLE
    if not differs or direction is Direction.NEITHER or against.own.value == against.rest:
        return Standing.LEVEL
    return Standing.ABOVE if against.more == (direction is Direction.UP) else Standing.BELOW


def _newcombe_p(own: Share, rest: Share) -> float:
    """The p whose interval just reaches zero: wider ones hold it, narrower ones do not."""
    if own.value == rest.value:
        return 1.0
    low, high = SURELY, 1.0
    for _ in range(50):
        middle = sqrt(low * high)
        ends = newcombe(own, rest, 1 - middle)
        low, high = (middle, high) if ends[0] <= 0 <= ends[1] else (low, middle)
    return low


def _rank_p(theirs: Sequence[float], pooled: Sequence[float], ties: float) -> float:
    """Two-sided, by the normal law and with a continuity correction."""
    n, total = len(theirs), len(pooled)
    others = total - n
    ranks = fsum((bisect_left(pooled, x) + bisect_right(pooled, x) + 1) / 2 for x in theirs)
    u = ranks - n * (n + 1) / 2
    variance = n * others / 12 * (total + 1 - ties / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    z = (abs(u - n * others / 2) - 0.5) / sqrt(variance)
    return min(1.0, 2 * NormalDist().cdf(-z))


def _median_without(pooled: Sequence[float], theirs: Sequence[float]) -> float | None:
    """The median of the pooled values less `theirs`; both sorted."""
    n = len(pooled) - len(theirs)
    if n <= 0:
        return None
    wanted, found, taken, kept = {(n - 1) // 2, n // 2}, [], 0, 0
    for value in pooled:
        if taken < len(theirs) and theirs[taken] == value:
            taken += 1
            continue
        if kept in wanted:
            found.append(value)
        kept += 1
        if kept > n // 2:
            break
    return fsum(found) / len(found)
