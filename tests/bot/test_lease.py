"""Who may speak: one process at a time, whoever else has the same name or number."""

import asyncio
import os
from datetime import timedelta

import pytest

from bot import app, lease
from bot.lease import NAME, SpeakerLease
from storage.database import DatabaseFailed
from storage.leases import Leases
from tests.conftest import Desk

A_MINUTE = timedelta(minutes=1)


async def taken_by(desk: Desk, holder: str) -> bool:
    """Whether we come to hold what `holder` holds for a minute."""
    await desk.running.lease.release()
    async with desk.database.writing() as tx:
        assert await tx.leases.take(NAME, holder, desk.now, A_MINUTE)
    return await SpeakerLease(desk.database, desk.clock).renew()


async def test_who_is_alive_keeps_it(desk: Desk) -> None:
    assert not await taken_by(desk, f"{lease._machine()}:{os.getppid()}:abc")


async def test_a_process_that_was_killed_is_not_waited_for(desk: Desk) -> None:
    gone = await asyncio.create_subprocess_exec("true")
    await gone.wait()
    assert await taken_by(desk, f"{lease._machine()}:{gone.pid}:abc")


@pytest.mark.parametrize("number", [os.getpid(), 2**22 + 1], ids=["ours", "nobodys"])
async def test_a_process_of_another_container_is_somebody_else(desk: Desk, number: int) -> None:
    """Whether it has our number, or one that nobody has here."""
    assert not await taken_by(desk, f"0123456789abcdef:{number}:abc")


async def test_its_name_fits_the_column(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "pod" * 40)
    assert len(SpeakerLease(desk.database, desk.clock).holder) <= 64


async def test_a_database_that_fails_ends_nothing_and_is_no_other_process(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = asyncio.Semaphore(0)

    async def gone(*_: object) -> bool:
        tried.release()
        raise DatabaseFailed

    monkeypatch.setattr(Leases, "take", gone)
    monkeypatch.setattr(app, "RENEW_EVERY", 0)
    assert desk.running.lease.held  # it runs for some seconds yet
    desk.running.lease._renewed = float("-inf")
    keeping = asyncio.ensure_future(desk.running._keep_lease())
    for _ in range(3):
        await tried.acquire()
    assert not keeping.done()
    keeping.cancel()
    await asyncio.wait([keeping])
    assert "another process" not in caplog.text
