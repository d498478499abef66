"""An alert while 10,000 weekly charts wait, at a server that enforces Telegram's limits.

The bot as it is, with its pace. First nothing waits, then the charts do; the alerts are as many
and as far apart, because a supervisor's chat takes one message a second.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Sequence
from statistics import median, quantiles

import uvloop
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks import desk
from benchmarks.latency import NAME, environment
from benchmarks.programs import PATIENCE, Program
from benchmarks.report import Finding, Void, say
from benchmarks.server import BotApi, tap
from bot.clock import utc_now
from playground.faults import Limits
from storage.migrate import migrate
from storage.models import Delivery, DeliveryKind, Person, Urgency

CHARTS = 10_000
FIRST_OPERATOR = 1_000_001
"""Telegram ids of those who wait for a chart."""
ALERTS, QUICK_ALERTS = 100, 14
APART = 1.15
"""Seconds."""
PLACE = 1000 / 30
"""Milliseconds in which Telegram takes one message."""
PICTURE = bytes(2_000)
"""The server does not look at it."""


def measure(quick: bool) -> Sequence[Finding]:
    return uvloop.run(_measure(QUICK_ALERTS if quick else ALERTS))


async def _measure(alerts: int) -> Sequence[Finding]:
    arrived: dict[int, float] = {}
    charts = 0

    def heard(method: str, chat: int, text: str) -> None:
        nonlocal charts
        charts += method == "sendPhoto"
        if chat == desk.SUPERVISOR and (about := re.search(NAME, text)):
            arrived[int(about[1])] = time.perf_counter()

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/otklik.db"
        await migrate(url)
        await desk.with_open_surveys(url, 2 * alerts + 1)
        server = BotApi(heard, Limits())
        await server.start()
        program = Program("bot", server, environment(server.url, url))
        try:
            await program.start()
            numbers = iter(range(1, 2 * alerts + 2))
            await _delays(server, arrived, [next(numbers)])  # it warms up
            empty = await _delays(server, arrived, [next(numbers) for _ in range(alerts)])
            await _charts_wait(url)
            while not charts:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            waiting = await _delays(server, arrived, list(numbers))
        finally:
            await program.stop()
            await server.stop()
    for name, took in (("nothing", empty), (f"{CHARTS} charts", waiting)):
        say(f"  {name:>13} waiting: p50 {median(took):.1f} ms, p99 {_p99(took):.1f} ms")
    say(f"  meanwhile {charts} charts went out, and 429 was answered {server.refused} times")
    allowed = PLACE + _p99(empty)
    return [
        Finding("alert-p99", _p99(waiting), "ms", at_most=allowed),
        Finding("empty-p99", _p99(empty), "ms"),
        Finding("charts-sent", charts),
        Finding("refused", server.refused, at_most=0),
    ]


async def _charts_wait(url: str) -> None:
    """As the weekly push leaves them, once drawn."""
    now = utc_now()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await desk.write(
            connection,
            Person,
            (
                {
                    "id": FIRST_OPERATOR + number,
                    "telegram_id": FIRST_OPERATOR + number,
                    "name": f"Operator {number}",
                    "is_operator": True,
                    "created_at": now,
                }
                for number in range(CHARTS)
            ),
        )
        await desk.write(
            connection,
            Delivery,
            (
                {
                    "key": f"chart:{number}",
                    "person_id": FIRST_OPERATOR + number,
                    "kind": DeliveryKind.SAY,
                    "urgency": Urgency.BULK,
                    "content": {"html": "Your week"},
                    "picture": PICTURE,
                    "due_at": now,
                    "made_at": now,
                }
                for number in range(CHARTS)
            ),
        )
    await engine.dispose()


async def _delays(
    server: BotApi, arrived: dict[int, float], numbers: Sequence[int]
) -> Sequence[float]:
    """Milliseconds from each customer's tap to the alert about it."""
    took = []
    for number in numbers:
        telegram_id, name = desk.FIRST_CUSTOMER + number - 1, desk.called(number)
        began = time.perf_counter()
        server.push("callback_query", tap(telegram_id, name, f"stars:{2 * number}:1"))
        try:
            async with asyncio.timeout(PATIENCE):
                while number not in arrived:  # noqa: ASYNC110
                    await asyncio.sleep(0.001)
        except TimeoutError:
            raise Void("an alert did not come") from None
        took.append((arrived[number] - began) * 1000)
        await asyncio.sleep(APART)
    return took


def _p99(took: Sequence[float]) -> float:
    return quantiles(took, n=100, method="inclusive")[98] if len(took) > 1 else took[0]
