"""Work that was given up after several tries. It is kept until somebody decides about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base, Job, StalledUpdate, Timer

KINDS: dict[str, type[StalledUpdate | Job | Timer]] = {
    "update": StalledUpdate,
    "job": Job,
    "timer": Timer,
}


@dataclass(frozen=True, slots=True)
class ParkedWork:
    """One piece of it, without anybody's words."""

    kind: str
    """update, job or timer."""
    number: int
    what: str
    """The update's or job's or timer's own kind: "message", "weekly-kpi", "escalate"."""
    error: str | None
    """The kind of error it failed with last."""
    parked_at: datetime

    @property
    def name(self) -> str:
        """What an administrator calls it by."""
        return f"{self.kind}:{self.number}"


class Parked:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def count(self) -> int:
        total = 0
        for kind in KINDS.values():
            total += await self._session.scalar(_of(kind, func.count())) or 0
        return total

    async def newest(self) -> datetime | None:
        """When the last of it was given up; None: there is none."""
        moments = [
            await self._session.scalar(_of(kind, func.max(kind.parked_at)))
            for kind in KINDS.values()
        ]
        return max((moment for moment in moments if moment is not None), default=None)

    async def all(self, limit: int = 100) -> Sequence[ParkedWork]:
        """The oldest first."""
        found = [
            ParkedWork(name, row.id, _what(row), row.error, row.parked_at)
            for name, kind in KINDS.items()
            for row in await self._session.scalars(_of(kind, kind).limit(limit))
            if row.parked_at is not None
        ]
        return sorted(found, key=lambda one: one.parked_at)[:limit]

    async def retry(self, work: ParkedWork) -> None:
        """Have it tried again at once, as often as if it had never failed."""
        again: dict[str, Any] = {"parked_at": None}
        if work.kind == "update":
            again["tries"] = 0
        else:
            again["attempts"] = 0
        kind = KINDS[work.kind]
        await self._session.execute(
            update(kind)
            .where(kind.id == work.number, kind.parked_at.is_not(None))
            .values(due_at=kind.parked_at, **again)
            .execution_options(synchronize_session=False)
        )

    async def forget(self, work: ParkedWork) -> None:
        """It will never be done."""
        kind = KINDS[work.kind]
        await self._session.execute(
            delete(kind)
            .where(kind.id == work.number, kind.parked_at.is_not(None))
            .execution_options(synchronize_session=False)
        )


def _of(kind: type[StalledUpdate | Job | Timer], what: Any) -> Any:
    """Each kind has an index that ends in few rows: parked is never due."""
    return select(what).where(kind.due_at.is_(None), kind.parked_at.is_not(None))


def _what(row: Base) -> str:
    if isinstance(row, StalledUpdate):
        return next((key for key in row.raw if key != "update_id"), "update")
    assert isinstance(row, Job | Timer)
    return row.kind
