"""A conversation from its first word to its last closing: who holds it, and how it ends.

Every rule that changes one locks its row first.
"""

from datetime import datetime
from typing import Any

from desk import alerts, diary, offers, relays, silence, surveys, waits
from desk.offers import subject
from desk.refusals import NotAllowed, NotYours, TakenBy, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    Conversation,
    ConversationState,
    Deed,
    EventKind,
    Message,
    Outcome,
    Person,
    Priority,
    Role,
    WaitEnd,
)

ENDS = {Outcome.SPAM: WaitEnd.SPAM, Outcome.LEFT: WaitEnd.LEFT}
"""How an unanswered wait ends when the conversation closes so; otherwise it was not answered."""


async def begin(
    tx: UnitOfWork, *, customer: Person, at: datetime, rules: Rules, now: datetime
) -> Conversation:
    """A new conversation waits since `at`. It is still to be offered, with its first words."""
    conversation = await tx.conversations.add(
        Conversation(
            customer_id=customer.id,
            state=ConversationState.WAITING,
            priority=Priority.NORMAL,
            opened_at=at,
            last_in_at=at,
            reopened=0,
            closed_seconds=0,
            by_team=False,
        )
    )
    tx.conversations.note(conversation.id, EventKind.OPENED, at, by_id=customer.id)
    await waits.start(tx, conversation=conversation, at=at, rules=rules, now=now)
    return conversation


async def take(tx: UnitOfWork, *, conversation_id: int, by: Person, now: datetime) -> Conversation:
    """The first who takes it answers it, and everything the customer wrote goes to them."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.customer_id == by.id:
        raise NotYours
    if not by.may(Role.OPERATOR):
        raise NotAllowed
    if not conversation.is_open:
        raise TooLate
    if conversation.holder_id is not None:
        if conversation.holder_id == by.id:
            return conversation
        holder = await tx.people.one(conversation.holder_id)
        raise TakenBy(name=holder.shown_name)
    wait = await waits.about_to_change_hands(tx, conversation=conversation, now=now)
    waits.taken(wait, by)
    hold(conversation, by, now)
    by.current_conversation_id = conversation.id
    tx.conversations.note(conversation.id, EventKind.TAKEN, now, by_id=by.id)
    tx.cards.show(subject(conversation), by.id, now)
    await relays.catch_up(tx, conversation=conversation, to=by.id, now=now)
    await changed_hands(tx, conversation, now)
    return conversation


def hold(conversation: Conversation, by: Person, now: datetime) -> None:
    conversation.state = ConversationState.HELD
    conversation.holder_id = by.id
    conversation.taken_at = conversation.taken_at or now


async def changed_hands(
    tx: UnitOfWork, conversation: Conversation, now: datetime, *, before: int | None = None
) -> None:
    """Everybody's card says who answers now. `before`: who held it until then."""
    for person_id in {before, conversation.holder_id}:
        if person_id is None:
            continue
        for first in (await tx.messages.undecided_of(person_id))[:1]:
            tx.cards.changed(f"whose:{first.id}", now)  # it offers what they hold
    await tx.timers.clear(conversation.id, "offer")
    tx.cards.changed(subject(conversation), now)
    tx.cards.changed(f"unattended:{conversation.id}", now)
    tx.cards.changed(closing(conversation.id), now)
    tx.cards.changed(f"more:{conversation.id}", now)
    await alerts.holder_changed(tx, conversation_id=conversation.id, now=now)


def closing(number: int) -> str:
    """The card that asks how it ends."""
    return f"closing:{number}"


def may_decide(conversation: Conversation, by: Person) -> bool:
    """Whether what becomes of it is for them to say: who holds it, and supervisors."""
    if conversation.customer_id == by.id:
        return False
    return by.may(Role.SUPERVISOR) or (
        by.may(Role.OPERATOR)
        and conversation.state is ConversationState.HELD
        and conversation.holder_id == by.id
    )


