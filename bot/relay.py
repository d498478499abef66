"""What one person wrote, sent to another as it was saved."""

from collections.abc import Sequence
from typing import Any

from aiogram import Bot
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


def one(
    message: Message, chat_id: int, reply: ReplyParameters | None
) -> TelegramMethod[TelegramMessage]:
    """The call that sends a message again, to `chat_id`."""
    where: dict[str, Any] = {"chat_id": chat_id, "reply_parameters": reply}
    if message.kind is ContentKind.TEXT:
        return SendMessage(
            text=message.text, entities=_entities(message), parse_mode=None, **where
        )
    if message.kind in PLACES:
        return PLACES[message.kind](**(message.details or {}), **where)
    method, parameter = FILES[message.kind]
    if message.kind not in NO_CAPTION:
        where |= _caption(message)
    return method(**{parameter: message.file_id}, **where)


def album(parts: Sequence[Message], chat_id: int, reply: ReplyParameters | None) -> SendMediaGroup:
    """The call that sends parts together. They are of kinds that Telegram lets go together."""
    media = [ALBUM[part.kind](media=part.file_id or "", **_caption(part)) for part in parts]
    return SendMediaGroup(chat_id=chat_id, media=media, reply_parameters=reply)


def edit(
    message: Message, chat_id: int, message_id: int
) -> TelegramMethod[TelegramMessage | bool] | None:
    """The call that brings a copy up to date; None: nothing of its kind can be changed."""
    where: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id}
    if message.kind is ContentKind.TEXT:
        return EditMessageText(
            text=message.text, entities=_entities(message), parse_mode=None, **where
        )
    if message.kind in PLACES or message.kind in NO_CAPTION:
        return None
    files = {version["file_id"] for version in message.versions or []}
    if message.kind in CHANGEABLE and files - {message.file_id}:
        media = CHANGEABLE[message.kind](media=message.file_id or "", **_caption(message))
        return EditMessageMedia(media=media, **where)
    return EditMessageCaption(**_caption(message), **where)


def _caption(message: Message) -> dict[str, Any]:
    if not message.text:
        return {}
    return {
        "caption": message.text,
        "caption_entities": _entities(message),
        "parse_mode": None,
    }


def _entities(message: Message) -> list[MessageEntity] | None:
    return [MessageEntity.model_validate(e) for e in message.entities or []] or None


async def call(bot: Bot, method: TelegramMethod[Any]) -> list[int]:
    """Make the call; the numbers of the messages it made, in order."""
    answer = await bot(method)
    made = answer if isinstance(answer, list) else [answer]
    return [m.message_id for m in made if isinstance(m, TelegramMessage)]
