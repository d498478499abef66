"""Who a waiting conversation is offered to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, ConversationState, Person

FIRST = 5
"""Operators a conversation is offered to at first."""
THEN_ALL = timedelta(seconds=30)
NEVER = datetime.min.replace(tzinfo=UTC)


def subject(conversation: Conversation) -> str:
    return f"conversation:{conversation.id}"


async def make(
    tx: UnitOfWork,
    *,
    conversation: Conversation,
    now: datetime,
    new: bool = False,
    but: Person | None = None,
) -> None:
    """Offer it to those on shift with the fewest open conversations, to all half a minute later.

    With nobody on shift supervisors are told. `new`: nobody has seen it yet. `but`: who just
    gave it back.
    """
    tx.cards.changed(f"unattended:{conversation.id}", now)
    await tx.teams.stay()  # whoever leaves their shift now sees to it that somebody hears
    operators = await _who_may_take(tx, conversation)
    if but is not None and len(operators) > 1:
        operators = [operator for operator in operators if operator.id != but.id]
    if not operators:
        await _tell_supervisors(tx, conversation, now)
        return
    chosen = (await _by_load(tx, operators))[:FIRST]
    for operator in chosen:
        if new:
            tx.cards.show(subject(conversation), operator.id, now)
        else:
            await tx.cards.show_anew(subject(conversation), operator.id, now)
    if len(operators) > len(chosen):
        await tx.timers.set("offer", conversation.id, now + THEN_ALL)
    else:
        conversation.offered_to_all_at = now


async def widen(tx: UnitOfWork, conversation_id: int, rules: Rules, now: datetime) -> None:
    """Timer: none of the first took it, so everybody on shift may."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.state is not ConversationState.WAITING:
        return
    conversation.offered_to_all_at = now
    about = subject(conversation)
    first = await tx.sent.shown_since(about, now - THEN_ALL)
    for operator in await _who_may_take(tx, conversation):
        if operator.id not in first:  # who saw it taken once is to hear of it again
            await tx.cards.show_anew(about, operator.id, now)


async def nobody_left(tx: UnitOfWork, *, now: datetime) -> None:
    """Somebody went off shift: if they were the last, supervisors hear of what waits."""
    if await tx.people.on_shift():
        return
    for conversation in await _waiting(tx):
        await _tell_supervisors(tx, conversation, now)


async def _tell_supervisors(tx: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    for supervisor in await tx.people.supervisors():
        if supervisor.reachable and supervisor.id != conversation.customer_id:
            await tx.cards.show_anew(f"unattended:{conversation.id}", supervisor.id, now)


async def show_waiting_to(tx: UnitOfWork, *, person: Person, now: datetime) -> None:
    """Somebody came on shift: offer them what waits, the oldest first."""
    for conversation in await _waiting(tx):
        tx.cards.changed(f"unattended:{conversation.id}", now)
        if conversation.customer_id != person.id:
            await tx.cards.show_anew(subject(conversation), person.id, now)


async def _waiting(tx: UnitOfWork) -> list[Conversation]:
    """What nobody holds, locked: a card must not say so when somebody takes it at this moment."""
    found = await tx.conversations.waiting()
    await tx.conversations.lock_all([conversation.id for conversation in found])
    return [one for one in found if one.state is ConversationState.WAITING]


async def _who_may_take(tx: UnitOfWork, conversation: Conversation) -> list[Person]:
    on_shift = await tx.people.on_shift()
    return [person for person in on_shift if person.id != conversation.customer_id]


async def _by_load(tx: UnitOfWork, operators: Sequence[Person]) -> list[Person]:
    """The fewest open conversations first; of equals who got one the longest ago."""
    if len(operators) <= FIRST:
        return list(operators)
    loads = await tx.conversations.loads([operator.id for operator in operators])

    def order(operator: Person) -> tuple[int, datetime, int]:
        load = loads.get(operator.id)
        if load is None:
            return 0, NEVER, operator.id
        return load.open, load.taken_at or NEVER, operator.id

    return sorted(operators, key=order)
