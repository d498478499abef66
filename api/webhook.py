"""Telegram calls us: updates that come while a batch is being written form the next one."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from json import JSONDecodeError
from typing import Any

from aiohttp import web

from storage.database import DatabaseFailed

logger = logging.getLogger(__name__)

Take = Callable[[Sequence[dict[str, Any]], Sequence[float]], Awaitable[None]]
"""Sees to a batch, given when each of it came; when it returns, Telegram may forget it. Raises
DatabaseFailed."""

Call = tuple[dict[str, Any], float, asyncio.Future[int]]
"""An update that came, when, and what its request is answered."""

BATCH = 100
FINISHED_WITHIN = 1.0
"""Seconds in which another batch is begun after we were told to stop."""
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """200 once an update's effects are on disk; anything else, and Telegram comes again."""

    def __init__(self, take: Take, secret: str, steady: Callable[[], float]) -> None:
        self._take = take
        self._steady = steady
        self._secret = secret.encode()
        self._waiting: list[Call] = []
        self._came = asyncio.Event()
        self._stopped = False

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if self._stopped:
            return web.Response(status=503)
        try:
            raw = await request.json()
            int(raw["update_id"])
        except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
            return web.Response(status=400)
        status: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, self._steady(), status))
        self._came.set()
        return web.Response(status=await status)

    async def run(self) -> None:
        """Take what has come, batch after batch, for ever.

        Cancel to stop: what has come is seen to, unless that takes long; then it must come again.
        """
        begun = asyncio.ensure_future(asyncio.sleep(0))
        try:
            while True:
                await self._came.wait()
                self._came.clear()
                while self._waiting:
                    begun = asyncio.ensure_future(self._see_to_some())
                    await asyncio.shield(begun)
        finally:
            self._stopped = True
            await begun
            until = self._steady() + FINISHED_WITHIN
            while self._waiting and self._steady() < until:
                await self._see_to_some()
            _answer(self._waiting, 503)

    async def _see_to_some(self) -> None:
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        status = 200
        try:
            await self._take([raw for raw, _, _ in batch], [came for _, came, _ in batch])
        except DatabaseFailed as failed:
            logger.debug("%s updates must come again: %s", len(batch), failed)
            status = 503
        except Exception:
            logger.exception("%s updates must come again", len(batch))
            status = 500
        _answer(batch, status)


def _answer(calls: Sequence[Call], status: int) -> None:
    for _, _, answered in calls:
        if not answered.done():  # its connection is gone: Telegram comes again
            answered.set_result(status)
