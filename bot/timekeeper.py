"""What must happen at a moment: timers, retries, the calendar."""

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.clock import monotonic
from bot.intake import Intake
from bot.lease import SpeakerLease
from bot.schedule import Calendar
from desk.rules import Rules
from desk.timers import RULES, conversation_of
from handlers import parked
from handlers.context import Clock
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.lasting import Lasting
from storage.models import Timer

logger = logging.getLogger(__name__)

TOGETHER = 20
"""Timers in one transaction."""
TRIES = 5
TRY_AGAIN = timedelta(minutes=2)
LOOK_EVERY = timedelta(seconds=10)
"""Between looks at what was given up."""


class Timekeeper:
    def __init__(
        self,
        database: Database,
        intake: Intake,
        calendar: Calendar,
        lease: SpeakerLease,
        rules: Rules,
        clock: Clock,
    ) -> None:
        self._database = database
        self._intake = intake
        self._calendar = calendar
        self._rules = rules
        self._clock = clock
        self._lease = lease
        self._looked: datetime | None = None
        self._parked: tuple[int, datetime | None] = 0, None
        """How much was given up when we looked last, and when the newest of it."""
        self._broken = defaultdict[str, Lasting](
            lambda: Lasting(logger, "what is due fails", monotonic)
        )

    async def tick(self) -> int:
        """See to everything that is due; how much that was. Never raises."""
        if not self._lease.held:
            return 0
        done = 0
        for duty in (
            self._intake.retry_stalled,
            self.ring_timers,
            self._keep_calendar,
            self._tell_of_parked,
        ):
            done += await self._try(duty)
        return done

    async def _try(self, duty: Callable[[], Awaitable[int]]) -> int:
        try:
            done = await duty()
        except DatabaseFailed as failed:
            logger.debug("what is due waits for the database: %s", failed)
        except Exception as ours:  # noqa: BLE001 - said once in the log, and tried again
            self._broken[duty.__name__].met(type(ours).__name__, ours)
        else:
            self._broken[duty.__name__].gone()
            return done
        return 0

    async def ring_timers(self) -> int:
        """Timers whose moment has come, after the updates that wait; how many rang.

        Of what came while we were away an answer must be seen before its timer, or a customer
        answered in time would raise a false alarm.
        """
        rung = 0
        while self._intake.drained and (now := await self._ring_some()):
            rung += now
        return rung

    async def _ring_some(self) -> int:
        now = self._clock()
        try:
            async with self._database.writing() as tx:
                if not await self._lease.is_ours(tx):
                    return 0
                due = await self._claim(tx, await tx.timers.due(now, TOGETHER), now)
                for timer in due:
                    await self._ring(tx, timer, now)
        except DatabaseFailed:
            raise
        except Exception:  # noqa: BLE001 - which one it is shows when each rings alone
            return await self._ring_alone(now)
        return len(due)

    async def _claim(
        self, tx: UnitOfWork, seen: Sequence[Timer], now: datetime
    ) -> Sequence[Timer]:
        """What is still due once the conversations are ours: whoever changes one of these has it,
        and moves its timers then."""
        about = [await conversation_of(tx, timer.kind, timer.about_id) for timer in seen]
        await tx.conversations.lock_all({number for number in about if number is not None})
        return await tx.timers.claim([timer.id for timer in seen], now)

    async def _ring(self, tx: UnitOfWork, timer: Timer, now: datetime) -> None:
        await RULES[timer.kind](tx, timer.about_id, self._rules, now)
        await tx.timers.rang(timer)

    async def _ring_alone(self, now: datetime) -> int:
        async with self._database.reading() as tx:
            seen = await tx.timers.due(now, TOGETHER)
        for one in seen:
            try:
                async with self._database.writing() as tx:
                    for timer in await self._claim(tx, [one], now):
                        await self._ring(tx, timer, now)
            except DatabaseFailed:
                raise
            except Exception as error:
                logger.exception("timer %s fails", one.id)
                async with self._database.writing() as tx:
                    kind, until = type(error).__name__, now + TRY_AGAIN
                    await tx.timers.failed(one.id, kind, until, TRIES, now)
        return len(seen)

    async def _keep_calendar(self) -> int:
        return await self._calendar.keep(self._clock())

    async def _tell_of_parked(self) -> int:
        """Whoever gave something up only marks it: supervisors hear of all of it here."""
        now = self._clock()
        if self._looked is not None and timedelta(0) <= now - self._looked < LOOK_EVERY:
            return 0  # a look that lies ahead of us is one from before the clock was set back
        self._looked = now
        async with self._database.reading() as tx:
            found = await tx.parked.count(), await tx.parked.newest()
        if found == self._parked:
            return 0
        async with self._database.writing() as tx:
            await parked.tell(tx, now)
        self._parked = found
        return 1
