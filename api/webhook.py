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

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Sees to a batch; when it returns, Telegram may forget it. Raises DatabaseFailed."""

BATCH = 100
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """200 once an update's effects are on disk; anything else, and Telegram comes again."""

    def __init__(self, take: Take, secret: str) -> None:
        self._take = take
        self._secret = secret.encode()
        self._waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = []
        self._came = asyncio.Event()

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        try:
            raw = await request.json()
            int(raw["update_id"])
        except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError):
            return web.Response(status=400)
        taken = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, taken))
        self._came.set()
        try:
            await taken
        except DatabaseFailed:
            return web.Response(status=503)
        return web.Response()

    async def run(self) -> None:
        """Take what has come, batch after batch, for ever; cancel to stop."""
        while True:
            await self._came.wait()
            self._came.clear()
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._see_to(batch)

    async def _see_to(self, batch: list[tuple[dict[str, Any], asyncio.Future[None]]]) -> None:
        try:
            await self._take([raw for raw, _ in batch])
        except DatabaseFailed as failed:
            logger.warning("%s updates must come again: %s", len(batch), failed)
            for _, taken in batch:
                if not taken.done():
                    taken.set_exception(failed)
        else:
            for _, taken in batch:
                if not taken.done():
                    taken.set_result(None)


def application(webhook: Webhook, path: str) -> web.Application:
    """What listens for Telegram on `path`, and answers whether it lives on /healthz."""
    app = web.Application(client_max_size=2**20)
    app.router.add_post(path, webhook.handle)
    app.router.add_get("/healthz", _lives)
    return app


async def _lives(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")
