"""One's own figures, and the team's: asked for, drawn, explained."""

from datetime import datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from desk.refusals import NotYours
from desk.rules import Rules
from desk.weeks import SpanKind, numbered
from handlers.context import Clock, Say, Toast
from handlers.figure_callbacks import (
    KpiDrawTap,
    KpiHowTap,
    KpiLooksTap,
    KpiMetricTap,
    KpiOneTap,
    KpiOpenTap,
    KpiPageTap,
    KpiRecordsTap,
    KpiTeamTap,
    KpiThemeTap,
)
from handlers.screens.counted import ALL, PAGES, page_key, subject
from i18n import Texts
from kpi.catalogue import CATALOGUE
from kpi.score import Category
from storage.database import UnitOfWork
from storage.models import Person

KEPT = timedelta(days=3_660)
"""Ten years: no button of ours is older."""
CARD = "card"
SPOKEN = {
    **{each.value: each for each in SpanKind},
    "неделя": SpanKind.WEEK,
    "месяц": SpanKind.MONTH,
    "квартал": SpanKind.QUARTER,
}
"""What people write after /kpi."""


async def asked(
    _: Message,
    command: CommandObject,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    """The picture comes when it is drawn; whose, if nobody said, is decided then."""
    span = SPOKEN.get((command.args or SpanKind.WEEK).strip().lower())
    if span is None:
        say(texts("kpi-which-span"))
        return
    _draw(tx, me, say, clock, team=None, span=span)


async def span_asked(
    _: CallbackQuery,
    callback_data: KpiDrawTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    page, span, team = callback_data.page, callback_data.span, callback_data.team
    if page != CARD and page not in list(Category):
        raise NotYours
    category = None if page == CARD else page
    _draw(tx, me, say, clock, team=team, category=category, span=span)
    toast.text = texts.plain("kpi-drawing")


async def looks_chosen(
    _: CallbackQuery,
    callback_data: KpiLooksTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    me.theme = callback_data.theme.value
    _draw(tx, me, say, clock, team=callback_data.team, span=callback_data.span)
    toast.text = texts.plain("kpi-theme-set")


async def other_asked(
    _: CallbackQuery,
    callback_data: KpiTeamTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    _draw(tx, me, say, clock, team=callback_data.team)
    toast.text = texts.plain("kpi-drawing")


async def theme_chosen(
    _: CallbackQuery,
    callback_data: KpiThemeTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    me.theme = callback_data.theme.value
    _draw(tx, me, say, clock, team=callback_data.team)
    toast.text = texts.plain("kpi-theme-set")


async def how_asked(
    _: CallbackQuery,
    callback_data: KpiHowTap,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    """The card comes below what was said since, from its first page."""
    week, team, now = callback_data.week, callback_data.team, clock()
    _allow(week, rules, now)
    tx.forms.put(page_key(me.id, week, team), None, {"page": ALL})
    await tx.cards.show_anew(subject(week, team), me.id, now)


async def opened(
    _: CallbackQuery,
    callback_data: KpiOpenTap,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    """From elsewhere: the card comes below what was said since, with this figure."""
    week, team, now = callback_data.week, callback_data.team, clock()
    _allow(week, rules, now)
    if callback_data.metric not in PAGES:
        raise NotYours
    tx.forms.put(page_key(me.id, week, team), None, {"page": callback_data.metric})
    await tx.cards.show_anew(subject(week, team), me.id, now)


async def category_asked(
    _: CallbackQuery,
    callback_data: KpiPageTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    _draw(tx, me, say, clock, team=callback_data.team, category=callback_data.category.value)
    toast.text = texts.plain("kpi-drawing")


async def metric_chosen(
    _: CallbackQuery,
    callback_data: KpiMetricTap,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    if callback_data.metric not in PAGES:
        raise NotYours
    _turn(tx, me, callback_data, {"page": callback_data.metric}, rules, clock())


async def records_asked(
    _: CallbackQuery,
    callback_data: KpiRecordsTap,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    if callback_data.metric not in CATALOGUE or callback_data.back > 1:
        raise NotYours
    where = {"back": callback_data.back, "first": callback_data.first}
    page = {"page": callback_data.metric, "records": where}
    _turn(tx, me, callback_data, page, rules, clock())


async def one_asked(
    _: CallbackQuery,
    callback_data: KpiOneTap,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    if callback_data.metric not in CATALOGUE or callback_data.back > 1:
        raise NotYours
    which = {"back": callback_data.back, "kind": callback_data.kind, "about": callback_data.about}
    _turn(tx, me, callback_data, {"page": callback_data.metric, "one": which}, rules, clock())


def _turn(
    tx: UnitOfWork,
    me: Person,
    tapped: KpiMetricTap | KpiRecordsTap | KpiOneTap,
    page: dict[str, Any],
    rules: Rules,
    now: datetime,
) -> None:
    """The card itself goes to another page."""
    _allow(tapped.week, rules, now)
    tx.forms.put(page_key(me.id, tapped.week, tapped.team), None, page)
    tx.cards.changed(subject(tapped.week, tapped.team), now)


def _allow(number: int, rules: Rules, now: datetime) -> None:
    """Figures of spans that have come."""
    try:
        start = numbered(number).start(rules.zone)
    except (OverflowError, ValueError):
        raise NotYours from None
    if not now - KEPT <= start <= now:
        raise NotYours


def _draw(
    tx: UnitOfWork,
    me: Person,
    say: Say,
    clock: Clock,
    team: bool | None,
    category: str | None = None,
    span: SpanKind = SpanKind.WEEK,
) -> None:
    about = {
        "person_id": me.id,
        "team": team,
        "category": category,
        "span": span.value,
        "said": say.event,
    }
    tx.jobs.ask("kpi", clock(), key=f"kpi:{say.event}", **about)


def router() -> Router:
    topic = Router(name="kpi")
    topic.message.register(asked, Command("kpi"))
    topic.callback_query.register(span_asked, KpiDrawTap.filter())
    topic.callback_query.register(looks_chosen, KpiLooksTap.filter())
    topic.callback_query.register(other_asked, KpiTeamTap.filter())
    topic.callback_query.register(theme_chosen, KpiThemeTap.filter())
    topic.callback_query.register(how_asked, KpiHowTap.filter())
    topic.callback_query.register(opened, KpiOpenTap.filter())
    topic.callback_query.register(category_asked, KpiPageTap.filter())
    topic.callback_query.register(metric_chosen, KpiMetricTap.filter())
    topic.callback_query.register(records_asked, KpiRecordsTap.filter())
    topic.callback_query.register(one_asked, KpiOneTap.filter())
    return topic
