"""What somebody wrote, as we keep it."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message, MessageEntity

from desk.messages import Content
from handlers.context import Clock
from handlers.filters import is_command
from storage.models import ContentKind, Person, Role


class Kept(Filter):
    """Lets through what can be kept and passed on, as `content`; a command is not that.

    A customer's picture is one whatever is written under it; what an operator means for the bot
    must not reach a customer.
    """

    async def __call__(self, message: Message, me: Person, clock: Clock) -> bool | dict[str, Any]:
        if is_command(message) and (message.text or me.may(Role.OPERATOR)):
            return False
        content = content_of(message, clock)
        return False if content is None else {"content": content}


def content_of(message: Message, clock: Clock) -> Content | None:
    """None: of a kind that cannot be passed on, such as a poll or a game."""
    kind, file_id, details = _essence(message)
    if kind is None:
        return None
    entities = message.entities or message.caption_entities
    replied = message.reply_to_message
    return Content(
        kind=kind,
        sent_at=min(message.date, clock()),
        telegram_message_id=message.message_id,
        text=message.text or message.caption or "",
        entities=[_plain(entity) for entity in entities] if entities else None,
        file_id=file_id,
        details=details,
        album=message.media_group_id,
        replies_to=replied.message_id if replied else None,
    )


Essence = tuple[ContentKind | None, str | None, dict[str, Any] | None]


def _essence(message: Message) -> Essence:
    """Its kind, its file and what else the kind needs."""
    if message.text is not None:
        return ContentKind.TEXT, None, None
    return _file(message) or _place(message) or (None, None, None)


def _file(message: Message) -> Essence | None:
    if message.photo:
        return ContentKind.PHOTO, message.photo[-1].file_id, None
    if message.animation:  # before the document that comes along for old programs
        return ContentKind.ANIMATION, message.animation.file_id, None
    for kind, file in (
        (ContentKind.VOICE, message.voice),
        (ContentKind.VIDEO, message.video),
        (ContentKind.VIDEO_NOTE, message.video_note),
        (ContentKind.AUDIO, message.audio),
        (ContentKind.STICKER, message.sticker),
    ):
        if file is not None:
            return kind, file.file_id, None
    if message.document:
        name = message.document.file_name
        return ContentKind.DOCUMENT, message.document.file_id, {"file_name": name}
    return None


def _place(message: Message) -> Essence | None:
    """What is sent again by its values alone, which are the sending method's parameters."""
    if message.venue:  # before the location that comes along
        venue = message.venue.model_dump(exclude_none=True, mode="json")
        location = venue.pop("location")
        where = {"latitude": location["latitude"], "longitude": location["longitude"]}
        return ContentKind.VENUE, None, where | venue
    if message.location:
        spot = message.location
        where = {"latitude": spot.latitude, "longitude": spot.longitude}
        if spot.horizontal_accuracy is not None:
            where["horizontal_accuracy"] = spot.horizontal_accuracy
        return ContentKind.LOCATION, None, where
    if message.contact:
        contact = message.contact.model_dump(exclude_none=True, mode="json", exclude={"user_id"})
        return ContentKind.CONTACT, None, contact
    return None


def _plain(entity: MessageEntity) -> dict[str, Any]:
    return entity.model_dump(exclude_none=True, mode="json")
