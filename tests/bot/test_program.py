"""`python -m bot` as whoever starts it sees it: one sentence, a code, never a traceback."""

import asyncio
import os
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.clock import utc_now
from playground.faults import Fault
from playground.telegram import Telegram
from tests.conftest import TOKEN


class Ran:
    def __init__(self, code: int | None, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def sentence(self) -> str:
        """What it says when it cannot start: one line, whatever the log says beside it."""
        assert self.code == 2, (self.code, self.err)
        assert "Traceback" not in self.err
        (said,) = [line for line in self.err.splitlines() if line.startswith("otklik: ")]
        return said.removeprefix("otklik: ")


async def begin(*words: str, **settings: str) -> asyncio.subprocess.Process:
    environment = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        env={"HTTP_PORT": "0", **environment, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run(*words: str, **settings: str) -> Ran:
    process = await begin(*words, **settings)
    out, err = await process.communicate()
    return Ran(process.returncode, out.decode(), err.decode())


@pytest.fixture
def disk(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'otklik.db'}"


@pytest.fixture
async def telegram() -> Telegram:
    telegram = Telegram(clock=utc_now)
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    return telegram


async def test_without_a_token(disk: str) -> None:
    assert "BOT_TOKEN is not set" in (await run(DATABASE_URL=disk)).sentence


async def test_a_token_of_the_wrong_form(disk: str) -> None:
    ran = await run(BOT_TOKEN="rubbish", DATABASE_URL=disk)
    assert "BOT_TOKEN" in ran.sentence
    assert "rubbish" not in ran.err


async def test_a_token_telegram_does_not_know(disk: str, telegram: Telegram) -> None:
    ran = await run(
        BOT_TOKEN="43:UNKNOWN",
        BOT_API_URL=telegram.url,
        DATABASE_URL=disk,
    )
    assert "Telegram does not accept it" in ran.sentence
    assert "UNKNOWN" not in ran.err
    await telegram.stop()


async def test_a_server_that_is_not_there(disk: str) -> None:
    ran = await run(BOT_TOKEN=TOKEN, BOT_API_URL="http://127.0.0.1:9", DATABASE_URL=disk)
    assert "BOT_API_URL=http://127.0.0.1:9: the server cannot be reached" in ran.sentence


async def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    ran = await run(
        BOT_TOKEN=TOKEN, DATABASE_URL="postgresql+asyncpg://user:secret@127.0.0.1:9/none"
    )
    assert "the database cannot be reached" in ran.sentence
    assert "secret" not in ran.err

    folder = tmp_path / "folder"
    folder.mkdir()
    ran = await run(BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite+aiosqlite:///{folder}")
    assert "the database cannot be reached" in ran.sentence


async def test_a_wrong_setting(disk: str) -> None:
    ran = await run(BOT_TOKEN=TOKEN, DATABASE_URL=disk, REPLY_WITHIN="5 minutes")
    assert ran.sentence.startswith("REPLY_WITHIN=5 minutes")


async def test_a_schema_newer_than_the_program(tmp_path: Path) -> None:
    path = tmp_path / "otklik.db"
    with sqlite3.connect(path) as newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()
    ran = await run(BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite+aiosqlite:///{path}")
    assert "made by a newer Otklik (step 9999)" in ran.sentence


async def test_migrate_says_what_it_did(disk: str) -> None:
    assert (await run("migrate", DATABASE_URL=disk)).out == "The database is up to date now.\n"
    assert (await run("migrate", DATABASE_URL=disk)).out == "The database is up to date.\n"


async def test_a_start_a_link_for_the_first_supervisor_and_a_clean_stop(
    disk: str, telegram: Telegram
) -> None:
    process = await begin(BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url, DATABASE_URL=disk)
    assert process.stdout is not None
    said = (await process.stdout.readline()).decode()
    assert "https://t.me/otklik_bot?start=setup-" in said

    second = await run(BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url, DATABASE_URL=disk)
    assert "another Otklik is running on this database" in second.sentence

    process.send_signal(signal.SIGTERM)
    _, err = await process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in err.decode()
    await telegram.stop()


async def test_a_stop_does_not_wait_for_a_server_that_hangs(disk: str, telegram: Telegram) -> None:
    process = await begin(BOT_TOKEN=TOKEN, BOT_API_URL=telegram.url, DATABASE_URL=disk)
    assert process.stdout is not None
    await process.stdout.readline()
    telegram.faults.add(Fault.delay, method="sendMessage", seconds=60, times=None)
    telegram.faults.add(Fault.delay, method="setMyCommands", seconds=60, times=None)
    await telegram.account("Anna", "en").types("Hello")
    async with asyncio.timeout(10):
        while telegram.pending(TOKEN):  # noqa: ASYNC110 - another process is at work
            await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)

    began = asyncio.get_running_loop().time()
    process.send_signal(signal.SIGTERM)
    _, err = await process.communicate()
    assert asyncio.get_running_loop().time() - began < 5
    assert process.returncode == 0
    assert "Traceback" not in err.decode()
    await telegram.stop()


async def test_a_port_that_is_taken(disk: str, telegram: Telegram) -> None:
    port = telegram.url.rpartition(":")[2]
    ran = await run(
        BOT_TOKEN=TOKEN,
        BOT_API_URL=telegram.url,
        DATABASE_URL=disk,
        WEBHOOK_URL="http://127.0.0.1/hook",
        WEBHOOK_SECRET="a-secret_of-25-characters",
        HTTP_HOST="127.0.0.1",
        HTTP_PORT=port,
    )
    assert f"127.0.0.1:{port}" in ran.sentence
    await telegram.stop()
