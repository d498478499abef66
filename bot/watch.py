"""Points of the way an update takes where a test may stop the process to see what is lost."""

from collections.abc import Awaitable, Callable

Watch = Callable[[str], Awaitable[None]]
"""Hears "before commit", "after commit", "before send" and "after send"."""


async def nobody_watches(_: str) -> None:
    """In a running bot nothing happens there."""
