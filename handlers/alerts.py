"""What supervisors do with an alert, and the list of open ones."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, KeyboardButton, Message, ReplyKeyboardMarkup

from desk import alerts, followups
from desk.rules import Rules
from handlers.callbacks import (
    AlertCallTap,
    AlertShowTap,
    AlertTakeTap,
    AlertWriteTap,
)
from handlers.context import Clock, Say, Toast
from handlers.figure_callbacks import (
    AppealShowTap,
)
from handlers.keyboards import button, keyboard, rows_of
from i18n import Texts, texts_for
from i18n.texts import shorten
from storage.database import UnitOfWork
from storage.models import Alert, AlertKind, AlertState, Appeal, Person

LISTED, IN_A_ROW = 20, 4
"""So many lines and buttons a list has, and buttons beside each other."""
NAME = 32
"""Characters of a name in it: even in emoji all of it fits into a message."""


async def listed(
    _: Message, tx: UnitOfWork, texts: Texts, say: Say, rules: Rules, clock: Clock
) -> None:
    found, disputed = await tx.alerts.unresolved(), await tx.appeals.open()
    if disputed:
        _list_appeals(texts, say, disputed)
    if not found:
        if not disputed:
            say(texts("alert-none"))
        return
    shown, more = found[:LISTED], len(found) - LISTED
    lines = [await _line(tx, texts, rules, alert, clock) for alert in shown]
    buttons = [
        button(
            texts.plain("alert-list-button", number=alert.conversation_id),
            AlertShowTap(alert_id=alert.id),
        )
        for alert in shown
    ]
    rows = rows_of(buttons, IN_A_ROW)
    rest = texts("alert-list-more", count=more) if more > 0 else None
    html = texts.lines(texts("alert-list", count=len(found)), *lines, rest)
    say(html, keyboard(*rows))


def _list_appeals(texts: Texts, say: Say, disputed: Sequence[Appeal]) -> None:
    """What operators object to, before all else: it waits for a supervisor alone."""
    buttons = [
        button(
            texts.plain("alert-list-button", number=appeal.conversation_id),
            AppealShowTap(appeal_id=appeal.id),
        )
        for appeal in disputed[:LISTED]
    ]
    say(texts("appeal-list", count=len(disputed)), keyboard(*rows_of(buttons, IN_A_ROW)))


async def _line(tx: UnitOfWork, texts: Texts, rules: Rules, alert: Alert, clock: Clock) -> str:
    since = texts.bound(alert.raised_at, rules.zone, clock())
    number = alert.conversation_id
    if alert.kind is AlertKind.OVERDUE or alert.survey_id is None:
        return texts("alert-list-late", number=number, since=since)
    stars = (await tx.surveys.one(alert.survey_id)).stars or 0
    if alert.state is AlertState.OPEN and alert.taken_by_id is not None:
        return texts("alert-list-again", number=number, stars=stars, since=since)
    if alert.taken_by_id is None:
        return texts("alert-list-open", number=number, stars=stars, since=since)
    name = shorten((await tx.people.one(alert.taken_by_id)).shown_name, NAME)
    return texts("alert-list-taken", number=number, stars=stars, since=since, name=name)


async def shown(
    _: CallbackQuery,
    callback_data: AlertShowTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    await alerts.show(tx, alert_id=callback_data.alert_id, by=me, now=clock())
    toast.text = texts.plain("alert-shown")


async def taken(
    _: CallbackQuery,
    callback_data: AlertTakeTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await followups.take(tx, alert_id=callback_data.alert_id, by=me, rules=rules, now=clock())
    toast.text = texts.plain("alert-taken")


async def write_tapped(
    _: CallbackQuery,
    callback_data: AlertWriteTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await followups.write(tx, alert_id=callback_data.alert_id, by=me, rules=rules, now=clock())
    toast.text = texts.plain("alert-writing")


async def call_tapped(
    _: CallbackQuery,
    callback_data: AlertCallTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    alert_id = callback_data.alert_id
    customer = await followups.ask_to_call(tx, alert_id=alert_id, by=me, rules=rules, now=clock())
    toast.text = texts.plain("alert-asking-number")
    if customer is None:
        return
    alert = await tx.alerts.one(alert_id)
    theirs = texts_for(customer.speaks, rules.locale)
    share = KeyboardButton(text=theirs.plain("alert-call-share"), request_contact=True)
    say(
        theirs("alert-call-ask", number=alert.conversation_id),
        ReplyKeyboardMarkup(keyboard=[[share]], resize_keyboard=True, one_time_keyboard=True),
        to=customer,
    )


def router() -> Router:
    topic = Router(name="alerts")
    topic.message.register(listed, Command("alerts"))
    topic.callback_query.register(shown, AlertShowTap.filter())
    topic.callback_query.register(taken, AlertTakeTap.filter())
    topic.callback_query.register(write_tapped, AlertWriteTap.filter())
    topic.callback_query.register(call_tapped, AlertCallTap.filter())
    return topic
