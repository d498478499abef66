"""From a customer's tap, queued at the Bot API server, to the supervisor's alert arriving there.

The bot, a minimal bot written by hand and a raw loop, each in a process of its own with a server
of its own in this one. They take turns in short rounds while the others are stopped, so that
whatever else the machine does meets all of them.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median, quantiles

import uvloop
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks import desk
from benchmarks.peers import minimal
from benchmarks.programs import PATIENCE, Program
from benchmarks.report import Finding, Void, say
from benchmarks.server import BotApi, tap
from storage.migrate import migrate

TOKEN = "42:BENCHMARK"  # noqa: S105 - of the server in this process
WARM_UP = 20
"""Taps that are not counted: the first ones load and prepare."""
SETTLE = 1.2
"""Seconds a program that was stopped has to find its feet before its round."""
CALM = 1.1
"""Seconds without a call after which it has nothing more to do: what it may have missed it looks
for each second."""
NAME = re.compile(r"Rater (\d+)\.")
P50, P99 = 2.0, 2.5
"""What we allow ourselves, by the minimal bot's."""
STRAW_MAN = 10.0
"""How much slower than a raw loop the minimal bot may be."""


@dataclass(frozen=True, slots=True)
class Load:
    """How taps come."""

    name: str
    taps: int
    """In one round."""
    rounds: int
    rate: float | None
    """A second; 0: all at once; None: the next a moment after the last one's alert."""


FULL = (
    Load("alone", 60, 5, None),
    Load("50", 200, 3, 50),
    Load("500", 1_000, 2, 500),
    Load("burst", 2_000, 3, 0),
)
QUICK = (
    Load("alone", 30, 1, None),
    Load("50", 75, 1, 50),
    Load("500", 250, 1, 500),
    Load("burst", 500, 1, 0),
)


@dataclass(slots=True)
class Contender:
    name: str
    program: Program
    server: BotApi
    arrived: dict[int, float]
    """When the alert about a customer came."""
    customers: int = 0
    """How many have tapped."""
    took: dict[str, list[float]] = field(default_factory=dict)
    """Seconds from tap to alert, by load."""
    throughput: list[float] = field(default_factory=list)
    """Alerts a second, of each burst."""

    def taps(self) -> int:
        """One more customer taps their first star."""
        self.customers += 1
        number = self.customers
        telegram_id = desk.FIRST_CUSTOMER + number - 1
        query = tap(telegram_id, desk.called(number), f"stars:{2 * number}:1")
        self.server.push("callback_query", query)
        return number

    async def comes(self, numbers: Sequence[int]) -> None:
        """Until the alerts about these customers are there."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not self.arrived.keys() >= set(numbers):  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
        except TimeoutError:
            lost = len(set(numbers) - self.arrived.keys())
            raise Void(f"{lost} of {len(numbers)} alerts of {self.name} did not come") from None


def measure(quick: bool) -> Sequence[Finding]:
    return uvloop.run(_measure(QUICK if quick else FULL))


async def _measure(loads: Sequence[Load]) -> Sequence[Finding]:
    customers = WARM_UP + sum(load.taps * load.rounds for load in loads)
    with tempfile.TemporaryDirectory() as folder:
        contenders = [
            await contender_of(Path(folder), name, module, customers)
            for name, module in (
                ("otklik", "benchmarks.otklik"),
                ("minimal", "benchmarks.peers.minimal"),
                ("raw", "benchmarks.peers.raw"),
            )
        ]
        try:
            for contender in contenders:
                await contender.program.start()
                await round_of(contender, Load("warm-up", WARM_UP, 1, None))
                contender.program.pause()
            for load in loads:
                for _ in range(load.rounds):
                    for contender in contenders:
                        contender.program.resume()
                        await asyncio.sleep(SETTLE)
                        await round_of(contender, load)
                        contender.program.pause()
        finally:
            for contender in contenders:
                await contender.program.stop()
                await contender.server.stop()
    return _findings(loads, *contenders)


async def contender_of(folder: Path, name: str, module: str, customers: int) -> Contender:
    url = f"sqlite+aiosqlite:///{folder}/{name}.db"
    if name == "otklik":
        await migrate(url)
        await desk.with_open_surveys(url, customers)
    else:
        await small_desk(url, customers)
    arrived: dict[int, float] = {}

    def heard(method: str, chat: int, text: str) -> None:
        if method == "sendMessage" and chat == desk.SUPERVISOR and (about := NAME.search(text)):
            arrived[int(about[1])] = time.perf_counter()

    server = BotApi(heard)
    await server.start()
    program = Program(module, server, environment(server.url, url))
    return Contender(name, program, server, arrived)


def environment(server: str, database: str) -> dict[str, str]:
    """What a program is told."""
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": server,
        "DATABASE_URL": database,
        "SUPERVISOR_IDS": str(desk.SUPERVISOR),
        "OPERATOR_IDS": str(desk.OPERATOR),
        "CUSTOMER_RATE": "100000",
        "LOG_LEVEL": "WARNING",
    }


async def small_desk(url: str, customers: int) -> None:
    """The peers' only table."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(minimal.Base.metadata.create_all)
        rows = [
            {
                "id": 2 * number,
                "telegram_id": desk.FIRST_CUSTOMER + number - 1,
                "customer": desk.called(number),
                "operator": "Boris",
                "stars": None,
            }
            for number in range(1, customers + 1)
        ]
        await connection.execute(insert(minimal.Survey), rows)
    await engine.dispose()


