"""`python -m bot export FOLDER`."""

import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from bot.clock import utc_now
from bot.progress import bar
from bot.settings import Settings
from desk import exports
from storage.database import Database, DatabaseFailed
from storage.migrate import step
from storage.migrations import HEAD
from storage.models import Deed


class CannotExport(Exception):
    """One sentence for whoever asked for it."""


async def export(settings: Settings, folder: Path, *, words: bool) -> str:
    """Every record as CSV, beside a bot that runs or without one. Errors: CannotExport.

    The folder appears under its name when it is whole.
    """
    here = await step(settings.database_url)
    if here is None:
        raise CannotExport("there is no database of Otklik's yet: nothing to export")
    if here != HEAD:
        raise CannotExport("the database is of another version; `migrate` brings it up to date")
    part = _beside(folder)
    database = Database(settings.database_url)
    try:
        facts = exports.facts(
            settings.rules(), settings.working_hours, settings.holidays, utc_now(), words=words
        )
        with bar("exporting", "row") as tell:
            async with database.reading() as tx:
                rows = await exports.write(tx, part, facts, tell, words=words)
        _put(part, folder)
        await _noted(database, words=words)
    except OSError as no:
        raise CannotExport(f"{folder} cannot be written: {no.strerror or no}") from no
    finally:
        await database.close()
        shutil.rmtree(part, ignore_errors=True)
    told = "with names and texts" if words else "without names and texts; --words adds them"
    return f"{rows:,} records in {folder}, {told}. docs/export.md says what each column means."


async def _noted(database: Database, *, words: bool) -> None:
    """In the audit log, unless the database cannot be written: then the files are what counts."""
    with suppress(DatabaseFailed):
        async with database.writing() as tx:
            tx.audit.note(
                Deed.RECORDS_EXPORTED, about="team:1", by_id=None, now=utc_now(), words=words
            )


def _beside(folder: Path) -> Path:
    """A new folder next to it, open to nobody else. Errors: CannotExport."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotExport(f"{folder} is not an empty folder; name one that is, or a new one")
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = folder.with_name(f".{folder.resolve().name}.{secrets.token_hex(4)}.part")
        part.mkdir(mode=0o700)
    except OSError as no:
        raise CannotExport(f"{folder} cannot be written: {no.strerror or no}") from no
    return part


def _put(part: Path, folder: Path) -> None:
    """In place of the empty folder; who filled it meanwhile keeps what is theirs."""
    try:
        part.rename(folder)
    except OSError:
        if not folder.is_dir() or any(folder.iterdir()):
            raise
        for file in part.iterdir():  # a mount, or the folder somebody stands in
            shutil.move(file, folder / file.name)
