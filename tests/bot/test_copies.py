"""`backup` beside a bot that runs, and `restore`: the real commands on the real files."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.clock import utc_now
from playground.people import Account
from playground.telegram import Telegram
from storage import copies
from storage.dumps import CopyFailed
from storage.migrate import migrate
from tests.bot.test_program import begin, run
from tests.bot.test_webhook import until
from tests.conftest import POSTGRES, TOKEN, drop, recreate

PATIENCE = 180
"""Seconds: a process starts in one, beside a busy machine's other work in many."""


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram(clock=utc_now)
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    yield telegram
    await telegram.stop()


class Team:
    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.anna = telegram.account("Anna", "en")
        self.boris = telegram.account("Boris", "en")
        self.vera = telegram.account("Vera", "en")

    @asynccontextmanager
    async def served(self, url: str) -> AsyncIterator[None]:
        """By the real process, until it is told to stop."""
        process = await begin(
            BOT_TOKEN=TOKEN,
            BOT_API_URL=self.telegram.url,
            DATABASE_URL=url,
            OPERATOR_IDS=str(self.boris.id),
            SUPERVISOR_IDS=str(self.vera.id),
        )
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            _, err = await process.communicate()
        assert process.returncode == 0, err.decode()

    async def begins(self) -> None:
        for account in (self.boris, self.vera):
            await account.starts()
        await self.all_taken()

    async def all_taken(self) -> None:
        await until(lambda: self.telegram.pending(TOKEN) == 0, PATIENCE)

    async def hears(self, account: Account, words: str) -> None:
        await until(lambda: words in said_to(account), PATIENCE)


def said_to(account: Account) -> str:
    return "\n".join(shown.words for shown in account.received)


