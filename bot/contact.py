"""Since when we hear Telegram, and for how long we did not."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from handlers.context import Clock
from storage.database import Database

logger = logging.getLogger(__name__)

TAPS_KEPT = timedelta(seconds=150)
"""So long Telegram keeps a tap for a bot that is away."""
NOTE_EVERY = timedelta(seconds=30)

Outage = Callable[[datetime, datetime], Awaitable[None]]
"""What to do when we were away `since`, `until`."""


class Contact:
    """Remembers on disk when Telegram was last heard.

    Inside one process silence is measured by a clock that only grows, so that setting the
    machine's time makes no outage; across a restart only the disk can tell. "Heard" means that
    nothing waits at Telegram any more: a tap may be lost there while the database fails, too.
    """

    def __init__(
        self, database: Database, clock: Clock, steady: Callable[[], float], outage: Outage
    ) -> None:
        self._database = database
        self._clock = clock
        self._steady = steady
        self._outage = outage
        self._heard_at: datetime | None = None
        self._heard_steady = 0.0
        self._noted_at: datetime | None = None

    async def heard(self) -> None:
        """Telegram has brought all there was just now. Errors: DatabaseFailed."""
        now, steady = self._clock(), self._steady()
        if self._heard_at is None or steady - self._heard_steady > TAPS_KEPT.total_seconds():
            since = await self._last(steady)
            if since is not None and now - since > TAPS_KEPT:
                logger.warning("Telegram was not heard from %s to %s", since, now)
                await self._outage(since, now)
        self._heard_at, self._heard_steady = now, steady
        if self._noted_at is None or now - self._noted_at >= NOTE_EVERY or now < self._noted_at:
            await self.note()

    async def note(self) -> None:
        """Write down when Telegram was last heard, so that a restart knows."""
        if self._heard_at is None or self._heard_at == self._noted_at:
            return
        async with self._database.writing() as tx:
            team = await tx.teams.ours()
            team.contact_at = self._heard_at
        self._noted_at = self._heard_at

    async def _last(self, steady: float) -> datetime | None:
        """When Telegram was last heard, by us or by another process; None: never."""
        async with self._database.reading() as tx:
            noted = (await tx.teams.ours()).contact_at
        if self._heard_at is None:
            return noted
        heard = self._clock() - timedelta(seconds=steady - self._heard_steady)
        return heard if noted is None or noted == self._noted_at else max(heard, noted)
