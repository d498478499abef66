"""PostgreSQL tells what other processes committed, so that nobody waits for the next look."""

import asyncio
import logging
from collections.abc import Callable

import asyncpg

logger = logging.getLogger(__name__)

CHANNEL = "otklik"
TRY_AGAIN = 1.0
"""Seconds; meanwhile everybody looks each second anyway."""


async def listen(url: str, heard: Callable[[set[str]], None]) -> None:
    """Hear of news for ever; cancel to stop. `heard` gets what there is to do, by name."""
    while True:
        try:
            await _until_gone(url.replace("+asyncpg", "", 1), heard)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            logger.debug("not listening for now: %s", type(error).__name__)
        await asyncio.sleep(TRY_AGAIN)


async def _until_gone(dsn: str, heard: Callable[[set[str]], None]) -> None:
    connection = await asyncpg.connect(dsn)
    gone = asyncio.Event()
    try:
        connection.add_termination_listener(lambda _: gone.set())
        await connection.add_listener(
            CHANNEL, lambda _c, _pid, _channel, news: heard(set(str(news).split(",")))
        )
        await gone.wait()
    finally:
        await connection.close(timeout=1)
