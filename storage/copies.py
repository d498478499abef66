"""A copy of the whole database, taken while the bot goes on, and putting one back.

A copy is one moment of the database: what was being written just then is in it whole or not at
all. It appears under its name only once it has been read through and is on the disk.
"""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from storage import dumps
from storage.dumps import CopyFailed
from storage.migrate import KNOWN, file_of

Progress = Callable[[int, int | None], None]
"""`(done, of)`, in bytes; of None: nobody knows."""

PAGES = 2048
"""Copied between two words about the progress."""


def take(url: str, target: Path, progress: Progress, *, replace: bool) -> None:
    """Copy the database to `target`. Errors: CopyFailed; nothing is left behind then."""
    if target.exists() and not replace:
        raise CopyFailed(f"{target} is there already; --force replaces it")
    try:
        with _beside(target) as part:
            if (source := file_of(url)) is not None:
                _copy_file(source, part, progress)
            else:
                dumps.dump(url, part, progress)
                dumps.check(part)
            if target.exists() and not replace:
                raise CopyFailed(f"{target} has appeared meanwhile; --force replaces it")
            _put(part, target)
    except OSError as no:
        raise CopyFailed(f"{target} cannot be written: {no.strerror or no}") from no


def stage(url: str, file: Path, progress: Progress) -> Path | None:
    """Check a copy and lay it ready beside the database it is for; None where PostgreSQL takes it
    from the file itself. Errors: CopyFailed, with the database as it was."""
    if not file.is_file():
        raise CopyFailed(f"{file}: there is no such file")
    target = file_of(url)
    if target is None:
        dumps.check(file)
        return None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target) as part:
            _copy_file(file, part, progress)
            part.rename(staged := _near(target, "restore"))
    except OSError as no:
        raise CopyFailed(f"{target} cannot be written: {no.strerror or no}") from no
    return staged


def swap(url: str, staged: Path, aside: str) -> Path | None:
    """Put what was staged in the database's place; where the old one is now, which is kept under
    its name and `aside`. None: there was none. Nobody may be using it."""
    target = file_of(url)
    assert target is not None
    old: Path | None = None
    try:
        if target.exists():
            old = target.with_name(f"{target.name}.{aside}")
            for end in ("-wal", "-shm", ""):
                with suppress(FileNotFoundError):
                    target.with_name(target.name + end).rename(old.with_name(old.name + end))
            _belong_alike(staged, old)
        _put(staged, target)
    except OSError as no:
        raise CopyFailed(f"{target} cannot be replaced: {no.strerror or no}") from no
    return old


def carry_over(url: str, old: Path) -> None:
    """What waited to be sent when the copy was taken and was sent since, the old database knows:
    it is not sent again, and can be understood when somebody replies to it.

    Where the old one cannot be read, nothing is carried over.
    """
    target = file_of(url)
    assert target is not None
    with closing(sqlite3.connect(target, timeout=10, isolation_level=None)) as data:
        try:
            data.execute("ATTACH ? AS old", (str(old),))
            data.execute("BEGIN IMMEDIATE")
            for statement in CARRIED:
                data.execute(statement)
            data.execute("COMMIT")
        except sqlite3.Error:
            return  # closing rolls back


CARRIED = (
    """UPDATE deliveries SET due_at = NULL, settled_at = o.settled_at, message_id = o.message_id,
    failure = o.failure, picture = NULL FROM old.deliveries o
    WHERE o.key = deliveries.key AND o.due_at IS NULL AND deliveries.due_at IS NOT NULL""",
    """UPDATE cards SET message_id = o.message_id, shown = o.shown FROM old.cards o
    WHERE o.subject = cards.subject AND o.person_id = cards.person_id
    AND o.showing = cards.showing AND cards.message_id IS NULL""",
    """INSERT OR IGNORE INTO sent_messages SELECT o.* FROM old.sent_messages o
    WHERE o.subject IN (SELECT subject FROM deliveries UNION SELECT subject FROM cards)
    OR o.subject IN (SELECT 'message:' || id FROM messages)""",
)


def fill(url: str, file: Path, progress: Progress) -> None:
    """Put a copy into an empty PostgreSQL database. Errors: CopyFailed."""
    dumps.fill(url, file, progress)


def _copy_file(source: Path, part: Path, progress: Progress) -> None:
    """All pages within one reading transaction: the bot's writing neither waits nor shows."""
    try:
        with closing(_opened(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.execute("BEGIN")
            _check_ours(live, source)
            page = live.execute("PRAGMA page_size").fetchone()[0]
            live.backup(
                copy,
                pages=PAGES,
                progress=lambda _, left, of: progress((of - left) * page, of * page),
                sleep=0,
            )
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            if _rows(copy) != _rows(live):
                raise CopyFailed(f"the copy of {source} is not complete")
            _check_whole(copy, source)
    except sqlite3.Error as no:
        raise CopyFailed(f"{source} cannot be copied: {no}") from no


def _opened(path: Path) -> sqlite3.Connection:
    """Never makes a file that is not there."""
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, timeout=10, isolation_level=None
    )
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA query_only=ON")
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    try:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as no:
        raise CopyFailed(f"{path} is no database of Otklik's ({no})") from no
    if found is None or found[0] not in KNOWN:
        step = found[0] if found else "?"
        raise CopyFailed(f"{path} was made by a newer Otklik (step {step}); update the program")


def _check_whole(connection: sqlite3.Connection, path: Path) -> None:
    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise CopyFailed(f"{path} is damaged: {said}")


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
    }


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new file in the same folder, readable by nobody else; gone afterwards."""
    part = _near(target, "part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)


def _near(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.{what}")


def _put(part: Path, target: Path) -> None:
    """Under its name, and both on the disk."""
    _flush(part)
    part.replace(target)
    _flush(target.parent)


def _belong_alike(path: Path, other: Path) -> None:
    """Whoever could use the other file can use this one, although root put it there."""
    shutil.copymode(other, path)
    with suppress(PermissionError):
        os.chown(path, other.stat().st_uid, other.stat().st_gid)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
