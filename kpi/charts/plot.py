"""Weeks side by side: a dot is a week, a capsule its interval, a dashed line the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi.card import Panel
from kpi.charts.letters import text_width
from kpi.charts.sheet import Sheet
from kpi.charts.theme import Palette
from kpi.figures import Figure

CAPSULE, THIN, RING, HALO = 13, 4, 4, 3
THIS_WEEK = 12
LABEL = 28
NEAR = 26
"""Two labels closer than this would touch."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Does not follow the data, so that this week's card compares with last week's."""

    low: float
    high: float
    marks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the sheet: the first and the last week stand a little inside."""

    left: float
    right: float
    top: float
    bottom: float
    r: float
    """Of a past week's dot."""

    def x(self, week: int, weeks: int) -> float:
        first, last = self.left + 14, self.right - 16
        return last - (last - first) * (weeks - 1 - week) / max(1, weeks - 1)

    def y(self, value: float, axis: Axis) -> float:
        """What lies beyond the axis stops at its edge."""
        part = (min(axis.high, max(axis.low, value)) - axis.low) / (axis.high - axis.low)
        return self.bottom - (self.bottom - self.top) * part


@dataclass(frozen=True, slots=True)
class Dot:
    """A week on the sheet; `high` and `low` are the ends of its interval there."""

    x: float
    y: float
    high: float | None
    low: float | None
    enough: bool


def plot(
    sheet: Sheet, palette: Palette, panel: Panel, place: Place, axis: Axis, scale: float = 1
) -> None:
    """The panel's weeks, its marks and its target line; values times `scale` are the axis's."""
    for mark in axis.marks:
        _rule(sheet, palette, place, place.y(mark, axis))
    dots = [
        _dot(figure, place.x(number, len(panel.weeks)), place, axis, scale)
        for number, figure in enumerate(panel.weeks)
    ]
    for week in filter(None, dots):
        _interval(sheet, palette, place, week)
    if panel.target is not None:
        y = place.y(panel.target, axis)
        sheet.line([(place.left, y), (place.right, y)], palette.target, 3, dashed=True)
    _join(sheet, palette, dots)
    for number, dot in enumerate(dots):
        if dot is not None:
            _week(sheet, palette, dot, place.r, this_week=number == len(dots) - 1)


def marks(sheet: Sheet, palette: Palette, panel: Panel, place: Place, axis: Axis) -> None:
    """The axis's numbers, less the one a target's label beside the axis would touch."""
    taken = None if panel.target is None else place.y(panel.target, axis)
    for mark in axis.marks:
        y = place.y(mark, axis)
        if taken is None or abs(y - taken) >= NEAR:
            sheet.text(place.left - 12, y + 10, f"{mark:g}", palette.muted, align="right")


def target_beside(
    sheet: Sheet, palette: Palette, panel: Panel, place: Place, axis: Axis, column: float
) -> Place:
    """The target's label left of its line, and the place that is left when it had its room."""
    if panel.target is None:
        return place
    label, _ = sheet.fitted(panel.target_label, 160, LABEL, 400)
    left = max(place.left, column + text_width(label, LABEL) + 12)
    y = place.y(panel.target, axis)
    _rule(sheet, palette, Place(left, place.right, place.top, place.bottom, place.r), y)
    sheet.text(left - 12, y + 10, label, palette.target, align="right")
    return Place(left, place.right, place.top, place.bottom, place.r)


def _rule(sheet: Sheet, palette: Palette, place: Place, y: float) -> None:
    sheet.bar(place.left, round(y) - 1, place.right - place.left, 2, palette.rule)


def _dot(week: Figure, x: float, place: Place, axis: Axis, scale: float) -> Dot | None:
    """None for a week without data, which is a gap and not a zero."""
    if week.value is None:
        return None
    high, low = (
        None if end is None else place.y(end * scale, axis) for end in (week.high, week.low)
    )
    return Dot(x, place.y(week.value * scale, axis), high, low, week.enough)


def _interval(sheet: Sheet, palette: Palette, place: Place, dot: Dot) -> None:
    """A capsule, its round ends around the interval's; with little data a thin line."""
    if dot.high is None or dot.low is None:
        return
    if not dot.enough:
        high = dot.low - dot.high
        sheet.bar(dot.x - THIN / 2, dot.high, THIN, high, palette.little_interval)
        return
    r = CAPSULE / 2
    top, bottom = max(place.top, dot.high - r), min(place.bottom, dot.low + r)
    sheet.bar(dot.x - r, top, CAPSULE, bottom - top, palette.interval, r=r)


def _join(sheet: Sheet, palette: Palette, dots: Sequence[Dot | None]) -> None:
    """A line through weeks with enough data; over a thin week it goes on, at a gap it breaks."""
    stretch: list[Dot] = []
    for dot in (*dots, None):
        if dot is None:
            for a, b in pairwise(stretch):
                sheet.line([(a.x, a.y), (b.x, b.y)], palette.past, 2.5)
            stretch = []
        elif dot.enough:
            stretch.append(dot)


def _week(sheet: Sheet, palette: Palette, dot: Dot, r: float, *, this_week: bool) -> None:
    r = THIS_WEEK if this_week else r
    if dot.enough:
        sheet.dot(dot.x, dot.y, r + HALO, palette.paper)
        sheet.dot(dot.x, dot.y, r, palette.data if this_week else palette.past)
        return
    r = r if this_week else r + 1
    sheet.dot(dot.x, dot.y, r + HALO, palette.paper)
    sheet.dot(dot.x, dot.y, r, palette.little)
    sheet.dot(dot.x, dot.y, r - RING, palette.paper)
