"""What one person wrote, sent to another as it was saved."""

from collections.abc import Sequence
from typing import Any

from aiogram import Bot
from aiogram.enums import MessageEntityType
from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendAnimation,
    SendAudio,
    SendContact,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVenue,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    InputMediaAnimation,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MessageEntity,
    ReplyParameters,
)
from aiogram.types import Message as TelegramMessage

from i18n.pages import units
from storage.models import ContentKind, Message

FILES: dict[ContentKind, tuple[type[TelegramMethod[TelegramMessage]], str]] = {
    ContentKind.PHOTO: (SendPhoto, "photo"),
    ContentKind.VOICE: (SendVoice, "voice"),
    ContentKind.VIDEO: (SendVideo, "video"),
    ContentKind.VIDEO_NOTE: (SendVideoNote, "video_note"),
    ContentKind.AUDIO: (SendAudio, "audio"),
    ContentKind.ANIMATION: (SendAnimation, "animation"),
    ContentKind.DOCUMENT: (SendDocument, "document"),
    ContentKind.STICKER: (SendSticker, "sticker"),
}
"""How a kind of file is sent, and what the parameter is called."""

PLACES: dict[ContentKind, type[TelegramMethod[TelegramMessage]]] = {
    ContentKind.LOCATION: SendLocation,
    ContentKind.VENUE: SendVenue,
    ContentKind.CONTACT: SendContact,
}
"""Kinds made of `details` alone, which are the method's own parameters."""

NO_CAPTION = frozenset({ContentKind.STICKER, ContentKind.VIDEO_NOTE})

ALBUM = {
    ContentKind.PHOTO: InputMediaPhoto,
    ContentKind.VIDEO: InputMediaVideo,
    ContentKind.AUDIO: InputMediaAudio,
    ContentKind.DOCUMENT: InputMediaDocument,
}
CHANGEABLE = {**ALBUM, ContentKind.ANIMATION: InputMediaAnimation}
"""Kinds of which the file itself can be replaced, or be added to a text."""


LONGEST_CAPTION = 1_024
"""Of a bot, in UTF-16 units. People who pay Telegram may write longer ones."""

Calls = Sequence[tuple[TelegramMethod[Any], Sequence[Message]]]
"""What is to be called, and which messages each call sends."""


def calls(parts: Sequence[Message], chat_id: int, reply: ReplyParameters | None) -> Calls:
    """The calls that send a message, or the parts of an album, again to `chat_id`.

    Words too long to be a caption follow as a message.
    """
    first = _one if len(parts) == 1 else _album
    made: list[tuple[TelegramMethod[Any], Sequence[Message]]] = [
        (first(parts, chat_id, reply), parts)
    ]
    too_long = [p for p in parts if p.kind is not ContentKind.TEXT and _is_long(p.text)]
    return [*made, *((_words(part, chat_id, reply), [part]) for part in too_long)]


def _words(
    message: Message, chat_id: int, reply: ReplyParameters | None
) -> TelegramMethod[TelegramMessage]:
    return SendMessage(
        chat_id=chat_id,
        text=message.text,
        entities=_entities(message),
        parse_mode=None,
        reply_parameters=reply,
    )


def _one(
    parts: Sequence[Message], chat_id: int, reply: ReplyParameters | None
) -> TelegramMethod[TelegramMessage]:
    (message,) = parts
    where: dict[str, Any] = {"chat_id": chat_id, "reply_parameters": reply}
    if message.kind is ContentKind.TEXT:
        return _words(message, chat_id, reply)
    if message.kind in PLACES:
        return PLACES[message.kind](**(message.details or {}), **where)
    method, parameter = FILES[message.kind]
    if message.kind not in NO_CAPTION:
        where |= _caption(message)
    return method(**{parameter: message.file_id}, **where)


def _album(
    parts: Sequence[Message], chat_id: int, reply: ReplyParameters | None
) -> SendMediaGroup:
    """They are of kinds that Telegram lets go together."""
    media = [ALBUM[part.kind](media=part.file_id or "", **_caption(part)) for part in parts]
    return SendMediaGroup(chat_id=chat_id, media=media, reply_parameters=reply)


def edits(message: Message, chat_id: int, copies: Sequence[int]) -> Sequence[TelegramMethod[Any]]:
    """The calls that bring a reader's copies up to date; none if its kind cannot be changed."""
    if message.kind is ContentKind.TEXT:
        return [_edit_words(message, chat_id, number) for number in copies]
    if message.kind in PLACES or message.kind in NO_CAPTION:
        return []
    apart = len(copies) > 1 and any(map(_is_long, _wordings(message)))
    files = copies[:1] if apart else copies
    made = [_edit_file(message, chat_id, number, captioned=not apart) for number in files]
    if apart and message.text:
        made.append(_edit_words(message, chat_id, copies[-1]))
    return [call for call in made if call is not None]


def _edit_words(message: Message, chat_id: int, number: int) -> TelegramMethod[Any]:
    return EditMessageText(
        chat_id=chat_id,
        message_id=number,
        text=message.text,
        entities=_entities(message),
        parse_mode=None,
    )


def _edit_file(
    message: Message, chat_id: int, number: int, *, captioned: bool
) -> TelegramMethod[Any] | None:
    """None: there is nothing to change, or the words have become too long for where they are."""
    if captioned and _is_long(message.text):
        return None
    where: dict[str, Any] = {"chat_id": chat_id, "message_id": number}
    caption = _caption(message) if captioned else {}
    files = {version["file_id"] for version in message.versions or []}
    if message.kind in CHANGEABLE and files - {message.file_id}:
        media = CHANGEABLE[message.kind](media=message.file_id or "", **caption)
        return EditMessageMedia(media=media, **where)
    return EditMessageCaption(**caption, **where) if captioned else None


def _wordings(message: Message) -> list[str]:
    return [message.text, *(version["text"] for version in message.versions or [])]


def _is_long(words: str) -> bool:
    """Whether a bot may not put them under a file."""
    return units(words) > LONGEST_CAPTION


def _caption(message: Message) -> dict[str, Any]:
    if not message.text or _is_long(message.text):
        return {}
    return {
        "caption": message.text,
        "caption_entities": _entities(message),
        "parse_mode": None,
    }


def _entities(message: Message) -> list[MessageEntity] | None:
    """An operator's mention of an account stays plain words: customers see no accounts of ours."""
    kept = [
        MessageEntity.model_validate(entity)
        for entity in message.entities or []
        if message.from_customer or entity["type"] != MessageEntityType.TEXT_MENTION
    ]
    return kept or None


async def call(bot: Bot, method: TelegramMethod[Any]) -> list[int]:
    """Make the call; the numbers of the messages it made, in order."""
    answer = await bot(method)
    made = answer if isinstance(answer, list) else [answer]
    return [m.message_id for m in made if isinstance(m, TelegramMessage)]
