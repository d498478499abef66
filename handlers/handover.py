"""Handing a conversation over: to whom, and with what words."""

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from desk import conversations, handover
from desk.refusals import NoteTooLong, NotOnShift, NotYours, TooLate
from handlers.callbacks import (
    HandOverNowTap,
    HandOverTap,
    HandOverToTap,
)
from handlers.context import Clock, Say
from handlers.filters import Is, NotACommand, Words
from handlers.keyboards import button, keyboard
from i18n import Texts
from i18n.texts import shorten
from storage.database import UnitOfWork
from storage.models import Conversation, Person, Role

QUEUE = 0
"""Instead of somebody's number."""


class HandOverForm(StatesGroup):
    note = State()
    """Waiting for a few words to the next operator."""


async def asked(
    _: CallbackQuery,
    callback_data: HandOverTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
) -> None:
    conversation = await conversations.decided_by(tx, callback_data.conversation_id, me)
    if conversation.follow_up_by_id is not None:
        raise TooLate
    await _ask(tx, conversation, me, texts, say)


async def _ask(
    tx: UnitOfWork, conversation: Conversation, me: Person, texts: Texts, say: Say
) -> None:
    rows = []
    for person in await handover.candidates(tx, conversation=conversation, by=me):
        label = person.shown_name
        if person.id == me.id:
            label = texts.plain("handover-me")
        tap = HandOverToTap(conversation_id=conversation.id, person_id=person.id)
        rows.append([button(label, tap)])
    if not handover.is_waiting(conversation):
        tap = HandOverToTap(conversation_id=conversation.id, person_id=QUEUE)
        rows.append([button(texts.plain("handover-queue"), tap)])
    if rows:
        say(texts("handover-to-whom", number=conversation.id), keyboard(*rows))
    else:
        say(texts("handover-nobody", number=conversation.id))


async def named(
    _: CallbackQuery,
    callback_data: HandOverToTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    state: FSMContext,
    clock: Clock,
) -> None:
    number, person_id = callback_data.conversation_id, callback_data.person_id
    await conversations.decided_by(tx, number, me)
    about = await state.get_data() if await state.get_state() == HandOverForm.note.state else {}
    note = about.get("note") if about.get("conversation") == number else None
    if person_id == me.id or note is not None:
        if about.get("conversation") == number:
            await state.clear()
        await _done(tx, me, number, person_id, note, texts, say, clock)
        return
    await state.set_state(HandOverForm.note)
    await state.set_data({"conversation": number, "to": person_id})
    name, queue = await _name(tx, texts, person_id), _is_queue(person_id)
    say(
        texts("handover-note", name=name, queue=queue, number=number),
        _without_note(texts, number, person_id),
    )


async def without_note(
    _: CallbackQuery,
    callback_data: HandOverNowTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    state: FSMContext,
    clock: Clock,
) -> None:
    if await state.get_state() == HandOverForm.note.state:
        await state.clear()
    number, person_id = callback_data.conversation_id, callback_data.person_id
    await _done(tx, me, number, person_id, None, texts, say, clock)


async def noted(
    _: Message,
    words: str,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    state: FSMContext,
    clock: Clock,
) -> None:
    about = await state.get_data()
    number = about["conversation"]
    try:
        await _done(tx, me, number, about["to"], words, texts, say, clock)
    except NoteTooLong:
        raise  # they are still asked for one
    except NotOnShift:  # they left meanwhile: the words are for whoever it goes to instead
        await state.set_data(about | {"note": words})
        say(texts("refused-not-on-shift"))
        await _ask(tx, await conversations.decided_by(tx, number, me), me, texts, say)
    except (NotYours, TooLate):  # it is somebody else's by now, or closed
        await state.clear()
        raise TooLate from None
    else:
        await state.clear()


async def asked_again(_: Message, texts: Texts, say: Say, state: FSMContext) -> None:
    """A sticker is no note."""
    about = await state.get_data()
    number, person_id = about["conversation"], about["to"]
    say(texts("handover-note-words"), _without_note(texts, number, person_id))


async def left(_: Message, texts: Texts, say: Say, state: FSMContext) -> None:
    await state.clear()
    say(texts("handover-left"))


async def _done(
    tx: UnitOfWork,
    me: Person,
    number: int,
    person_id: int,
    note: str | None,
    texts: Texts,
    say: Say,
    clock: Clock,
) -> None:
    to_id = None if person_id == QUEUE else person_id
    await handover.hand_over(
        tx, conversation_id=number, by=me, to_id=to_id, note=note, now=clock()
    )
    if person_id != me.id:
        name = await _name(tx, texts, person_id)
        say(texts("handover-done", number=number, name=name, queue=_is_queue(person_id)))


async def _name(tx: UnitOfWork, texts: Texts, person_id: int) -> str:
    if person_id == QUEUE:
        return texts.plain("handover-queue")
    person = await tx.people.get(person_id)
    if person is None:
        raise NotYours
    return shorten(person.shown_name, 64)


def _is_queue(person_id: int) -> str:
    return "yes" if person_id == QUEUE else "no"


def _without_note(texts: Texts, number: int, person_id: int) -> InlineKeyboardMarkup:
    tap = HandOverNowTap(conversation_id=number, person_id=person_id)
    return keyboard([button(texts.plain("handover-without-note"), tap, primary=True)])


def router() -> Router:
    form = Router(name="handover")
    form.callback_query.register(asked, HandOverTap.filter())
    form.callback_query.register(named, HandOverToTap.filter())
    form.callback_query.register(without_note, HandOverNowTap.filter())
    return form


def forms() -> Router:
    form = Router(name="handover's form")
    form.message.filter(Is(Role.OPERATOR), StateFilter(HandOverForm))
    form.message.register(left, Command("cancel"))
    form.message.register(noted, Words())
    form.message.register(asked_again, NotACommand())
    return form
