"""The commands: `python -m bot [COMMAND]`."""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramUnauthorizedError
from aiogram.utils.token import TokenValidationError

from bot import copies, doctor, exports, imports, logs, push
from bot.app import App
from bot.assembly import build_app
from bot.poller import AnotherCopy, TokenRefused
from bot.porch import CannotListen
from bot.settings import Settings, WrongSetting
from bot.spellings import without_credentials
from desk.past.layout import CannotImport
from storage.database import DatabaseFailed, is_the_databases
from storage.dumps import CopyFailed
from storage.migrate import SchemaTooNew, migrate

logger = logging.getLogger(__name__)

WRONG_TOKEN = "BOT_TOKEN: Telegram does not accept it; take it from @BotFather again"  # noqa: S105
ANOTHER_COPY = (
    "another Otklik answers with this BOT_TOKEN and another database;"
    " stop it first, or take another token"
)


class CannotStart(Exception):
    """One plain sentence for whoever started the program."""


SENTENCES = (
    CannotStart,
    WrongSetting,
    CopyFailed,
    CannotImport,
    exports.CannotExport,
    doctor.NoSuchWork,
)
"""Errors that say in one sentence, by themselves, what is wrong."""

Command = Callable[[Settings], Coroutine[Any, Any, None]]


def main(arguments: list[str] | None = None) -> int:
    return carry_out(_chosen(arguments))


def carry_out(command: Command, load: Callable[[], Settings] = Settings.load) -> int:
    """The program's exit code; what stopped it is said in one sentence, or in the log."""
    try:
        settings = load()
        logs.set_up(settings.log_level, settings.log_format)
        run_loop(command(settings))
    except SENTENCES as reason:
        print(f"otklik: {reason}", file=sys.stderr)  # noqa: T201 - for a person, not the log
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception:
        logger.exception("stopped by an error of our own")
        return 1
    return 0


def _chosen(arguments: list[str] | None) -> Command:
    """What is to be done. Ends the program after --help, or when that cannot be told."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Otklik, a service desk in Telegram.",
        epilog="Settings come from the environment or .env; .env.example explains each.",
    )
    parser.set_defaults(command=lambda _: run)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(name: str, told: str, command: Callable[[argparse.Namespace], Command]) -> Any:
        one = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
        one.set_defaults(command=command)
        return one

    add("run", "answer people; the default", lambda _: run)
    add("migrate", "bring the database up to date and stop", lambda _: _migrate)
    add("push", "send the weekly KPI now, once to everybody, and stop", lambda _: _push)
    copying = add(
        "backup", "copy the whole database to FILE, beside a bot that runs or without", _backup
    )
    copying.add_argument("file", metavar="FILE", type=Path)
    copying.add_argument("--force", action="store_true", help="replace FILE if it is there")
    restoring = add(
        "restore", "put a copy that `backup` made in the database's place; stop the bot", _restore
    )
    restoring.add_argument("file", metavar="FILE", type=Path)
    exporting = add("export", "write every record as CSV files into FOLDER", _export)
    exporting.add_argument("folder", metavar="FOLDER", type=Path)
    exporting.add_argument(
        "--words", action="store_true", help="also what people are called and what they wrote"
    )
    importing = add("import", "take past conversations of another tool from FILE", _import)
    importing.add_argument("file", metavar="FILE", type=Path, help="CSV or XLSX")
    importing.add_argument(
        "--mapping", metavar="FILE", type=Path, help="TOML: how FILE is laid out (docs/import.md)"
    )
    importing.add_argument(
        "--strict", action="store_true", help="take all rows or none, if one must be left out"
    )
    importing.add_argument(
        "--check", action="store_true", help="only say what FILE holds, and its figures"
    )
    looking = add("doctor", "say what is well, what is not, and what to do about it", _doctor)
    doing = looking.add_mutually_exclusive_group()
    for option, told in (
        ("retry", "try work that was given up once more: one, as the report names it, or all"),
        ("forget", "never do it: one, as the report names it, or all"),
    ):
        doing.add_argument(f"--{option}", metavar="NAME", help=told)
    given = parser.parse_args(arguments)
    command: Command = given.command(given)
    return command


def run_loop(work: Coroutine[Any, Any, None]) -> None:
    """On uvloop where there is one."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415 - not on every platform
    except ImportError:
        new_event_loop = None  # type: ignore[assignment]
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(work)


@contextmanager
def reaching(settings: Settings) -> Iterator[None]:
    """Errors: CannotStart, for those of a database that is not there or too new."""
    where = without_credentials(settings.database_url)
    try:
        yield
    except SchemaTooNew as step:
        raise CannotStart(
            f"the database {where} was made by a newer Otklik (step {step}); update the program"
        ) from None
    except Exception as error:
        if isinstance(error, SENTENCES) or not is_the_databases(error):
            raise
        raise CannotStart(f"DATABASE_URL={where}: the database cannot be reached") from error


async def migrated(settings: Settings) -> bool:
    """Whether the database had to be changed. Errors: CannotStart."""
    with reaching(settings):
        return await migrate(settings.database_url)


async def _migrate(settings: Settings) -> None:
    changed = await migrated(settings)
    print("The database is up to date" + (" now." if changed else "."))  # noqa: T201


async def run(settings: Settings, build: Callable[[Settings], App] = build_app) -> None:
    """Answer people until told to stop. Errors: CannotStart."""
    app = await opened(settings, build)
    try:
        await until_told_to_stop(app.run)
    except BaseExceptionGroup as failed:
        reason = _in_a_sentence(failed)
        if reason is None:
            raise
        raise reason from None
    finally:
        await app.close()


