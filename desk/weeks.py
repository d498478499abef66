"""Weeks of the team: from Monday to Monday in its time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

DAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Week:
    monday: date

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> Self:
        """The week that has the moment in it."""
        day = moment.astimezone(zone).date()
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def numbered(cls, number: int) -> Self:
        """From a button. Errors: OverflowError when there is no such week."""
        return cls(date.min + timedelta(days=DAYS * number))

    @property
    def number(self) -> int:
        """Counted from the first Monday there is."""
        return (self.monday - date.min).days // DAYS

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=DAYS - 1)

    def start(self, zone: ZoneInfo) -> datetime:
        """Its first moment, in UTC. A midnight the clocks skip is the moment they skip it."""
        return datetime.combine(self.monday, time(), zone).astimezone(UTC)

    def end(self, zone: ZoneInfo) -> datetime:
        """The first moment that is no longer in it, in UTC."""
        return self.later(1).start(zone)

    def later(self, weeks: int) -> "Week":
        return Week(self.monday + timedelta(days=DAYS * weeks))

    def until(self, last: "Week") -> Sequence["Week"]:
        """This one and all that follow, `last` included."""
        return [Week.numbered(n) for n in range(self.number, last.number + 1)]
