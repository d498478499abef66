"""What a team decides for itself. Rules get this, filled from the settings, never settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from kpi.worktime import Schedule
from storage.models import Priority, Question

REPLY_WITHIN = timedelta(minutes=5)
TIMEZONE = ZoneInfo("Europe/Moscow")


SURVEY_QUESTIONS = (
    (Question.SOLVED, Question.SATISFIED),
    (Question.SOLVED, Question.PROFESSIONAL),
    (Question.SOLVED, Question.NPS),
    (Question.SOLVED, Question.CES),
)


@dataclass(frozen=True, slots=True)
class WeeklyMoment:
    """Once a week, in the team's zone."""

    weekday: int
    """0 is Monday, as in `datetime.weekday()`."""
    at: time


def one_limit(within: timedelta) -> Mapping[Priority, timedelta]:
    """The same reply limit for every priority."""
    return dict.fromkeys(Priority, within)


@dataclass(frozen=True, slots=True)
class Rules:
    reply_within: Mapping[Priority, timedelta] = field(
        default_factory=lambda: one_limit(REPLY_WITHIN)
    )
    """How long a customer may wait; every priority is in it."""
    close_after: timedelta = timedelta(hours=24)
    customer_rate: int = 30
    """Messages of one customer passed on in a minute."""
    negative_rating: int = 2
    """Ratings up to this one alert supervisors."""
    escalate_after: timedelta = timedelta(minutes=10)
    survey_expires: timedelta = timedelta(hours=72)
    dictation: bool = True
    """Whether somebody listens to what operators dictate."""
    survey_questions: tuple[tuple[Question, ...], ...] = SURVEY_QUESTIONS
    """What is asked after the stars, in turns: one or two questions each. Empty: nothing."""
    schedule: Schedule = field(default_factory=lambda: Schedule.parse("24/7", "", TIMEZONE))
    zone: ZoneInfo = TIMEZONE
    locale: str = "ru"
    """The language of who has chosen none and whose Telegram speaks neither."""
    weekly: WeeklyMoment = WeeklyMoment(weekday=0, at=time(9))
    supervisor_ids: frozenset[int] = frozenset()
    """Telegram ids that are always supervisors, whatever the table of people says."""
    operator_ids: frozenset[int] = frozenset()
