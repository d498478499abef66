"""The metrics there are: what is asked of a figure wherever it is shown, judged or stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kpi.figures import Change, Direction, Figure, change
from kpi.quality import MIN_CLOSED, MIN_ENTRIES
from kpi.satisfaction import MIN_ANSWERS, MIN_RECOMMENDING, MIN_SURVEYS
from kpi.times import MIN_TIMES


class Unit(StrEnum):
    COUNT = "count"
    PERCENT = "percent"
    """Kept as 0.0 to 1.0, shown times 100."""
    SECONDS = "seconds"
    STARS = "stars"
    """1 to 5."""
    SCALE = "scale"
    """1 to 7."""
    NET = "net"
    """-100 to 100, shown with its sign."""


class CountedAt(StrEnum):
    """The moment by which a record falls in a period."""

    CLOSING = "closing"
    OPENING = "opening"
    ANSWER = "answer"
    WAIT_START = "wait_start"
    RATING = "rating"
    EXPIRY_OR_ANSWER = "expiry_or_answer"
    WEEK_AFTER = "week_after"
    """Seven times 24 hours after closing."""
    SAVING = "saving"
    SENDING = "sending"


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
    of_team: bool = False
    """Nobody's own: it is told of the team alone."""

    def change(self, now: Figure, before: Figure) -> Change:
        """Against the week before; what is never judged is unknown."""
        return change(now, before, self.direction) if self.judged else Change.UNKNOWN


COUNT, PERCENT, SECONDS = Unit.COUNT, Unit.PERCENT, Unit.SECONDS
UP, DOWN, NEITHER = Direction.UP, Direction.DOWN, Direction.NEITHER

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {
        metric.id: metric
        for metric in (
            Metric("handled", COUNT, NEITHER, 0, CountedAt.CLOSING, judged=False),
            Metric("messages", COUNT, NEITHER, 0, CountedAt.SENDING, judged=False),
            Metric("solved", COUNT, UP, 0, CountedAt.CLOSING, judged=False),
            Metric("spam_count", COUNT, NEITHER, 0, CountedAt.CLOSING, judged=False),
            Metric("handle_time", SECONDS, DOWN, MIN_TIMES, CountedAt.CLOSING),
            Metric("solved_share", PERCENT, UP, MIN_CLOSED, CountedAt.CLOSING),
            Metric("self_solved_share", PERCENT, UP, MIN_CLOSED, CountedAt.CLOSING),
            Metric("confirmed_share", PERCENT, UP, MIN_ANSWERS, CountedAt.ANSWER),
            Metric("fcr", PERCENT, UP, MIN_CLOSED, CountedAt.WEEK_AFTER),
            Metric("repeat_share", PERCENT, DOWN, MIN_CLOSED, CountedAt.WEEK_AFTER),
            Metric("first_response_time", SECONDS, DOWN, MIN_TIMES, CountedAt.OPENING),
            Metric("reply_time", SECONDS, DOWN, MIN_TIMES, CountedAt.WAIT_START),
            Metric("overdue_share", PERCENT, DOWN, MIN_TIMES, CountedAt.WAIT_START),
            Metric("overdue", COUNT, DOWN, 0, CountedAt.WAIT_START, judged=False),
            Metric("resolution_time", SECONDS, DOWN, MIN_TIMES, CountedAt.CLOSING),
            Metric("abandoned_share", PERCENT, DOWN, MIN_CLOSED, CountedAt.CLOSING, of_team=True),
            Metric("average_rating", Unit.STARS, UP, MIN_ANSWERS, CountedAt.RATING, judged=False),
            Metric("csat", PERCENT, UP, MIN_ANSWERS, CountedAt.RATING),
            Metric("satisfied_share", PERCENT, UP, MIN_ANSWERS, CountedAt.ANSWER),
            Metric("professional_share", PERCENT, UP, MIN_ANSWERS, CountedAt.ANSWER),
            Metric("nps", Unit.NET, UP, MIN_RECOMMENDING, CountedAt.ANSWER, judged=False),
            Metric("ces", Unit.SCALE, UP, MIN_ANSWERS, CountedAt.ANSWER),
            Metric("survey_response_rate", PERCENT, UP, MIN_SURVEYS, CountedAt.EXPIRY_OR_ANSWER),
            Metric("recovery_share", PERCENT, UP, MIN_ANSWERS, CountedAt.ANSWER),
            Metric("diary_share", PERCENT, UP, MIN_CLOSED, CountedAt.CLOSING),
            Metric("diary_completeness", PERCENT, UP, MIN_ENTRIES, CountedAt.SAVING),
            Metric("diary_gap", PERCENT, DOWN, MIN_ENTRIES, CountedAt.RATING),
        )
    }
)
"""In the order people read them. Each is a function of the same name: how much there was in
volume, times in times, what became of the questions and of the diary in quality, the rest in
satisfaction."""


def told_of(*, team: bool) -> Sequence[str]:
    """The metrics there are of the team, or of somebody."""
    return [name for name, metric in CATALOGUE.items() if team or not metric.of_team]


GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "communication": ("professional_share", "satisfied_share"),
        "problem_solving": (
            "confirmed_share",
            "fcr",
            "solved_share",
            "self_solved_share",
            "first_response_time",
            "reply_time",
            "overdue_share",
            "overdue",
            "resolution_time",
            "abandoned_share",
        ),
        "satisfaction": (
            "csat",
            "average_rating",
            "nps",
            "ces",
            "repeat_share",
            "survey_response_rate",
            "recovery_share",
        ),
        "development": ("diary_completeness", "diary_share", "diary_gap"),
        "volume": ("handled", "messages", "solved", "spam_count", "handle_time"),
    }
)
"""How figures are looked for: the score's categories, and how much there was."""
