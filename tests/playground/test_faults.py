import asyncio
import json

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from playground import Account, Fault, Limits, Telegram
from tests.playground.conftest import TOKEN, Clock


@pytest.mark.parametrize(
    ("fault", "error", "arrives"),
    [
        (Fault.server_error, TelegramServerError, False),
        (Fault.html_page, ClientDecodeError, False),
        (Fault.drop_before, TelegramNetworkError, False),
        (Fault.drop_after, TelegramNetworkError, True),
        (Fault.malformed, ClientDecodeError, True),
        (Fault.reset, TelegramNetworkError, True),
        (Fault.flood, TelegramRetryAfter, False),
    ],
)
async def test_a_bad_moment(
    bot: Bot,
    telegram: Telegram,
    anna: Account,
    fault: Fault,
    error: type[Exception],
    *,
    arrives: bool,
) -> None:
    rule = telegram.faults.add(fault, method="sendMessage")
    await bot.get_me()
    with pytest.raises(error):
        await bot.send_message(anna.id, "first")
    assert [shown.text for shown in anna.received] == (["first"] if arrives else [])
    await bot.send_message(anna.id, "second")
    assert anna.reads == "second"
    assert rule.hits == 1
    assert telegram.violations == []


async def test_an_html_page_is_what_a_proxy_says(telegram: Telegram) -> None:
    telegram.faults.add(Fault.html_page)
    async with aiohttp.ClientSession() as http, http.get(f"{telegram.url}/bot{TOKEN}/getMe") as no:
        assert (no.status, no.content_type) == (502, "text/html")
        assert "502 Bad Gateway" in await no.text()


async def test_updates_survive_a_reset(bot: Bot, telegram: Telegram, anna: Account) -> None:
    await anna.types("hello")
    telegram.faults.add(Fault.reset, method="getUpdates")
    with pytest.raises(TelegramNetworkError):
        await bot.get_updates()
    assert len(await bot.get_updates()) == 1


async def test_delays(bot: Bot, telegram: Telegram, anna: Account) -> None:
    telegram.faults.add(Fault.delay, method="sendMessage", seconds=0.1)
    slow = asyncio.ensure_future(bot.send_message(anna.id, "slow"))
    await asyncio.sleep(0.05)
    assert anna.received == []
    await slow
    telegram.faults.add(Fault.delay_after, seconds=0.1)
    late = asyncio.ensure_future(bot.send_message(anna.id, "late"))
    await asyncio.sleep(0.05)
    assert anna.reads == "late"
    assert not late.done()
    await late


async def test_a_flood_wait_passes_with_the_clock(
    bot: Bot, telegram: Telegram, anna: Account, clock: Clock
) -> None:
    boris = telegram.account("Boris")
    await boris.starts()
    telegram.faults.flood(retry_after=7, chat_id=anna.id)
    await bot.send_message(boris.id, "x")
    clock.passes(seconds=2)
    with pytest.raises(TelegramRetryAfter) as no:
        await bot.send_message(anna.id, "x")
    assert no.value.retry_after == 5
    clock.passes(seconds=5)
    await bot.send_message(anna.id, "x")


async def test_limits(bot: Bot, telegram: Telegram, anna: Account, clock: Clock) -> None:
    telegram.limits = Limits(per_second=30, per_chat_per_second=1, per_chat_burst=2)
    await bot.send_message(anna.id, "1")
    await bot.send_message(anna.id, "2")
    with pytest.raises(TelegramRetryAfter) as no:
        await bot.send_message(anna.id, "3")
    assert no.value.retry_after == 1
    clock.passes(seconds=1)
    await bot.send_message(anna.id, "3")


async def test_chance_is_repeatable(telegram: Telegram) -> None:
    async def luck(seed: int) -> list[bool]:
        telegram.faults.clear()
        telegram.faults.add(Fault.server_error, probability=0.5, times=None, seed=seed)
        async with aiohttp.ClientSession() as http:
            lucky = []
            for _ in range(20):
                async with http.get(f"{telegram.url}/bot{TOKEN}/getMe") as answer:
                    lucky.append(json.loads(await answer.text())["ok"])
        return lucky

    first = await luck(1)
    assert len(set(first)) == 2
    assert await luck(1) == first
    assert await luck(2) != first


async def test_until_removed(bot: Bot, telegram: Telegram) -> None:
    rule = telegram.faults.add(Fault.server_error, method="getMe", times=None)
    for _ in range(3):
        with pytest.raises(TelegramServerError):
            await bot.get_me()
    telegram.faults.remove(rule)
    await bot.me()
    assert [call.answer and call.answer["ok"] for call in telegram.calls] == [False] * 3 + [True]


async def test_an_outage_loses_nothing(bot: Bot, telegram: Telegram, anna: Account) -> None:
    port = int(telegram.url.rsplit(":", 1)[1])
    await telegram.stop()
    await anna.types("is anybody there?")
    with pytest.raises(TelegramNetworkError):
        await bot.get_updates()
    await telegram.start(port=port)
    assert len(await bot.get_updates()) == 1
