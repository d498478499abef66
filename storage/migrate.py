"""Bring a database to the schema this program was written for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.migrations import HEAD

T = TypeVar("T")

SCRIPTS = Path(__file__).with_name("migrations")
KNOWN = frozenset(path.stem.split("_")[0] for path in (SCRIPTS / "versions").glob("*.py"))
"""Every step this program knows."""
ONE_AT_A_TIME = 7_302_851
"""Number of the advisory lock PostgreSQL migrations queue on; any that nobody else uses."""


class SchemaTooNew(Exception):
    """The database was written by a newer Otklik: going on could spoil it."""


async def migrate(url: str, to: str = HEAD) -> bool:
    """Walk up to `to`; whether there was anything to do.

    Errors: SchemaTooNew; the driver's own when the database cannot be reached.
    """
    if url.startswith("sqlite"):
        _make_folder(url)
    return await _with(url, lambda connection: _upgrade(connection, to))


async def step(url: str) -> str | None:
    """The step the database stands on; None: there is nothing of ours in it, or no file at all.

    Errors: the driver's own when it cannot be reached.
    """
    path = file_of(url)
    if path is not None and not path.exists():
        return None
    return await _with(url, _revision)


async def walk(url: str, to: str) -> None:
    """Walk up or down to a step; for tests and for whoever must go back."""
    await _with(url, lambda connection: _walk(connection, to))


async def _with(url: str, work: Callable[[Connection], T]) -> T:
    if url.startswith("sqlite"):
        return _with_file(url, work)
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(
                text("SELECT pg_advisory_lock(:lock)"), {"lock": ONE_AT_A_TIME}
            )
            await connection.commit()
            return await connection.run_sync(work)
    finally:
        await engine.dispose()  # closing the connection gives the advisory lock back


def _with_file(url: str, work: Callable[[Connection], T]) -> T:
    """Without aiosqlite, whose thread outlives a file that cannot be opened by a moment.

    The program may be over by then, and the thread's complaint about that is all one would read.
    """
    engine = create_engine(url.replace("+aiosqlite", ""), poolclass=NullPool)
    with engine.connect() as connection:
        return work(connection)


def _upgrade(connection: Connection, to: str) -> bool:
    here = _revision(connection)
    if here == to:
        return False
    if here is not None and here not in KNOWN:
        raise SchemaTooNew(here)
    _walk(connection, to)
    return True


def _walk(connection: Connection, to: str) -> None:
    from alembic import command  # noqa: PLC0415 - 0.3 s that most starts need not spend

    if to == "base" or (_revision(connection) or "") > to:
        command.downgrade(config(connection), to)
    else:
        command.upgrade(config(connection), to)
    connection.commit()


def config(connection: Connection | None = None) -> Any:
    """Alembic's configuration, bound to a connection."""
    from alembic.config import Config  # noqa: PLC0415

    made = Config()
    made.set_main_option("script_location", str(SCRIPTS))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def _revision(connection: Connection) -> str | None:
    """The step the database stands on; None: it is empty."""
    found = None
    if inspect(connection).has_table("alembic_version"):
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    connection.commit()
    return found


def _make_folder(url: str) -> None:
    path = file_of(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


def file_of(url: str) -> Path | None:
    """Where SQLite keeps the database; None: PostgreSQL does, or nobody beyond this process."""
    path = url.partition("///")[2].partition("?")[0]
    return Path(path) if url.startswith("sqlite") and path not in {"", ":memory:"} else None
