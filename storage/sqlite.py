"""SQLite for the event loop: what takes microseconds is done on the spot, what waits is not.

An asynchronous driver that hands each call to a thread costs 0.3 to 0.7 ms a statement, of which
SQLite works 0.02. So statements run in the loop's own thread, and so do commits while the disk
takes less than a change of threads does. In a thread run the commits of a slower disk, and what
is marked with `LONG` because it reads much. A lock of another process is waited for without
holding the loop.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Pool, make_url
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only

LONG = {"long": True}
"""Execution options of a statement that reads much: it runs, and is read, in a thread."""
LOCKED_FOR = 5.0
"""Seconds that another process may hold the database before we say that it fails."""
LOOK_EVERY = 0.02
QUICK = 0.0015
"""Seconds, lately, of a commit that is not worth a change of threads."""
LOOK_AGAIN = 50
"""One in so many of a slow disk's commits is timed on the spot: a thread that has committed waits
for its turn to say so, and cannot tell how long the disk took."""


class SqliteInLoop(SQLiteDialect_pysqlite):
    """Used by one event loop; a connection by one task at a time, as the pool sees to."""

    driver = "inloop"
    is_async = True
    supports_statement_cache = True
    _flush = 0.0
    """Seconds a commit takes lately: the mean of about the last five that were timed."""
    _commits = 0

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        where, how = super().create_connect_args(url)
        return where, {
            **how,
            "check_same_thread": False,
            "timeout": 0,
            "isolation_level": None,
            "factory": _Connection,
        }

    def do_execute(
        self, cursor: Any, statement: Any, parameters: Any, context: Any = None
    ) -> None:
        if context is not None and context.execution_options.get("long"):
            rows = _when_free(
                lambda: _in_thread(lambda: cursor.execute(statement, parameters).fetchall())
            )
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                cursor, cursor.description, initial_buffer=rows
            )
        else:
            _when_free(lambda: cursor.execute(statement, parameters))
            await_only(_over())

    def do_executemany(
        self, cursor: Any, statement: Any, parameters: Any, context: Any = None
    ) -> None:
        _when_free(lambda: cursor.executemany(statement, parameters))

    def do_execute_no_params(self, cursor: Any, statement: Any, context: Any = None) -> None:
        _when_free(lambda: cursor.execute(statement))

    def do_commit(self, dbapi_connection: Any) -> None:
        if not dbapi_connection.in_transaction:
            return
        commit = dbapi_connection.commit
        self._commits += 1
        if self._flush > QUICK and self._commits % LOOK_AGAIN:
            _in_thread(commit)
        else:
            self._flush += (_timed(commit) - self._flush) / 5


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks it of a cursor that might still wait for rows: ours never do."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


registry.register("sqlite.inloop", __name__, SqliteInLoop.__name__)


def in_loop(url: str) -> URL:
    """The same database, by way of this module."""
    return make_url(url).set(drivername="sqlite+inloop")


async def _over() -> None:
    """SQLAlchemy takes a driver that never awaits for one that is not asynchronous."""


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _in_thread(work: Callable[[], Any]) -> Any:
    return await_only(_to_the_end(work))


async def _to_the_end(work: Callable[[], Any]) -> Any:
    """Who is told to stop meanwhile hears of it when the connection is free again."""
    under_way = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        return await asyncio.shield(under_way)
    except asyncio.CancelledError:
        await asyncio.wait([under_way])
        raise


def _when_free(work: Callable[[], Any]) -> Any:
    """Do it now, or as soon as another process lets go of the database."""
    patience = 0.0
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            patience = patience or time.monotonic() + LOCKED_FOR
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            await_only(asyncio.sleep(LOOK_EVERY))
