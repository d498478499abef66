"""An operator's plan: put together, on the table, or agreed."""

from collections.abc import Mapping, Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from desk import plans, reports
from desk.plans import Lately, Table
from desk.weeks import Week
from handlers.figure_callbacks import (
    PlanBeginTap,
    PlanMetricTap,
    PlanTap,
    PlanWeightTap,
)
from handlers.keyboards import button, keyboard, rows_of
from handlers.screens import figures as spell
from handlers.screens.screen import Look, Screen
from i18n import Texts
from i18n.pages import cut
from i18n.texts import Html
from kpi import plan as content
from kpi.catalogue import CATALOGUE, Unit
from kpi.figures import Share
from kpi.plan import Misfit
from kpi.score import Category, Plan, Target
from storage.models import KpiPlan, Person, PlanState, Role

REMARKS = 3
"""The last so many are shown, each whole."""
NAME, WORDS = 64, 1000
"""UTF-16 units of a name, of what somebody said: 500 characters may be so many."""


async def screen(look: Look, operator_id: int) -> Screen | None:
    """Nothing for who it does not concern any more."""
    operator = await look.tx.people.get(operator_id)
    concerns = look.reader.id == operator_id or look.reader.may(Role.SUPERVISOR)
    if operator is None or not operator.may(Role.OPERATOR) or not concerns:
        return None
    found = await plans.table(look.tx, operator_id=operator_id, reader=look.reader)
    last = Week.of(look.now, look.rules.zone).later(-1)
    report = await reports.of(look.tx, person=operator, last=last, rules=look.rules, now=look.now)
    quarter = plans.of_weeks(report.weeks[-plans.QUARTER :], look.now)
    if found.writing is not None and found.is_writing:
        return _editor(look, found, found.writing, quarter)
    month = plans.of_weeks(report.weeks[-plans.MONTH :], look.now)
    said = await _remarks(look, operator_id)
    if found.proposed is not None:
        return await _proposal(look, found, found.proposed, month, said)
    return _agreed(look, found, month, said)


# --- put together ---


def _editor(look: Look, found: Table, writing: KpiPlan, quarter: Lately) -> Screen:
    texts, plan = look.texts, content.from_json(writing.content)
    own = look.reader.id == found.operator.id
    title = texts("plan-writing", name=_name(found.operator), own="yes" if own else "no")
    team = plans.team_plan(look.rules)
    lines = _lines(texts, plan, quarter, texts.plain("plan-span-quarter"))
    return Screen(
        _joined(title, texts("plan-scale"), *lines, texts("plan-writing-how")),
        _editing(texts, writing, plan, team),
    )


def _editing(texts: Texts, writing: KpiPlan, plan: Plan, team: Plan) -> InlineKeyboardMarkup:
    weights = [
        button(
            texts.plain(
                "plan-weight-button",
                name=texts.plain("kpi-category", category=category.value),
                weight=_plain(plan.weights.get(category, 0)),
            ),
            PlanWeightTap(plan_id=writing.id, category=category),
        )
        for category in team.weights
    ]
    metrics = [
        button(
            texts.plain(
                "plan-metric-button",
                name=spell.name(texts, metric),
                out="no" if content.find(plan, metric) else "yes",
            ),
            PlanMetricTap(plan_id=writing.id, metric=metric),
        )
        for metric in _kept(team)
    ]
    return keyboard(
        *rows_of(metrics),
        *rows_of(weights, 1),  # the longest name breaks in half a row
        [
            _does(texts, writing, "drop"),
            _does(texts, writing, "propose", primary=True),
        ],
    )


def _kept(team: Plan) -> Sequence[str]:
    """Metrics a plan may score, as far as there are records of them."""
    return [metric for part in team.targets.values() for metric in part if metric in CATALOGUE]


# --- on the table ---


async def _proposal(
    look: Look, found: Table, proposed: KpiPlan, month: Lately, said: Sequence[str]
) -> Screen:
    texts, plan = look.texts, content.from_json(proposed.content)
    own = look.reader.id == found.operator.id
    by = await look.tx.people.one(proposed.proposed_by_id)
    assert proposed.proposed_at is not None
    when = look.moment(proposed.proposed_at)
    title = texts(
        "plan-proposed",
        name=_name(found.operator),
        own="yes" if own else "no",
        version=proposed.version or 0,
        by=_name(by),
        at=when,
    )
    asked = "me" if found.may_decide else "them"
    return Screen(
        _joined(
            title,
            texts("plan-scale"),
            *_lines(texts, plan, month, texts.plain("plan-span-month")),
            _would_give(look, found, plan, month),
            *said,
            texts("plan-waits", who=asked, own="yes" if own else "no"),
        ),
        _deciding(texts, found, proposed),
    )


def _deciding(texts: Texts, found: Table, proposed: KpiPlan) -> InlineKeyboardMarkup:
    other = button(texts.plain("plan-other-button"), PlanBeginTap(operator_id=found.operator.id))
    remark = _does(texts, proposed, "remark")
    if found.may_decide:
        return keyboard([_does(texts, proposed, "accept", primary=True)], [other, remark])
    return keyboard([other, remark])


def _would_give(look: Look, found: Table, plan: Plan, month: Lately) -> Html:
    """What it would have given last month, beside what scores now."""
    texts, now = look.texts, plans.team_plan(look.rules)
    if found.accepted is not None:
        now = content.from_json(found.accepted.content)
    then, today = (plans.would_give(each, month) for each in (plan, now))
    days = _days(look, month)
    if then is None:
        return texts("plan-would-give-nothing", days=days)
    kept = "nothing" if today is None else spell.points(today)
    return texts("plan-would-give", days=days, points=spell.points(then), now=kept)


