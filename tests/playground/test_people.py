import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from playground import Account, Telegram
from tests.playground.conftest import Ask


async def test_start_by_a_deep_link(bot: Bot, telegram: Telegram) -> None:
    boris = telegram.account("Boris", "ru", id=77, username="boris", last_name="B")
    await boris.starts_from("https://t.me/otklik_bot?start=inv_5-x")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start inv_5-x"
    sender = update.message.from_user
    assert sender is not None
    assert (sender.id, sender.username, sender.language_code) == (77, "boris", "ru")
    with pytest.raises(AssertionError, match="not our bot"):
        await boris.starts_from("https://t.me/other_bot?start=x")


async def test_who_blocked_the_bot_cannot_write(anna: Account) -> None:
    await anna.blocks()
    with pytest.raises(AssertionError, match="must unblock it first"):
        await anna.types("hello")
    await anna.starts()
    assert [shown.text for shown in anna.screen] == ["/start", "/start"]


async def test_the_bot_is_let_to_work_after_each_action(telegram: Telegram, anna: Account) -> None:
    worked: list[int] = []

    async def works() -> None:
        worked.append(telegram.pending("42:TEST"))

    telegram.on_action = works
    await anna.types("1")
    with telegram.held():
        await anna.types("2")
        await anna.types("3")
    await anna.blocks()
    assert worked == [1, 4]


async def test_observers_hear_of_every_change(bot: Bot, telegram: Telegram, anna: Account) -> None:
    heard: list[str] = []
    telegram.observers.append(lambda news: heard.append(news["event"]))
    await anna.edits(await anna.types("hello"), "hi")
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="1", callback_data="1")]]
    )
    sent = await bot.send_message(anna.id, "Rate", reply_markup=markup)
    await bot.send_chat_action(anna.id, "typing")
    await anna.taps("1")
    tap = (await bot.get_updates(offset=-1))[0].callback_query
    assert tap is not None
    await bot.answer_callback_query(tap.id)
    await bot.edit_message_text("Thanks", chat_id=anna.id, message_id=sent.message_id)
    await bot.delete_message(anna.id, sent.message_id)
    await anna.blocks()
    assert heard == [
        "message",
        "edited",
        "message",
        "action",
        "tap",
        "answer",
        "edited",
        "deleted",
        "membership",
    ]


async def test_an_address_opens_and_tells_the_bot_nothing(
    bot: Bot, telegram: Telegram, anna: Account
) -> None:
    row = [InlineKeyboardButton(text="Help", url="https://a.io/help")]
    await bot.send_message(anna.id, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=[row]))
    await anna.taps("Help")
    assert anna.opened == ["https://a.io/help"]
    assert telegram.pending("42:TEST") == 0


async def test_two_bots_and_one_person(telegram: Telegram, anna: Account) -> None:
    telegram.bot("43:TEST", username="other_bot", name="Other")
    await anna.with_bot("other_bot").types("hello")
    assert [shown.text for shown in anna.with_bot("other_bot").screen] == ["hello"]
    assert telegram.pending("43:TEST") == 1
    assert telegram.pending("42:TEST") == 0
    with pytest.raises(AssertionError, match="several bots"):
        await anna.types("to whom?")


async def test_the_app_splits_what_is_too_long(bot: Bot, anna: Account) -> None:
    await anna.types("😀" * 4096)
    texts = [update.message.text for update in await bot.get_updates() if update.message]
    assert texts == ["😀" * 2048, "😀" * 2048]


async def test_the_update_of_another_bot_api(telegram: Telegram, anna: Account, ask: Ask) -> None:
    telegram.only_bot.updates.push_unchecked("telepathy", anna.id, {"thought": 1})
    [update] = (await ask("getUpdates"))["result"]
    assert update["telepathy"] == {"thought": 1}
