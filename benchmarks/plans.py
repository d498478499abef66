"""What a database does to answer: the plans of the statements a piece of work executes."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine


@dataclass
class Asked:
    """What an engine was asked, each once, with the values it was asked with last."""

    statements: dict[str, Any] = field(default_factory=dict)

    async def plans(self, engine: AsyncEngine) -> dict[str, Sequence[str]]:
        """By statement, the steps of its plan; PostgreSQL takes an index wherever it can."""
        sqlite = engine.dialect.name == "sqlite"
        found: dict[str, Sequence[str]] = {}
        async with engine.connect() as connection:
            if not sqlite:
                await connection.exec_driver_sql("SET enable_seqscan = off")
            for statement, values in self.statements.items():
                explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
                rows = await connection.exec_driver_sql(f"{explain} {statement}", values)
                found[statement] = [str(row[-1]).strip() for row in rows]
        return found


@contextmanager
def asked_of(engine: AsyncEngine | None = None) -> Iterator[Asked]:
    """What is asked inside; None: of any engine."""
    asked = Asked()
    where = Engine if engine is None else engine.sync_engine

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            asked.statements[statement] = values[0] if isinstance(values, list) else values

    event.listen(where, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(where, "before_cursor_execute", note)


def scans(plan: Sequence[str]) -> Sequence[str]:
    """The steps that read the whole of a table or an index."""
    return [step for step in plan if re.search(r"^SCAN (?!.*SUBQUERY)|Seq Scan", step)]
