"""Moments as people say them aloud, in Russian and in English: "в пятницу в три", "tomorrow
morning", "двадцатого марта".

Looser than `desk.moments`, which reads what is typed: a number may be a word, and an hour without
"утра" or "pm" is one of the working day, so that "в три" is 15:00.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk.moments import DAY, EVENING, MONTHS, MORNING, UNITS, Trouble, at, judged

AFTERNOON, LUNCH, NOON = time(15), time(13), time(12)
EARLIEST = 8
"""The hour before which nobody means the morning unless they say so."""

TOKEN = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|\d+(?:st|nd|rd|th)?|[a-zа-я]+(?:'[a-z]+)?")
FILLERS = (
    "в во на к ко с по около примерно часов где то числа at on by the of around about for this"
    " эту этот ближайшую ближайший o'clock oclock"
)

CARDINALS = {
    word: number
    for number, words in enumerate(
        (
            "ноль zero",
            "один одну одного одной one a an",
            "два две двух двум пару two couple",
            "три трех трем three",
            "четыре четырех четырем four",
            "пять пяти five",
            "шесть шести six",
            "семь семи seven",
            "восемь восьми eight",
            "девять девяти nine",
            "десять десяти ten",
            "одиннадцать одиннадцати eleven",
            "двенадцать двенадцати twelve",
            "тринадцать тринадцати thirteen",
            "четырнадцать четырнадцати fourteen",
            "пятнадцать пятнадцати fifteen",
            "шестнадцать шестнадцати sixteen",
            "семнадцать семнадцати seventeen",
            "восемнадцать восемнадцати eighteen",
            "девятнадцать девятнадцати nineteen",
        )
    )
    for word in words.split()
}
TENS = {
    word: number
    for number, words in (
        (20, "двадцать двадцати twenty"),
        (30, "тридцать тридцати thirty"),
        (40, "сорок сорока forty"),
        (50, "пятьдесят пятидесяти fifty"),
    )
    for word in words.split()
}
ORDINAL_STEMS = (
    "перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат"
    " четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат"
)
ENDINGS = "ого его ьего ое ье ому ьему ой ей ьей ый ий ая ую ым"
ORDINALS = {
    stem + ending: number
    for number, stem in enumerate(ORDINAL_STEMS.split(), start=1)
    for ending in ENDINGS.split()
}
ORDINALS |= {"тридцат" + ending: 30 for ending in ENDINGS.split()}
IN_ORDER = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS |= {word: number for number, word in enumerate(IN_ORDER.split(), start=1)}
ORDINALS["thirtieth"] = 30

WEEKDAYS = (
    ("понедельн", "mon"),
    ("вторник", "tue"),
    ("сред", "wed"),
    ("четвер", "thu"),
    ("пятниц", "fri"),
    ("суббот", "sat"),
    ("воскресен", "sun"),
)
"""What the names begin with, whatever their case and however they were misheard."""
WEEKDAY = re.compile(
    r"(понедельн\w*|вторник\w*|сред[ауеы]|четвер[гк]\w*|пятниц\w*|суббот\w*|воскресен\w*"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)"
)
RELATIVE = {
    "сегодня": 0, "today": 0, "tonight": 0, "завтра": 1, "tomorrow": 1, "послезавтра": 2,
}  # fmt: skip
NEXT = {"следующий", "следующую", "следующей", "следующем", "следующее", "next"}
PARTS = {
    word: part
    for part, words in {
        "am": "утра утром утро morning am ночи",
        "pm": "дня днем вечера вечером вечер afternoon evening pm tonight",
    }.items()
    for word in words.split()
}
NAMED = {
    "утром": MORNING, "утро": MORNING, "morning": MORNING,
    "днем": AFTERNOON, "afternoon": AFTERNOON,
    "вечером": EVENING, "вечер": EVENING, "evening": EVENING, "tonight": EVENING,
    "обед": LUNCH, "lunch": LUNCH, "lunchtime": LUNCH,
    "полдень": NOON, "noon": NOON, "midday": NOON,
}  # fmt: skip
PHRASES: Sequence[tuple[tuple[str, ...], time]] = (
    (("после", "обеда"), AFTERNOON),
    (("после", "обед"), AFTERNOON),
    (("второй", "половине", "дня"), AFTERNOON),
    (("первой", "половине", "дня"), MORNING),
    (("конце", "дня"), EVENING),
    (("концу", "дня"), EVENING),
    (("end", "of", "the", "day"), EVENING),
    (("end", "of", "day"), EVENING),
)
"""Longer names of a part of the day."""

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A moment in a text, and where it stands."""

    moment: datetime | Trouble
    start: int
    end: int


@dataclass(slots=True)
class Heard:
    """What of a moment has been understood so far."""

    day: date | None = None
    clock: time | None = None
    after: timedelta | None = None
    """From now: hours and minutes ahead."""

    @property
    def nothing(self) -> bool:
        return self.day is None and self.clock is None and self.after is None


