"""Behind the glass: the way the last message took through the house, from what was really seen.

The Bot API server tells what arrived, was taken, confirmed and sent; the bot's process tells which
handler it was and what a transaction wrote; what waits and what became of each delivery is read
from the database. Nothing is made up.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import monotonic
from bot.lease import NAME
from playground.cast import Cast
from playground.chats import Raw
from playground.faults import Fault, Rule
from playground.keeper import Keeper, Told
from playground.requests import Call
from playground.server import chat_id
from playground.telegram import Telegram
from playground.updates import Waiting
from storage.database import Database, DatabaseFailed
from storage.glimpses import Glimpse
from storage.standing import Standing

KEPT = 40
"""Ways that are remembered."""
SHOWN_AT_MOST = 30
"""Deliveries of one way that are followed."""
LOOK_EVERY = 0.15
"""Seconds between looks while something happens."""
COMMITTED_WITHIN = 0.5
"""Seconds after which what a transaction wrote is there to be read."""
SILENT = ("getUpdates", "sendChatAction", "getMe", "getFile", "deleteWebhook", "setMyCommands")


@dataclass
class Way:
    """What became of one update, or of a moment of the clock."""

    id: int
    kind: str
    """message, edited_message, callback_query, my_chat_member … or "clock"."""
    person: int | None
    gist: str
    began: float
    steps: list[Raw] = field(default_factory=list)
    sends: list[Raw] = field(default_factory=list)
    """Calls to Telegram, in order."""
    deliveries: dict[int, Glimpse] = field(default_factory=dict)

    def step(self, name: str, at: float, **more: Any) -> None:
        self.steps.append({"step": name, "ms": milliseconds(at - self.began)} | more)

    @property
    def waits(self) -> bool:
        return any(one.due_at is not None for one in self.deliveries.values())

    def as_told(self) -> Raw:
        came = {(one["person"], one["message"]): one["ms"] for one in self.sends if one["ok"]}
        return {
            "id": self.id,
            "kind": self.kind,
            "person": self.person,
            "gist": self.gist,
            "steps": self.steps,
            "deliveries": [delivered(one, came) for one in self.deliveries.values()],
            "edits": [one for one in self.sends if one["method"].startswith(("edit", "delete"))],
            "toasts": [one for one in self.sends if one["method"] == "answerCallbackQuery"],
        }


def delivered(one: Glimpse, came: dict[tuple[int, int], float]) -> Raw:
    state = "waits" if one.due_at is not None else "failed" if one.failure else "sent"
    return {
        "person": one.telegram_id,
        "kind": one.kind,
        "subject": one.subject,
        "state": state,
        "attempts": one.attempts,
        "why": one.failure,
        "ms": came.get((one.telegram_id or 0, one.message_id or 0)),
    }


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)


class Glass:
    def __init__(
        self,
        telegram: Telegram,
        cast: Cast,
        database: Database,
        clock: Callable[[], datetime],
    ) -> None:
        self._telegram = telegram
        self._cast = cast
        self._database = database
        self._clock = clock
        self._ways: OrderedDict[int, Way] = OrderedDict()
        self._current: Way | None = None
        """Whose transaction was the last: what is sent now is sent for it."""
        self._newest = 0
        """The number of the newest delivery that is known."""
        self._names = -1
        self._owed: deque[tuple[Way, int, float]] = deque()
        """How many deliveries each transaction wrote: they are numbered in that order."""
        self._news = asyncio.Event()
        self._standing: Standing | None = None
        self.keeper: Keeper | None = None
        self.counts = {"arrived": 0, "refused": 0, "lost": 0, "kills": 0}
        self.on_news: Callable[[Raw], None] = lambda _: None
        self.on_lost: Callable[[], None] = lambda: None
        telegram.only_bot.updates.watch = self._update
        telegram.on_call = self._called
        telegram.observers.append(self._noticed)

    # What is seen as it happens.

    def _update(self, what: str, update: Waiting) -> None:
        now = monotonic()
        if what == "arrived":
            if update.chat not in self._cast.roles:
                return
            self._keep(Way(update.id, update.kind, update.chat, gist(update), now))
        elif (way := self._ways.get(update.id)) is None:
            return
        else:
            name = "taken again" if what == "taken" and _has(way, "taken") else what
            if what == "taken" or not _has(way, what):
                way.step(name, now)
        self._news.set()

    def _keep(self, way: Way) -> None:
        self._ways[way.id] = way
        if len(self._ways) > KEPT:
            self._ways.popitem(last=False)

    def _called(self, call: Call, faults: Sequence[Rule]) -> None:
        struck = [rule.fault for rule in faults]
        ok = bool(call.answer and call.answer["ok"])
        if call.method == "getUpdates" and ok:
            return
        if Fault.server_error in struck:
            self.counts["refused"] += 1
        if Fault.drop_after in struck:
            self.counts["lost"] += 1
            self.on_lost()
        self._news.set()
        if self._current is None or call.method in SILENT:
            return
        result = call.answer.get("result") if call.answer else None
        number = result.get("message_id") if isinstance(result, dict) else None
        now = monotonic()
        self._current.sends.append(
            {
                "method": call.method,
                "person": chat_id(call.params),
                "message": number or int(call.params.get("message_id") or 0),
                "ok": ok,
                "lost": Fault.drop_after in struck,
                "ms": milliseconds(now - self._current.began),
                "subject": None,
            }
        )

    def _noticed(self, news: Raw) -> None:
        if news["event"] == "message" and news["message"].from_bot:
            self.counts["arrived"] += 1
            self._news.set()

    def hear(self, told: Told) -> None:
        """From the bot's process. What it says of the time is by the clock both have."""
        at = told.get("at", monotonic())
        match told["told"]:
            case "saved":
                self._saved(told, at)
            case "wrote":
                self._wrote(told["records"], at)
            case "gone":
                self.counts["kills"] += told["code"] == -9
                self._telegram.only_bot.updates.end_poll("")  # who asked is no more
        self._news.set()

    def _saved(self, told: Told, at: float) -> None:
        for place, (number, name) in enumerate(told["handlers"]):
            way = self._ways.get(number)
            if way is None:
                continue
            if not _has(way, "handler"):
                way.step("handler", at, handler=name)
            if place == 0 or self._current is None:
                self._current = way
            if not _has(way, "saved"):
                way.step("saved", at, records=told["records"], updates=len(told["handlers"]))
        if self._current is not None:
            self._owes(self._current, told["records"])

    def _owes(self, way: Way, records: Sequence[Sequence[Any]]) -> None:
        rows = [n for table, did, n in records if (table, did) == ("deliveries", "insert")]
        if rows:
            self._owed.append((way, sum(rows), monotonic()))

    def _wrote(self, records: list[tuple[str, str, int]], at: float) -> None:
        """A transaction beside those of updates: a timer, a job, a note of what was sent."""
        said = {(table, did) for table, did, _ in records}
        if ("deliveries", "insert") not in said and ("timers", "delete") not in said:
            return
        if self._current is not None and ("jobs", "update") in said:
            self._current.step("job", at, records=records)
            self._owes(self._current, records)
            return
        way = Way(self._names, "clock", None, "", at)
        self._names -= 1
        way.step("rang", at)
        way.step("saved", at, records=records, updates=0)
        self._keep(way)
        self._current = way
        self._owes(way, records)

    # What is read.

    async def run(self) -> None:
        """Tell whoever looks, for ever."""
        with suppress(DatabaseFailed):
            async with self._database.reading() as tx:
                self._newest = await tx.glimpses.newest()
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self._news.wait()
            self._news.clear()
            with suppress(DatabaseFailed):
                await self._look()
            self.on_news(self.as_told())
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> None:
        async with self._database.reading() as tx:
            new = await tx.glimpses.after(self._newest, 200)
            way = self._current
            for one in new:
                if (mine := self._owner() or way) and len(mine.deliveries) < SHOWN_AT_MOST:
                    mine.deliveries[one.id] = one
                self._newest = one.id
            while self._owed and monotonic() - self._owed[0][2] > COMMITTED_WITHIN:
                self._owed.popleft()  # it was there already, and was not written twice
            open_ones = [w for w in self._ways.values() if w.waits]
            for each in open_ones:
                for one in await tx.glimpses.some(each.deliveries.keys()):
                    each.deliveries[one.id] = one
            for send in way.sends if way is not None else ():
                if send["subject"] is None and send["method"].startswith("edit"):
                    send["subject"] = await tx.glimpses.shown_in(send["person"], send["message"])
            self._standing = await tx.standing.now(self._clock(), NAME)

    def _owner(self) -> Way | None:
        """Whose the next delivery is."""
        if not self._owed:
            return None
        way, left, since = self._owed[0]
        if left > 1:
            self._owed[0] = way, left - 1, since
        else:
            self._owed.popleft()
        return way

    # What is told.

    def as_told(self) -> Raw:
        shown = self._shown()
        return {
            "type": "glass",
            "way": shown.as_told() if shown is not None else None,
            "counts": self.counts | self._waiting(),
            "bot": self._process(),
        }

    def _shown(self) -> Way | None:
        """The last that arrived, or what the clock did since."""
        return next(reversed(self._ways.values()), None)

    def _waiting(self) -> Raw:
        bot, standing = self._telegram.only_bot, self._standing
        unread = len(bot.updates.waiting())
        if standing is None:
            return {"unread": unread, "queue": 0, "parked": 0}
        queue = sum(standing.queue.values()) + standing.cards + standing.jobs + standing.stalled
        return {"unread": unread, "queue": queue, "parked": standing.parked}

    def _process(self) -> Raw:
        keeper = self.keeper
        if keeper is None:
            return {"pid": None, "starts": 0, "back_in": None}
        back = keeper.back_at
        left = None if back is None else max(0.0, back - asyncio.get_running_loop().time())
        return {"pid": keeper.pid, "starts": keeper.starts, "back_in": left}


def _has(way: Way, name: str) -> bool:
    return any(one["step"] == name for one in way.steps)


def gist(update: Waiting) -> str:
    """A few words of what arrived: the text, the kind, or the label that was tapped."""
    content = update.body[update.kind]
    if update.kind == "callback_query":
        rows = content.get("message", {}).get("reply_markup", {}).get("inline_keyboard", [])
        data: str = content["data"]
        keys = (key for row in rows for key in row)
        return next((str(key["text"]) for key in keys if key.get("callback_data") == data), data)
    words: str = content.get("text") or content.get("caption") or ""
    return words[:80]
