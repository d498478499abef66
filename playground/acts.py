"""What a person can do on a phone of the page. Bad requests are refused by a short code."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from playground.chats import Raw, Shown
from playground.files import PHOTO_LIMIT, UPLOAD_LIMIT
from playground.markup import formatted
from playground.opus import NoVoice, voice
from playground.people import Account
from playground.refusals import Refused
from playground.requests import CAPTION_LIMIT, MESSAGE_LIMIT
from playground.schema import utf16_length
from playground.screens import phone_number
from playground.sending import check_picture

LONGEST_TEXT = 20_000
ALBUM = 10
ONE_AT_A_TIME = ("voice", "audio", "video", "video_note", "animation", "sticker", "document")


class Impossible(Exception):
    """Nothing happened; `code` says why, and the page has the words for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def presses_start(account: Account, told: Raw) -> None:
    payload = told.get("payload")
    if payload is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(payload)):
        raise Impossible("bad_link")
    await account.starts(payload)


async def types(account: Account, told: Raw) -> None:
    may_write(account)
    text = words(told)
    await account.types(text, reply_to(account, told))


async def edits(account: Account, told: Raw) -> None:
    message = own(account, told)
    if "text" not in message.raw and message.file is None:
        raise Impossible("cannot_edit")
    text = words(told)
    if utf16_length(text) > (MESSAGE_LIMIT if "text" in message.raw else CAPTION_LIMIT):
        raise Impossible("too_long")
    if text != message.words:
        await account.edits(message, text)


async def deletes(account: Account, told: Raw) -> None:
    await account.deletes(own(account, told))


async def taps(account: Account, told: Raw) -> None:
    """Only what is on the screen now: the page may be a moment behind."""
    may_write(account)
    message = message_of(account, told.get("message"))
    there = [key["callback_data"] for row in message.keys for key in row if "callback_data" in key]
    if told.get("data") not in there:
        raise Impossible("gone")
    await account.taps_data(told["data"], message)


async def blocks(account: Account, _: Raw) -> None:
    may_write(account)
    await account.blocks()


async def unblocks(account: Account, _: Raw) -> None:
    if not account.chat.blocked:
        raise Impossible("not_blocked")
    await account.unblocks()


async def shares_place(account: Account, told: Raw) -> None:
    may_write(account)
    where = told.get("latitude"), told.get("longitude")
    latitude, longitude = (float(n) if isinstance(n, int | float) else 999.0 for n in where)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Impossible("not_understood")
    await account.sends_location(latitude, longitude, reply_to(account, told))


async def shares_contact(account: Account, told: Raw) -> None:
    """Their own number, as the app sends it: in answer to the key that asked, if one did."""
    may_write(account)
    asked = account.chat.keyboard_from if told.get("asked") else reply_to(account, told)
    contact = {
        "phone_number": phone_number(account),
        "first_name": account.name,
        "user_id": account.id,
    }
    await account.sends({"contact": contact}, reply_to=asked)


async def sends_files(
    account: Account, files: Sequence[tuple[str, bytes]], told: Mapping[str, str]
) -> None:
    """One message, or an album of photos; files of any other kind go one by one."""
    may_write(account)
    kind = told.get("kind", "")
    if not files or not all(content for _, content in files):
        raise Impossible("empty_file")
    if any(len(content) > UPLOAD_LIMIT for _, content in files):
        raise Impossible("too_large")
    caption = formatted(told.get("caption", ""), None, None)[0] or None
    if caption and utf16_length(caption) > CAPTION_LIMIT:
        raise Impossible("too_long")
    answered = reply_to(account, told)
    if kind == "photo":
        await sends_photos(account, [content for _, content in files], caption, answered)
    elif kind in ONE_AT_A_TIME:
        for place, (name, content) in enumerate(files):
            words = caption if place == 0 else None
            await sends_file(account, kind, name, content, words, answered)
    else:
        raise Impossible("not_understood")


async def sends_photos(
    account: Account, photos: Sequence[bytes], caption: str | None, answered: Shown | None
) -> None:
    if len(photos) > ALBUM:
        raise Impossible("too_many")
    for content in photos:
        if len(content) > PHOTO_LIMIT:
            raise Impossible("photo_too_large")
        try:
            check_picture(content)
        except Refused:
            raise Impossible("no_picture") from None
    if len(photos) == 1:
        await account.sends_photo(photos[0], caption, answered)
    else:
        await account.sends_album(photos, caption, answered)


async def sends_file(
    account: Account,
    kind: str,
    name: str,
    content: bytes,
    caption: str | None,
    answered: Shown | None,
) -> None:
    match kind:
        case "voice":
            await says(account, content, caption, answered)
        case "audio":
            await account.sends_audio(content, caption, answered)
        case "video":
            await account.sends_video(content, caption, answered)
        case "animation":
            await account.sends_animation(content, caption, answered)
        case "video_note":
            await account.sends_video_note(content, answered)
        case "sticker":
            await account.sends_sticker(content, answered)
        case _:
            await account.sends_document(name, content, caption, answered)


async def says(
    account: Account, content: bytes, caption: str | None, answered: Shown | None
) -> None:
    try:
        spoken, seconds = voice(content)
    except NoVoice:
        raise Impossible("no_voice") from None
    await account.sends_voice(spoken, caption, answered, duration=seconds)


def may_write(account: Account) -> None:
    if account.chat.blocked:
        raise Impossible("blocked")
    if not account.chat.started:
        raise Impossible("not_started")


def words(told: Mapping[str, Any]) -> str:
    text = told.get("text")
    if not isinstance(text, str) or not formatted(text, None, None)[0]:
        raise Impossible("empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise Impossible("too_large")
    return text


def message_of(account: Account, number: Any) -> Shown:
    """On this person's screen."""
    named = re.fullmatch(r"[0-9]{1,18}", str(number))
    found = account.chat.messages.get(int(named[0])) if named else None
    if found is None:
        raise Impossible("gone")
    return found


def own(account: Account, told: Mapping[str, Any]) -> Shown:
    may_write(account)
    message = message_of(account, told.get("message"))
    if message.from_bot:
        raise Impossible("not_yours")
    return message


def reply_to(account: Account, told: Mapping[str, Any]) -> Shown | None:
    number = told.get("reply_to")
    return message_of(account, number) if number else None


ACTS: dict[str, Callable[[Account, Raw], Awaitable[None]]] = {
    "start": presses_start,
    "text": types,
    "edit": edits,
    "delete": deletes,
    "tap": taps,
    "block": blocks,
    "unblock": unblocks,
    "place": shares_place,
    "contact": shares_contact,
}
