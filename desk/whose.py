"""Whose is an operator's message that replies to nothing?

The only conversation they hold; else the one chosen last, if no other customer wrote since their
last message; otherwise they are asked, and what they wrote waits.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto

from desk import messages
from desk.messages import Content
from desk.refusals import NotAllowed, NotYours, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, ConversationState, Message, Person, Role


class Went(Enum):
    """What became of an operator's message."""

    SENT = auto()
    ASKED = auto()
    NOWHERE = auto()
    """They hold no conversation; the words are not kept."""


async def write(
    tx: UnitOfWork, *, by: Person, content: Content, rules: Rules, now: datetime
) -> tuple[Went, Conversation | None]:
    """An operator wrote something that replies to nothing of a customer's."""
    album = content.album
    if album is not None and (parts := await tx.messages.album_of(by.id, album)):
        return await _follow(tx, parts[0], by, content, rules, now)
    if await tx.messages.undecided_of(by.id):
        return await _ask(tx, by, content, now)
    held = await tx.conversations.held_by(by.id)
    if not held:
        return Went.NOWHERE, None
    if len(held) > 1:  # what a customer is writing in one of them at this moment counts
        await tx.conversations.lock_all([one.id for one in held])
        held = [one for one in held if one.holder_id == by.id and one.is_open]
    conversation = held[0] if len(held) == 1 else await _chosen(tx, by, held)
    if conversation is None:
        return await _ask(tx, by, content, now)
    answered = await messages.answer(
        tx, conversation_id=conversation.id, by=by, content=content, rules=rules, now=now
    )
    return Went.SENT, answered


async def _follow(
    tx: UnitOfWork, first: Message, by: Person, content: Content, rules: Rules, now: datetime
) -> tuple[Went, Conversation | None]:
    """A part of an album goes where the first one went."""
    if first.conversation_id is None:
        return await _ask(tx, by, content, now)
    conversation = await messages.answer(
        tx, conversation_id=first.conversation_id, by=by, content=content, rules=rules, now=now
    )
    return Went.SENT, conversation


async def _chosen(tx: UnitOfWork, by: Person, held: Sequence[Conversation]) -> Conversation | None:
    chosen = next((one for one in held if one.id == by.current_conversation_id), None)
    if chosen is None:
        return None
    others = [one.id for one in held if one is not chosen]
    last = await tx.messages.newest_out(by.id)
    return None if await tx.messages.customers_wrote(others, after=last) else chosen


async def _ask(
    tx: UnitOfWork, by: Person, content: Content, now: datetime
) -> tuple[Went, Conversation | None]:
    """One question at a time, below the newest: what is written meanwhile joins it."""
    already = await tx.messages.undecided_of(by.id)
    message = await messages.keep(tx, author=by, content=content, from_customer=False)
    first = already[0] if already else message
    await tx.cards.show_anew(f"whose:{first.id}", by.id, now)
    return Went.ASKED, None


async def decide(
    tx: UnitOfWork,
    *,
    message_id: int,
    by: Person,
    conversation_id: int | None,
    rules: Rules,
    now: datetime,
) -> Conversation | None:
    """The operator says to whom; None: to nobody, what they wrote is dropped."""
    asked = await tx.messages.get(message_id)
    if asked is None or asked.author_id != by.id or asked.from_customer:
        raise NotYours
    waiting = await tx.messages.undecided_of(by.id)
    if not waiting or waiting[0].id != message_id:
        raise TooLate
    conversation: Conversation | None = None
    if conversation_id is None:
        for message in waiting:
            message.undone_at = now
    else:
        held = await tx.conversations.held_by(by.id)
        if conversation_id not in {one.id for one in held}:
            raise TooLate
        conversation = await messages.answer_held_back(
            tx,
            conversation_id=conversation_id,
            by=by,
            messages=list(waiting),
            rules=rules,
            now=now,
        )
    for message in waiting:
        tx.cards.changed(f"whose:{message.id}", now)
    return conversation


async def choose(tx: UnitOfWork, *, conversation_id: int, by: Person) -> Conversation:
    """What they write next goes there."""
    if not by.may(Role.OPERATOR):
        raise NotAllowed
    conversation = await tx.conversations.get(conversation_id)
    if conversation is None or conversation.customer_id == by.id:
        raise NotYours
    if conversation.state is not ConversationState.HELD or conversation.holder_id != by.id:
        raise TooLate
    by.current_conversation_id = conversation.id
    return conversation
