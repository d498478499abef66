"""Keeps the bot's process: starts it, gives it orders, and starts it again when it was killed."""

import asyncio
import itertools
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.__main__ import CannotStart
from playground.clock import MovableClock

BACK_AFTER = 5.0
"""Seconds a killed bot stays away, so that somebody can write to it meanwhile."""
LEAVES_WITHIN = 8.0
"""Seconds a bot has to finish what it began."""
ANSWERS_WITHIN = 10.0
LONGEST_LINE = 2**24

Told = dict[str, Any]


class NotRunning(Exception):
    """The bot's process is away."""


class Keeper:
    """`settings`: as `Settings.load` takes them. `hear` is told all the process tells, and "gone".

    `back_after`: seconds until a killed one is started again.
    """

    def __init__(
        self,
        settings: Mapping[str, Any],
        clock: MovableClock,
        hear: Callable[[Told], None],
        back_after: float = BACK_AFTER,
    ) -> None:
        self._settings = dict(settings)
        self._clock = clock
        self._hear = hear
        self._back_after = back_after
        self._process: asyncio.subprocess.Process | None = None
        self._up = asyncio.Event()
        self._failed: str | None = None
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self.starts = 0
        """How often a process was up."""
        self.back_at: float | None = None
        """The loop's time when a killed one is started again; None: it runs, or starts."""

    def reaches(self, server: str) -> None:
        """Where the Bot API server listens; known before the first start."""
        self._settings["bot_api_url"] = server

    @property
    def pid(self) -> int | None:
        """Of the bot that answers people now; None: none does."""
        return self._process.pid if self._process is not None and self._up.is_set() else None

    async def run(self, ready: asyncio.Future[None]) -> None:
        """For ever; cancel to stop, and the bot finishes what it began. `ready` ends when it
        answers people for the first time. Errors: CannotStart, in `ready`."""
        try:
            while True:
                await self._live(ready)
                if not ready.done():
                    why = self._failed or "the bot's process ended as it began"
                    ready.set_exception(CannotStart(why))
                    return
                self.back_at = asyncio.get_running_loop().time() + self._back_after
                await asyncio.sleep(self._back_after)
                self.back_at = None
        finally:
            await self._send_away()

    async def _live(self, ready: asyncio.Future[None]) -> None:
        """One process, from its start to its end."""
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "playground.child"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
            start_new_session=True,  # Ctrl-C is ours to pass on
        )
        assert process.stdin is not None
        assert process.stdout is not None
        first = {
            "settings": self._settings,
            "now": self._clock().isoformat(),
            "runs": self._clock.runs,
        }
        process.stdin.write(f"{json.dumps(first)}\n".encode())
        while line := await process.stdout.readline():
            with suppress(ValueError):  # what a library prints is not for us
                self._hears(json.loads(line), ready)
        await process.wait()
        self._up.clear()
        for asked in self._asked.values():
            asked.cancel()
        self._asked.clear()
        self._hear({"told": "gone", "pid": process.pid, "code": process.returncode})

    def _hears(self, told: Told, ready: asyncio.Future[None]) -> None:
        match told.get("told"):
            case "answer":
                asked = self._asked.pop(told["number"], None)
                if asked is not None and not asked.done():
                    asked.set_result(told["answer"])
                return
            case "failed":
                self._failed = told["why"]
                return
            case "up":
                self.starts += 1
                self._up.set()
                if not ready.done():
                    ready.set_result(None)
        self._hear(told)

    async def asks(self, do: str, **about: Any) -> Any:
        """An order, and its answer. Errors: NotRunning."""
        process = self._process
        if process is None or process.stdin is None or not self._up.is_set():
            raise NotRunning
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        process.stdin.write(f"{json.dumps({'do': do, 'number': number} | about)}\n".encode())
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                return await answer
        except TimeoutError:
            raise NotRunning from None
        except asyncio.CancelledError:
            if answer.cancelled():  # the process is gone; or else it is we who are to stop
                raise NotRunning from None
            raise
        finally:
            self._asked.pop(number, None)

    async def moves(self, moment: datetime) -> None:
        """The bot's time is at least this; what is due by then is begun. Errors: NotRunning."""
        await self.asks("move", to=moment.isoformat())

    def kill(self) -> None:
        """At once and with all that is its own, as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def _send_away(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(LEAVES_WITHIN):
                await process.wait()
        except TimeoutError:
            self.kill()
            await process.wait()
