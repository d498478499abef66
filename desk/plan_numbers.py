"""Where a metric's points begin and end, as people write: "60 90", "5:00 1:40", "5 мин 90 с"."""

import re
from decimal import Decimal

from kpi.catalogue import Unit
from kpi.plan import Misfit, Unfit
from kpi.score import Target

NUMBER = re.compile(r"[-−]?\d{1,6}(?:[.,]\d{1,2})?")
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
SPAN = re.compile(r"(\d{1,6})\s*(h|ч|min|мин|m|м|sec|сек|s|с)[a-zа-я]*\.?", re.IGNORECASE)
SECONDS = {"h": 3600, "ч": 3600, "m": 60, "м": 60, "s": 1, "с": 1}
WEIGHT = re.compile(r"[×xх*]\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*$", re.IGNORECASE)


def target(words: str, unit: Unit, weight: float) -> Target:
    """Floor and target, perhaps with "×2" for its weight; `weight` where they do not say.

    Errors: Unfit where it is not two values, or they are the same.
    """
    if found := WEIGHT.search(words):
        weight, words = _number(found[1]), words[: found.start()]
    values = _times(words) if unit is Unit.SECONDS else _numbers(words)
    if len(values) != 2:
        raise Unfit(Misfit.NUMBERS)
    floor, to = values
    if floor == to:
        raise Unfit(Misfit.SAME)
    return Target(floor, to, weight)


def weight(words: str) -> float:
    """A category's. Errors: Unfit."""
    found = _numbers(words)
    if len(found) != 1:
        raise Unfit(Misfit.WEIGHT)
    return found[0]


def _numbers(words: str) -> list[float]:
    return [_number(each) for each in NUMBER.findall(words)]


def _number(digits: str) -> float:
    return float(Decimal(digits.replace(",", ".").replace("−", "-")))


def _times(words: str) -> list[float]:
    """In seconds; a number that says neither minutes nor seconds could be either."""
    found = {m.start(): 60.0 * int(m[1]) + int(m[2]) for m in CLOCK.finditer(words)}
    rest = CLOCK.sub(lambda m: " " * len(m[0]), words)
    found |= {m.start(): float(int(m[1]) * SECONDS[m[2][0].lower()]) for m in SPAN.finditer(rest)}
    if NUMBER.search(SPAN.sub("", rest)):
        raise Unfit(Misfit.NUMBERS)
    return [found[place] for place in sorted(found)]
