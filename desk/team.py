"""The team over some weeks: operators beside each other, hours and days, what went wrong."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Self
from zoneinfo import ZoneInfo

from desk.refusals import NotAllowed, NotYours
from desk.reports import ASKED, Facts, figures_of
from desk.rules import Rules
from desk.weeks import Week
from kpi.bands import band
from kpi.catalogue import CATALOGUE
from kpi.comparison import Standing, of_medians, of_shares, standings
from kpi.figures import Direction, Figure, Share
from kpi.pages import DAYS, Cause, HourCell
from kpi.records import Wait
from kpi.times import overdue_share
from storage.database import UnitOfWork
from storage.models import CausedBy, Deed, Person, Reason, Role

SPANS = (1, 4, 13)
"""Weeks somebody may look at together."""
COMPARED = ("csat", "confirmed_share", "first_response_time", "overdue_share")
"""What operators are compared by: what customers felt, not what they do themselves."""
MOST = 2 / 3
"""Of all reasons: few of them mostly make that much."""


@dataclass(frozen=True, slots=True)
class Period:
    """Complete weeks, the last one included."""

    first: Week
    last: Week

    @classmethod
    def before(cls, now: datetime, zone: ZoneInfo, weeks: int) -> Self:
        """The last complete weeks there are."""
        last = Week.of(now, zone).later(-1)
        return cls(last.later(1 - weeks), last)

    @property
    def weeks(self) -> int:
        return self.last.number - self.first.number + 1

    def edges(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        return self.first.start(zone), self.last.end(zone)


async def facts_between(
    tx: UnitOfWork,
    person: Person | None,
    edges: tuple[datetime, datetime],
    rules: Rules,
    now: datetime,
) -> Facts:
    """What was recorded of a person, or of the team, in [start, end)."""
    whose, ask = None if person is None else person.id, tx.figures
    closed = await ask.closed(whose, *edges, rules.schedule)
    surveyed = await tx.opinions.surveyed(whose, *edges, rules.negative_rating, now)
    first = await ask.first_responses(whose, *edges, rules.schedule)
    return Facts(
        closed=[each.conversation for _, each in closed],
        closed_by=[each.number for _, each in closed if each.by_somebody],
        answered_in=[number for _, number in await ask.answered_in(whose, *edges)],
        first_responses=[each for _, each in first],
        waits=[each for _, each in await ask.waits(whose, *edges)],
        ratings=[each for _, each in surveyed.ratings],
        reasons=[each for _, each in surveyed.reasons],
        solved_answers=[each for _, each in surveyed.solved_answers],
        surveys=[each for _, each in surveyed.outcomes],
        weeks_after=[each for _, each in await ask.weeks_after(whose, *edges, now)],
        entries=[each for _, each in await ask.written(whose, *edges)],
        sent=[each for _, each in await ask.sent(whose, edges)],
        recoveries=[each for _, each in await tx.opinions.recovered(whose, *edges)],
        foreseen=[
            each for _, each in await tx.opinions.foreseen(whose, *edges, rules.negative_rating)
        ],
        **{
            into: [each for _, each in surveyed.said[question]] for question, into in ASKED.items()
        },
    )


async def facts_to_compare(
    tx: UnitOfWork,
    person: Person | None,
    edges: tuple[datetime, datetime],
    rules: Rules,
    now: datetime,
) -> Facts:
    """Of the same only what `COMPARED` is made of, and how many chats: it is asked for everybody,
    and each kind is a query."""
    whose, ask = None if person is None else person.id, tx.figures
    surveyed = await tx.opinions.surveyed(whose, *edges, rules.negative_rating, now)
    first = await ask.first_responses(whose, *edges, rules.schedule)
    return Facts(
        answered_in=[number for _, number in await ask.answered_in(whose, *edges)],
        first_responses=[each for _, each in first],
        waits=[each for _, each in await ask.waits(whose, *edges)],
        ratings=[each for _, each in surveyed.ratings],
        solved_answers=[each for _, each in surveyed.solved_answers],
    )


def compared_figures(facts: Facts, now: datetime) -> Mapping[str, Figure]:
    """`COMPARED`, of such facts."""
    figures = figures_of(facts, now)
    return {metric: figures[metric] for metric in COMPARED}


def first_times(facts: Facts) -> Sequence[float]:
    """Seconds, those `first_response_time` is the median of."""
    return [
        first.seconds
        for first in facts.first_responses
        if first.seconds is not None and not first.opened_by_team and first.known
    ]


# --- operators beside each other ---


@dataclass(frozen=True, slots=True)
class Compared:
    operator: Person
    figure: Figure
    low: float | None
    high: float | None
    """The interval, widened for how many are compared."""
    standing: Standing


@dataclass(frozen=True, slots=True)
class Comparison:
    metric: str
    rows: Sequence[Compared]
    """By name; who has no record of it is not there."""
    team: float | None
    """Of all who are compared together."""


async def compare(
    tx: UnitOfWork, *, metric: str, period: Period, rules: Rules, now: datetime
) -> Comparison:
    """Each operator against the rest of the team."""
    edges = period.edges(rules.zone)
    figures: dict[int, Figure] = {}
    values: dict[int, Sequence[float]] = {}
    people = {person.id: person for person in await tx.people.operators()}
    for person in people.values():
        facts = await facts_to_compare(tx, person, edges, rules, now)
        figure = compared_figures(facts, now)[metric]
        if figure.n:
            figures[person.id] = figure
            values[person.id] = first_times(facts)
    stand = _standings(metric, figures, values)
    k = sum(each is not Standing.LITTLE for each in stand.values())
    rows = [
        Compared(people[who], figure, *band(figure, values[who], k), stand[who])
        for who, figure in figures.items()
    ]
    rows.sort(key=lambda row: row.operator.shown_name.casefold())
    return Comparison(metric, rows, _together(list(figures.values()), list(values.values())))


def _standings(
    metric: str, figures: Mapping[int, Figure], values: Mapping[int, Sequence[float]]
) -> Mapping[int, Standing]:
    shares = {who: each for who, each in figures.items() if isinstance(each, Share)}
    against = of_shares(shares) if shares else of_medians(figures, values)
    direction = CATALOGUE[metric].direction
    return standings({who: (each, direction) for who, each in against.items()})


def _together(figures: Sequence[Figure], values: Sequence[Sequence[float]]) -> float | None:
    shares = [each for each in figures if isinstance(each, Share)]
    if shares:
        return sum(each.hits for each in shares) / sum(each.n for each in shares)
    return median([value for each in values for value in each]) if figures else None


# --- hours and days ---


@dataclass(frozen=True, slots=True)
class Hours:
    """Waits by the hour and the weekday in which they began, in the team's zone."""

    hours: range
    """From the first hour in which anybody waited to the last."""
    cells: Sequence[Sequence[HourCell]]
    """By hour, then by weekday, Monday first."""
    worse_hours: Sequence[int]
    worse_days: Sequence[int]
    """In which lateness is more than chance does, beside all others."""

    @property
    def waits(self) -> int:
        return sum(cell.waits for row in self.cells for cell in row)

    @property
    def late(self) -> int:
        return sum(cell.late for row in self.cells for cell in row)


