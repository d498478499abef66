"""The same bot twice: on one database, on two, and beside a webhook somebody has set."""

import asyncio
import os
import shutil
import signal
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from bot.assembly import build_bot
from bot.settings import Settings
from tests.conftest import TOKEN
from tests.faults.bots import LATEST
from tests.faults.conftest import Opens, Town, says_so_once, until


async def test_on_one_database_the_second_sees_the_first(opens: Opens, database_url: str) -> None:
    town = await opens(database_url)
    first = await town.starts()
    await town.is_listening()
    second = await town.starts()
    assert await second.ends() == 2
    assert second.lines("otklik: another Otklik is running on this database")

    await town.traffic.more(6)
    await town.nothing_is_lost()
    await first.stop()


async def freeze(process: int, url: str) -> None:
    """Stop it at a moment when it holds no file locked: whoever is stopped in the middle of a
    transaction of SQLite's holds everybody up, and nobody can do anything about that."""
    while True:
        os.kill(process, signal.SIGSTOP)
        if not url.startswith("sqlite"):
            return
        file = sqlite3.connect(url.partition("///")[2], timeout=0.05, isolation_level=None)
        with closing(file) as another, suppress(sqlite3.OperationalError):
            another.execute("BEGIN IMMEDIATE")
            another.execute("ROLLBACK")
            return
        os.kill(process, signal.SIGCONT)
        await asyncio.sleep(0.02)


async def test_who_was_frozen_with_a_message_in_hand_does_not_send_what_another_has_sent(
    opens: Opens, database_url: str
) -> None:
    town = await opens(database_url)
    first = await town.starts(point="before send", is_gate=True)
    await town.is_listening()
    anna, boris = town.traffic.customers[0], town.traffic.operators[0]
    words = await town.traffic.writes(anna, boris)
    await first.comes_to("before send")
    await freeze(first.pid, database_url)

    second = await town.starts()
    await until(lambda: boris.last.words == words)
    town.hands.open_gate()
    sent = town.asked("sendMessage")
    os.kill(first.pid, signal.SIGCONT)
    await until(
        lambda: bool(first.lines("is left to another process")) or town.asked("sendMessage") > sent
    )
    assert town.asked("sendMessage") == sent

    await town.traffic.more(6)
    await town.nothing_is_lost()
    await first.stop()
    await second.stop()


async def test_on_two_databases_the_younger_gives_way_and_the_older_warns(
    town: Town, migrated_sqlite: Path, tmp_path: Path
) -> None:
    older = await town.starts()
    await town.is_listening()
    town.hands.passes(seconds=61)
    other = shutil.copy(migrated_sqlite, tmp_path / "other.db")
    younger = await town.starts(url=f"sqlite+aiosqlite:///{other}")
    async with asyncio.timeout(LATEST):
        while not younger.has_said_something:
            await until(lambda: town.hands.somebody_sleeps or younger.has_said_something)
            town.hands.passes(seconds=3)
            await until(lambda: not town.hands.somebody_sleeps)
    assert await younger.ends() == 2
    assert younger.lines("otklik: another Otklik answers with this BOT_TOKEN")
    met_at = town.conflicts
    for earlier, later in zip(met_at, met_at[2:], strict=False):  # the two are told in turn
        assert later - earlier >= timedelta(seconds=3)

    await town.traffic.more(6)
    town.hands.passes(seconds=3)
    await town.nothing_is_lost()
    for supervisor in town.traffic.supervisors:
        told = [s for s in supervisor.received if s.words.startswith("Another copy of this bot")]
        assert len(told) == 1
    await says_so_once(town, older, "somebody else polls")


async def test_a_webhook_that_somebody_set_is_removed_and_no_update_lost(town: Town) -> None:
    bot = await town.starts()
    await town.is_listening()
    settings = Settings.load(None, bot_token=TOKEN, bot_api_url=town.telegram.url)
    async with build_bot(settings).context() as somebody:
        await somebody.set_webhook("http://127.0.0.1:9/elsewhere")
    await town.traffic.more(6)
    await until(lambda: bool(bot.lines("a webhook was set for this token")))
    town.hands.passes(seconds=3)
    await town.nothing_is_lost()
