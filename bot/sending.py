"""From what should be seen to calls of the Bot API, and what they changed."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot import relay
from desk.rules import Rules
from handlers.context import Clock, Keyboard
from handlers.screens import SCREENS, Look, Screen
from i18n import texts_for
from storage.database import Database, UnitOfWork
from storage.models import Card, Delivery, DeliveryKind, Message, Person, Urgency

logger = logging.getLogger(__name__)

Write = Callable[[UnitOfWork], Awaitable[None]]


@dataclass(slots=True)
class Sent:
    """What Telegram has done, and what is to be remembered of it."""

    message_ids: list[int] = field(default_factory=list)
    write: Write | None = None
    """Besides the delivery's own settling."""
    card: tuple[int | None, str | None] | None = None
    """Of an edited card: the message that shows it now, and the digest of what it shows."""


class Superseded(Exception):
    """There is nothing to send any more: that is no failure."""


class Sender:
    """Makes one delivery or one card true. Raises what aiogram raises."""

    def __init__(self, bot: Bot, database: Database, rules: Rules, clock: Clock) -> None:
        self._bot = bot
        self._database = database
        self._rules = rules
        self._clock = clock

    async def send(self, delivery: Delivery, to: Person) -> Sent:
        match delivery.kind:
            case DeliveryKind.SAY:
                return await self._say(delivery, to)
            case DeliveryKind.CARD:
                return await self._show(delivery, to)
            case DeliveryKind.RELAY:
                return await self._relay(delivery, to)
            case DeliveryKind.RELAY_EDIT:
                return await self._relay_edit(delivery, to)
            case DeliveryKind.RELAY_UNDO:
                return await self._relay_undo(delivery, to)
            case DeliveryKind.REMOVE:
                await self._remove(to, delivery.content["message_id"])
                return Sent()

    async def _say(self, delivery: Delivery, to: Person) -> Sent:
        html, keyboard = delivery.content["html"], _keyboard(delivery.content.get("keyboard"))
        async with self._database.reading() as tx:
            picture = await tx.deliveries.picture(delivery.id)
        file_name = delivery.content.get("file_name", "chart.png")
        file = BufferedInputFile(picture, file_name) if picture else delivery.content.get("photo")
        if "file_name" in delivery.content and file is not None:
            sent = await self._bot.send_document(
                _chat(to), file, caption=html, reply_markup=keyboard
            )
        elif file is None:
            sent = await self._bot.send_message(_chat(to), html, reply_markup=keyboard)
        else:
            sent = await self._bot.send_photo(_chat(to), file, caption=html, reply_markup=keyboard)
        return Sent([sent.message_id])

    async def _show(self, delivery: Delivery, to: Person) -> Sent:
        assert delivery.subject is not None
        async with self._database.reading() as tx:
            card = await tx.cards.find(delivery.subject, to.id)
            screen = await self._render(tx, delivery.subject, to)
        if card is None or card.showing != delivery.content["showing"] or screen is None:
            raise Superseded
        if card.showing == 1 and card.shown is not None:
            raise Superseded  # asked for again when the first asking was long forgotten
        sent = await self._bot.send_message(_chat(to), screen.html, reply_markup=screen.keyboard)

        async def write(tx: UnitOfWork) -> None:
            await tx.cards.shown(card, message_id=sent.message_id, digest=_digest(screen))
            if card.message_id is not None:  # it was shown anew: one message is enough
                # On its own, for if that fails the new one must not be sent again.
                now, urgency = self._clock(), Urgency(card.urgency)
                tx.deliveries.remove(to.id, card.message_id, now, urgency)

        return Sent([sent.message_id], write)

    async def edit(self, card: Card, to: Person) -> Sent:
        """Turn the message that shows the card into what the card has become."""
        async with self._database.reading() as tx:
            screen = await self._render(tx, card.subject, to)
        assert card.message_id is not None
        message_id: int | None = card.message_id
        if screen is None:
            await self._remove(to, card.message_id)
            message_id = None
        elif _digest(screen) != card.shown:
            message_id = await self._edit_text(to, card.message_id, screen)
        return Sent(card=(message_id, _digest(screen) if screen else None))

    async def _edit_text(self, to: Person, message_id: int, screen: Screen) -> int | None:
        """The message, or None when it is gone: who deleted a card wants to see it no more."""
        try:
            await self._bot.edit_message_text(
                screen.html,
                chat_id=_chat(to),
                message_id=message_id,
                reply_markup=screen.keyboard,
            )
        except TelegramBadRequest as refused:
            if _gone(refused):
                return None
            if not _same(refused):
                raise
        return message_id

    async def _remove(self, to: Person, message_id: int) -> None:
        """Take a message away; one too old for that loses its buttons instead."""
        try:
            await self._bot.delete_message(_chat(to), message_id)
        except TelegramBadRequest as refused:
            if not _gone(refused):
                await self._bare(to, message_id)

    async def _bare(self, to: Person, message_id: int) -> None:
        try:
            await self._bot.edit_message_reply_markup(chat_id=_chat(to), message_id=message_id)
        except TelegramBadRequest as refused:
            logger.debug("message %s stays as it is: %s", message_id, refused.message)

    async def _render(self, tx: UnitOfWork, subject: str, to: Person) -> Screen | None:
        kind, _, number = subject.partition(":")
        texts = texts_for(to.speaks, self._rules.locale)
        look = Look(tx, to, texts, self._rules, self._clock())
        return await SCREENS[kind](look, int(number))

    async def _relay(self, delivery: Delivery, to: Person) -> Sent:
        content = delivery.content
        async with self._database.reading() as tx:
            parts = [
                await tx.messages.one(number)
                for number in content.get("album", [content["message_id"]])
            ]
            parts = [part for part in parts if part.undone_at is None]
            reply = await self._reply_to(tx, content, to)
        if not parts:
            raise Superseded
        copies: list[tuple[Message, int]] = []
        for method, sends in relay.calls(parts, _chat(to), reply):
            numbers = await relay.call(self._bot, method)
            copies += zip(sends, numbers, strict=False)

        async def write(tx: UnitOfWork) -> None:
            for part, number in copies:
                await tx.sent.note(to.id, [number], f"message:{part.id}", self._clock())

        return Sent([number for _, number in copies], write)

    async def _reply_to(
        self, tx: UnitOfWork, content: dict[str, Any], to: Person
    ) -> ReplyParameters | None:
        """Beside which message in the reader's chat it belongs; None: beside none."""
        number: int | None = None
        if answers := content.get("answers"):
            answered = await tx.messages.one(answers)
            if answered.author_id == to.id:
                number = answered.telegram_message_id
            else:
                number = await tx.sent.last(to.id, f"message:{answers}")
        if number is None and (subject := content.get("reply_to")):
            number = await tx.sent.last(to.id, subject)
        if number is None:
            return None
        return ReplyParameters(message_id=number, allow_sending_without_reply=True)

    async def _copies(self, delivery: Delivery, to: Person) -> tuple[Message, list[int]]:
        async with self._database.reading() as tx:
            message = await tx.messages.one(delivery.content["message_id"])
            copies = await tx.sent.copies(f"message:{message.id}")
        return message, [copy.message_id for copy in copies if copy.person_id == to.id]

    async def _relay_edit(self, delivery: Delivery, to: Person) -> Sent:
        message, copies = await self._copies(delivery, to)
        for method in relay.edits(message, _chat(to), copies):
            try:
                await self._bot(method)
            except TelegramBadRequest as refused:
                if not (_same(refused) or _gone(refused)):
                    raise
        return Sent()

    async def _relay_undo(self, delivery: Delivery, to: Person) -> Sent:
        _, copies = await self._copies(delivery, to)
        for number in copies:
            await self._remove(to, number)
        return Sent()


def _chat(person: Person) -> int:
    assert person.telegram_id is not None
    return person.telegram_id


def _gone(refused: TelegramBadRequest) -> bool:
    """Who it was sent to deleted it, or it is not ours to change any more."""
    return any(
        words in refused.message
        for words in (
            "message to edit not found",
            "message to delete not found",
            "message can't be edited",
        )
    )


def _same(refused: TelegramBadRequest) -> bool:
    return "message is not modified" in refused.message


def _keyboard(saved: dict[str, Any] | None) -> Keyboard | None:
    if saved is None:
        return None
    for kind, field_name in (
        (InlineKeyboardMarkup, "inline_keyboard"),
        (ReplyKeyboardMarkup, "keyboard"),
        (ReplyKeyboardRemove, "remove_keyboard"),
    ):
        if field_name in saved:
            made: Keyboard = kind.model_validate(saved)
            return made
    raise ValueError("a keyboard of no known kind")


def _digest(screen: Screen) -> str:
    """What tells one content of a card from another."""
    buttons = screen.keyboard.model_dump_json(exclude_none=True) if screen.keyboard else ""
    return hashlib.sha256(f"{screen.html}\0{buttons}".encode()).hexdigest()