async def hours(tx: UnitOfWork, *, period: Period, rules: Rules, now: datetime) -> Hours:
    found: dict[tuple[int, int], list[Wait]] = {}
    for at, wait in await tx.figures.waits(None, *period.edges(rules.zone)):
        local = at.astimezone(rules.zone)
        found.setdefault((local.hour, local.weekday()), []).append(wait)
    shares = {
        place: each for place, waits in found.items() if (each := overdue_share(waits, now)).n
    }
    if not shares:
        return Hours(range(0), [], [], [])
    span = range(min(hour for hour, _ in shares), max(hour for hour, _ in shares) + 1)
    cells = [[_cell(shares.get((hour, day))) for day in range(DAYS)] for hour in span]
    rows = {("hour", hour): _sum(cells[hour - span[0]]) for hour in span}
    columns = {("day", day): _sum([row[day] for row in cells]) for day in range(DAYS)}
    against = {**of_shares(rows), **of_shares(columns)}
    stand = standings({place: (each, Direction.DOWN) for place, each in against.items()})
    worse = [place for place, each in stand.items() if each is Standing.BELOW]
    return Hours(
        span,
        cells,
        [number for kind, number in worse if kind == "hour"],
        [number for kind, number in worse if kind == "day"],
    )


def _cell(late: Share | None) -> HourCell:
    return HourCell(0, 0) if late is None else HourCell(late.n, late.hits)


