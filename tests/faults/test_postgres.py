"""PostgreSQL gone, read-only, or full of others: nothing is confirmed, all comes again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy.engine import make_url

from tests.conftest import execute
from tests.faults.conftest import Opens, Town, says_so_once, until

FAILS = "the database fails"


@pytest.fixture
async def on_postgres(opens: Opens, postgres_url: str) -> Town:
    return await opens(postgres_url)


def name_of(town: Town) -> str:
    return str(make_url(town.url).database)


async def by_the_administrator(town: Town, *statements: str) -> None:
    """From another database of the server: this one may let nobody in."""
    administration = make_url(town.url).set(database="postgres")
    await execute(administration.render_as_string(hide_password=False), *statements)


def everybody_out(where: str) -> str:
    return f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {where}"  # noqa: S608


async def test_gone_for_a_while(on_postgres: Town) -> None:
    town, name = on_postgres, name_of(on_postgres)
    bot = await town.starts()
    await town.is_listening()
    await town.traffic.more(6)
    await by_the_administrator(
        town,
        f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
        everybody_out(f"datname = '{name}'"),
    )
    try:
        await town.traffic.more(6)
        await until(lambda: bool(bot.lines(FAILS)))
        town.hands.passes(seconds=30)
    finally:
        await by_the_administrator(town, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await town.nothing_is_lost()
    await says_so_once(town, bot, FAILS)
    await bot.stop()


async def test_read_only(on_postgres: Town) -> None:
    """As after a failover, or where a provider protects a disk that is nearly full."""
    town, name = on_postgres, name_of(on_postgres)
    bot = await town.starts()
    await town.is_listening()
    await by_the_administrator(
        town,
        f'ALTER DATABASE "{name}" SET default_transaction_read_only = on',
        everybody_out(f"datname = '{name}'"),
    )
    try:
        await town.traffic.more(10)
        await until(lambda: any("read-only" in line for line in bot.lines(FAILS)))
    finally:
        await by_the_administrator(
            town, f'ALTER DATABASE "{name}" RESET default_transaction_read_only'
        )
    await town.nothing_is_lost()
    await says_so_once(town, bot, FAILS)
    await bot.stop()


@asynccontextmanager
async def guest(town: Town) -> AsyncIterator[str]:
    """A role whose connections can be counted: an administrator's are not. Its address."""
    name = f"{name_of(town)}_guest"
    await execute(
        town.url,
        f"CREATE ROLE \"{name}\" LOGIN PASSWORD 'guest'",
        f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{name}"',
        f'GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO "{name}"',
    )
    try:
        url = make_url(town.url).set(username=name, password="guest")
        yield url.render_as_string(hide_password=False)
    finally:
        await execute(town.url, f'DROP OWNED BY "{name}"', f'DROP ROLE "{name}"')


async def test_connections_are_exhausted(on_postgres: Town) -> None:
    town = on_postgres
    async with guest(town) as url:
        name = make_url(url).username
        bot = await town.starts(url=url)
        await town.is_listening()
        await execute(
            town.url,
            f'ALTER ROLE "{name}" CONNECTION LIMIT 0',
            everybody_out(f"usename = '{name}'"),
        )
        await town.traffic.more(10)
        await until(lambda: any("too many" in line for line in bot.lines(FAILS)))
        await execute(town.url, f'ALTER ROLE "{name}" CONNECTION LIMIT -1')
        await town.nothing_is_lost()
        await says_so_once(town, bot, FAILS)
        await bot.stop()
