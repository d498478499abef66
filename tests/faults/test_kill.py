"""`kill -9` of the real process, again and again, where it would hurt most.

Every call to the Bot API takes 60 ms, as it may over a network: on loopback the windows are too
narrow to be hit. At least 100 updates wait at each kill.
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.assembly import build_app
from bot.clock import utc_now
from bot.pace import Pace
from bot.settings import Settings
from handlers.callbacks import CloseTap, StarTap, TakeTap
from playground.people import Account
from playground.telegram import Telegram
from tests.conftest import TOKEN

ROUNDS = 21
WAITING = 100
"""Updates that wait at Telegram at each kill, at least."""
DELAY = 0.06
PAIRS = 10
"""Customers in the middle of a conversation, each with an operator of their own."""
RATING = 8
"""Customers with an open survey."""
NTH = {
    "before commit": range(1, 13),
    "before offset": (1, 2, 2),  # at 2 a batch is confirmed in between, so the next is new
    "after send": range(1, 13),
}
"""Which time the point is come to it is stopped there."""
LATEST = 60
"""Seconds a process may take to come to the point where it is killed."""


@dataclass
class Traffic:
    """People who go on writing and tapping, whatever happens to the bot."""

    telegram: Telegram
    dice: random.Random
    customers: list[Account] = field(default_factory=list)
    operators: list[Account] = field(default_factory=list)
    raters: list[tuple[Account, int]] = field(default_factory=list)
    """With the number of their survey."""
    wrote: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """By who and to whom: what, in order."""
    taps: Counter[int] = field(default_factory=Counter)
    """By survey."""
    said: int = 0

    async def goes_on(self, until_waiting: int) -> None:
        while self.telegram.pending(TOKEN) < until_waiting:
            await self.one()

    async def one(self) -> None:
        if self.dice.random() < 0.4:
            rater, survey_id = self.dice.choice(self.raters)
            self.taps[survey_id] += 1
            stars = self.dice.choice((3, 4, 5))
            await rater.taps_data(StarTap(survey_id=survey_id, stars=stars).pack())
            return
        pair = self.dice.randrange(PAIRS)
        customer, operator = self.customers[pair], self.operators[pair]
        writer, reader = self.dice.choice([(customer, operator), (operator, customer)])
        self.said += 1
        words = f"message {self.said}"
        self.wrote.setdefault((writer.id, reader.id), []).append(words)
        await writer.types(words)


@dataclass
class Report:
    waiting: list[int] = field(default_factory=list)
    fell: Counter[str] = field(default_factory=Counter)
    repeated: int = 0


@pytest.fixture
async def busy() -> AsyncIterator[Telegram]:
    began = utc_now()
    telegram = Telegram(clock=lambda: began)  # a tap is not to grow too old on a slow machine
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    yield telegram
    await telegram.stop()
    assert list(telegram.violations) == []


async def open_the_desk(telegram: Telegram, url: str) -> Traffic:
    """Conversations that are held, and surveys that are open; the bot is stopped afterwards."""
    traffic = Traffic(telegram, random.Random(7))  # noqa: S311 - not a secret
    hired = [telegram.account(f"Operator {n}", "en") for n in range(PAIRS)]
    settings = settings_for(telegram, url, hired)
    app = build_app(settings, pace=Pace(limits=None))
    await app.lease.renew()
    await app.prepare()
    telegram.on_action = lambda: settle(app.settle)
    for operator in hired:
        await operator.starts()
    traffic.operators = hired
    number = 0
    for n in range(RATING):
        customer, number = telegram.account(f"Rater {n}", "en"), number + 1
        await customer.types("Hello")
        await hired[n % PAIRS].taps_data(TakeTap(conversation_id=number).pack())
        await hired[n % PAIRS].types("All done")
        close = CloseTap(conversation_id=number, outcome="solved")
        await hired[n % PAIRS].taps_data(close.pack())
        async with app.database.reading() as tx:
            survey = await tx.surveys.of_conversation(number)
        assert survey is not None
        assert survey.sent_at is not None
        traffic.raters.append((customer, survey.id))
    for operator in hired:
        customer, number = telegram.account(f"Customer {number}", "en"), number + 1
        await customer.types("Good morning")
        await operator.taps_data(TakeTap(conversation_id=number).pack())
        await operator.types("Good morning to you")
        traffic.customers.append(customer)
    telegram.on_action = None
    await app.lease.release()
    await app.close()
    return traffic


async def settle(work: object) -> None:
    await work()  # type: ignore[operator]


def settings_for(telegram: Telegram, url: str, operators: list[Account]) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=url,
        operator_ids=",".join(str(operator.id) for operator in operators),
        log_level="ERROR",
    )


class Bots:
    """One bot after another on the same disk, each alive until it is killed."""

    def __init__(self, nursery: asyncio.subprocess.Process) -> None:
        self._nursery = nursery
        self._pid = 0

    @classmethod
    async def opens(cls, telegram: Telegram, url: str, operators: list[Account]) -> "Bots":
        environment = {
            **os.environ,
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": telegram.url,
            "DATABASE_URL": url,
            "OPERATOR_IDS": ",".join(str(operator.id) for operator in operators),
            "HTTP_PORT": "0",
            "LOG_LEVEL": "ERROR",
        }
        nursery = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.killable",
            env=environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return cls(nursery)

    async def start(self, point: str = "never", nth: int = 1) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{point}|{nth}\n".encode())
        self._pid = int((await self.says("PID")).removeprefix("PID "))

    async def says(self, beginning: str) -> str:
        """The next line of the bot that begins so."""
        assert self._nursery.stdout is not None
        async with asyncio.timeout(LATEST):
            while True:
                said = (await self._nursery.stdout.readline()).decode().strip()
                if said.startswith(beginning):
                    return said
                assert said, "the bots have ended by themselves"
                assert not said.startswith("GONE"), f"the bot ended by itself: {said}"

    async def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        assert await self.says("GONE") == f"GONE {-signal.SIGKILL}"

    async def stop(self) -> None:
        os.kill(self._pid, signal.SIGTERM)
        assert await self.says("GONE") == "GONE 0"

    async def close(self) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.close()
        await self._nursery.wait()


@pytest.mark.parametrize("point", ["before commit", "before offset", "after send"])
async def test_nothing_is_lost_and_nothing_happens_twice(
    busy: Telegram, sqlite_url: str, point: str, record_property: Callable[[str, object], None]
) -> None:
    traffic = await open_the_desk(busy, sqlite_url)
    operators, report = traffic.operators, Report()
    bots = await Bots.opens(busy, sqlite_url, operators)
    busy.faults.delay = DELAY
    for _ in range(ROUNDS):
        await traffic.goes_on(WAITING + 160)
        nth = traffic.dice.choice(NTH[point])
        await bots.start(point, nth)
        await bots.says(f"AT {point}")
        report.waiting.append(busy.pending(TOKEN))
        await bots.kill()
        report.fell[point] += 1

    busy.faults.delay = 0.0
    await bots.start()
    await everything_is_settled(busy, sqlite_url)
    await bots.stop()
    await bots.close()

    await check_records(traffic, sqlite_url)
    report.repeated = check_screens(traffic, kills=ROUNDS)
    assert min(report.waiting) >= WAITING
    record_property(
        "report",
        f"{report.fell[point]} kills {point}: {traffic.said} messages and"
        f" {traffic.taps.total()} taps, at least {min(report.waiting)} waiting at each;"
        f" none lost, none twice, {report.repeated} messages in flight sent again",
    )


async def everything_is_settled(telegram: Telegram, url: str) -> None:
    async with asyncio.timeout(120):
        while telegram.pending(TOKEN) or await count(url, UNSETTLED):  # noqa: ASYNC110
            await asyncio.sleep(0.2)  # another process is at work: nothing here could ring


UNSETTLED = "SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL"


async def count(url: str, statement: str) -> int:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        counted: int = (await connection.execute(text(statement))).scalar_one()
    await engine.dispose()
    return counted


async def check_records(traffic: Traffic, url: str) -> None:
    """No update without its effect, none with two; nothing given up."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        saved = await connection.execute(
            text("SELECT text FROM messages WHERE text LIKE 'message %' ORDER BY id")
        )
        texts = Counter(row[0] for row in saved)
        tapped = await connection.execute(
            text(
                "SELECT survey_id, count(*) AS taps FROM answers WHERE question = 'stars'"
                " GROUP BY survey_id"
            )
        )
        taps = {row.survey_id: row.taps for row in tapped}
        parked = (
            await connection.execute(text("SELECT count(*) FROM stalled_updates"))
        ).scalar_one()
    await engine.dispose()
    assert texts == Counter(f"message {n}" for n in range(1, traffic.said + 1))
    assert taps == dict(traffic.taps)
    assert parked == 0


def check_screens(traffic: Traffic, kills: int) -> int:
    """Nothing saved unsent, in the order it was written; how many messages came again."""
    people = {person.id: person for person in [*traffic.customers, *traffic.operators]}
    repeated = 0
    for (_, reader), words in traffic.wrote.items():
        seen = [
            shown.text for shown in people[reader].received if (shown.text or "") in set(words)
        ]
        assert list(dict.fromkeys(seen)) == words
        again = len(seen) - len(words)
        assert again <= kills, "more than the message in flight was repeated"
        repeated += again
    return repeated


def test_points_are_those_of_the_program() -> None:
    """A renamed point would never be reached, and the test above would wait in vain."""
    program = "".join(path.read_text() for path in Path("bot").glob("*.py"))
    for point in ("before commit", "before offset", "after send"):
        assert f'_watch("{point}")' in program
