"""Telegram on a bad day: nothing is lost, nothing comes twice, the log says it in two lines."""

import pytest

from handlers.callbacks import (
    StarTap,
)
from playground.faults import Fault
from playground.people import Account
from tests.conftest import TOKEN
from tests.faults.conftest import Opens, Town, says_so_once, until

AWAY = "no updates come from Telegram"
REFUSING = "Telegram does not take what is sent"


async def test_telegram_is_down_for_a_minute(town: Town) -> None:
    bot = await town.starts()
    await town.is_listening()
    async with town.without_telegram():
        await town.traffic.more(10)
        await until(lambda: bool(bot.lines(AWAY)))
        town.hands.passes(minutes=1)
    await town.nothing_is_lost()
    await says_so_once(town, bot, AWAY)
    assert not any("was away" in shown.words for shown in town.traffic.supervisors[0].received)


async def test_telegram_is_down_for_ten_minutes(town: Town) -> None:
    """Messages are kept; taps are not, and whoever may have tapped in vain is asked again."""
    bot = await town.starts()
    await town.is_listening()
    ((rater, survey_id),) = town.traffic.raters
    before = rater.last
    async with town.without_telegram():
        await rater.taps_data(StarTap(survey_id=survey_id, stars=1).pack())
        for customer, operator in zip(town.traffic.customers, town.traffic.operators, strict=True):
            await town.traffic.writes(customer, operator)
            await town.traffic.writes(operator, customer)
        await until(lambda: bool(bot.lines(AWAY)))
        town.hands.passes(minutes=10)
    await town.nothing_is_lost()
    for supervisor in town.traffic.supervisors:
        told = [shown for shown in supervisor.received if "The bot was away from" in shown.words]
        assert len(told) == 1
        assert "taps on buttons may be missing" in told[0].words
    assert rater.last.message_id > before.message_id

    await town.traffic.rates(rater, survey_id, 5)
    await town.nothing_is_lost()
    await says_so_once(town, bot, AWAY)


async def test_a_storm_of_429(town: Town) -> None:
    bot = await town.starts()
    storm = town.telegram.faults.add(Fault.flood, times=8, retry_after=30)
    await town.traffic.talks(10)
    for hits in range(1, 9):
        await town.in_time(lambda enough=hits: storm.hits >= enough, seconds=31)  # type: ignore[misc]
    town.hands.passes(seconds=31)
    await town.nothing_is_lost()
    await says_so_once(town, bot, REFUSING)


@pytest.mark.parametrize(
    ("fault", "method"),
    [
        (Fault.html_page, None),
        (Fault.server_error, None),
        (Fault.drop_before, None),
        (Fault.html_page, "sendMessage"),
        (Fault.drop_after, "getUpdates"),
        (Fault.malformed, "getUpdates"),
        (Fault.reset, "getUpdates"),
    ],
    ids=lambda which: getattr(which, "name", which) or "everything",
)
async def test_what_took_no_effect_is_done_again(
    town: Town, fault: Fault, method: str | None
) -> None:
    bot = await town.starts()
    await town.is_listening()
    rule = town.telegram.faults.add(fault, method=method, times=6)
    await town.traffic.talks(6)
    while (met := rule.hits) < 6:
        await town.traffic.talks(1)
        await town.in_time(lambda before=met: rule.hits > before, seconds=15)  # type: ignore[misc]
    town.hands.passes(seconds=60)
    await town.nothing_is_lost()
    assert len(bot.lines("WARNING")) <= 4, bot.log


@pytest.mark.parametrize("fault", [Fault.html_page, Fault.flood])
async def test_a_refusal_in_the_middle_keeps_the_order_and_holds_up_nobody_else(
    town: Town, fault: Fault
) -> None:
    await town.starts()
    await town.is_listening()
    (anna, boris), (carl, dora) = zip(town.traffic.customers, town.traffic.operators, strict=True)
    first = await town.traffic.writes(anna, boris)
    await until(lambda: boris.last.words == first)
    refused = town.telegram.faults.add(
        fault, method="sendMessage", chat_id=boris.id, times=3, retry_after=30
    )
    behind = [await town.traffic.writes(anna, boris) for _ in range(4)]
    await until(lambda: refused.hits >= 1)
    for _ in range(3):
        beside = await town.traffic.writes(carl, dora)
        await until(lambda said=beside: dora.last.words == said)  # type: ignore[misc]
    if fault is Fault.flood:  # half a minute is not over
        assert not any(shown.words in behind for shown in boris.received)
    await town.in_time(lambda: refused.hits == 3, seconds=31)
    town.hands.passes(seconds=31)
    await town.nothing_is_lost()
    assert boris.last.words == behind[-1]


