"""The plan an operator is scored by: proposed, talked about, accepted."""

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from desk import plan_numbers, plans
from desk.refusals import NotYours, Refusal
from desk.rules import Rules
from handlers.context import Clock, Say, Toast
from handlers.figure_callbacks import (
    PlanBeginTap,
    PlanMetricTap,
    PlanOfTap,
    PlanOutTap,
    PlanTap,
    PlanWeightTap,
)
from handlers.filters import Is, NotACommand, Words
from handlers.keyboards import button, keyboard
from handlers.screens import plan as screens
from i18n import Texts
from kpi import plan as content
from kpi.catalogue import CATALOGUE
from kpi.plan import Unfit
from kpi.score import Category
from storage.database import UnitOfWork
from storage.models import KpiPlan, Person, PlanState, Role


class PlanForm(StatesGroup):
    target = State()
    """Waiting for a floor and a target; `plan_id` and `metric` say of what."""
    weight = State()
    """Waiting for a category's weight."""
    remark = State()
    """Waiting for what they have to say to the plan on the table."""


# --- whose ---


async def asked(
    _: Message, me: Person, tx: UnitOfWork, texts: Texts, say: Say, clock: Clock
) -> None:
    """One's own plan; supervisors choose whose."""
    others = [p for p in await tx.people.operators() if p.id != me.id and p.may(Role.OPERATOR)]
    if not me.may(Role.SUPERVISOR) or not others:
        await tx.cards.show_anew(plans.subject(me.id), me.id, clock())
        return
    theirs = [*others, me] if me.is_operator else others
    waiting = {plan.operator_id: plan for plan in await tx.plans.in_hand(PlanState.PROPOSED)}
    rows = [
        [button(screens.whose(texts, each, waiting.get(each.id)), PlanOfTap(operator_id=each.id))]
        for each in theirs
    ]
    say(texts("plan-whose"), keyboard(*rows))


