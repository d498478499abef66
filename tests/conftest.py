import asyncio
import gc
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot import assembly
from bot.app import App
from bot.assembly import build_app
from bot.hearing import CannotHear, Ear, Heard
from bot.pace import Pace
from bot.settings import Settings
from kpi.card import WeeklyCard
from kpi.charts import picture
from kpi.pages import Page
from playground.people import Account
from playground.telegram import Telegram
from storage.database import Database
from storage.migrate import migrate
from storage.models import Base, Person
from tests.session import Session

MONDAY_MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""10:00 in Moscow, the team's zone."""

TOKEN = "42:TEST"  # noqa: S105 - of the playground
POSTGRES = os.environ.get("TEST_POSTGRES_URL")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


class Clock:
    """Stands still unless it is moved."""

    def __init__(self, start: datetime) -> None:
        self.moment = start

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, time: timedelta) -> None:
        self.moment += time


class Ears:
    """Hears what a test says that was said: `says` by the content of the file."""

    def __init__(self) -> None:
        self.says: dict[bytes, Heard | Exception] = {}
        self.asked: list[tuple[str | None, str]] = []

    async def hear(self, sound: Path, language: str | None, glossary: str) -> Heard:
        self.asked.append((language, glossary))
        content = sound.read_bytes()  # noqa: ASYNC240 - a few bytes
        said = self.says.get(content, CannotHear("no model"))
        if isinstance(said, Exception):
            raise said
        return said

    async def close(self) -> None:
        pass


async def drawn_here(card: WeeklyCard | Page) -> bytes:
    """Without a process of its own: tests start many bots."""
    return picture(card)


@dataclass
class Desk:
    """The bot, a small Telegram around it over HTTP, and the people of one service desk."""

    settings: Settings
    telegram: Telegram
    clock: Clock
    app: App | None = None
    steady: float = 0.0
    """The clock that only grows, as the bot sees it: moved by `goes_silent` alone."""
    listening: asyncio.Task[None] | None = None
    """While Telegram calls us; None: we ask it."""
    ear: Ear = field(default_factory=Ears)
    """Whoever listens to dictations."""
    parked: int = 0
    """What the test expects to be given up in the end."""
    _numbers: dict[int, int] = field(default_factory=dict)

    @property
    def running(self) -> App:
        assert self.app is not None, "the bot is stopped"
        return self.app

    @property
    def database(self) -> Database:
        return self.running.database

    @property
    def now(self) -> datetime:
        return self.clock()

    async def starts(self) -> None:
        self.app = build_app(
            self.settings,
            clock=self.clock,
            steady=lambda: self.steady,
            pace=Pace(limits=None),
            draw=drawn_here,
            ear=self.ear,
        )
        await self.app.lease.renew()
        self.setup_link = await self.app.prepare()
        if self.settings.webhook_url is not None:
            self.listening = asyncio.ensure_future(self.app.updates())
            async with asyncio.timeout(60):
                while not self.telegram.bots[TOKEN].updates.webhook_url:  # noqa: ASYNC110
                    await asyncio.sleep(0.002)
        self.telegram.on_action = self.settles
        await self.settles()

    async def stops(self) -> None:
        """The process is gone; the disk and Telegram are not."""
        self.telegram.on_action = None
        app, self.app = self.running, None
        listening, self.listening = self.listening, None
        if listening is not None:
            listening.cancel()
            await asyncio.wait([listening])
        await app.contact.note()
        await app.lease.release()
        await app.close()

    async def restarts(self) -> None:
        await self.stops()
        await self.starts()

    async def settles(self) -> None:
        """Until the bot has done all it can do at this moment."""
        while self.app is not None:
            if self.listening is not None:
                await self._all_is_brought()
            if not await self.app.settle():
                break

    async def _all_is_brought(self) -> None:
        """Until Telegram keeps nothing for us any more: it calls, and we answer."""
        async with asyncio.timeout(60):
            while self.telegram.pending(TOKEN):  # noqa: ASYNC110 - it comes over HTTP
                await asyncio.sleep(0.002)
        self.running.intake.drained = True

    async def passes(self, time: timedelta) -> None:
        """The clock moves, stopping wherever something is due on the way."""
        await self.settles()
        end = self.clock() + time
        while self.app is not None:
            async with self.database.reading() as tx:
                moments = [await tx.timers.next_due(), await tx.deliveries.next_due(self.now)]
                moments += [await tx.jobs.next_due(), await tx.stalled.next_due()]
            upcoming = min((m for m in moments if m is not None), default=None)
            if upcoming is None or upcoming > end:
                break
            self.clock.moment = max(self.clock.moment, upcoming)
            if not await self.running.settle():
                break  # it waits for something else than time
        self.clock.moment = max(self.clock.moment, end)
        await self.settles()

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """What people do inside is handled afterwards, in one batch."""
        with self.telegram.held():
            yield
        await self.settles()

    def customer(self, name: str, language: str = "en", **known: Any) -> Account:
        return self.telegram.account(name, language, **known)

    async def operator(
        self, name: str, language: str = "en", *, on_shift: bool = True, **known: Any
    ) -> Account:
        return await self._hired(name, language, on_shift, known, is_operator=True)

    async def supervisor(
        self, name: str, language: str = "en", *, on_shift: bool = False, **known: Any
    ) -> Account:
        return await self._hired(name, language, on_shift, known, is_supervisor=True)

    async def _hired(
        self, name: str, language: str, on_shift: bool, known: dict[str, Any], **roles: bool
    ) -> Account:
        account = self.telegram.account(name, language, **known)
        async with self.database.writing() as tx:
            person = await tx.people.add(
                Person(
                    telegram_id=account.id,
                    name=name,
                    telegram_language=language,
                    on_shift=on_shift,
                    shift_since=self.now,
                    created_at=self.now,
                    **roles,
                )
            )
            self._numbers[account.id] = person.id
        await account.starts()
        return account

    async def person(self, account: Account) -> Person:
        async with self.database.reading() as tx:
            person = await tx.people.by_telegram(account.id)
        assert person is not None
        return person


