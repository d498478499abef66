import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from playground import Account, Telegram
from tests.playground.conftest import TOKEN, Ask, Clock

POLLED_AGAIN = "terminated by other getUpdates request; make sure that only one bot instance"


def texts(updates: Any) -> list[str]:
    return [update["message"]["text"] for update in updates["result"]]


async def test_updates_wait_until_confirmed(telegram: Telegram, anna: Account, ask: Ask) -> None:
    for text in ("1", "2", "3"):
        await anna.types(text)
    assert telegram.pending(TOKEN) == 3
    got = await ask("getUpdates")
    ids = [update["update_id"] for update in got["result"]]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert texts(await ask("getUpdates")) == texts(got) == ["1", "2", "3"]
    assert texts(await ask("getUpdates", limit=2)) == ["1", "2"]
    assert texts(await ask("getUpdates", offset=ids[1])) == ["2", "3"]
    assert telegram.pending(TOKEN) == 2
    assert texts(await ask("getUpdates", offset=-1)) == ["3"]
    assert telegram.pending(TOKEN) == 1, "a negative offset forgets what is before"
    assert texts(await ask("getUpdates", offset=ids[2] + 1)) == []


async def test_a_long_poll_ends_when_something_comes(anna: Account, ask: Ask) -> None:
    async def writes_later() -> None:
        await asyncio.sleep(0.05)
        await anna.types("hello")

    began = asyncio.get_running_loop().time()
    got, _ = await asyncio.gather(ask("getUpdates", timeout=30), writes_later())
    assert texts(got) == ["hello"]
    assert asyncio.get_running_loop().time() - began < 5
    last = got["result"][0]["update_id"]
    assert texts(await ask("getUpdates", offset=last + 1, timeout=1)) == []


async def test_a_new_poll_ends_the_older_one(anna: Account, ask: Ask) -> None:
    older = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.ensure_future(ask("getUpdates", timeout=30))
    ended = await older
    assert ended["status"] == 409
    assert POLLED_AGAIN in ended["description"]
    await anna.types("hello")
    assert texts(await newer) == ["hello"]


async def test_polling_and_webhook_exclude_each_other(
    bot: Bot, telegram: Telegram, ask: Ask
) -> None:
    polling = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await bot.set_webhook("http://127.0.0.1:9/hook", max_connections=3)
    assert (await polling)["description"] == "Conflict: terminated by setWebhook request"
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook"):
        await bot.get_updates()
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections) == ("http://127.0.0.1:9/hook", 3)
    await bot.delete_webhook()
    assert await bot.get_updates() == []
    assert telegram.violations == []


async def test_messages_are_kept_a_day_and_taps_150_seconds(
    bot: Bot, telegram: Telegram, anna: Account, clock: Clock
) -> None:
    button = InlineKeyboardButton(text="1", callback_data="1")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    await bot.send_message(anna.id, "Rate", reply_markup=markup)
    await anna.taps("1")
    await anna.types("hello")
    clock.passes(seconds=149)
    assert telegram.pending(TOKEN) == 2
    clock.passes(seconds=1)
    assert telegram.pending(TOKEN) == 1
    assert anna.spinning
    clock.passes(hours=23, minutes=57)
    assert telegram.pending(TOKEN) == 1
    clock.passes(minutes=1)
    assert telegram.pending(TOKEN) == 0


async def test_only_allowed_updates_come(telegram: Telegram, anna: Account, ask: Ask) -> None:
    await ask("getUpdates", allowed_updates=["message"])
    message = await anna.types("one")
    await anna.edits(message, "two")
    assert texts(await ask("getUpdates")) == ["one"], "the choice is remembered"
    await ask("getUpdates", allowed_updates=[])
    await anna.edits(message, "three")
    assert telegram.pending(TOKEN) == 2


async def test_edits_blocking_and_groups(bot: Bot, telegram: Telegram, anna: Account) -> None:
    await anna.edits(await anna.types("one"), "two")
    await anna.blocks()
    await anna.unblocks()
    group = await telegram.adds_bot_to_group(anna, "Our team")
    kinds = [(update.event_type, update.event) for update in await bot.get_updates()]
    assert [kind for kind, _ in kinds] == [
        "message",
        "edited_message",
        "my_chat_member",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]
    await bot.send_message(group.id, "I only talk in private.")
    await bot.leave_chat(group.id)
    assert group.bot_has_left
    assert group.screen[-1].text == "I only talk in private."
    answer = await telegram_says(bot, group.id)
    assert answer == "Telegram server says - Forbidden: bot is not a member of the group chat"


async def telegram_says(bot: Bot, chat_id: int) -> str:
    with pytest.raises(Exception, match="Forbidden") as no:
        await bot.send_message(chat_id, "x")
    return str(no.value)
