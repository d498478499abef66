"""Fetches updates from Telegram and lets it forget them once their effects are on disk."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.contact import Contact
from bot.incoming import ASKED_FOR
from bot.intake import Intake
from storage.database import DatabaseFailed

logger = logging.getLogger(__name__)

BATCH = 100
LONG_POLL = 25
"""Seconds Telegram holds a request when there is nothing."""
LONGEST_PAUSE = 15.0
"""Seconds between tries while Telegram or the database is away."""


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates whose answer is not parsed as a whole: one odd update must not stop the rest."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


class TokenRefused(Exception):
    """Telegram does not know the token (any more)."""


class Poller:
    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        contact: Contact,
        *,
        may_poll: Callable[[], bool] = lambda: True,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._contact = contact
        self._may_poll = may_poll
        self._sleep = sleep
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll for ever; cancel to stop. Raises TokenRefused."""
        pause = 0.0
        while True:
            await self._sleep(pause)
            if not self._may_poll():
                self._intake.drained = False
                self._offset = None  # what others confirm meanwhile, they know
                pause = 0.5
                continue
            try:
                # What waits is fetched without waiting: only then timers ring and we are ready.
                await self.poll(LONG_POLL if self._intake.drained else 0)
                pause = 0.0
            except TelegramUnauthorizedError as refused:
                raise TokenRefused from refused
            except TelegramConflictError:
                logger.warning("somebody else polls with this token; trying again in 3 s")
                pause = 3.0
            except TelegramRetryAfter as busy:
                pause = float(busy.retry_after)
            except (TelegramAPIError, ClientDecodeError, DatabaseFailed) as away:
                pause = min(LONGEST_PAUSE, max(0.5, pause * 2))
                logger.warning("no updates for now (%s); again in %s s", _kind(away), pause)
            except Exception:
                pause = LONGEST_PAUSE
                logger.exception("updates cannot be taken; again in %s s", pause)

    async def poll(self, wait: int = 0) -> int:
        """Fetch a batch, waiting for one at most `wait` seconds, and see to it; how many it had.

        Errors: what aiogram raises, and DatabaseFailed; the same updates come again then.
        """
        answered = False
        try:
            raws = await self._bot(
                GetRawUpdates(
                    offset=self._offset, limit=BATCH, timeout=wait, allowed_updates=list(ASKED_FOR)
                ),
                request_timeout=wait + 10,
            )
            await self._take(raws)
            answered = len(raws) < BATCH
        finally:
            self._intake.drained = answered
        if answered:  # while more wait, what was tapped before we came may still be among them
            await self._contact.heard()
        return len(raws)

    async def _take(self, raws: Sequence[dict[str, Any]]) -> None:
        """With nothing left to confirm no offset is kept: after a silent week Telegram numbers
        anew, and lower ones would be taken for confirmed."""
        if raws:
            await whole(self._intake.take(raws))
        self._offset = max((int(raw["update_id"]) + 1 for raw in raws), default=None)


async def whole(work: Coroutine[Any, Any, None]) -> None:
    """Who is asked to stop in the middle of a batch finishes it first, and then stops."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(Exception):  # whatever it is: the batch comes again at the next start
            await task
        raise


def _kind(error: Exception) -> str:
    return (
        f"{type(error).__name__}: {error}"
        if isinstance(error, DatabaseFailed)
        else type(error).__name__
    )
