"""Plans: a supervisor proposes what an operator is scored by, both talk, the operator accepts.

One plan of an operator is on the table at a time. Whoever did not propose it may accept it, say
something to it, or propose another; who proposed it may talk and propose anew. What is accepted
scores from the next Monday on, so that no rule changes in the middle of a week.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk import alerts, reports
from desk.refusals import NotAllowed, NotYours, TooLate, WordsTooLong
from desk.reports import WeekFigures, figures_of, limit_of, together
from desk.rules import Rules
from desk.weeks import Week
from kpi import plan as content
from kpi.figures import Figure
from kpi.score import Category, Plan, Reading, Target, default_plan, score
from storage.database import UnitOfWork
from storage.models import Deed, KpiPlan, Person, PlanRemark, PlanState, Role, Urgency

QUARTER, MONTH = 13, 4
"""Complete weeks."""
LONGEST_REMARK = 500


@dataclass(frozen=True, slots=True)
class Lately:
    """Some complete weeks of an operator together."""

    weeks: Sequence[WeekFigures]
    read: Mapping[str, Figure]
    """What a score reads, by metric, whatever the plan scores."""
    readings: Mapping[str, Reading]
    """The same as the score takes it."""


# --- what is on the table ---


@dataclass(frozen=True, slots=True)
class Table:
    """An operator's plans as `reader` may see them."""

    operator: Person
    writing: KpiPlan | None
    """What the reader puts together."""
    is_writing: bool
    """Whether they are at it; a new word of the other side comes before it."""
    proposed: KpiPlan | None
    accepted: KpiPlan | None
    """The last one; None: the team's plan scores."""
    may_decide: bool
    """Whether the reader is the one who is asked."""


async def table(tx: UnitOfWork, *, operator_id: int, reader: Person) -> Table:
    """Errors: NotYours to whom it does not concern."""
    operator = await _concerns(tx, operator_id, reader)
    plans = await tx.plans.of(operator_id)
    proposed = next((p for p in plans if p.state is PlanState.PROPOSED), None)
    return Table(
        operator,
        next((p for p in plans if p.state is PlanState.WRITING and _by(p, reader)), None),
        bool((await tx.forms.get(writing_key(reader.id, operator_id)))[1]),
        proposed,
        next((p for p in plans if p.state is PlanState.ACCEPTED), None),
        proposed is not None and _is_asked(proposed, reader),
    )


async def _concerns(tx: UnitOfWork, operator_id: int, by: Person) -> Person:
    operator = await tx.people.get(operator_id)
    if operator is None or not operator.may(Role.OPERATOR):
        raise NotYours
    if by.id != operator_id and not by.may(Role.SUPERVISOR):
        raise NotYours
    return operator


def _by(plan: KpiPlan, person: Person) -> bool:
    return plan.proposed_by_id == person.id


def _is_asked(plan: KpiPlan, person: Person) -> bool:
    """The operator about a supervisor's, any other supervisor about the operator's own."""
    if plan.proposed_by_id != plan.operator_id:
        return person.id == plan.operator_id
    return person.id != plan.operator_id and person.may(Role.SUPERVISOR)


def subject(operator_id: int) -> str:
    return f"plan:{operator_id}"


def writing_key(person_id: int, operator_id: int) -> str:
    """Where is kept that somebody is putting a plan together."""
    return f"plan:{person_id}:{operator_id}"


# --- putting one together ---


async def begin(
    tx: UnitOfWork, *, operator_id: int, by: Person, rules: Rules, now: datetime
) -> KpiPlan:
    """A new version: from the one on the table, else from the operator's own last quarter.

    Operators begin with what was proposed to them. Errors: NotYours, NotAllowed.
    """
    found = await table(tx, operator_id=operator_id, reader=by)
    tx.forms.put(writing_key(by.id, operator_id), None, {"writing": True})
    if found.writing is not None:
        return found.writing
    if by.id == operator_id and found.proposed is None:
        raise NotAllowed
    if found.proposed is not None:
        begun = content.from_json(found.proposed.content)
    else:
        own = await lately(tx, found.operator, QUARTER, rules, now)
        begun = content.beginning(team_plan(rules), own.readings)
    plan = KpiPlan(
        operator_id=operator_id,
        state=PlanState.WRITING,
        content=content.to_json(begun),
        proposed_by_id=by.id,
        begun_at=now,
    )
    return await tx.plans.add(plan)


