"""Somebody sets the machine's time, forward or back, while people write and wait."""

from datetime import timedelta

import pytest

from handlers.callbacks import (
    StarTap,
)
from playground.faults import Fault
from tests.faults.conftest import Town, until

PUT_OFF = "SELECT count(*) FROM deliveries WHERE due_at IS NOT NULL AND attempts > 0"


@pytest.mark.parametrize("hours", [-2, 2], ids=["back", "forward"])
async def test_the_clock_is_set(town: Town, hours: int) -> None:
    """What waits for another try does not wait for two hours more, and no outage is told."""
    bot = await town.starts()
    await town.is_listening()
    anna, boris = town.traffic.customers[0], town.traffic.operators[0]
    refused = town.telegram.faults.add(
        Fault.server_error, method="sendMessage", chat_id=boris.id, times=3
    )
    await town.traffic.writes(anna, boris)

    async def is_put_off() -> bool:
        return bool(await town.counts(PUT_OFF))

    await until(is_put_off)
    town.hands.jumps(hours=hours)
    await until(lambda: bool(bot.lines("the clock was set by")))
    await town.traffic.more(8)
    await town.in_time(lambda: refused.hits == 3, seconds=5)
    town.hands.passes(seconds=8)
    await town.nothing_is_lost()
    assert len(bot.lines("the clock was set by")) == 1
    told = [s.words for person in town.traffic.supervisors for s in person.received]
    assert not any("was away" in words for words in told)


async def test_timers_ring_after_the_clock_was_set_back(town: Town) -> None:
    """By the clock as it is now: an alert raised after it is repeated after ten minutes."""
    bot = await town.starts(escalate_after="10m")
    await town.is_listening()
    town.hands.jumps(hours=-2)
    await until(lambda: bool(bot.lines("the clock was set by")))
    ((rater, survey_id),) = town.traffic.raters
    await rater.taps_data(StarTap(survey_id=survey_id, stars=1).pack())
    vera = town.traffic.supervisors[0]
    await until(lambda: "1 of 5" in vera.last.words)
    first = vera.last.message_id
    town.hands.passes(seconds=timedelta(minutes=10).total_seconds())
    await until(lambda: any(s.message_id > first and "1 of 5" in s.words for s in vera.received))
