"""Spans of the team's calendar, whole days in its time zone: weeks, months, quarters.

Weeks begin on Monday and are what everything is reckoned by; a month and a quarter are what a
calendar says.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

DAYS, MONTHS, IN_QUARTER = 7, 12, 3
MONTHS_FROM, QUARTERS_FROM = 1_000_000, 2_000_000
"""Where the numbers of months and quarters begin: they never meet those of weeks."""


class SpanKind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True, order=True)
class Span(ABC):
    first: date
    """Its first day."""

    kind: ClassVar[SpanKind]

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> Self:
        """The one that has the moment in it."""
        return cls.on(moment.astimezone(zone).date())

    @classmethod
    @abstractmethod
    def on(cls, day: date) -> Self:
        """The one that has the day in it."""

    @abstractmethod
    def later(self, many: int) -> Self:
        """So many after it; before it for less than 0."""

    @property
    @abstractmethod
    def number(self) -> int:
        """What a button carries; `numbered` brings the same span back."""

    @property
    def last(self) -> date:
        """Its last day."""
        return self.later(1).first - timedelta(days=1)

    def start(self, zone: ZoneInfo) -> datetime:
        """Its first moment, in UTC. A midnight the clocks skip is the moment they skip it."""
        return datetime.combine(self.first, time(), zone).astimezone(UTC)

    def end(self, zone: ZoneInfo) -> datetime:
        """The first moment that is no longer in it, in UTC."""
        return self.later(1).start(zone)

    def until(self, last: Self) -> Sequence[Self]:
        """This one and all that follow, `last` included."""
        return [self.later(n) for n in range(last.number - self.number + 1)]


class Week(Span):
    kind = SpanKind.WEEK

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def numbered(cls, number: int) -> Self:
        """From a button. Errors: OverflowError when there is no such week."""
        return cls(date.min + timedelta(days=DAYS * number))

    @property
    def monday(self) -> date:
        return self.first

    @property
    def number(self) -> int:
        """Counted from the first Monday there is."""
        return (self.first - date.min).days // DAYS

    @property
    def sunday(self) -> date:
        return self.first + timedelta(days=DAYS - 1)

    def later(self, many: int) -> Self:
        return type(self)(self.first + timedelta(days=DAYS * many))


class Month(Span):
    kind = SpanKind.MONTH

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(day.replace(day=1))

    @property
    def number(self) -> int:
        return MONTHS_FROM + _months(self.first)

    def later(self, many: int) -> Self:
        return type(self)(_month(_months(self.first) + many))


class Quarter(Span):
    kind = SpanKind.QUARTER

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(_month(_months(day) // IN_QUARTER * IN_QUARTER))

    @property
    def number(self) -> int:
        return QUARTERS_FROM + _months(self.first) // IN_QUARTER

    def later(self, many: int) -> Self:
        return type(self)(_month(_months(self.first) + IN_QUARTER * many))


KINDS: dict[SpanKind, type[Span]] = {each.kind: each for each in (Week, Month, Quarter)}


def numbered(number: int) -> Span:
    """From a button. Errors: OverflowError and ValueError when there is none such."""
    if number >= QUARTERS_FROM:
        return Quarter(_month(IN_QUARTER * (number - QUARTERS_FROM)))
    if number >= MONTHS_FROM:
        return Month(_month(number - MONTHS_FROM))
    return Week.numbered(number)


def _months(day: date) -> int:
    """Since the year there never was."""
    return MONTHS * day.year + day.month - 1


def _month(number: int) -> date:
    return date(number // MONTHS, number % MONTHS + 1, 1)
