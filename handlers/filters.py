"""Who speaks, and what a message is. Async all: a plain function would cost a thread hop each.

Who may do what is not decided here but in handlers/rights.py.
"""

from typing import Any

from aiogram.enums import ChatType, ContentType
from aiogram.filters import Filter
from aiogram.types import ChatMemberUpdated, Message, TelegramObject

from storage.models import Person, Role


class Is(Filter):
    """Lets words through that somebody says as `role`: an operator's are no customer's."""

    def __init__(self, role: Role) -> None:
        self._role = role

    async def __call__(self, event: TelegramObject, me: Person) -> bool:
        return me.may(self._role)


class Words(Filter):
    """Lets a text through that is no command, and hands it on as `words`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text
        return {"words": text} if text and not text.startswith("/") else False


def is_command(message: Message) -> bool:
    """Text that begins with "/" is for the bot, under a picture too."""
    return (message.text or message.caption or "").startswith("/")


class NotACommand(Filter):
    """Lets through every message but one that begins with "/"."""

    async def __call__(self, message: Message) -> bool:
        return not is_command(message)


class NotPrivate(Filter):
    """Lets through what happens in a group or a channel."""

    async def __call__(self, event: Message | ChatMemberUpdated) -> bool:
        return event.chat.type != ChatType.PRIVATE


class Unreachable(Filter):
    """Lets through what somebody did whom we thought we could not write to."""

    async def __call__(self, _: TelegramObject, me: Person) -> bool:
        return not me.reachable


class Has(Filter):
    """Lets through a message made of one of these kinds of content."""

    def __init__(self, *kinds: ContentType) -> None:
        self._kinds = kinds

    async def __call__(self, message: Message) -> bool:
        return message.content_type in self._kinds
