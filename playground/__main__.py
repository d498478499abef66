"""`python -m playground`: the bot, a Telegram of its own and a page with three phones."""

import argparse
import errno
import secrets
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager, suppress
from pathlib import Path

from bot import logs
from bot.__main__ import CannotStart, migrated, opened, run_loop, until_told_to_stop
from bot.clock import utc_now
from bot.settings import Settings, WrongSetting
from playground.cast import Cast, ids
from playground.page import Page
from playground.past import Past
from playground.telegram import Telegram
from storage.database import Database

DATABASE = Path("data/playground.db")
BOT_ID = 4_200_042
USERNAME = "otklik_bot"
NAMES = {"ru": "Отклик", "en": "Otklik"}


def main(arguments: list[str] | None = None) -> int:
    chosen = _parse(arguments)
    try:
        settings = _settings(chosen)
        logs.set_up(settings.log_level, settings.log_format)
        is_ours = chosen.database is None
        run_loop(until_told_to_stop(lambda: _play(settings, is_ours=is_ours)))
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
        "--database",
        metavar="URL",
        help=f"a database to keep; without it {DATABASE} is made anew at each start",
    )
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError("expected a whole number from 0 to 65535")
    return int(text)


def _settings(chosen: argparse.Namespace) -> Settings:
    """As the environment says, but for what makes it a playground."""
    asked = {"http_host": chosen.host, "http_port": chosen.port}
    return Settings.load(
        bot_token=f"{BOT_ID}:{secrets.token_urlsafe(24)}",
        bot_api_url="http://127.0.0.1",  # the port is known once our server listens
        database_url=chosen.database or f"sqlite+aiosqlite:///{DATABASE}",
        webhook_url=None,
        webhook_secret=None,
        operator_ids=ids("operator"),
        supervisor_ids=ids("supervisor"),
        **{name: value for name, value in asked.items() if value is not None},
    )


async def _play(settings: Settings, *, is_ours: bool) -> None:
    """From an empty screen until cancelled. Errors: CannotStart."""
    assert settings.bot_token is not None
    telegram = Telegram(utc_now)
    bot = telegram.bot(settings.bot_token.get_secret_value(), USERNAME, NAMES["ru"])
    bot.texts |= {("name", language): name for language, name in NAMES.items()}
    cast = Cast(telegram)
    page = Page(telegram, cast, str(settings.timezone), settings.http_host)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(page.stop)
        address = await _listens(page, settings)
        if is_ours:
            stack.enter_context(_made_anew(DATABASE))
            await _has_a_past(telegram, settings)
        telegram.goes_on_from(int(utc_now().timestamp() * 100))
        stack.push_async_callback(telegram.stop)
        await telegram.start()
        app = await opened(settings.model_copy(update={"bot_api_url": telegram.url}))
        stack.push_async_callback(app.close)
        await cast.team_starts()
        print(f"{address}  Otklik's playground: open it in a browser. Ctrl-C stops it.")  # noqa: T201
        sys.stdout.flush()
        await app.run(listens=False)


async def _has_a_past(telegram: Telegram, settings: Settings) -> None:
    await migrated(settings)
    database = Database(settings.database_url)
    rules, hours = settings.rules(), (settings.working_hours, settings.holidays)
    try:
        async with database.writing() as tx:
            await Past(telegram, rules, utc_now(), hours).happened(tx)
    finally:
        await database.close()


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
