"""SIGTERM, as every restart and every deployment sends it: what was begun is finished."""

from tests.faults.conftest import Town, until

STOPS = 10
WAITING = 30
HANDLED = "SELECT count(*) FROM updates"


async def test_in_the_middle_of_a_batch(town: Town) -> None:
    await town.traffic.more(WAITING)
    bot = await town.starts(point="before commit", is_gate=True)
    await bot.comes_to("before commit")
    before = await town.counts(HANDLED)
    bot.told_to_stop()
    town.hands.open_gate()
    assert await bot.ends() == 0, bot.log
    assert await town.counts(HANDLED) > before, "what was begun is not finished"

    await town.starts()
    await town.nothing_is_lost()


async def test_again_and_again_under_load(town: Town) -> None:
    for _ in range(STOPS):
        await town.traffic.goes_on(WAITING)
        before = town.asked("sendMessage")
        bot = await town.starts()
        await until(lambda sent=before: town.asked("sendMessage") > sent)  # type: ignore[misc]
        await town.traffic.more(5)
        await bot.stop()
    await town.starts()
    await town.nothing_is_lost()
