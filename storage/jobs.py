from collections.abc import Collection as Bag
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import put_once
from storage.deliveries import Ring
from storage.models import Job


class Jobs:
    """Work that needs the world outside; each comes back as an event."""

    def __init__(self, session: AsyncSession, ring: Ring) -> None:
        self._session = session
        self._ring = ring
        self._new: list[dict[str, Any]] = []

    def ask(self, kind: str, now: datetime, key: str | None = None, **about: Any) -> None:
        """Leave a job for after the commit; one with a `key` already used is not left again."""
        self._new.append({"kind": kind, "key": key, "about": about, "due_at": now})
        self._ring("jobs")

    def write(self, connection: Connection) -> None:
        if self._new:
            put_once(connection, Job, self._new, "key")
            self._new = []

    async def is_any_due(self, now: datetime, kinds: Bag[str] | None = None) -> bool:
        """`kinds` None: of any kind."""
        found = await self._session.scalar(
            select(Job.id).where(Job.due_at <= now, *_among(kinds)).limit(1)
        )
        return found is not None

    async def left(self, kind: str) -> Sequence[Mapping[str, Any]]:
        """What those of a kind are about that are not done yet, those under way included; in the
        order they were left."""
        found = await self._session.scalars(
            select(Job.about).where(Job.due_at.is_not(None), Job.kind == kind).order_by(Job.id)
        )
        return found.all()

    async def next_due(self) -> datetime | None:
        """When the next job may be begun; None: there is none."""
        moment: datetime | None = await self._session.scalar(
            select(func.min(Job.due_at)).where(Job.due_at.is_not(None))
        )
        return moment

    async def claim(
        self, now: datetime, lease: timedelta, limit: int = 1, kinds: Bag[str] | None = None
    ) -> Sequence[Job]:
        """Take due jobs for `lease`; if the worker dies they fall due again by themselves."""
        due = await self._session.scalars(
            select(Job)
            .where(Job.due_at <= now, *_among(kinds))
            .order_by(Job.due_at, Job.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        jobs = due.all()
        for job in jobs:
            job.due_at = now + lease
            job.attempts += 1
        return jobs

    async def hold(self, numbers: Bag[int], until: datetime) -> None:
        """Jobs still under way are not begun by another before then."""
        await self._session.execute(
            update(Job)
            .where(Job.id.in_(numbers), Job.done_at.is_(None), Job.due_at.is_not(None))
            .values(due_at=until)
            .execution_options(synchronize_session=False)
        )

    async def finish(self, job_id: int, now: datetime) -> bool:
        """The job is done, and what it was about is not kept; False: it was done already, and
        its effects with it."""
        done = await self._session.execute(
            update(Job)
            .where(Job.id == job_id, Job.done_at.is_(None))
            .values(due_at=None, done_at=now, error=None, about={})
            .execution_options(synchronize_session=False)
        )
        return bool(done.rowcount)  # type: ignore[attr-defined]

    async def failed(self, job_id: int, error: str, until: datetime | None, now: datetime) -> None:
        """Try again at `until`; None: give up and keep it parked."""
        parked = now if until is None else None
        await self._session.execute(
            update(Job)
            .where(Job.id == job_id, Job.done_at.is_(None))
            .values(due_at=until, error=error, parked_at=parked)
            .execution_options(synchronize_session=False)
        )

    async def hurry(self, now: datetime) -> None:
        await self._session.execute(update(Job).where(Job.due_at > now).values(due_at=now))

    async def parked(self) -> int:
        counted = await self._session.scalar(
            select(func.count()).select_from(Job).where(Job.parked_at.is_not(None))
        )
        return counted or 0


def _among(kinds: Bag[str] | None) -> Sequence[ColumnElement[bool]]:
    return () if kinds is None else (Job.kind.in_(sorted(kinds)),)
