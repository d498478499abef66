"""When things happen by themselves. What happens is in desk/ and the workshop."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from desk.rules import Rules
from storage.database import Database, UnitOfWork

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Entry = Callable[[UnitOfWork, datetime, datetime], Awaitable[None]]
"""`(tx, slot, now)`: what is to be done for a slot of the calendar, in its transaction."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something that recurs, between daily and weekly."""

    name: str
    trigger: CronTrigger
    do: Entry


def weekly(rules: Rules) -> CronTrigger:
    """When the week's figures go out."""
    return CronTrigger(
        day_of_week=DAYS[rules.weekly.weekday],
        hour=rules.weekly.at.hour,
        minute=rules.weekly.at.minute,
        timezone=rules.zone,
    )


class Calendar:
    """Sees to each slot once, by a unique row: a restart or a second process repeats nothing.

    Only the newest missed slot is made up, and slots before the first start never were.
    """

    def __init__(self, database: Database, appointments: list[Appointment]) -> None:
        self._database = database
        self._appointments = appointments
        self._next: dict[str, datetime] = {}

    async def keep(self, now: datetime) -> int:
        """Do what is due at `now`; how much that was. Errors: DatabaseFailed, the entries' own."""
        done = 0
        for appointment in self._appointments:
            upcoming = self._next.get(appointment.name)
            if upcoming is not None and upcoming - timedelta(days=15) <= now < upcoming:
                continue
            slot, upcoming = _around(appointment.trigger, now)
            done += await self._fill(appointment, slot, now)
            self._next[appointment.name] = upcoming
        return done

    async def _fill(self, appointment: Appointment, slot: datetime, now: datetime) -> int:
        async with self._database.writing() as tx:
            started = (await tx.teams.ours()).started_at
            if started is None or slot < started:
                return 0
            if not await tx.slots.fill(appointment.name, slot, now):
                return 0
            await appointment.do(tx, slot, now)
        return 1


def _around(trigger: CronTrigger, now: datetime) -> tuple[datetime, datetime]:
    """The newest slot not after `now`, and the next one.

    The trigger is not told of the slot before: in the hour that comes twice when summer ends it
    would give the same one for ever. Nor is it asked about that hour's second coming.
    """
    slot = trigger.get_next_fire_time(None, now - timedelta(days=15))
    assert slot is not None
    while (upcoming := trigger.get_next_fire_time(None, slot + timedelta(hours=12))) <= now:
        slot = upcoming
    return slot, upcoming


def build_ticker(tick: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """APScheduler's whole part: it ticks. When it ticks late, it still ticks once."""
    ticker = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )

    async def quietly() -> None:
        with suppress(asyncio.CancelledError):  # the program stops: that is no news for the log
            await tick()

    ticker.add_job(quietly, IntervalTrigger(seconds=1), id="tick")
    return ticker


def goes_on_ticking(ticker: AsyncIOScheduler) -> None:
    """The clock was set: it would else wait until the moment of its next tick comes once more."""
    ticker.reschedule_job("tick", trigger=IntervalTrigger(seconds=1))
