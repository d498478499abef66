"""`python -m bot doctor`: what is well, what is not, and what to do about it.

It looks beside a bot that runs or where none does, and changes nothing unless told to.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import aiohttp

from bot.clock import utc_now
from bot.copies import BACKUP
from bot.health import SILENT
from bot.hearing import MODELS
from bot.lease import NAME, is_here
from bot.settings import Settings
from bot.spellings import OFF, without_credentials
from handlers import parked
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.migrate import KNOWN, file_of, step
from storage.migrations import HEAD
from storage.models import Person
from storage.parked import ParkedWork

ANSWERS_WITHIN = 10.0
"""Seconds in which a server that works answers."""
CLOCK_MAY_DIFFER = timedelta(seconds=5)
"""From Telegram's, which tells whole seconds."""
CLOCKS_MAY_DIFFER = timedelta(seconds=1)
"""Ours from the database's: a lease lasts four seconds."""
LITTLE_SPACE = 1 << 30
NO_SPACE = 100 << 20
LONG_QUEUE = timedelta(minutes=10)
BACKUP_EVERY = timedelta(days=7)
MANY_WAIT = 100
"""Updates at Telegram: more than a batch."""
SEE_LOG = "see the bot's log"


class Grade(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report, and what to do, if anything."""

    grade: Grade
    about: str
    said: str
    do: str | None = None

    def __str__(self) -> str:
        line = f"{self.grade:8} {self.about:9} {self.said}"
        return f"{line}\n{'':19}→ {self.do}" if self.do else line


def ok(about: str, said: str) -> Finding:
    return Finding(Grade.OK, about, said)


def warning(about: str, said: str, do: str) -> Finding:
    return Finding(Grade.WARNING, about, said, do)


def problem(about: str, said: str, do: str) -> Finding:
    return Finding(Grade.PROBLEM, about, said, do)


@dataclass(slots=True)
class Patient:
    """What one look has learnt so far, for the next to use."""

    settings: Settings
    database: Database
    tables: bool = False
    """The database can be read, and has what this program expects."""
    username: str | None = None
    runs: bool = False
    """Somebody holds the lease."""
    runs_here: bool = False
    """It is a process of this machine."""


Look = Callable[[Patient], AsyncIterator[Finding]]


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Everything, in the order in which one thing explains the next. Never raises."""
    patient = Patient(settings, Database(settings.database_url))
    try:
        for look in LOOKS:
            if look in INSIDE and not patient.tables:
                continue  # why is told already
            about = look.__name__.strip("_").replace("_", " ")
            try:
                async for finding in look(patient):
                    yield finding
            except DatabaseFailed as failed:
                yield problem(about, f"cannot be told: {failed}", "mend the database first")
            except Exception as ours:  # noqa: BLE001 - the other lines are wanted all the more
                kind = type(ours).__name__
                yield problem(about, f"cannot be told ({kind})", "please report this")
    finally:
        await patient.database.close()


# The looks, by what they are about.


async def _database(patient: Patient) -> AsyncIterator[Finding]:
    url = patient.settings.database_url
    where = without_credentials(url)
    try:
        here = await step(url)
    except Exception as error:  # noqa: BLE001 - whatever the driver says
        why = str(getattr(error, "orig", None) or error).splitlines() or [type(error).__name__]
        yield problem("database", f"{where} cannot be reached: {why[0]}", "see DATABASE_URL")
        return
    if here is None:
        yield warning("database", f"{where} is empty", "the first start makes the tables")
        return
    if here not in KNOWN:
        yield problem("database", f"{where} was made by a newer Otklik", "update the program")
        return
    if here != HEAD:
        yield warning("database", f"{where} is of an older Otklik", "the next start brings it up")
        return
    patient.tables = True
    try:
        await _try_writing(patient.database)
    except DatabaseFailed as failed:
        yield problem("database", f"{where} cannot be written: {failed}", _what_fails(failed))
    else:
        yield ok("database", f"{where} can be read and written")


class _Undone(Exception):
    """Nothing of it is to be kept."""


async def _try_writing(database: Database) -> None:
    """And undo it. Errors: DatabaseFailed."""
    with suppress(_Undone):
        async with database.writing() as tx:
            await tx.slots.fill("doctor", utc_now(), utc_now())
            raise _Undone


def _what_fails(failed: DatabaseFailed) -> str:
    said = str(failed)
    for sign, do in (
        ("full", "make room on the disk: nothing can be saved"),
        ("readonly", "give the user the bot runs as the right to write the file and its folder"),
        ("locked", "end whatever else writes to the file"),
    ):
        if sign in said:
            return do
    return "nothing is lost meanwhile; see what the database server says"


async def _disk(patient: Patient) -> AsyncIterator[Finding]:
    file = file_of(patient.settings.database_url)
    folder = file.parent if file is not None else Path()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / (1 << 30):.1f} GB free in {folder.resolve()}"
    if free < NO_SPACE:
        yield problem("disk", said, "make room: a full disk stops the bot, and loses nothing")
    elif free < LITTLE_SPACE:
        yield warning("disk", said, "make room soon")
    else:
        yield ok("disk", said)


