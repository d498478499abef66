"""How fast Telegram lets a bot speak, and how we keep under it."""

from collections import deque
from collections.abc import Set
from dataclasses import dataclass, field

from storage.models import Urgency


@dataclass(frozen=True, slots=True)
class Limits:
    """What we allow ourselves: a little under what Telegram allows."""

    per_second: int = 28
    """In all, in any one second (Telegram: about 30)."""
    bulk_per_second: int = 22
    """Of these for what can wait, so that an alert always finds a free place."""
    chat_burst: int = 4
    """To one chat at once; then one a second."""


@dataclass(slots=True)
class Pace:
    """Says when something may go out. Times are seconds of a clock that only grows."""

    limits: Limits | None = field(default_factory=Limits)
    """None: no limits at all, for a server that has none."""
    _sent: deque[float] = field(default_factory=deque)
    _next_bulk: float = 0.0
    _chats: dict[int, float] = field(default_factory=dict)
    """When each chat's burst will be whole again."""
    _refused: dict[int, float] = field(default_factory=dict)
    """Chats Telegram asked to wait, and until when."""
    _all_until: float = 0.0
    _last_refusal: tuple[int, float] = (0, float("-inf"))

    def opens(self, chat: int, urgency: int, now: float) -> float:
        """From when this may be sent; `now` or earlier: at once."""
        soonest = max(self._all_until, self._refused.get(chat, 0.0))
        if self.limits is None:
            return soonest
        while self._sent and self._sent[0] <= now - 1.0:
            self._sent.popleft()
        if len(self._sent) >= self.limits.per_second:
            soonest = max(soonest, self._sent[-self.limits.per_second] + 1.0)
        if urgency >= Urgency.BULK:
            soonest = max(soonest, self._next_bulk)
        return max(soonest, self._chats.get(chat, 0.0) - (self.limits.chat_burst - 1))

    def refused_now(self, now: float) -> Set[int]:
        """Chats Telegram asked to wait."""
        self._refused = {chat: until for chat, until in self._refused.items() if until > now}
        return self._refused.keys()

    def sent(self, chat: int, urgency: int, now: float) -> None:
        """It goes out now."""
        if self.limits is None:
            return
        self._sent.append(now)
        self._chats[chat] = max(now, self._chats.get(chat, 0.0)) + 1.0
        if urgency >= Urgency.BULK:
            self._next_bulk = now + 1.0 / self.limits.bulk_per_second
        if len(self._chats) > 10_000:
            self._chats = {c: t for c, t in self._chats.items() if t > now}

    def refused(self, chat: int, retry_after: float, now: float) -> None:
        """Telegram said 429: the chat pauses; two chats within a second, and all do."""
        self._refused[chat] = now + retry_after
        other, at = self._last_refusal
        if other != chat and now - at <= 1.0:
            self._all_until = max(self._all_until, now + retry_after)
        self._last_refusal = (chat, now)
