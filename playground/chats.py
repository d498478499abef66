"""What Telegram keeps: bots, their chats, and the messages in them."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playground.files import StoredFile
from playground.markup import Entity, to_html
from playground.updates import Updates

Raw = dict[str, Any]

KINDS = (
    "text",
    "photo",
    "voice",
    "video",
    "video_note",
    "animation",
    "document",
    "audio",
    "sticker",
    "venue",
    "location",
    "contact",
    "dice",
    "poll",
    "new_chat_members",
    "left_chat_member",
    "pinned_message",
)


@dataclass(eq=False)
class Shown:
    """A message as it stands on the screen now; an edit changes it in place."""

    chat: "Chat"
    raw: Raw
    """The Bot API's Message. Replaced, never changed: updates may still carry the old one."""
    from_bot: bool
    reply_to: "Shown | None" = None
    file: StoredFile | None = None
    other_markup: bool = False
    """Sent with a reply keyboard (or its removal): Telegram lets nobody edit such a message."""
    edited: bool = False
    deleted: bool = False
    pinned: bool = False
    reactions: list[str] = field(default_factory=list)

    @property
    def message_id(self) -> int:
        number: int = self.raw["message_id"]
        return number

    @property
    def date(self) -> datetime:
        return self.chat.moments[self.message_id]

    @property
    def text(self) -> str:
        words: str = self.raw.get("text", "")
        return words

    @property
    def caption(self) -> str | None:
        return self.raw.get("caption")

    @property
    def words(self) -> str:
        """Its text or its caption."""
        return self.text or self.caption or ""

    @property
    def entities(self) -> list[Entity]:
        """Of the text or the caption; offsets and lengths in UTF-16 code units."""
        return self.raw.get("entities") or self.raw.get("caption_entities") or []

    @property
    def html(self) -> str:
        return to_html(self.words, self.entities)

    @property
    def kind(self) -> str:
        """text, photo, voice … as the Bot API names the field."""
        return next((kind for kind in KINDS if kind in self.raw), "other")

    @property
    def keys(self) -> list[list[Raw]]:
        """Inline buttons as the bot sent them."""
        rows: list[list[Raw]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[list[str]]:
        """Rows of labels under the message."""
        return [[key["text"] for key in row] for row in self.keys]

    @property
    def photo(self) -> bytes | None:
        return self.content if self.kind == "photo" else None

    @property
    def content(self) -> bytes | None:
        """The bytes of whatever file it holds."""
        return self.file.content if self.file else None

    @property
    def album(self) -> str | None:
        return self.raw.get("media_group_id")

    def as_replied(self) -> Raw:
        """A message inside another does not tell what it replied to itself."""
        return {key: value for key, value in self.raw.items() if key != "reply_to_message"}

    def __repr__(self) -> str:
        who = "bot" if self.from_bot else "person"
        return f"<{self.message_id} {who} {self.kind}: {self.words!r} {self.buttons or ''}>"


@dataclass(eq=False)
class Chat:
    """One bot and one person, or one bot and a group."""

    bot: "BotAccount"
    card: Raw
    """The Bot API's Chat."""
    messages: dict[int, Shown] = field(default_factory=dict)
    moments: dict[int, datetime] = field(default_factory=dict)
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    left: bool = False
    keyboard: Raw | None = None
    keyboard_from: Shown | None = None
    actions: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        number: int = self.card["id"]
        return number

    @property
    def is_private(self) -> bool:
        return bool(self.card["type"] == "private")

    def new(
        self,
        content: Raw,
        now: datetime,
        sender: Raw,
        *,
        reply_to: Shown | None = None,
        file: StoredFile | None = None,
    ) -> Shown:
        raw: Raw = {
            "message_id": next(self.bot.message_ids),
            "from": sender,
            "chat": self.card,
            "date": int(now.timestamp()),
        }
        if reply_to is not None:
            raw["reply_to_message"] = reply_to.as_replied()
        shown = Shown(self, raw | content, sender["is_bot"], reply_to, file)
        self.moments[shown.message_id] = now
        self.messages[shown.message_id] = shown
        return shown

    def forgets(self, shown: Shown) -> None:
        shown.deleted = True
        del self.messages[shown.message_id]
        if self.keyboard_from is shown:
            self.keyboard = self.keyboard_from = None


@dataclass(eq=False)
class Query:
    """A tap the bot was told of."""

    id: str
    user_id: int
    at: datetime
    message: Shown
    answered: bool = False


@dataclass(eq=False)
class BotAccount:
    token: str
    id: int
    username: str
    name: str
    clock: Callable[[], datetime]
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Raw]] = field(default_factory=dict)
    """By scope ("default", "chat:5" …) and language ("" for the rest)."""
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """Name, description and short description by language."""
    menu_buttons: dict[int | None, Raw] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.message_ids = itertools.count(1)
        self.updates = Updates(self.clock, first_id=100_000_000 + self.id % 1000 * 1000)

    @property
    def user(self) -> Raw:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }
