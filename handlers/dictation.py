"""Dictating the diary: a voice at a step of it, with nobody to answer, or under a closed card."""

from typing import Any

from aiogram import Router
from aiogram.enums import ContentType
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from desk import diary_dictation as dictation
from desk import diary_drafts
from desk.diary_dictation import Sound
from desk.rules import Rules
from handlers.context import Clock
from handlers.diary_form import DiaryForm, listen, written
from handlers.filters import Has, Is
from storage.database import UnitOfWork
from storage.models import Conversation, DiaryDraft, Person, Role

SPOKEN = Has(ContentType.VOICE, ContentType.VIDEO_NOTE, ContentType.AUDIO)


class UnderAClosedCard(Filter):
    """Lets a reply to the card of a closed conversation through, and hands the conversation on.

    A reply to a customer's own words is that customer's, always.
    """

    async def __call__(
        self, message: Message, me: Person, tx: UnitOfWork
    ) -> bool | dict[str, Conversation]:
        replied = message.reply_to_message
        subject = await tx.sent.subject(me.id, replied.message_id) if replied else None
        kind, _, number = (subject or "").partition(":")
        if kind not in {"conversation", "closing"}:
            return False
        conversation = await tx.conversations.get(int(number))
        if conversation is None or conversation.is_open:
            return False
        return {"conversation": conversation}


class UnderADraft(Filter):
    """Lets a reply to an entry that is offered or begun through, with its number."""

    async def __call__(
        self, message: Message, me: Person, tx: UnitOfWork
    ) -> bool | dict[str, int]:
        replied = message.reply_to_message
        subject = await tx.sent.subject(me.id, replied.message_id) if replied else None
        kind, _, number = (subject or "").partition(":")
        return {"draft_id": int(number)} if kind == "diary" else False


class WithNobodyToAnswer(Filter):
    """Lets through what somebody says who holds no conversation, and replies to nothing."""

    async def __call__(self, message: Message, me: Person, tx: UnitOfWork) -> bool:
        return message.reply_to_message is None and not await tx.conversations.held_by(me.id)


async def dictated(
    message: Message,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    """At a step of the form: an answer to it, or the whole story."""
    await _take(message, await written(state, tx, me), state, me, tx, rules, clock)


async def spoken(
    message: Message,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    """With no form open: it begins an entry."""
    draft = await dictation.begin(tx, by=me, now=clock())
    await _take(message, draft, state, me, tx, rules, clock)


async def replied(
    message: Message,
    conversation: Conversation,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    draft = await dictation.about(tx, conversation=conversation, by=me, now=clock())
    await _take(message, draft, state, me, tx, rules, clock)


async def resumed(
    message: Message,
    draft_id: int,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    draft = await diary_drafts.resume(tx, draft_id=draft_id, by=me, now=clock(), anew=True)
    await _take(message, draft, state, me, tx, rules, clock)


async def _take(
    message: Message,
    draft: DiaryDraft,
    state: FSMContext,
    me: Person,
    tx: UnitOfWork,
    rules: Rules,
    clock: Clock,
) -> None:
    await dictation.dictated(
        tx, draft_id=draft.id, sound=_sound(message), by=me, rules=rules, now=clock()
    )
    await listen(state, draft)


def _sound(message: Message) -> Sound:
    file: Any = message.voice or message.video_note or message.audio
    return Sound(file.file_id, file.duration or 0, file.file_size or 0)


def replies() -> Router:
    """Before other replies: a voice under a closed card is for the diary, not for the customer."""
    replies = Router(name="dictation under a card")
    replies.message.filter(Is(Role.OPERATOR), SPOKEN)
    replies.message.register(replied, UnderAClosedCard())
    replies.message.register(resumed, UnderADraft())
    return replies


def router() -> Router:
    """Before the diary's other answers, and before what an operator says to a customer."""
    dictation = Router(name="dictation")
    dictation.message.filter(Is(Role.OPERATOR), SPOKEN)
    dictation.message.register(dictated, StateFilter(DiaryForm))
    dictation.message.register(spoken, StateFilter(None), WithNobodyToAnswer())
    return dictation
