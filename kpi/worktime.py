"""Working time: which moments the team is there, and how long a wait was in its hours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = "24/7"
ALLOWED = "allowed is 24/7 or, for example, mon-fri 09:00-13:00 14:00-18:00; sat 22:00-06:00"
DAY = timedelta(days=1)
SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))")
COUNTRY = re.compile(r"[A-Z]{2}")
COMMON_YEAR = 2026
"""The year a schedule is tried on, beside those its own dates are in."""


@dataclass(frozen=True, slots=True)
class Span:
    """Wall times on one day; an end that is not later than the start is the next day's."""

    opens: time
    closes: time
    """00:00 is the end of the day, or of the night that follows it."""

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The two moments in UTC. A missing wall time moves forward, a doubled one is its first.

        That is what `fold=0` means (PEP 495): 02:30 in a spring night without it is 03:30.
        """
        last = day if self.closes > self.opens else day + DAY
        return (
            datetime.combine(day, self.opens, zone).astimezone(UTC),
            datetime.combine(last, self.closes, zone).astimezone(UTC),
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the team works. Moments in are aware, moments out are aware and in UTC.

    A span belongs to the day it starts on: a holiday takes the night that starts on it and
    leaves alone the one that runs into it.
    """

    zone: ZoneInfo
    week: tuple[tuple[Span, ...], ...]
    """Monday first."""
    days_off: frozenset[date] = frozenset()
    countries: tuple[str, ...] = ()
    always: bool = False
    """Open at every moment there is: nothing to look up."""
    _opened: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @staticmethod
    def parse(hours: str, holidays: str, zone: ZoneInfo) -> "Schedule":
        """From WORKING_HOURS and HOLIDAYS as written; the same texts give the same object.

        ValueError is one sentence: what is wrong and what is allowed.
        """
        return _parsed(hours, holidays, zone)

    def add(self, start: datetime, seconds: float) -> datetime:
        """The first moment by which `seconds` of working time have passed since `start`."""
        start, left = _utc(start), timedelta(seconds=seconds)
        if self.always or left <= timedelta():
            return start + max(left, timedelta())
        for opens, closes in self._open_since(start):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        raise AssertionError  # time does not end

    def between(self, a: datetime, b: datetime) -> float:
        """Seconds of working time in [a, b); 0.0 where b is not later."""
        a, b = _utc(a), _utc(b)
        if self.always or b <= a:
            return max(0.0, (b - a).total_seconds())
        worked = timedelta()
        for opens, closes in self._open_since(a):
            if opens >= b:
                break
            worked += min(closes, b) - opens
        return worked.total_seconds()

    def is_open(self, moment: datetime) -> bool:
        """Whether the team is there; at the moment of closing it no longer is."""
        return self.opens_after(moment) == moment

    def opens_after(self, moment: datetime) -> datetime:
        """When the team is there next: the same moment if it is there now."""
        moment = _utc(moment)
        if self.always:
            return moment
        opens, _ = next(self._open_since(moment))
        return opens

    def _open_since(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """What is open from `moment` on, in order, each part once where spans overlap."""
        day = moment.astimezone(self.zone).date() - DAY  # its night may still be going on
        while True:
            for opens, closes in self._on(day):
                if closes > moment:
                    yield max(opens, moment), closes
                    moment = closes
            day += DAY

    def _on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        known = self._opened.get(day)
        if known is None:
            off = day in self.days_off or any(day in _calendar(code) for code in self.countries)
            spans = () if off else self.week[day.weekday()]
            times = sorted(span.on(day, self.zone) for span in spans)
            # a spring night may move an opening past its closing
            known = tuple((opens, closes) for opens, closes in times if opens < closes)
            self._opened[day] = known
        return known

    def works_in(self, year: int) -> bool:
        """Whether there is a single open moment in that year."""
        start, end = date(year, 1, 1), date(year + 1, 1, 1)
        days = (start + DAY * n for n in range((end - start).days))
        return any(self._on(day) for day in days)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone is not a moment")
    return moment.astimezone(UTC)


@lru_cache(maxsize=64)
def _parsed(hours: str, holidays: str, zone: ZoneInfo) -> Schedule:
    days_off, countries = _holidays(holidays)
    schedule = Schedule(
        zone=zone,
        week=_week(hours),
        days_off=days_off,
        countries=countries,
        always=hours.strip() == ALWAYS and not days_off and not countries,
    )
    for year in sorted({COMMON_YEAR} | {day.year for day in days_off}):
        if not schedule.works_in(year):
            raise ValueError(f"with these holidays the team works on no day of {year}")
    return schedule


def _week(hours: str) -> tuple[tuple[Span, ...], ...]:
    """The spans of each weekday, from `24/7` or `days spans; days spans`."""
    if hours.strip() == ALWAYS:
        return ((Span(time(0), time(0)),),) * 7
    week: list[list[Span]] = [[] for _ in DAYS]
    for part in hours.lower().strip(" ;").split(";"):
        words = part.replace(", ", ",").split()
        if not words:
            raise ValueError(f"there is a part without days and times; {ALLOWED}")
        names, *times = words
        days = _days(names)
        if not times:
            raise ValueError(f"“{names}” has no times; {ALLOWED}")
        for spelled in times:
            for day in days:
                week[day].append(_span(spelled))
    return tuple(tuple(spans) for spans in week)


def _days(names: str) -> list[int]:
    """Weekdays of `mon`, `mon-fri`, `sat-mon` or a list of these."""
    days: list[int] = []
    for item in names.split(","):
        first, dash, last = item.partition("-")
        for name in (first, last) if dash else (first,):
            if name not in DAYS:
                raise ValueError(f"“{name}” is not a day ({', '.join(DAYS)}); {ALLOWED}")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days += [(start + n) % 7 for n in range((end - start) % 7 + 1)]
    return days


def _span(spelled: str) -> Span:
    found = SPAN.fullmatch(spelled)
    if found is None:
        raise ValueError(f"“{spelled}” is not a span of times such as 09:00-18:00; {ALLOWED}")
    from_hour, from_minute, to_hour, to_minute, midnight, _ = found.groups()
    span = Span(
        opens=time(int(from_hour), int(from_minute)),
        closes=time(0) if midnight else time(int(to_hour), int(to_minute)),
    )
    if span.opens == span.closes and not midnight:
        raise ValueError(f"“{spelled}” ends where it starts; a whole day is 00:00-24:00")
    return span


def _holidays(spelled: str) -> tuple[frozenset[date], tuple[str, ...]]:
    """The dates and the countries of a comma-separated list."""
    days: set[date] = set()
    countries: list[str] = []
    for item in filter(None, (item.strip() for item in spelled.split(","))):
        if COUNTRY.fullmatch(item.upper()):
            _calendar(item.upper())
            countries.append(item.upper())
            continue
        try:
            days.add(date.fromisoformat(item))
        except ValueError:
            raise ValueError(
                f"“{item}” is neither a country code such as RU nor a date such as 2026-12-31"
            ) from None
    return frozenset(days), tuple(countries)


@lru_cache(maxsize=16)
def _calendar(code: str) -> HolidayBase:
    """A country's public holidays, worked out a year at a time when asked for."""
    try:
        return country_holidays(code)
    except NotImplementedError:
        raise ValueError(f"no holidays are known for the country “{code}”; use RU, DE …") from None
