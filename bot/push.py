"""`python -m bot push`: the weekly KPI now, by whoever speaks to Telegram."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot import kpi
from bot.app import App
from bot.clock import monotonic
from bot.lease import RENEW_EVERY
from storage.database import DatabaseFailed
from storage.models import Person

LOOK_EVERY = 0.2
"""Seconds."""
ALIVE_WITHIN = 5.0
"""Seconds after which a lease nobody renews has ended."""
PATIENCE = 30.0
"""Seconds without anything getting sent: what is left waits for the next start."""


async def leave_jobs(app: App) -> Sequence[Person]:
    """For everybody who has not had the last complete week; gives who that is."""
    now = app.clock()
    async with app.database.writing() as tx:
        return await kpi.ask_for_all(tx, kpi.over_at(now, app.rules), now)


async def is_ours_to_send(app: App) -> bool:
    """Whether no other process speaks to Telegram; the lease is ours then.

    One that ended a moment ago may still seem to hold it; one that is alive takes the jobs.
    """
    until = monotonic() + ALIVE_WITHIN
    while not await app.lease.renew():
        if monotonic() >= until or not await _unsent(app):
            return False
        await asyncio.sleep(LOOK_EVERY)
    return True


async def send(app: App) -> int:
    """Draw and send what is due; how many pictures could not be sent yet."""
    async with asyncio.TaskGroup() as work:
        renewing = work.create_task(_hold_the_lease(app))
        left = await _sent(app)
        renewing.cancel()
    await app.lease.release()
    return left


async def _hold_the_lease(app: App) -> None:
    while True:
        with suppress(DatabaseFailed):
            await app.lease.renew()
        await asyncio.sleep(RENEW_EVERY)


async def _sent(app: App) -> int:
    """What is left after all that could be sent was."""
    left, until = -1, monotonic() + PATIENCE
    while left and monotonic() < until:
        with suppress(DatabaseFailed):
            await app.workshop.do_due()
            await app.deliverer.deliver_due()
            before, left = left, await _unsent(app)
            if left != before:
                until = monotonic() + PATIENCE
        await asyncio.sleep(LOOK_EVERY if left else 0)
    return left


async def _unsent(app: App) -> int:
    async with app.database.reading() as tx:
        return await tx.pushes.unsent(kpi.PUSH)
