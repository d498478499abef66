"""The whole database, to see that nothing in it changed, or that something is nowhere in it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, text

from storage.models import Base
from tests.conftest import Desk


async def rows(desk: Desk, besides: Collection[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but `besides` and what renews itself."""
    found = {}
    async with desk.database.reading() as tx:
        for name, table in Base.metadata.tables.items():
            if name not in {*besides, "leases"}:
                result = await tx._session.execute(select(table).order_by(text("1, 2")))
                found[name] = [tuple(row) for row in result]
    return found