async def drop(tx: UnitOfWork, *, plan_id: int, by: Person) -> KpiPlan:
    """Nothing comes of it, and nobody else ever saw it."""
    plan = await _mine(tx, plan_id, by)
    tx.forms.put(writing_key(by.id, plan.operator_id), None, {})
    await tx.plans.remove(plan)
    return plan


async def writing(tx: UnitOfWork, *, plan_id: int, by: Person) -> KpiPlan:
    """The plan that `by` puts together. Errors: NotYours, TooLate."""
    return await _mine(tx, plan_id, by)


async def set_target(
    tx: UnitOfWork, *, plan_id: int, metric: str, given: Target, by: Person, rules: Rules
) -> KpiPlan:
    """The metric counts so. Errors: Unfit, and what `writing` refuses."""
    plan = await _mine(tx, plan_id, by)
    category = _category(metric, rules)
    changed = content.with_target(content.from_json(plan.content), category, metric, given)
    plan.content = content.to_json(changed)
    return plan


async def leave_out(
    tx: UnitOfWork, *, plan_id: int, metric: str, out: bool, by: Person, rules: Rules
) -> KpiPlan:
    """The metric is not scored; or it is again, as the team's plan has it."""
    plan = await _mine(tx, plan_id, by)
    now, category = content.from_json(plan.content), _category(metric, rules)
    if out:
        changed = content.without(now, metric)
    elif content.find(now, metric) is None:
        usual = team_plan(rules).targets[category][metric]
        changed = content.with_target(now, category, metric, usual)
    else:
        changed = now
    plan.content = content.to_json(changed)
    return plan


async def set_weight(
    tx: UnitOfWork, *, plan_id: int, category: Category, weight: float, by: Person
) -> KpiPlan:
    """Of a category beside the others. Errors: Unfit, and what `writing` refuses."""
    plan = await _mine(tx, plan_id, by)
    changed = content.with_weight(content.from_json(plan.content), category, weight)
    plan.content = content.to_json(changed)
    return plan


async def _mine(tx: UnitOfWork, plan_id: int, by: Person) -> KpiPlan:
    plan = await tx.plans.lock(plan_id)
    if plan is None or not _by(plan, by):
        raise NotYours
    if plan.state is not PlanState.WRITING:
        raise TooLate
    await _concerns(tx, plan.operator_id, by)
    return plan


def _category(metric: str, rules: Rules) -> Category:
    """Where the team scores it. Errors: NotYours where it does not."""
    found = content.find(team_plan(rules), metric)
    if found is None:
        raise NotYours
    return found[0]


# --- agreeing ---


async def propose(tx: UnitOfWork, *, plan_id: int, by: Person, now: datetime) -> KpiPlan:
    """It is on the table, instead of the one that was there. Errors: Unfit."""
    plan = await _mine(tx, plan_id, by)
    content.check(content.from_json(plan.content))
    await tx.people.lock(plan.operator_id)
    known = await tx.plans.of(plan.operator_id)
    for other in known:
        if other.state is PlanState.PROPOSED:
            other.state = PlanState.REPLACED
    plan.version = 1 + max((each.version or 0 for each in known), default=0)
    plan.state, plan.proposed_at = PlanState.PROPOSED, now
    await _tell_others(tx, plan, by, now)
    return plan


async def accept(
    tx: UnitOfWork, *, plan_id: int, by: Person, rules: Rules, now: datetime
) -> KpiPlan:
    """It scores from the next Monday. Errors: NotYours, TooLate for one no longer on the table."""
    plan = await _on_the_table(tx, plan_id, by)
    if not _is_asked(plan, by):
        raise NotYours
    plan.state, plan.decided_at, plan.decided_by_id = PlanState.ACCEPTED, now, by.id
    plan.since = Week.of(now, rules.zone).later(1).monday
    about = f"person:{plan.operator_id}"
    tx.audit.note(Deed.PLAN_AGREED, about=about, by_id=by.id, now=now, version=plan.version or 0)
    await _tell_others(tx, plan, by, now)
    return plan


