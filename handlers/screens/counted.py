""" "How is this counted?": every figure of a week with its definition and its own numbers."""

from collections.abc import Sequence

from desk import reports
from desk.reports import Pushed, Report, WeekFigures, read_push
from desk.weeks import Span, Week, numbered
from handlers.figure_callbacks import (
    KpiMetricTap,
    KpiOneTap,
    KpiRecordsTap,
)
from handlers.keyboards import button, keyboard, rows_of
from handlers.screens import figure_records, record
from handlers.screens import figures as spell
from handlers.screens.screen import Look, Screen
from i18n import Texts
from kpi.catalogue import CATALOGUE, GROUPS, Unit, told_of
from kpi.figures import Figure, Mean, Median
from kpi.quality import solved_share_by_priority
from kpi.score import MetricPoints
from storage.models import Priority, Role

ALL, SCORE = "all", "score"
PAGES = (ALL, SCORE, *GROUPS, *CATALOGUE)
MAIN = ("csat", "first_response_time", "overdue_share", "handled")
"""What stands on the first page, beside the score."""


def subject(week: int, team: bool) -> str:
    """What the card of a week is about; whose figures they are depends on who looks."""
    return f"kpi:{2 * week + team}"


def page_key(person_id: int, week: int, team: bool) -> str:
    """Where is kept which figure somebody has opened."""
    return f"kpi:{person_id}:{2 * week + team}"