@pytest.mark.parametrize("fault", [Fault.drop_after, Fault.malformed, Fault.reset])
async def test_an_answer_that_is_lost_repeats_only_the_message_in_flight(
    town: Town, fault: Fault
) -> None:
    await town.starts()
    await town.is_listening()
    rule = town.telegram.faults.add(fault, method="sendMessage", times=3)
    await town.traffic.more(12)
    await until(lambda: rule.hits >= 3)
    town.hands.passes(minutes=1)
    await town.nothing_is_lost(repeated=3)


async def test_a_supervisor_blocked_the_bot(town: Town) -> None:
    """Of which Telegram has told nobody yet: the alert meets it, and the others have theirs."""
    bot = await town.starts()
    vera, boris = town.traffic.supervisors
    town.telegram.only_bot.chats[vera.id].blocked = True
    ((rater, survey_id),) = town.traffic.raters
    await town.traffic.rates(rater, survey_id, 1)
    await until(lambda: "1 of 5" in boris.last.words)
    await town.nothing_is_lost()
    assert "1 of 5" not in vera.last.words
    assert len(bot.lines("will not arrive")) == 1

    await vera.unblocks()
    await until(lambda: "1 of 5" in vera.last.words)


@pytest.mark.parametrize("how", ["by our error", "by our types"])
async def test_an_update_that_always_fails(town: Town, how: str) -> None:
    """It is tried five times, given up and told; its chat waits so long, the others do not."""
    bot = await town.starts()
    (anna, boris), (carl, dora) = zip(town.traffic.customers, town.traffic.operators, strict=True)
    if how == "by our error":
        await anna.types("poison")
    else:
        rubbish = {"from": {"id": anna.id}, "text": ["of tomorrow"]}
        town.telegram.only_bot.updates.push_unchecked("message", anna.id, rubbish)
    behind = await town.traffic.writes(anna, boris)
    await until(lambda: not town.telegram.pending(TOKEN))
    await town.traffic.writes(carl, dora)
    await until(lambda: dora.last.words.startswith("message"))
    assert not any(shown.words == behind for shown in boris.received)
    while not await town.counts("SELECT count(*) FROM stalled_updates WHERE parked_at > ''"):
        beside = await town.traffic.writes(carl, dora)
        await until(lambda said=beside: dora.last.words == said)  # type: ignore[misc]
        town.hands.passes(minutes=1)
    await town.nothing_is_lost(parked=1)
    assert boris.last.words == behind
    assert any("kept" in shown.words for shown in anna.received)
    assert len(bot.lines("ERROR")) == 2, bot.log  # it failed; it is parked


async def test_many_who_are_late_at_once_are_one_card(opens: Opens, sqlite_url: str) -> None:
    town = await opens(sqlite_url, pairs=7, supervisors=2)
    bot = await town.starts()
    for customer, operator in zip(town.traffic.customers, town.traffic.operators, strict=True):
        await town.traffic.writes(customer, operator)
    await town.settled()
    town.hands.passes(minutes=6)
    for supervisor in town.traffic.supervisors:
        await until(lambda who=supervisor: bool(late(who)))  # type: ignore[misc]
    await town.nothing_is_lost()
    for supervisor in town.traffic.supervisors:
        (card,) = late(supervisor)
        assert card.startswith("Late replies: 7 customers wait")

    await town.traffic.writes(town.traffic.operators[0], town.traffic.customers[0])
    await until(lambda: late(supervisor)[0].startswith("Late replies: 6 customers wait"))
    await bot.stop()


def late(supervisor: Account) -> list[str]:
    return [shown.words for shown in supervisor.received if shown.words.startswith("Late repl")]
