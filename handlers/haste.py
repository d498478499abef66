"""Customers tap and give commands at a sane rate; what they write is kept at any.

Counted in memory: it guards this process's time and what one chat is sent, and decides nothing
that must be remembered.
"""

from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject

from desk.refusals import TooFast
from handlers.rights import command_in
from storage.models import Person, Role

WINDOW = timedelta(minutes=1)
TAPS = 2
"""Times as many taps as commands: five stars are soon tried out."""
REMEMBERED = 10_000
"""People; of more the ones who did nothing for longest are forgotten."""


class Count:
    """What each person did within the last minute, each thing once however often it is tried."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._done: OrderedDict[int, deque[tuple[datetime, str]]] = OrderedDict()

    def over(self, person: int, what: str, now: datetime) -> int:
        """By how much they are over the limit with `what`; 0 or less: they are not."""
        done = self._done.setdefault(person, deque(maxlen=10 * self._at_most))
        self._done.move_to_end(person)
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
        while done and now - done[0][0] >= WINDOW:
            done.popleft()
        if all(what != known for _, known in done):
            done.append((now, what))
        return len(done) - self._at_most


class HoldPace(BaseMiddleware):
    """Refuses what is too much: each tap in its toast, commands once in a row of them."""

    def __init__(self, rate: int) -> None:
        self._commands = Count(rate)
        self._taps = Count(TAPS * rate)

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        me: Person = data["me"]
        if not me.may(Role.OPERATOR):
            now: datetime = data["clock"]()
            if isinstance(event, CallbackQuery) and self._taps.over(me.id, event.id, now) > 0:
                raise TooFast
            if isinstance(event, Message) and command_in(event) is not None:
                over = self._commands.over(me.id, str(event.message_id), now)
                if over == 1:
                    raise TooFast
                if over > 1:
                    return None
        return await handler(event, data)
