"""The bot as it runs behind a webhook: the real `App.run`, called by the playground's server."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from api.webhook import SECRET
from bot import listener
from bot.app import App
from bot.assembly import build_app
from bot.clock import monotonic
from bot.pace import Pace
from bot.settings import Settings
from playground.faults import Fault
from playground.people import Account
from playground.telegram import Telegram
from storage.database import UnitOfWork
from storage.models import Person
from tests.conftest import TOKEN, Clock

KEY = "a-secret_of-25-characters"


@pytest.fixture
def url() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/hook"


@pytest.fixture
def settings(sqlite_url: str, telegram: Telegram, url: str) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=sqlite_url,
        webhook_url=url,
        webhook_secret=KEY,
        http_host="127.0.0.1",
        http_port=int(url.split(":")[2].split("/", maxsplit=1)[0]),
    )


@asynccontextmanager
async def running(settings: Settings, clock: Clock, **more: Any) -> AsyncIterator[App]:
    app = build_app(settings, clock=clock, pace=Pace(limits=None), **more)
    await app.lease.renew()
    await app.prepare()
    run = asyncio.ensure_future(app.run())
    try:
        await until(lambda: app.intake.drained)
        yield app
    finally:
        began = monotonic()
        run.cancel()
        await asyncio.wait([run])
        await app.close()
        assert run.cancelled()
        assert monotonic() - began < 5


async def until(true: Callable[[], bool], within: float = 10) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - it comes from elsewhere
            await asyncio.sleep(0.02)


async def hired(app: App, telegram: Telegram, name: str) -> Account:
    account = telegram.account(name, "en")
    async with app.database.writing() as tx:
        await tx.people.add(
            Person(
                telegram_id=account.id,
                name=name,
                telegram_language="en",
                is_operator=True,
                on_shift=True,
                shift_since=app.clock(),
                created_at=app.clock(),
            )
        )
    return account


async def words(app: App) -> list[str]:
    async with app.database.reading() as tx:
        return [message.text for message in await tx.messages.last_of(1, 100)]


async def test_a_conversation(settings: Settings, telegram: Telegram, clock: Clock) -> None:
    async with running(settings, clock) as app:
        anna, boris = telegram.account("Anna", "en"), await hired(app, telegram, "Boris")
        await boris.starts()
        await anna.types("Where is my order?")
        await until(lambda: "Take" in str(boris.buttons))
        await boris.taps("Take")
        await until(lambda: any("yours" in shown.words for shown in boris.received))
        for n in range(5):
            await boris.types(f"Part {n}")
        await until(lambda: anna.reads == "Part 4")
        assert [shown.words for shown in anna.received][-5:] == [f"Part {n}" for n in range(5)]
        await until(lambda: telegram.pending(TOKEN) == 0)


async def test_what_the_database_refuses_comes_again_and_is_handled_once(
    settings: Settings, telegram: Telegram, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 0

    async def full(_: UnitOfWork) -> None:
        nonlocal failures
        failures += 1
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    async with running(settings, clock) as app:
        anna = telegram.account("Anna", "en")
        with monkeypatch.context() as broken:
            broken.setattr(UnitOfWork, "announce", full)
            await anna.types("Where is my order?")
            await until(lambda: failures > 1)
            assert telegram.pending(TOKEN) == 1
        await until(lambda: telegram.pending(TOKEN) == 0)
        assert await words(app) == ["Where is my order?"]


async def test_a_stop_in_the_middle_of_a_batch(
    settings: Settings, telegram: Telegram, clock: Clock
) -> None:
    begun = asyncio.Event()

    async def watch(point: str) -> None:
        if point == "before commit":
            begun.set()
            await asyncio.sleep(0.3)

    anna, boris = telegram.account("Anna", "en"), telegram.account("Boris", "en")
    async with running(settings, clock, watch=watch):
        await anna.types("one")
        await begun.wait()
        await boris.types("of somebody else")
        await asyncio.sleep(0.05)
        assert telegram.pending(TOKEN) == 2
    await until(lambda: telegram.pending(TOKEN) == 0)  # both had come
    await anna.types("two")
    await asyncio.sleep(0.05)
    assert telegram.pending(TOKEN) == 1
    async with running(settings, clock) as app:
        await until(lambda: telegram.pending(TOKEN) == 0)
        assert await words(app) == ["one", "two"]
        async with app.database.reading() as tx:
            assert await tx.conversations.count_open() == 2


async def test_who_does_not_know_the_secret_is_not_heard(
    settings: Settings, telegram: Telegram, clock: Clock, url: str
) -> None:
    forged = {"update_id": 1, "message": {"text": "Take"}}
    async with running(settings, clock) as app, aiohttp.ClientSession() as session:

        async def status(body: Any, **headers: str) -> int:
            async with session.post(url, json=body, headers=headers) as answer:
                return answer.status

        assert await status(forged) == 403
        assert await status(forged, **{SECRET: "guessed"}) == 403
        bodies: list[Any] = ["text", [], {"update_id": "x"}, {"message": {}}]
        for rubbish in bodies:
            assert await status(rubbish, **{SECRET: KEY}) == 400
        async with app.database.reading() as tx:
            assert await tx.updates.handled_among(app.bot.id, [1]) == set()


async def test_a_quiet_night_is_no_outage_and_minutes_without_telegram_are(
    settings: Settings,
    telegram: Telegram,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steady, outages = 0.0, list[int]()
    monkeypatch.setattr(listener, "LOOK_WHILE_CALM", 0.1)
    monkeypatch.setattr(listener, "LOOK_EVERY", 0.1)
    anna = telegram.account("Anna", "en")

    def passes(time: timedelta) -> None:
        nonlocal steady
        steady += time.total_seconds()
        clock.passes(time)

    async with running(settings, clock, steady=lambda: steady) as app:
        monkeypatch.setattr(app.contact, "_outage", lambda *_: _noted(outages))
        for _ in range(5):
            passes(timedelta(minutes=2))
            await app.lease.renew()
            await asyncio.sleep(0.3)
        await anna.types("Good morning")
        await until(lambda: telegram.pending(TOKEN) == 0)
        assert outages == []

        for method in ("getWebhookInfo", "setWebhook"):
            telegram.faults.add(Fault.server_error, method=method, times=None)
        for _ in range(2):
            passes(timedelta(minutes=2))
            await app.lease.renew()
            await asyncio.sleep(0.3)
        telegram.faults.clear()
        await until(lambda: outages == [1])


async def _noted(outages: list[int]) -> None:
    outages.append(1)
