"""Charts are drawn in processes of their own, which import neither aiogram nor the rest of us."""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process

from kpi.card import WeeklyCard
from kpi.pages import Page

logger = logging.getLogger(__name__)

Draw = Callable[[WeeklyCard | Page], Awaitable[bytes]]
"""A card or a page as a PNG."""

TRIES = 3
"""A worker that was killed is replaced so often before the card is given up."""


WORKERS = 2
"""The second begins when a card comes while the first one draws."""


class Draughtsman:
    """Draws in workers that begin with the first card; a card takes one of them some 20 ms."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def draw(self, card: WeeklyCard | Page) -> bytes:
        """The card's PNG. Errors: what drawing raises; BrokenProcessPool if workers keep dying."""
        loop = asyncio.get_running_loop()
        for attempt in range(1, TRIES + 1):
            pool = self._pool = self._pool or _new_pool()
            try:
                return await loop.run_in_executor(pool, _drawn, card)
            except BrokenProcessPool:
                logger.warning("a drawing process died and is replaced")
                if self._pool is pool:  # whoever saw it first replaces it
                    self._pool = None
                pool.shutdown(wait=False)
                if attempt == TRIES:
                    raise
        raise AssertionError

    async def close(self) -> None:
        """Until the worker has gone."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)


def _new_pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"), initializer=settle_in)


def settle_in() -> None:
    """In the worker: Ctrl-C is the parent's to answer, and no worker outlives its parent.

    Drawing can wait, so who answers customers goes first where there is not enough for both.
    """
    if hasattr(os, "nice"):
        os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _drawn(card: WeeklyCard | Page) -> bytes:
    from kpi.charts import picture  # noqa: PLC0415 - matplotlib is the worker's alone

    return picture(card)
