"""The weekly picture in words, and the words under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from desk import remarks
from desk.reports import Pushed, Report, WeekFigures, limit_of
from desk.rules import Rules
from desk.weeks import Span, SpanKind
from handlers.screens import figures as spell
from i18n import Texts, texts_for
from i18n.texts import shorten
from kpi.card import (
    WEEKS,
    CardWords,
    Panel,
    Remark,
    ScoreBlock,
    ScorePart,
    Theme,
    Tone,
    WeeklyCard,
)
from kpi.catalogue import CATALOGUE
from kpi.figures import Change, Figure, Mean, Share
from kpi.score import Category

CHARTED = ("first_response_time", "csat", "overdue_share")
"""In the order a headline names them."""
UNNAMED = frozenset({"handle_time", "resolution_time", "self_solved_share", "abandoned_share"})
"""What no headline praises: faster is not better where it means hurry, nor alone than together."""
NAMED = (
    *CHARTED,
    *(
        name
        for name, metric in CATALOGUE.items()
        if name not in CHARTED and name not in UNNAMED and metric.judged
    ),
)
MOST_SAID = 6
"""Figures that read otherwise today, in a caption; each says so on its own page."""
TONES = {Change.BETTER: Tone.BETTER, Change.WORSE: Tone.WORSE}
LONGEST_NAME = 64
HOUR = 60
"""Minutes."""
ON_TARGET = 100
"""Points of a score that reaches what was agreed."""
EVERY_YEAR = date(1, 1, 1)
"""Seen from here every year is another, so it is said."""
CLIENTS = frozenset({"first", "csat", "confirmed_share"})
"""Praise whose count is of customers."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A report and who it is told to."""

    report: Report
    texts: Texts
    rules: Rules
    now: datetime

    @property
    def week(self) -> WeekFigures:
        return self.report.last

    @property
    def span(self) -> str:
        """The word messages choose by: week, month, quarter."""
        return self.week.week.kind.value

    @property
    def going_on(self) -> bool:
        return spell.is_going_on(self.week.week, self.rules.zone, self.now)

    @property
    def scope(self) -> str:
        return spell.scope(self.report)


# --- the picture ---


def weekly_card(telling: Telling, name: str, theme: str) -> WeeklyCard:
    """`name` of the operator or the team; it may be anything a person may be called."""
    texts, week = telling.texts, telling.week
    ratings = week.figures["average_rating"]
    assert isinstance(ratings, Mean)
    stars = ratings.distribution
    weeks = telling.report.weeks[-WEEKS:]
    return WeeklyCard(
        name=shorten(name, LONGEST_NAME),
        dates=dates(telling),
        headline=headline(telling),
        score=_score(telling),
        satisfied=_satisfied(telling),
        first_response=_first_response(telling),
        limit=limit_of(telling.rules),
        overdue=_overdue(telling),
        week_labels=tuple(axis_label(texts, each.week) for each in weeks),
        ratings_title=texts.plain("kpi-card-ratings", n=ratings.n)
        if ratings.n
        else texts.plain("kpi-card-no-ratings"),
        ratings=(stars[5], stars[4], stars[3], stars[2], stars[1]),
        praise=praise(telling) or "",
        work_on=_work_on(telling),
        words=_words(texts.language, telling.span),
        theme=Theme(theme),
    )


def dates(telling: Telling) -> str:
    week, texts = telling.week.week, telling.texts
    if telling.going_on:
        return texts.plain("kpi-since", day=texts.day(week.first, EVERY_YEAR))
    return spell.days(texts, week, EVERY_YEAR)


def axis_label(texts: Texts, span: Span) -> str:
    """Its Monday, its month, its quarter with the year."""
    first = span.first
    month = f"m{first.month}"
    if span.kind is SpanKind.WEEK:
        return texts.plain("kpi-axis-day", day=first.day, month=month)
    if span.kind is SpanKind.MONTH:
        return texts.plain("kpi-axis-month", month=month)
    quarter, year = (first.month + 2) // 3, first.year % 100
    return texts.plain("kpi-axis-quarter", quarter=quarter, year=f"{year:02}")


@cache
def _words(language: str, span: str) -> CardWords:
    texts = texts_for(language)
    return CardWords(
        satisfied=texts.plain("kpi-card-satisfied"),
        first_response=texts.plain("kpi-card-first-response"),
        overdue=texts.plain("kpi-card-overdue"),
        going_well=texts.plain("kpi-card-going-well"),
        score_target=texts.plain("kpi-card-score-target"),
        legend_week=texts.plain("kpi-card-week", span=span),
        legend_interval=texts.plain("kpi-card-interval"),
        legend_little_data=texts.plain("kpi-card-little"),
        legend_target=texts.plain("kpi-card-target-limit"),
    )


