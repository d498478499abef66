"""Who may do what only one may do at a time, and what of the calendar has been seen to."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import insert
from storage.models import Lease, Slot


class Leases:
    """On PostgreSQL its clock counts, not `now`: machines need not agree on what time it is."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._is_shared = session.get_bind().dialect.name == "postgresql"

    def _at(self, now: datetime) -> Any:
        return func.clock_timestamp() if self._is_shared else now

    async def take(self, name: str, holder: str, now: datetime, length: timedelta) -> bool:
        """Hold it, or go on holding it, for `length`; False while somebody else does."""
        at = self._at(now)
        statement = insert(self._session, Lease).values(
            name=name, holder=holder, ends_at=at + length
        )
        got = await self._session.scalar(
            statement.on_conflict_do_update(
                index_elements=["name"],
                set_={"holder": holder, "ends_at": at + length},
                where=or_(Lease.holder == holder, Lease.ends_at <= at),
            ).returning(Lease.holder)
        )
        return got is not None

    async def holds(self, name: str, holder: str, now: datetime) -> bool:
        return await self.holder(name, now) == holder

    async def holder(self, name: str, now: datetime) -> str | None:
        """Who holds it now; None: nobody."""
        found: str | None = await self._session.scalar(
            select(Lease.holder).where(Lease.name == name, Lease.ends_at > self._at(now))
        )
        return found

    async def release(self, name: str, holder: str, now: datetime) -> None:
        await self._session.execute(
            update(Lease)
            .where(Lease.name == name, Lease.holder == holder)
            .values(ends_at=self._at(now))
            .execution_options(synchronize_session=False)
        )


class Slots:
    """Moments of the calendar: each is seen to once."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def fill(self, name: str, at: datetime, now: datetime) -> bool:
        """Whether this call is the first for the slot: only then there is something to do."""
        got = await self._session.scalar(
            insert(self._session, Slot)
            .values(name=name, at=at, done_at=now)
            .on_conflict_do_nothing()
            .returning(Slot.name)
        )
        return got is not None

    async def last(self, name: str) -> datetime | None:
        """The newest that was seen to; None: none was."""
        found: datetime | None = await self._session.scalar(
            select(func.max(Slot.at)).where(Slot.name == name)
        )
        return found
