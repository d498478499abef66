"""What goes wrong for a while is two lines in the log: when it begins, and when it is over."""

import logging
from collections.abc import Callable

QUIET = 10.0
"""Seconds of nothing but success after which it is over: what comes and goes is one condition. A
full disk now and then has room for a small write."""


class Lasting:
    """A condition, however often it is met before it is over. `steady`: seconds that only grow."""

    def __init__(self, logger: logging.Logger, words: str, steady: Callable[[], float]) -> None:
        self._logger = logger
        self._words = words
        self._steady = steady
        self._well_since: float | None = None
        self._times = 0

    def met(self, why: str, error: BaseException | None = None) -> None:
        """It is so. With an `error` of our own the way to it is told as well."""
        self._times += 1
        self._well_since = None
        if self._times == 1:
            self._logger.warning("%s: %s", self._words, why, exc_info=error)

    def gone(self) -> None:
        """It is not so just now: over, if that has been so for a while."""
        if not self._times:
            return
        now = self._steady()
        if self._well_since is None:
            self._well_since = now
        elif now - self._well_since >= QUIET:
            self._logger.warning("%s: over, met %s times", self._words, self._times)
            self._times = 0
