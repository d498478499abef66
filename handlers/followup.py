"""Seeing an alert through: the note when it is done, a call's number and time, "fixed now?"."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, ReplyKeyboardRemove

from desk import alerts, followups
from desk.refusals import Refusal
from desk.rules import Rules
from handlers.callbacks import (
    AlertDoneTap,
    CallTimeTap,
    CallWordsTap,
    FixedTap,
)
from handlers.context import Clock, Say, Toast
from handlers.filters import NotACommand, Words
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person

NAMED_WITHIN = timedelta(hours=1)


class FollowUpForm(StatesGroup):
    note = State()
    """A supervisor says what was done."""
    call_time = State()
    """A customer says when to call."""


class GivesNumber(Filter):
    """Lets a number through that somebody was asked for: their own contact, or typed."""

    async def __call__(self, message: Message, me: Person, tx: UnitOfWork) -> Any:
        contact, phone = message.contact, None
        if contact is not None and contact.user_id == me.telegram_id:
            asked = await tx.alerts.awaiting_number(me.id) is not None
            phone = contact.phone_number if asked else None
        elif message.text and (typed := followups.number_in(message.text)):
            phone = typed if await followups.may_type_number(tx, by=me) else None
        return {"phone": phone} if phone else False


class NamesTime(Filter):
    """Lets through what somebody writes who has just said that they will name another time.

    Later, or when nobody is to be called any more, it is a message like any other.
    """

    async def __call__(
        self, _: Message, state: FSMContext, me: Person, tx: UnitOfWork, clock: Clock
    ) -> bool:
        asked = await state.get_data()
        if asked and clock() < datetime.fromisoformat(asked["until"]):
            with suppress(Refusal):
                await followups.may_name_time(tx, alert_id=asked["alert_id"], by=me)
                return True
        await state.clear()
        return False


async def number_given(
    _: Message, phone: str, me: Person, tx: UnitOfWork, texts: Texts, say: Say, clock: Clock
) -> None:
    say(texts("alert-call-thanks"), ReplyKeyboardRemove(remove_keyboard=True))
    await followups.phone_shared(tx, by=me, phone=phone, now=clock())


async def time_tapped(
    _: CallbackQuery,
    callback_data: CallTimeTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await followups.choose_call_time(
        tx,
        alert_id=callback_data.alert_id,
        by=me,
        when=callback_data.when,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain("alert-answer-noted")


async def words_tapped(
    _: CallbackQuery,
    callback_data: CallWordsTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    state: FSMContext,
    clock: Clock,
) -> None:
    await followups.may_name_time(tx, alert_id=callback_data.alert_id, by=me)
    until = clock() + NAMED_WITHIN
    await state.set_state(FollowUpForm.call_time)
    await state.set_data({"alert_id": callback_data.alert_id, "until": until.isoformat()})
    say(texts("alert-call-words-ask"))


async def time_said(
    _: Message,
    words: str,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    state: FSMContext,
    clock: Clock,
) -> None:
    alert_id = (await state.get_data())["alert_id"]
    await state.clear()
    await followups.say_call_time(tx, alert_id=alert_id, by=me, words=words, now=clock())
    say(texts("alert-answer-noted"))


async def time_expected(_: Message, texts: Texts, say: Say) -> None:
    say(texts("alert-call-words-expected"))


async def time_left(_: Message, texts: Texts, say: Say, state: FSMContext) -> None:
    await state.clear()
    say(texts("alert-call-words-left"))


async def fixed_tapped(
    _: CallbackQuery,
    callback_data: FixedTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    await followups.answer_fixed(
        tx,
        alert_id=callback_data.alert_id,
        by=me,
        fixed=callback_data.fixed,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain("alert-answer-noted")


async def done_tapped(
    _: CallbackQuery,
    callback_data: AlertDoneTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    state: FSMContext,
) -> None:
    alert = await alerts.to_work_on(tx, callback_data.alert_id, me)
    await state.set_state(FollowUpForm.note)
    await state.set_data({"alert_id": alert.id})
    say(texts("alert-note-ask", number=alert.conversation_id))


async def note_written(
    _: Message,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    state: FSMContext,
    clock: Clock,
    words: str = "",
) -> None:
    alert_id = (await state.get_data())["alert_id"]
    await state.clear()
    alert = await followups.done(
        tx, alert_id=alert_id, by=me, note=words, rules=rules, now=clock()
    )
    say(texts("alert-note-saved", number=alert.conversation_id))


async def note_expected(_: Message, texts: Texts, say: Say) -> None:
    say(texts("alert-note-expected"))


async def note_left(_: Message, texts: Texts, say: Say, state: FSMContext) -> None:
    await state.clear()
    say(texts("alert-note-left"))


def router() -> Router:
    form = Router(name="followup")
    noting, timing = StateFilter(FollowUpForm.note), StateFilter(FollowUpForm.call_time)
    form.callback_query.register(done_tapped, AlertDoneTap.filter())
    form.callback_query.register(fixed_tapped, FixedTap.filter())
    form.callback_query.register(time_tapped, CallTimeTap.filter())
    form.callback_query.register(words_tapped, CallWordsTap.filter())
    form.message.register(note_written, noting, Command("skip"))
    form.message.register(note_left, noting, Command("cancel"))
    form.message.register(note_written, noting, Words())
    form.message.register(note_expected, noting, NotACommand())
    form.message.register(time_left, timing, Command("cancel"))
    form.message.register(time_said, timing, Words(), NamesTime())
    form.message.register(time_expected, timing, NotACommand(), NamesTime())
    form.message.register(number_given, GivesNumber())
    return form
