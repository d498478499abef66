"""From a customer's first word to the closing."""

from datetime import timedelta

import pytest

from playground.people import Account
from storage.models import ConversationState, Outcome, WaitEnd
from tests.conftest import Desk


async def held(
    desk: Desk, customer: Account, operator: Account, words: str = "Where is my order?"
) -> None:
    """The customer wrote and the operator took it."""
    await customer.types(words)
    await operator.taps("Take")


async def test_write_take_answer_close(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")

    await anna.types("Where is my order?")
    assert anna.reads.splitlines()[0] == "Got it, your number is 1. We will answer by 10:05."
    assert "keep this conversation" in anna.reads
    assert boris.reads == (
        "New question, No. 1\nWhere is my order?\nAnna · first chat\nSince 10:00, answer by 10:05"
    )
    assert boris.buttons == ["Take"]

    await boris.taps("Take")
    assert boris.toasts == ["No. 1 is yours"]
    card = boris.finds("No. 1, yours to answer")
    assert boris.reads == "Where is my order?"
    assert boris.last.raw["reply_to_message"]["message_id"] == card.message_id

    await boris.types("On its way.")
    assert anna.reads == "On its way."
    assert "Answered: 10:00" in boris.finds("yours to answer").words

    await boris.taps("Solved")
    assert boris.finds("No. 1: solved").words == "No. 1: solved. Boris, 10:00"
    assert anna.finds("How was the chat?").buttons
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        assert conversation.state is ConversationState.CLOSED
        assert conversation.outcome is Outcome.SOLVED
        wait = await tx.waits.last_in(1)
        assert wait is not None
        assert wait.end is WaitEnd.ANSWERED
