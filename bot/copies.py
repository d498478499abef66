"""`python -m bot backup FILE` and `restore FILE`."""

import asyncio
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.clock import utc_now
from bot.lease import SpeakerLease
from bot.progress import bar
from bot.settings import Settings
from handlers import outage
from storage import copies
from storage.copies import Progress
from storage.database import Database, DatabaseFailed
from storage.dumps import CopyFailed
from storage.migrate import migrate, step
from storage.models import Deed

T = TypeVar("T")

BACKUP = "backup"
"""The calendar's name for the moments at which copies were taken."""


async def backup(settings: Settings, file: Path, *, replace: bool) -> str:
    """Copy the database, beside a bot that runs or without one. Errors: CopyFailed.

    The copy holds the moment it was begun at, so that `restore` knows what is missing in it.
    """
    if await step(settings.database_url) is None:
        raise CopyFailed("there is no database of Otklik's yet: nothing to copy")
    await _note(settings.database_url)
    await _whole(
        "copying",
        lambda tell: copies.take(settings.database_url, file, tell, replace=replace),
    )
    size = await asyncio.to_thread(lambda: file.stat().st_size)
    return f"Copied to {file}, {size / 1e6:.1f} MB, and read through: it is whole."


async def restore(settings: Settings, file: Path) -> str:
    """Put a copy in the database's place, while no bot runs. Errors: CopyFailed."""
    url = settings.database_url
    now = utc_now()
    old: Path | None = None
    staged = await _whole("checking", lambda tell: copies.stage(url, file, tell))
    told = f"The database is as it was in {file}"
    if staged is None:
        if await step(url) is not None:
            raise CopyFailed(
                "the database is not empty: make a new one, set DATABASE_URL to it, and try again"
            )
        await _whole("filling", lambda tell: copies.fill(url, file, tell))
    else:
        try:
            await _nobody_runs(url)
            old = await asyncio.to_thread(copies.swap, url, staged, f"{now:%Y%m%d-%H%M%S}")
        finally:
            staged.unlink(missing_ok=True)
        told += f"; the one that was there is kept as {old.name}" if old else ""
    await migrate(url)
    if old is not None:
        await asyncio.to_thread(copies.carry_over, url, old)
    since = await _picked_up(settings, now)
    return f"{told}.\n" + (
        f"What came after {since:%Y-%m-%d %H:%M:%S} UTC is not in it. Supervisors are told so when"
        " the bot starts."
        if since
        else "Start the bot."
    )


async def _note(url: str) -> None:
    database = Database(url)
    try:
        async with database.writing() as tx:
            now = utc_now()
            await tx.slots.fill(BACKUP, now, now)
    except DatabaseFailed:
        pass  # full, or read-only: a copy is the more wanted
    finally:
        await database.close()


async def _nobody_runs(url: str) -> None:
    """Errors: CopyFailed when a bot is using the database that is to be replaced."""
    try:
        if await step(url) is None:
            return
    except Exception:  # noqa: BLE001 - one that cannot be read is nobody's; it is kept beside
        return
    database = Database(url)
    try:
        if not await SpeakerLease(database, utc_now).wait():
            raise CopyFailed("another Otklik is running on this database; stop it first")
    except DatabaseFailed:
        pass
    finally:
        await database.close()


async def _picked_up(settings: Settings, now: datetime) -> datetime | None:
    """See to it that what happened after the copy neither confuses nor repeats itself; since when
    that is. None: the copy was made by other means and does not tell."""
    rules = settings.rules()
    database = Database(settings.database_url)
    try:
        async with database.writing() as tx:
            team = await tx.teams.ours()
            since = await tx.slots.last(BACKUP) or team.contact_at
            if since is None:
                return None
            await tx.numbers.skip((now - since).days + 1)
            await tx.deliveries.drop_bulk(now, "a copy was put back: it may have been sent")
            await outage.restored(tx, since=since, until=now, rules=rules, now=now)
            tx.audit.note(Deed.RESTORED, about="team:1", by_id=None, now=now, since=f"{since}")
            team.contact_at = now  # the outage is told already
    finally:
        await database.close()
    return since


async def _whole(what: str, work: Callable[[Progress], T]) -> T:
    """In a thread, with a bar; who is asked to stop leaves nothing half done."""
    stopped = threading.Event()
    with bar(what) as tell:

        def told(done: int, of: int | None) -> None:
            if stopped.is_set():
                raise CopyFailed("stopped")
            tell(done, of)

        running = asyncio.ensure_future(asyncio.to_thread(work, told))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        try:
            return await running
        except asyncio.CancelledError:
            stopped.set()
            raise CopyFailed("stopped; nothing was changed") from None
