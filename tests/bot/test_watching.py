"""/healthz, /readyz and /metrics, asked over HTTP of the bot as it runs."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot import metrics, poller, porch
from bot.app import App
from bot.health import Health
from bot.settings import Settings
from playground.faults import Fault
from playground.telegram import Telegram
from storage.leases import Leases
from storage.models import StalledUpdate
from storage.standing import Standings
from tests.bot.test_webhook import running, until
from tests.conftest import TOKEN, Clock, Desk


@pytest.fixture
def port() -> Iterator[int]:
    """Nobody else gets it while we have it."""
    with socket.socket() as ours:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ours.bind(("127.0.0.1", 0))
        yield ours.getsockname()[1]


@pytest.fixture
def settings(database_url: str, telegram: Telegram, port: int) -> Settings:
    """Polling: nothing but the port says that anybody watches."""
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=database_url,
        http_port=port,
    )


class Watcher:
    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._address = f"http://127.0.0.1:{port}"

    async def asks(self, path: str) -> tuple[int, str]:
        async with self._session.get(self._address + path) as answer:
            return answer.status, await answer.text()

    async def reasons(self) -> Any:
        async with self._session.get(self._address + "/readyz") as answer:
            said = await answer.json()
            assert (answer.status == 200) is said["ready"] is (said["reasons"] == [])
            return said["reasons"]

    async def sees(self, reason: str) -> None:
        """Waits until that, and only that, is why the bot is not ready; "" when it is."""
        async with asyncio.timeout(20):
            while True:
                try:
                    found = await self.reasons()
                except aiohttp.ClientConnectionError:
                    found = ["nobody listens"]
                if (found == []) if not reason else (len(found) == 1 and reason in found[0]):
                    return
                await asyncio.sleep(0.05)


@pytest.fixture
async def watcher(port: int) -> AsyncIterator[Watcher]:
    async with aiohttp.ClientSession() as session:
        yield Watcher(session, port)


async def test_a_bot_that_polls_says_whether_it_serves_people(
    settings: Settings,
    telegram: Telegram,
    clock: Clock,
    watcher: Watcher,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def full(*_: Any) -> bool:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(poller, "LONG_POLL", 1)
    monkeypatch.setattr(poller, "LONGEST_PAUSE", 0.2)
    async with running(settings, clock):
        await watcher.sees("")
        assert await watcher.asks("/healthz") == (200, "ok\n")

        with monkeypatch.context() as broken:
            broken.setattr(Leases, "take", full)
            await watcher.sees("the database cannot be written: OperationalError: database or")
            assert (await watcher.asks("/healthz"))[0] == 200  # it lives, and will recover
        await watcher.sees("")

        telegram.faults.add(Fault.server_error, method="getUpdates", times=None)
        await until(lambda: telegram.faults.rules[-1].hits > 0)
        clock.passes(timedelta(minutes=4))
        await watcher.sees("Telegram has not been heard since 2026-03-02T07:00:")
        telegram.faults.clear()
        await watcher.sees("")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # elsewhere its clock counts
async def test_who_nobody_speaks_for_is_not_ready(desk: Desk) -> None:
    app = desk.running
    health = Health(app.database, app.lease, desk.clock)
    assert await health.troubles() == []
    desk.clock.passes(timedelta(seconds=30))
    assert await health.troubles() == ["no process holds the lease: nobody speaks to Telegram"]
    await app.lease.renew()
    assert await health.troubles() == []


async def test_a_database_that_does_not_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(*_: Any) -> None:
        await asyncio.Event().wait()

    app = desk.running
    monkeypatch.setattr(Standings, "now", hangs)
    monkeypatch.setattr("bot.health.ANSWERS_WITHIN", 0.05)
    (trouble,) = await Health(app.database, app.lease, desk.clock).troubles()
    assert trouble.startswith("the database did not answer")


async def test_numbers(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    anna = desk.customer("Anna <3")
    await anna.types("Where is my order?")
    await boris.taps("Take")
    await boris.types("On its way")
    desk.telegram.faults.add(Fault.flood, method="sendMessage", times=1, retry_after=30)
    await boris.types("Tomorrow")
    async with desk.database.writing() as tx:
        parked: dict[str, Any] = {"raw": {}, "parked_at": desk.now, "came_at": desk.now}
        await tx.stalled.add(StalledUpdate(bot_id=1, update_id=1, chat=1, **parked))
        await tx.timers.set("offer", 999, desk.now - timedelta(seconds=90))

    seen = await numbers(desk.running)

    assert seen['otklik_updates_total{kind="callback_query"}'] == 1
    assert seen['otklik_updates_total{kind="message"}'] == 5  # two /start, three texts
    assert seen["otklik_intake_seconds_count"] == 6
    assert seen['otklik_telegram_calls_total{method="sendMessage",outcome="429"}'] == 1
    assert seen['otklik_delivery_seconds_count{priority="now"}'] > 3
    assert seen['otklik_queue{priority="now"}'] == 1  # waits for as long as Telegram said
    assert seen['otklik_queue{priority="bulk"}'] == 0
    assert seen['otklik_parked{what="updates"}'] == 1
    assert seen["otklik_timers_late"] == 1
    assert seen["otklik_timers_lateness_seconds"] == 90
    assert seen["otklik_alerts_open"] == 0
    assert seen["otklik_database_up"] == 1
    assert seen["otklik_lease_held"] == 1
    assert seen["otklik_telegram_heard_timestamp_seconds"] == desk.now.timestamp()
    desk.parked = 1
    del vera


async def test_an_alert_and_its_age(desk: Desk) -> None:
    await desk.supervisor("Vera")
    await desk.operator("Boris")
    await desk.customer("Anna").types("Where is my order?")
    await desk.passes(timedelta(minutes=7))
    seen = await numbers(desk.running)
    assert seen["otklik_alerts_open"] == 1
    assert seen["otklik_alerts_oldest_seconds"] == 120  # late after five minutes


async def test_no_label_names_anybody(desk: Desk) -> None:
    await desk.operator("Boris")
    await desk.customer("Anna").types("Where is my order?")
    seen = await numbers(desk.running)
    labels = {label for name in seen for label in re.findall(r'="([^"]*)"', name)}
    assert not labels & {"Anna", "Boris", TOKEN}
    assert len(labels) < 60


async def test_the_database_is_asked_once_a_second_however_often_we_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, now = [], 1000.0
    really = Standings.now

    async def counted(self: Standings, *of: Any) -> Any:
        asked.append(of)
        return await really(self, *of)

    monkeypatch.setattr(Standings, "now", counted)
    monkeypatch.setattr(metrics, "monotonic", lambda: now)
    for _ in range(5):
        await desk.running.metrics.scrape()
    assert len(asked) == 1
    now += 1.1
    await desk.running.metrics.scrape()
    assert len(asked) == 2


async def test_a_database_that_fails_takes_only_its_own_numbers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("unable to open database file"))

    await desk.customer("Anna").types("Hello")
    monkeypatch.setattr(Standings, "now", gone)
    seen = await numbers(desk.running)
    assert seen["otklik_database_up"] == 0
    assert seen['otklik_updates_total{kind="message"}'] == 1


async def test_a_port_that_is_taken_stops_no_bot_that_polls(
    settings: Settings,
    telegram: Telegram,
    clock: Clock,
    port: int,
    watcher: Watcher,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(porch, "KNOCK_EVERY", 0.05)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        async with running(settings, clock):
            anna = telegram.account("Anna", "en")
            await anna.types("Hello")
            await until(lambda: telegram.pending(TOKEN) == 0)
            told = [r.getMessage() for r in caplog.records if r.name == "bot.porch"]
            assert len(told) == 1
            assert f"127.0.0.1:{port}" in told[0]
            other.close()
            await watcher.sees("")


async def numbers(app: App) -> dict[str, float]:
    """What is scraped, by name and labels."""
    text = (await app.metrics.scrape()).decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}