def find(text: str, now: datetime, zone: ZoneInfo) -> Found | None:
    """The first moment ahead that a text names; `text` is lower case with е for ё."""
    spans = [(m[0], m.start(), m.end()) for m in TOKEN.finditer(text)]
    words = [word for word, _, _ in spans]
    today = now.astimezone(zone).date()
    for place in range(len(words)):
        heard, end = _scan(words, place, today)
        if heard.nothing:
            continue
        moment = judged(_moment(heard, now, zone), now, "future")
        return Found(moment, spans[place][1], spans[end - 1][2])
    return None


def _scan(words: Words, start: int, today: date) -> tuple[Heard, int]:
    """As much of a moment as begins here, and where it ends."""
    heard, place, end = Heard(), start, start
    while place < len(words):
        following = _piece(words, place, heard, today)
        if following is None:
            if words[place] not in FILLERS.split():
                break
            place += 1
        else:
            place = end = following
    return heard, end


def _piece(words: Words, place: int, heard: Heard, today: date) -> int | None:
    """Adds the piece that begins here to what is heard; where it ends, None: there is none."""
    if heard.day is None and heard.after is None:
        if found := _ahead(words, place, today):
            heard.day, heard.after, end = found
            return end
        if named := _day(words, place, today):
            heard.day, end = named
            if words[end - 1] == "tonight":
                heard.clock = EVENING
            return end
    if heard.clock is not None or heard.after is not None:
        return None
    if clock := _clock(words, place, after_day=heard.day is not None):
        heard.clock, end = clock
        return end
    return None


def _moment(heard: Heard, now: datetime, zone: ZoneInfo) -> datetime:
    if heard.after is not None:
        return now + heard.after
    today = now.astimezone(zone).date()
    if heard.day is not None:
        return at(heard.day, heard.clock or MORNING, zone)
    moment = at(today, heard.clock or MORNING, zone)
    return moment if moment > now else at(today + DAY, heard.clock or MORNING, zone)


# --- numbers ---


def number(words: Words, place: int) -> tuple[int, int] | None:
    """A whole number in digits or words, and where it ends."""
    word = words[place] if place < len(words) else ""
    if word.isdigit():
        return int(word), place + 1
    if word == "a" and place + 1 < len(words) and words[place + 1] == "couple":
        return 2, place + 2
    if word in CARDINALS:
        return CARDINALS[word], place + 1
    if word in TENS:
        unit = CARDINALS.get(words[place + 1], 0) if place + 1 < len(words) else 0
        single = 0 < unit < 10
        return TENS[word] + (unit if single else 0), place + 1 + single
    return None


def _ordinal(words: Words, place: int) -> tuple[int, int] | None:
    """`20th`, `20-го`, `двадцать пятого`, `twenty first`."""
    word = words[place]
    if found := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word):
        return int(found[1]), place + 1
    following = words[place + 1] if place + 1 < len(words) else ""
    if word.isdigit() and following in {"го", "ого", "е", "числа"}:
        return int(word), place + 2
    if word in ORDINALS:
        return ORDINALS[word], place + 1
    if word in TENS and ORDINALS.get(following, 99) < 10:
        return TENS[word] + ORDINALS[following], place + 2
    return None


# --- days ---


def _ahead(
    words: Words, place: int, today: date
) -> tuple[date | None, timedelta | None, int] | None:
    """`через два дня`, `in an hour`, `через полчаса`, `через неделю`."""
    if words[place] not in {"через", "in"} or place + 1 >= len(words):
        return None
    for half in (("полчаса",), ("half", "an", "hour")):
        if tuple(words[place + 1 : place + 1 + len(half)]) == half:
            return None, timedelta(minutes=30), place + 1 + len(half)
    counted = number(words, place + 1)
    count, end = counted or (1, place + 1)
    end += words[end : end + 1] == ["of"]
    unit = words[end] if end < len(words) else ""
    if unit in {"месяц", "месяца", "month", "months"}:
        return today + 30 * count * DAY, None, end + 1
    seconds = UNITS.get(unit, 0) * count
    if not seconds:
        return None
    span = timedelta(seconds=seconds)
    return (None, span, end + 1) if span < DAY else (today + span, None, end + 1)


def _day(words: Words, place: int, today: date) -> tuple[date, int] | None:
    word = words[place]
    for phrase, day in (
        (("day", "after", "tomorrow"), today + 2 * DAY),
        (("после", "завтра"), today + 2 * DAY),  # as it is often written down
        (("после", "выходных"), _monday(today)),
    ):
        if tuple(words[place : place + len(phrase)]) == phrase:
            return day, place + len(phrase)
    if word in RELATIVE:
        return today + RELATIVE[word] * DAY, place + 1
    if word in NEXT:
        return _of_next_week(words, place + 1, today)
    if WEEKDAY.fullmatch(word):
        ahead = (_weekday(word) - today.weekday()) % 7
        return today + (ahead or 7) * DAY, place + 1
    return _date(words, place, today)


def _monday(today: date) -> date:
    return today + (7 - today.weekday()) * DAY


def _of_next_week(words: Words, place: int, today: date) -> tuple[date, int] | None:
    word = words[place] if place < len(words) else ""
    if word in {"неделе", "неделю", "week"}:
        return _monday(today), place + 1
    if word in {"день", "day"}:
        return today + DAY, place + 1
    if WEEKDAY.fullmatch(word):
        return _monday(today) + _weekday(word) * DAY, place + 1
    return None


