"""`python -m bot push`: the week now, once to everybody, with and without a running bot."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.clock import utc_now
from playground.people import Account
from playground.telegram import Telegram
from tests.bot.test_program import begin, run
from tests.conftest import TOKEN


@pytest.fixture
def disk(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}"


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram(clock=utc_now)
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
def settings(disk: str) -> dict[str, str]:
    return {"DATABASE_URL": disk, "BOT_TOKEN": TOKEN, "LOCALE": "en"}


async def team(telegram: Telegram, settings: dict[str, str]) -> tuple[Account, Account]:
    """An operator and a supervisor who have said hello; the bot is stopped again."""
    boris, vera = telegram.account("Boris", "en"), telegram.account("Vera", "en")
    settings["BOT_API_URL"] = telegram.url
    settings["OPERATOR_IDS"], settings["SUPERVISOR_IDS"] = str(boris.id), str(vera.id)
    running = await begin(**settings)
    await boris.starts()
    await vera.starts()
    await until(lambda: bool(boris.received and vera.received))
    running.send_signal(signal.SIGTERM)
    assert await running.wait() == 0
    return boris, vera


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not done():  # noqa: ASYNC110 - it is another process that does it
            await asyncio.sleep(0.05)


def pictures(account: Account) -> list[str]:
    return [shown.words for shown in account.received if "photo" in shown.raw]


def pushes(disk: str) -> int:
    with sqlite3.connect(disk.removeprefix("sqlite+aiosqlite:///")) as database:
        found: int = database.execute("SELECT count(*) FROM kpi_pushes").fetchone()[0]
    return found


async def test_without_a_running_bot_push_sends_and_twice_sends_once(
    disk: str, telegram: Telegram, settings: dict[str, str]
) -> None:
    boris, vera = await team(telegram, settings)

    first = await run("push", **settings)
    second = await run("push", **settings)

    assert (first.code, first.out, first.err) == (0, "Charts sent to 2 people.\n", "")
    assert (second.code, second.out, second.err) == (
        0,
        "Everybody has had this week's chart.\n",
        "",
    )
    assert [len(pictures(boris)), len(pictures(vera))] == [1, 1]
    assert pictures(boris)[0].startswith("Your week, ")
    assert pictures(vera)[0].startswith("The team's week, ")
    assert pushes(disk) == 2


async def test_a_running_bot_sends_what_push_leaves(
    disk: str, telegram: Telegram, settings: dict[str, str]
) -> None:
    boris, vera = await team(telegram, settings)
    running = await begin(**settings)
    await boris.types("/help")
    before = len(boris.received)
    await until(lambda: len(boris.received) > before)

    pushed = await run("push", **settings)

    assert pushed.code == 0, pushed.err
    assert pushed.out == "Charts for 2 people are left to the bot that is running.\n"
    await until(lambda: bool(pictures(boris) and pictures(vera)))
    running.send_signal(signal.SIGTERM)
    assert await running.wait() == 0
    assert [len(pictures(boris)), len(pictures(vera)), pushes(disk)] == [1, 1, 2]
