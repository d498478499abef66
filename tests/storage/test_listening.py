import asyncio

from storage.database import Database
from storage.listening import listen
from storage.models import Person
from tests.conftest import MONDAY_MORNING


async def test_another_processs_commit_is_heard_at_once(postgres_url: str) -> None:
    heard: asyncio.Queue[set[str]] = asyncio.Queue()
    task = asyncio.ensure_future(listen(postgres_url, heard.put_nowait))
    writer = Database(postgres_url)
    try:
        async with asyncio.timeout(20):
            while heard.empty():  # the listener may still be on its way
                async with writer.writing() as tx:
                    anna = await tx.people.add(Person(name="Anna", created_at=MONDAY_MORNING))
                    tx.deliveries.say(f"hi {anna.id}", anna.id, "hi", MONDAY_MORNING)
                await asyncio.sleep(0.02)
            assert await heard.get() == {"delivery"}
    finally:
        task.cancel()
        await writer.close()
