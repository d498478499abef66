"""Intervals of people drawn side by side, widened for how many there are.

Of twenty ordinary 95 % intervals one misses its own truth by chance, and that one would catch the
eye. Each is therefore taken at 1 - 0.05 / k (Bonferroni), so that together they still hold 95 %.
"""

from collections.abc import Sequence
from math import sqrt

from kpi.figures import CONFIDENCE, Figure, Mean, Share, wilson
from kpi.quantiles import order_interval, t_quantile

Band = tuple[float | None, float | None]


def band(figure: Figure, values: Sequence[float], k: int) -> Band:
    """The widened interval of one of `k` figures, both ends or, where there is none, neither.

    `values` are those a median was made of; nothing else reads them.
    """
    confidence = 1 - (1 - CONFIDENCE) / max(1, k)
    if figure.value is None:
        return None, None
    if isinstance(figure, Share):
        return wilson(figure.hits, figure.n, confidence)
    if isinstance(figure, Mean):
        return _of_mean(figure, confidence)
    ordered = sorted(values)
    low, high = order_interval(len(ordered), 0.5, (1 - confidence) / 2)
    if low is None or high is None:
        return None, None
    return ordered[low - 1], ordered[high - 1]


def _of_mean(figure: Mean, confidence: float) -> Band:
    """Student's t, cut to the scale; none where all answers are equal."""
    if figure.value is None or not figure.deviation:
        return None, None
    scale = figure.distribution.keys()
    reach = t_quantile((1 + confidence) / 2, figure.n - 1) * figure.deviation / sqrt(figure.n)
    return max(min(scale), figure.value - reach), min(max(scale), figure.value + reach)
