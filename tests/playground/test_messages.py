from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from playground import Account, Telegram
from tests.playground.conftest import Clock


def keys(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=f"do {label}") for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_a_message_is_shown_as_it_was_meant(bot: Bot, anna: Account) -> None:
    sent = await bot.send_message(anna.id, "Hi <b>Anna &lt;3</b>", reply_markup=keys("1", "2"))

    assert anna.reads == "Hi Anna <3"
    assert anna.last.html == "Hi <b>Anna &lt;3</b>"
    assert anna.buttons == ["1", "2"]
    assert anna.last.buttons == [["1", "2"]]
    assert (anna.last.kind, anna.last.from_bot) == ("text", True)
    assert anna.last.message_id == sent.message_id
    assert anna.last.entities == [{"type": "bold", "offset": 3, "length": 7}]
    assert sent.chat.first_name == "Anna"
    assert anna.finds("Anna <3") is anna.last
    with pytest.raises(AssertionError, match="does not see 'Boris'"):
        anna.finds("Boris")


async def test_the_longest_message(bot: Bot, telegram: Telegram, anna: Account) -> None:
    await bot.send_message(anna.id, "😀" * 2048)
    await bot.send_message(anna.id, "<b>" + "x" * 4096 + "</b>")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(anna.id, "😀" * 2048 + "x")
    assert telegram.violations == ["sendMessage: Bad Request: message is too long"]


async def test_who_cannot_be_written_to(bot: Bot, telegram: Telegram, anna: Account) -> None:
    boris = telegram.account("Boris")
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation with a us"):
        await bot.send_message(boris.id, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(77, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message("@anna", "x")

    await anna.blocks()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(anna.id, "x")
    await anna.starts()
    await bot.send_message(anna.id, "welcome back")
    await anna.deactivates()
    with pytest.raises(TelegramForbiddenError, match="Forbidden: user is deactivated"):
        await bot.send_message(anna.id, "x")
    assert telegram.violations == []


async def test_replies(bot: Bot, anna: Account) -> None:
    question = await anna.types("When?")
    sent = await bot.send_message(
        anna.id, "Now.", reply_parameters=ReplyParameters(message_id=question.message_id)
    )
    assert anna.last.reply_to is question
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "When?"

    await anna.deletes(question)
    gone = ReplyParameters(message_id=question.message_id)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(anna.id, "Now.", reply_parameters=gone)
    gladly = gone.model_copy(update={"allow_sending_without_reply": True})
    await bot.send_message(anna.id, "Now, still.", reply_parameters=gladly)
    assert anna.last.reply_to is None


async def test_edits(bot: Bot, anna: Account, clock: Clock) -> None:
    sent = await bot.send_message(anna.id, "one", reply_markup=keys("1"))
    shown = anna.last
    where: dict[str, Any] = {"chat_id": anna.id, "message_id": sent.message_id}

    await bot.edit_message_text("<i>two</i>", **where, reply_markup=keys("1"))
    assert (shown.html, shown.buttons, shown.edited) == ("<i>two</i>", [["1"]], True)
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new"):
        await bot.edit_message_text("<i>two</i>", **where, reply_markup=keys("1"))
    await bot.edit_message_reply_markup(**where, reply_markup=keys("2"))
    assert (shown.text, shown.buttons) == ("two", [["2"]])
    await bot.edit_message_text("two", **where)
    assert (shown.html, shown.buttons) == ("two", []), "buttons not given are taken away"
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_reply_markup(**where)
    with pytest.raises(TelegramBadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(**where, caption="x")


async def test_what_cannot_be_edited(bot: Bot, anna: Account) -> None:
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=999)
    hers = await anna.types("mine")
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("x", chat_id=anna.id, message_id=hers.message_id)
    for markup in (ReplyKeyboardRemove(), ForceReply()):
        sent = await bot.send_message(anna.id, "x", reply_markup=markup)
        with pytest.raises(TelegramBadRequest, match="message can't be edited"):
            await bot.edit_message_text("y", chat_id=anna.id, message_id=sent.message_id)


async def test_deletions(bot: Bot, anna: Account, clock: Clock) -> None:
    first = await bot.send_message(anna.id, "first")
    hers = await anna.types("hers")
    assert await bot.delete_message(anna.id, hers.message_id)
    assert hers.deleted
    assert hers not in anna.screen
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(anna.id, hers.message_id)

    clock.passes(hours=48, seconds=1)
    with pytest.raises(TelegramBadRequest, match="message can't be deleted for everyone"):
        await bot.delete_message(anna.id, first.message_id)
    second = await bot.send_message(anna.id, "second")
    await bot.delete_messages(anna.id, [first.message_id, second.message_id, 999])
    assert anna.reads == "first"
    assert clock() - anna.last.date == timedelta(hours=48, seconds=1)


async def test_taps_and_their_answers(bot: Bot, telegram: Telegram, anna: Account) -> None:
    sent = await bot.send_message(anna.id, "Rate", reply_markup=keys("1 ⭐", "2 ⭐"))
    await anna.taps("2 ⭐")
    assert anna.spinning
    [update] = await bot.get_updates()
    tap = update.callback_query
    assert tap is not None
    assert (tap.data, tap.from_user.id) == ("do 2 ⭐", anna.id)
    assert tap.message is not None
    assert tap.message.message_id == sent.message_id

    await bot.answer_callback_query(tap.id, "Thanks")
    assert (anna.toasts, anna.alerts, anna.spinning) == (["Thanks"], [], False)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await bot.answer_callback_query(tap.id)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query("5")
    with pytest.raises(AssertionError, match=r"no button '3 ⭐':\n'Rate': \[\['1 ⭐', '2 ⭐'\]\]"):
        await anna.taps("3 ⭐")
    assert telegram.violations == []


async def test_a_late_answer_an_alert_and_a_forgotten_message(
    bot: Bot, anna: Account, clock: Clock
) -> None:
    await bot.send_message(anna.id, "Rate", reply_markup=keys("1"))
    await anna.taps("1", forgotten=True)
    await anna.taps_data("rubbish")
    first, second = [update.callback_query for update in await bot.get_updates()]
    assert first is not None
    assert first.message is not None
    assert first.message.date == 0
    assert second is not None
    assert second.data == "rubbish"
    await bot.answer_callback_query(second.id, "No", show_alert=True)
    assert (anna.toasts, anna.alerts) == ([], ["No"])
    clock.passes(minutes=15, seconds=1)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(first.id)


async def test_buttons_telegram_does_not_take(bot: Bot, telegram: Telegram, anna: Account) -> None:
    for button, why in (
        (InlineKeyboardButton(text="x", callback_data="я" * 33), "BUTTON_DATA_INVALID"),
        (InlineKeyboardButton(text="x"), "Text buttons are unallowed"),
        (InlineKeyboardButton(text=" ", callback_data="x"), "BUTTON_TEXT_INVALID"),
        (InlineKeyboardButton(text="x", url="nowhere"), "Wrong HTTP URL"),
        (InlineKeyboardButton(text="x", callback_data="x", style="pink"), "must be one of"),
    ):
        markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
        with pytest.raises(TelegramBadRequest, match=why):
            await bot.send_message(anna.id, "x", reply_markup=markup)
    assert len(telegram.violations) == 5
    button = InlineKeyboardButton(text="x", callback_data="я" * 32, style="danger")
    await bot.send_message(
        anna.id, "x", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]])
    )
    assert anna.last.keys[0][0]["style"] == "danger"