async def remark(
    tx: UnitOfWork, *, plan_id: int, words: str, by: Person, now: datetime
) -> KpiPlan:
    """One of the two says something to what is on the table. Errors: WordsTooLong."""
    plan = await _on_the_table(tx, plan_id, by)
    words = words.strip()
    if len(words) > LONGEST_REMARK:
        raise WordsTooLong(limit=str(LONGEST_REMARK))
    tx.plans.say(PlanRemark(plan_id=plan.id, author_id=by.id, text=words, at=now))
    await _tell_others(tx, plan, by, now)
    return plan


async def may_remark(tx: UnitOfWork, *, plan_id: int, by: Person) -> KpiPlan:
    """Errors: NotYours, TooLate."""
    return await _on_the_table(tx, plan_id, by)


async def _on_the_table(tx: UnitOfWork, plan_id: int, by: Person) -> KpiPlan:
    plan = await tx.plans.lock(plan_id)
    if plan is None:
        raise NotYours
    await _concerns(tx, plan.operator_id, by)
    if plan.state is not PlanState.PROPOSED:
        raise TooLate if plan.state is not PlanState.WRITING else NotYours
    return plan


async def _tell_others(tx: UnitOfWork, plan: KpiPlan, by: Person, now: datetime) -> None:
    """The other side hears of it; whoever else has it open sees it change."""
    card = subject(plan.operator_id)
    tx.cards.changed(card, now)
    tx.forms.put(writing_key(by.id, plan.operator_id), None, {})
    for person in await _other_side(tx, plan, by):
        tx.forms.put(writing_key(person.id, plan.operator_id), None, {})
        await tx.cards.show_anew(card, person.id, now, Urgency.SOON)


async def _other_side(tx: UnitOfWork, plan: KpiPlan, by: Person) -> Sequence[Person]:
    if by.id != plan.operator_id:
        operator = await tx.people.one(plan.operator_id)
        return [operator] if operator.reachable and operator.telegram_id else []
    supervisors = [p for p in await alerts.audience(tx) if p.id != plan.operator_id]
    known = {p.proposed_by_id for p in await tx.plans.of(plan.operator_id)}
    theirs = [person for person in supervisors if person.id in known]
    return theirs or supervisors


# --- what it rests on ---


async def lately(
    tx: UnitOfWork, operator: Person, weeks: int, rules: Rules, now: datetime
) -> Lately:
    """The last complete weeks of somebody, at most 13."""
    last = Week.of(now, rules.zone).later(-1)
    report = await reports.of(tx, person=operator, last=last, rules=rules, now=now)
    return of_weeks(report.weeks[-weeks:], now)


def of_weeks(weeks: Sequence[WeekFigures], now: datetime) -> Lately:
    facts, last = together(weeks), weeks[-1].scored
    assert last is not None
    read = reports.read_of(facts, figures_of(facts, now))
    return Lately(weeks, read, reports.readings_of(read, last.priors))


def would_give(plan: Plan, over: Lately) -> float | None:
    """The score of those weeks together by a plan; None: there is too little data."""
    return score(over.readings, plan).value


def team_plan(rules: Rules) -> Plan:
    """What scores whoever has agreed on nothing else."""
    return default_plan(limit_of(rules))


# --- each quarter ---


async def ask_to_review(tx: UnitOfWork, *, week: Week, now: datetime) -> None:
    """Plans that have scored a whole number of quarters are laid before both again."""
    for operator in await tx.people.operators():
        plan = next(iter(await tx.plans.agreed(operator.id)), None)
        if plan is not None and is_due(plan, week):
            for person in await _both(tx, plan, operator):
                await tx.cards.show_anew(subject(operator.id), person.id, now, Urgency.BULK)


async def _both(tx: UnitOfWork, plan: KpiPlan, operator: Person) -> Sequence[Person]:
    to = await _other_side(tx, plan, operator)
    return [*to, operator] if operator.reachable and operator.telegram_id else to


def is_due(plan: KpiPlan, week: Week) -> bool:
    """Whether this is a week in which both should look at it again."""
    if plan.since is None:
        return False
    age = week.number - Week(plan.since).number
    return age > 0 and age % QUARTER == 0
