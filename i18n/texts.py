"""Messages live in <language>/<topic>.ftl (Fluent). Values are escaped here and nowhere else."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.runtime.types import fluent_number

from i18n.pages import units

resolver.MAX_PART_LENGTH = 64_000
"""Characters of one value. Fluent's 2,500 is against templates of strangers; ours are our own,
and a person's message of 4,096 must not fail, however long escaping makes it."""

LANGUAGES = ("ru", "en")
FALLBACK = "ru"

ROOM = 3_900
"""Of the 4,096 a message holds, for what is below its title."""

SHORT, SHORT_KEPT = 16, 4_096
"""Characters of values that tend to come again, and how many texts with only such are kept."""

Value = str | int | float


class Html(str):
    """Markup made by Texts: safe to put into another text as it is."""

    __slots__ = ()


class UnknownMessage(KeyError):
    """A message id that no .ftl file has: always our bug, never the reader's."""


class Texts:
    """One language. Ask for a message by id, give it its numbers and names; get HTML."""

    def __init__(self, language: str, bundle: FluentBundle) -> None:
        self.language = language
        self._bundle = bundle
        self._short = lru_cache(maxsize=SHORT_KEPT, typed=True)(self._said)

    def __call__(self, message_id: str, **values: Value) -> Html:
        safe = {name: _safe(value) for name, value in values.items()}
        return Html(self.plain(message_id, **safe))

    def __contains__(self, message_id: str) -> bool:
        return self._bundle.has_message(message_id)

    def lines(self, *parts: str | None) -> Html:
        """Parts one under another, the empty ones left out. Each is already HTML."""
        return Html("\n".join(part for part in parts if part))

    def quote(self, words: str, at_most: int = 600) -> Html:
        """A person's own words, set apart; a long text is cut and says so with an ellipsis."""
        return Html(f"<blockquote>{escape(shorten(words, at_most), quote=False)}</blockquote>")

    def plain(self, message_id: str, **values: Value) -> str:
        """For a place that takes no markup: a button, a toast, a picture."""
        if all(isinstance(value, int) or len(str(value)) <= SHORT for value in values.values()):
            return self._short(message_id, **values)  # the same labels again and again
        return self._said(message_id, **values)

    def _said(self, message_id: str, **values: Value) -> str:
        pattern = self._bundle.get_message(message_id).value if message_id in self else None
        if pattern is None:
            raise UnknownMessage(message_id)
        given = {name: _given(value) for name, value in values.items()}
        text, errors = self._bundle.format_pattern(pattern, given)
        if errors:
            raise errors[0]
        return str(text)

    def moment(self, moment: datetime, zone: ZoneInfo, now: datetime) -> str:
        """As people say it: 14:07 today, "tomorrow, 09:00", "23 November, 14:07"."""
        local, today = moment.astimezone(zone), now.astimezone(zone).date()
        clock = f"{local:%H:%M}"
        if local.date() == today:
            return clock
        if local.date() == today + timedelta(days=1):
            return self.plain("moment-tomorrow", clock=clock)
        if local.date() == today - timedelta(days=1):
            return self.plain("moment-yesterday", clock=clock)
        return self.plain("moment-day", day=self.day(local.date(), today), clock=clock)

    def bound(self, moment: datetime, zone: ZoneInfo, now: datetime) -> str:
        """A moment after "since", "by" or "until": «с 14:02 вчера», "by tomorrow, 09:00"."""
        local, today = moment.astimezone(zone), now.astimezone(zone).date()
        clock = f"{local:%H:%M}"
        if local.date() == today + timedelta(days=1):
            return self.plain("moment-by-tomorrow", clock=clock)
        if local.date() == today - timedelta(days=1):
            return self.plain("moment-since-yesterday", clock=clock)
        return self.moment(moment, zone, now)

    def day(self, day: date, today: date) -> str:
        """23 November; with the year when it is not this one."""
        year = "" if day.year == today.year else f" {day.year}"
        return self.plain("moment-date", day=day.day, month=f"m{day.month}") + year

    def span(self, seconds: float) -> str:
        """45 s, 4 min 05 s, 2 h 10 min, 3 d 4 h: two parts at most."""
        whole = max(0, round(seconds))
        days, rest = divmod(whole, 86_400)
        hours, rest = divmod(rest, 3_600)
        minutes, left = divmod(rest, 60)
        if days:
            return self._two("span-days", days, "span-hours", hours)
        if hours:
            return self._two("span-hours", hours, "span-minutes", minutes)
        if minutes:
            seconds_part = self.plain("span-seconds", count=f"{left:02d}") if left else ""
            return f"{self.plain('span-minutes', count=str(minutes))} {seconds_part}".strip()
        return self.plain("span-seconds", count=str(left))

    def _two(self, first: str, one: int, second: str, other: int) -> str:
        head = self.plain(first, count=str(one))
        return f"{head} {self.plain(second, count=str(other))}" if other else head


def last_that_fit(lines: Sequence[str]) -> Sequence[str]:
    """The last of some lines, as many as one message holds beside its title."""
    room = ROOM
    for place in range(len(lines), 0, -1):
        room -= units(lines[place - 1]) + 1
        if room < 0:
            return lines[place:]
    return lines


def shorten(words: str, at_most: int) -> str:
    """The words, cut to `at_most` characters with an ellipsis in their place."""
    return words if len(words) <= at_most else words[: at_most - 1].rstrip() + "…"


def _given(value: Value) -> object:
    """No. 12345, as it is typed and searched for, not No. 12,345."""
    return _apart(value) if isinstance(value, str) else fluent_number(value, useGrouping=False)


RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters written so, and invisible signs that turn a line around."""
ISOLATES = re.compile("[\u2066-\u2069]")


def _apart(words: str) -> str:
    """Words that would turn around what stands beside them, isolated; all others as they are.

    «שרה · 3 разговора» reads "3 · שרה" otherwise, and a name can turn a whole line.
    """
    if RIGHT_TO_LEFT.search(words) is None:
        return words
    return f"\u2068{ISOLATES.sub('', words)}\u2069"


def _safe(value: Value) -> Value:
    if isinstance(value, Html) or not isinstance(value, str):
        return value
    return escape(value, quote=False)


@cache
def texts_for(language: str | None, fallback: str = FALLBACK) -> Texts:
    """The Texts for a Telegram language code; the fallback for one we do not speak."""
    code = (language or fallback).split("-")[0].lower()
    code = code if code in LANGUAGES else fallback
    bundle = FluentBundle([code], use_isolating=False)
    for source in sorted(Path(__file__).with_name(code).glob("*.ftl")):
        bundle.add_resource(FluentResource(source.read_text(encoding="utf-8")))
    return Texts(code, bundle)
