from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base

FEWEST = 1000
"""Numbers skipped for each day that was lost, and never fewer than a tenth of those given."""


class Numbers:
    """Of what buttons and people name: conversations, alerts, surveys and so on."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def skip(self, days: int) -> None:
        """Never give a number again that may have been given in `days` of which nothing is known:
        a button of that time must not meet a newcomer."""
        tables = [table for table in Base.metadata.sorted_tables if _never_again(table)]
        last_of = self._sqlite if self._is_sqlite else self._postgres
        for table in tables:
            await last_of(table.name, days)

    @property
    def _is_sqlite(self) -> bool:
        return self._session.get_bind().dialect.name == "sqlite"

    async def _sqlite(self, table: str, days: int) -> None:
        named = {"table": table}
        found = await self._session.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :table"), named
        )
        given = found.scalar()
        if given is None:
            insert = "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"
        else:
            insert = "UPDATE sqlite_sequence SET seq = :last WHERE name = :table"
        await self._session.execute(text(insert), named | {"last": _beyond(given or 0, days)})

    async def _postgres(self, table: str, days: int) -> None:
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        given = await self._session.scalar(text(f"SELECT nextval({sequence})"))
        await self._session.execute(
            text(f"SELECT setval({sequence}, :last)"), {"last": _beyond(int(given or 0), days)}
        )


def _never_again(table: Table) -> bool:
    return bool(table.dialect_options["sqlite"]["autoincrement"])


def _beyond(given: int, days: int) -> int:
    return given + max(FEWEST * max(1, days), given // 10)
