"""`python -m playground`: the bot, a Telegram of its own and a page with three phones."""

import argparse
import asyncio
import errno
import secrets
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import logs
from bot.__main__ import CannotStart, migrated, run_loop, until_told_to_stop
from bot.clock import utc_now
from bot.settings import Settings, WrongSetting
from desk import invites
from playground.cast import CAST, Cast, ids
from playground.clock import MovableClock
from playground.controls import Controls
from playground.glass import Glass
from playground.keeper import Keeper
from playground.page import Page
from playground.past import Past
from playground.telegram import Telegram
from storage.database import Database
from storage.models import Role

DATABASE = Path("data/playground.db")
BOT_ID = 4_200_042
USERNAME = "otklik_bot"
NAMES = {"ru": "Отклик", "en": "Otklik"}
DESCRIPTIONS = {
    "ru": "Напишите, что случилось: словами, фото или голосом. Ответит человек.",
    "en": "Write what happened: in words, with a photo or a voice message. A person will answer.",
}
"""As an administrator tells @BotFather."""


def main(arguments: list[str] | None = None) -> int:
    chosen = _parse(arguments)
    try:
        given = _chosen_settings(chosen)
        settings = Settings.load(**given)
        clock = _clock(chosen, settings.timezone)
        logs.set_up(settings.log_level, settings.log_format)
        is_ours = chosen.database is None
        run_loop(until_told_to_stop(lambda: _play(given, settings, clock, is_ours=is_ours)))
    except (CannotStart, WrongSetting) as reason:
        sentence = str(reason).replace("DATABASE_URL", "--database", 1)
        print(f"playground: {sentence}", file=sys.stderr)  # noqa: T201 - for a person
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m playground",
        description="Otklik without an account: the real bot, a local Bot API server and a page"
        " with the phones of a customer, an operator and a supervisor.",
        epilog="Other settings come from the environment or .env; BOT_TOKEN and DATABASE_URL are"
        " not used.",
    )
    parser.add_argument("--host", help="where the page listens (HTTP_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=_port, help="0 takes any that is free (HTTP_PORT, 8080)")
    parser.add_argument(
        "--at",
        type=_moment,
        metavar="MOMENT",
        help="what time it is at the start, as 2026-03-05T10:00 in TIMEZONE",
    )
    parser.add_argument(
        "--still", action="store_true", help="the time stands still, but for being moved on"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help=f"a database to keep; without it {DATABASE} is made anew at each start",
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("expected a whole number from 0 to 65535")
    return int(text)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("expected a moment such as 2026-03-05T10:00") from None


def _clock(chosen: argparse.Namespace, zone: ZoneInfo) -> MovableClock:
    begins = chosen.at
    if begins is not None and begins.tzinfo is None:
        begins = begins.replace(tzinfo=zone)
    return MovableClock(utc_now, begins, runs=not chosen.still)


def _chosen_settings(chosen: argparse.Namespace) -> dict[str, Any]:
    """What makes it a playground; all else is as the environment says."""
    asked = {"http_host": chosen.host, "http_port": chosen.port}
    return {
        "bot_token": f"{BOT_ID}:{secrets.token_urlsafe(24)}",
        "bot_api_url": "http://127.0.0.1",  # the port is known once our server listens
        "database_url": chosen.database or f"sqlite+aiosqlite:///{DATABASE}",
        "webhook_url": None,
        "webhook_secret": None,
        "operator_ids": ids("operator"),
        "supervisor_ids": ids("supervisor"),
    } | {name: value for name, value in asked.items() if value is not None}


async def _play(
    given: dict[str, Any], settings: Settings, clock: MovableClock, *, is_ours: bool
) -> None:
    """From an empty screen until cancelled. Errors: CannotStart."""
    assert settings.bot_token is not None
    telegram = Telegram(clock)
    bot = telegram.bot(settings.bot_token.get_secret_value(), USERNAME, NAMES["ru"])
    for what, texts in (("name", NAMES), ("description", DESCRIPTIONS)):
        bot.texts |= {(what, language): words for language, words in texts.items()}
    cast = Cast(telegram)
    rules, database = settings.rules(), Database(settings.database_url)
    page = Page(
        *(telegram, cast, str(settings.timezone), settings.http_host),
        hire=partial(_invited, database, clock),
    )
    glass = Glass(telegram, cast, database, clock)
    keeper = glass.keeper = Keeper(given, clock, glass.hear)
    page.controls = Controls(telegram, clock, database, rules, keeper, glass, page.clock_moved)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        stack.push_async_callback(page.stop)
        address = await _listens(page, settings)
        if is_ours:
            stack.enter_context(_made_anew(DATABASE))
        await migrated(settings)
        if is_ours:
            hours = (settings.working_hours, settings.holidays)
            async with database.writing() as tx:
                await Past(telegram, rules, clock(), hours).happened(tx)
        telegram.goes_on_from(int(utc_now().timestamp() * 100))
        stack.push_async_callback(telegram.stop)
        await telegram.start()
        keeper.reaches(telegram.url)
        await _goes_on(keeper, glass, cast, address)


async def _goes_on(keeper: Keeper, glass: Glass, cast: Cast, address: str) -> None:
    """The bot answers, and whoever looks through the glass sees it; until cancelled."""
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    work = [asyncio.ensure_future(keeper.run(ready)), asyncio.ensure_future(glass.run())]
    try:
        await ready
        await cast.team_starts()
        print(f"{address}  Otklik's playground: open it in a browser. Ctrl-C stops it.")  # noqa: T201
        sys.stdout.flush()
        await asyncio.gather(*work)
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


async def _invited(database: Database, clock: MovableClock) -> str:
    """What a link into the team starts the bot with; the first supervisor makes it."""
    first = next(part.id for part in CAST if part.role == "supervisor")
    async with database.writing() as tx:
        by = await tx.people.by_telegram(first)
        assert by is not None, "the team has not started yet"
        _, secret = await invites.make(tx, role=Role.OPERATOR, by=by, now=clock())
    return f"invite-{secret}"


async def _listens(page: Page, settings: Settings) -> str:
    where = f"{settings.http_host}:{settings.http_port}"
    try:
        return await page.start(settings.http_port)
    except OSError as no:
        if no.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"HTTP_PORT={settings.http_port}: something else listens on {where};"
                " stop it, or choose another with --port (0 takes any that is free)"
            ) from None
        raise CannotStart(f"the page cannot listen on {where}: {no.strerror or no}") from None


@contextmanager
def _made_anew(path: Path) -> Iterator[None]:
    """The file is deleted, unless another playground is using it."""
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _take(stack.enter_context(path.with_suffix(".lock").open("w")).fileno())
            for end in ("", "-wal", "-shm", "-journal"):
                path.with_name(path.name + end).unlink(missing_ok=True)
        except OSError as no:
            raise CannotStart(f"{path} cannot be made anew: {no.strerror or no}") from None
        yield


def _take(file: int) -> None:
    """Errors: CannotStart."""
    with suppress(ImportError):  # Windows: nobody else is expected there
        import fcntl  # noqa: PLC0415 - not on every platform

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"another playground is using {DATABASE}; stop it, or give this one --database"
            ) from None


if __name__ == "__main__":
    sys.exit(main())
