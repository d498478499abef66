"""What goes wrong for a while is two lines in the log: when it begins, and when it is over."""

import logging
from collections.abc import Callable

QUIET = 10.0
"""Seconds without it after which it is over: what comes and goes is one condition."""


class Lasting:
    """A condition, however often it is met before it is over. `steady`: seconds that only grow."""

    def __init__(self, logger: logging.Logger, words: str, steady: Callable[[], float]) -> None:
        self._logger = logger
        self._words = words
        self._steady = steady
        self._last = 0.0
        self._times = 0

    def met(self, why: str, error: BaseException | None = None) -> None:
        """It is so. With an `error` of our own the way to it is told as well."""
        self._times += 1
        self._last = self._steady()
        if self._times == 1:
            self._logger.warning("%s: %s", self._words, why, exc_info=error)

    def gone(self) -> None:
        """It is not so just now: over, if it has not been met for a while."""
        if self._times and self._steady() - self._last >= QUIET:
            self._logger.warning("%s: over, met %s times", self._words, self._times)
            self._times = 0
