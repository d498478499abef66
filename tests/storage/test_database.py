import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.database import Database
from storage.models import Conversation, Person
from tests.conftest import MONDAY_MORNING as NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def add(database: Database, telegram_id: int) -> int:
    async with database.writing() as tx:
        person = await tx.people.add(Person(telegram_id=telegram_id, name="N", created_at=NOW))
    return person.id


async def test_eight_writers_queue_instead_of_failing(database: Database) -> None:
    async def hire(telegram_id: int) -> None:
        async with database.writing() as tx:
            assert await tx.people.by_telegram(telegram_id) is None
            await asyncio.sleep(0.01)
            await tx.people.add(Person(telegram_id=telegram_id, name="N", created_at=NOW))

    await asyncio.gather(*(hire(n) for n in range(1, 9)))
    async with database.reading() as tx:
        assert len(await tx.people.some(range(1, 100))) == 8


async def test_an_exception_undoes_everything(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with database.writing() as tx:
            person = await tx.people.add(Person(telegram_id=7, name="N", created_at=NOW))
            tx.deliveries.say("hello", person.id, "hello", NOW)
            tx.updates.handled(1, 1, NOW)
            await tx.flush()
            raise ZeroDivisionError
    async with database.reading() as tx:
        assert await tx.people.by_telegram(7) is None
        assert await tx.deliveries.heads(NOW, 10) == []
        assert await tx.updates.handled_among(1, [1]) == set()


async def test_readers_do_not_wait_for_a_writer_nor_see_half_of_it(database: Database) -> None:
    async with database.writing() as writer:
        await writer.people.add(Person(telegram_id=7, name="N", created_at=NOW))
        async with database.reading() as reader:
            assert await reader.people.by_telegram(7) is None


async def test_the_same_thing_said_twice_is_one_row(database: Database) -> None:
    anna = await add(database, 7)
    for _ in range(2):
        async with database.writing() as tx:
            tx.deliveries.say("k", anna, "once", NOW)
            tx.cards.show("alert:1", anna, NOW)
            tx.jobs.ask("chart", NOW, key="chart:1")
    async with database.writing() as tx:
        first = await tx.deliveries.heads(NOW, 10)
        assert [delivery.key for delivery in first] == ["k"]
        await tx.deliveries.settle(first[0].id, NOW)
        assert [d.key for d in await tx.deliveries.heads(NOW, 10)] == [f"card:alert:1:{anna}:1"]
        assert len(await tx.jobs.claim(NOW, SECOND, 10)) == 1


async def test_a_lease_is_one_holders_until_it_ends(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.writing() as tx:
        assert await tx.leases.take("telegram", "me", NOW, 4 * SECOND)
        assert not await tx.leases.take("telegram", "you", NOW + 3 * SECOND, 4 * SECOND)
        assert await tx.leases.take("telegram", "me", NOW + 3 * SECOND, 4 * SECOND)
        assert await tx.leases.take("telegram", "you", NOW + 7 * SECOND, 4 * SECOND)
        assert not await tx.leases.holds("telegram", "me", NOW + 8 * SECOND)
    await database.close()


async def test_machines_that_disagree_about_the_time_agree_about_a_lease(
    postgres_url: str,
) -> None:
    database, a_year = Database(postgres_url), timedelta(days=365)
    async with database.writing() as tx:
        assert await tx.leases.take("telegram", "me", NOW - a_year, 60 * SECOND)
        assert not await tx.leases.take("telegram", "you", NOW + a_year, 60 * SECOND)
        assert await tx.leases.holds("telegram", "me", NOW + a_year)
        await tx.leases.release("telegram", "me", NOW + a_year)
        assert await tx.leases.take("telegram", "you", NOW - a_year, 60 * SECOND)
    await database.close()


async def test_a_job_whose_worker_died_falls_due_again(database: Database) -> None:
    async with database.writing() as tx:
        tx.jobs.ask("chart", NOW)
    async with database.writing() as tx:
        (job,) = await tx.jobs.claim(NOW, 10 * SECOND)
    async with database.writing() as tx:
        assert await tx.jobs.claim(NOW + 9 * SECOND, 10 * SECOND) == []
        (again,) = await tx.jobs.claim(NOW + 10 * SECOND, 10 * SECOND)
        assert (again.id, again.attempts) == (job.id, 2)
        assert await tx.jobs.finish(job.id, NOW)
        assert not await tx.jobs.finish(job.id, NOW)


async def test_a_timer_set_again_while_it_rings_stays(database: Database) -> None:
    async with database.writing() as tx:
        await tx.timers.set("nudge", 1, NOW)
        (seen,) = await tx.timers.due(NOW, 10)
        (timer,) = await tx.timers.claim([seen.id], NOW)
        await tx.timers.set("nudge", 1, NOW + SECOND)
        await tx.timers.rang(timer)
    async with database.writing() as tx:
        assert await tx.timers.due(NOW, 10) == []
        assert len(await tx.timers.due(NOW + SECOND, 10)) == 1


async def test_conversation_numbers_are_never_given_twice(database: Database) -> None:
    anna = await add(database, 7)
    async with database.writing() as tx:
        first = await tx.conversations.add(Conversation(customer_id=anna, opened_at=NOW))
        number = first.id
        await tx._session.delete(first)
    async with database.writing() as tx:
        second = await tx.conversations.add(Conversation(customer_id=anna, opened_at=NOW))
        assert second.id > number
