"""What the pictures besides the weekly card say, as plain values: a page each.

As with the card, wording and the spelling of numbers are the caller's, and nothing here draws.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.card import Panel, Theme
from kpi.comparison import Standing

PANELS = 4
"""Of a category: no more are readable on one page."""
ROWS = 15
"""Of a comparison, in four groups; with fewer groups there is a little room to spare."""
DAYS, HOURS = 7, 24


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis that does not follow the data. Its marks are labelled as they should read."""

    low: float
    high: float
    marks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class CategoryPanel:
    """A metric over the weeks, as on the weekly card; `panel.weeks` in `scale` when times
    `factor`."""

    title: str
    panel: Panel
    scale: Scale
    factor: float = 1
    note: str = ""
    """How it is counted; stands where there is room for it."""


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """One category of the score: its metrics, each with intervals, n and target."""

    name: str
    dates: str
    headline: str
    panels: tuple[CategoryPanel, ...]
    nothing: str
    """Stands there instead when there is no panel."""
    week_labels: tuple[str, ...]
    legend: tuple[str, str, str, str]
    """Week, interval, not enough data, target."""
    theme: Theme = Theme.LIGHT


@dataclass(frozen=True, slots=True)
class ComparedRow:
    name: str
    standing: Standing
    value: float | None
    low: float | None
    high: float | None
    """The interval, widened for how many are compared; on the page's scale like `value`."""
    n: str
    figure: str = ""
    """Only of who differs."""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[ComparedRow, ...]
    more: str = ""
    """ "and 12 more", where not all have room."""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Operators against the rest of their team: groups, and no rank within them."""

    name: str
    dates: str
    headline: str
    title: str
    groups: tuple[Group, ...]
    nothing: str
    """Stands there instead when there is nobody to compare."""
    team: float | None
    team_label: str
    n_title: str
    scale: Scale
    legend: tuple[str, ...]
    """Two lines."""
    theme: Theme = Theme.LIGHT


def with_room(rows: Iterable[ComparedRow]) -> dict[Standing, tuple[Sequence[ComparedRow], int]]:
    """Whom a comparison has room for, by group and in the order given, and how many it has not.

    Who differs is there first, then who has little data, and who is level takes what is left.
    """
    groups = {each: [row for row in rows if row.standing is each] for each in Standing}
    room, kept = ROWS, {}
    for standing in (Standing.ABOVE, Standing.BELOW, Standing.LITTLE, Standing.LEVEL):
        of = groups[standing]
        others = sum(bool(groups[each]) for each in Standing if each not in kept) - bool(of)
        most = max(2, room - 2 * others) if standing is not Standing.LITTLE else 3
        shown = of if len(of) <= most else of[: most - 1]  # a line says how many more
        kept[standing] = (shown, len(of) - len(shown))
        room -= len(shown) + (len(of) > len(shown))
    return {each: kept[each] for each in Standing}


@dataclass(frozen=True, slots=True)
class HourCell:
    """Waits that began in one hour of one weekday, and how many of them were late."""

    waits: int
    late: int


@dataclass(frozen=True, slots=True)
class HoursPage:
    """Load and lateness by hour and weekday."""

    name: str
    dates: str
    headline: str
    title: str
    hours: tuple[str, ...]
    """One per row of `cells`, from the top."""
    days: tuple[str, ...]
    """Monday first."""
    cells: tuple[tuple[HourCell, ...], ...]
    """By hour, then by weekday."""
    worse_hours: frozenset[int]
    """Rows in which lateness is beyond what chance does."""
    worse_days: frozenset[int]
    of: tuple[str, ...]
    """ "12 of 96": late waits of each row."""
    total: str
    late: str
    """What the two lines of sums below are called."""
    legend: tuple[str, str]
    """What the outer and the inner circle are."""
    nothing: str
    theme: Theme = Theme.LIGHT


@dataclass(frozen=True, slots=True)
class Cause:
    """How many of something the company, an operator, or nobody yet is seen behind."""

    company: int
    operator: int
    unsorted: int

    @property
    def all(self) -> int:
        return self.company + self.operator + self.unsorted


@dataclass(frozen=True, slots=True)
class ReasonRow:
    label: str
    cause: Cause
    running: str
    """The share of this row and those above it: "72 %"."""


@dataclass(frozen=True, slots=True)
class Advice:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReasonsPage:
    """Why customers were dissatisfied, the most frequent reason first, and who could mend it."""

    name: str
    dates: str
    headline: str
    title: str
    whole: Cause
    company: str
    operator: str
    unsorted: str
    rows_title: str
    running_title: str
    rows: tuple[ReasonRow, ...]
    most: int
    """After so many rows most is reached: a dotted line. 0: none."""
    advice: tuple[Advice, ...]
    """For the company, then for operators; the first may be empty."""
    note: str
    nothing: str
    theme: Theme = Theme.LIGHT


Page = CategoryPage | ComparisonPage | HoursPage | ReasonsPage