async def decided_by(tx: UnitOfWork, conversation_id: int, by: Person) -> Conversation:
    """The open conversation, locked, for somebody who may say what becomes of it."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.customer_id == by.id or not by.may(Role.OPERATOR):
        raise NotYours
    if not conversation.is_open:
        raise TooLate
    if not may_decide(conversation, by):
        raise NotYours
    return conversation


async def close(
    tx: UnitOfWork,
    *,
    conversation: Conversation,
    by: Person | None,
    outcome: Outcome,
    rules: Rules,
    now: datetime,
) -> None:
    """It ends, by somebody or by itself (`by` None); the survey and the diary come after it."""
    if not conversation.is_open:
        raise TooLate
    if by is not None and not may_decide(conversation, by):
        raise NotYours
    if conversation.follow_up_by_id is not None:
        await end_follow_up(tx, conversation_id=conversation.id, now=now)
        return
    ending = ENDS.get(outcome, WaitEnd.CLOSED)
    await waits.end(tx, conversation=conversation, end=ending, now=now)
    conversation.state = ConversationState.CLOSED
    conversation.closed_at = now
    conversation.closed_by_id = by.id if by else None
    conversation.outcome = outcome
    conversation.was = None
    tx.conversations.note(
        conversation.id,
        EventKind.CLOSED,
        now,
        by_id=conversation.closed_by_id,
        text=outcome.value,
    )
    await is_over(tx, conversation, now)
    await surveys.ask(tx, conversation=conversation, rules=rules, now=now)
    await diary.offer(tx, conversation=conversation, now=now)


async def is_over(
    tx: UnitOfWork, conversation: Conversation, now: datetime, *, before: int | None = None
) -> None:
    """Nothing of it is due any more, and everybody's card says so."""
    await silence.over(tx, conversation=conversation, now=now)
    await changed_hands(tx, conversation, now, before=before)


async def reopen(
    tx: UnitOfWork,
    *,
    conversation: Conversation,
    at: datetime,
    by: Person | None,
    rules: Rules,
    now: datetime,
) -> None:
    """The customer's words of `at` bring it back: same number and operator, or the queue.

    `by` None: nobody said that they are about it, so the operator may find they are only thanks.
    """
    conversation.was = _as_closed(conversation)
    closed_for = (at - conversation.closed_at).total_seconds() if conversation.closed_at else 0
    conversation.closed_seconds += max(0, round(closed_for))
    conversation.reopened += 1
    conversation.last_in_at = at
    _open_again(conversation)
    by_id = by.id if by else None
    tx.conversations.note(conversation.id, EventKind.REOPENED, now, by_id=by_id)
    holder = await _still_there(tx, conversation)
    if holder is None:
        conversation.holder_id = None
        await waits.start(tx, conversation=conversation, at=at, rules=rules, now=now)
        await offers.make(tx, conversation=conversation, now=now)
    else:
        conversation.state = ConversationState.HELD
        await waits.start(tx, conversation=conversation, at=at, rules=rules, now=now)
        await tx.cards.show_anew(subject(conversation), holder.id, now)
        await relays.catch_up(tx, conversation=conversation, to=holder.id, now=now)
    tx.cards.changed(subject(conversation), now)


async def _still_there(tx: UnitOfWork, conversation: Conversation) -> Person | None:
    """The operator it had, if they are on shift to go on with it."""
    if conversation.holder_id is None:
        return None
    holder = await tx.people.one(conversation.holder_id)
    there = holder.on_shift and holder.reachable and holder.may(Role.OPERATOR)
    return holder if there and holder.id != conversation.customer_id else None


def _open_again(conversation: Conversation) -> None:
    conversation.state = ConversationState.WAITING
    conversation.closed_at = conversation.closed_by_id = conversation.outcome = None
    conversation.offered_to_all_at = None


def _as_closed(conversation: Conversation) -> dict[str, Any]:
    return {
        "closed_at": conversation.closed_at.isoformat() if conversation.closed_at else None,
        "closed_by_id": conversation.closed_by_id,
        "outcome": conversation.outcome.value if conversation.outcome else None,
        "holder_id": conversation.holder_id,
        "reopened": conversation.reopened,
        "closed_seconds": conversation.closed_seconds,
    }