def headline(telling: Telling) -> str:
    """The week in two lines of about 34 letters: only what changed is named."""
    texts, week = telling.texts, telling.week
    if not telling.report:
        return texts.plain("kpi-headline-first-week", span=telling.span)
    if not any(week.figures[metric].enough for metric in CHARTED):
        if telling.going_on:
            return texts.plain("kpi-headline-begun", span=telling.span)
        words = "kpi-headline-thin" if week.facts else "kpi-headline-no-data"
        return texts.plain(words, span=telling.span)
    changes = {metric: telling.report.change(metric) for metric in NAMED}
    moved = {m: c for m, c in changes.items() if c in TONES}
    if not moved:
        alone = all(changes[metric] is Change.UNKNOWN for metric in CHARTED)
        words = "kpi-headline-alone" if alone else "kpi-headline-usual"
        return texts.plain(words, span=telling.span)
    first, *rest = moved.items()
    if not rest:
        second = texts.plain("kpi-headline-rest")
    elif len(rest) == 1:
        second = _moved(telling, *rest[0])
    else:
        second = _moved_too(telling, rest)
    return f"{_moved(telling, *first)}\n{second}"


def _moved_too(telling: Telling, rest: Sequence[tuple[str, Change]]) -> str:
    """What changed besides, on one line: as much of it as leaves the line true."""
    texts = telling.texts
    short = [
        texts.plain(f"kpi-short-{metric.replace('_', '-')}", change=change.value)
        for metric, change in rest
        if metric in CHARTED
    ]
    line = texts.plain("kpi-headline-list", list=", ".join(short))
    if len(short) > 1 and (len(short) == len(rest) or len({change for _, change in rest}) == 1):
        return line[0].upper() + line[1:]
    changes = [change for _, change in rest]
    better, worse = changes.count(Change.BETTER), changes.count(Change.WORSE)
    return texts.plain("kpi-headline-more", better=better, worse=worse)


def _moved(telling: Telling, metric: str, change: Change) -> str:
    texts = telling.texts
    if metric not in CHARTED:
        words = spell.name(texts, metric)
        return texts.plain("kpi-headline-other", name=words, change=change.value)
    about = {"change": change.value, "scope": telling.scope}
    return texts.plain(f"kpi-headline-{metric.replace('_', '-')}", **about)


def _score(telling: Telling) -> ScoreBlock:
    texts, scored = telling.texts, telling.week.scored
    assert scored is not None
    parts = tuple(
        ScorePart(
            label=texts.plain("kpi-category", category=part.category.value),
            points=part.points,
            shown=spell.points(part.points)
            if part.points is not None
            else texts.plain("kpi-card-little" if part.kept else "kpi-not-kept"),
        )
        for part in scored.score.categories
    )
    if scored.score.value is None:
        return ScoreBlock(None, texts.plain("kpi-no-score"), _needs(telling), parts)
    before = telling.report.before.score
    lines = () if before is None else (_score_before(telling, before),)
    title = texts.plain("kpi-score-title", scope=telling.scope, span=telling.span)
    return ScoreBlock(spell.points(scored.score.value), title, lines, parts)


def _score_before(telling: Telling, before: float) -> str:
    about = {"span": telling.span, "value": spell.points(before)}
    return telling.texts.plain("kpi-score-before", **about)


def _needs(telling: Telling) -> tuple[str, ...]:
    """How many ratings and chats a score would take."""
    texts, week = telling.texts, telling.week
    assert week.scored is not None
    missing = {need.category for need in week.scored.score.needs}
    lines = []
    if Category.SATISFACTION in missing:
        least = week.figures["csat"].least_n
        lines.append(texts.plain("kpi-need-ratings", least=least))
    if Category.PROBLEM_SOLVING in missing:
        least = week.figures["first_response_time"].least_n
        words = "kpi-need-chats-too" if lines else "kpi-need-chats"
        lines.append(texts.plain(words, least=least))
    return tuple(lines)


