"""The migrations build exactly the models, and every one of them can be undone."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.migrate import SchemaTooNew, config, migrate, walk
from storage.migrations import HEAD
from storage.models import Base
from tests.conftest import POSTGRES, WORKER, drop, recreate

STEPS = [s.revision for s in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgres"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A database nobody has touched yet."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    if POSTGRES is None:
        pytest.skip("TEST_POSTGRES_URL is not set")
    name = f"otklik_empty_{WORKER}"
    await recreate(POSTGRES, name)
    yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    await drop(POSTGRES, name)


async def run(url: str, work: Any) -> Any:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        result = await connection.run_sync(work)
    await engine.dispose()
    return result


def test_the_newest_step_is_the_one_a_start_looks_for() -> None:
    assert STEPS[-1] == HEAD


async def test_every_step_goes_up_down_and_up(empty_url: str) -> None:
    for before, step in zip(["base", *STEPS], STEPS, strict=False):
        assert await migrate(empty_url, step)
        await walk(empty_url, before)
        assert await migrate(empty_url, step)
    assert not await migrate(empty_url)


async def test_migrations_and_models_agree(empty_url: str) -> None:
    await migrate(empty_url)

    def difference(connection: Connection) -> list[Any]:
        found: list[Any] = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        return found

    assert await run(empty_url, difference) == []


async def test_there_is_the_one_team(empty_url: str) -> None:
    await migrate(empty_url)
    assert await run(
        empty_url, lambda c: [tuple(row) for row in c.execute(text("SELECT id FROM teams"))]
    ) == [(1,)]


async def test_a_database_of_a_newer_program_is_left_alone(empty_url: str) -> None:
    await migrate(empty_url)

    def from_the_future(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()

    await run(empty_url, from_the_future)
    with pytest.raises(SchemaTooNew, match="9999"):
        await migrate(empty_url)