async def close_as_it_was(tx: UnitOfWork, *, conversation: Conversation, now: datetime) -> None:
    """As if the customer had not come back."""
    was = conversation.was
    if was is None:
        raise TooLate
    await waits.end(tx, conversation=conversation, end=WaitEnd.THANKS, now=now)
    before = conversation.holder_id
    conversation.state = ConversationState.CLOSED
    conversation.closed_at = datetime.fromisoformat(was["closed_at"])
    conversation.closed_by_id = was["closed_by_id"]
    conversation.outcome = Outcome(was["outcome"])
    conversation.holder_id = was["holder_id"]
    conversation.reopened = was["reopened"]
    conversation.closed_seconds = was["closed_seconds"]
    conversation.was = None
    await is_over(tx, conversation, now, before=before)


async def back_to_queue(
    tx: UnitOfWork, *, conversation: Conversation, by: Person | None, rules: Rules, now: datetime
) -> None:
    """What was closed as spam was none: it waits anew."""
    closed_for = (now - conversation.closed_at).total_seconds() if conversation.closed_at else 0
    conversation.closed_seconds += max(0, round(closed_for))
    _open_again(conversation)
    conversation.holder_id = None
    by_id = by.id if by else None
    tx.conversations.note(conversation.id, EventKind.SPAM_UNDONE, now, by_id=by_id)
    await waits.start(tx, conversation=conversation, at=now, rules=rules, now=now)
    await offers.make(tx, conversation=conversation, now=now)
    tx.cards.changed(subject(conversation), now)


async def follow_up(
    tx: UnitOfWork, *, conversation_id: int, by: Person, now: datetime
) -> Conversation:
    """A supervisor writes to the customer: replies come to them until it ends.

    It stays closed in every figure. A conversation that goes on is simply theirs from now on.
    """
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.customer_id == by.id:
        raise NotYours
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    by.current_conversation_id = conversation.id
    if conversation.is_open and conversation.follow_up_by_id is None:
        await _take_over(tx, conversation, by, now)
        return conversation
    if conversation.follow_up_by_id != by.id:
        if conversation.follow_up_by_id is None:
            conversation.was = {"holder_id": conversation.holder_id}
        conversation.state = ConversationState.HELD
        conversation.holder_id = conversation.follow_up_by_id = by.id
        tx.conversations.note(conversation.id, EventKind.FOLLOW_UP, now, by_id=by.id)
    await tx.cards.show_anew(subject(conversation), by.id, now)
    await changed_hands(tx, conversation, now)
    return conversation


async def _take_over(
    tx: UnitOfWork, conversation: Conversation, by: Person, now: datetime
) -> None:
    before = conversation.holder_id
    if before != by.id:
        wait = await waits.about_to_change_hands(tx, conversation=conversation, now=now)
        waits.handed(wait, now)
        hold(conversation, by, now)
        tx.conversations.note(
            conversation.id, EventKind.HANDED_OVER, now, by_id=by.id, to_id=by.id
        )
        about = subject(conversation)
        tx.audit.note(Deed.HANDED_OVER, about=about, by_id=by.id, now=now, to=by.id)
    await tx.cards.show_anew(subject(conversation), by.id, now)
    await relays.catch_up(tx, conversation=conversation, to=by.id, now=now)
    await changed_hands(tx, conversation, now, before=before)


