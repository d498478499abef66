from collections.abc import Collection as Bag
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import upsert
from storage.models import Timer

TABLE: Any = Timer.__table__
TIMER = select(Timer).where(
    Timer.kind == bindparam("kind"), Timer.about_id == bindparam("about_id")
)
CLEAR = delete(TABLE).where(
    TABLE.c.kind == bindparam("of_kind"), TABLE.c.about_id == bindparam("about")
)

FRESH: dict[str, Any] = {"attempts": 0, "error": None, "parked_at": None}
"""What a timer is set with, whatever became of it before."""


class Timers:
    """What must happen at a moment. One of each kind about each thing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._pending: dict[tuple[str, int], datetime | None] = {}
        """Set, or cleared (None), and not written yet."""

    async def set(self, kind: str, about_id: int, due_at: datetime) -> None:
        """Have it happen at `due_at`; setting it again moves it."""
        self._pending[kind, about_id] = due_at

    async def clear(self, about_id: int, *kinds: str) -> None:
        """Have it not happen."""
        self._pending |= dict.fromkeys(((kind, about_id) for kind in kinds), None)

    def write(self, connection: Connection) -> None:
        """In one order: so no two transactions can wait for each other."""
        pending, self._pending = sorted(self._pending.items()), {}
        gone = [{"of_kind": kind, "about": about} for (kind, about), due in pending if due is None]
        kept = [
            {"kind": kind, "about_id": about, "due_at": due, **FRESH}
            for (kind, about), due in pending
            if due is not None
        ]
        if gone:
            connection.execute(CLEAR, gone)
        if kept:
            changed = ("due_at", "attempts", "error", "parked_at")
            name = connection.dialect.name
            connection.execute(upsert(name, Timer, ("kind", "about_id"), changed), kept)

    async def _written(self) -> None:
        if self._pending:
            await self._session.run_sync(lambda session: self.write(session.connection()))

    async def due(self, now: datetime, limit: int) -> Sequence[Timer]:
        """Timers whose moment has come, the earliest first."""
        await self._written()
        found = await self._session.scalars(
            select(Timer).where(Timer.due_at <= now).order_by(Timer.due_at, Timer.id).limit(limit)
        )
        return found.all()

    async def claim(self, numbers: Bag[int], now: datetime) -> Sequence[Timer]:
        """Those of them that are still due, the earliest first; another process's are skipped.

        A rule may have moved or cleared one since it was seen: lock what it is about first.
        """
        await self._written()
        found = await self._session.scalars(
            select(Timer)
            .where(Timer.id.in_(numbers), Timer.due_at <= now)
            .order_by(Timer.due_at, Timer.id)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        return found.all()

    async def failed(
        self, number: int, error: str, until: datetime, tries: int, now: datetime
    ) -> None:
        """Ring again at `until`; after `tries` it is parked."""
        timer = await self._session.get(Timer, number)
        if timer is not None:
            timer.attempts += 1
            timer.error = error
            if timer.attempts < tries:
                timer.due_at = until
            else:
                timer.due_at, timer.parked_at = None, now

    async def hurry(self, now: datetime) -> None:
        """Those that failed and wait for another try; what lies ahead of the others stays."""
        await self._session.execute(
            update(Timer).where(Timer.due_at > now, Timer.attempts > 0).values(due_at=now)
        )

    async def parked(self) -> int:
        counted = await self._session.scalar(
            select(func.count()).select_from(Timer).where(Timer.due_at.is_(None))
        )
        return counted or 0

    async def rang(self, timer: Timer) -> None:
        """Seen to, unless the rule set it anew for later."""
        await self._session.execute(
            delete(Timer).where(Timer.id == timer.id, Timer.due_at == timer.due_at)
        )

    async def get(self, kind: str, about_id: int) -> Timer | None:
        await self._written()
        found: Timer | None = await self._session.scalar(
            TIMER, {"kind": kind, "about_id": about_id}
        )
        return found

    async def next_due(self) -> datetime | None:
        """The moment of the next timer; None: there is none."""
        await self._written()
        moment: datetime | None = await self._session.scalar(
            select(func.min(Timer.due_at)).where(Timer.due_at.is_not(None))
        )
        return moment
