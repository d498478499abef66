"""Forgetting, each night, what nobody will ask for any more."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from apscheduler.triggers.cron import CronTrigger

from bot.clock import monotonic
from bot.schedule import Appointment
from bot.workshop import Effect, Work
from desk.rules import Rules
from handlers.context import Clock
from storage.database import Database, UnitOfWork
from storage.outlived import WORDS
from storage.updates import KEPT

logger = logging.getLogger(__name__)

NAME = "forget"
TRACES: Mapping[str, timedelta] = {
    "updates": KEPT,
    "deliveries": timedelta(days=30),
    "jobs": timedelta(days=30),
    "slots": timedelta(days=400),
}
"""How long the house's own notes are kept. What is not settled or done is kept until it is."""
FOUND = 5_000
"""Looked up at once; reading keeps nobody from writing."""
BITE = 200
"""Taken away in one transaction: a few milliseconds, however much there is."""
BREATH = 0.02
"""Seconds between bites, for whoever else wants to write."""
ENOUGH = 60.0
"""Seconds after which what is left becomes a job of its own."""


def nightly(rules: Rules) -> Appointment:
    """When the team sleeps, or so we guess."""

    async def do(tx: UnitOfWork, slot: datetime, now: datetime) -> None:
        tx.jobs.ask(NAME, now, f"{NAME}:{slot:%Y-%m-%d}")

    return Appointment(NAME, CronTrigger(hour=3, minute=40, timezone=rules.zone), do)


class Retention:
    """The job that does it. `keep_texts`: how long people's words are kept; None: for ever."""

    def __init__(self, database: Database, clock: Clock, keep_texts: timedelta | None) -> None:
        self._database = database
        self._clock = clock
        self._kept = dict(TRACES)
        if keep_texts is not None:
            self._kept |= dict.fromkeys(WORDS, keep_texts)

    def works(self) -> dict[str, Work]:
        return {NAME: self.forget}

    async def forget(self, _: Mapping[str, Any]) -> Effect | None:
        now, until = self._clock(), monotonic() + ENOUGH
        for what, kept in self._kept.items():
            gone = 0
            while keys := await self._found(what, now - kept):
                for at in range(0, len(keys), BITE):
                    async with self._database.writing() as tx:
                        await tx.outlived.forget(what, keys[at : at + BITE])
                    gone += len(keys[at : at + BITE])
                    await asyncio.sleep(BREATH)
                    if monotonic() > until:
                        return self._goes_on
                if len(keys) < FOUND:
                    break
            if gone:
                logger.info("%s %s were kept long enough and are gone", gone, what)
        return None

    async def _found(self, what: str, before: datetime) -> Any:
        async with self._database.reading() as tx:
            return await tx.outlived.find(what, before, FOUND)

    async def _goes_on(self, tx: UnitOfWork) -> None:
        tx.jobs.ask(NAME, self._clock())
