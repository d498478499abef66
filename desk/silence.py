"""A customer who does not answer: reminded once, then the conversation closes as no answer."""

from datetime import datetime

from desk import conversations
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, Outcome, Urgency

REMIND_AT = 0.8
"""Of CLOSE_AFTER."""


async def listen(
    tx: UnitOfWork, *, conversation: Conversation, at: datetime, rules: Rules
) -> None:
    """An operator wrote at `at`: from then on it is the customer's turn."""
    if conversation.follow_up_by_id is None:
        await tx.timers.set("silent", conversation.id, at + rules.close_after * REMIND_AT)
        await tx.timers.set("no_answer", conversation.id, at + rules.close_after)
        tx.cards.changed(f"silent:{conversation.id}", at)  # reminded before, they have more time


async def over(tx: UnitOfWork, *, conversation: Conversation, now: datetime) -> None:
    """The customer wrote, or nobody waits for them any more: what reminded them goes away."""
    await tx.timers.clear(conversation.id, "silent", "no_answer")
    tx.cards.changed(f"silent:{conversation.id}", now)


async def remind(tx: UnitOfWork, conversation_id: int, rules: Rules, now: datetime) -> None:
    """Timer: the customer has been silent for most of the time they have."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or not conversation.is_open or conversation.last_out_at is None:
        return
    if now < conversation.last_out_at + rules.close_after:
        await tx.cards.show_anew(
            f"silent:{conversation.id}", conversation.customer_id, now, Urgency.SOON
        )


async def close(tx: UnitOfWork, conversation_id: int, rules: Rules, now: datetime) -> None:
    """Timer: the customer did not answer in all that time."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or not conversation.is_open:
        return
    if await tx.waits.open_in(conversation.id) is not None:
        return  # the answer was taken back, or never arrived: it is they who wait
    await conversations.close(
        tx, conversation=conversation, by=None, outcome=Outcome.NO_ANSWER, rules=rules, now=now
    )
