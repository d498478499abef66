"""Figures as people read them: the number, what it is of, what became of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk.reports import Pushed, Report, WeekFigures
from desk.weeks import Span
from i18n import Texts
from kpi.catalogue import CATALOGUE, Unit
from kpi.figures import Change, Figure, Share

SPEED, OFTEN, GOOD = "speed", "often", "good"
KINDS = {
    "first_response_time": SPEED,
    "reply_time": SPEED,
    "resolution_time": SPEED,
    "handle_time": SPEED,
    "overdue_share": OFTEN,
    "repeat_share": OFTEN,
    "abandoned_share": OFTEN,
    "diary_gap": OFTEN,
}
LAST_WEEK = 7
"""Days: so long a weekday's name says which day."""


def scope(report: Report) -> str:
    """The word messages choose by."""
    return "team" if report.person is None else "own"


def name(texts: Texts, metric: str) -> str:
    return texts.plain(f"kpi-name-{_id(metric)}")


def n(texts: Texts, metric: str, figure: Figure) -> str:
    """What it is of: "37 of 42 ratings", "63 chats"."""
    hits = figure.hits if isinstance(figure, Share) else figure.n
    return texts.plain(f"kpi-n-{_id(metric)}", hits=hits, n=figure.n)


def percent(texts: Texts, share: float) -> str:
    return texts.plain("kpi-percent", value=round(100 * share))


def value(texts: Texts, metric: str, figure: Figure) -> str:
    """The number itself; with little data a fraction, with none that there is none."""
    if figure.value is None:
        return texts.plain("kpi-counted-none")
    if isinstance(figure, Share) and not figure.enough:
        return texts.plain("kpi-of", hits=figure.hits, n=figure.n)
    return spelled(texts, metric, figure.value)


def spelled(texts: Texts, metric: str, number: float) -> str:
    """A number in the metric's own unit."""
    match CATALOGUE[metric].unit:
        case Unit.PERCENT:
            return percent(texts, number)
        case Unit.SECONDS:
            return texts.span(number)
        case Unit.STARS | Unit.SCALE:
            return texts.plain("kpi-stars", value=number)
        case Unit.NET:
            return texts.plain("kpi-net", sign=_sign(round(number)), value=abs(round(number)))
        case Unit.COUNT:
            return str(round(number))


def interval(texts: Texts, metric: str, figure: Figure) -> str | None:
    if figure.low is None or figure.high is None or not figure.n:
        return None
    if CATALOGUE[metric].unit is Unit.PERCENT:
        low, high = round(100 * figure.low), round(100 * figure.high)
        return texts.plain("kpi-percents", low=low, high=high)
    low_end, high_end = (spelled(texts, metric, end) for end in (figure.low, figure.high))
    return texts.plain("kpi-days", first=low_end, last=high_end)


def little(texts: Texts, figure: Figure) -> str:
    """Why nothing is said: how much there is of how much it takes."""
    if not figure.n:
        return texts.plain("kpi-nothing")
    return texts.plain("kpi-little", n=figure.n, least=figure.least_n)


def changed(texts: Texts, metric: str, change: Change, *, short: bool = False) -> str:
    words = "kpi-change-short" if short else "kpi-change"
    return texts.plain(words, change=change.value, kind=KINDS.get(metric, GOOD))


def days(texts: Texts, week: Span, today: date) -> str:
    """16–22 November; the months and years that are needed."""
    return between(texts, week.first, week.last, today)


def between(texts: Texts, first: date, last: date, today: date) -> str:
    """The same from one day to another."""
    until = texts.day(last, today)
    if (first.year, first.month) == (last.year, last.month):
        return texts.plain("kpi-days-in-month", first=str(first.day), last=until)
    return texts.plain("kpi-days", first=texts.day(first, last), last=until)


def when(texts: Texts, week: Span, zone: ZoneInfo, now: datetime) -> str:
    """Its days, or since when it has been going on."""
    today = now.astimezone(zone).date()
    if is_going_on(week, zone, now):
        return texts.plain("kpi-since", day=texts.day(week.first, today))
    return days(texts, week, today)


def heading(texts: Texts, week: Span, zone: ZoneInfo, now: datetime) -> str:
    """The same where a line begins with it."""
    today = now.astimezone(zone).date()
    if is_going_on(week, zone, now):
        return texts.plain("kpi-since-heading", day=texts.day(week.first, today))
    return days(texts, week, today)


def is_going_on(week: Span, zone: ZoneInfo, now: datetime) -> bool:
    return now < week.end(zone)


def otherwise(texts: Texts, week: WeekFigures, pushed: Pushed | None) -> dict[str, str]:
    """What people were shown of the week, by metric, where it reads otherwise today."""
    if pushed is None:
        return {}
    shown = {
        metric: value(texts, metric, figure)
        for metric, figure in pushed.figures.items()
        if metric in CATALOGUE
    }
    return {
        metric: words
        for metric, words in shown.items()
        if words != value(texts, metric, week.figures[metric])
    }


def pushed_on(pushed: Pushed, texts: Texts, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    """`day` and `date` for "On Monday it said"."""
    day, today = pushed.at.astimezone(zone).date(), now.astimezone(zone).date()
    near = (today - day).days < LAST_WEEK
    return {"day": f"d{day.weekday()}" if near else "other", "date": texts.day(day, today)}


def points(number: float | None) -> str:
    return "" if number is None else str(round(number))


def _sign(number: int) -> str:
    return "plus" if number > 0 else "minus" if number < 0 else "none"


def _id(metric: str) -> str:
    return metric.replace("_", "-")