async def _token(patient: Patient) -> AsyncIterator[Finding]:
    if patient.settings.bot_token is None:
        yield problem("token", "BOT_TOKEN is not set", "take one from @BotFather")
        return
    try:
        status, date, answer = await _ask(patient.settings, "getMe")
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as away:
        where = without_credentials(patient.settings.bot_api_url)
        kind = type(away).__name__
        yield problem(
            "telegram",
            f"{where} cannot be reached ({kind})",
            "see the network, a proxy, BOT_API_URL; the bot goes on when it is back",
        )
        return
    if status in {401, 404} or not answer.get("ok"):
        yield problem("token", "Telegram does not accept BOT_TOKEN", "take it anew at @BotFather")
        return
    patient.username = answer["result"]["username"]
    yield ok("token", f"it is @{patient.username}'s")
    if date is not None:
        yield _clock(utc_now() - date, CLOCK_MAY_DIFFER, "Telegram's")


async def _ask(settings: Settings, method: str) -> tuple[int, datetime | None, dict[str, Any]]:
    """Status, the server's own time, and what it says. Nothing of it holds the token."""
    assert settings.bot_token is not None
    address = f"{settings.bot_api_url}/bot{settings.bot_token.get_secret_value()}/{method}"
    timeout = aiohttp.ClientTimeout(total=ANSWERS_WITHIN)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(address) as response,
    ):
        date = response.headers.get("Date")
        return (
            response.status,
            parsedate_to_datetime(date).astimezone(UTC) if date else None,
            await response.json(content_type=None),
        )


def _clock(ahead: timedelta, allowed: timedelta, whose: str) -> Finding:
    seconds = ahead.total_seconds()
    if abs(ahead) <= allowed:
        return ok("clock", f"agrees with {whose}")
    way = "ahead of" if seconds > 0 else "behind"
    return problem(
        "clock",
        f"{abs(seconds):.0f} s {way} {whose}",
        "set the machine's time, e.g. `timedatectl set-ntp true`: moments and limits depend on it",
    )


async def _running(patient: Patient) -> AsyncIterator[Finding]:
    now = utc_now()
    async with patient.database.reading() as tx:
        standing = await tx.standing.now(now, NAME)
        holder = await tx.leases.holder(NAME, now)
        theirs = await tx.clock()
    if theirs is not None:
        yield _clock(now - theirs, CLOCKS_MAY_DIFFER, "the database server's")
    patient.runs, patient.runs_here = holder is not None, is_here(holder)
    if holder is None:
        yield ok("running", "no bot runs on this database now")
        return
    where = f"here, process {holder.split(':')[1]}" if patient.runs_here else "on another machine"
    if standing.heard_at is None or now - standing.heard_at > SILENT:
        heard = f"not since {_moment(standing.heard_at)}" if standing.heard_at else "never"
        yield problem("running", f"a bot runs {where}, and has heard Telegram {heard}", SEE_LOG)
    else:
        yield ok("running", f"a bot runs {where}")
    late = standing.timer_due_at
    if late is not None and now - late > timedelta(minutes=1):
        yield problem(
            "timers", f"{standing.timers_late} are late, one since {_moment(late)}", SEE_LOG
        )


