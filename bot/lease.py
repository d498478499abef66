"""Who speaks to Telegram: one process at a time, whoever holds the lease."""

import asyncio
import logging
import os
import secrets
import socket
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.clock import monotonic
from handlers.context import Clock
from storage.database import Database, DatabaseFailed, UnitOfWork

logger = logging.getLogger(__name__)

NAME = "telegram"
LENGTH = timedelta(seconds=4)
RENEW_EVERY = 1.0
"""Seconds."""


class SpeakerLease:
    """Polling and delivery go on only while it is held.

    It is renewed each second and ends after four. Besides the row, our own steady clock is asked
    before each send: a process that was frozen and woken knows that its lease has ended.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.holder = f"{_machine()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._renewed = float("-inf")
        self.failed: str | None = None
        """Why the last renewal could not be written; None: it was."""

    async def renew(self) -> bool:
        """Take it or go on holding it; False while another process does.

        Errors: DatabaseFailed.
        """
        try:
            held = await self._take()
        except DatabaseFailed as failed:
            self.failed = str(failed)
            raise
        self.failed = None
        return held

    async def wait(self) -> bool:
        """Take it, waiting for one that is ending; False: another process is alive.

        Errors: DatabaseFailed.
        """
        for _ in range(6):
            if await self.renew():
                return True
            await asyncio.sleep(RENEW_EVERY)
        return False

    async def _take(self) -> bool:
        began = monotonic()
        now = self._clock()
        async with self._database.writing() as tx:
            held = await tx.leases.take(NAME, self.holder, now, LENGTH)
            if not held and _is_dead(await tx.leases.holder(NAME, now)):
                await tx.leases.release(NAME, await tx.leases.holder(NAME, now) or "", now)
                held = await tx.leases.take(NAME, self.holder, now, LENGTH)
        self._renewed = began if held else float("-inf")
        return held

    async def is_ours(self, tx: UnitOfWork) -> bool:
        """Whether the row says so, too: asked in the transaction of whatever only one may do."""
        return await tx.leases.holds(NAME, self.holder, self._clock())

    @property
    def held(self) -> bool:
        """Whether we may speak at this very moment."""
        return monotonic() - self._renewed < LENGTH.total_seconds()

    async def release(self) -> None:
        """Let the next one begin at once."""
        self._renewed = float("-inf")
        async with self._database.writing() as tx:
            await tx.leases.release(NAME, self.holder, self._clock())


class LeaseEnded(Exception):
    """Another process may speak by now: whatever was to be said is left to it."""


class Speaker(Bot):
    """The bot for what only one process may say, asked at the last moment before each call.

    Between finding what is due and sending it a process may have been frozen, and another one may
    have sent it.
    """

    def __init__(self, bot: Bot, lease: SpeakerLease) -> None:
        super().__init__(bot.token, session=bot.session, default=bot.default)
        self._lease = lease

    async def __call__(
        self, method: TelegramMethod[TelegramType], request_timeout: int | None = None
    ) -> TelegramType:
        if not self._lease.held:
            raise LeaseEnded
        return await super().__call__(method, request_timeout)


def _machine() -> str:
    """Where process numbers mean the same: one start of one machine or container.

    Two containers may have the same name, and both a process 1.
    """
    known = [socket.gethostname()]
    with suppress(OSError):
        known.append(Path("/proc/sys/kernel/random/boot_id").read_text())
        known.append(str(Path("/proc/self/ns/pid").readlink()))
    return sha256("".join(known).encode()).hexdigest()[:16]


def is_here(holder: str | None) -> bool:
    """Whether it is a process of this machine."""
    return holder is not None and holder.startswith(f"{_machine()}:")


def _is_dead(holder: str | None) -> bool:
    """Whether the holder was a process of this machine that is gone: no need to wait for it."""
    if holder is None or not is_here(holder):
        return False
    _, pid, _ = holder.split(":")
    if int(pid) == os.getpid():
        return True  # our own number under another name: ours now, so its no more
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
