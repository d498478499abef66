"""Several processes of the bot behind one address, as behind nginx; any may be struck."""

import asyncio
import itertools
import os
import random
import signal
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import asyncpg
from aiohttp import web

from api.webhook import SECRET
from bot.clock import monotonic
from tests.conftest import TOKEN
from tests.faults.bots import LATEST, Bot
from tests.faults.conftest import Town, until

KEY = "a-secret_of-25-characters"
ANSWERS_WITHIN = 3.0
"""Seconds after which the proxy gives a request up; its process may see to it all the same."""


class RoundRobin:
    """Passes each request to the next process; one that does not listen is passed over."""

    def __init__(self, processes: int) -> None:
        self.ports = [_free_port() for _ in range(processes)]
        self.answers = Counter[tuple[int, int]]()
        """By port and status."""
        self.cut = Counter[int]()
        """By port: requests that it began and never answered."""
        self.url = ""
        self._turn = itertools.cycle(self.ports)
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, force_close=True),
            timeout=aiohttp.ClientTimeout(ANSWERS_WITHIN),
        )
        app = web.Application()
        app.router.add_post("/hook", self._pass_on)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    async def stop(self) -> None:
        assert self._runner is not None
        assert self._session is not None
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        assert self._session is not None
        body, headers = await request.read(), {SECRET: request.headers[SECRET]}
        for port in itertools.islice(self._turn, len(self.ports)):
            try:
                async with self._session.post(
                    f"http://127.0.0.1:{port}/hook", data=body, headers=headers
                ) as answer:
                    self.answers[port, answer.status] += 1
                    if answer.status != 503:
                        return web.Response(status=answer.status, body=await answer.read())
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                self.cut[port] += 1
                return web.Response(status=502)
        return web.Response(status=502)


@dataclass
class Fleet:
    town: Town
    proxy: RoundRobin
    database: "asyncpg.Pool[asyncpg.Record]"
    dice: random.Random
    bots: dict[int, Bot] = field(default_factory=dict)
    """By port."""
    frozen: set[int] = field(default_factory=set)
    kills: int = 0
    struck: int = 0
    """How often it was the one that speaks who was killed or frozen."""
    freezes: int = 0
    taken_over: list[float] = field(default_factory=list)
    """Seconds from each strike at the one that speaks until another one did."""
    _later: list[asyncio.Future[None]] = field(default_factory=list)

    async def starts(self) -> None:
        for port in self.proxy.ports:
            await self.start(port)

    async def start(self, port: int) -> None:
        self.bots[port] = await self.town.starts(
            webhook_url=self.proxy.url, webhook_secret=KEY, http_port=port
        )

    async def holder(self) -> int:
        """The number of the process that speaks; 0 while there is none."""
        found = await self.database.fetchval(
            "SELECT holder FROM leases WHERE ends_at > clock_timestamp()"
        )
        return int(found.split(":")[1]) if found else 0

    async def speaker(self) -> int | None:
        """The port of the process that speaks, if there is one."""
        pid = await self.holder()
        return next((port for port, bot in self.bots.items() if bot.pid == pid), None)

    async def kills_one(self) -> None:
        """Often the one that speaks; another begins in its place."""
        speaker = await self.speaker()
        standing = [port for port in self.bots if port not in self.frozen]
        port = self.dice.choice(standing)
        if speaker in standing and self.dice.random() < 0.5:
            port = speaker
        self.kills += 1
        self.struck += port == speaker
        bot = self.bots[port]
        await bot.kill()
        if port == speaker:
            self._later.append(asyncio.ensure_future(self._another_speaks(bot.pid, monotonic())))
        await self.start(port)

    async def freezes_speaker(self) -> None:
        """It is woken when another one has come to speak, and is at work."""
        speaker = await self.speaker()
        if speaker is None or speaker in self.frozen:
            return
        self.freezes += 1
        self.struck += 1
        self.frozen.add(speaker)
        os.kill(self.bots[speaker].pid, signal.SIGSTOP)
        self._later.append(asyncio.ensure_future(self._woken(speaker)))

    async def _woken(self, port: int) -> None:
        pid = self.bots[port].pid
        try:
            await self._another_speaks(pid, monotonic())
            await asyncio.sleep(1)
        finally:
            os.kill(pid, signal.SIGCONT)
            self.frozen.discard(port)

    async def _another_speaks(self, pid: int, since: float) -> None:
        async with asyncio.timeout(LATEST):
            while await self.holder() in (0, pid):  # noqa: ASYNC110 - in other processes
                await asyncio.sleep(0.02)
        self.taken_over.append(monotonic() - since)

    async def all_awake(self) -> None:
        """Until whoever was struck has been woken or replaced as the one that speaks."""
        later, self._later = self._later, []
        await asyncio.gather(*later)

    async def stops(self) -> None:
        """All of them, as an administrator does."""
        await self.all_awake()
        await until(lambda: all(bot.lines("listening on") for bot in self.bots.values()))
        await asyncio.gather(*(bot.stop() for bot in self.bots.values()))


@asynccontextmanager
async def fleet_of(town: Town, processes: int) -> AsyncIterator[Fleet]:
    """So many bots that run, with the town's people."""
    proxy = RoundRobin(processes)
    await proxy.start()
    town.telegram.webhook(town.telegram.bots[TOKEN]).first_pause = 0.1
    async with asyncpg.create_pool(
        town.url.replace("+asyncpg", ""), min_size=1, max_size=4
    ) as database:
        fleet = Fleet(town, proxy, database, random.Random(7))  # noqa: S311 - not a secret
        try:
            yield fleet
        finally:
            town.must_be_empty()
            await proxy.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
