"""What a bot has yet to be told: kept, dropped when old, asked for by long polls."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playground.refusals import Refused
from playground.schema import bot_api

KEEPS_MESSAGES = timedelta(hours=24)
KEEPS_TAPS = timedelta(seconds=150)
LONGEST_POLL = 50
NEVER = datetime.max.replace(tzinfo=UTC)
ONLY_WHEN_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, eq=False)
class Waiting:
    id: int
    kind: str
    chat: Any
    """The chat of a message, the person of a tap."""
    body: dict[str, Any]
    expires: datetime

    @property
    def line(self) -> tuple[str, Any]:
        """Pushed to a webhook, updates of one line stay in order; edits are in their chat's."""
        return self.kind.removeprefix("edited_"), self.chat


class Updates:
    def __init__(self, clock: Callable[[], datetime], first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._waiting: deque[Waiting] = deque()
        self._first_expires = NEVER
        self._poll: asyncio.Future[str] | None = None
        self.allowed: Sequence[str] = ()
        self.confirmed = 0
        """How many updates the bot has confirmed, ever."""
        self.webhook_url = ""
        self.arrived: Callable[[Waiting], None] | None = None
        """Called when there is something new (the webhook's ear)."""
        self.watch: Callable[[str, Waiting], None] | None = None
        """Told of each update that has "arrived", was "taken" by a poll, or is "confirmed"."""

    def push(self, kind: str, chat: Any, content: dict[str, Any]) -> int | None:
        """Queue it, if this bot wants its kind; the update's id."""
        allowed = kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED
        if not allowed:
            return None
        bot_api().check("Update", {"update_id": self._next_id, kind: content})
        return self.push_unchecked(kind, chat, content)

    def push_unchecked(self, kind: str, chat: Any, content: Any) -> int:
        """Queue what no schema knows: the update of tomorrow's Bot API, or rubbish."""
        body = {"update_id": self._next_id, kind: content}
        keeps = KEEPS_TAPS if kind == "callback_query" else KEEPS_MESSAGES
        update = Waiting(self._next_id, kind, chat, body, self._clock() + keeps)
        self._first_expires = min(self._first_expires, update.expires)
        self._waiting.append(update)
        self._next_id += 1
        self.end_poll("")
        if self.arrived is not None:
            self.arrived(update)
        self._tell("arrived", update)
        return update.id

    def _tell(self, what: str, update: Waiting) -> None:
        if self.watch is not None:
            self.watch(what, update)

    def waiting(self) -> deque[Waiting]:
        """What is not confirmed yet and not too old."""
        now = self._clock()
        if now >= self._first_expires:
            self._waiting = deque(u for u in self._waiting if now < u.expires)
            self._first_expires = min((u.expires for u in self._waiting), default=NEVER)
        return self._waiting

    def confirm(self, update: Waiting) -> None:
        if update in self._waiting:
            self._waiting.remove(update)
            self.confirmed += 1
            self._tell("confirmed", update)

    def confirm_before(self, offset: int) -> None:
        while self._waiting and self._waiting[0].id < offset:
            update = self._waiting.popleft()
            self.confirmed += 1
            self._tell("confirmed", update)

    def forget(self) -> None:
        self._waiting.clear()

    def skip_ids(self, number: int) -> None:
        """After a quiet week Telegram goes on from another id."""
        self._next_id += number

    def end_poll(self, why: str) -> None:
        """A waiting getUpdates is answered 409 with this reason; with what there is if empty."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)

    async def poll(
        self, offset: int, limit: int, timeout: float, allowed: Sequence[str] | None
    ) -> list[dict[str, Any]]:
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        if allowed is not None:
            self.allowed = tuple(allowed)
        waiting = self.waiting()
        if offset < 0:
            offset = waiting[max(0, len(waiting) + offset)].id if waiting else 0
        if offset:
            self.confirm_before(offset)
        if not self._waiting and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        taken = [update for update, _ in zip(self.waiting(), range(limit), strict=False)]
        for update in taken:
            self._tell("taken", update)
        return [update.body for update in taken]

    async def _wait(self, timeout: float) -> None:
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                why = await mine
        except TimeoutError:
            return
        finally:
            if self._poll is mine:
                self._poll = None
        if why:
            raise conflict(why)


def conflict(why: str) -> Refused:
    return Refused(409, f"Conflict: {why}")
