"""The playground's bot, in a process of its own so that `kill -9` is what it says.

Its first line of orders tells the settings and the time; more orders come while it runs, a line of
JSON each, and are answered by their number. It tells in lines what it does, and ends with its
orders: no bot outlives its playground.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from datetime import datetime
from functools import partial
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot import logs
from bot.__main__ import CannotStart, opened, run_loop, until_told_to_stop
from bot.app import App
from bot.assembly import build_app
from bot.clock import monotonic, utc_now
from bot.health import Health
from bot.settings import Settings
from playground.clock import MovableClock
from storage.witness import Written, witness

BOOKKEEPING = {"leases", "teams"}
"""Written again and again, whatever happens."""


class Hands:
    """Tells what the bot does as it is done."""

    def __init__(self) -> None:
        self._called: list[tuple[int, str]] = []
        self._written: Written = Counter()

    def tell(self, what: str, **about: Any) -> None:
        print(json.dumps({"told": what, "at": monotonic()} | about), flush=True)  # noqa: T201

    def looks_at(self, app: App) -> None:
        names = HandlerNames(self._called)
        observers = app.dispatcher.observers
        for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
            observers[kind].middleware(names)
        witness(app.database, self._writes)

    def _writes(self, written: Written) -> None:
        kept = Counter({key: n for key, n in written.items() if key[1] not in BOOKKEEPING})
        if self._called:
            self._written += kept
        elif kept:
            self.tell("wrote", records=listed(kept))

    async def watch(self, point: str) -> None:
        if point == "after commit" and self._called:
            handlers, records = list(self._called), listed(self._written)
            self._called.clear()
            self._written = Counter()
            self.tell("saved", handlers=handlers, records=records)


class HandlerNames(BaseMiddleware):
    """Which handler took which update."""

    def __init__(self, called: list[tuple[int, str]]) -> None:
        self._called = called

    async def __call__(self, handler: Any, event: TelegramObject, data: dict[str, Any]) -> Any:
        callback = data["handler"].callback
        name = getattr(callback, "__qualname__", type(callback).__name__)
        self._called.append((data["event_update"].update_id, f"{callback.__module__}.{name}"))
        return await handler(event, data)


def listed(written: Written) -> list[tuple[str, str, int]]:
    return sorted((table, did, rows) for (did, table), rows in written.items())


async def obeys(app: App, clock: MovableClock, orders: asyncio.StreamReader, hands: Hands) -> None:
    """Until there are no more orders."""
    health = Health(app.database, app.lease, app.clock)
    while line := await orders.readline():
        order = json.loads(line)
        answer: Any = None
        match order["do"]:
            case "move":
                clock.moves_to(datetime.fromisoformat(order["to"]))
                app.wall_clock.was_set_by()  # it was we, and it is no news
                await app.timekeeper.tick()
                app.ring({"delivery", "jobs"})
            case "troubles":
                answer = list(await health.troubles())
            case "metrics":
                answer = (await app.metrics.scrape()).decode()
        hands.tell("answer", number=order["number"], answer=answer)


async def be() -> None:
    loop = asyncio.get_running_loop()
    orders = asyncio.StreamReader(limit=2**20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    first = json.loads(await orders.readline())
    settings = Settings.load(**first["settings"])
    logs.set_up(settings.log_level, settings.log_format)
    clock = MovableClock(utc_now, datetime.fromisoformat(first["now"]), runs=first["runs"])
    hands = Hands()
    app = await opened(settings, partial(build_app, clock=clock, watch=hands.watch))
    try:
        hands.looks_at(app)
        hands.tell("up", pid=os.getpid())
        await until_told_to_stop(lambda: serve(app, clock, orders, hands))
    finally:
        await app.close()


async def serve(app: App, clock: MovableClock, orders: asyncio.StreamReader, hands: Hands) -> None:
    running = asyncio.ensure_future(app.run(listens=False))
    obeying = asyncio.ensure_future(obeys(app, clock, orders, hands))
    try:
        await asyncio.wait({running, obeying}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (running, obeying):
            task.cancel()
        await asyncio.wait({running, obeying})
    if not running.cancelled():
        running.result()


def main() -> int:
    try:
        run_loop(be())
    except CannotStart as reason:
        Hands().tell("failed", why=str(reason))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
