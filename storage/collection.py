"""What every collection can do: one kind of row, seen through one transaction."""

from collections.abc import Collection as Bag
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base

Row = TypeVar("Row", bound=Base)

BESIDE_REFERENCES = {"key_share": True}
"""How rows are locked: against each other, but not against new rows that only refer to them."""


class Collection(Generic[Row]):
    """Rows of one kind. `get` maybe, `one` surely, `lock` to look, decide and change as one."""

    kind: ClassVar[type[Base]]

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._is_shared = session.get_bind().dialect.name == "postgresql"
        """With others who write at the same time; SQLite has one writer, who holds everything."""
        self._locked: set[int] = set()

    async def add(self, row: Row) -> Row:
        """Put it in; it has its number when this returns."""
        self._session.add(row)
        await self._session.flush()
        return row

    async def get(self, number: int) -> Row | None:
        row: Any = await self._session.get(self.kind, number)
        return row  # type: ignore[no-any-return]

    async def one(self, number: int) -> Row:
        """The row that must exist; anything else is a bug, not an answer."""
        row = await self.get(number)
        if row is None:
            raise LookupError(f"{self.kind.__tablename__} {number}")
        return row

    async def lock(self, number: int) -> Row | None:
        """The row as it is now, held until the transaction ends; PostgreSQL waits here."""
        if not self._is_shared or number in self._locked:
            return await self.get(number)
        await self._session.flush()  # reading it anew would forget what we changed in it
        row: Any = await self._session.get(
            self.kind, number, with_for_update=BESIDE_REFERENCES, populate_existing=True
        )
        self._locked.add(number)
        return row  # type: ignore[no-any-return]

    async def lock_all(self, numbers: Bag[int]) -> None:
        """Lock several at once, in their order: so no two who do it can wait for each other."""
        if wanted := set(numbers) - self._locked:
            await self._lock_where(inspect(self.kind).primary_key[0].in_(wanted))

    async def _lock_where(self, *are: ColumnElement[bool]) -> None:
        if not self._is_shared:
            return
        await self._session.flush()
        column = inspect(self.kind).primary_key[0]
        found: Any = await self._session.scalars(
            select(self.kind)
            .where(*are)
            .order_by(column)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        self._locked |= {row.id for row in found}


def insert(session: AsyncSession, kind: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT; both databases spell it alike."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(kind)