def _satisfied(telling: Telling) -> Panel:
    texts, figure = telling.texts, telling.week.figures["csat"]
    target = targets(telling).get("csat")  # None: the plan does not score it
    hits = figure.hits if isinstance(figure, Share) else 0
    if figure.enough:
        count = texts.plain("kpi-card-csat", hits=hits, n=figure.n)
    else:
        count = texts.plain("kpi-card-csat-little") if figure.n else ""
    label = ""
    if target is not None:
        label = texts.plain("kpi-card-target", value=spell.percent(texts, target / 100))
    return panel(telling, "csat", count, target, label)


def _first_response(telling: Telling) -> Panel:
    figure, limit = telling.week.figures["first_response_time"], limit_of(telling.rules)
    count = spell.n(telling.texts, "first_response_time", figure) if figure.enough else ""
    return panel(telling, "first_response_time", count, limit, telling.texts.span(limit))


def _overdue(telling: Telling) -> Panel:
    texts, figure = telling.texts, telling.week.figures["overdue_share"]
    target = targets(telling).get("overdue_share")
    count = texts.plain("kpi-card-of", n=figure.n) if figure.enough else ""
    label = "" if target is None else spell.percent(texts, target / 100)
    return panel(telling, "overdue_share", count, target, label)


def panel(telling: Telling, metric: str, n: str, target: float | None, label: str) -> Panel:
    texts, figure = telling.texts, telling.week.figures[metric]
    change = telling.report.change(metric)
    words = spell.little(texts, figure)
    if figure.enough:
        words = spell.changed(texts, metric, change)
    return Panel(
        weeks=tuple(week.figures[metric] for week in telling.report.weeks[-WEEKS:]),
        figure=_shown(texts, metric, figure),
        n=n,
        change=words,
        change_short=spell.changed(texts, metric, change, short=True) if figure.enough else words,
        tone=TONES.get(change, Tone.MUTED),
        target=target,
        target_label=label,
    )


def _shown(texts: Texts, metric: str, figure: Figure) -> str:
    """With little data a share is a fraction and a time is not said."""
    if figure.enough or (figure.n and isinstance(figure, Share)):
        return spell.value(texts, metric, figure)
    return ""


def targets(telling: Telling) -> dict[str, float]:
    assert telling.week.scored is not None
    plan = telling.week.scored.plan.plan
    return {m: target.target for part in plan.targets.values() for m, target in part.items()}


def praise(telling: Telling) -> str | None:
    """A fact that went well; None: none with a count in it."""
    found, texts = remarks.praise(telling.week, telling.rules), telling.texts
    if found is None:
        return None
    values = dict(found.values)
    if found.what in CLIENTS:
        values["clients"] = texts.plain("kpi-clients", n=found.values["n"])
    limit = _limit(telling)
    return texts.plain(
        f"kpi-praise-{found.what.replace('_', '-')}", **values, limit=limit, span=telling.span
    )


def _limit(telling: Telling) -> str:
    """The reply limit in a sentence, as "less than", "within" and "after" want it."""
    minutes, seconds = divmod(round(limit_of(telling.rules)), 60)
    if seconds or minutes >= HOUR:
        return telling.texts.span(limit_of(telling.rules))
    return telling.texts.plain("kpi-minutes", count=minutes)


def _work_on(telling: Telling) -> Remark | None:
    texts = telling.texts
    if not telling.report:
        return None
    found = remarks.work_on(telling.week, telling.rules, telling.now)
    if found is None:
        return None
    limit = _limit(telling)
    about = {**found.values, "limit": limit, "scope": telling.scope, "span": telling.span}
    words = texts.plain(f"kpi-work-{found.what.replace('_', '-')}", **about)
    return Remark(texts.plain("kpi-card-work-on"), words, known=found.what != "unknown")


# --- under it ---


def caption(telling: Telling, pushed: Pushed | None = None) -> str:
    """HTML, at most 1,024 characters once read: the figures of the picture, in sentences.

    Beside a week that is going on stands the last complete one, and what of it was shown
    otherwise when it was `pushed`.
    """
    texts, week = telling.texts, telling.week
    when = spell.when(texts, week.week, telling.rules.zone, telling.now)
    parts = [_title(telling, when), *_sentences(telling), *_rest(telling)]
    lines = [" ".join(parts)]
    if telling.going_on:
        before = Telling(
            telling.report.through(telling.report.before.week), texts, telling.rules, telling.now
        )
        days = spell.days(texts, before.week.week, _today(telling))
        title = texts("kpi-caption-last", span=telling.span, days=days, score=_score_words(before))
        lines.append(" ".join([title, *_sentences(before, compared=False)]))
        lines += _said(before, pushed)
    else:
        lines += [*_said(telling, pushed), *_heart(telling)]
    return "\n".join(lines)


