"""The only place in the program that asks what time it is."""

import time
from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


monotonic = time.monotonic
"""Seconds that only grow, whatever is done to the clock: for pauses, limits and leases."""
