"""Every record figures rest on, table by table, as one moment has them: for other tools."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base

NOT_RECORDS = frozenset(
    {
        "cards", "deliveries", "diary_drafts", "forms", "invites", "jobs", "leases",
        "sent_messages", "slots", "stalled_updates", "timers", "updates",
    }
)  # fmt: skip
"""What the house itself remembers: no figure rests on it."""

SECRETS: Mapping[str, frozenset[str]] = {"teams": frozenset({"setup_hash"})}
"""Nobody's but the program's."""

WORDS: Mapping[str, frozenset[str]] = {
    "people": frozenset(
        {
            "telegram_id", "name", "display_name", "username", "language", "telegram_language",
            "phone",
        }
    ),
    "messages": frozenset(
        {"text", "entities", "file_id", "heard", "details", "versions", "album"}
    ),
    "conversation_events": frozenset({"text"}),
    "alerts": frozenset({"note", "phone", "call_time"}),
    "appeals": frozenset({"why", "note"}),
    "plan_remarks": frozenset({"text"}),
    "diary_entries": frozenset(
        {
            "customer_name", "customer_contact", "request", "done", "result", "photos", "voices",
            "heard", "words",
        }
    ),
    "diary_versions": frozenset({"content"}),
}  # fmt: skip
"""What people are called and what they wrote. Figures need at most that there is something."""

PAGE = 2000
"""Rows read at once."""

Row = Sequence[Any]


class Records:
    """Read in one transaction, all tables are of the same moment."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def stand_still(self) -> None:
        """From now to the end of the transaction nothing that others write is seen.

        Must come first in it. SQLite's reading transactions are so by themselves.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            _ = await self._session.connection(
                execution_options={"isolation_level": "REPEATABLE READ"}
            )

    async def sizes(self) -> Mapping[str, int]:
        """How many rows each table has, in the order of their names."""
        return {
            name: await self._session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in _tables().items()
        }

    async def of(self, table: str) -> AsyncIterator[Sequence[Row]]:
        """A table's rows in the order of its key, a page at a time, columns as `columns`."""
        kept = _tables()[table]
        (key,) = kept.primary_key.columns
        shown = [kept.c[name] for name in columns(table)]
        last: Any = None
        while True:
            asked = select(key, *shown).order_by(key).limit(PAGE)
            if last is not None:
                asked = asked.where(key > last)
            page = (await self._session.execute(asked)).all()
            if not page:
                return
            yield [row[1:] for row in page]
            last = page[-1][0]


def tables() -> Sequence[str]:
    """By name. Whoever adds one decides: it is here and in docs/export.md, or in NOT_RECORDS."""
    return list(_tables())


def columns(table: str) -> Sequence[str]:
    """Of a table, in the order the table has them."""
    hidden = SECRETS.get(table, frozenset())
    return [column.key for column in _tables()[table].columns if column.key not in hidden]


def _tables() -> dict[str, Table]:
    return {
        name: table
        for name, table in sorted(Base.metadata.tables.items())
        if name not in NOT_RECORDS
    }
