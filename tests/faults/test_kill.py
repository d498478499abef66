"""`kill -9` of the real process, again and again, where it would hurt most.

Every call to the Bot API takes 60 ms, as it may over a network: on loopback the windows are too
narrow to be hit. At least 100 updates wait at each kill.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TOKEN, webhook_settings
from tests.faults.conftest import Opens

ROUNDS = {"polling": 21, "webhook": 7}
WAITING = 100
"""Updates that wait at Telegram at each kill, at least."""
PAIRS = 10
"""Customers in the middle of a conversation, each with an operator of their own."""
RATING = 8
"""Customers with an open survey."""
NTH = {
    "before commit": range(1, 13),
    "after commit": (1, 2, 2),  # at 2 a batch is confirmed in between, so the next is new
    "after send": range(1, 13),
}
"""Which time the point is come to it is stopped there."""


@pytest.mark.parametrize("updates", ["polling", "webhook"])
@pytest.mark.parametrize("point", ["before commit", "after commit", "after send"])
async def test_nothing_is_lost_and_nothing_happens_twice(
    opens: Opens,
    sqlite_url: str,
    point: str,
    updates: str,
    record_property: Callable[[str, object], None],
) -> None:
    town = await opens(sqlite_url, pairs=PAIRS, rating=RATING)
    traffic, waiting, rounds = town.traffic, list[int](), ROUNDS[updates]
    settings = webhook_settings() if updates == "webhook" else {}
    for _ in range(rounds):
        await traffic.goes_on(WAITING + 160)
        bot = await town.starts(point=point, nth=traffic.dice.choice(NTH[point]), **settings)
        await bot.comes_to(point)
        waiting.append(town.telegram.pending(TOKEN))
        await bot.kill()

    town.telegram.faults.delay = 0.0
    bot = await town.starts(**settings)
    await town.settled()
    await bot.stop()

    await traffic.records(sqlite_url)
    repeated = traffic.screens()
    assert max(repeated.values()) <= rounds, "more than the message in flight was repeated"
    assert min(waiting) >= WAITING
    assert list(town.telegram.violations) == []
    record_property(
        "report",
        f"{rounds} kills {point}, {updates}: {traffic.said} messages and"
        f" {traffic.taps.total()} taps, at least {min(waiting)} waiting at each; none lost,"
        f" none twice, {repeated.total()} messages in flight sent again",
    )


def test_points_are_those_of_the_program() -> None:
    """A renamed point would never be reached, and the test above would wait in vain."""
    program = "".join(path.read_text() for path in Path("bot").glob("*.py"))
    for point in NTH:
        assert f'_watch("{point}")' in program
