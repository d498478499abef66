"""Rules two processes may apply at the same instant."""

import asyncio
from datetime import timedelta

from desk import conversations, messages
from desk.messages import Content
from desk.refusals import TakenBy
from desk.rules import Rules
from storage.database import Database
from storage.models import ContentKind, Person
from tests.conftest import MONDAY_MORNING as NOW

RULES = Rules()


async def test_two_transactions_one_take(database_url: str) -> None:
    """The row is held until the first commits; the second then sees who has it."""
    database = Database(database_url)
    operators = await _open(database, "Boris", "Gleb", "Vera")
    outcomes = await asyncio.gather(*(_takes(database, one) for one in operators))
    assert sorted(outcomes) == ["taken", "too late", "too late"]
    async with database.reading() as tx:
        conversation = await tx.conversations.one(1)
    assert conversation.holder_id == operators[outcomes.index("taken")]
    await database.close()


async def test_answers_and_takes_at_once_end_the_wait_once(database_url: str) -> None:
    database = Database(database_url)
    boris, gleb = await _open(database, "Boris", "Gleb")
    await _takes(database, boris)

    async def answers(words: str) -> None:
        async with database.writing() as tx:
            by = await tx.people.one(boris)
            content = Content(ContentKind.TEXT, NOW + timedelta(seconds=9), 1, words)
            await messages.answer(
                tx, conversation_id=1, by=by, content=content, rules=RULES, now=NOW
            )

    await asyncio.gather(answers("One"), answers("Two"), _takes(database, gleb))
    async with database.reading() as tx:
        wait = await tx.waits.last_in(1)
        assert wait is not None
        assert wait.team_seconds == 9
        assert len(await tx.messages.last_of(1, 9)) == 3
    await database.close()


async def _open(database: Database, *operators: str) -> list[int]:
    """A customer waits; the numbers of who may take it."""
    async with database.writing() as tx:
        customer = await tx.people.add(Person(telegram_id=1, name="Anna", created_at=NOW))
        people = [
            await tx.people.add(
                Person(
                    telegram_id=10 + place,
                    name=name,
                    is_operator=True,
                    on_shift=True,
                    shift_since=NOW,
                    created_at=NOW,
                )
            )
            for place, name in enumerate(operators)
        ]
        content = Content(ContentKind.TEXT, NOW, 1, "Hello")
        await messages.receive(tx, customer=customer, content=content, rules=RULES, now=NOW)
        return [person.id for person in people]


async def _takes(database: Database, person_id: int) -> str:
    try:
        async with database.writing() as tx:
            await tx.conversations.get(1)  # seen before it is locked, as a screen would
            by = await tx.people.one(person_id)
            await asyncio.sleep(0.05)
            await conversations.take(tx, conversation_id=1, by=by, now=NOW)
            await asyncio.sleep(0.05)
    except TakenBy:
        return "too late"
    return "taken"
