"""Moments as people type them, in Russian and in English, whichever they use.

Strict: what is not understood whole is not understood. A time is the team's wall time; a bare
time is today's.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
FARTHEST = timedelta(days=366)
MORNING = time(10)
"""When a day is named without a time, for what is still to be done."""
EVENING = time(18)


class Trouble(StrEnum):
    """Why a moment cannot be taken as typed."""

    UNREADABLE = "unreadable"
    PASSED = "passed"
    AHEAD = "ahead"
    """It is still to come, and what happened cannot be."""
    FAR = "far"
    """More than a year away."""


Side = Literal["past", "future"]

DAYS = {
    "сегодня": 0, "today": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2,
    "вчера": -1, "yesterday": -1, "позавчера": -2,
}  # fmt: skip
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "понедельник пн monday mon",
            "вторник вт tuesday tue",
            "среда среду ср wednesday wed",
            "четверг чт thursday thu",
            "пятница пятницу пт friday fri",
            "суббота субботу сб saturday sat",
            "воскресенье вс sunday sun",
        )
    )
    for word in words.split()
}
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "января янв january jan",
            "февраля фев february feb",
            "марта мар march mar",
            "апреля апр april apr",
            "мая май may",
            "июня июн june jun",
            "июля июл july jul",
            "августа авг august aug",
            "сентября сен september sep",
            "октября окт october oct",
            "ноября ноя november nov",
            "декабря дек december dec",
        ),
        start=1,
    )
    for word in words.split()
}
UNITS = {
    word: seconds
    for seconds, words in (
        (60, "мин минута минуту минуты минут min minute minutes"),
        (3_600, "ч час часа часов h hour hours"),
        (86_400, "д день дня дней d day days"),
        (604_800, "неделя неделю недели недель week weeks"),
    )
    for word in words.split()
}

CLOCK = re.compile(
    r"(?:^|\s)(\d{1,2}):(\d{2})(?:\s*(am|pm))?$"
    r"|(?:^|\s)(\d{1,2})\s*(am|pm)$"
    r"|(?:^|\s)(?:в|at) (\d{1,2})$"
)
SPAN = re.compile(r"(?:(\d{1,3})\s*|(полчаса)$|)([a-zа-я]*)\.?")
NUMERIC = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2}) ([a-zа-я]+)(?: (\d{4}))?")
MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?: (\d{4}))?")


def parse(words: str, now: datetime, zone: ZoneInfo, side: Side) -> datetime | Trouble:
    """The moment in UTC. What is to be done may name a day alone, meaning 10:00."""
    text = " ".join(words.casefold().replace("ё", "е").replace(",", " ").split())
    found = _after(text, now, zone) if side == "future" else _before(text, now)
    if found is None:
        found = _wall(text, now, zone, side)
    if found is None:
        return Trouble.UNREADABLE
    return judged(found, now, side)


def judged(moment: datetime, now: datetime, side: Side) -> datetime | Trouble:
    if side == "future" and moment <= now:
        return Trouble.PASSED
    if side == "past" and moment > now:
        return Trouble.AHEAD
    return Trouble.FAR if abs(moment - now) > FARTHEST else moment


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A wall time in UTC: a missing one moves forward, a doubled one is its first."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _span(text: str) -> timedelta | None:
    """`2 hours`, `30 мин`, `час`, `полчаса`."""
    found = SPAN.fullmatch(text)
    if found is None:
        return None
    count, half, unit = found.groups()
    if half:
        return timedelta(minutes=30)
    seconds = UNITS.get(unit)
    return timedelta(seconds=seconds * int(count or 1)) if seconds else None


def _after(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """`in 2 hours`, `через час`; days ahead without a time are mornings."""
    lead, _, rest = text.partition(" ")
    if lead not in {"через", "in"}:
        return None
    clock = CLOCK.search(rest)
    span = _span(_without_at(rest[: clock.start()] if clock else rest))
    if span is None:
        return None
    if span < DAY:
        return None if clock else now + span
    wall = _clock(clock) if clock else MORNING
    return at(now.astimezone(zone).date() + span, wall, zone) if wall else None


def _before(text: str, now: datetime) -> datetime | None:
    """`2 hours ago`, `полчаса назад`, `сейчас`."""
    if text in {"сейчас", "now"}:
        return now
    head, _, tail = text.rpartition(" ")
    span = _span(head) if tail in {"назад", "ago"} else None
    return now - span if span else None


def _wall(text: str, now: datetime, zone: ZoneInfo, side: Side) -> datetime | None:
    """A day, a time, or both."""
    today = now.astimezone(zone).date()
    found = CLOCK.search(text)
    named = _without_at(text[: found.start()] if found else text)
    clock = _clock(found) if found else (MORNING if side == "future" and named else None)
    if clock is None:
        return None
    if not named:
        return at(today, clock, zone)
    day = _day(named, today, side)
    if day is None:
        return None
    moment = at(day, clock, zone)
    if named in WEEKDAYS and side == "past" and moment > now:
        moment = at(day - 7 * DAY, clock, zone)
    return moment


def _without_at(text: str) -> str:
    """`tomorrow at`, `завтра в` and `at`, `в`: the preposition before a time says nothing."""
    words = text.split()
    if words and words[-1] in {"в", "at"}:
        words.pop()
    if len(words) > 1 and words[0] in {"в", "во", "on"}:
        words.pop(0)
    return " ".join(words)


def _clock(found: re.Match[str]) -> time | None:
    hours, minutes, half, bare, bare_half, alone = found.groups()
    hour, minute, noon = int(hours or bare or alone), int(minutes or 0), half or bare_half
    if noon and not 1 <= hour <= 12:
        return None
    if noon:
        hour = hour % 12 + (12 if noon == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(named: str, today: date, side: Side) -> date | None:
    if named in DAYS:
        return today + DAYS[named] * DAY
    if named in WEEKDAYS:
        ahead = (WEEKDAYS[named] - today.weekday()) % 7
        return today + (ahead or 7) * DAY if side == "future" else today - (-ahead % 7) * DAY
    if found := ISO.fullmatch(named):
        return _date(int(found[3]), int(found[2]), int(found[1]), today, side)
    if found := NUMERIC.fullmatch(named):
        year = int(found[3]) if found[3] else None
        full = year + 2000 if year is not None and year < 100 else year
        return _date(int(found[1]), int(found[2]), full, today, side)
    if found := DAY_FIRST.fullmatch(named):
        number, month, year_words = found.groups()
    elif found := MONTH_FIRST.fullmatch(named):
        month, number, year_words = found.groups()
    else:
        return None
    year = int(year_words) if year_words else None
    return _date(int(number), MONTHS.get(month, 0), year, today, side)


def _date(day: int, month: int, year: int | None, today: date, side: Side) -> date | None:
    """The date; without a year the nearest on that side. None: there is no such day."""
    years = [year] if year is not None else [today.year + n for n in (-1, 0, 1)]
    dates = []
    for candidate in filter(range(1900, 2999).__contains__, years):
        try:
            dates.append(date(candidate, month, day))
        except ValueError:
            continue
    if year is not None:
        return dates[0] if dates else None
    if side == "future":
        return next((found for found in dates if found >= today), None)
    return next((found for found in reversed(dates) if found <= today), None)
