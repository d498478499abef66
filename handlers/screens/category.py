"""A category of the score as a page: its metrics over the weeks, and the same in words."""

from dataclasses import replace
from math import ceil, log10

from desk.reports import WeekFigures, limit_of
from handlers.screens import figures as spell
from handlers.screens.weekly import TONES, Telling, axis_label, dates, panel, targets
from kpi.card import WEEKS, Panel, Theme, Tone
from kpi.catalogue import CATALOGUE, GROUPS, Unit, told_of
from kpi.figures import Change, Direction, Figure
from kpi.pages import CategoryPage, CategoryPanel, Scale
from kpi.satisfaction import nps
from kpi.score import Category, CategoryPoints

PERCENT_UP = Scale(40, 100, ((100, "100"), (75, "75"), (50, "50")))
PERCENT_WHOLE = Scale(0, 100, ((100, "100"), (50, "50"), (0, "0")))
PERCENT_DOWN = (
    Scale(0, 24, ((20, "20"), (0, "0"))),
    Scale(0, 48, ((40, "40"), (0, "0"))),
    PERCENT_WHOLE,
)


NET = Scale(-100, 100, ((100, "+100"), (0, "0"), (-100, "−100")))
LEAST_PANELS = 3
"""So many fill a page; fewer scored ones leave room for what is not scored."""
QUARTERLY = "nps"
"""Read over 13 weeks."""


def category_page(telling: Telling, category: Category, name: str, theme: str) -> CategoryPage:
    texts = telling.texts
    part = _part(telling, category)
    weeks = telling.report.weeks[-WEEKS:]
    return CategoryPage(
        name=name,
        dates=dates(telling),
        headline=_headline(telling, part),
        panels=tuple(
            _panel(telling, metric, scored=metric in scored(telling, part))
            for metric in metrics(telling, part)
        ),
        nothing=texts.plain("kpi-page-nothing"),
        week_labels=tuple(axis_label(texts, each.week) for each in weeks),
        legend=(
            texts.plain("kpi-card-week", span=telling.span),
            texts.plain("kpi-card-interval"),
            texts.plain("kpi-card-little"),
            texts.plain("kpi-card-target-limit"),
        ),
        theme=Theme(theme),
    )


def caption(telling: Telling, category: Category) -> str:
    """HTML: each metric with what it is of, and what became of it."""
    texts, part = telling.texts, _part(telling, category)
    when = spell.heading(texts, telling.week.week, telling.rules.zone, telling.now)
    lines = [texts("kpi-page-caption", headline=_first_line(telling, part), days=when)]
    for metric in metrics(telling, part):
        figure, change = telling.week.figures[metric], telling.report.change(metric)
        figure = _lately(telling.week) if metric == QUARTERLY else figure
        words = spell.little(texts, figure)
        if figure.enough and metric == QUARTERLY:
            count = texts.plain("kpi-n-nps-lately", count=spell.n(texts, metric, figure))
            words = f"{spell.value(texts, metric, figure)} ({count})"
        elif figure.enough:
            value, n = spell.value(texts, metric, figure), spell.n(texts, metric, figure)
            words = f"{value} ({n}), {spell.changed(texts, metric, change)}"
        if metric not in scored(telling, part):
            words = f"{words}; {texts.plain('kpi-page-unscored')}"
        lines.append(texts("kpi-counted-line", name=spell.name(texts, metric), value=words))
    if len(lines) == 1:
        lines.append(texts("kpi-page-nothing"))
    return "\n".join(lines)


def metrics(telling: Telling, part: CategoryPoints) -> list[str]:
    """What is scored; and where that is little, what else there is beside it."""
    counted = scored(telling, part)
    told = told_of(team=telling.report.person is None)
    others = [
        metric
        for metric in GROUPS.get(part.category, ())
        if metric not in counted and metric in told and _has_records(telling, metric)
    ]
    return counted + others[: max(0, LEAST_PANELS - len(counted))] if counted else []


def _has_records(telling: Telling, metric: str) -> bool:
    return any(week.figures[metric].n for week in telling.report.weeks[-WEEKS:])


def scored(telling: Telling, part: CategoryPoints) -> list[str]:
    """Those of which the team keeps records."""
    figures = telling.week.figures
    return [each.metric for each in part.metrics if each.reading and each.metric in figures]


def _part(telling: Telling, category: Category) -> CategoryPoints:
    assert telling.week.scored is not None
    parts = telling.week.scored.score.categories
    return next(part for part in parts if part.category is category)


