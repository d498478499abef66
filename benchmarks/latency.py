"""The real bot in a process of its own, a Bot API server in this one: from a customer's tap to the
supervisor's alert, what a start takes, and memory."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.report import Finding
from bot.app import App
from bot.assembly import build_app
from bot.clock import utc_now
from bot.settings import Settings
from desk import surveys
from handlers.callbacks import StarTap
from playground.people import Account
from playground.telegram import Telegram
from storage.migrate import migrate
from storage.models import ContentKind, Conversation, ConversationState, Message, Outcome

TOKEN = "42:BENCHMARK"  # noqa: S105 - of the server below
TAPS = 100
PAUSE = 1.05
"""Seconds between taps: a supervisor's chat takes one message a second for long."""
STARTS = 5


@dataclass
class Bench:
    telegram: Telegram
    url: str
    supervisor: Account
    operator: Account
    arrived: asyncio.Queue[float] = field(default_factory=asyncio.Queue)

    def hears(self, event: dict[str, Any]) -> None:
        if event["event"] == "message" and event["chat"] == self.supervisor.id:
            self.arrived.put_nowait(time.perf_counter())

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": self.telegram.url,
            "DATABASE_URL": self.url,
            "CUSTOMER_RATE": "100000",
            "SUPERVISOR_IDS": str(self.supervisor.id),
            "OPERATOR_IDS": str(self.operator.id),
            "LOG_LEVEL": "WARNING",
        }

    async def starts(self) -> tuple[asyncio.subprocess.Process, float]:
        """The process, and the seconds until it first asked for updates."""
        before = self.telegram.methods_used["getUpdates"]
        began = time.perf_counter()
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", env=self.environment
        )
        while self.telegram.methods_used["getUpdates"] == before:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        return bot, time.perf_counter() - began

    async def asked(self, count: int) -> list[tuple[Account, int]]:
        """Customers with an open survey each, and its number."""
        settings = Settings(
            _env_file=None, bot_token=TOKEN, bot_api_url=self.telegram.url, database_url=self.url
        )
        app = build_app(settings)
        raters = [self.telegram.account(f"Customer {n}", "en") for n in range(count)]
        with self.telegram.held():
            for rater in [self.operator, self.supervisor, *raters]:
                await rater.starts()
        await app.lease.renew()
        await app.prepare()
        await app.poller.poll()
        while await app.poller.poll():
            pass
        numbers = [await self._survey(app, rater) for rater in raters]
        await app.lease.release()
        await app.close()
        return list(zip(raters, numbers, strict=True))

    async def _survey(self, app: App, rater: Account) -> int:
        async with app.database.writing() as tx:
            customer = await tx.people.by_telegram(rater.id)
            operator = await tx.people.by_telegram(self.operator.id)
            assert customer is not None
            assert operator is not None
            conversation = await tx.conversations.add(
                Conversation(
                    customer_id=customer.id,
                    state=ConversationState.CLOSED,
                    outcome=Outcome.SOLVED,
                    holder_id=operator.id,
                    last_answer_by_id=operator.id,
                    closed_by_id=operator.id,
                    opened_at=utc_now(),
                    closed_at=utc_now(),
                )
            )
            for author in (customer, operator):
                await tx.messages.add(
                    Message(
                        conversation_id=conversation.id,
                        author_id=author.id,
                        from_customer=author is customer,
                        sent_at=utc_now(),
                        kind=ContentKind.TEXT,
                        text="Where is my receipt? It was to come on Monday.",
                        telegram_message_id=1,
                    )
                )
            await surveys.ask(tx, conversation=conversation, rules=app.rules, now=utc_now())
            survey = await tx.surveys.of_conversation(conversation.id)
        assert survey is not None
        return survey.id


async def tap_to_alert(bench: Bench, raters: list[tuple[Account, int]]) -> list[float]:
    """Seconds from each tap, queued at the server, to the alert's arrival there."""
    took: list[float] = []
    for rater, number in raters:
        while not bench.arrived.empty():
            bench.arrived.get_nowait()
        began = time.perf_counter()
        await rater.taps_data(StarTap(survey_id=number, stars=1).pack())
        took.append(await bench.arrived.get() - began)
        await asyncio.sleep(PAUSE)
    return took


def memory(pid: int) -> float:
    """MiB a process keeps in memory."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def measure(quick: bool) -> Sequence[Finding]:
    return asyncio.run(_measure(TAPS // 5 if quick else TAPS))


async def _measure(taps: int) -> Sequence[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/otklik.db"
        await migrate(url)
        telegram = Telegram(clock=utc_now)
        telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
        await telegram.start()
        bench = Bench(
            telegram, url, telegram.account("Vera", "en"), telegram.account("Boris", "en")
        )
        telegram.observers.append(bench.hears)
        raters = await bench.asked(taps)
        starts: list[float] = []
        kept = 0.0
        for _ in range(STARTS):
            bot, took = await bench.starts()
            starts.append(took)
            await asyncio.sleep(2)
            kept = memory(bot.pid)
            bot.terminate()
            await bot.wait()
        bot, _ = await bench.starts()
        await asyncio.sleep(taps / 20)  # the surveys go out first
        alerts = await tap_to_alert(bench, raters)
        bot.terminate()
        await bot.wait()
        await telegram.stop()
    p99 = quantiles(alerts, n=100)[98]
    return [
        Finding("p50", median(alerts) * 1000, "ms"),
        Finding("p99", p99 * 1000, "ms"),
        Finding("start", median(starts), "s"),
        Finding("memory", kept, "MiB"),
    ]