def _weekday(word: str) -> int:
    return next(n for n, names in enumerate(WEEKDAYS) if word.startswith(names))


def _date(words: Words, place: int, today: date) -> tuple[date, int] | None:
    """`двадцатого марта`, `20 марта`, `the 20th of March`, `March the 20th`, `20-го`."""
    if words[place] in MONTHS and len(words[place]) > 2:
        following = place + 1
        if following < len(words) and words[following] == "the":
            following += 1
        if following >= len(words):
            return None
        counted = _ordinal(words, following) or number(words, following)
        return _near(today, counted[0], MONTHS[words[place]], counted[1]) if counted else None
    ordinal = _ordinal(words, place)
    counted = ordinal or number(words, place)
    if counted is None:
        return None
    day, end = counted
    following = end + 1 if end < len(words) and words[end] == "of" else end
    if following < len(words) and words[following] in MONTHS and len(words[following]) > 2:
        return _near(today, day, MONTHS[words[following]], following + 1)
    alone = ordinal is not None and (words[place][0].isdigit() or words[place] in TENS)
    return _of_month(today, day, end) if alone else None


def _near(today: date, day: int, month: int, end: int) -> tuple[date, int] | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found, end
    return None


def _of_month(today: date, day: int, end: int) -> tuple[date, int] | None:
    """A day without its month: of this one or, if that has passed, of the next."""
    month = today.month % 12 + 1
    this = _near(today, day, today.month, end)
    if this is not None and this[0] - today < 31 * DAY:
        return this
    return _near(today, day, month, end)


# --- times ---


def _clock(words: Words, place: int, *, after_day: bool) -> tuple[time, int] | None:
    """A time of day. A bare number is one only after "в" or "at", or right after a day."""
    for phrase, clock in PHRASES:
        if tuple(words[place : place + len(phrase)]) == phrase:
            return clock, place + len(phrase)
    word = words[place]
    if word in NAMED:
        return NAMED[word], place + 1
    return _half(words, place) or _hour(words, place, after_day=after_day)


def _hour(words: Words, place: int, *, after_day: bool) -> tuple[time, int] | None:
    """`15:30`, `в три часа`, `at ten in the morning`."""
    word = words[place]
    led = place > 0 and words[place - 1] in {"в", "во", "к", "at", "by", "около", "around"}
    if found := re.fullmatch(r"(\d{1,2})[:.](\d{2})", word):
        return _judged(int(found[1]), int(found[2]), words, place + 1, exact=word[0] == "0")
    counted = number(words, place)
    if counted is None or word in {"a", "an", "пару", "couple"}:
        return None
    hour, end = counted
    named = end < len(words) and words[end] in {"час", "часа", "часов", "o'clock", "oclock"}
    end += named
    if not (led or named or after_day or (end < len(words) and words[end] in PARTS)):
        return None
    minute, end = _minutes(words, end)
    return _judged(hour, minute, words, end, exact=False)


def _minutes(words: Words, place: int) -> tuple[int, int]:
    """`тридцать` after the hour; 0 when nothing like it follows."""
    counted = number(words, place)
    if counted is None or words[place] in {"a", "an"} or not 5 <= counted[0] < 60:
        return 0, place
    minute, end = counted
    if end < len(words) and words[end] in {"минут", "минуты", "minutes"}:
        end += 1
    return minute, end


def _half(words: Words, place: int) -> tuple[time, int] | None:
    """`полтретьего`, `в половине третьего`, `half past two`, `quarter to five`."""
    word = words[place]
    if word.startswith("пол") and word[3:] in ORDINALS:
        return _judged((ORDINALS[word[3:]] - 2) % 12 + 1, 30, words, place + 1, exact=False)
    following = words[place + 1] if place + 1 < len(words) else ""
    if word in {"половине", "половину"} and following in ORDINALS:
        return _judged((ORDINALS[following] - 2) % 12 + 1, 30, words, place + 2, exact=False)
    minutes = {"half": 30, "quarter": 15}.get(word)
    if minutes is None or following not in {"past", "to"}:
        return None
    counted = number(words, place + 2)
    if counted is None:
        return None
    hour, end = counted
    if following == "to":
        hour, minutes = (hour - 2) % 12 + 1, 60 - minutes
    return _judged(hour, minutes, words, end, exact=False)


def _judged(
    hour: int, minute: int, words: Words, place: int, *, exact: bool
) -> tuple[time, int] | None:
    """The time, with the part of the day that follows; without one, an hour of the working day."""
    while place < len(words) - 1 and words[place] in {"in", "the", "часов", "часа", "o'clock"}:
        place += 1
    part = PARTS.get(words[place]) if place < len(words) else None
    if part is not None:
        place += 1
    if part == "pm" and hour < 12:
        hour += 12
    elif part == "am" and hour == 12:
        hour = 0
    elif part is None and not exact and 0 < hour < EARLIEST:
        hour += 12
    return (time(hour, minute), place) if hour < 24 and minute < 60 else None
