"""The metrics there are: what is asked of a figure wherever it is shown, judged or stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kpi.figures import Change, Direction, Figure, change
from kpi.quality import MIN_CLOSED
from kpi.satisfaction import MIN_ANSWERS, MIN_SURVEYS
from kpi.times import MIN_TIMES


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    """Kept as 0.0 to 1.0, shown times 100."""
    SECONDS = "seconds"
    STARS = "stars"
    """1 to 5."""


class CountedAt(StrEnum):
    """The moment by which a record falls in a period."""

    CLOSING = "closing"
    OPENING = "opening"
    ANSWER = "answer"
    WAIT_START = "wait_start"
    RATING = "rating"
    EXPIRY_OR_ANSWER = "expiry_or_answer"


@dataclass(frozen=True, slots=True)
class Metric:
    id: str
    unit: Unit
    direction: Direction
    least_n: int
    """0: said at any n."""
    counted_at: CountedAt
    judged: bool = True
    """Whether a change is ever called better or worse."""

    def change(self, now: Figure, before: Figure) -> Change:
        """Against the week before; what is never judged is unknown."""
        return change(now, before, self.direction) if self.judged else Change.UNKNOWN


PERCENT, UP, DOWN = Unit.PERCENT, Direction.UP, Direction.DOWN

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for metric in (
            Metric("handled", Unit.COUNT, Direction.NEITHER, 0, CountedAt.CLOSING, judged=False),
            Metric("solved_share", PERCENT, UP, MIN_CLOSED, CountedAt.CLOSING),
            Metric("confirmed_share", PERCENT, UP, MIN_ANSWERS, CountedAt.ANSWER),
            Metric("first_response_time", Unit.SECONDS, DOWN, MIN_TIMES, CountedAt.OPENING),
            Metric("overdue_share", PERCENT, DOWN, MIN_TIMES, CountedAt.WAIT_START),
            Metric("average_rating", Unit.STARS, UP, MIN_ANSWERS, CountedAt.RATING, judged=False),
            Metric("csat", PERCENT, UP, MIN_ANSWERS, CountedAt.RATING),
            Metric("survey_response_rate", PERCENT, UP, MIN_SURVEYS, CountedAt.EXPIRY_OR_ANSWER),
            Metric("diary_share", PERCENT, UP, MIN_CLOSED, CountedAt.CLOSING),
        )
    }
)
"""In the order people read them. Each is a function of the same name: `handled` in volume,
`solved_share` and `diary_share` in quality, the two times in times, the rest in satisfaction."""
