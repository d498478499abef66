"""What the page can do to the house: move its clock, make its Telegram fail, kill its bot."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from aiohttp import web

from api import watching
from bot.metrics import CONTENT_TYPE
from bot.schedule import weekly
from desk.rules import Rules
from playground.acts import Impossible
from playground.chats import Raw
from playground.clock import MovableClock
from playground.faults import Fault, Rule
from playground.glass import Glass
from playground.keeper import Keeper, NotRunning
from playground.stream import Stream
from playground.telegram import Telegram
from storage.database import Database, DatabaseFailed

LATE_BY = 3.0
"""Seconds each message takes on a slow day."""
SENDS = (
    "sendMessage",
    "sendPhoto",
    "sendVoice",
    "sendDocument",
    "sendMediaGroup",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
)
STOPS_AT_MOST = 12
"""Moments on the way at which the bot is left to do what is due; on a long way several things
that are due come together at a stop."""
SHORT_WAY = timedelta(hours=2)
"""On which each thing that is due has a stop of its own."""
SETTLES_WITHIN = 0.7
"""Seconds it has for that."""


class Controls:
    def __init__(
        self,
        telegram: Telegram,
        clock: MovableClock,
        database: Database,
        rules: Rules,
        keeper: Keeper,
        glass: Glass,
        moved: Callable[[], None],
    ) -> None:
        """`moved` is called when the clock has been, so that the pages hear of it."""
        self._telegram = telegram
        self._clock = clock
        self._database = database
        self._rules = rules
        self._keeper = keeper
        self._glass = glass
        self._moved = moved
        self._faults: dict[str, list[Rule]] = {}
        self._moving = asyncio.Lock()
        self.stream = Stream(self.as_told)
        glass.on_lost = self._lost_one
        glass.on_news = lambda _: self.stream.tell(self.as_told())

    def routes(self) -> list[web.RouteDef]:
        watched = watching.routes(self._troubles, self._scrape, CONTENT_TYPE)
        return [web.get("/api/glass", self.stream.serve), *watched]

    @property
    def acts(self) -> dict[str, Callable[[Raw], Awaitable[None]]]:
        return {"clock": self.moves_clock, "fault": self.fails, "kill": self.kills}

    # What is seen.

    def as_told(self) -> Raw:
        return self._glass.as_told() | {
            "faults": sorted(name for name, rules in self._faults.items() if rules),
            "now": int(self._clock().timestamp()),
            "monday": int(self._next_push().timestamp()),
        }

    async def _troubles(self) -> list[str]:
        try:
            found: list[str] = await self._keeper.asks("troubles")
        except NotRunning:
            return ["the bot's process is away"]
        return found

    async def _scrape(self) -> bytes:
        try:
            found: str = await self._keeper.asks("metrics")
        except NotRunning:
            return b""
        return found.encode()

    # What is done.

    async def moves_clock(self, told: Raw) -> None:
        """By `minutes`, or to the next weekly push. Errors: Impossible."""
        minutes = told.get("minutes")
        if told.get("to") == "push":
            until = self._next_push()
        elif isinstance(minutes, int) and 0 < minutes <= 7 * 24 * 60:
            until = self._clock() + timedelta(minutes=minutes)
        else:
            raise Impossible("not_understood")
        if self._moving.locked():
            raise Impossible("moving")
        async with self._moving:
            try:
                await self._walks(until)
            except NotRunning:
                raise Impossible("bot_away") from None

    async def _walks(self, until: datetime) -> None:
        """Each thing that is due on the way happens at its own moment."""
        way = until - self._clock()
        least = timedelta(0) if way <= SHORT_WAY else way / STOPS_AT_MOST
        while True:
            due = await self._next_due()
            earliest = self._clock() + least
            if due is None or max(due, earliest) >= until:
                break
            await self._stops(max(due, earliest))
        await self._stops(until)

    async def _stops(self, moment: datetime) -> None:
        self._clock.moves_to(moment)
        self._moved()
        await self._keeper.moves(self._clock())
        ends = asyncio.get_running_loop().time() + SETTLES_WITHIN
        while asyncio.get_running_loop().time() < ends and await self._is_busy():  # noqa: ASYNC110
            await asyncio.sleep(0.03)

    async def _next_due(self) -> datetime | None:
        async with self._database.reading() as tx:
            return await tx.timers.next_due()

    async def _is_busy(self) -> bool:
        with suppress(DatabaseFailed):
            async with self._database.reading() as tx:
                now = self._clock()
                due = await tx.timers.next_due()
                heads = await tx.deliveries.heads(now, 1)
                return bool(heads) or (due is not None and due <= now)
        return True

    def _next_push(self) -> datetime:
        moment: datetime | None = weekly(self._rules).get_next_fire_time(None, self._clock())
        assert moment is not None
        return moment

    async def fails(self, told: Raw) -> None:
        """`name`: slow, refusing or lose; `on`. Errors: Impossible."""
        name, on = told.get("name"), bool(told.get("on"))
        faults = self._telegram.faults
        methods: tuple[str | None, ...] = SENDS
        times: int | None = None
        for rule in self._faults.pop(str(name), []):
            with suppress(ValueError):
                faults.remove(rule)
        match name:
            case "slow":
                kind = Fault.delay
            case "refusing":
                kind, methods = Fault.server_error, (None,)
            case "lose":
                kind, times = Fault.drop_after, 1
            case _:
                raise Impossible("not_understood")
        if on:
            self._faults[name] = [
                faults.add(kind, method=method, times=times, seconds=LATE_BY) for method in methods
            ]
        self.stream.tell(self.as_told())

    def _lost_one(self) -> None:
        """One answer is enough to see what becomes of it."""
        for rule in self._faults.pop("lose", []):
            with suppress(ValueError):
                self._telegram.faults.remove(rule)

    async def kills(self, _: Raw) -> None:
        self._keeper.kill()
