"""What waits, is late or was given up: for whoever watches the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.alerts import UNRESOLVED
from storage.models import (
    THE_TEAM,
    Alert,
    Base,
    Card,
    Delivery,
    Job,
    Lease,
    StalledUpdate,
    Team,
    Timer,
    Urgency,
)

LATE = timedelta(seconds=5)
"""A timer that has not rung so long after its moment is late."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand at one moment."""

    queue: Mapping[Urgency, int]
    """What is to be sent, by priority; those that wait for a retry among it."""
    cards: int
    """Shown messages that have changed since."""
    stalled: int
    """Updates that failed, or wait behind one that did, and will be tried."""
    jobs: int
    """To be done, or being done."""
    timers_late: int
    timer_due_at: datetime | None
    """The moment of the timer that is the latest; None: none is due."""
    parked_updates: int
    parked_jobs: int
    parked_timers: int
    alerts: int
    """Open or taken."""
    alert_raised_at: datetime | None
    """When the oldest of them was raised; None: there is none."""
    heard_at: datetime | None
    """When Telegram was last heard to the end, to half a minute; None: never."""
    lease_ends_at: datetime | None
    """Until when somebody may speak to Telegram; None: nobody ever did."""

    @property
    def parked(self) -> int:
        return self.parked_updates + self.parked_jobs + self.parked_timers


class Standings:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def now(self, now: datetime, lease: str) -> Standing:
        """In one statement, each part of it answered by an index; `lease` is the speaker's."""
        late = Timer.due_at <= now - LATE
        unresolved = Alert.state.in_(UNRESOLVED)
        asked = {
            "cards": _count(Card, Card.due_at.is_not(None)),
            "stalled": _count(StalledUpdate, StalledUpdate.parked_at.is_(None)),
            "jobs": _count(Job, Job.due_at.is_not(None)),
            "timers_late": _count(Timer, late),
            "timer_due_at": select(func.min(Timer.due_at)).where(late),
            "parked_updates": _count(StalledUpdate, StalledUpdate.parked_at.is_not(None)),
            "parked_jobs": _count(Job, Job.done_at.is_(None), Job.due_at.is_(None)),
            "parked_timers": _count(Timer, Timer.due_at.is_(None)),
            "alerts": _count(Alert, unresolved),
            "alert_raised_at": select(func.min(Alert.raised_at)).where(unresolved),
            "heard_at": select(Team.contact_at).where(Team.id == THE_TEAM),
            "lease_ends_at": select(Lease.ends_at).where(Lease.name == lease),
        }
        for urgency in Urgency:
            waits = Delivery.due_at.is_not(None)
            asked[urgency.name] = _count(Delivery, waits, Delivery.urgency == urgency)
        row = await self._session.execute(
            select(*(one.scalar_subquery().label(name) for name, one in asked.items()))
        )
        found = row.one()._asdict()
        queue = {urgency: found.pop(urgency.name) for urgency in Urgency}
        return Standing(queue=queue, **found)


def _count(kind: type[Base], *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(kind).where(*conditions)
