"""Engine and units of work.

    async with database.writing() as tx:
        ...                         # commits here, or rolls back on any exception

A unit of work is short: nobody awaits the network, a model or a chart while holding one, because
SQLite has exactly one pen to write with.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Connection, ExceptionContext, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.ext.asyncio import create_async_engine as create_engine
from sqlalchemy.orm import Session

from storage.alerts import Alerts
from storage.appeals import Appeals
from storage.audit import Audit
from storage.cards import Cards
from storage.conversations import Conversations
from storage.deliveries import Deliveries, SentMessages
from storage.diary import Diary, DiaryDrafts, Pushes
from storage.figures import Figures
from storage.forms import Forms
from storage.glimpses import Glimpses
from storage.held_back import HeldBack
from storage.imported import Imported
from storage.jobs import Jobs
from storage.lasting import Lasting
from storage.leases import Leases, Slots
from storage.lexicon import LexiconWords
from storage.messages import Messages
from storage.models import Base
from storage.numbers import Numbers
from storage.opinions import Opinions
from storage.outlived import Outlived
from storage.parked import Parked
from storage.people import Invites, People, Teams
from storage.plans import Plans
from storage.records import Records
from storage.standing import Standings
from storage.surveys import Surveys
from storage.timers import Timers
from storage.traces import Traces
from storage.updates import StalledUpdates, Updates
from storage.waits import Waits

logger = logging.getLogger(__name__)

READ_ONLY = "25006"
FAILING = ("08", "25006", "25P03", "28", "3D", "40", "53", "55", "57", "58")
"""What PostgreSQL's codes begin with when it fails itself: no connection, read-only, idle for too
long, nobody let in, deadlock or serialization, out of something, locked, shut down, its disk."""


OVERTAKEN = ("40001", "40P01")
"""PostgreSQL's codes for: two transactions were in each other's way, and this one gave way."""

OVERTAKEN_AT_MOST = 5
"""So often in a row before it is a failure like any other."""

FROZEN_AFTER = "3s"
"""A transaction in which nothing is asked for so long is undone, so that a process that was
stopped in the middle holds up nobody: not even whoever would take over from it."""


class DatabaseFailed(Exception):
    """Locked, full, read-only or gone: no update's fault. Nothing of the transaction was kept."""


class Overtaken(DatabaseFailed):
    """Another transaction was in the way: the same again, at once, will do."""


Kept = dict[Hashable, tuple[datetime, Any]]


class UnitOfWork:
    """Every collection, seen through one transaction."""

    def __init__(self, session: AsyncSession, kept: Kept | None = None) -> None:
        self._session = session
        self.kept: Kept = {} if kept is None else kept
        """What is reckoned from many records and may be a little old: with when it was made."""
        self.news: set[str] = set()
        ring = self.news.add
        self.updates = Updates(session)
        self.stalled = StalledUpdates(session)
        self.teams = Teams(session)
        self.people = People(session)
        self.invites = Invites(session)
        self.audit = Audit(session)
        self.conversations = Conversations(session)
        self.messages = Messages(session)
        self.held_back = HeldBack(session)
        self.waits = Waits(session)
        self.alerts = Alerts(session)
        self.surveys = Surveys(session, self.alerts)
        self.diary = Diary(session)
        self.drafts = DiaryDrafts(session)
        self.pushes = Pushes(session)
        self.plans = Plans(session)
        self.appeals = Appeals(session)
        self.lexicon = LexiconWords(session)
        self.imported = Imported(session)
        self.figures = Figures(session, self.imported)
        self.opinions = Opinions(session, self.imported)
        self.forms = Forms(session)
        self.timers = Timers(session)
        self.slots = Slots(session)
        self.leases = Leases(session)
        self.sent = SentMessages(session)
        self.traces = Traces(session)
        self.jobs = Jobs(session, ring)
        self.deliveries = Deliveries(session, ring)
        self.cards = Cards(session, self.deliveries, ring)
        self.standing = Standings(session)
        self.numbers = Numbers(session)
        self.parked = Parked(session)
        self.outlived = Outlived(session)
        self.records = Records(session)
        self.glimpses = Glimpses(session)

    async def clock(self) -> datetime | None:
        """What time it is where the database is; None: it is a file, and has no clock."""
        if self._session.get_bind().dialect.name != "postgresql":
            return None
        moment: datetime | None = await self._session.scalar(text("SELECT clock_timestamp()"))
        return moment

    async def lock_chats(self, chats: Sequence[int]) -> None:
        """Whoever else works on one of these chats waits until we are done.

        Sorted and in one statement, so that two batches cannot wait for each other. SQLite's
        single writer needs none of it.
        """
        if self._session.get_bind().dialect.name == "postgresql" and chats:
            await self._session.execute(
                text(
                    "SELECT pg_advisory_xact_lock(chat) FROM"
                    " (SELECT DISTINCT unnest(CAST(:chats AS bigint[])) AS chat ORDER BY 1) sorted"
                ),
                {"chats": list(chats)},
            )

    async def fill(self, rows: Sequence[Base]) -> None:
        """Put many rows of one kind in, which have their numbers already."""
        await self._session.run_sync(lambda session: session.bulk_save_objects(rows))

    async def flush(self) -> None:
        """Write what was gathered, a statement a kind."""
        await self._session.run_sync(self._write)

    def _write(self, session: Session) -> None:
        session.flush()
        connection = session.connection()
        for gathered in (
            self.updates,
            self.forms,
            self.timers,
            self.cards,
            self.deliveries,
            self.jobs,
        ):
            gathered.write(connection)

    async def hurry(self, now: datetime) -> None:
        """What waits for another try is tried at once: the moment it waits for may be far away,
        because it was reckoned by a clock that has been set back since."""
        for waiting in (self.deliveries, self.cards, self.jobs, self.stalled, self.timers):
            await waiting.hurry(now)

    async def announce(self) -> None:
        """Tell other processes' deliverers; what is told in a transaction is heard after it."""
        if self.news and self._session.get_bind().dialect.name == "postgresql":
            await self._session.execute(
                text("SELECT pg_notify('otklik', :news)"), {"news": ",".join(sorted(self.news))}
            )


