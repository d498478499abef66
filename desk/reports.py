"""Weeks in figures: everything `/kpi`, the weekly push and "How is this counted?" say."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from desk.rules import Rules
from desk.weeks import Span, SpanKind, Week
from kpi import quality, satisfaction, times, volume
from kpi.card import WEEKS
from kpi.catalogue import CATALOGUE
from kpi.figures import Change, Figure, figure_from_json
from kpi.plan import from_json as plan_from_json
from kpi.records import (
    ClosedConversation,
    FirstResponse,
    Foreseen,
    Rating,
    Recovery,
    Said,
    Sent,
    SolvedAnswer,
    SurveyOutcome,
    Wait,
    WeekAfter,
    WrittenEntry,
)
from kpi.score import Plan, Prior, Reading, Score, default_plan, prior, reading, score
from storage.database import UnitOfWork
from storage.figures import Dated
from storage.models import KpiPush, Person, Priority, Question, Reason, Role

SHOWN = {SpanKind.WEEK: WEEKS, SpanKind.MONTH: 6, SpanKind.QUARTER: 4}
"""So many before the last one."""
PRIOR_WEEKS = 13
"""Complete weeks before, from which the team's habits are learnt."""
PRIORS_KEPT = timedelta(hours=1)
MOST_KEPT = 8
ASKED = {
    Question.SATISFIED: "satisfied",
    Question.PROFESSIONAL: "professional",
    Question.NPS: "recommended",
    Question.CES: "easy",
}
"""Where the answers to each question go."""
SCORED = 3
"""Of the weeks, the last so many have a score: this one, the one before, and theirs."""

AS_SHOWN = (
    "professional_share",
    "confirmed_share",
    "fcr",
    "first_response_time",
    "overdue_share",
    "repeat_share",
    "diary_completeness",
)
"""What the score reads as everybody sees it."""

Fact = TypeVar("Fact")


@dataclass(slots=True)
class Facts:
    """What was recorded of a person, or of the team, in one week."""

    closed: list[ClosedConversation] = field(default_factory=list)
    closed_by: list[int] = field(default_factory=list)
    answered_in: list[int] = field(default_factory=list)
    first_responses: list[FirstResponse] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    reasons: list[Sequence[Reason]] = field(default_factory=list)
    solved_answers: list[SolvedAnswer] = field(default_factory=list)
    surveys: list[SurveyOutcome] = field(default_factory=list)
    weeks_after: list[WeekAfter] = field(default_factory=list)
    satisfied: list[Said] = field(default_factory=list)
    professional: list[Said] = field(default_factory=list)
    recommended: list[Said] = field(default_factory=list)
    recommended_lately: list[Said] = field(default_factory=list)
    """In the 13 weeks that end with this one."""
    easy: list[Said] = field(default_factory=list)
    entries: list[WrittenEntry] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)
    foreseen: list[Foreseen] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything happened."""
        return any((self.closed, self.answered_in, self.first_responses, self.waits, self.ratings))


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody is scored by."""

    plan: Plan
    version: int | None = None
    """None: nothing is agreed, and it is the team's."""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A week's score, and the figures it read before they were drawn towards the team's."""

    score: Score
    read: Mapping[str, Figure]
    priors: Mapping[str, Prior]
    """What they were drawn towards, by metric."""
    plan: Agreed

    @property
    def adjusted(self) -> frozenset[str]:
        """Which of them were drawn."""
        return frozenset(self.priors) & frozenset(self.read)


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """A week, or as long as it was asked for."""

    week: Span
    facts: Facts
    figures: Mapping[str, Figure]
    """By metric, in the catalogue's order."""
    scored: Scored | None
    """None: a week so long ago that nobody asks for its score."""

    @property
    def score(self) -> float | None:
        return self.scored.score.value if self.scored else None


@dataclass(frozen=True, slots=True)
class Report:
    """Some weeks of one scope, the last one perhaps not over yet."""

    person: Person | None
    """None: the team."""
    weeks: Sequence[WeekFigures]

    @property
    def last(self) -> WeekFigures:
        return self.weeks[-1]

    @property
    def before(self) -> WeekFigures:
        return self.weeks[-2]

    def __bool__(self) -> bool:
        """Whether there is anything to report."""
        return any(week.facts for week in self.weeks)

    def change(self, metric: str, back: int = 0) -> Change:
        """Against the week before; `back` weeks before the last one."""
        now, before = self.weeks[-1 - back], self.weeks[-2 - back]
        return CATALOGUE[metric].change(now.figures[metric], before.figures[metric])

    def through(self, week: Span) -> "Report":
        """The same without the weeks after `week`."""
        return Report(self.person, [each for each in self.weeks if each.week.first <= week.first])