async def opened(
    _: CallbackQuery, callback_data: PlanOfTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    await plans.table(tx, operator_id=callback_data.operator_id, reader=me)
    await _show(tx, callback_data.operator_id, me, clock)


# --- putting one together ---


async def begun(
    _: CallbackQuery,
    callback_data: PlanBeginTap,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    number, now = callback_data.operator_id, clock()
    await plans.begin(tx, operator_id=number, by=me, rules=rules, now=now)
    await _show(tx, number, me, clock)


async def metric_chosen(
    _: CallbackQuery,
    callback_data: PlanMetricTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
) -> None:
    metric = callback_data.metric
    plan = await plans.writing(tx, plan_id=callback_data.plan_id, by=me)
    if metric not in CATALOGUE or content.find(plans.team_plan(rules), metric) is None:
        raise NotYours
    await state.set_state(PlanForm.target)
    await state.set_data({"plan_id": plan.id, "metric": metric})
    counted = content.find(content.from_json(plan.content), metric)
    out = PlanOutTap(plan_id=plan.id, metric=metric, out=counted is not None)
    label = "plan-leave-out" if counted else "plan-take-in"
    say(
        screens.asks_target(texts, metric, counted[1] if counted else None),
        keyboard([button(texts.plain(label), out)]),
    )


async def target_typed(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    about = await state.get_data()
    plan, metric = await _still(tx, about["plan_id"], me, state), about["metric"]
    counted = content.find(content.from_json(plan.content), metric)
    unit = CATALOGUE[metric].unit
    try:
        given = plan_numbers.target(words, unit, counted[1].weight if counted else 1)
        await plans.set_target(tx, plan_id=plan.id, metric=metric, given=given, by=me, rules=rules)
    except Unfit as unfit:
        say(screens.unfit(texts, unfit.why, metric))
        return
    await state.clear()
    await _show(tx, plan.operator_id, me, clock)


async def out_chosen(
    _: CallbackQuery,
    callback_data: PlanOutTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    metric, out = callback_data.metric, callback_data.out
    if metric not in CATALOGUE:
        raise NotYours
    plan = await plans.leave_out(
        tx, plan_id=callback_data.plan_id, metric=metric, out=out, by=me, rules=rules
    )
    await _stop_asking(state)
    await _show(tx, plan.operator_id, me, clock)


async def weight_chosen(
    _: CallbackQuery,
    callback_data: PlanWeightTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    plan = await plans.writing(tx, plan_id=callback_data.plan_id, by=me)
    category = callback_data.category
    await state.set_state(PlanForm.weight)
    await state.set_data({"plan_id": plan.id, "category": category.value})
    weight = content.from_json(plan.content).weights.get(category, 0)
    say(screens.asks_weight(texts, category, weight))


async def weight_typed(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    about = await state.get_data()
    plan, category = await _still(tx, about["plan_id"], me, state), Category(about["category"])
    try:
        weight = plan_numbers.weight(words)
        await plans.set_weight(tx, plan_id=plan.id, category=category, weight=weight, by=me)
    except Unfit as unfit:
        say(screens.unfit(texts, unfit.why, None))
        return
    await state.clear()
    await _show(tx, plan.operator_id, me, clock)


async def asked_again(_: Message, state: FSMContext, texts: Texts, say: Say) -> None:
    """A picture is no number, and says nothing to a plan."""
    remark = await state.get_state() == PlanForm.remark.state
    say(texts("plan-remark-words" if remark else "plan-numbers-words"))


# --- agreeing ---


async def proposed(
    _: CallbackQuery,
    callback_data: PlanTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    try:
        plan = await plans.propose(tx, plan_id=callback_data.plan_id, by=me, now=clock())
    except Unfit as unfit:
        say(screens.unfit(texts, unfit.why, None))
        return
    await _stop_asking(state)
    toast.text = texts.plain("plan-proposed-toast")
    await _show(tx, plan.operator_id, me, clock)


async def dropped(
    _: CallbackQuery,
    callback_data: PlanTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    plan = await plans.drop(tx, plan_id=callback_data.plan_id, by=me)
    await _stop_asking(state)
    toast.text = texts.plain("plan-dropped")
    tx.cards.changed(plans.subject(plan.operator_id), clock())


async def accepted(
    _: CallbackQuery,
    callback_data: PlanTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await plans.accept(tx, plan_id=callback_data.plan_id, by=me, rules=rules, now=clock())
    toast.text = texts.plain("plan-accepted-toast")


async def remark_asked(
    _: CallbackQuery,
    callback_data: PlanTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    plan = await plans.may_remark(tx, plan_id=callback_data.plan_id, by=me)
    await state.set_state(PlanForm.remark)
    await state.set_data({"plan_id": plan.id})
    say(texts("plan-remark-ask"))


async def remarked(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    number = (await state.get_data())["plan_id"]
    try:
        await plans.may_remark(tx, plan_id=number, by=me)
    except Refusal:
        await state.clear()
        raise
    await plans.remark(tx, plan_id=number, words=words, by=me, now=clock())
    await state.clear()
    say(texts("plan-remark-sent"))


async def left(_: Message, state: FSMContext, texts: Texts, say: Say) -> None:
    await state.clear()
    say(texts("plan-left"))


# --- common ---


async def _still(tx: UnitOfWork, plan_id: int, me: Person, state: FSMContext) -> KpiPlan:
    """The plan a form is about; where it is gone, so is the form."""
    try:
        return await plans.writing(tx, plan_id=plan_id, by=me)
    except Refusal:
        await state.clear()
        raise


async def _stop_asking(state: FSMContext) -> None:
    if await state.get_state() in {PlanForm.target.state, PlanForm.weight.state}:
        await state.clear()


async def _show(tx: UnitOfWork, operator_id: int, me: Person, clock: Clock) -> None:
    """Below what was said since; on other screens it changes."""
    tx.cards.changed(plans.subject(operator_id), clock())
    await tx.cards.show_anew(plans.subject(operator_id), me.id, clock())


def router() -> Router:
    topic = Router(name="plan")
    topic.message.register(asked, Command("plan"))
    tap = topic.callback_query.register
    tap(opened, PlanOfTap.filter())
    tap(begun, PlanBeginTap.filter())
    tap(metric_chosen, PlanMetricTap.filter())
    tap(out_chosen, PlanOutTap.filter())
    tap(weight_chosen, PlanWeightTap.filter())
    tap(proposed, PlanTap.filter(F.does == "propose"))
    tap(dropped, PlanTap.filter(F.does == "drop"))
    tap(accepted, PlanTap.filter(F.does == "accept"))
    tap(remark_asked, PlanTap.filter(F.does == "remark"))
    return topic


def forms() -> Router:
    """What was asked for and not told yet. Every step answers everything but other commands."""
    form = Router(name="plan forms")
    form.message.filter(Is(Role.OPERATOR), StateFilter(PlanForm))
    form.message.register(left, Command("cancel"))
    form.message.register(target_typed, StateFilter(PlanForm.target), Words())
    form.message.register(weight_typed, StateFilter(PlanForm.weight), Words())
    form.message.register(remarked, StateFilter(PlanForm.remark), Words())
    form.message.register(asked_again, NotACommand())
    return form
