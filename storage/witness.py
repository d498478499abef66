"""Tells what each transaction writes, to whoever shows how the program works. A running bot has
no witness."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

from storage.database import Database

Written = Counter[tuple[str, str]]
"""Rows by what was done (insert, update, delete) and the table."""

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\s+(?:OR\s+\w+\s+)?(?:INTO\s+|FROM\s+)?\"?(\w+)")


def witness(database: Database, hear: Callable[[Written], None]) -> None:
    """`hear` is called as a transaction that wrote something is about to be committed."""
    engine = database.pen.sync_engine

    @event.listens_for(engine, "after_cursor_execute")
    def note(connection: Connection, cursor: Any, statement: str, given: Any, *more: Any) -> None:
        found = WRITES.match(statement)
        if found is None:
            return
        rows = cursor.rowcount
        if rows < 0:
            rows = len(given) if more[-1] else 1
        if rows:
            kept: Written = connection.info.setdefault("written", Counter())
            kept[found[1].lower(), found[2]] += rows

    @event.listens_for(engine, "commit")
    def tell(connection: Connection) -> None:
        if written := connection.info.pop("written", None):
            hear(written)

    @event.listens_for(engine, "rollback")
    def forget(connection: Connection) -> None:
        connection.info.pop("written", None)
