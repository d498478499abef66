"""Where HTTP comes in: HTTP_HOST:HTTP_PORT."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.settings import Settings

logger = logging.getLogger(__name__)

SHUT_WITHIN = 1.0
"""Seconds that requests have to be answered when we are told to stop."""
KNOCK_EVERY = 15.0
"""Seconds between tries to listen where something else listens."""


class CannotListen(Exception):
    """The address is taken, or not ours."""


@asynccontextmanager
async def listening(routes: Sequence[web.RouteDef], settings: Settings) -> AsyncIterator[None]:
    """Errors: CannotListen."""
    app = web.Application(client_max_size=2**20)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUT_WITHIN)
    await runner.setup()
    try:
        await _open(runner, settings.http_host, settings.http_port)
        yield
    finally:
        await runner.cleanup()


async def _open(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as taken:
        raise CannotListen(f"{host}:{port}: {taken.strerror or taken}") from taken
    logger.info("listening on %s", ", ".join(f"{a[0]}:{a[1]}" for a in runner.addresses))


async def watched(routes: Sequence[web.RouteDef], settings: Settings) -> None:
    """Answer whoever watches us, for ever; cancel to stop.

    A bot that polls needs no port to serve people, so one that is taken is told once, and tried
    again: a second bot on the machine starts all the same, and so does one whose predecessor is
    still leaving.
    """
    told = False
    while True:
        try:
            async with listening(routes, settings):
                await asyncio.Event().wait()
        except CannotListen as taken:
            if not told:
                logger.warning(
                    "no /healthz, /readyz and /metrics for now: HTTP_HOST, HTTP_PORT: %s", taken
                )
            told = True
        await asyncio.sleep(KNOCK_EVERY)
