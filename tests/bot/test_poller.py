"""Asking Telegram for updates, whatever comes back, and knowing for how long it was silent."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import poller
from playground.faults import Fault
from storage.database import DatabaseFailed, UnitOfWork
from tests.conftest import TOKEN, Clock, Desk
from tests.stories.closed import closed


async def test_after_a_silent_week_lower_numbers_are_not_taken_for_confirmed(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.types("one")
    desk.telegram.only_bot.updates.skip_ids(-5000)
    desk.clock.passes(timedelta(days=8))
    await anna.types("two")
    async with desk.database.reading() as tx:
        assert [m.text for m in await tx.messages.last_of(1, 9)] == ["one", "two"]


@pytest.mark.parametrize("fault", [Fault.html_page, Fault.malformed, Fault.reset])
async def test_an_answer_that_is_none_stops_nobody(
    desk: Desk, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "LONGEST_PAUSE", 0.05)
    desk.telegram.faults.add(fault, method="getUpdates", times=2)
    run = asyncio.ensure_future(desk.running.poller.run())
    anna = desk.customer("Anna")
    desk.telegram.on_action = None
    await anna.types("Hello")
    async with asyncio.timeout(5):
        while desk.telegram.pending(TOKEN):  # noqa: ASYNC110 - the poller is at work
            await asyncio.sleep(0.02)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run


async def test_who_is_told_to_stop_stops_though_the_database_fails_just_then(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def fails(_: Any) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        raise DatabaseFailed

    with desk.telegram.held():
        await desk.customer("Anna").types("Hello")
    with monkeypatch.context() as broken:
        broken.setattr(desk.running.intake, "take", fails)
        run = asyncio.ensure_future(desk.running.poller.run())
        await begun.wait()
        run.cancel()
        await asyncio.wait([run], timeout=2)
        stopped = run.cancelled()
        run.cancel()
    assert stopped


def passes(desk: Desk, time: timedelta) -> None:
    """On both clocks."""
    desk.steady += time.total_seconds()
    assert isinstance(desk.clock, Clock)
    desk.clock.passes(time)


async def test_an_outage_while_we_run_is_told_and_open_surveys_come_again(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    before = anna.last.message_id
    passes(desk, timedelta(minutes=12))
    await desk.settles()
    assert vera.reads.startswith("The bot was away from 10:00 to 10:12.")
    assert anna.last.message_id > before


async def test_taps_may_be_missing_after_the_database_failed_for_minutes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram answered all the while, but a tap it handed over was never confirmed."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)

    async def full(*_: Any) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    with desk.telegram.held():
        await anna.types("Hello?")
    with monkeypatch.context() as broken:
        broken.setattr(UnitOfWork, "announce", full)
        for _ in range(6):
            passes(desk, timedelta(minutes=1))
            with pytest.raises(DatabaseFailed):
                await desk.running.poller.poll()
    await desk.settles()
    assert any(shown.words.startswith("The bot was away from 10:00") for shown in vera.received)


async def test_what_another_process_heard_meanwhile_was_no_outage(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    passes(desk, timedelta(minutes=12))
    async with desk.database.writing() as tx:
        (await tx.teams.ours()).contact_at = desk.now - timedelta(seconds=20)
    await desk.settles()
    assert "away" not in vera.reads
