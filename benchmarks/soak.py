"""A month of a service desk with everything that goes wrong in one, and its books at the end.

The real bot in this process, the playground's Bot API server over HTTP, a clock that is moved.
People write, answer, rate and keep diaries; the weather changes every hour: servers that fail,
answers that are lost, floods, a locked database, and the process dying in the middle of something.
The same seed is the same month.
"""

import asyncio
import gc
import itertools
import logging
import os
import re
import sqlite3
import threading
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.report import Finding, Void, say
from bot.app import App
from bot.assembly import build_app
from bot.pace import Pace
from bot.settings import Settings
from kpi.card import WeeklyCard
from kpi.charts import picture
from kpi.pages import Page
from playground.faults import Fault
from playground.people import Account
from playground.telegram import Telegram
from storage.database import DatabaseFailed
from storage.migrate import migrate
from storage.models import Base

TOKEN = "42:SOAK"  # noqa: S105 - of the server below
BEGIN = datetime(2026, 3, 1, 21, tzinfo=UTC)
"""A Monday's first moment in Moscow."""
SUPERVISORS, OPERATORS, CUSTOMERS = 1, 3, 12
OPEN, CLOSE = 9, 20
"""Hours of the day in which people write."""
PASSING = (Fault.server_error, Fault.html_page, Fault.drop_before, Fault.drop_after)
DOUBLING = frozenset({Fault.drop_after, Fault.malformed, Fault.reset})
"""After these nobody knows whether a call took effect."""
NO_SILENCE = 100.0
"""Seconds without Telegram that are no outage."""
SHOWN_KEPT = 150
"""Messages an app keeps on its screen: the month's would be the memory of this process."""
RATHER_MUCH = 200
"""Tries until something settles; more is no weather, but a fault of ours."""


@dataclass
class Books:
    """What must have come of all that was done."""

    updates: list[int] = field(default_factory=list)
    """Ids of the day."""
    wrote: list[tuple[int, int, str]] = field(default_factory=list)
    """By customers: who, the message's number, the words; of the day."""
    answered: list[tuple[Account, str]] = field(default_factory=list)
    """By operators who held one conversation: to whom, the words; of the day."""
    stars: int = 0
    """Taps on stars, of all days."""
    done: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    again: int = 0
    """Messages that came to somebody twice."""


