"""Jobs: what needs the world outside, done between transactions."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.clock import monotonic
from handlers.context import Clock
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.lasting import Lasting
from storage.models import Job

logger = logging.getLogger(__name__)

Effect = Callable[[UnitOfWork], Awaitable[None]]
"""What a finished job changes: in one transaction with its being done, so once."""

Work = Callable[[Mapping[str, Any]], Awaitable[Effect | None]]
"""Does a job outside any transaction; gets what was left about it. None: nothing changes."""

LEASE = timedelta(minutes=2)
"""A job whose worker died is begun again after so long."""
TRIES = 5
LOOK_EVERY = 1.0
AT_ONCE = 4
HOLD_EVERY = 30.0
"""Seconds after which a job that takes long says that it is still being done."""


@dataclass(frozen=True, slots=True)
class _Failure:
    error: str
    until: timedelta | None
    """Until the next try; None: it is parked."""


class Workshop:
    """Does the jobs it knows the work of, a few at once; others are for another workshop."""

    def __init__(
        self,
        database: Database,
        works: Mapping[str, Work],
        clock: Clock,
        *,
        at_once: int = AT_ONCE,
    ) -> None:
        self._database = database
        self._works = works
        self._clock = clock
        self._at_once = at_once
        self._broken = Lasting(logger, "jobs cannot be done", monotonic)
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Somebody left a job."""
        self._rung.set()

    async def run(self) -> None:
        """Work for ever; cancel to stop, what was begun is begun again when its lease ends."""
        while True:
            self._rung.clear()
            try:
                more = await self.do_due()
                self._broken.gone()
                if more:
                    continue
            except DatabaseFailed as failed:
                logger.debug("jobs wait for the database: %s", failed)
            except Exception as ours:  # noqa: BLE001 - said once in the log, and tried again
                self._broken.met(type(ours).__name__, ours)
            try:
                async with asyncio.timeout(LOOK_EVERY):
                    await self._rung.wait()
            except TimeoutError:
                pass

    async def do_due(self) -> int:
        """Do a few jobs that are due; how many."""
        now = self._clock()
        async with self._database.reading() as tx:
            if not await tx.jobs.is_any_due(now, self._works.keys()):
                return 0
        async with self._database.writing() as tx:
            jobs = await tx.jobs.claim(now, LEASE, self._at_once, self._works.keys())
        holding = asyncio.ensure_future(self._hold([job.id for job in jobs]))
        try:
            await asyncio.gather(*(self._do(job) for job in jobs))
        finally:
            holding.cancel()
        return len(jobs)

    async def _hold(self, numbers: Sequence[int]) -> None:
        """While they are under way their lease does not end."""
        while True:
            await asyncio.sleep(HOLD_EVERY)
            with suppress(DatabaseFailed):
                async with self._database.writing() as tx:
                    await tx.jobs.hold(numbers, self._clock() + LEASE)

    async def _do(self, job: Job) -> None:
        failure: _Failure | None = None
        effect: Effect | None = None
        try:
            effect = await self._works[job.kind](job.about)
        except DatabaseFailed as failed:
            failure = _Failure(str(failed), timedelta(seconds=2))
        except TelegramRetryAfter as busy:
            failure = _Failure("asked to wait", timedelta(seconds=busy.retry_after))
        except (TelegramNetworkError, TelegramServerError, ClientDecodeError) as passing:
            pause = timedelta(seconds=min(300, 2**job.attempts))
            failure = _Failure(type(passing).__name__, pause)
        except Exception as error:
            logger.exception("job %s (%s) fails", job.id, job.kind)
            failure = self._ours(job, error)
        try:
            await self._note(job, effect, failure)
        except DatabaseFailed as failed:
            logger.debug("job %s is done again later: %s", job.id, failed)
        except Exception as error:
            logger.exception("what job %s (%s) should change fails", job.id, job.kind)
            await self._note(job, None, self._ours(job, error))

    @staticmethod
    def _ours(job: Job, error: Exception) -> _Failure:
        later = timedelta(seconds=15 * 2**job.attempts) if job.attempts < TRIES else None
        return _Failure(type(error).__name__, later)

    async def _note(self, job: Job, effect: Effect | None, failure: _Failure | None) -> None:
        now = self._clock()

        async def write(tx: UnitOfWork) -> None:
            if failure is not None:
                until = None if failure.until is None else now + failure.until
                await tx.jobs.failed(job.id, failure.error, until, now)
            elif await tx.jobs.finish(job.id, now) and effect is not None:
                await effect(tx)

        await self._database.written(write)
