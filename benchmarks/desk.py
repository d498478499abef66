"""A desk that has been at work for a while, written straight into the tables."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.clock import utc_now
from storage.models import (
    Base,
    Card,
    Channel,
    ContentKind,
    Conversation,
    ConversationState,
    DiaryEntry,
    Message,
    Outcome,
    Person,
    Survey,
    Urgency,
)

SUPERVISOR = 1001
OPERATOR = 1002
FIRST_CUSTOMER = 10_001
"""Telegram ids; customers have this one and those after it."""
TALK = (
    "Hello, where is my receipt? It was to come on Monday.",
    "I look into it. Which order is it?",
    "Number 4711, from last week. I wrote to you on Thursday, too.",
    "Found it: it was sent to your old address. I have sent it again, to the new one.",
    "All right.",
)


def called(customer: int) -> str:
    """The name of the customer with this number, from 1; it is found again in an alert."""
    return f"Rater {customer}."


async def write(connection: AsyncConnection, kind: type[Base], rows: Iterable[Any]) -> None:
    await connection.execute(insert(kind), list(rows))


async def with_open_surveys(url: str, count: int) -> None:
    """So many customers with a history and an open survey each.

    In an empty database. The customer with number n, from 1, has survey 2n: 2n - 1 was answered.
    """
    now = utc_now()
    long_ago, lately = now - timedelta(days=20), now - timedelta(minutes=5)
    numbers = range(1, count + 1)
    person = {number: number + 2 for number in numbers}
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await write(connection, Person, people(count))
        await write(
            connection,
            Conversation,
            (
                {
                    "customer_id": person[number],
                    "state": ConversationState.CLOSED,
                    "outcome": Outcome.SOLVED,
                    "holder_id": 2,
                    "last_answer_by_id": 2,
                    "closed_by_id": 2,
                    "opened_at": at,
                    "last_in_at": at,
                    "last_out_at": at,
                    "closed_at": at,
                }
                for number in numbers
                for at in (long_ago, lately)
            ),
        )
        await write(connection, Message, talks((2 * n, person[n]) for n in numbers))
        await write(
            connection,
            Survey,
            (
                {
                    "conversation_id": 2 * number - 1 + open_,
                    "customer_id": person[number],
                    "operator_id": 2,
                    "sent_at": lately if open_ else long_ago,
                    "expires_at": (lately if open_ else long_ago) + timedelta(hours=72),
                    "expired": not open_,
                    "stars": None if open_ else 4,
                    "lowest": None if open_ else 4,
                    "rated_at": None if open_ else long_ago,
                }
                for number in numbers
                for open_ in (False, True)
            ),
        )
        await write(
            connection,
            Card,
            (
                {
                    "person_id": person[number],
                    "subject": f"survey:{2 * number}",
                    "urgency": Urgency.SOON,
                    "message_id": 1,
                    "shown": "",
                }
                for number in numbers
            ),
        )
        await write(
            connection,
            DiaryEntry,
            (
                {
                    "conversation_id": 2 * number - 1,
                    "operator_id": 2,
                    "customer_id": person[number],
                    "channel": Channel.CHAT,
                    "at": long_ago,
                    "request": "Where is the parcel",
                    "done": "Asked the carrier",
                    "result": "It came a day later",
                    "saved_at": long_ago,
                    "first_saved_at": long_ago,
                }
                for number in numbers
            ),
        )
    await engine.dispose()


def people(customers: int) -> Sequence[dict[str, Any]]:
    """Vera the supervisor (1), Boris the operator (2), and customers from 3 on."""
    now = utc_now()
    known = {
        "telegram_language": "en",
        "created_at": now,
        "shift_since": now,
        "is_supervisor": False,
        "is_operator": False,
        "on_shift": False,
    }
    return [
        known | {"telegram_id": SUPERVISOR, "name": "Vera", "is_supervisor": True},
        known | {"telegram_id": OPERATOR, "name": "Boris", "is_operator": True, "on_shift": True},
        *(
            known | {"telegram_id": FIRST_CUSTOMER + number - 1, "name": called(number)}
            for number in range(1, customers + 1)
        ),
    ]


def talks(conversations: Iterable[tuple[int, int]]) -> Iterable[dict[str, Any]]:
    """What was said in conversations, given with their customers."""
    now = utc_now() - timedelta(minutes=6)
    for conversation_id, customer_id in conversations:
        for place, words in enumerate(TALK):
            of_customer = place % 2 == 0
            yield {
                "conversation_id": conversation_id,
                "author_id": customer_id if of_customer else 2,
                "from_customer": of_customer,
                "sent_at": now + timedelta(seconds=place),
                "kind": ContentKind.TEXT,
                "text": words,
                "telegram_message_id": place + 2,
            }