class Database:
    """`on_news` hears after each commit what there is to do: "delivery", "jobs"."""

    def __init__(
        self,
        url: str,
        on_news: Callable[[set[str]], None] = lambda _: None,
        steady: Callable[[], float] = monotonic,
    ) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._on_news = on_news
        self._kept: Kept = {}
        self._failing = Lasting(logger, "the database fails", steady)
        if self.is_sqlite:
            self._engine = create_engine(url, pool_size=4, hide_parameters=True)
            self._pen = create_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
            _speak_sqlite(self._engine, "DEFERRED")
            _speak_sqlite(self._pen, "IMMEDIATE")
            self._turn: asyncio.Lock | nullcontext[None] = asyncio.Lock()
        else:
            self._engine = create_engine(
                url, pool_size=8, pool_pre_ping=True, hide_parameters=True
            )
            self._pen = create_engine(
                url,
                pool_size=8,
                pool_pre_ping=True,
                hide_parameters=True,
                connect_args={
                    "server_settings": {"idle_in_transaction_session_timeout": FROZEN_AFTER}
                },
            )
            self._turn = nullcontext()
        for engine in (self._engine, self._pen):
            _open_anew(engine)
        self._reading = async_sessionmaker(self._engine, expire_on_commit=False, autoflush=False)
        self._writing = async_sessionmaker(self._pen, expire_on_commit=False)

    @property
    def engine(self) -> AsyncEngine:
        """What reading goes through, for tools that look at how it is done."""
        return self._engine

    @property
    def pen(self) -> AsyncEngine:
        """What writing goes through, for the same."""
        return self._pen

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """The state as of now; what is changed inside is not kept."""
        with self._failures_named():
            async with self._reading() as session:
                yield UnitOfWork(session, self._kept)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[UnitOfWork]:
        """All or nothing; DatabaseFailed when the database, not the work, is at fault."""
        with self._failures_named():
            async with self._turn, self._writing() as session, session.begin():
                tx = UnitOfWork(session, self._kept)
                yield tx
                await tx.flush()
                await tx.announce()
        self._failing.gone()
        if tx.news:
            self._on_news(tx.news)

    async def written(self, work: Callable[[UnitOfWork], Awaitable[None]]) -> None:
        """`work` in a transaction of its own, and again if another one was in its way."""
        for _ in range(OVERTAKEN_AT_MOST):
            with suppress(Overtaken):
                async with self.writing() as tx:
                    await work(tx)
                return
        async with self.writing() as tx:
            await work(tx)

    async def scour(self) -> None:
        """What was deleted is in the file no more: SQLite keeps older pages in its log beside it.

        PostgreSQL's own vacuum does as much, in its own time. Errors: DatabaseFailed, when others
        still read the older pages.
        """
        if not self.is_sqlite:
            return
        with self._failures_named():
            async with self._turn, self._pen.connect() as connection:
                raw = await connection.get_raw_connection()
                driver: Any = raw.driver_connection
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as answer:
                    busy, *_ = await answer.fetchone()
        if busy:
            raise DatabaseFailed("older pages are still read")

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        """The database's become DatabaseFailed; errors of a statement stay what they are."""
        try:
            yield
        except BaseException as error:
            if not is_the_databases(error):
                raise
            why = f"{type(error).__name__}: {_reason(error)}"
            if _state(error) in OVERTAKEN:
                raise Overtaken(why) from error
            self._failing.met(why)
            raise DatabaseFailed(why) from error

    async def close(self) -> None:
        await self._engine.dispose()
        await self._pen.dispose()


def is_the_databases(error: BaseException) -> bool:
    """Whether the error says the database fails, and not the statement or its values."""
    if isinstance(error, OperationalError | InterfaceError | PoolExhausted):
        return True
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _state(error).startswith(FAILING)
    return isinstance(error, ConnectionError | OSError)


def _state(error: BaseException) -> str:
    """PostgreSQL's code for what went wrong; "" where there is none."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", "") or "")


def _reason(error: BaseException) -> str:
    """The driver's own sentence, without the statement and the values people wrote."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _open_anew(engine: AsyncEngine) -> None:
    """A connection that may only read stays so, even when others may write again."""

    @event.listens_for(engine.sync_engine, "handle_error")
    def judge(context: ExceptionContext) -> None:
        error = context.sqlalchemy_exception
        if error is not None and (_state(error) == READ_ONLY or "readonly" in _reason(error)):
            context.is_disconnect = True


def _speak_sqlite(engine: AsyncEngine, begin: str) -> None:
    """Foreign keys on, readers never blocked, what was said is on disk, SQLAlchemy says BEGIN."""

    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy, not the driver, says BEGIN
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            "busy_timeout=5000",
            "synchronous=FULL",
            "secure_delete=ON",  # who deletes their data is not to be found in free pages
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def say_begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")