def pytest_collection_finish() -> None:
    """As the program does it: what is loaded by now is not walked again by the collector."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test has to report besides having passed."""
    for outcome in terminalreporter.stats.get("passed", []):
        for name, words in getattr(outcome, "user_properties", []):
            if name == "report" and outcome.when == "call":
                terminalreporter.write_line(str(words))


@pytest.fixture(scope="session", autouse=True)
def sessions_close_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "AiohttpSession", Session)
        yield


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One migrated, empty database; every test starts from its own copy."""
    path = tmp_path_factory.mktemp("db") / "migrated.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_of_worker() -> Iterator[str]:
    """A migrated database of this test process alone."""
    assert POSTGRES is not None
    server, _, named = POSTGRES.rpartition("/")
    name = f"{named}_otklik_{WORKER}"
    asyncio.run(recreate(POSTGRES, name))
    asyncio.run(migrate(f"{server}/{name}"))
    yield f"{server}/{name}"
    asyncio.run(drop(POSTGRES, name))


async def recreate(url: str, name: str) -> None:
    await drop(url, name)
    await execute(url, f'CREATE DATABASE "{name}"')


async def drop(url: str, name: str) -> None:
    await execute(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def execute(url: str, *statements: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> str:
    """An empty PostgreSQL database; the test is skipped where none is reachable."""
    if POSTGRES is None:
        pytest.skip("TEST_POSTGRES_URL is not set")
    url: str = request.getfixturevalue("postgres_of_worker")
    tables = ", ".join(f'"{table}"' for table in Base.metadata.tables)
    empty = f"TRUNCATE {tables} RESTART IDENTITY CASCADE"
    asyncio.run(execute(url, empty, "INSERT INTO teams (name) VALUES ('')"))
    return url


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    path = shutil.copy(migrated_sqlite, tmp_path / "desk.db")
    return f"sqlite+aiosqlite:///{path}"


BOTH = ["sqlite", "postgres"] if POSTGRES else ["sqlite"]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY_MORNING)


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[Telegram]:
    telegram = Telegram(clock=clock)
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
def updates() -> str:
    """How they come: by "polling", or as a test says by `parametrize("updates", ["webhook"])`."""
    return "polling"


def webhook_settings() -> dict[str, Any]:
    """Of a bot that Telegram calls, at a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/hook"
    return {"webhook_url": url, "webhook_secret": "a-secret_of-25-characters", "http_port": port}


@pytest.fixture
async def desk(
    request: pytest.FixtureRequest,
    database_url: str,
    telegram: Telegram,
    clock: Clock,
    updates: str,
) -> AsyncIterator[Desk]:
    """A desk that is open; `@pytest.mark.settings(reply_within="2m")` opens another kind."""
    chosen: dict[str, Any] = webhook_settings() if updates == "webhook" else {}
    for marker in request.node.iter_markers("settings"):
        chosen = {**marker.kwargs, **chosen}
    settings = Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=database_url,
        **chosen,
    )
    desk = Desk(settings, telegram, clock)
    await desk.starts()
    yield desk
    if desk.app is not None:
        await _nothing_is_lost(desk)
        await desk.stops()
    assert list(telegram.violations) == []
    assert list(telegram.failures) == []


async def _nothing_is_lost(desk: Desk) -> None:
    async with desk.database.reading() as tx:
        parked = await tx.stalled.parked() + await tx.jobs.parked() + await tx.timers.parked()
    assert parked == desk.parked, "something was given up"
