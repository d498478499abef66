"""An update as it came: raw, and parsed if it can be."""

import copy
from dataclasses import dataclass
from typing import Any, Self

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from handlers.context import Toast

NO_CHAT = 0

ASKED_FOR = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates we have Telegram send us."""

QUOTING = {"message", "reply_to_message"}
"""Where an event carries a whole message that is not its own."""

Answer = tuple[str, Toast]
"""What the tap of that id is answered."""


@dataclass(frozen=True, slots=True)
class Incoming:
    raw: dict[str, Any]
    update_id: int
    came: float
    """When, by the clock that only grows."""
    chat: int
    """The private chat whose order it keeps; NO_CHAT when that cannot be told."""
    update: Update | None
    """None: our types reject it, and only it."""
    error: str | None = None
    """Why it is None, without what people wrote."""

    @classmethod
    def read(cls, raw: dict[str, Any], came: float, bot: Bot) -> Self:
        update_id, chat = int(raw["update_id"]), _chat(raw)
        try:
            update = Update.model_validate(raw, context={"bot": bot})
        except ValidationError as wrong:
            places = {".".join(str(step) for step in e["loc"]) for e in wrong.errors()}
            return cls(raw, update_id, came, chat, None, f"cannot be parsed: {sorted(places)[:3]}")
        return cls(raw, update_id, came, chat, update)

    @property
    def kind(self) -> str:
        """What it brings, in the Bot API's word for it; "other" for what we never asked for."""
        return next((kind for kind in ASKED_FOR if kind in self.raw), "other")

    def to_keep(self) -> dict[str, Any]:
        """The update without the words of others it quotes: a card under a tap, a message replied
        to. Handlers use none of that, and who deletes their data must not be found in it."""
        kept = copy.deepcopy(self.raw)
        for event in kept.values():
            if isinstance(event, dict):
                for quoting in QUOTING & event.keys():
                    event[quoting] = _bare(event[quoting])
                event.pop("quote", None)
        return kept

    def tap(self) -> list[Answer]:
        """An empty answer to it if it is a tap, so that its button stops waiting."""
        query = self.update.callback_query if self.update is not None else None
        return [] if query is None else [(query.id, Toast())]


def _bare(message: Any) -> Any:
    """Which message it was, and no more."""
    if not isinstance(message, dict):
        return message
    return {key: message[key] for key in ("message_id", "date", "chat") if key in message}


def _chat(raw: dict[str, Any]) -> int:
    """Who it is from. Never fails: the update may be one we do not know the shape of."""
    for event in raw.values():
        if not isinstance(event, dict):
            continue
        for party in (event.get("from"), event.get("chat"), event.get("user")):
            if isinstance(party, dict) and isinstance(party.get("id"), int):
                return int(party["id"])
    return NO_CHAT
