"""The pictures of /report: what stands on them, and the same in words below."""

from dataclasses import dataclass
from datetime import date, datetime

from desk.reports import limit_of
from desk.rules import Rules
from desk.team import Compared, Comparison, Dissatisfaction, Hours, Period
from handlers.screens import figures as spell
from i18n import Texts
from i18n.texts import shorten
from kpi.card import Theme
from kpi.catalogue import CATALOGUE, Unit
from kpi.comparison import Standing
from kpi.figures import Direction, Figure, wilson
from kpi.pages import (
    Advice,
    Cause,
    ComparedRow,
    ComparisonPage,
    Group,
    HoursPage,
    Page,
    ReasonRow,
    ReasonsPage,
    Scale,
    with_room,
)
from storage.models import Reason

EVERY_YEAR = date(1, 1, 1)
NAME = 64
IN_CAPTION = 6
"""Names of one group; a caption holds 1,024 characters."""
CAPTION_NAME = 24
LEAST = 3
"""Fewer times is no fact worth a sentence."""
MENDED = frozenset(Reason) - {Reason.PRODUCT, Reason.OTHER}
"""For which there is something an operator can do on Monday."""


@dataclass(frozen=True, slots=True)
class To:
    """Who is told, and when."""

    texts: Texts
    rules: Rules
    now: datetime
    theme: Theme


@dataclass(frozen=True, slots=True)
class Shown:
    page: Page
    caption: str
    """HTML, at most 1,024 characters once read: the picture in words."""


def days(texts: Texts, period: Period, today: date) -> str:
    """26 October – 22 November; the months and years that are needed."""
    return spell.between(texts, period.first.monday, period.last.sunday, today)


def _today(to: To) -> date:
    return to.now.astimezone(to.rules.zone).date()


# --- operators beside each other ---


def compared(found: Comparison, period: Period, to: To) -> Shown:
    texts, metric = to.texts, found.metric
    kind, name = _kind(metric), metric.replace("_", "-")
    rows = [_row(texts, metric, row) for row in found.rows]
    groups = tuple(
        Group(
            texts.plain("report-group", standing=standing.value, kind=kind),
            tuple(shown),
            texts.plain("report-more", count=rest) if rest else "",
        )
        for standing, (shown, rest) in with_room(rows).items()
        if shown
    )
    team = None if found.team is None else spell.spelled(texts, metric, found.team)
    page = ComparisonPage(
        name=texts.plain("kpi-team"),
        dates=days(texts, period, EVERY_YEAR),
        headline=_compared_headline(texts, found),
        title=texts.plain(f"report-title-{name}"),
        groups=groups,
        nothing=texts.plain("report-nobody"),
        team=None if found.team is None else _factor(metric) * found.team,
        team_label="" if team is None else texts.plain("report-team", value=team),
        n_title=texts.plain("report-n", kind=name),
        scale=_scale(texts, found, to.rules),
        legend=(texts.plain("report-band"), texts.plain("report-band-why")),
        theme=to.theme,
    )
    return Shown(page, _compared_caption(found, period, to))


def _kind(metric: str) -> str:
    return spell.KINDS.get(metric, spell.GOOD)


def _factor(metric: str) -> float:
    return 100 if CATALOGUE[metric].unit is Unit.PERCENT else 1


def _row(texts: Texts, metric: str, row: Compared) -> ComparedRow:
    factor = _factor(metric)
    value, low, high = (
        None if each is None else factor * each for each in (row.figure.value, row.low, row.high)
    )
    differs = row.standing in (Standing.ABOVE, Standing.BELOW)
    return ComparedRow(
        name=shorten(row.operator.shown_name, NAME),
        standing=row.standing,
        value=value,
        low=low,
        high=high,
        n=str(row.figure.n),
        figure=spell.value(texts, metric, row.figure) if differs else "",
    )


