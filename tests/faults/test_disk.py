"""SQLite locked, its disk full or read-only: nothing is confirmed, all of it comes again."""

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TOKEN
from tests.faults.conftest import Opens, Town, says_so_once, until

FAILS = "the database fails"
MOST_SAID = 6
"""Lines of a quarter of an hour without room: a small write finds some in between, and then it
seems to be over, and begins again."""


class Disk:
    """A small file system of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._filler = path / "filler"

    def fill(self) -> None:
        with self._filler.open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"0" * 4096)
            except OSError:
                return

    def clear(self) -> None:
        self._filler.unlink()

    def allows(self, what: str) -> None:
        """Reading alone (`ro`), or writing, too (`rw`)."""
        subprocess.run(["mount", "-o", f"remount,{what}", str(self.path)], check=True)  # noqa: S603, S607


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(path)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("only root may mount a file system")
    yield Disk(path)
    subprocess.run(["umount", "-l", str(path)], check=True)  # noqa: S603, S607


@pytest.fixture
async def on_disk(opens: Opens, disk: Disk, migrated_sqlite: Path) -> Town:
    path = shutil.copy(migrated_sqlite, disk.path / "desk.db")
    return await opens(f"sqlite+aiosqlite:///{path}")


async def test_locked_by_another_program(town: Town) -> None:
    bot = await town.starts()
    await town.is_listening()
    other = sqlite3.connect(town.url.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await town.traffic.more(10)
    await until(lambda: bool(bot.lines(FAILS)))
    other.execute("ROLLBACK")
    other.close()
    await town.nothing_is_lost()
    await says_so_once(town, bot, FAILS)
    assert bot.lines("database is locked")
    assert len(bot.lines("WARNING")) == 2, bot.log


async def test_full(on_disk: Town, disk: Disk) -> None:
    town = on_disk
    bot = await town.starts()
    await town.is_listening()
    disk.fill()
    await town.traffic.talks(10)
    await until(lambda: bool(bot.lines(FAILS)))
    for _ in range(60):  # a quarter of an hour, and longer than a lease that nobody can renew
        town.hands.passes(seconds=15)
        await asyncio.sleep(0.1)
    waiting = town.telegram.pending(TOKEN)
    disk.clear()
    assert waiting > 0
    await town.nothing_is_lost()
    await town.is_calm()
    await until(lambda: len(bot.lines(FAILS)) % 2 == 0)
    said = bot.lines(FAILS)
    assert len(said) <= MOST_SAID, bot.log
    assert all("disk is full" in begun for begun in said[::2])
    met = [re.search(r"over, met (\d+) times", over) for over in said[1::2]]
    assert sum(int(each[1]) for each in met if each) >= 15, bot.log  # lines of a careless log
    assert len(bot.lines("Telegram was not heard from")) == 1
    assert len(bot.lines("WARNING") + bot.lines("ERROR")) == len(said) + 1, bot.log
    await bot.stop()


async def test_read_only_when_it_starts(on_disk: Town, disk: Disk) -> None:
    town = on_disk
    await town.traffic.more(10)
    disk.allows("ro")
    bot = await town.starts()
    assert await bot.ends() == 2
    assert len(bot.lines("otklik: ")) == 1
    assert "Traceback" not in bot.log
    disk.allows("rw")
    bot = await town.starts()
    await town.nothing_is_lost()
    await bot.stop()