def rows(path: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute(question).fetchall()


async def copied_and_put_back(
    team: Team, url: str, other: str, file: Path
) -> tuple[dict[str, str], str]:
    """A team at work, a copy in the middle of it, and the copy in the place of all that came
    after; what was sent until then, and what `restore` said."""
    async with team.served(url):
        await team.begins()
        await team.anna.types("Where is my order?")
        await until(lambda: "Take" in str(team.boris.buttons), PATIENCE)
        await team.boris.taps("Take")
        await team.hears(team.boris, "yours")
        backing = asyncio.ensure_future(run("backup", str(file), DATABASE_URL=url))
        for number in range(10):  # the bot goes on writing meanwhile
            await team.anna.types(f"Part {number}.")
            await asyncio.sleep(0.02)
        made = await backing
        assert made.code == 0, made.err
        assert "it is whole" in made.out
        await team.anna.types("After the copy")
        await team.hears(team.boris, "After the copy")
        refused = await run("restore", str(file), DATABASE_URL=url)
        if url == other:
            assert "another Otklik is running on this database" in refused.sentence
        else:
            assert "the database is not empty" in refused.sentence
        await team.all_taken()
    sent = {account.name: said_to(account) for account in (team.anna, team.boris, team.vera)}
    restored = await run("restore", str(file), DATABASE_URL=other)
    assert restored.code == 0, restored.err
    return sent, restored.out


async def nothing_is_said_twice(
    team: Team, sent: dict[str, str], url: str, *, old: bool = True
) -> None:
    """And the bot goes on from where the copy was taken. Without the old database what waited
    then is sent once more: nobody can know that it was."""
    async with team.served(url):
        await team.hears(team.vera, "The database was put back to a copy of")
        await team.anna.types("Are you there?")
        await team.hears(team.boris, "Are you there?")
        bella = team.telegram.account("Bella", "en")
        await bella.types("A new question")
        await team.hears(bella, "your number is 10")  # 1,002, which nobody was given
        await team.all_taken()
    for account in (team.anna, team.boris):
        new = said_to(account).removeprefix(sent[account.name])
        assert said_to(account).startswith(sent[account.name])
        assert "Part" not in new or not old
        assert "Where is my order?" not in new.replace("Are you there?", "")
    assert said_to(team.vera).count("was put back") == 1


async def test_a_copy_of_a_file_while_the_bot_writes_and_back(
    tmp_path: Path, telegram: Telegram
) -> None:
    data, file = tmp_path / "otklik.db", tmp_path / "copies" / "monday.db"
    file.parent.mkdir()
    url = f"sqlite+aiosqlite:///{data}"
    team = Team(telegram)
    sent, told = await copied_and_put_back(team, url, url, file)
    old = kept_beside(data, file, told)
    assert rows(old, "SELECT count(*) FROM messages WHERE text = 'After the copy'") == [(1,)]
    assert rows(data, "SELECT count(*) FROM messages WHERE text = 'After the copy'") == [(0,)]
    await nothing_is_said_twice(team, sent, url)


def kept_beside(data: Path, file: Path, told: str) -> Path:
    """Where the replaced database is; and the copy is one file, which nobody else may read."""
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o077 == 0
    old = data.with_name(told.splitlines()[0].rpartition(" ")[2].rstrip("."))
    assert old.exists()
    return old


async def test_a_copy_of_postgresql_while_the_bot_writes_and_back(
    tmp_path: Path, telegram: Telegram
) -> None:
    if POSTGRES is None or shutil.which("pg_dump") is None:
        pytest.skip("needs TEST_POSTGRES_URL and pg_dump")
    server, _, named = POSTGRES.rpartition("/")
    names = [f"{named}_copied_{os.getpid()}", f"{named}_back_{os.getpid()}"]
    for name in names:
        await recreate(POSTGRES, name)
    one, other = (f"{server}/{name}" for name in names)
    team = Team(telegram)
    try:
        await migrate(one)
        sent, _ = await copied_and_put_back(team, one, other, tmp_path / "monday.dump")
        await nothing_is_said_twice(team, sent, other, old=False)
    finally:
        for name in names:
            await drop(POSTGRES, name)


def test_a_copy_is_one_moment_whatever_is_written_meanwhile(
    migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PAGES", 1)
    data = Path(shutil.copy(migrated_sqlite, tmp_path / "data.db"))
    written, progress = 0, list[int]()

    def writes(done: int, _of: int | None) -> None:
        nonlocal written
        progress.append(done)
        if written == 300:
            return  # begun anew again and again, it would never end
        with closing(sqlite3.connect(data)) as bot:
            bot.execute("PRAGMA journal_mode=WAL")
            at = f"2026-03-02 07:00:{written:06}"
            bot.execute("INSERT INTO slots VALUES ('test', ?, ?, 1)", (at, at))
            bot.commit()
        written += 1

    with closing(sqlite3.connect(data)) as bot:
        bot.execute("PRAGMA journal_mode=WAL")
    copies.take(f"sqlite+aiosqlite:///{data}", tmp_path / "copy.db", writes, replace=False)
    assert written > 20
    assert progress == sorted(progress)  # never begun anew
    assert rows(tmp_path / "copy.db", "SELECT count(*) FROM slots WHERE name = 'test'") == [(0,)]
    assert rows(data, "SELECT count(*) FROM slots WHERE name = 'test'") == [(written,)]


def taken(data: Path, target: Path, *, replace: bool = False) -> None:
    copies.take(f"sqlite+aiosqlite:///{data}", target, lambda *_: None, replace=replace)


def test_what_is_there_is_not_replaced_by_accident(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = tmp_path / "copy"
    file.write_text("mine")
    with pytest.raises(CopyFailed, match="--force replaces it"):
        taken(migrated_sqlite, file)
    assert file.read_text() == "mine"
    taken(migrated_sqlite, file, replace=True)
    assert rows(file, "SELECT count(*) FROM teams") == [(1,)]


@pytest.mark.parametrize("name", ["no folder/copy", "file/copy"])
def test_a_place_that_cannot_be_written(name: str, tmp_path: Path, migrated_sqlite: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CopyFailed, match="cannot be written"):
        taken(migrated_sqlite, tmp_path / name)


async def test_commands_that_cannot_say_so_in_a_sentence(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'none.db'}"
    ran = await run("backup", str(tmp_path / "copy"), DATABASE_URL=url)
    assert "nothing to copy" in ran.sentence
    ran = await run("restore", str(tmp_path / "copy"), DATABASE_URL=url)
    assert "there is no such file" in ran.sentence
    assert await asyncio.to_thread(lambda: list(tmp_path.iterdir())) == []


def test_a_disk_that_fills_leaves_nothing_behind(tmp_path: Path, migrated_sqlite: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    limited = subprocess.run(  # noqa: S603 - our own words
        [
            "/bin/sh",
            "-c",
            f'ulimit -f 100; exec "{sys.executable}" -m bot backup "{folder}/copy"',
        ],
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": f"sqlite+aiosqlite:///{shutil.copy(migrated_sqlite, tmp_path)}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert limited.returncode == 2
    assert limited.stderr.count("\n") == 1
    assert "cannot be copied" in limited.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("what", ["text", "another database", "half", "newer"])
def test_what_is_no_copy_changes_nothing(what: str, tmp_path: Path, migrated_sqlite: Path) -> None:
    data = Path(shutil.copy(migrated_sqlite, tmp_path / "data.db"))
    file = tmp_path / "file"
    if what == "text":
        file.write_text("not a database" * 1000)
    elif what == "half":
        file.write_bytes(migrated_sqlite.read_bytes()[: migrated_sqlite.stat().st_size // 2])
    elif what == "newer":
        shutil.copy(migrated_sqlite, file)
        with sqlite3.connect(file) as newer:
            newer.execute("UPDATE alembic_version SET version_num = '9999'")
    else:
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE t (x)")
    before = data.read_bytes()
    with pytest.raises(CopyFailed, match=str(file)):
        copies.stage(f"sqlite+aiosqlite:///{data}", file, lambda *_: None)
    assert data.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"data.db", "file"}


def test_without_postgresqls_tools_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CopyFailed, match="pg_dump is not installed here; install PostgreSQL's"):
        copies.take(
            "postgresql+asyncpg://u:secret@127.0.0.1/x",
            tmp_path / "copy",
            lambda *_: None,
            replace=False,
        )
    assert list(tmp_path.iterdir()) == []