async def screen(look: Look, number: int) -> Screen | None:
    """A complete week and the one after it, as far as it has come."""
    week, team = numbered(number // 2), bool(number % 2)
    role = Role.SUPERVISOR if team else Role.OPERATOR
    if not look.reader.may(role):
        return None
    person = None if team else look.reader
    report = await reports.of(
        look.tx, person=person, last=week.later(1), rules=look.rules, now=look.now
    )
    _, answers = await look.tx.forms.get(page_key(look.reader.id, week.number, team))
    page = answers.get("page", ALL)
    pushed = None
    if isinstance(week, Week):  # nothing else is pushed
        kept = await look.tx.pushes.of_week(look.reader.id, week.monday)
        pushed = read_push(kept, report)
    if page == ALL:
        return _first(look, report, week, team)
    if page in GROUPS:
        return _group(look, report, week, team, page)
    weeks = dict(_weeks(look, report))
    one = answers.get("one")
    if one is not None and one["back"] in weeks:
        shown_one = KpiOneTap(week=week.number, team=team, metric=page, **one)
        return await record.screen(look, report, weeks[one["back"]], shown_one)
    where = answers.get("records")
    if where is not None and where["back"] in weeks:
        tap = KpiRecordsTap(week=week.number, team=team, metric=page, **where)
        shown = weeks[where["back"]]
        return await figure_records.screen(look, report, shown, tap)
    lines = _score(look, report) if page == SCORE else _metric(look, report, page, pushed)
    group = next((name for name, metrics in GROUPS.items() if page in metrics), ALL)
    back = KpiMetricTap(week=week.number, team=team, metric=group)
    label = "kpi-counted-back" if group == ALL else "kpi-group"
    rows = [
        [
            button(
                look.texts.plain("kpi-records-button", days=_when(look, each)),
                KpiRecordsTap(week=week.number, team=team, metric=page, back=ago, first=0),
            )
        ]
        for ago, each in weeks.items()
        if page != SCORE and (each.figures[page].n or each.figures[page].left_out)
    ]
    rows.append([button("‹ " + look.texts.plain(label, group=group), back)])
    return Screen("\n".join(lines), keyboard(*rows))


def _weeks(look: Look, report: Report) -> Sequence[tuple[int, WeekFigures]]:
    """The complete week and what has begun after it, with how far back in the report each is."""
    weeks = [(1, report.before)]
    if report.last.week.start(look.rules.zone) <= look.now:
        weeks.append((0, report.last))
    return weeks


def _first(look: Look, report: Report, week: Span, team: bool) -> Screen:
    """The score and the main figures of both weeks; what to look into."""
    texts = look.texts
    lines: list[str] = [texts("kpi-counted", scope=spell.scope(report), span=week.kind.value)]
    for _, each in _weeks(look, report):
        lines += ["", texts("kpi-counted-week", days=_when(look, each))]
        lines.append(_line(texts, SCORE, _score_of(texts, each)))
        lines += [_line(texts, m, _brief(texts, m, each.figures[m])) for m in MAIN]
    lines += ["", texts("kpi-counted-groups")]
    score = KpiMetricTap(week=week.number, team=team, metric=SCORE)
    groups = [
        button(
            texts.plain("kpi-group", group=group),
            KpiMetricTap(week=week.number, team=team, metric=group),
        )
        for group in GROUPS
    ]
    return Screen(
        "\n".join(lines), keyboard(*rows_of([button(spell.name(texts, SCORE), score), *groups]))
    )


def _group(look: Look, report: Report, week: Span, team: bool, group: str) -> Screen:
    """Its figures of both weeks, each to be opened."""
    texts = look.texts
    told = told_of(team=team)
    metrics = [metric for metric in GROUPS[group] if metric in told]
    name = texts.plain("kpi-group", group=group)
    lines: list[str] = [texts("kpi-group-title", name=name)]
    for _, each in _weeks(look, report):
        lines += ["", texts("kpi-counted-week", days=_when(look, each))]
        lines += [_line(texts, m, _brief(texts, m, each.figures[m])) for m in metrics]
    lines += ["", texts("kpi-counted-choose")]
    opens = [
        button(spell.name(texts, m), KpiMetricTap(week=week.number, team=team, metric=m))
        for m in metrics
    ]
    back = KpiMetricTap(week=week.number, team=team, metric=ALL)
    to_all = button("‹ " + texts.plain("kpi-counted-back"), back)
    return Screen("\n".join(lines), keyboard(*rows_of(opens), [to_all]))


def _line(texts: Texts, page: str, words: str) -> str:
    return texts("kpi-counted-line", name=spell.name(texts, page), value=words)


def _brief(texts: Texts, metric: str, figure: Figure) -> str:
    """The figure with what it is of, or how much there is of how much it takes."""
    if not figure.enough:
        return spell.little(texts, figure)
    shown, count = spell.value(texts, metric, figure), spell.n(texts, metric, figure)
    return shown if CATALOGUE[metric].unit is Unit.COUNT else f"{shown} ({count})"


def _score_of(texts: Texts, week: WeekFigures) -> str:
    return texts.plain("kpi-counted-none") if week.score is None else spell.points(week.score)


def _when(look: Look, week: WeekFigures) -> str:
    return spell.heading(look.texts, week.week, look.rules.zone, look.now)


# --- one figure ---


def _metric(look: Look, report: Report, metric: str, pushed: Pushed | None) -> Sequence[str]:
    texts, about = look.texts, CATALOGUE[metric]
    least = f" {texts('kpi-least', least=about.least_n)}" if about.least_n else ""
    lines: list[str] = [
        texts("kpi-counted-title", name=spell.name(texts, metric)),
        texts(f"kpi-how-{metric.replace('_', '-')}"),
        texts("kpi-direction", direction=about.direction.value) + least,
    ]
    for back, week in _weeks(look, report):
        lines += ["", *_numbers(look, report, metric, week, back)]
        if pushed is not None and week is report.before:
            lines += _said(look, metric, week, pushed)
    return lines


def _numbers(
    look: Look, report: Report, metric: str, week: WeekFigures, back: int
) -> Sequence[str]:
    """All that is known of the figure in one week."""
    texts, figure = look.texts, week.figures[metric]
    shown = spell.value(texts, metric, figure)
    lines: list[str] = [texts("kpi-counted-value", days=_when(look, week), value=shown)]
    if not figure.n:
        lines.append(texts("kpi-counted-zero-n"))
    else:
        count = spell.n(texts, metric, figure)
        little = None if figure.enough else spell.little(texts, figure)
        lines.append(texts("kpi-counted-n", count=", ".join(filter(None, (count, little)))))
        span = spell.interval(texts, metric, figure)
        lines += [texts("kpi-interval", interval=span)] if span else []
        lines += _besides(texts, metric, figure)
        lines += _by_priority(texts, week) if metric == "solved_share" else []
    if figure.left_out:
        lines.append(texts("kpi-left-out", list=", ".join(_left_out(texts, figure))))
    if figure.enough and CATALOGUE[metric].judged:
        change = spell.changed(texts, metric, report.change(metric, back))
        lines.append(texts("kpi-counted-change", change=change, span=week.week.kind.value))
    return lines


def _besides(texts: Texts, metric: str, figure: Figure) -> Sequence[str]:
    """How the values lie around the one that is shown."""
    match figure:
        case Median(mean=mean, p90=p90) if mean is not None and p90 is not None:
            return [texts("kpi-mean-and-p90", mean=texts.span(mean), p90=texts.span(p90))]
        case Mean(distribution=chosen) if chosen:
            stars = CATALOGUE[metric].unit is Unit.STARS
            listed = (
                f"{point} ★ {times}" if stars else f"{point} ({times})"
                for point, times in sorted(chosen.items(), reverse=True)
                if stars or times
            )
            return [texts("kpi-distribution", list=", ".join(listed))]
        case _:
            return []


def _by_priority(texts: Texts, week: WeekFigures) -> Sequence[str]:
    """The same for each priority, where there was more than one."""
    shares = solved_share_by_priority(week.facts.closed)
    if len(shares) < 2:
        return []
    listed = [
        texts.plain(
            "kpi-by-priority-item",
            priority=priority,
            value=spell.value(texts, "solved_share", shares[priority]),
        )
        for priority in map(str, Priority)
        if priority in shares
    ]
    return [texts("kpi-by-priority", list=", ".join(listed))]


def _left_out(texts: Texts, figure: Figure) -> Sequence[str]:
    return [
        texts.plain("kpi-left-out-item", reason=reason.replace(".", "_"), count=count)
        for reason, count in figure.left_out.items()
    ]


def _said(look: Look, metric: str, week: WeekFigures, pushed: Pushed) -> Sequence[str]:
    """What they were shown, where the figure is another today."""
    words = spell.otherwise(look.texts, week, pushed).get(metric)
    if words is None:
        return []
    when = spell.pushed_on(pushed, look.texts, look.rules.zone, look.now)
    return [look.texts("kpi-said", **when, value=words)]


# --- the score ---


def _score(look: Look, report: Report) -> Sequence[str]:
    texts = look.texts
    lines: list[str] = [
        texts("kpi-counted-title", name=spell.name(texts, SCORE)),
        texts("kpi-how-score"),
    ]
    for _, week in _weeks(look, report):
        shown = _score_of(texts, week)
        lines += ["", texts("kpi-counted-value", days=_when(look, week), value=shown)]
        lines += _parts(texts, week)
        lines += _by_plan(look, week) if report.person else []
    return lines


def _by_plan(look: Look, week: WeekFigures) -> Sequence[str]:
    if week.scored is None:
        return []
    agreed, today = week.scored.plan, look.now.astimezone(look.rules.zone).date()
    if agreed.since is None:
        return [look.texts("kpi-counted-plan", agreed="no", version=0, since="")]
    since = look.texts.day(agreed.since, today)
    version = agreed.version or 0
    return [look.texts("kpi-counted-plan", agreed="yes", version=version, since=since)]


def _parts(texts: Texts, week: WeekFigures) -> Sequence[str]:
    """Each category with its metrics; then what has no data, and what a score would take."""
    if week.scored is None:
        return []
    score = week.scored.score
    lines: list[str] = []
    for part in score.categories:
        if part.points is None:
            continue
        words = texts.plain("kpi-category", category=part.category.value)
        about = {"category": words, "points": spell.points(part.points)}
        lines.append(texts("kpi-counted-category", **about, weight=round(part.weight)))
        lines += [_points(texts, week, metric) for metric in part.metrics if metric.reading]
    if score.spread and score.value is not None:
        names = [texts.plain("kpi-category", category=each.value) for each in score.spread]
        lines.append(texts("kpi-counted-spread", list=", ".join(names)))
    if score.needs:
        needs = [
            texts.plain(
                "kpi-counted-need",
                name=spell.name(texts, need.metric),
                n=need.n,
                least=need.least_n,
            )
            for need in score.needs
        ]
        lines.append(texts("kpi-counted-needs", list=", ".join(needs)))
    return lines


def _points(texts: Texts, week: WeekFigures, metric: MetricPoints) -> str:
    """A metric's value as counted, as drawn towards the team's, and what it earned."""
    assert week.scored is not None
    figure = week.scored.read[metric.metric]
    name = spell.name(texts, metric.metric)
    if metric.points is None or metric.reading is None or metric.reading.value is None:
        shown, earned = spell.little(texts, figure), texts.plain("kpi-counted-none")
        return texts("kpi-counted-metric", name=name, value=shown, points=earned)
    shown, earned = spell.value(texts, metric.metric, figure), spell.points(metric.points)
    if metric.metric in week.scored.adjusted:
        drawn = spell.percent(texts, metric.reading.value / 100)
        shown = texts.plain("kpi-counted-adjusted", value=shown, adjusted=drawn)
    return texts("kpi-counted-metric", name=name, value=shown, points=earned)