def _scale(texts: Texts, found: Comparison, rules: Rules) -> Scale:
    """Does not follow the data but where they would not be on it."""
    enough = [row.figure for row in found.rows if row.standing is not Standing.LITTLE]
    values = [each.value for each in enough if each.value is not None]
    metric = CATALOGUE[found.metric]
    if metric.unit is Unit.SECONDS:
        limit = limit_of(rules)
        steps = next((n for n in (1, 2, 4, 8) if 1.2 * n * limit >= max([0, *values])), 16)
        marks = (0.0, steps * limit)
        return Scale(
            0, 1.2 * steps * limit, tuple((m, texts.span(m) if m else "0") for m in marks)
        )
    if metric.direction is Direction.UP:
        low, middle = (0, 50) if min([1.0, *values]) < 0.5 else (50, 75)
        return _percents(texts, low, middle, 100)
    most = max([0.0, *values, *(each.high or 0 for each in enough)])
    high = next((each for each in (20, 40) if 1.2 * each >= 100 * most), 100)
    return _percents(texts, 0, high // 2, high)


def _percents(texts: Texts, low: int, middle: int, high: int) -> Scale:
    beyond = high if low or high == 100 else 1.2 * high
    marks = tuple((float(m), spell.percent(texts, m / 100)) for m in (low, middle, high))
    return Scale(low, beyond, marks)


def _compared_headline(texts: Texts, found: Comparison) -> str:
    counts = {each: sum(row.standing is each for row in found.rows) for each in Standing}
    differ = counts[Standing.ABOVE] + counts[Standing.BELOW]
    if not differ:
        return texts.plain("report-level" if counts[Standing.LEVEL] else "report-early")
    first = texts.plain("report-differ", count=differ)
    return f"{first}\n{texts.plain('report-rest')}" if counts[Standing.LEVEL] else first


def _compared_caption(found: Comparison, period: Period, to: To) -> str:
    texts, metric = to.texts, found.metric
    title = texts.plain(f"report-title-{metric.replace('_', '-')}")
    lines = [texts("report-caption", title=title, days=days(texts, period, _today(to)))]
    if found.team is None:
        return texts.lines(*lines, texts("report-nobody"))
    n = sum(row.figure.n for row in found.rows)
    value = spell.spelled(texts, metric, found.team)
    lines.append(texts("report-caption-team", value=value, n=n))
    for standing in Standing:
        rows = [row for row in found.rows if row.standing is standing]
        if not rows:
            continue
        group = texts.plain("report-group-short", standing=standing.value, kind=_kind(metric))
        if standing in (Standing.ABOVE, Standing.BELOW):
            said = [_said(texts, metric, row) for row in rows[:IN_CAPTION]]
            if len(rows) > IN_CAPTION:
                said.append(texts.plain("report-more", count=len(rows) - IN_CAPTION))
            lines.append(texts("report-caption-group", group=group, list=", ".join(said)))
        else:
            lines.append(texts("report-caption-group", group=group, list=str(len(rows))))
    return texts.lines(*lines, texts("report-caption-chance"))


def _said(texts: Texts, metric: str, row: Compared) -> str:
    value = spell.value(texts, metric, row.figure)
    name = shorten(row.operator.shown_name, CAPTION_NAME)
    return texts.plain("report-caption-person", name=name, value=value, n=row.figure.n)


# --- hours and days ---


def hours(found: Hours, period: Period, to: To) -> Shown:
    texts = to.texts
    first = found.hours.start
    sums = [(sum(c.late for c in row), sum(c.waits for c in row)) for row in found.cells]
    page = HoursPage(
        name=texts.plain("kpi-team"),
        dates=days(texts, period, EVERY_YEAR),
        headline=_hours_headline(texts, found),
        title=texts.plain("report-title-hours"),
        hours=tuple(f"{hour}:00" for hour in found.hours),
        days=tuple(texts.plain("report-day", day=f"d{day}") for day in range(7)),
        cells=tuple(tuple(row) for row in found.cells),
        worse_hours=frozenset(hour - first for hour in found.worse_hours),
        worse_days=frozenset(found.worse_days),
        of=tuple(texts.plain("kpi-of", hits=late, n=n) if n else "" for late, n in sums),
        total=texts.plain("report-hours-all"),
        late=texts.plain("report-hours-late"),
        legend=(texts.plain("report-hours-load"), texts.plain("report-hours-lateness")),
        nothing=texts.plain("report-no-waits"),
        theme=to.theme,
    )
    title = texts("report-caption", title=page.title, days=days(texts, period, _today(to)))
    if not found.cells:
        return Shown(page, texts.lines(title, texts("report-no-waits")))
    lines = [texts("report-caption-waits", n=found.waits, late=found.late)]
    busiest = max(range(len(sums)), key=lambda row: sums[row][1])
    at = f"{first + busiest}:00"
    lines.append(texts("report-caption-peak", hour=at, n=sums[busiest][1]))
    if when := _when(texts, found):
        lines.append(texts("report-caption-worse", when=when))
    return Shown(page, texts.lines(title, *lines))


def _hours_headline(texts: Texts, found: Hours) -> str:
    if not found.cells:
        return texts.plain("report-hours-none")
    if when := _when(texts, found):
        return texts.plain("report-hours-worse", when=when)
    return texts.plain("report-hours-usual" if found.late else "report-hours-in-time")


def _when(texts: Texts, found: Hours) -> str:
    """ "after 18:00", "12:00–14:00, Mon": the hours and days that differ, or nothing."""
    spans: list[tuple[int, int]] = []
    for hour in sorted(found.worse_hours):
        if spans and spans[-1][1] == hour:
            spans[-1] = (spans[-1][0], hour + 1)
        else:
            spans.append((hour, hour + 1))
    if len(spans) == 1 and spans[0][1] == found.hours.stop and spans[0][0] > found.hours.start:
        said = [texts.plain("report-after", hour=f"{spans[0][0]}:00")]
    else:
        said = [f"{first}:00–{end}:00" for first, end in spans]
    said += [texts.plain("report-day", day=f"d{day}") for day in sorted(found.worse_days)]
    return ", ".join(said)


# --- what went wrong ---


def reasons(found: Dissatisfaction, period: Period, to: To) -> Shown:
    texts, whole = to.texts, found.whole
    rows, running = [], 0
    for reason, cause in found.reasons:
        running += cause.all
        share = spell.percent(texts, running / found.ticks)
        rows.append(ReasonRow(_reason(texts, reason), cause, share))
    page = ReasonsPage(
        name=texts.plain("kpi-team"),
        dates=days(texts, period, EVERY_YEAR),
        headline=texts.plain(_reasons_headline(whole)),
        title=texts.plain("report-title-reasons", count=whole.all),
        whole=whole,
        company=texts.plain("report-company"),
        operator=texts.plain("report-operator"),
        unsorted=texts.plain("report-unsorted"),
        rows_title=texts.plain("report-reasons"),
        running_title=texts.plain("report-running"),
        rows=tuple(rows),
        most=found.most,
        advice=(_for_company(texts, found), _for_operators(texts, found)),
        note=texts.plain("report-reasons-note"),
        nothing=texts.plain("report-no-bad"),
        theme=to.theme,
    )
    when = days(texts, period, _today(to))
    title = texts("report-caption", title=texts.plain("report-reasons"), days=when)
    if not whole.all:
        return Shown(page, texts.lines(title, texts("report-no-bad")))
    listed = ", ".join(f"{_reason(texts, reason)} {cause.all}" for reason, cause in found.reasons)
    about = {"n": whole.all, "company": whole.company, "operator": whole.operator}
    lines = [
        texts("report-caption-bad", **about, unsorted=whole.unsorted),
        texts("report-caption-reasons", list=listed) if listed else None,
        texts("report-caption-unnamed", n=found.unnamed) if found.unnamed else None,
    ]
    return Shown(page, texts.lines(title, *lines))


def _reason(texts: Texts, reason: Reason) -> str:
    words = texts.plain("survey-reason-said", reason=reason.value)
    return words[:1].upper() + words[1:]


def _reasons_headline(whole: Cause) -> str:
    """Who lets customers down more often, only if the interval of the share allows it."""
    if not whole.all:
        return "report-headline-no-bad"
    known = whole.company + whole.operator
    if not known:
        return "report-headline-unsorted"
    low, high = wilson(whole.company, known)
    if low > 0.5:
        return "report-headline-company"
    return "report-headline-operator" if high < 0.5 else "report-headline-open"


def _for_company(texts: Texts, found: Dissatisfaction) -> Advice:
    title = texts.plain("report-for-company")
    rows = [(reason, cause.company) for reason, cause in found.reasons]
    reason, hits = max(rows, key=lambda row: row[1], default=(Reason.OTHER, 0))
    if hits < LEAST:
        return Advice(title, "")
    words, n = _reason(texts, reason), found.whole.company
    return Advice(title, texts.plain("report-advice-company", reason=words, hits=hits, n=n))


def _for_operators(texts: Texts, found: Dissatisfaction) -> Advice:
    title = texts.plain("report-for-operators")
    rows = [(reason, cause.operator) for reason, cause in found.reasons if reason in MENDED]
    reason, hits = max(rows, key=lambda row: row[1], default=(Reason.OTHER, 0))
    if hits < LEAST:
        return Advice(title, "")
    counts = {"hits": hits, "n": found.whole.operator}
    name = _reason(texts, reason)
    words = texts.plain("report-advice-operators", name=name, reason=reason.value, **counts)
    return Advice(title, words)


def brief(texts: Texts, metric: str, figure: Figure) -> str:
    """A figure with what it is of, or how much there is of how much it takes."""
    if not figure.enough:
        return spell.little(texts, figure)
    shown, count = spell.value(texts, metric, figure), spell.n(texts, metric, figure)
    return shown if CATALOGUE[metric].unit is Unit.COUNT else f"{shown} ({count})"
