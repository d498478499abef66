"""Words after a closing: just thanks, the same matter still, or a new one?"""

from datetime import datetime, timedelta

from desk import conversations, offers, relays, waits
from desk.conversations import decided_by
from desk.refusals import CannotBeReached, NotAllowed, NotYours, StillBanned, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    Afterwards,
    Conversation,
    Deed,
    EventKind,
    Message,
    Outcome,
    Person,
    Role,
)

ASKED_WITHIN = timedelta(hours=24)
"""After closing; later words open a new conversation."""
NO_TAP_AFTER = timedelta(minutes=2)
AT_MOST = 100
"""Messages that came since the last answer, looked through for the one we asked about."""
CHOICES = (Afterwards.THANKS, Afterwards.STILL, Afterwards.NEW)


async def asks_about(tx: UnitOfWork, *, customer: Person, at: datetime) -> Conversation | None:
    """The conversation that closed so recently that words of `at` may be about it, locked."""
    last = await tx.conversations.last_closed_of(customer.id)
    if last is None or last.closed_at is None or at >= last.closed_at + ASKED_WITHIN:
        return None
    return await tx.conversations.lock(last.id)


async def ask(
    tx: UnitOfWork, *, message: Message, conversation: Conversation, now: datetime
) -> None:
    """Keep the words and ask what they are about; more of them join the question."""
    already = await tx.messages.asked_of(message.author_id)
    message.asked_about_id, message.afterwards = conversation.id, Afterwards.ASKED
    if already:
        message.asked_about_id = already[0].asked_about_id
        return
    tx.cards.show(f"afterwards:{message.id}", message.author_id, now)
    await tx.timers.set("afterwards", message.id, now + NO_TAP_AFTER)


async def say(
    tx: UnitOfWork,
    *,
    message_id: int,
    by: Person,
    choice: Afterwards,
    rules: Rules,
    now: datetime,
) -> None:
    """The customer says what it is about."""
    asked = await tx.messages.get(message_id)
    if asked is None or asked.author_id != by.id or asked.asked_about_id is None:
        raise NotYours
    if choice not in CHOICES or by.banned_at is not None:
        raise NotYours
    if not await _settle(tx, asked, choice, rules, now):
        raise TooLate


async def nobody_tapped(tx: UnitOfWork, message_id: int, rules: Rules, now: datetime) -> None:
    """Timer: nothing waits for a tap, so the conversation goes on."""
    asked = await tx.messages.get(message_id)
    if asked is None:
        return
    customer = await tx.people.one(asked.author_id)
    heard = customer.reachable and customer.banned_at is None
    heard = heard and not customer.may(Role.OPERATOR)  # who joined the team asks no more
    choice = Afterwards.NO_TAP if heard else Afterwards.GONE
    await _settle(tx, asked, choice, rules, now)


async def _settle(
    tx: UnitOfWork, asked: Message, choice: Afterwards, rules: Rules, now: datetime
) -> bool:
    """False: it was settled before."""
    assert asked.asked_about_id is not None
    conversation = await tx.conversations.lock(asked.asked_about_id)
    await tx.messages.lock(asked.id)
    if conversation is None or asked.afterwards is not Afterwards.ASKED:
        return False
    kept = await tx.messages.asked_of(asked.author_id)
    customer = await tx.people.one(asked.author_id)
    if choice is Afterwards.NEW:
        conversation = await conversations.begin(
            tx, customer=customer, at=asked.sent_at, rules=rules, now=now
        )
    for message in kept:
        message.conversation_id, message.afterwards = conversation.id, choice
    if choice is Afterwards.NEW:
        await offers.make(tx, conversation=conversation, new=True, now=now)
    elif choice in (Afterwards.STILL, Afterwards.NO_TAP):
        by = customer if choice is Afterwards.STILL else None
        await _go_on(tx, conversation, asked.sent_at, by, rules, now)
    await tx.timers.clear(asked.id, "afterwards")
    tx.cards.changed(f"afterwards:{asked.id}", now)
    return True


async def _go_on(
    tx: UnitOfWork,
    conversation: Conversation,
    at: datetime,
    by: Person | None,
    rules: Rules,
    now: datetime,
) -> None:
    if not conversation.is_open:
        await conversations.reopen(
            tx, conversation=conversation, at=at, by=by, rules=rules, now=now
        )
        return
    # a supervisor opened it meanwhile
    conversation.last_in_at = at
    await waits.start(tx, conversation=conversation, at=at, rules=rules, now=now)
    if conversation.holder_id is not None:
        await relays.catch_up(tx, conversation=conversation, to=conversation.holder_id, now=now)


async def can_be_thanks(tx: UnitOfWork, conversation: Conversation) -> bool:
    """Whether it is open again only because nobody tapped, and nobody has answered since."""
    if conversation.was is None or conversation.follow_up_by_id is not None:
        return False
    reopened = await tx.conversations.last_event(conversation.id, EventKind.REOPENED)
    return reopened is not None and reopened.by_id is None


async def only_thanks(
    tx: UnitOfWork, *, conversation_id: int, by: Person, now: datetime
) -> Conversation:
    """The operator finds nothing to answer: closed as it was, and supervisors can see it."""
    conversation = await decided_by(tx, conversation_id, by)
    if not await can_be_thanks(tx, conversation):
        raise TooLate
    for message in await tx.messages.unanswered(conversation.id, AT_MOST):
        tx.cards.changed(f"afterwards:{message.id}", now)  # it promises an answer no more
    await conversations.close_as_it_was(tx, conversation=conversation, now=now)
    tx.conversations.note(conversation.id, EventKind.THANKS, now, by_id=by.id)
    return conversation


async def undo(
    tx: UnitOfWork, *, conversation_id: int, by: Person, rules: Rules, now: datetime
) -> Conversation:
    """A supervisor finds that it was no spam, or not only thanks: it goes on."""
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.customer_id == by.id:
        raise NotYours
    if conversation.is_open:
        raise TooLate
    customer = await tx.people.one(conversation.customer_id)
    if customer.banned_at is not None:
        raise StillBanned
    if customer.telegram_id is None or not customer.reachable:
        raise CannotBeReached
    ended = await tx.conversations.last_event(conversation.id, EventKind.CLOSED, EventKind.THANKS)
    if conversation.outcome is Outcome.SPAM:
        await conversations.back_to_queue(
            tx, conversation=conversation, by=by, rules=rules, now=now
        )
    elif ended is not None and ended.kind is EventKind.THANKS:
        await conversations.reopen(
            tx, conversation=conversation, at=now, by=by, rules=rules, now=now
        )
    else:
        raise TooLate
    about = offers.subject(conversation)
    tx.audit.note(Deed.BROUGHT_BACK, about=about, by_id=by.id, now=now)
    return conversation