def _days(look: Look, span: Lately) -> str:
    today = look.now.astimezone(look.rules.zone).date()
    first, last = span.weeks[0].week.first, span.weeks[-1].week.last
    return spell.between(look.texts, first, last, today)


# --- agreed ---


def _agreed(look: Look, found: Table, month: Lately, said: Sequence[str]) -> Screen:
    texts, agreed = look.texts, found.accepted
    own = "yes" if look.reader.id == found.operator.id else "no"
    name = _name(found.operator)
    due = None
    if agreed is None or agreed.since is None:
        plan = plans.team_plan(look.rules)
        title = texts("plan-of-team", name=name, own=own)
    else:
        today = look.now.astimezone(look.rules.zone).date()
        plan = content.from_json(agreed.content)
        since = texts.day(agreed.since, today)
        begun = "yes" if agreed.since <= today else "no"
        title = texts(
            "plan-agreed",
            name=name,
            own=own,
            version=agreed.version or 0,
            since=since,
            begun=begun,
        )
        if plans.is_due(agreed, Week.of(look.now, look.rules.zone)):
            due = texts("plan-review")
    rows = []
    if look.reader.may(Role.SUPERVISOR) and look.reader.id != found.operator.id:
        begin = PlanBeginTap(operator_id=found.operator.id)
        rows = [[button(texts.plain("plan-begin-button"), begin)]]
    lines = _lines(texts, plan, month, texts.plain("plan-span-month"))
    return Screen(_joined(title, due, texts("plan-scale"), *lines, *said), keyboard(*rows))


# --- what they have in common ---


def _lines(texts: Texts, plan: Plan, span: Lately, when: str) -> Sequence[str]:
    """Each category with its weight; each metric with its way, and what it was worth in `span`."""
    lines: list[str] = []
    for category, weight in plan.weights.items():
        metrics = {m: t for m, t in plan.targets.get(category, {}).items() if m in CATALOGUE}
        if not metrics or not weight:
            continue
        name = texts.plain("kpi-category", category=category.value)
        lines += ["", texts("plan-category", name=name, weight=_plain(weight))]
        lines += [_line(texts, metric, each, span, when) for metric, each in metrics.items()]
    return [*lines, ""]


def _line(texts: Texts, metric: str, target: Target, span: Lately, when: str) -> Html:
    reading, figure = span.readings.get(metric), span.read.get(metric)
    about: Mapping[str, str] = {
        "name": spell.name(texts, metric),
        "floor": _spelled(texts, metric, target.floor),
        "target": _spelled(texts, metric, target.target),
        "heavier": "no" if target.weight == 1 else "yes",
        "weight": _plain(target.weight),
        "when": when,
    }
    if figure is None or reading is None or not reading.enough or reading.value is None:
        return texts("plan-line-unknown", **about)
    value = figure.value if figure.value is not None else 0.0
    drawn = reading.value / 100 if isinstance(figure, Share) else value
    shown = spell.spelled(texts, metric, drawn)
    points = round(target.points(reading.value))
    return texts("plan-line", **about, value=shown, points=points)


def _spelled(texts: Texts, metric: str, value: float) -> str:
    """A target is in percent where a figure is a part of one."""
    percent = CATALOGUE[metric].unit is Unit.PERCENT
    return spell.spelled(texts, metric, value / 100 if percent else value)


def _joined(*parts: str | None) -> str:
    """One under another; an empty one is an empty line."""
    return "\n".join(part for part in parts if part is not None)


def _plain(number: float) -> str:
    return f"{number:g}"


async def _remarks(look: Look, operator_id: int) -> Sequence[str]:
    texts, lines = look.texts, []
    for remark in await look.tx.plans.remarks(operator_id, REMARKS):
        author = await look.tx.people.one(remark.author_id)
        words = cut(" ".join(remark.text.split()), WORDS)
        lines.append(texts("plan-remark", name=_name(author), words=words))
    return ["", *lines] if lines else []


def _name(person: Person) -> str:
    return cut(person.shown_name, NAME)


def _does(
    texts: Texts, plan: KpiPlan, does: str, *, primary: bool = False
) -> InlineKeyboardButton:
    label = texts.plain(f"plan-{does}-button")
    return button(label, PlanTap(plan_id=plan.id, does=does), primary=primary)


# --- asked for ---


def whose(texts: Texts, operator: Person, proposed: KpiPlan | None) -> str:
    """A line of the list of operators."""
    if proposed is None or proposed.state is not PlanState.PROPOSED:
        return operator.shown_name
    asked = "them" if proposed.proposed_by_id != operator.id else "us"
    return texts.plain("plan-whose-waits", name=cut(operator.shown_name, 24), who=asked)


def asks_target(texts: Texts, metric: str, now: Target | None) -> Html:
    unit = CATALOGUE[metric].unit
    told = texts("plan-ask-out")
    if now is not None:
        floor, target = (_spelled(texts, metric, end) for end in (now.floor, now.target))
        told = texts("plan-ask-now", floor=floor, target=target)
    name = spell.name(texts, metric)
    how = texts(f"kpi-how-{metric.replace('_', '-')}")
    return texts.lines(
        texts("plan-ask-title", name=name), how, told, texts("plan-ask-how", unit=unit.value)
    )


def asks_weight(texts: Texts, category: Category, weight: float) -> Html:
    name = texts.plain("kpi-category", category=category.value)
    return texts("plan-ask-weight", name=name, weight=_plain(weight))


def unfit(texts: Texts, why: Misfit, metric: str | None) -> Html:
    """Why it cannot be so, and what is expected instead."""
    about = CATALOGUE[metric] if metric else None
    return texts(
        "plan-unfit",
        why=why.value,
        unit=about.unit.value if about else "none",
        direction=about.direction.value if about else "none",
    )