async def of(
    tx: UnitOfWork, *, person: Person | None, last: Span, rules: Rules, now: datetime
) -> Report:
    """The weeks (months, quarters) up to `last` as the records have them at `now`; `person` None:
    the team."""
    weeks = last.later(-SHOWN[last.kind]).until(last)
    facts = await _facts(tx, person, weeks, rules, now)
    priors: dict[Span, Mapping[str, Prior]] = {week: {} for week in weeks[-SCORED:]}
    if person is not None:
        priors = await _priors(tx, weeks[-SCORED:], rules, now)
    plans = await plans_of(tx, person, rules)
    found = [
        week_of(week, those, priors.get(week), plans.at(week), now)
        for week, those in zip(weeks, facts, strict=True)
    ]
    return Report(person, found)


def week_of(
    week: Span, facts: Facts, priors: Mapping[str, Prior] | None, plan: Agreed, now: datetime
) -> WeekFigures:
    """A week in figures; `priors` None: nobody asks for its score."""
    figures = figures_of(facts, now)
    scored = None if priors is None else _scored(plan, facts, figures, priors)
    return WeekFigures(week, facts, figures, scored)


@dataclass(frozen=True, slots=True)
class Plans:
    """What somebody was scored by, the newest first."""

    agreed: Sequence[Agreed]
    team: Agreed

    def at(self, span: Span) -> Agreed:
        """A change scores what begins after it; what had begun keeps the plan it had."""
        theirs = (each for each in self.agreed if each.since and each.since <= span.first)
        return next(theirs, self.team)


async def plans_of(tx: UnitOfWork, person: Person | None, rules: Rules) -> Plans:
    """`person` None: the team, whose plan is nobody's to agree on."""
    agreed = [] if person is None else await tx.plans.agreed(person.id)
    return Plans(
        [Agreed(plan_from_json(each.content), each.version, each.since) for each in agreed],
        Agreed(default_plan(limit_of(rules))),
    )


def together(weeks: Sequence[WeekFigures]) -> Facts:
    """What was recorded in all of some weeks in a row."""
    found = Facts(recommended_lately=weeks[-1].facts.recommended_lately)
    for each in fields(Facts):
        if each.name != "recommended_lately":
            listed = getattr(found, each.name)
            for week in weeks:
                listed.extend(getattr(week.facts, each.name))
    return found


async def shown_to(
    tx: UnitOfWork, *, person: Person, last: Span, rules: Rules, now: datetime
) -> Sequence[Report]:
    """What somebody gets to see by themselves: their own, and the team's for supervisors.

    A supervisor who answers no customers has nothing of their own.
    """
    found = []
    own = await of(tx, person=person, last=last, rules=rules, now=now)
    if person.is_operator or own:
        found.append(own)
    if person.may(Role.SUPERVISOR):
        found.append(await of(tx, person=None, last=last, rules=rules, now=now))
    return found


def figures_of(facts: Facts, now: datetime) -> Mapping[str, Figure]:
    """Every metric of the catalogue."""
    closed, waits, ratings = facts.closed, facts.waits, facts.ratings
    return {
        "handled": volume.handled(facts.answered_in, facts.closed_by),
        "messages": volume.messages(facts.sent),
        "solved": volume.solved(closed),
        "spam_count": volume.spam_count(closed),
        "handle_time": times.handle_time(closed),
        "solved_share": quality.solved_share(closed),
        "self_solved_share": quality.self_solved_share(closed),
        "confirmed_share": satisfaction.confirmed_share(facts.solved_answers),
        "fcr": quality.fcr(facts.weeks_after),
        "repeat_share": quality.repeat_share(facts.weeks_after),
        "first_response_time": times.first_response_time(facts.first_responses),
        "reply_time": times.reply_time(waits),
        "overdue_share": times.overdue_share(waits, now),
        "overdue": times.overdue(waits, now),
        "resolution_time": times.resolution_time(closed),
        "abandoned_share": quality.abandoned_share(closed),
        "average_rating": satisfaction.average_rating(ratings),
        "csat": satisfaction.csat(ratings),
        "satisfied_share": satisfaction.satisfied_share(facts.satisfied),
        "professional_share": satisfaction.professional_share(facts.professional),
        "nps": satisfaction.nps(facts.recommended),
        "ces": satisfaction.ces(facts.easy),
        "survey_response_rate": satisfaction.survey_response_rate(facts.surveys),
        "recovery_share": satisfaction.recovery_share(facts.recoveries),
        "diary_share": quality.diary_share(closed),
        "diary_completeness": quality.diary_completeness(facts.entries),
        "diary_gap": quality.diary_gap(facts.foreseen),
    }


def limit_of(rules: Rules) -> float:
    """The reply limit figures are measured by, in seconds."""
    return rules.reply_within[Priority.NORMAL].total_seconds()