async def round_of(contender: Contender, load: Load) -> None:
    dice = Random(load.taps)  # noqa: S311 - the same gaps for each contender
    tapped: dict[int, float] = {}
    began = due = time.perf_counter()
    for _ in range(load.taps):
        if load.rate:
            due += dice.expovariate(load.rate)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tapped[contender.taps()] = time.perf_counter()
        if load.rate is None:
            await contender.comes(list(tapped))
            await asyncio.sleep(dice.uniform(0.03, 0.08))
    await contender.comes(list(tapped))
    took = [contender.arrived[number] - at for number, at in tapped.items()]
    contender.took.setdefault(load.name, []).extend(took)
    if load.rate == 0:
        ended = max(contender.arrived[number] for number in tapped)
        contender.throughput.append(load.taps / (ended - began))
    await _calm(contender)


async def _calm(contender: Contender) -> None:
    """Until all is confirmed and the program asks for nothing any more."""
    server, before = contender.server, -1
    while server.unconfirmed or server.asked.total() != before:
        before = server.asked.total()
        await asyncio.sleep(CALM)


def _findings(
    loads: Sequence[Load], otklik: Contender, peer: Contender, raw: Contender
) -> Sequence[Finding]:
    findings: list[Finding] = []
    for load in loads:
        for contender in (otklik, peer, raw):
            p50, p99 = in_ms(contender.took[load.name])
            say(f"  {load.name:6} {contender.name:8} p50 {p50:8.1f} ms  p99 {p99:8.1f} ms")
        (p50, p99), (least, most) = (in_ms(c.took[load.name]) for c in (otklik, peer))
        findings.append(Finding(f"{load.name}-p50", p50 / least, "x", at_most=P50))
        findings.append(Finding(f"{load.name}-p99", p99 / most, "x", at_most=P99))
        floor, _ = in_ms(raw.took[load.name])
        if load.rate is None and least > STRAW_MAN * floor:
            raise Void(f"the minimal bot takes {least / floor:.1f} times a raw loop's time")
    rates = [median(contender.throughput) for contender in (otklik, peer, raw)]
    for contender, rate in zip((otklik, peer, raw), rates, strict=True):
        say(f"  burst  {contender.name:8} {rate:.0f} alerts/s")
    if rates[2] > STRAW_MAN * rates[1]:
        raise Void(f"a raw loop handles {rates[2] / rates[1]:.1f} times the minimal bot's burst")
    return [*findings, Finding("burst-throughput", rates[0] / rates[1], "x", at_least=1.0)]


def in_ms(took: Sequence[float]) -> tuple[float, float]:
    """p50 and p99 in milliseconds."""
    return median(took) * 1000, quantiles(took, n=100)[98] * 1000