async def end_follow_up(tx: UnitOfWork, *, conversation_id: int, now: datetime) -> None:
    """What the supervisor began is done: closed as it was. Nothing, if there is no follow-up."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.follow_up_by_id is None:
        return
    before = conversation.holder_id
    conversation.state = ConversationState.CLOSED
    conversation.follow_up_by_id = None
    conversation.holder_id = (conversation.was or {}).get("holder_id")
    conversation.was = None
    await is_over(tx, conversation, now, before=before)


async def let_go(tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime) -> int:
    """All somebody holds goes back to the queue; how many conversations that were.

    A follow-up ends: what the customer answers is for no operator to read.
    """
    handed = 0
    for found in await tx.conversations.held_by(person.id):
        conversation = await tx.conversations.lock(found.id)
        if conversation is None or conversation.holder_id != person.id:
            continue
        if conversation.follow_up_by_id is not None:
            await end_follow_up(tx, conversation_id=conversation.id, now=now)
        elif conversation.is_open:
            await to_queue(tx, conversation=conversation, by=person, note=None, now=now)
            handed += 1
    return handed


async def to_queue(
    tx: UnitOfWork, *, conversation: Conversation, by: Person, note: str | None, now: datetime
) -> None:
    """Nobody holds it any more; it is offered again, to who gave it back not at once."""
    wait = await waits.about_to_change_hands(tx, conversation=conversation, now=now)
    waits.handed(wait, now)
    before = conversation.holder_id
    conversation.state = ConversationState.WAITING
    conversation.holder_id = conversation.offered_to_all_at = None
    tx.conversations.note(conversation.id, EventKind.QUEUED, now, by_id=by.id, text=note)
    await changed_hands(tx, conversation, now, before=before)
    await offers.make(tx, conversation=conversation, now=now, but=by)


async def came_on_shift(tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime) -> None:
    """What they hold waits for them from now on, and what waits is offered to them."""
    await waits.came_on_shift(tx, person=person, now=now)
    await offers.show_waiting_to(tx, person=person, now=now)


async def customer_left(tx: UnitOfWork, *, customer: Person, rules: Rules, now: datetime) -> None:
    """They blocked the bot, or deleted their data: nobody can answer them."""
    for found in await tx.conversations.all_open_of(customer.id):
        conversation = await tx.conversations.lock(found.id)
        if conversation is not None and conversation.is_open:
            await close(
                tx, conversation=conversation, by=None, outcome=Outcome.LEFT, rules=rules, now=now
            )


async def undelivered(
    tx: UnitOfWork, *, message_id: int, reader_left: bool, rules: Rules, now: datetime
) -> None:
    """What somebody wrote can never arrive: they are told at once, and it answered nobody.

    An operator who left (`reader_left`) let the conversation go, and it goes to another with all
    that was written.
    """
    message = await tx.messages.get(message_id)
    if message is None or message.conversation_id is None or message.undone_at is not None:
        return
    if await tx.messages.readers(message):
        return  # it arrived; a change of it did not
    conversation = await tx.conversations.lock(message.conversation_id)
    if conversation is None:
        return
    if message.from_customer:
        if not reader_left:
            tx.cards.show(f"undelivered:{message.id}", message.author_id, now)
        return
    tx.cards.show(f"undelivered:{message.id}", message.author_id, now)
    await answered_nobody(tx, conversation=conversation, message=message, rules=rules, now=now)


async def answered_nobody(
    tx: UnitOfWork, *, conversation: Conversation, message: Message, rules: Rules, now: datetime
) -> None:
    """A message that never arrived, or was taken back, is neither the first answer nor the last,
    and whoever waited for one still does."""
    tx.cards.changed(subject(conversation), now)
    if await tx.messages.said_at_once(message):
        return  # the other was the answer
    customer = await tx.people.one(conversation.customer_id)
    await waits.unanswered(
        tx,
        conversation=conversation,
        message=message,
        customer_left=not customer.reachable,
        rules=rules,
        now=now,
    )
    following = await tx.messages.next_out(message)
    author = message.author_id
    if (conversation.first_answer_at, conversation.first_answer_by_id) == (
        message.sent_at,
        author,
    ):
        conversation.first_answer_at = following.sent_at if following else None
        conversation.first_answer_by_id = following.author_id if following else None
    if following is None and conversation.last_answer_by_id == author:
        last = await tx.messages.last_arrived(conversation.id, conversation.customer_id)
        conversation.last_answer_by_id = last.author_id if last else None
