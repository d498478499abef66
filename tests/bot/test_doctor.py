"""`doctor`: the real command, beside a bot that runs and where none does."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import doctor
from bot.clock import utc_now
from bot.doctor import Grade
from bot.settings import Settings
from playground.telegram import Telegram
from storage.database import Database
from storage.models import Person, StalledUpdate
from tests.bot.test_copies import PATIENCE
from tests.bot.test_program import Ran, begin, run
from tests.bot.test_webhook import until
from tests.conftest import TOKEN


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram(clock=utc_now)
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
def settings(database_url: str, telegram: Telegram) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=TOKEN,
        bot_api_url=telegram.url,
        database_url=database_url,
        http_port=0,
    )


async def found(settings: Settings) -> dict[str, list[str]]:
    """The report, by what its lines are about."""
    report: dict[str, list[str]] = {}
    async for finding in doctor.examine(settings):
        report.setdefault(finding.about, []).append(str(finding))
    return report


async def grades(settings: Settings) -> set[Grade]:
    return {finding.grade async for finding in doctor.examine(settings)}


async def hired(database_url: str, *people: Person) -> None:
    database = Database(database_url)
    async with database.writing() as tx:
        for person in people:
            await tx.people.add(person)
        await tx.slots.fill("backup", utc_now(), utc_now())
    await database.close()


def somebody(name: str, number: int, **known: bool) -> Person:
    return Person(telegram_id=number, name=name, created_at=utc_now(), **known)


async def test_a_bot_that_is_well(settings: Settings) -> None:
    await hired(settings.database_url, somebody("Vera", 5, is_supervisor=True))
    report = await found(settings)
    assert await grades(settings) == {Grade.OK}, report
    assert "@otklik_bot" in report["token"][0]
    assert "agrees with Telegram's" in report["clock"][0]


async def test_who_cannot_be_written_to_is_named_with_the_link_to_press(
    settings: Settings,
) -> None:
    await hired(
        settings.database_url,
        somebody("Vera", 5, is_supervisor=True),
        somebody("Boris", 6, is_operator=True, reachable=False),
    )
    (line,) = (await found(settings))["people"]
    assert line.startswith("warning")
    assert "Boris (No. 2)" in line
    assert "have them press https://t.me/otklik_bot" in line


async def test_nobody_is_a_supervisor(settings: Settings) -> None:
    (line,) = (await found(settings))["people"]
    assert line.startswith("problem")
    assert "SUPERVISOR_IDS" in line


async def test_a_clock_that_is_wrong(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "utc_now", lambda: utc_now() - timedelta(minutes=3))
    for line in (await found(settings))["clock"]:
        assert line.startswith("problem")
        assert " s behind " in line
        assert "timedatectl" in line


async def test_a_token_that_is_refused_and_a_server_that_is_away(settings: Settings) -> None:
    wrong = settings.model_copy(update={"bot_token": SecretStr("43:UNKNOWN")})
    report = await found(wrong)
    assert "Telegram does not accept" in report["token"][0]
    away = settings.model_copy(update={"bot_api_url": "http://127.0.0.1:9"})
    report |= await found(away)
    assert "http://127.0.0.1:9 cannot be reached" in report["telegram"][0]
    assert "people" in report  # what can be told is told all the same
    assert not any(secret in str(report) for secret in ("UNKNOWN", TOKEN))


async def test_a_webhook_telegram_knows_nothing_of(settings: Settings) -> None:
    with_one = settings.model_copy(update={"webhook_url": "https://desk.example.com/otklik"})
    (line,) = (await found(with_one))["updates"]
    assert "webhook is set here, and Telegram knows no webhook" in line
    assert "the next start settles it" in line


async def test_little_room_on_the_disk(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 5 << 20})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    assert (await found(settings))["disk"][0].startswith("problem  disk      0.0 GB free")


async def test_what_was_given_up_is_listed_tried_again_or_forgotten(settings: Settings) -> None:
    now = utc_now()
    database = Database(settings.database_url)
    async with database.writing() as tx:
        for number in (1, 2):
            raw = {"update_id": number, "message": {"text": "my secret"}}
            parked = {"error": "ValueError", "tries": 5, "parked_at": now, "came_at": now}
            await tx.stalled.add(
                StalledUpdate(bot_id=1, update_id=number, chat=number, raw=raw, **parked)
            )
        tx.jobs.ask("menu", now, person_id=None)
    async with database.writing() as tx:
        (job,) = await tx.jobs.claim(now, timedelta(minutes=1))
        await tx.jobs.failed(job.id, "KeyError", None, now)
        await tx.timers.set("offer", 9, now)
        (timer,) = await tx.timers.due(now, 1)
        await tx.timers.failed(timer.id, "TypeError", now, 1, now)

    lines = (await found(settings))["parked"]
    assert len(lines) == 4
    assert all(line.startswith("problem") for line in lines)
    assert "update:1 (message) was given up" in lines[0]
    assert "`doctor --retry update:1`" in lines[0]
    assert "secret" not in str(lines)

    assert "update:2" in await doctor.forget(settings, "update:2")
    told = await doctor.retry(settings, "all")
    assert "update:1, " in told
    assert f"job:{job.id}" in told
    assert f"timer:{timer.id}" in told
    assert (await found(settings))["parked"] == ["ok       parked    nothing was given up"]
    async with database.reading() as tx:
        assert [one.id for one in await tx.stalled.due(utc_now())] == [1]
        assert await tx.jobs.is_any_due(utc_now())
        assert len(await tx.timers.due(utc_now(), 5)) == 1
    await database.close()
    with pytest.raises(doctor.NoSuchWork, match="nothing that was given up is called update:7"):
        await doctor.forget(settings, "update:7")


async def test_the_command_beside_a_bot_that_runs(tmp_path: Path, telegram: Telegram) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    known = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": telegram.url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'otklik.db'}",
        "HTTP_PORT": port,
    }
    assert reported(await run("doctor", **known), 0, "warning  database").count("is empty") == 1
    vera = telegram.account("Vera", "en")
    process = await begin(**known, SUPERVISOR_IDS=str(vera.id))
    try:
        await vera.starts()
        await until(lambda: "supervisor" in str([s.words for s in vera.received]), PATIENCE)
        said = reported(await run("doctor", **known), 0, "ok       running")
        assert f"here, process {process.pid}" in said
        assert f"127.0.0.1:{port} says it is ready" in said
        assert "by polling; 0 wait" in said
        assert "warning  backup    none was made yet" in said
        assert "speech    base is not here yet" in said
    finally:
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    said = reported(await run("doctor", **known), 0, "ok       running")
    assert "no bot runs on this database now" in said
    reported(await run("doctor", **(known | {"BOT_TOKEN": ""})), 1, "problem  token")
    again = await run("doctor", "--retry", "job:1", **known)
    assert "nothing that was given up is called job:1" in again.sentence
    await asyncio.sleep(0)


def reported(ran: Ran, code: int, line: str) -> str:
    assert ran.code == code, ran.out + ran.err
    assert line in ran.out
    assert TOKEN not in ran.out
    assert ran.err == ""
    return ran.out
