"""Programs that are measured: each in a process of its own, one at a time."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.report import Void
from benchmarks.server import BotApi

PATIENCE = 60.0
"""Seconds a program has for anything."""


class Program:
    """`python -m MODULE`, speaking to a server of its own."""

    def __init__(self, module: str, server: BotApi, environment: Mapping[str, str]) -> None:
        self.module = module
        self._server = server
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> float:
        """Seconds until it first asked for updates."""
        self._server.polled.clear()
        began = time.perf_counter()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", self.module, env={**os.environ, **self._environment}
        )
        try:
            async with asyncio.timeout(PATIENCE):
                await self._server.polled.wait()
        except TimeoutError:
            raise Void(f"{self.module} does not ask for updates") from None
        return time.perf_counter() - began

    async def stop(self) -> None:
        """Kindly at first; whether it was started, or stands still, or not."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        self._process.send_signal(signal.SIGCONT)
        try:
            async with asyncio.timeout(PATIENCE / 6):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    def pause(self) -> None:
        """It takes no time from others until `resume`."""
        self._running.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None
        return self._process

    @property
    def memory(self) -> float:
        """MiB it keeps in memory."""
        for line in Path(f"/proc/{self._running.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise Void(f"{self.module} has ended")
