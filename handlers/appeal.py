"""An operator objects to a rating or a late reply; a supervisor decides."""

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from desk import appeals
from desk.refusals import NotAllowed, NotYours, TooLate
from desk.rules import Rules
from handlers.context import Clock, Say, Toast
from handlers.figure_callbacks import (
    AppealDecideTap,
    AppealShowTap,
    AppealTap,
)
from handlers.filters import Is, NotACommand, Words
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import AppealKind, Person, Role


class AppealForm(StatesGroup):
    why = State()
    """Waiting for the operator's view; `kind` and `about` say of what."""
    note = State()
    """Waiting for why it was decided so; `appeal_id` says what."""


async def asked(
    _: CallbackQuery,
    callback_data: AppealTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    kind, about = callback_data.kind, callback_data.about
    number = await appeals.may(tx, kind=kind, about=about, by=me, rules=rules, now=clock())
    await state.set_state(AppealForm.why)
    await state.set_data({"kind": kind.value, "about": about, "conversation": number})
    say(texts("appeal-ask", kind=kind.value, number=number))


async def explained(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    told = await state.get_data()
    kind = AppealKind(told["kind"])
    try:
        await appeals.put(
            tx, kind=kind, about=told["about"], why=words, by=me, rules=rules, now=clock()
        )
    except (NotYours, TooLate):
        await state.clear()
        raise
    await state.clear()


async def shown(
    _: CallbackQuery, callback_data: AppealShowTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    await appeals.show(tx, appeal_id=callback_data.appeal_id, by=me, now=clock())


async def decided(
    _: CallbackQuery,
    callback_data: AppealDecideTap,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    toast: Toast,
    clock: Clock,
) -> None:
    """It holds at once; the words that explain it may follow."""
    upheld = callback_data.upheld
    appeal = await appeals.decide(
        tx, appeal_id=callback_data.appeal_id, upheld=upheld, by=me, now=clock()
    )
    toast.text = texts.plain("appeal-decided-toast")
    await state.set_state(AppealForm.note)
    await state.set_data({"appeal_id": appeal.id, "conversation": appeal.conversation_id})
    say(texts("appeal-note-ask", upheld="yes" if upheld else "no"))


async def noted(
    _: Message,
    words: str,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    number = (await state.get_data())["appeal_id"]
    try:
        await appeals.note(tx, appeal_id=number, words=words, by=me, now=clock())
    except (NotYours, NotAllowed):
        await state.clear()
        raise
    await state.clear()
    say(texts("appeal-note-sent"))


async def asked_again(_: Message, texts: Texts, say: Say) -> None:
    """A picture is no reason."""
    say(texts("appeal-words"))


async def left(_: Message, state: FSMContext, texts: Texts, say: Say) -> None:
    note = await state.get_state() == AppealForm.note.state
    await state.clear()
    say(texts("appeal-no-note" if note else "appeal-left"))


def router() -> Router:
    topic = Router(name="appeal")
    topic.callback_query.register(asked, AppealTap.filter())
    topic.callback_query.register(shown, AppealShowTap.filter())
    topic.callback_query.register(decided, AppealDecideTap.filter())
    return topic


def forms() -> Router:
    form = Router(name="appeal's form")
    form.message.filter(Is(Role.OPERATOR), StateFilter(AppealForm))
    form.message.register(left, Command("cancel"))
    form.message.register(left, StateFilter(AppealForm.note), Command("skip"))
    form.message.register(explained, StateFilter(AppealForm.why), Words())
    form.message.register(noted, StateFilter(AppealForm.note), Words())
    form.message.register(asked_again, NotACommand())
    return form