def _in_a_sentence(failed: BaseExceptionGroup[BaseException]) -> CannotStart | None:
    """What stopped several tasks, if all of it is for whoever started the program; None: not so.

    Not by `except*`: what is raised in one stays in a group in Python 3.11.2, which is Debian's.
    """
    known, other = failed.split((TokenRefused, AnotherCopy, CannotListen))
    if known is None or other is not None:
        return None
    reason = next(_leaves(known))
    match reason:
        case TokenRefused():
            return CannotStart(WRONG_TOKEN)
        case AnotherCopy():
            return CannotStart(ANOTHER_COPY)
        case _:
            return CannotStart(f"HTTP_HOST, HTTP_PORT: {reason}")


def _leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from _leaves(each)
        else:
            yield each


async def _push(settings: Settings) -> None:
    app = await _built(settings)
    try:
        asked = len(await push.leave_jobs(app))
        if not await push.is_ours_to_send(app):
            print(f"Charts for {asked} people are left to the bot that is running.")  # noqa: T201
            return
        await _met(app, settings)
        left = await push.send(app)
    except DatabaseFailed as failed:
        raise CannotStart(f"DATABASE_URL: the database cannot be used ({failed})") from failed
    finally:
        await app.close()
    if left:
        raise CannotStart(f"{left} charts could not be sent yet; they go out when the bot runs")
    print(f"Charts sent to {asked} people." if asked else "Everybody has had this week's chart.")  # noqa: T201


def _backup(given: argparse.Namespace) -> Command:
    async def command(settings: Settings) -> None:
        with reaching(settings):
            print(await copies.backup(settings, given.file, replace=given.force))  # noqa: T201

    return command


def _restore(given: argparse.Namespace) -> Command:
    async def command(settings: Settings) -> None:
        with reaching(settings):
            print(await copies.restore(settings, given.file))  # noqa: T201

    return command


def _export(given: argparse.Namespace) -> Command:
    async def command(settings: Settings) -> None:
        with reaching(settings):
            print(await exports.export(settings, given.folder, words=given.words))  # noqa: T201

    return command


def _import(given: argparse.Namespace) -> Command:
    asked = imports.Asked(given.file, given.mapping, given.strict, given.check)

    async def command(settings: Settings) -> None:
        with reaching(settings):
            for line in await imports.import_file(settings, asked):
                print(line)  # noqa: T201

    return command


def _doctor(given: argparse.Namespace) -> Command:
    async def command(settings: Settings) -> None:
        with reaching(settings):
            if given.retry:
                print(await doctor.retry(settings, given.retry))  # noqa: T201
                return
            if given.forget:
                print(await doctor.forget(settings, given.forget))  # noqa: T201
                return
        well = True
        async for found in doctor.examine(settings):
            well = well and found.grade is not doctor.Grade.PROBLEM
            print(found)  # noqa: T201
        if not well:
            sys.exit(1)

    return command


async def opened(settings: Settings, build: Callable[[Settings], App] = build_app) -> App:
    """The bot, ready to run. Errors: CannotStart."""
    app = await _built(settings, build)
    try:
        await _alone(app)
        await _met(app, settings)
    except BaseException:
        await app.close()
        raise
    _spare_the_collector()
    return app


async def _built(settings: Settings, build: Callable[[Settings], App] = build_app) -> App:
    """Everything joined, on a database that is up to date. Errors: CannotStart."""
    if settings.bot_token is None:
        raise CannotStart("BOT_TOKEN is not set; take one from @BotFather, or try the playground")
    await migrated(settings)
    try:
        return build(settings)
    except TokenValidationError:
        raise CannotStart(WRONG_TOKEN) from None


async def _alone(app: App) -> None:
    """Wait for a lease that is ending; another process that goes on renewing its own is alive.

    Behind a webhook several may share PostgreSQL: who of them speaks is settled while they run.
    """
    if not app.database.is_sqlite and app.settings.webhook_url is not None:
        return
    try:
        if await app.lease.wait():
            return
    except DatabaseFailed as failed:
        raise CannotStart(f"DATABASE_URL: the database cannot be used ({failed})") from failed
    raise CannotStart("another Otklik is running on this database; stop it first")


async def _met(app: App, settings: Settings) -> None:
    """Say hello to the server. Prints the setup link while there is no supervisor."""
    try:
        link = await app.prepare()
        if settings.webhook_url is None:
            await app.bot.delete_webhook()  # waiting updates are kept
    except TelegramUnauthorizedError:
        raise CannotStart(WRONG_TOKEN) from None
    except (TelegramAPIError, ClientDecodeError) as away:
        raise CannotStart(
            f"BOT_API_URL={settings.bot_api_url}: the server cannot be reached"
            f" ({type(away).__name__})"
        ) from None
    if link is not None:
        print(f"Nobody is a supervisor yet. Whoever opens this link first is: {link}")  # noqa: T201
        sys.stdout.flush()


async def until_told_to_stop(run: Callable[[], Awaitable[None]]) -> None:
    """Run until SIGTERM or SIGINT: then finish what was begun and leave with 0."""
    task = asyncio.ensure_future(run())
    loop = asyncio.get_running_loop()
    for told in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(told, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        if not task.cancelled():
            raise


def _spare_the_collector() -> None:
    """What is loaded by now stays: walking it again and again costs 100 ms a time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


if __name__ == "__main__":
    sys.exit(main())
