"""Updates a second through intake, rules and commit, beside aiogram's bare dispatcher.

The mix is a busy desk's: customers' messages and operators' answers to relay, stars, steps of the
diary. Batches of a hundred, as `getUpdates` brings them, and no network: what is sent is not
measured here. A slower disk is a commit that takes so much longer.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import uvloop
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import await_only

from benchmarks import databases, desk
from benchmarks.peers import dispatcher as peer
from benchmarks.report import Finding, say
from benchmarks.server import tap, text
from bot.app import App
from bot.assembly import build_app
from bot.clock import utc_now
from bot.poller import BATCH
from bot.settings import Settings
from storage.models import Conversation, ConversationState, Person

TOKEN = "42:BENCHMARK"  # noqa: S105 - nobody is asked
PAIRS = 50
"""Operators who each talk to a customer; and as many who write their diary."""
FIRST_PAIR = 500_001
FIRST_WRITER = 600_001
DIARY = ("/diary", "now", "Phone", "Pavel", "Where is my parcel?", "Called the courier", "/cancel")
UPDATES, QUICK_UPDATES = 4_000, 800
FLUSHES = (0, 1, 5)
"""Milliseconds added to every commit."""
TARGET, AT = 0.10, 1


@dataclass(slots=True)
class Spent:
    """What updates asked of the database."""

    statements: int = 0
    seconds: float = 0.0
    """In the driver, waiting for the answers included."""
    commits: int = 0
    updates: int = 0

    def __str__(self) -> str:
        return (
            f" an update: {self.statements / self.updates:.1f} statements,"
            f" {self.seconds / self.updates * 1000:.2f} ms of them in the driver;"
            f" {self.commits} commits"
        )


class Nowhere(BaseSession):
    """What is said to Telegram goes no further."""

    async def close(self) -> None:
        pass

    async def make_request(self, *_: Any, **__: Any) -> Any:
        return True

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def measure(quick: bool) -> Sequence[Finding]:
    return uvloop.run(_measure(QUICK_UPDATES if quick else UPDATES))


async def _measure(count: int) -> Sequence[Finding]:
    findings = []
    places: dict[str, AbstractAsyncContextManager[str]] = {"sqlite": databases.sqlite()}
    if databases.POSTGRES is not None:
        places["postgres"] = databases.postgres(databases.POSTGRES)
    else:
        say("  TEST_POSTGRES_URL is not set: SQLite only")
    for name, place in places.items():
        async with place as url, _desk(url, len(FLUSHES) * count) as app:
            updates = _mix()
            for flush in FLUSHES:
                raws = list(itertools.islice(updates, count))
                bare = await _bare(raws)
                ours, spent = await _ours(app, raws, flush)
                say(f"  {name:8} +{flush} ms a flush: {ours:5.0f}/s, bare {bare:5.0f}/s;{spent}")
                if flush == AT:
                    target = Finding(f"{name}-1ms", ours / bare, "x", at_least=TARGET)
                    findings.append(target)
                else:
                    findings.append(Finding(f"{name}-{flush}ms", ours / bare, "x"))
    return findings


async def _bare(raws: Sequence[dict[str, Any]]) -> float:
    """Updates a second of the bare dispatcher."""
    bare, bot = peer.bare(), Bot(TOKEN, session=Nowhere())
    began = time.perf_counter()
    await peer.take(bare, bot, raws)
    return len(raws) / (time.perf_counter() - began)


async def _ours(app: App, raws: Sequence[dict[str, Any]], flush: int) -> tuple[float, Spent]:
    """Updates a second, and what they spent in the database."""
    with _watched(flush / 1000) as spent:
        spent.updates = len(raws)
        began = time.perf_counter()
        for start in range(0, len(raws), BATCH):
            await app.intake.take(raws[start : start + BATCH])
        took = time.perf_counter() - began
    await app.intake.toasts_sent()
    return len(raws) / took, spent


@contextmanager
def _watched(flush: float) -> Iterator[Spent]:
    """Count what is asked of the database and the seconds it takes; commits last longer."""
    spent = Spent()

    def before(*_: Any) -> None:
        spent.seconds -= time.perf_counter()

    def after(*_: Any) -> None:
        spent.seconds += time.perf_counter()
        spent.statements += 1

    def commit(_: Any) -> None:
        spent.commits += 1
        if flush:
            await_only(asyncio.sleep(flush))

    hooks = {"before_cursor_execute": before, "after_cursor_execute": after, "commit": commit}
    for name, hook in hooks.items():
        event.listen(Engine, name, hook)
    try:
        yield spent
    finally:
        for name, hook in hooks.items():
            event.remove(Engine, name, hook)


@asynccontextmanager
async def _desk(url: str, updates: int) -> AsyncIterator[App]:
    await desk.with_open_surveys(url, updates // 4 + 1)
    await _people_at_work(url)
    settings = Settings(_env_file=None, bot_token=TOKEN, database_url=url)
    app = build_app(settings)
    app.bot.session = Nowhere()
    yield app
    await app.close()


async def _people_at_work(url: str) -> None:
    """Operators who hold one conversation each, and others who hold none."""
    now = utc_now()
    known = {
        "telegram_language": "en",
        "created_at": now,
        "shift_since": now,
        "greeted_at": now,
        "on_shift": False,
    }
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        numbers = {}
        for kind, first, is_operator in (
            ("customers", FIRST_PAIR, False),
            ("operators", FIRST_PAIR + PAIRS, True),
            ("writers", FIRST_WRITER, True),
        ):
            rows = [
                known
                | {"telegram_id": first + n, "name": f"Person {n}", "is_operator": is_operator}
                for n in range(PAIRS)
            ]
            await desk.write(connection, Person, rows)
            found = await connection.execute(
                Person.__table__.select().order_by(Person.id.desc()).limit(PAIRS)
            )
            numbers[kind] = [row.id for row in found][::-1]
        await desk.write(
            connection,
            Conversation,
            (
                {
                    "customer_id": customer,
                    "holder_id": operator,
                    "state": ConversationState.HELD,
                    "opened_at": now,
                    "taken_at": now,
                    "last_in_at": now,
                }
                for customer, operator in zip(
                    numbers["customers"], numbers["operators"], strict=True
                )
            ),
        )
    await engine.dispose()


def _mix() -> Iterator[dict[str, Any]]:
    """A customer writes, their operator answers, another customer rates, somebody's diary goes on.

    In this order, each time with the next of those people.
    """
    ids, message_ids = itertools.count(1), itertools.count(10)
    steps = itertools.cycle(itertools.chain.from_iterable([step] * PAIRS for step in DIARY))
    for turn in itertools.count():
        pair = turn % PAIRS
        rater = turn + 1
        customer, operator = FIRST_PAIR + pair, FIRST_PAIR + PAIRS + pair
        said = f"And another thing, number {turn}: where is it?"
        yield _message(ids, customer, said, next(message_ids))
        yield _message(ids, operator, f"On its way, {turn}.", next(message_ids))
        stars = f"stars:{2 * rater}:{1 + turn % 5}"
        query = tap(desk.FIRST_CUSTOMER + rater - 1, desk.called(rater), stars)
        yield {"update_id": next(ids), "callback_query": query}
        yield _message(ids, FIRST_WRITER + pair, next(steps), next(message_ids))


def _message(ids: Iterator[int], person: int, words: str, number: int) -> dict[str, Any]:
    return {"update_id": next(ids), "message": text(person, f"Person {person}", words, number)}