async def _webhook(patient: Patient) -> AsyncIterator[Finding]:
    if patient.username is None:
        return
    _, _, answer = await _ask(patient.settings, "getWebhookInfo")
    info, wanted = answer["result"], patient.settings.webhook_url or ""
    waiting = info.get("pending_update_count", 0)
    how = "webhook" if wanted else "polling"
    if info["url"] != wanted:
        other = "another address" if info["url"] and wanted else info["url"] and "a webhook"
        said = f"{how} is set here, and Telegram knows {other or 'no webhook'}"
        do = "restart it: a start settles it" if patient.runs else "the next start settles it"
        yield (problem if patient.runs else warning)("updates", said, do)
        return
    failed = datetime.fromtimestamp(info.get("last_error_date", 0), UTC)
    if wanted and utc_now() - failed < timedelta(hours=1) and waiting:
        why = info.get("last_error_message")
        yield problem(
            "updates",
            f"Telegram could not bring some at {_moment(failed)}: {why}",
            "see that WEBHOOK_URL leads through your web server to HTTP_HOST:HTTP_PORT",
        )
        return
    if waiting and patient.runs and waiting > MANY_WAIT:
        yield warning("updates", f"{waiting} wait at Telegram", "look again in a minute")
        return
    yield ok("updates", f"by {how}; {waiting} wait at Telegram")


async def _port(patient: Patient) -> AsyncIterator[Finding]:
    host, port = patient.settings.http_host, patient.settings.http_port
    where = f"{host}:{port}"
    if port == 0 or (patient.runs and not patient.runs_here):
        return
    if not patient.runs:
        try:
            server = await asyncio.start_server(lambda *_: None, host, port)
        except OSError as taken:
            said = f"{where} cannot be used: {taken.strerror or taken}"
            if patient.settings.webhook_url:
                yield problem("port", said, "free it, or set another HTTP_PORT")
            else:
                yield warning("port", said, "set another HTTP_PORT, or do without /metrics")
            return
        server.close()
        yield ok("port", f"{where} is free")
        return
    timeout = aiohttp.ClientTimeout(total=ANSWERS_WITHIN)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://{_in_address(host)}:{port}/readyz") as answer,
        ):
            said = await answer.json()
            reasons = said["reasons"]
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError, KeyError, TypeError):
        yield warning("port", f"no bot answers on {where}", "see HTTP_PORT, and the log")
        return
    if reasons:
        yield problem("port", f"{where} says it is not ready: {'; '.join(reasons)}", SEE_LOG)
    else:
        yield ok("port", f"{where} says it is ready")


