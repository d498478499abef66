"""The two tables of a statistician, worked out: Student's t and the binomial distribution."""

from collections.abc import Callable
from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

TINY = 1e-300
CLOSE = 1e-15


@lru_cache(maxsize=4096)
def t_quantile(p: float, freedom: float) -> float:
    """Where Student's t with `freedom` degrees of freedom (any number above 0) reaches p ≥ ½."""
    low, high = 0.0, 1.0
    while t_tail(high, freedom) > 1 - p:
        low, high = high, high * 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, freedom) > 1 - p else (low, middle)
    return (low + high) / 2


def t_tail(t: float, freedom: float) -> float:
    """P(T > t) for t ≥ 0."""
    return _beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2


def _beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function, by Lentz's continued fraction."""
    if x in {0.0, 1.0}:
        return x
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1 - _beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / _away_from_0(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _away_from_0(1 + step * d)
            c = _away_from_0(1 + step / c)
            fraction *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return front * fraction


def _away_from_0(x: float) -> float:
    return x if abs(x) > TINY else TINY


@lru_cache(maxsize=4096)
def order_interval(n: int, q: float, tail: float = 0.025) -> tuple[int | None, int | None]:
    """Ranks (from 1) of the n sorted values between which the q-quantile lies.

    The lower is the largest l with P(Bin(n, q) < l) ≤ `tail`, the upper mirrors it; None on
    the side where n is too small for one.
    """
    lower = _largest_rank(n, q, tail)
    mirrored = lower if q == 0.5 else _largest_rank(n, 1 - q, tail)
    return lower or None, n + 1 - mirrored if mirrored else None


def _largest_rank(n: int, q: float, tail: float) -> int:
    """The largest l with P(Bin(n, q) < l) ≤ `tail`; 0 where not even 1 is."""
    pmf = _binomial(n, q)
    rank = max(0, int(n * q - 12 * sqrt(n * q * (1 - q))))  # below lies less than 1e-30
    below = 0.0
    while rank < n and (below := below + pmf(rank)) <= tail:
        rank += 1
    return rank


def _binomial(n: int, q: float) -> Callable[[int], float]:
    def pmf(k: int) -> float:
        ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
        return exp(ways + k * log(q) + (n - k) * log1p(-q))

    return pmf
