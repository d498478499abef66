"""`/kpi` without its picture, and the weekly run for 1,000 operators, beside SQL by hand."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from benchmarks import history, plans
from benchmarks.peers import kpi as peer
from benchmarks.report import Finding, say
from desk import reports
from desk.rules import Rules
from desk.weeks import Week
from handlers.screens.weekly import Telling, caption
from i18n import texts_for
from kpi.card import WEEKS
from storage.database import Database

NOW = history.END + timedelta(hours=9)
FIRST = 1
"""The operator whose work does not grow with the team's."""
TIMES = 15
SOME = 40
"""Operators of the weekly run that are measured, of 1,000."""
RULES = Rules()


def measure(quick: bool) -> Sequence[Finding]:
    return asyncio.run(_measure(quick))


async def _measure(quick: bool) -> Sequence[Finding]:
    sizes = (10**4, 10**5) if quick else (10**5, 10**6, 10**7)
    findings: list[Finding] = []
    own: list[float] = []
    with TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.db"
            measured = await _of(f"sqlite+aiosqlite:///{path}", size, plans_too=size == sizes[-1])
            findings += measured.findings(f"{size:.0e}".replace("+0", ""))
            own.append(measured.kpi)
            path.unlink()
    findings.append(Finding("growth", own[-1] / own[0], "x", at_most=2))
    if (server := os.environ.get("TEST_POSTGRES_URL")) is None:
        say("PostgreSQL: not measured, TEST_POSTGRES_URL is not set")
        return findings
    async with _postgres(server) as url:
        measured = await _of(url, 10**5 if quick else 10**6, plans_too=True)
    return [*findings, *measured.findings("postgres")]


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds."""

    kpi: float
    """Of the operator who has as much to do in every team."""
    kpi_peer: float
    run: float
    """Of 1,000 operators."""
    week_peer: float

    def findings(self, size: str) -> Sequence[Finding]:
        return [
            Finding(f"kpi_{size}", self.kpi * 1000, "ms"),
            Finding(f"kpi_ratio_{size}", self.kpi / self.kpi_peer, "x", at_most=5),
            Finding(f"run_{size}", self.run, "s"),
            Finding(f"run_ratio_{size}", self.run / self.week_peer, "x", at_most=5),
        ]


async def _of(url: str, size: int, *, plans_too: bool) -> Measured:
    engine = await history.write(url, size)
    dialect = engine.dialect.name
    async with engine.begin() as connection:
        for index in peer.COVERING:
            await connection.execute(text(index))
    last = Week.of(NOW, RULES.zone)
    start, end = last.later(-WEEKS).start(RULES.zone), last.end(RULES.zone)
    by_hand = peer.one_operator(dialect, FIRST, start, end)
    week = last.later(-1)
    grouped = peer.everybody(dialect, week.start(RULES.zone), week.end(RULES.zone))
    database = Database(url)
    kpi, kpi_peer = await _in_turn(lambda: _kpi(database, FIRST), lambda: _asked(engine, by_hand))
    run, week_peer = await _in_turn(lambda: _some(database), lambda: _asked(engine, grouped))
    measured = Measured(kpi, kpi_peer, run * history.OPERATORS / SOME, week_peer)
    say(
        f"{dialect}, {size:,} conversations: /kpi {kpi * 1000:.1f} ms, by hand"
        f" {kpi_peer * 1000:.1f} ms; the weekly run {measured.run:.1f} s, one GROUP BY"
        f" {week_peer * 1000:.1f} ms"
    )
    if plans_too:
        await _tell_plans(database, engine, [by_hand, grouped])
    await database.close()
    await engine.dispose()
    return measured


async def _in_turn(*works: Callable[[], Awaitable[None]]) -> Sequence[float]:
    """The median of each, done in turn so that whatever else runs meets all of them."""
    took: list[list[float]] = [[] for _ in works]
    for _ in range(TIMES + 2):  # the first two are warming up
        for times, work in zip(took, works, strict=True):
            began = time.perf_counter()
            await work()
            times.append(time.perf_counter() - began)
    return [median(times[2:]) for times in took]


async def _kpi(database: Database, whose: int) -> None:
    """All that `/kpi` says, less the picture."""
    async with database.reading() as tx:
        person = await tx.people.one(whose)
        last = Week.of(NOW, RULES.zone)
        report = await reports.of(tx, person=person, last=last, rules=RULES, now=NOW)
    caption(Telling(report, texts_for("en"), RULES, NOW))


async def _some(database: Database) -> None:
    """What the weekly run reckons for some operators, each by themselves as in its jobs."""
    last = Week.of(NOW, RULES.zone).later(-1)
    for whose in range(2, 2 + SOME):
        async with database.reading() as tx:
            person = await tx.people.one(whose)
            await reports.shown_to(tx, person=person, last=last, rules=RULES, now=NOW)


async def _asked(engine: AsyncEngine, statement: str) -> None:
    async with engine.connect() as connection:
        (await connection.exec_driver_sql(statement)).all()


async def _tell_plans(database: Database, engine: AsyncEngine, by_hand: Sequence[str]) -> None:
    with plans.asked_of(database.engine) as asked:
        await _kpi(database, FIRST)
    asked.statements.update((statement, ()) for statement in by_hand)
    for statement, steps in (await asked.plans(engine)).items():
        say(f"  {' '.join(statement.split())[:110]} …")
        for step in steps:
            say(f"      {step}")


@asynccontextmanager
async def _postgres(server: str) -> AsyncIterator[str]:
    """A database of our own beside the given one."""
    beside, _, name = server.rpartition("/")
    ours = f"{name}_benchmark"
    admin = create_async_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    gone = f'DROP DATABASE IF EXISTS "{ours}" WITH (FORCE)'
    async with admin.connect() as connection:
        await connection.execute(text(gone))
        await connection.execute(text(f'CREATE DATABASE "{ours}"'))
    try:
        yield f"{beside}/{ours}"
    finally:
        async with admin.connect() as connection:
            await connection.execute(text(gone))
        await admin.dispose()