def _in_address(host: str) -> str:
    """Whoever listens everywhere also listens here."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"[{host}]" if ":" in host else host


async def _people(patient: Patient) -> AsyncIterator[Finding]:
    async with patient.database.reading() as tx:
        staff = await tx.people.operators()
        team = await tx.teams.ours()
    link = f"https://t.me/{patient.username or team.bot_username or 'YOUR_BOT'}"
    if not any(person.is_supervisor for person in staff):
        yield problem(
            "people",
            "nobody is a supervisor",
            "a start prints a link that makes one, or set SUPERVISOR_IDS",
        )
    away = [person for person in staff if not person.reachable]
    for person in away:
        yield warning(
            "people",
            f"{_named(person)} cannot be written to: never pressed Start, or blocked the bot",
            f"have them press {link}",
        )
    if staff and not away:
        yield ok("people", f"{len(staff)} in the team, and each can be written to")


def _named(person: Person) -> str:
    return f"{person.shown_name} (No. {person.id})"


async def _queue(patient: Patient) -> AsyncIterator[Finding]:
    now = utc_now()
    async with patient.database.reading() as tx:
        oldest = await tx.deliveries.waits_since()
        queue = await tx.deliveries.waiting()
    count = sum(queue.values())
    if oldest is not None and patient.runs and now - oldest > LONG_QUEUE:
        since = _moment(oldest)
        yield warning("delivery", f"{count} wait to be sent, one since {since}", SEE_LOG)
    else:
        yield ok("delivery", f"{count} wait to be sent")


async def _parked(patient: Patient) -> AsyncIterator[Finding]:
    async with patient.database.reading() as tx:
        given_up = await tx.parked.all()
    for work in given_up:
        yield problem(
            "parked",
            f"{work.name} ({work.what}) was given up at {_moment(work.parked_at)}: {work.error}",
            f"after an update of the program: `doctor --retry {work.name}` (or all);"
            f" never: `doctor --forget {work.name}`",
        )
    if not given_up:
        yield ok("parked", "nothing was given up")


async def _speech(patient: Patient) -> AsyncIterator[Finding]:
    model = patient.settings.speech_model
    if model == OFF:
        yield ok("speech", "dictation is off")
    elif _is_here(model):
        yield ok("speech", f"dictation is heard by {model}")
    else:
        yield ok(
            "speech", f"{model} is not here yet; the first dictation fetches it into {MODELS}"
        )


def _is_here(model: str) -> bool:
    return Path(model).is_dir() or any(MODELS.glob(f"*whisper-{model}*"))


async def _backup(patient: Patient) -> AsyncIterator[Finding]:
    async with patient.database.reading() as tx:
        last = await tx.slots.last(BACKUP)
    if last is None:
        yield warning("backup", "none was made yet", "`python -m bot backup FILE`, best each day")
    elif utc_now() - last > BACKUP_EVERY:
        yield warning("backup", f"the last is of {_moment(last)}", "`python -m bot backup FILE`")
    else:
        yield ok("backup", f"the last is of {_moment(last)}")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


LOOKS: Sequence[Look] = (
    _database,
    _disk,
    _token,
    _running,
    _webhook,
    _port,
    _people,
    _queue,
    _parked,
    _backup,
    _speech,
)

INSIDE = {_running, _people, _queue, _parked, _backup}
"""Looks into the tables."""


# What it does about parked work when told to.


class NoSuchWork(Exception):
    """One sentence for whoever asked."""


async def retry(settings: Settings, name: str) -> str:
    """`name`: one such as "job:7", or "all". Errors: NoSuchWork."""

    async def again(tx: UnitOfWork, work: ParkedWork) -> None:
        await tx.parked.retry(work)

    done = await _each(settings, name, again)
    return f"To be tried again: {done}. A bot that runs does so at once, else the next start does."


async def forget(settings: Settings, name: str) -> str:
    """`name`: one such as "update:7", or "all". Errors: NoSuchWork."""

    async def gone(tx: UnitOfWork, work: ParkedWork) -> None:
        await tx.parked.forget(work)

    return f"Forgotten: {await _each(settings, name, gone)}."


async def _each(
    settings: Settings,
    name: str,
    act: Callable[[UnitOfWork, ParkedWork], Awaitable[None]],
) -> str:
    database = Database(settings.database_url)
    try:
        async with database.writing() as tx:
            given_up = await tx.parked.all(limit=100_000)
            chosen = [work for work in given_up if name in {"all", work.name}]
            if not chosen:
                raise NoSuchWork(f"nothing that was given up is called {name}; see `doctor`")
            for work in chosen:
                await act(tx, work)
                tx.cards.changed(parked.SUBJECT, utc_now())
    finally:
        await database.close()
    return ", ".join(work.name for work in chosen)
