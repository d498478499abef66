"""The hands of a clock that a test and a bot in another process both look at."""

import asyncio
import mmap
import struct
from datetime import datetime, timedelta
from pathlib import Path

from bot import clock

LAYOUT = struct.Struct("=dd?B")
GATE, SLEEPERS = LAYOUT.size - 2, LAYOUT.size - 1


class Hands:
    """The real time, moved as the test likes: ten minutes pass at once.

    The wall clock and the steady one move together, or the wall clock alone, as it does when
    somebody sets the machine's time. Beside them a gate, at which a bot can be made to wait.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            path.write_bytes(LAYOUT.pack(0.0, 0.0, False, 0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), LAYOUT.size)

    @property
    def _moved(self) -> tuple[float, float]:
        """By how many seconds: the wall clock, the steady one."""
        wall, steady, *_ = LAYOUT.unpack(self._shared)
        return wall, steady

    def now(self) -> datetime:
        return clock.utc_now() + timedelta(seconds=self._moved[0])

    def steady(self) -> float:
        return clock.monotonic() + self._moved[1]

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            return
        ends = self.steady() + seconds
        self._shared[SLEEPERS] += 1
        try:
            while (left := ends - self.steady()) > 0:  # noqa: ASYNC110 - another process moves it
                await asyncio.sleep(min(left, 0.02))
        finally:
            self._shared[SLEEPERS] -= 1

    @property
    def somebody_sleeps(self) -> bool:
        return bool(self._shared[SLEEPERS])

    def passes(self, **time: float) -> None:
        """So much time goes by: `minutes=10`."""
        self._move(timedelta(**time).total_seconds(), timedelta(**time).total_seconds())

    def jumps(self, **time: float) -> None:
        """Somebody sets the machine's time: `hours=-1`."""
        self._move(timedelta(**time).total_seconds(), 0.0)

    def _move(self, wall: float, steady: float) -> None:
        was = self._moved
        self._shared[:GATE] = struct.pack("=dd", was[0] + wall, was[1] + steady)

    @property
    def gate_is_open(self) -> bool:
        return bool(self._shared[GATE])

    def open_gate(self) -> None:
        self._shared[GATE] = 1

    def close(self) -> None:
        self._shared.close()