@dataclass
class Month:
    """A desk that lives. `weather` False: nothing goes wrong."""

    settings: Settings
    telegram: Telegram
    dice: Random
    weather: bool = True
    moment: datetime = BEGIN
    mortal: bool = True
    """Processes die without a last word, and what is left of them stays in this one."""
    steady: float = 0.0
    """The clock that only grows, of seconds: a jump of `moment` is no silence of Telegram's."""
    app: App | None = None
    books: Books = field(default_factory=Books)
    supervisors: list[Account] = field(default_factory=list)
    operators: list[Account] = field(default_factory=list)
    customers: list[Account] = field(default_factory=list)
    kill_in: int | None = None
    """How many points of the way until the process dies."""
    dead: asyncio.Event = field(default_factory=asyncio.Event)
    lock_in: int | None = None
    """How many statements until the database is locked."""
    words: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def clock(self) -> datetime:
        return self.moment

    @property
    def running(self) -> App:
        assert self.app is not None
        return self.app

    # --- the process ---

    async def starts(self) -> None:
        while True:
            self.app = build_app(
                self.settings,
                clock=self.clock,
                steady=lambda: self.steady,
                pace=Pace(limits=None),
                draw=_drawn,
                watch=self._watch,
            )
            try:
                await self.app.lease.renew()
                await self.app.prepare()
            except (DatabaseFailed, TelegramAPIError, ClientDecodeError):
                await self.app.close()
            else:
                return

    async def dies(self) -> None:
        """Without a last word: what was in memory is gone."""
        self.books.done["kills"] += 1
        await self.running.close()
        await self.starts()

    async def restarts(self) -> None:
        self.books.done["restarts"] += 1
        with suppress(DatabaseFailed):
            await self.running.contact.note()
            await self.running.lease.release()
        await self.running.close()
        await self.starts()

    async def _watch(self, _: str) -> None:
        """A point of the way: the process dies here, or goes on."""
        if self.kill_in is not None:
            self.kill_in -= 1
            if self.kill_in < 0:
                self.kill_in = None
                self.dead.set()
        if self.dead.is_set():
            await asyncio.Event().wait()  # nothing comes after it

    def lock(self, *_: Any) -> None:
        if self.lock_in is not None:
            self.lock_in -= 1
            if self.lock_in < 0:
                self.lock_in = None
                self.books.faults["database locked"] += 1
                locked = sqlite3.OperationalError("database is locked")
                raise OperationalError("soak", None, locked)

    async def settles(self) -> None:
        """Until all is done that can be at this moment, whatever happens on the way."""
        for _ in range(RATHER_MUCH):
            with suppress(DatabaseFailed, TelegramAPIError, ClientDecodeError):
                if await self._settled() and not self.telegram.pending(TOKEN):
                    return
        raise Void(f"nothing settles at {self.moment}")

    async def _settled(self) -> bool:
        """False: the process died on the way, and another one has begun."""
        before = asyncio.all_tasks()
        settling = asyncio.ensure_future(self.running.settle())
        dying = asyncio.ensure_future(self.dead.wait())
        await asyncio.wait({settling, dying}, return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not self.dead.is_set():
            await settling
            return True
        left = [task for task in asyncio.all_tasks() - before if _is_the_bots(task)]
        for task in left:
            task.cancel()
        await asyncio.wait(left)
        self.dead.clear()
        await self.dies()
        return False

    async def passes(self, time: timedelta) -> None:
        """The clock moves, stopping wherever something is due on the way."""
        await self.settles()
        end = self.moment + time
        while (due := await self._next_due()) is not None and due <= end:
            await self._goes_on(max(self.moment + timedelta(seconds=1), due))
        await self._goes_on(max(self.moment, end))

    async def _goes_on(self, moment: datetime) -> None:
        self.steady += min(NO_SILENCE, (moment - self.moment).total_seconds())
        self.moment = moment
        await self.settles()

    async def _next_due(self) -> datetime | None:
        while True:
            with suppress(DatabaseFailed):
                async with self.running.database.reading() as tx:
                    moments = [await tx.timers.next_due(), await tx.jobs.next_due()]
                    moments += [await tx.deliveries.next_due(self.moment)]
                    moments += [await tx.stalled.next_due()]
                return min((moment for moment in moments if moment is not None), default=None)

    # --- the people ---

    async def opens(self) -> None:
        """Everybody presses Start."""
        for number in range(SUPERVISORS):
            self.supervisors.append(self.telegram.account(f"Vera {number}", "en", id=100 + number))
        for number in range(OPERATORS):
            self.operators.append(self.telegram.account(f"Boris {number}", "en", id=200 + number))
        for number in range(CUSTOMERS):
            self.customers.append(self.telegram.account(f"Anna {number}", "en", id=300 + number))
        await self.starts()
        for person in [*self.supervisors, *self.operators, *self.customers]:
            await self.does(person.starts())

    async def does(self, act: Awaitable[Any]) -> None:
        await act
        await self.settles()

    async def lives(self, acts: int) -> None:
        """A day with so many acts of people, its weather, and its books in the evening."""
        day = self.moment
        await self.passes(timedelta(hours=OPEN))
        pause = timedelta(hours=CLOSE - OPEN) / acts
        for number in range(acts):
            if number % 4 == 0:
                self._changes()
            await self.one()
            await self.passes(pause * self.dice.uniform(0, 2))
        self._clears_up()
        await self.passes(day + timedelta(hours=CLOSE + 1) - self.moment)
        await self._holds()
        await self.passes(day + timedelta(days=1) - self.moment)

    def _clears_up(self) -> None:
        self.telegram.faults.clear()
        self.kill_in = self.lock_in = None

    def _changes(self) -> None:
        """Of the weather."""
        self._clears_up()
        if not self.weather:
            return
        dice, faults = self.dice, self.telegram.faults
        kind = dice.choice((*PASSING, Fault.malformed, Fault.reset, Fault.flood, None, None))
        if kind is not None:
            method = dice.choice(("sendMessage", "editMessageText", "getUpdates", None))
            if kind is Fault.flood:
                method = "sendMessage"
            self.books.faults[kind.name] += 1
            faults.add(kind, method=method, times=3, probability=0.2, seed=dice.randrange(1000))
        if self.mortal and dice.random() < 0.3:
            self.kill_in = dice.randrange(30)
        if dice.random() < 0.3:
            self.lock_in = dice.randrange(400)

    async def one(self) -> None:
        """One thing somebody does."""
        acts: dict[Callable[[], Awaitable[None]], int] = {
            self.asks: 26,
            self.takes: 20,
            self.answers: 22,
            self.closes: 14,
            self.rates: 12,
            self.keeps_a_diary: 8,
            self.sees_to_it: 6,
            self.looks: 4,
            self.restarts: 1,
        }
        await self.dice.choices(list(acts), weights=list(acts.values()))[0]()

    async def asks(self) -> None:
        customer = self.dice.choice(self.customers)
        words = f"question {next(self.words)}"
        shown = await customer.types(words)
        self.books.wrote.append((customer.id, shown.message_id, words))
        self.books.done["questions"] += 1
        await self.settles()

    async def takes(self) -> None:
        await self._taps(self.operators, "Take")

    async def answers(self) -> None:
        """By replying, so that it is plain to whom."""
        operator = self.dice.choice(self.operators)
        asked = [shown for shown in operator.received if re.match(r"question \d+$", shown.words)]
        if asked:
            about = self.dice.choice(asked[-6:])
            await self.does(operator.types(f"answer {next(self.words)}", reply_to=about))
            self.books.done["answers"] += 1

    async def closes(self) -> None:
        label = self.dice.choice(("Solved", "Solved", "Not solved"))
        if await self._taps(self.operators, label):
            self.books.done["closings tapped"] += 1

    async def rates(self) -> None:
        stars = self.dice.choice((1, 2, 3, 4, 5, 5, 5))
        if await self._taps(self.customers, f"{stars} ☆", needs="1 ☆"):
            self.books.stars += 1

    async def keeps_a_diary(self) -> None:
        operator = await self._taps(self.operators, "🙂")
        if operator is not None:
            await self._taps([operator], "Done")
            if await self._taps([operator], "Save"):
                self.books.done["diary entries"] += 1

    async def sees_to_it(self) -> None:
        if not await self._taps(self.supervisors, "Take"):
            supervisor = await self._taps(self.supervisors, "Done…")
            if supervisor is not None:
                await self.does(supervisor.types(f"seen to {next(self.words)}"))
                self.books.done["alerts seen to"] += 1

    async def looks(self) -> None:
        operator = self.dice.choice(self.operators)
        await self.does(operator.types(self.dice.choice(("/kpi", "/queue", "/diaries", "/help"))))

    async def _taps(
        self, people: Sequence[Account], label: str, needs: str | None = None
    ) -> Account | None:
        """Somebody presses their newest button of that name; None: nobody has one."""
        for person in self.dice.sample(people, len(people)):
            for shown in reversed(person.received):
                labels = {name for row in shown.buttons for name in row}
                if label in labels and (needs is None or needs in labels):
                    self.books.done["taps"] += 1
                    await self.does(person.taps(label, shown))
                    return person
        return None

    # --- the books ---

    async def _holds(self) -> None:
        """Everything of the day has come to something, exactly once; nothing is left over."""
        await self.settles()
        pushed, self.books.updates = self.books.updates, []
        handled = set(await self._column("SELECT update_id FROM updates"))
        _must(set(pushed) <= handled, f"updates without effect: {set(pushed) - handled}")
        kept = Counter(await self._column("SELECT text FROM messages"))
        for who, number, words in self.books.wrote:
            _must(kept[words] == 1, f"{words!r} of {who} ({number}) is kept {kept[words]} times")
        self.books.wrote.clear()
        stars = await self._column("SELECT count(*) FROM answers WHERE question = 'stars'")
        _must(stars == [self.books.stars], f"{stars} ratings of {self.books.stars}")
        for what, left in LEFT_OVER.items():
            found = await self._column(left.format(now=f"{self.moment:%Y-%m-%d %H:%M:%S}"))
            _must(found == [0], f"{what}: {found}")
        await self._arrived()
        cards = "SELECT message_id FROM cards WHERE message_id IS NOT NULL"
        shows_a_card = set(await self._column(cards))
        for person in [*self.supervisors, *self.operators, *self.customers]:
            person.toasts.clear()
            chat = person.chat
            for old in list(chat.messages)[:-SHOWN_KEPT]:
                if old not in shows_a_card:
                    del chat.messages[old]
            chat.actions.clear()
            chat.moments = {number: chat.moments[number] for number in chat.messages}
        self.telegram.only_bot.queries.clear()

    async def _arrived(self) -> None:
        """What is settled as sent is on a screen; what people wrote is, and mostly once."""
        screens = {
            person.id: Counter(shown.words for shown in person.received)
            for person in [*self.supervisors, *self.operators, *self.customers]
        }
        said = dict(map(tuple, await self._rows("SELECT id, text FROM messages")))
        sent = await self._rows(
            "SELECT d.key, p.telegram_id FROM deliveries d JOIN people p ON p.id = d.person_id"
            " WHERE d.kind = 'relay' AND d.settled_at >= :since AND d.failure IS NULL",
            since=f"{self.moment - timedelta(hours=CLOSE):%Y-%m-%d %H:%M:%S}",
        )
        rows = [(reader, said[int(key.split(":")[1])]) for key, reader in sent]
        for reader, words in rows:
            seen = screens[reader][words]
            _must(seen > 0, f"{words!r} never came to {reader}")
            self.books.again += seen - 1
        self.books.done["relayed"] += len(rows)

    async def _rows(self, asked: str, **values: Any) -> Sequence[Any]:
        engine = create_async_engine(self.settings.database_url)
        async with engine.connect() as connection:
            rows = (await connection.execute(text(asked), values)).all()
        await engine.dispose()
        return rows

    async def _column(self, asked: str, **values: Any) -> list[Any]:
        return [row[0] for row in await self._rows(asked, **values)]

    async def rows_kept(self) -> dict[str, int]:
        """How many rows each table has."""
        return {
            table: (await self._column(f'SELECT count(*) FROM "{table}"'))[0]  # noqa: S608
            for table in Base.metadata.tables
        }


LEFT_OVER = {
    "deliveries that are not settled": "SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL",
    "deliveries that failed": "SELECT count(*) FROM deliveries WHERE failure IS NOT NULL"
    " AND due_at IS NULL",
    "cards that show something old": "SELECT count(*) FROM cards WHERE due_at IS NOT NULL",
    "jobs that are not done": "SELECT count(*) FROM jobs WHERE done_at IS NULL",
    "timers that are late": "SELECT count(*) FROM timers WHERE due_at IS NULL OR due_at < '{now}'",
    "updates that failed": "SELECT count(*) FROM stalled_updates",
}


def _is_the_bots(task: asyncio.Task[Any]) -> bool:
    """And not the server's, which lives on."""
    return "playground" not in repr(task) and "aiohttp/web" not in repr(task.get_stack(limit=1))


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Void(otherwise)


async def _drawn(card: WeeklyCard | Page) -> bytes:
    return picture(card)


@asynccontextmanager
async def month(folder: Path, seed: int, *, weather: bool = True) -> AsyncIterator[Month]:
    """A desk on its first morning."""
    url = f"sqlite+aiosqlite:///{folder}/soak.db"
    await migrate(url)
    lived: list[Month] = []
    telegram = Telegram(clock=lambda: lived[0].moment if lived else BEGIN)
    telegram.calls = deque(maxlen=100)
    bot = telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    settings = Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=url,
        supervisor_ids=",".join(str(100 + number) for number in range(SUPERVISORS)),
        operator_ids=",".join(str(200 + number) for number in range(OPERATORS)),
    )
    living = Month(settings, telegram, Random(seed), weather)  # noqa: S311 - the same each time
    lived.append(living)
    push = bot.updates.push

    def noted(kind: str, chat: Any, content: dict[str, Any]) -> int | None:
        number = push(kind, chat, content)
        if number is not None:
            living.books.updates.append(number)
        return number

    bot.updates.push = noted  # type: ignore[method-assign]
    with _locks(living.lock):
        await living.opens()
        yield living
        await living.running.close()
    await telegram.stop()