def _sum(cells: Sequence[HourCell]) -> Share:
    n, hits = sum(cell.waits for cell in cells), sum(cell.late for cell in cells)
    return Share(
        value=hits / n if n else None,
        n=n,
        hits=hits,
        least_n=CATALOGUE["overdue_share"].least_n,
    )


# --- what went wrong ---


@dataclass(frozen=True, slots=True)
class Dissatisfaction:
    """Ratings so low that they alert, and what customers ticked under them."""

    whole: Cause
    """Ratings, by who a supervisor sees behind them."""
    reasons: Sequence[tuple[Reason, Cause]]
    """Ticks, the most frequent first and "something else" last."""
    unnamed: int
    """Ratings without any reason."""

    @property
    def ticks(self) -> int:
        return sum(cause.all for _, cause in self.reasons)

    @property
    def most(self) -> int:
        """After so many reasons most ticks are there; 0 where that takes all of them."""
        reached = 0
        for place, (_, cause) in enumerate(self.reasons, start=1):
            reached += cause.all
            if reached >= MOST * self.ticks:
                return place if place < len(self.reasons) else 0
        return 0


async def dissatisfaction(tx: UnitOfWork, *, period: Period, rules: Rules) -> Dissatisfaction:
    ratings: Counter[CausedBy | None] = Counter()
    ticked: dict[Reason, Counter[CausedBy | None]] = {}
    unnamed = 0
    low = await tx.surveys.low(*period.edges(rules.zone), rules.negative_rating)
    for reasons, told in low:
        whose = behind(reasons, told)
        ratings[whose] += 1
        unnamed += not reasons
        for reason in reasons:
            ticked.setdefault(reason, Counter())[whose] += 1
    order = list(Reason)
    rows = [(reason, _cause(counted)) for reason, counted in ticked.items()]
    rows.sort(key=lambda row: (row[0] is Reason.OTHER, -row[1].all, order.index(row[0])))
    return Dissatisfaction(_cause(ratings), rows, unnamed)


def behind(reasons: Sequence[Reason], told: CausedBy | None) -> CausedBy | None:
    """Whose it is: as a supervisor said, and the company's if only the product is to blame.

    None: nobody has looked at it yet.
    """
    if told is None and list(reasons) == [Reason.PRODUCT]:
        return CausedBy.COMPANY
    return told


def _cause(counted: Mapping[CausedBy | None, int]) -> Cause:
    return Cause(
        counted.get(CausedBy.COMPANY, 0), counted.get(CausedBy.OPERATOR, 0), counted.get(None, 0)
    )


async def tell_cause(
    tx: UnitOfWork, *, survey_id: int, caused_by: CausedBy, by: Person, now: datetime
) -> None:
    """A supervisor says whose a bad rating is; it may be said again. Errors: NotAllowed for
    others, NotYours where there is no such rating."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    survey = await tx.surveys.lock(survey_id)
    if survey is None or survey.stars is None:
        raise NotYours
    if survey.caused_by is caused_by:
        return
    survey.caused_by = caused_by
    about = f"conversation:{survey.conversation_id}"
    tx.audit.note(Deed.CAUSE_SET, about=about, by_id=by.id, now=now, to=caused_by.value)
