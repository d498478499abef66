"""The team's report: asked for, drawn over so many weeks; whose the reasons of bad ratings are."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from desk import team
from desk.refusals import NotYours
from handlers.context import Clock, Say, Toast
from handlers.figure_callbacks import (
    CauseLaterTap,
    CausesTap,
    CauseTap,
    ReportSpanTap,
    ReportTap,
    ReportThemeTap,
)
from handlers.screens.report import CARD, CAUSES, PAGES, TABLES, USUAL, key
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person

KEPT = 500
"""Ratings passed over that are remembered."""


async def asked(_: Message, me: Person, tx: UnitOfWork, clock: Clock) -> None:
    await tx.cards.show_anew(CARD, me.id, clock())


async def span_chosen(
    _: CallbackQuery, callback_data: ReportSpanTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    _allow(PAGES[0], callback_data.weeks)
    await _remember(tx, me, weeks=callback_data.weeks)
    tx.cards.changed(CARD, clock())


async def page_asked(
    _: CallbackQuery,
    callback_data: ReportTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    _draw(tx, me, say, clock, callback_data.page, callback_data.weeks)
    is_file = callback_data.page == TABLES
    toast.text = texts.plain("report-writing" if is_file else "report-drawing")


async def theme_chosen(
    _: CallbackQuery,
    callback_data: ReportThemeTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    _draw(tx, me, say, clock, callback_data.page, callback_data.weeks)
    me.theme = callback_data.theme.value
    toast.text = texts.plain("kpi-theme-set")


async def causes_asked(
    _: CallbackQuery, callback_data: CausesTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    _allow(PAGES[0], callback_data.weeks)
    await _remember(tx, me, weeks=callback_data.weeks, passed=[])
    await tx.cards.show_anew(CAUSES, me.id, clock())


async def cause_told(
    _: CallbackQuery,
    callback_data: CauseTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    told = callback_data.caused_by
    await team.tell_cause(
        tx, survey_id=callback_data.survey_id, caused_by=told, by=me, now=clock()
    )
    tx.cards.changed(CAUSES, clock())
    toast.text = texts.plain("cause-set", caused_by=told.value)


async def cause_later(
    _: CallbackQuery, callback_data: CauseLaterTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    if await tx.surveys.get(callback_data.survey_id) is None:
        raise NotYours
    answers = (await tx.forms.get(key(me.id)))[1]
    passed = [*answers.get("passed", ()), callback_data.survey_id][-KEPT:]
    await _remember(tx, me, passed=passed)
    tx.cards.changed(CAUSES, clock())


async def _remember(tx: UnitOfWork, me: Person, **what: object) -> None:
    _, answers = await tx.forms.get(key(me.id))
    tx.forms.put(key(me.id), None, {"weeks": USUAL, **answers, **what})


def _allow(page: str, weeks: int) -> None:
    """What we ever offered."""
    if page not in PAGES or weeks not in team.SPANS:
        raise NotYours


def _draw(tx: UnitOfWork, me: Person, say: Say, clock: Clock, page: str, weeks: int) -> None:
    _allow(page, weeks)
    about = {"person_id": me.id, "page": page, "weeks": weeks, "said": say.event}
    tx.jobs.ask("report", clock(), key=f"report:{say.event}", **about)


def router() -> Router:
    topic = Router(name="report")
    topic.message.register(asked, Command("report"))
    topic.callback_query.register(span_chosen, ReportSpanTap.filter())
    topic.callback_query.register(page_asked, ReportTap.filter())
    topic.callback_query.register(theme_chosen, ReportThemeTap.filter())
    topic.callback_query.register(causes_asked, CausesTap.filter())
    topic.callback_query.register(cause_told, CauseTap.filter())
    topic.callback_query.register(cause_later, CauseLaterTap.filter())
    return topic
