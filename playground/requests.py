"""One call of a bot: who asks, for what, and the chat it is about."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from playground.chats import BotAccount, Chat
from playground.markup import Entity, formatted
from playground.refusals import bad_request, forbidden, untaught, violation
from playground.schema import Upload, utf16_length

if TYPE_CHECKING:
    from playground.telegram import Telegram

MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024
UNTAUGHT = frozenset({
    "allow_paid_broadcast",
    "business_connection_id",
    "certificate",
    "cover",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "inline_message_id",
    "live_period",
    "message_effect_id",
    "message_thread_id",
    "rich_message",
    "suggested_post_parameters",
    "thumbnail",
})  # fmt: skip

Method = Callable[["Request"], Any | Awaitable[Any]]


@dataclass(frozen=True)
class Call:
    """What a bot asked and what it was told; `answer` is None when a fault came between."""

    token: str
    method: str
    params: Mapping[str, Any]
    at: datetime
    answer: Mapping[str, Any] | None


@dataclass(frozen=True, eq=False)
class Request:
    telegram: "Telegram"
    bot: BotAccount
    method: str
    params: dict[str, Any]
    attachments: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.telegram.clock()

    def refuse_untaught(self) -> None:
        for key in self.params.keys() & UNTAUGHT:
            raise untaught(f"{self.method}.{key}")

    def chat(self) -> Chat:
        """The chat the bot may see."""
        chat_id = self.params["chat_id"]
        chat = self.bot.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is not None and (chat.started or not chat.is_private):
            return chat
        if any(bot.id == chat_id for bot in self.telegram.bots.values()):
            raise forbidden("the bot can't send messages to the bot")
        if chat_id in self.telegram.accounts:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def open_chat(self) -> Chat:
        """The chat the bot may write to."""
        chat = self.chat()
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.left:
            raise forbidden("bot is not a member of the group chat")
        return chat

    def text(self) -> tuple[str, list[Entity]]:
        """The parsed text of a message; Telegram counts what is left after parsing."""
        params = self.params
        text, entities = formatted(
            params.get("text", ""), params.get("parse_mode"), params.get("entities")
        )
        if not text:
            raise violation("message text is empty")
        if utf16_length(text) > MESSAGE_LIMIT:
            raise violation("message is too long")
        return text, entities

    def upload(self, value: Upload | str) -> Upload | None:
        """The bytes that came along; None when the value names a file Telegram has."""
        if isinstance(value, Upload):
            return value
        if value.startswith("attach://"):
            found = self.attachments.get(value.removeprefix("attach://"))
            if found is None:
                raise violation("there is no file in the request")
            return found
        if "://" in value:
            raise untaught("to fetch files by URL")
        return None


def caption(given: Mapping[str, Any]) -> dict[str, Any]:
    """The caption fields of a message, from a method's or an album part's parameters."""
    text, entities = formatted(
        given.get("caption", ""), given.get("parse_mode"), given.get("caption_entities")
    )
    if utf16_length(text) > CAPTION_LIMIT:
        raise violation("message caption is too long")
    content: dict[str, Any] = {}
    if text:
        content["caption"] = text
    if entities:
        content["caption_entities"] = entities
    if text and given.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content
