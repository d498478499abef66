"""Whether people are served at this moment, and if not, why."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.contact import NOTE_EVERY, TAPS_KEPT
from bot.lease import NAME, SpeakerLease
from handlers.context import Clock
from storage.database import Database, DatabaseFailed

SILENT = TAPS_KEPT + NOTE_EVERY
"""Telegram not heard for so long: what is tapped now may be lost, people must look."""
NOBODY_SPEAKS = timedelta(seconds=15)
"""A lease that ended so long ago is nobody's: another process should have taken it."""
ANSWERS_WITHIN = 3.0
"""Seconds in which a database that works answers."""


class Health:
    """A process that waits while another speaks is as ready as that one."""

    def __init__(self, database: Database, lease: SpeakerLease, clock: Clock) -> None:
        self._database = database
        self._lease = lease
        self._clock = clock

    async def troubles(self) -> Sequence[str]:
        """Why nobody should rely on us; empty when we are ready. Never raises."""
        if self._lease.failed is not None:  # it is written each second
            return [f"the database cannot be written: {self._lease.failed}"]
        now = self._clock()
        try:
            async with asyncio.timeout(ANSWERS_WITHIN), self._database.reading() as tx:
                standing = await tx.standing.now(now, NAME)
        except DatabaseFailed as failed:
            return [f"the database cannot be read: {failed}"]
        except TimeoutError:
            return [f"the database did not answer within {ANSWERS_WITHIN:.0f} s"]
        troubles = []
        if standing.lease_ends_at is None or now - standing.lease_ends_at > NOBODY_SPEAKS:
            troubles.append("no process holds the lease: nobody speaks to Telegram")
        if standing.heard_at is None:
            troubles.append("Telegram has not been heard yet")
        elif now - standing.heard_at > SILENT:
            since = standing.heard_at.isoformat(timespec="seconds")
            troubles.append(f"Telegram has not been heard since {since}")
        return troubles