async def test_a_phone_number_is_shared_with_one_tap(bot: Bot, anna: Account) -> None:
    ask_phone = ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text="My number", request_contact=True)],
            [KeyboardButton(text="No")],
        ]
    )
    await bot.send_message(anna.id, "May we call?", reply_markup=ask_phone)
    assert anna.keyboard == ["My number", "No"]
    await anna.shares_phone("My number", phone="+79001234567")
    await anna.presses("No")
    await bot.send_message(anna.id, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert anna.keyboard == []
    shared, refused = [update.message for update in await bot.get_updates()]
    assert shared is not None
    assert shared.contact is not None
    assert (shared.contact.phone_number, shared.contact.user_id) == ("+79001234567", anna.id)
    assert refused is not None
    assert refused.text == "No"


async def test_menus_by_chat_and_language(bot: Bot, telegram: Telegram, anna: Account) -> None:
    oleg = telegram.account("Oleg", "ru")
    await oleg.starts()
    await bot.set_my_commands([BotCommand(command="start", description="Start")])
    await bot.set_my_commands(
        [BotCommand(command="help", description="Помощь")],
        scope=BotCommandScopeAllPrivateChats(),
        language_code="ru",
    )
    assert (anna.menu, oleg.menu) == ([("start", "Start")], [("help", "Помощь")])
    hers = BotCommandScopeChat(chat_id=anna.id)
    await bot.set_my_commands([BotCommand(command="kpi", description="KPI")], scope=hers)
    assert anna.menu == [("kpi", "KPI")]
    assert (await bot.get_my_commands(scope=hers))[0].command == "kpi"
    await bot.delete_my_commands(scope=hers)
    assert anna.menu == [("start", "Start")]
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.set_my_commands([], scope=BotCommandScopeChat(chat_id=77))
    assert telegram.violations == []
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand(command="Start!", description="x")])


async def test_small_things(bot: Bot, telegram: Telegram, anna: Account) -> None:
    await bot.send_chat_action(anna.id, "typing")
    assert anna.chat_actions == ["typing"]
    hers = await anna.types("look")
    await bot.set_message_reaction(anna.id, hers.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert hers.reactions == ["👍"]
    sent = await bot.send_message(
        anna.id, "https://a.io", link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    await bot.pin_chat_message(anna.id, sent.message_id)
    assert anna.finds("a.io").pinned
    await bot.unpin_chat_message(anna.id, message_id=sent.message_id)
    assert not anna.finds("a.io").pinned
    assert (await bot.get_chat(anna.id)).first_name == "Anna"
    await bot.set_my_description("An assistant")
    await bot.set_my_short_description("Помощник", language_code="ru")
    assert (await bot.get_my_description("en")).description == "An assistant"
    assert (await bot.get_my_short_description("ru")).short_description == "Помощник"
    await bot.send_location(anna.id, 55.75, 37.62)
    await bot.send_venue(anna.id, 55.75, 37.62, "Office", "Tverskaya 1")
    await bot.send_contact(anna.id, "+7900", "Boris")
    assert [shown.kind for shown in anna.received[-3:]] == ["location", "venue", "contact"]
    assert telegram.violations == []
