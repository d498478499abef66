"""The real bot in processes of their own, as many as a test orders, which may be killed.

Reads orders, a line of JSON each, and forks a bot for each: what takes a second, the imports, is
done once. Says in lines that begin with the bot's name: "PID n" at once, "AT POINT" when it has
come to the ordered point for the NTH time and waits there, "GONE code" when it has ended; a
negative code is a signal. Its log goes to a file.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from base64 import b64decode
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from aiogram import BaseMiddleware
from aiogram.types import Message
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from bot import __main__ as program
from bot.app import App
from bot.assembly import build_app
from bot.pace import Pace
from bot.settings import Settings
from kpi.card import WeeklyCard
from kpi.pages import Page
from tests.faults.hands import Hands

DOT = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
"""The smallest picture."""
POISON = "poison"
"""A message of this text always fails, as by a program error."""


class Order(TypedDict):
    name: str
    settings: dict[str, str]
    """As in the environment."""
    hands: str
    log: str
    point: str
    """Where to stop: "before commit", "after commit", "before send", "after send" or "never"."""
    nth: int
    is_gate: bool
    """It goes on when the gate opens; else it waits there to be killed."""


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for keepers
    gc.freeze()
    for line in sys.stdin:
        order: Order = json.loads(line)
        if os.fork() == 0:
            keep(order)


def keep(order: Order) -> None:
    """Be the parent of a bot, and say when it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    bot = os.fork()
    if bot == 0:
        os._exit(be(order))
    _, status = os.waitpid(bot, 0)
    say(order, f"GONE {os.waitstatus_to_exitcode(status)}")
    os._exit(0)


def be(order: Order) -> int:
    say(order, f"PID {os.getpid()}")
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, sys.stderr.fileno())
    os.environ.update(order["settings"])
    hands = Hands(Path(order["hands"]))
    set_the_schedulers_clock(hands)
    command = partial(program.run, build=partial(build, order=order, hands=hands))
    return program.carry_out(command, partial(Settings.load, None))


def set_the_schedulers_clock(hands: Hands) -> None:
    """APScheduler asks the machine by itself, whose time no test can set."""

    class Set(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return hands.now().astimezone(tz)

    for module in (base, interval):
        module.datetime = Set


def build(settings: Settings, order: Order, hands: Hands) -> App:
    came = 0

    async def watch(at: str) -> None:
        nonlocal came
        came += at == order["point"]
        if at != order["point"] or came != order["nth"]:
            return
        say(order, f"AT {at}")
        while not (order["is_gate"] and hands.gate_is_open):  # noqa: ASYNC110 - as the hands do
            await asyncio.sleep(0.01)

    app = build_app(
        settings,
        clock=hands.now,
        steady=hands.steady,
        sleep=hands.sleep,
        pace=Pace(limits=None),
        draw=drawn_at_once,
        watch=watch,
    )
    app.dispatcher.message.outer_middleware(Poisoned())
    return app


async def drawn_at_once(_: WeeklyCard | Page) -> bytes:
    """What a chart shows is no matter here, and it is of no use to wait for it."""
    return DOT


class Poisoned(BaseMiddleware):
    async def __call__(self, handler: Any, event: Any, data: dict[str, Any]) -> Any:
        if isinstance(event, Message) and event.text == POISON:
            raise ZeroDivisionError
        return await handler(event, data)


def say(order: Order, words: str) -> None:
    """In one write: several speak into the same pipe."""
    os.write(sys.stdout.fileno(), f"{order['name']} {words}\n".encode())


if __name__ == "__main__":
    main()
