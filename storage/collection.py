"""What every collection can do: one kind of row, seen through one transaction."""

from collections.abc import Collection as Bag
from functools import cache
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Insert, inspect, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

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
        """Put it in; it has its number when this returns. What else changed is written later."""
        await self._session.run_sync(_put_in, row)
        return row

    async def get(self, number: int) -> Row | None:
        row: Any = self._session.identity_map.get((self.kind, (number,), None))
        if row is None:  # or there is no need to ask, nor to switch to where one can
            row = await self._session.get(self.kind, number)
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


class _Column(NamedTuple):
    attribute: str
    default: Any


class _Table(NamedTuple):
    columns: tuple[_Column, ...]
    """All but the number."""
    insert: Insert


@cache
def _table(kind: type[Base]) -> _Table:
    columns = [
        _Column(attribute.key, getattr(attribute.columns[0].default, "arg", None))
        for attribute in inspect(kind).column_attrs
        if attribute.key != "id"
    ]
    return _Table(tuple(columns), plain_insert(kind.__table__))  # type: ignore[arg-type]


def _put_in(session: Session, row: Base) -> None:
    """What `add` and `flush` do, at a fifth of the price: a flush looks at all there is."""
    table, given = _table(type(row)), row.__dict__
    values = {name: given[name] for name, _ in table.columns if name in given}
    done = session.connection().execute(table.insert, values)
    assert done.inserted_primary_key is not None
    set_committed_value(row, "id", done.inserted_primary_key[0])
    for attribute, default in table.columns:
        if attribute not in given:
            set_committed_value(row, attribute, default)
    make_transient_to_detached(row)
    session.add(row)


@cache
def inserting_once(dialect: str, kind: type[Base], *unique: str) -> Any:
    """An INSERT of rows that passes over those whose `unique` is there already."""
    spoken = sqlite if dialect == "sqlite" else postgresql
    return spoken.insert(kind.__table__).on_conflict_do_nothing(index_elements=unique or None)


@cache
def upsert(dialect: str, kind: type[Base], unique: tuple[str, ...], new: tuple[str, ...]) -> Any:
    """An INSERT of rows that, where `unique` is there already, changes the columns in `new`."""
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(kind.__table__)
    return statement.on_conflict_do_update(
        index_elements=unique, set_={name: statement.excluded[name] for name in new}
    )


def put_once(connection: Connection, kind: type[Base], rows: list[Any], *unique: str) -> None:
    """Insert rows, passing over those whose `unique` is there already."""
    connection.execute(inserting_once(connection.dialect.name, kind, *unique), rows)


def insert(session: AsyncSession, kind: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT; both databases spell it alike."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(kind)
