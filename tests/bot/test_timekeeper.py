"""What rings when, whatever fails and whatever is done to the clock."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger

from bot.schedule import _around
from bot.timekeeper import TOGETHER, TRIES
from desk.timers import RULES
from tests.conftest import Desk


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Timers of the kind "nudge" that rang; those about negative numbers fail."""
    numbers: list[int] = []

    async def rule(_tx: Any, about_id: int, _rules: Any, _now: Any) -> None:
        if about_id < 0:
            raise ZeroDivisionError
        numbers.append(about_id)

    monkeypatch.setitem(RULES, "nudge", rule)
    return numbers


async def test_timers_that_fail_hide_no_other(desk: Desk, rung: list[int]) -> None:
    async with desk.database.writing() as tx:
        for n in range(3 * TOGETHER):
            await tx.timers.set("nudge", -1 - n, desk.now)
        await tx.timers.set("nudge", 1, desk.now + timedelta(seconds=1))
    desk.clock.passes(timedelta(seconds=1))
    await desk.running.timekeeper.tick()
    assert rung == [1]
    for _ in range(TRIES):
        await desk.running.lease.renew()
        await desk.running.timekeeper.tick()
        desk.clock.passes(timedelta(minutes=3))
    async with desk.database.reading() as tx:
        assert await tx.timers.parked() == 3 * TOGETHER
    desk.parked = 3 * TOGETHER


async def test_a_clock_that_jumps_rings_each_once(desk: Desk, rung: list[int]) -> None:
    async with desk.database.writing() as tx:
        await tx.timers.set("nudge", 1, desk.now + timedelta(minutes=5))
        await tx.timers.set("nudge", 2, desk.now + timedelta(days=40))
    for jump in (timedelta(days=30), timedelta(days=-30), timedelta(minutes=6)):
        desk.clock.passes(jump)
        await desk.settles()
    assert rung == [1]


@pytest.mark.parametrize("at", [(2, 0), (2, 30), (3, 0)])
@pytest.mark.parametrize(
    "sunday", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]
)
def test_a_slot_in_the_hour_the_clocks_change_comes_once(
    at: tuple[int, int], sunday: datetime
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    trigger = CronTrigger(day_of_week="sun", hour=at[0], minute=at[1], timezone=zone)
    slots = set()
    for hour in range(9 * 24):
        now = sunday - timedelta(days=1) + timedelta(hours=hour)
        slot, upcoming = _around(trigger, now)
        assert slot <= now < upcoming
        slots.add(slot.timestamp())
    assert len(slots) == 3  # the Sunday before, this one, the one after


async def test_what_failed_is_tried_again_when_the_clock_was_set_back(
    desk: Desk, rung: list[int]
) -> None:
    """And what lies ahead of others does not come sooner."""
    async with desk.database.writing() as tx:
        await tx.timers.set("nudge", -1, desk.now)
        await tx.timers.set("nudge", 1, desk.now + timedelta(minutes=5))
    await desk.running.timekeeper.tick()
    desk.clock.passes(timedelta(hours=-2))
    async with desk.database.writing() as tx:
        await tx.timers.hurry(desk.now)
    async with desk.database.reading() as tx:
        assert [one.about_id for one in await tx.timers.due(desk.now, 9)] == [-1]
    await desk.running.timekeeper.tick()
    assert rung == []


async def test_what_is_given_up_is_told_after_the_clock_was_set_back(
    desk: Desk, rung: list[int]
) -> None:
    vera = await desk.supervisor("Vera")
    await desk.running.timekeeper.tick()
    desk.clock.passes(timedelta(hours=-2))
    async with desk.database.writing() as tx:
        await tx.timers.set("nudge", -1, desk.now)
    for _ in range(TRIES):
        await desk.settles()
        desk.clock.passes(timedelta(minutes=3))
    await desk.settles()
    assert "could not be done" in vera.reads
    assert rung == []
    desk.parked = 1
