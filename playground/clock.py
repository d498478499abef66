"""The playground's own time: it goes as ours does, and can be moved on."""

from collections.abc import Callable
from datetime import datetime, timedelta


class MovableClock:
    """`real` gives the machine's time. `begins`: what time it is at the start; None: as it is.
    `runs=False`: it stands still but for being moved, so that pictures are the same each time."""

    def __init__(
        self, real: Callable[[], datetime], begins: datetime | None = None, *, runs: bool = True
    ) -> None:
        self._real = real
        self._stopped_at = None if runs else real()
        self.ahead = timedelta(0) if begins is None else begins - self._now()

    @property
    def runs(self) -> bool:
        return self._stopped_at is None

    def __call__(self) -> datetime:
        return self._now() + self.ahead

    def _now(self) -> datetime:
        return self._stopped_at or self._real()

    def moves(self, time: timedelta) -> None:
        self.ahead += time

    def moves_to(self, moment: datetime) -> None:
        """Never back: what is written stays in order."""
        self.ahead += max(timedelta(0), moment - self())
