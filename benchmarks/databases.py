"""Fresh databases to measure on."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.migrate import migrate

POSTGRES = os.environ.get("TEST_POSTGRES_URL")
"""A PostgreSQL where we may make databases; None: only SQLite is measured."""


@asynccontextmanager
async def sqlite() -> AsyncIterator[str]:
    """A migrated, empty file."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'otklik.db'}"
        await migrate(url)
        yield url


@asynccontextmanager
async def postgres(server: str) -> AsyncIterator[str]:
    """A migrated, empty database beside the one `server` names."""
    named = make_url(server)
    url = named.set(database=f"{named.database}_benchmark")
    drop = f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)'
    await _say(server, drop, f'CREATE DATABASE "{url.database}"')
    try:
        whole = url.render_as_string(hide_password=False)
        await migrate(whole)
        yield whole
    finally:
        await _say(server, drop)


async def _say(url: str, *statements: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()
