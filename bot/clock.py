"""The only place in the program that asks what time it is."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

SLIPS = 2.0
"""Seconds the two clocks may differ by between two looks without anybody having set one."""


def utc_now() -> datetime:
    return datetime.now(UTC)


monotonic = time.monotonic
"""Seconds that only grow, whatever is done to the clock: for pauses, limits and leases."""


class WallClock:
    """Tells when somebody has set the machine's time: it moved, and the steady clock did not."""

    def __init__(self, clock: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._clock = clock
        self._steady = steady
        self._apart = self._difference()

    def was_set_by(self) -> float:
        """By how many seconds since the last look; 0 when nobody did."""
        before, self._apart = self._apart, self._difference()
        moved = self._apart - before
        return moved if abs(moved) > SLIPS else 0.0

    def _difference(self) -> float:
        return self._clock().timestamp() - self._steady()
