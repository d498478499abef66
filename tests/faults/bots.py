"""Bots as processes of their own: started, watched, killed."""

import asyncio
import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from pathlib import Path

from tests.faults.hands import Hands
from tests.faults.killable import Order

LATEST = 60
"""Seconds anything may take before the test gives up."""


class Nursery:
    """Where bots are forked: one process for all tests, so that imports are paid once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.killable"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said: defaultdict[str, queue.SimpleQueue[str]] = defaultdict(queue.SimpleQueue)
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()
        self._bots = 0

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            name, _, words = line.strip().partition(" ")
            self._said[name].put(words)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(LATEST)
        self._hearing.join(LATEST)
        self._process.stdout.close()

    async def bears(
        self,
        settings: dict[str, str],
        hands: Hands,
        folder: Path,
        *,
        point: str = "never",
        nth: int = 1,
        is_gate: bool = False,
    ) -> "Bot":
        """A bot that runs; its log is in `folder`. See `killable.Order` for the rest."""
        self._bots += 1
        name = f"bot{self._bots}"
        order = Order(
            name=name,
            settings=settings,
            hands=str(hands.path),
            log=str(folder / f"{name}.log"),
            point=point,
            nth=nth,
            is_gate=is_gate,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        bot = Bot(self._said[name], Path(order["log"]))
        bot.pid = int(await bot.says("PID "))
        return bot


class Bot:
    def __init__(self, said: queue.SimpleQueue[str], log: Path) -> None:
        self._said = said
        self._log = log
        self.pid = 0
        self.code: int | None = None
        """Once it has ended; a negative one is a signal."""

    @property
    def log(self) -> str:
        return self._log.read_text()

    def lines(self, words: str) -> list[str]:
        """The lines of its log that have these words."""
        return [line for line in self.log.splitlines() if words in line]

    async def says(self, beginning: str) -> str:
        """What comes after `beginning` in the next thing it says, which must begin so."""
        said = await asyncio.to_thread(self._said.get, timeout=LATEST)
        if said.startswith("GONE"):
            self.code = int(said.removeprefix("GONE "))
        assert said.startswith(beginning), f"{said}, not {beginning}\n{self.log}"
        return said.removeprefix(beginning)

    @property
    def has_said_something(self) -> bool:
        return not self._said.empty()

    async def comes_to(self, point: str) -> None:
        await self.says(f"AT {point}")

    async def ends(self) -> int:
        """By itself; its exit code."""
        return int(await self.says("GONE "))

    async def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        assert await self.ends() == -signal.SIGKILL

    def told_to_stop(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    async def stop(self) -> None:
        self.told_to_stop()
        code = await self.ends()
        assert code == 0, f"{code}\n{self.log}"

    def must_be_gone(self) -> None:
        """Whatever became of the test, no process is left."""
        if self.code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
