import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.clock import monotonic
from playground.telegram import Telegram
from tests.conftest import TOKEN
from tests.faults.bots import LATEST, Bot, Nursery
from tests.faults.hands import Hands
from tests.faults.traffic import Traffic, open_the_desk, settings_for

DELAY = 0.06
"""Seconds each call to the Bot API takes, as over a network: loopback hides what is lost."""

UNSETTLED = "SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL"


@dataclass
class Town:
    """A desk at work: its people, a Telegram around it, and bots that are real processes."""

    nursery: Nursery
    telegram: Telegram
    hands: Hands
    url: str
    folder: Path
    traffic: Traffic
    bots: list[Bot] = field(default_factory=list)

    async def starts(self, *, url: str | None = None, **how: Any) -> Bot:
        """Another bot. `point`, `nth`, `is_gate` as in `Nursery.bears`; the rest are settings."""
        order = {key: how.pop(key) for key in ("point", "nth", "is_gate") if key in how}
        settings = settings_for(self.traffic) | {"http_port": "0"} | how
        settings["database_url"] = url or self.url
        environment = {name.upper(): str(value) for name, value in settings.items()}
        bot = await self.nursery.bears(environment, self.hands, self.folder, **order)
        self.bots.append(bot)
        return bot

    def must_be_empty(self) -> None:
        for bot in self.bots:
            bot.must_be_gone()

    async def settled(self) -> None:
        """Until nothing waits at Telegram, and nothing is unsent."""
        await until(self._is_settled)

    async def _is_settled(self) -> bool:
        return not self.telegram.pending(TOKEN) and not await self.counts(UNSETTLED)

    async def counts(self, statement: str) -> int:
        engine = create_async_engine(self.url, poolclass=NullPool)
        async with engine.connect() as connection:
            counted: int = (await connection.execute(text(statement))).scalar_one()
        await engine.dispose()
        return counted

    def asked(self, method: str) -> int:
        """How often bots have called it."""
        return self.telegram.methods_used[method]

    async def in_time(self, happens: Callable[[], bool], *, seconds: float) -> None:
        """Until it happens, so many seconds going by whenever nothing does."""
        ends = monotonic() + LATEST
        while not happens():
            assert monotonic() < ends, f"it does not happen: {self.bots[-1].log}"
            self.hands.passes(seconds=seconds)
            with suppress(TimeoutError):
                async with asyncio.timeout(2):
                    while not happens():  # noqa: ASYNC110 - in another process
                        await asyncio.sleep(0.05)

    @property
    def conflicts(self) -> list[datetime]:
        """When Telegram said that somebody else polls."""
        return [
            call.at for call in self.telegram.calls if (call.answer or {}).get("error_code") == 409
        ]

    async def is_listening(self) -> None:
        """Until a bot waits for updates."""
        await until(lambda: self.telegram.only_bot.updates._poll is not None)

    @asynccontextmanager
    async def without_telegram(self) -> AsyncIterator[None]:
        """Inside, connections are refused."""
        port = int(self.telegram.url.rpartition(":")[2])
        await self.telegram.stop()
        yield
        await self.telegram.start(port=port)

    async def is_calm(self) -> None:
        """Somebody writes, and again after some seconds, and all is well: what lasted is over."""
        for _ in range(2):
            await self.traffic.writes(self.traffic.customers[0], self.traffic.operators[0])
            await self.settled()
            self.hands.passes(seconds=11)
        await self.traffic.writes(self.traffic.customers[0], self.traffic.operators[0])
        await self.settled()

    async def nothing_is_lost(self, *, repeated: int = 0, parked: int = 0) -> None:
        """Nor doubled, and the order is kept; at most so many messages in flight came again."""
        await self.settled()
        await self.traffic.records(self.url, parked=parked)
        assert self.traffic.screens().total() <= repeated


async def until(happens: Callable[[], Awaitable[bool] | bool]) -> None:
    """Wait for other processes, which cannot ring here."""
    async with asyncio.timeout(LATEST):
        while True:
            happened = happens()
            if not (happened if isinstance(happened, bool) else await happened):
                await asyncio.sleep(0.05)
                continue
            return


async def says_so_once(town: Town, bot: Bot, words: str) -> None:
    """A line when it began, and one now that it is over."""
    await town.is_calm()
    await until(lambda: len(bot.lines(words)) >= 2)
    assert len(bot.lines(words)) == 2, bot.log
    begun, over = bot.lines(words)
    assert "over" in over, bot.log
    assert "over" not in begun, bot.log


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


Opens = Callable[..., Awaitable[Town]]


@pytest.fixture
async def opens(nursery: Nursery, tmp_path: Path) -> AsyncIterator[Opens]:
    """Opens a town on a database: `await opens(url, pairs=2, rating=1, supervisors=0)`."""
    async with AsyncExitStack() as stack:

        async def opens(url: str, **sizes: int) -> Town:
            hands = Hands(tmp_path / "hands")
            stack.callback(hands.close)
            telegram = Telegram(clock=hands.now)
            telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
            await telegram.start()
            stack.push_async_callback(telegram.stop)
            traffic = await open_the_desk(telegram, url, hands.now, **sizes)
            town = Town(nursery, telegram, hands, url, tmp_path, traffic)
            stack.callback(town.must_be_empty)
            telegram.faults.delay = DELAY
            return town

        yield opens


@pytest.fixture
async def town(opens: Opens, sqlite_url: str) -> AsyncIterator[Town]:
    """On SQLite, with two conversations, a survey and two supervisors."""
    town = await opens(sqlite_url, pairs=2, rating=1, supervisors=2)
    yield town
    for bot in town.bots:
        if bot.code is None:
            await bot.stop()
    assert list(town.telegram.violations) == []
