"""Handing over is not closing: the conversation goes on, and so does the customer's wait."""

from datetime import datetime

from desk import offers, relays, waits
from desk.conversations import changed_hands, decided_by, hold, to_queue
from desk.offers import subject
from desk.refusals import NoteTooLong, NotOnShift, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    Conversation,
    ConversationState,
    Deed,
    EventKind,
    Person,
    Priority,
    Role,
)

LONGEST_NOTE = 1_000
"""Characters: so much a card shows beside all else, in emoji too."""


async def hand_over(
    tx: UnitOfWork,
    *,
    conversation_id: int,
    by: Person,
    to_id: int | None,
    note: str | None,
    now: datetime,
) -> Conversation:
    """To somebody on shift, or (None) to the queue. Who holds it may, and supervisors."""
    if note is not None and len(note) > LONGEST_NOTE:
        raise NoteTooLong
    conversation = await decided_by(tx, conversation_id, by)
    if conversation.follow_up_by_id is not None or conversation.holder_id == to_id:
        raise TooLate
    if to_id is None:
        tx.audit.note(Deed.HANDED_OVER, about=subject(conversation), by_id=by.id, now=now)
        await to_queue(tx, conversation=conversation, by=by, note=note, now=now)
        return conversation
    to = await _who_can(tx, conversation, to_id, by)
    wait = await waits.about_to_change_hands(tx, conversation=conversation, now=now)
    waits.handed(wait, now)
    before = conversation.holder_id
    hold(conversation, to, now)
    tx.conversations.note(
        conversation.id, EventKind.HANDED_OVER, now, by_id=by.id, to_id=to.id, text=note
    )
    tx.audit.note(Deed.HANDED_OVER, about=subject(conversation), by_id=by.id, now=now, to=to.id)
    await tx.cards.show_anew(subject(conversation), to.id, now)
    await relays.catch_up(tx, conversation=conversation, to=to.id, now=now)
    await changed_hands(tx, conversation, now, before=before)
    return conversation


async def candidates(tx: UnitOfWork, *, conversation: Conversation, by: Person) -> list[Person]:
    """Whom it can be handed to; a supervisor may take it even off shift."""
    people = list(await tx.people.on_shift())
    if by.may(Role.SUPERVISOR) and by.id not in {person.id for person in people}:
        people.append(by)
    kept_out = {conversation.holder_id, conversation.customer_id}
    return [person for person in people if person.id not in kept_out]


async def _who_can(tx: UnitOfWork, conversation: Conversation, to_id: int, by: Person) -> Person:
    for person in await candidates(tx, conversation=conversation, by=by):
        if person.id == to_id:
            return person
    raise NotOnShift


async def prioritize(
    tx: UnitOfWork,
    *,
    conversation_id: int,
    by: Person,
    priority: Priority,
    rules: Rules,
    now: datetime,
) -> Conversation:
    """How soon it is to be answered, from now on."""
    conversation = await decided_by(tx, conversation_id, by)
    if conversation.follow_up_by_id is not None:
        raise TooLate
    if conversation.priority is priority:
        return conversation
    conversation.priority = priority
    tx.conversations.note(
        conversation.id, EventKind.PRIORITY, now, by_id=by.id, text=priority.value
    )
    about, word = subject(conversation), priority.value
    tx.audit.note(Deed.PRIORITY_SET, about=about, by_id=by.id, now=now, priority=word)
    await waits.prioritized(tx, conversation=conversation, rules=rules, now=now)
    tx.cards.changed(subject(conversation), now)
    tx.cards.changed(f"unattended:{conversation.id}", now)
    return conversation


async def show(tx: UnitOfWork, *, conversation_id: int, by: Person, now: datetime) -> None:
    """Have somebody of the team see the conversation's card, as a new message."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is not None and conversation.customer_id != by.id:
        await tx.cards.show_anew(offers.subject(conversation), by.id, now)


def is_waiting(conversation: Conversation) -> bool:
    return conversation.state is ConversationState.WAITING