def _title(telling: Telling, when: str) -> str:
    texts, words = telling.texts, _score_words(telling)
    if telling.going_on:
        return texts(
            "kpi-caption-so-far", span=telling.span, scope=telling.scope, since=when, score=words
        )
    return texts(
        "kpi-caption-week", span=telling.span, scope=telling.scope, days=when, score=words
    )


def _score_words(telling: Telling) -> str:
    if not telling.week.facts:
        return telling.texts("kpi-caption-no-data")
    if telling.week.score is None:
        return telling.texts("kpi-caption-no-score")
    return telling.texts("kpi-caption-score", value=spell.points(telling.week.score))


def _sentences(telling: Telling, *, compared: bool = True) -> Sequence[str]:
    """A sentence for each figure of the picture that there is."""
    texts, figures = telling.texts, telling.week.figures
    satisfied, first, late = (figures[m] for m in ("csat", "first_response_time", "overdue_share"))
    said = []
    if isinstance(satisfied, Share) and satisfied.n:
        change = _word(telling, "csat", compared)
        said.append(texts("kpi-caption-csat", hits=satisfied.hits, n=satisfied.n, change=change))
    if first.value is not None:
        change = _word(telling, "first_response_time", compared)
        said.append(texts("kpi-caption-first", time=texts.span(first.value), change=change))
    if isinstance(late, Share) and late.n:
        change = _word(telling, "overdue_share", compared)
        said.append(texts("kpi-caption-overdue", hits=late.hits, n=late.n, change=change))
    return said


def _word(telling: Telling, metric: str, compared: bool) -> str:
    if not telling.week.figures[metric].enough:
        return "little"
    change = telling.report.change(metric) if compared else Change.NONE
    return change.value if change in TONES else Change.NONE.value


def _rest(telling: Telling) -> Sequence[str]:
    """Other figures that changed, and that the rest did not, where that can be said."""
    texts, said = telling.texts, []
    changes = {metric: telling.report.change(metric) for metric in NAMED}
    for metric, change in changes.items():
        if change in TONES and metric not in CHARTED:
            about = {
                "name": spell.name(texts, metric),
                "value": spell.value(texts, metric, telling.week.figures[metric]),
            }
            said.append(texts("kpi-caption-other", **about, change=change.value))
    if Change.NONE in changes.values():
        named = sum(change in TONES for change in changes.values())
        said.append(texts("kpi-caption-rest", named=named))
    return said


def _said(telling: Telling, pushed: Pushed | None) -> Sequence[str]:
    """What the week was shown as, where today's figures differ."""
    differs = spell.otherwise(telling.texts, telling.week, pushed)
    texts = telling.texts
    listed = [
        texts.plain("kpi-caption-said-item", name=spell.name(texts, metric), value=words)
        for metric, words in differs.items()
    ]
    if pushed is None or not listed:
        return []
    when = spell.pushed_on(pushed, texts, telling.rules.zone, telling.now)
    more = ["…"] if len(listed) > MOST_SAID else []
    return [texts("kpi-caption-said", **when, list=", ".join(listed[:MOST_SAID] + more))]


def _heart(telling: Telling) -> Sequence[str]:
    """A fact after a good week, a kind word and where to begin after a hard one; after a week
    with little or no data, that nothing follows from it."""
    if not any(telling.week.figures[metric].enough for metric in CHARTED):
        words = "kpi-caption-thin" if telling.week.facts else "kpi-caption-empty"
        return [telling.texts(words, span=telling.span)]
    changes = {telling.report.change(metric) for metric in NAMED}
    score = telling.week.score
    if Change.WORSE in changes and Change.BETTER not in changes:
        hard = score is None or score < ON_TARGET  # a little slower than very fast is not
        return [_hard(telling)] if hard else []
    fact = praise(telling) if Change.BETTER in changes and Change.WORSE not in changes else None
    return [telling.texts("kpi-caption-well", fact=fact)] if fact else []


def _hard(telling: Telling) -> str:
    start = _work_on(telling)
    kind = telling.texts("kpi-caption-hard", span=telling.span)
    if start is None or not start.known:
        return kind
    first = telling.texts("kpi-caption-begin", start=" ".join(start.text.split()))
    return f"{kind}\n{first}"


def _today(telling: Telling) -> date:
    return telling.now.astimezone(telling.rules.zone).date()