def _first_line(telling: Telling, part: CategoryPoints) -> str:
    texts = telling.texts
    name = texts.plain("kpi-category", category=part.category.value)
    little = texts.plain("kpi-card-little" if part.kept else "kpi-not-kept")
    points = little if part.points is None else spell.points(part.points)
    return texts.plain("kpi-page-headline", name=name, points=points)


def _headline(telling: Telling, part: CategoryPoints) -> str:
    """What it earned; then what changed in it, if anything did."""
    texts, first = telling.texts, _first_line(telling, part)
    changes = {metric: telling.report.change(metric) for metric in scored(telling, part)}
    moved = [metric for metric, change in changes.items() if change in TONES]
    if moved:
        words = spell.changed(texts, moved[0], changes[moved[0]])
        name = spell.name(texts, moved[0])
        second = texts.plain("kpi-page-moved", name=name, change=words, more=len(moved) - 1)
        return f"{first}\n{second}"
    if Change.NONE in changes.values():
        return f"{first}\n{texts.plain('kpi-page-usual')}"
    return first


def _panel(telling: Telling, metric: str, *, scored: bool) -> CategoryPanel:
    texts, about = telling.texts, CATALOGUE[metric]
    target = targets(telling).get(metric)
    label = ""
    if target is not None:
        shown = target / 100 if about.unit is Unit.PERCENT else target
        label = texts.plain("kpi-card-target", value=spell.spelled(texts, metric, shown))
    if about.unit is Unit.SECONDS:
        label = texts.span(target) if target is not None else ""  # more has no room
    figure = telling.week.figures[metric]
    n = spell.n(texts, metric, figure) if figure.n else ""
    if not scored:
        n = ", ".join(filter(None, (n, texts.plain("kpi-page-unscored"))))
    drawn = panel(telling, metric, n, target, label)
    return CategoryPanel(
        title=spell.name(texts, metric),
        panel=_over_the_quarter(telling, drawn) if metric == QUARTERLY else drawn,
        scale=_scale(telling, metric, target),
        factor=100 if about.unit is Unit.PERCENT else 1,
        note=texts.plain(f"kpi-how-{metric.replace('_', '-')}"),
    )


def _over_the_quarter(telling: Telling, drawn: Panel) -> Panel:
    """As the score reads it: each week with the twelve before, for a customer is asked once."""
    texts, last = telling.texts, _lately(telling.week)
    words = spell.little(texts, last)
    if last.enough:
        words = texts.plain("kpi-n-nps-lately", count=spell.n(texts, QUARTERLY, last))
    return replace(
        drawn,
        weeks=tuple(_lately(week) for week in telling.report.weeks[-WEEKS:]),
        figure=spell.value(texts, QUARTERLY, last) if last.enough else "",
        n="",
        change=words,
        change_short=words,
        tone=Tone.MUTED,
    )


def _lately(week: WeekFigures) -> Figure:
    return nps(week.facts.recommended_lately)


def _scale(telling: Telling, metric: str, target: float | None) -> Scale:
    """The weekly card's where it has one; else from nothing to a round number above all weeks."""
    about, texts = CATALOGUE[metric], telling.texts
    weeks = [week.figures[metric] for week in telling.report.weeks[-WEEKS:]]
    enough = [week for week in weeks if week.enough and week.value is not None]
    lows = [each.low if each.low is not None else each.value or 0 for each in enough]
    highs = [each.high if each.high is not None else each.value or 0 for each in enough]
    if about.unit is Unit.PERCENT and about.direction is Direction.UP:
        return PERCENT_WHOLE if 100 * min([1.0, *lows]) < PERCENT_UP.low else PERCENT_UP
    if about.unit is Unit.PERCENT:
        most = max([target or 0, *(100 * high for high in highs)])
        return next((each for each in PERCENT_DOWN if each.high >= most), PERCENT_DOWN[-1])
    if about.unit is Unit.NET:
        return NET
    if about.unit is Unit.SECONDS:
        limit = limit_of(telling.rules)
        return Scale(0, 1.2 * limit, ((limit, texts.span(limit)), (0, "0")))
    most = max([1.0, target or 0, *highs])
    step = 10 ** max(0, ceil(log10(most)) - 1)
    top = ceil(most / step) * step
    return Scale(min([0.0, *lows]), 1.1 * top, ((top, f"{top:g}"), (0, "0")))