@contextmanager
def _locks(hear: Callable[..., None]) -> Iterator[None]:
    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


@dataclass(frozen=True, slots=True)
class Evening:
    """What the process and its database hold at the end of a day."""

    memory: float
    """MiB."""
    tasks: int
    threads: int
    files: int
    rows: dict[str, int]


async def evening(living: Month) -> Evening:
    gc.collect()
    return Evening(
        memory=_memory(),
        tasks=len(asyncio.all_tasks()),
        threads=threading.active_count(),
        files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208
        rows=await living.rows_kept(),
    )


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(quick: bool) -> Sequence[Finding]:
    return asyncio.run(_measure(days=3 if quick else 31, acts=8 if quick else 30))


async def _measure(days: int, acts: int) -> Sequence[Finding]:
    logging.disable(logging.ERROR)  # what the weather breaks is told by hundreds
    quiet = max(1, days // 3)  # the last days without deaths: there memory is measured
    evenings: list[Evening] = []
    with TemporaryDirectory() as folder:
        async with month(Path(folder), seed=1) as living:
            for day in range(1, days + 1):
                living.mortal = day <= days - quiet
                await living.lives(acts)
                evenings.append(await evening(living))
                _tell(day, evenings[-1])
            books = living.books
    say(f"done: {dict(books.done)}, faults: {dict(books.faults)}, came twice: {books.again}")
    last = evenings[-1]
    grown = (last.memory - evenings[-quiet].memory) / max(1, quiet - 1)
    say(f"rows at the end: {last.rows}")
    return [
        Finding("days", days),
        Finding("twice", books.again),
        Finding("memory", grown, "MiB/day", at_most=0.5),
        Finding("tasks", last.tasks - evenings[0].tasks, at_most=2),
        Finding("files", last.files - evenings[0].files, at_most=8),
    ]


def _tell(day: int, told: Evening) -> None:
    most = sorted(told.rows.items(), key=lambda row: -row[1])[:6]
    say(
        f"day {day}: {told.memory:.0f} MiB, {told.tasks} tasks, {told.threads} threads,"
        f" {told.files} files; " + ", ".join(f"{rows} {table}" for table, rows in most)
    )
