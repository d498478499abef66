"""The network on a bad day, on demand."""

import enum
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from playground.refusals import Refused, too_many_requests


class Fault(enum.Enum):
    server_error = enum.auto()
    """500 with JSON; the call took no effect"""
    html_page = enum.auto()
    """502 with a proxy's page; the call took no effect"""
    delay = enum.auto()
    """wait `seconds` before the call is handled"""
    delay_after = enum.auto()
    """the call takes effect at once, its answer comes `seconds` later"""
    drop_before = enum.auto()
    """the connection is closed; the call took no effect"""
    drop_after = enum.auto()
    """the connection is closed after the call took effect"""
    malformed = enum.auto()
    """the call took effect; its answer is half a JSON"""
    reset = enum.auto()
    """the call took effect; the connection is reset in the middle of its answer"""
    flood = enum.auto()
    """429 with `retry_after`"""


@dataclass(eq=False)
class Rule:
    fault: Fault
    method: str | None = None
    """None: every method"""
    chat_id: int | None = None
    times: int | None = 1
    """None: until removed"""
    probability: float = 1.0
    seconds: float = 0.0
    retry_after: int = 1
    until: datetime | None = None
    dice: Random = field(default_factory=lambda: Random(0))  # noqa: S311
    hits: int = 0

    def strikes(self, method: str, chat_id: Any, now: datetime) -> bool:
        concerned = (
            self.method in {None, method}
            and self.chat_id in {None, chat_id}
            and (self.fault is not Fault.flood or chat_id is not None)
        )
        over = (self.times is not None and self.hits >= self.times) or (
            self.until is not None and now >= self.until
        )
        if not concerned or over:
            return False
        if self.probability < 1 and self.dice.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def wait(self, now: datetime) -> int:
        if self.until is None:
            return self.retry_after
        return max(1, math.ceil((self.until - now).total_seconds()))


class Faults:
    """What goes wrong next. Rules are asked in the order they were added."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.rules: list[Rule] = []
        self.delay = 0.0
        """Seconds every call waits before it is handled."""

    def add(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        probability: float = 1.0,
        seed: int = 0,
        seconds: float = 0.0,
        retry_after: int = 1,
    ) -> Rule:
        """`times=None` lasts until removed or cleared. The rule counts its `hits`."""
        rule = Rule(fault, method, chat_id, times, probability, seconds, retry_after)
        rule.dice.seed(seed)
        self.rules.append(rule)
        return rule

    def flood(self, retry_after: int, chat_id: int | None = None) -> Rule:
        """Refuse to send for so many seconds of the network's clock."""
        rule = Rule(Fault.flood, chat_id=chat_id, times=None)
        rule.until = self._clock() + timedelta(seconds=retry_after)
        self.rules.append(rule)
        return rule

    def remove(self, rule: Rule) -> None:
        self.rules.remove(rule)

    def clear(self) -> None:
        self.rules.clear()
        self.delay = 0.0

    def strike(self, method: str, chat_id: Any) -> list[Rule]:
        """The rules that hit this call."""
        if not self.rules:
            return []
        now = self._clock()
        return [rule for rule in self.rules if rule.strikes(method, chat_id, now)]


@dataclass
class Limits:
    """Telegram's flood limits, as far as they are known; counted by the network's clock."""

    per_second: float = 30
    per_chat_per_second: float = 1
    per_chat_burst: int = 3
    per_group_per_minute: float = 20
    _buckets: dict[Any, tuple[float, datetime]] = field(default_factory=dict)

    def spend(self, chat_id: int, now: datetime) -> Refused | None:
        """Count one call; what Telegram says when it was one too many."""
        wait = self._wait("all", self.per_second, self.per_second, now)
        if chat_id < 0:
            rate = self.per_group_per_minute / 60
            wait = wait or self._wait(chat_id, rate, self.per_group_per_minute, now)
        else:
            rate, burst = self.per_chat_per_second, self.per_chat_burst
            wait = wait or self._wait(chat_id, rate, burst, now)
        return too_many_requests(math.ceil(wait)) if wait else None

    def _wait(self, key: Any, rate: float, burst: float, now: datetime) -> float:
        """0 when there was room, otherwise the seconds until there is."""
        left, at = self._buckets.get(key, (burst, now))
        left = min(burst, left + (now - at).total_seconds() * rate)
        if left >= 1:
            self._buckets[key] = (left - 1, now)
            return 0.0
        self._buckets[key] = (left, now)
        return (1 - left) / rate
