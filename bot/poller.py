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

from bot.clock import monotonic
from bot.contact import Contact
from bot.incoming import ASKED_FOR
from bot.intake import Intake
from bot.lease import SpeakerLease
from storage.database import DatabaseFailed
from storage.lasting import Lasting

logger = logging.getLogger(__name__)

BATCH = 100
LONG_POLL = 25
"""Seconds Telegram holds a request when there is nothing."""
LONGEST_PAUSE = 15.0
"""Seconds between tries while Telegram or the database is away."""
CONFLICT_PAUSE = 3.0
"""Seconds before we ask again when somebody else does."""
CONFLICTS = 5
"""So many in a row are no accident."""
YOUNG = 60.0
"""Seconds; a copy that began more lately gives way to the one that was there before."""


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


class AnotherCopy(Exception):
    """Somebody else polls with this token, and was there before us."""


async def nobody_is_told() -> None:
    """Where there is nobody to tell that another copy polls."""


class Poller:
    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        contact: Contact,
        lease: SpeakerLease,
        *,
        contested: Callable[[], Awaitable[None]] = nobody_is_told,
        steady: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._contact = contact
        self._lease = lease
        self._contested = contested
        self._steady = steady
        self._sleep = sleep
        self._offset: int | None = None
        self._silence = Lasting(logger, "no updates come from Telegram", steady)
        self._conflict = Lasting(logger, "somebody else polls with this token", steady)
        self._conflicts = 0
        self._broken = Lasting(logger, "updates cannot be taken", steady)

    async def run(self) -> None:
        """Poll for ever; cancel to stop. Raises TokenRefused, AnotherCopy."""
        pause, began = 0.0, self._steady()
        while True:
            await self._sleep(pause)
            if not self._lease.held:
                self._intake.drained = False
                self._offset = None  # what others confirm meanwhile, they know
                pause = 0.5
                continue
            try:
                # What waits is fetched without waiting: only then timers ring and we are ready.
                await self.poll(LONG_POLL if self._intake.drained else 0)
                pause = 0.0
                self._broken.gone()
            except TelegramUnauthorizedError as refused:
                raise TokenRefused from refused
            except TelegramConflictError as conflict:
                pause = CONFLICT_PAUSE
                await self._contend(conflict.message, is_young=self._steady() - began < YOUNG)
            except TelegramRetryAfter as busy:
                pause = float(busy.retry_after)
            except DatabaseFailed:
                pause = min(LONGEST_PAUSE, max(0.5, pause * 2))
            except (TelegramAPIError, ClientDecodeError) as away:
                pause = min(LONGEST_PAUSE, max(0.5, pause * 2))
                self._silence.met(type(away).__name__)
            except Exception as ours:  # noqa: BLE001 - said once in the log, and tried again
                pause = LONGEST_PAUSE
                self._broken.met(type(ours).__name__, ours)

    async def _contend(self, why: str, *, is_young: bool) -> None:
        """Telegram says 409: the setting says polling, so a webhook goes; another copy may stay.

        Errors: AnotherCopy.
        """
        if "webhook" in why.casefold():
            logger.warning("a webhook was set for this token; it is removed, updates are kept")
            with suppress(TelegramAPIError, ClientDecodeError):
                await self._bot.delete_webhook()
            return
        self._conflict.met(f"again in {CONFLICT_PAUSE:.0f} s")
        self._conflicts += 1
        if self._conflicts == CONFLICTS:
            if is_young:
                raise AnotherCopy
            with suppress(DatabaseFailed):
                await self._contested()

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
            self._silence.gone()
            if wait:  # a look that does not wait is answered whoever else polls
                self._conflicts = 0
                self._conflict.gone()
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