async def _facts(
    tx: UnitOfWork, person: Person | None, weeks: Sequence[Span], rules: Rules, now: datetime
) -> Sequence[Facts]:
    """One query a kind, however many weeks; then each fact goes to its week."""
    start, end = weeks[0].start(rules.zone), weeks[-1].end(rules.zone)
    whose, ask = None if person is None else person.id, tx.figures
    closed = await ask.closed(whose, start, end, rules.schedule)
    answered_in = await ask.answered_in(whose, start, end)
    first = await ask.first_responses(whose, start, end, rules.schedule)
    waits = await ask.waits(whose, start, end)
    after = await ask.weeks_after(whose, start, end, now)
    entries = await ask.written(whose, start, end)
    surveyed = await tx.opinions.surveyed(whose, start, end, rules.negative_rating, now)
    since = _lately(weeks[0]).start(rules.zone)
    recommended = await tx.opinions.recommended(whose, since, end)

    recovered = await tx.opinions.recovered(whose, start, end)
    foreseen = await tx.opinions.foreseen(whose, start, end, rules.negative_rating)
    starts = [week.start(rules.zone) for week in weeks]
    sent = await ask.sent(whose, [*starts, end])
    found = [Facts() for _ in weeks]

    def sort(dated: Dated[Fact], into: str) -> None:
        for at, fact in dated:
            getattr(found[bisect_right(starts, at) - 1], into).append(fact)

    sort([(at, each.conversation) for at, each in closed], "closed")
    sort([(at, each.number) for at, each in closed if each.by_somebody], "closed_by")
    sort(answered_in, "answered_in")
    sort(first, "first_responses")
    sort(waits, "waits")
    sort(surveyed.ratings, "ratings")
    sort(surveyed.reasons, "reasons")
    sort(surveyed.solved_answers, "solved_answers")
    sort(surveyed.outcomes, "surveys")
    sort(after, "weeks_after")
    sort(entries, "entries")
    sort(recovered, "recoveries")
    sort(foreseen, "foreseen")
    for place, each in sent:
        found[place].sent.append(each)
    for question, into in ASKED.items():
        sort(surveyed.said[question], into)
    for week, facts in zip(weeks, found, strict=True):
        lately, until = _lately(week).start(rules.zone), week.end(rules.zone)
        facts.recommended_lately = [said for at, said in recommended if lately <= at < until]
    return found


def _lately(span: Span) -> Week:
    """The first of the 13 weeks that end with it."""
    return Week.on(span.last).later(1 - PRIOR_WEEKS)


async def _priors(
    tx: UnitOfWork, spans: Sequence[Span], rules: Rules, now: datetime
) -> dict[Span, Mapping[str, Prior]]:
    """What the team's operators have in common, as of the complete weeks before each.

    Nothing else in a person's figures needs everybody's records, so it is kept for a while.
    """
    key = ("priors", spans[-1], rules.zone)
    made, kept = tx.kept.get(key, (None, {}))
    if made is None or not timedelta() <= now - made < PRIORS_KEPT:
        for old in list(tx.kept)[:-MOST_KEPT]:
            del tx.kept[old]
        kept = {span: await _learnt(tx, span, rules) for span in spans}
        tx.kept[key] = now, kept
    return kept


async def _learnt(tx: UnitOfWork, span: Span, rules: Rules) -> Mapping[str, Prior]:
    until = Week.on(span.first)
    edges = [week.start(rules.zone) for week in (until.later(-PRIOR_WEEKS), until)]
    answers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    together: dict[tuple[str, int], tuple[int, int]] = {}
    for given in await tx.opinions.answers(edges):  # our own surveys and imported ones
        good, n = together.get((given.metric, given.operator_id), (0, 0))
        together[given.metric, given.operator_id] = good + given.good, n + given.n
    for (metric, _), counted in together.items():
        answers[metric].append(counted)
    known = {metric: prior(each) for metric, each in answers.items()}
    return {metric: each for metric, each in known.items() if each is not None}


def read_of(facts: Facts, figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
    """What a score reads, whatever the plan."""
    return {
        **{metric: figures[metric] for metric in AS_SHOWN},
        "csat": satisfaction.scored_csat(facts.ratings),
        "nps": satisfaction.nps(facts.recommended_lately),
    }


def readings_of(read: Mapping[str, Figure], priors: Mapping[str, Prior]) -> Mapping[str, Reading]:
    """The same as a score takes it: in the unit of targets, drawn towards the team's."""
    return {metric: reading(figure, priors.get(metric)) for metric, figure in read.items()}


def _scored(
    agreed: Agreed, facts: Facts, figures: Mapping[str, Figure], priors: Mapping[str, Prior]
) -> Scored:
    read = read_of(facts, figures)
    return Scored(score(readings_of(read, priors), agreed.plan), read, priors, agreed)


# --- what was pushed ---


OWN, TEAM = "own", "team"


def as_pushed(reports: Sequence[Report]) -> dict[str, Any]:
    """The last week of each, as it is kept."""
    return {
        TEAM if report.person is None else OWN: {
            "score": report.last.score,
            "figures": {name: each.to_json() for name, each in report.last.figures.items()},
        }
        for report in reports
    }


@dataclass(frozen=True, slots=True)
class Pushed:
    """A week as somebody was shown it."""

    at: datetime
    score: float | None
    figures: Mapping[str, Figure]


def read_push(push: KpiPush | None, report: Report) -> Pushed | None:
    """None: the week was never pushed to them, or not with this scope."""
    kept = push.figures.get(TEAM if report.person is None else OWN) if push else None
    if push is None or kept is None:
        return None
    figures = {name: figure_from_json(each) for name, each in kept["figures"].items()}
    return Pushed(push.pushed_at, kept["score"], figures)
