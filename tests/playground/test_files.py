from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
)

from playground import Account, Telegram
from tests.playground.conftest import PNG

CHART = BufferedInputFile(PNG, "chart.png")
MEGABYTE = 1024 * 1024


async def test_a_chart_goes_up_and_is_seen(bot: Bot, anna: Account) -> None:
    sent = await bot.send_photo(anna.id, CHART, caption="Your <b>week</b>")
    assert anna.last.photo == PNG
    assert (anna.reads, anna.last.html) == ("Your week", "Your <b>week</b>")
    assert sent.photo is not None
    assert (sent.photo[-1].width, sent.photo[-1].height) == (256, 256)
    again = await bot.send_photo(anna.id, sent.photo[-1].file_id)
    assert anna.last.photo == PNG
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id


async def test_a_voice_comes_down(bot: Bot, anna: Account) -> None:
    await anna.sends_voice(b"hello", duration=7)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.voice is not None
    assert update.message.voice.duration == 7
    file = await bot.get_file(update.message.voice.file_id)
    assert file.file_path is not None
    heard = await bot.download_file(file.file_path)
    assert heard is not None
    assert heard.read() == b"hello"


async def test_everything_a_person_sends_can_be_sent_on(
    bot: Bot, telegram: Telegram, anna: Account
) -> None:
    boris = telegram.account("Boris")
    await boris.starts()
    telegram.only_bot.updates.forget()
    await anna.sends_photo(PNG, "photo")
    await anna.sends_voice(b"voice")  # aiogram copies a voice without its caption
    await anna.sends_video(b"video", "video")
    await anna.sends_video_note(b"round")
    await anna.sends_document("a.pdf", b"document", "document")
    await anna.sends_audio(b"audio", "audio")
    await anna.sends_animation(b"animation", "animation")
    await anna.sends_sticker(b"sticker")
    await anna.sends_location(1.5, 2)
    await anna.sends_venue(1.5, 2, "Office", "Street 1")
    await anna.sends_contact("+7", "Vera")
    await anna.sends_dice()
    await anna.sends_poll()

    for update in await bot.get_updates():
        assert update.message is not None
        if update.message.content_type not in {"dice", "poll"}:
            await update.message.send_copy(boris.id).as_(bot)

    kinds = [shown.kind for shown in anna.screen[1:]]
    assert [shown.kind for shown in boris.received] == kinds[:-2]
    assert [shown.content for shown in boris.received] == [s.content for s in anna.screen[1:-2]]
    assert [shown.caption for shown in boris.received] == [s.caption for s in anna.screen[1:-2]]
    assert telegram.violations == []


async def test_albums_both_ways(bot: Bot, telegram: Telegram, anna: Account) -> None:
    parts = await anna.sends_album([PNG, PNG + b"2"], "two")
    assert parts[0].album == parts[1].album
    assert [part.caption for part in parts] == ["two", None]
    updates = await bot.get_updates()
    photos = [u.message.photo[-1].file_id for u in updates if u.message and u.message.photo]

    sent = await bot.send_media_group(
        anna.id,
        [InputMediaPhoto(media=photos[0], caption="<b>1</b>"), InputMediaPhoto(media=CHART)],
    )
    assert sent[0].media_group_id == sent[1].media_group_id is not None
    assert [shown.photo for shown in anna.received] == [PNG, PNG]
    with pytest.raises(TelegramBadRequest, match="must have 2-10 items"):
        await bot.send_media_group(anna.id, [InputMediaPhoto(media=photos[0])])
    with pytest.raises(TelegramBadRequest, match="different types"):
        await bot.send_media_group(
            anna.id, [InputMediaPhoto(media=photos[0]), InputMediaDocument(media=CHART)]
        )
    assert len(telegram.violations) == 2


async def test_a_picture_becomes_another(bot: Bot, anna: Account) -> None:
    sent = await bot.send_photo(anna.id, CHART, caption="one")
    where: dict[str, Any] = {"chat_id": anna.id, "message_id": sent.message_id}
    other = BufferedInputFile(PNG + b"2", "chart.png")
    await bot.edit_message_media(InputMediaPhoto(media=other, caption="two"), **where)
    assert (anna.last.photo, anna.reads) == (PNG + b"2", "two")
    await bot.edit_message_caption(**where, caption="three")
    assert (anna.last.photo, anna.reads) == (PNG + b"2", "three")
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await bot.edit_message_text("x", **where)


async def test_files_telegram_does_not_take(bot: Bot, telegram: Telegram, anna: Account) -> None:
    hers = await anna.sends_document("a.txt", b"x")
    file_id = hers.raw["document"]["file_id"]
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(anna.id, file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await bot.send_document(anna.id, "rubbish")
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna.id, BufferedInputFile(b"no picture", "a.png"))
    large = BufferedInputFile(PNG + b"\0" * 10 * MEGABYTE, "a.png")
    with pytest.raises(TelegramBadRequest, match="the maximum size is 10485760 bytes"):
        await bot.send_photo(anna.id, large)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_photo(anna.id, CHART, caption="😀" * 513)
    assert len(telegram.violations) == 1


async def test_too_large_to_download(bot: Bot, telegram: Telegram, anna: Account) -> None:
    hers = await anna.sends_video(b"\0" * (20 * MEGABYTE + 1))
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(hers.raw["video"]["file_id"])


async def test_a_file_of_another_bot(bot: Bot, telegram: Telegram, anna: Account) -> None:
    telegram.bot("43:TEST", username="other_bot", name="Other")
    theirs = await anna.with_bot("other_bot").sends_photo(PNG)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await bot.send_photo(anna.id, theirs.raw["photo"][-1]["file_id"])
