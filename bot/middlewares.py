from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import TelegramObject, Update, User

from desk import people
from desk.rules import Rules
from handlers.context import Clock, Say
from i18n import texts_for
from storage.database import UnitOfWork


def _begins(event: TelegramObject) -> bool:
    """Whether somebody may become known by it: they write to us, or add us to a group.

    A tap, a correction, a block of somebody unknown is about what was deleted, or made up: they
    must not be written down for it.
    """
    assert isinstance(event, Update)
    if event.message is not None:
        return event.message.chat.type == ChatType.PRIVATE
    changed = event.my_chat_member
    return changed is not None and changed.chat.type != ChatType.PRIVATE


class Introduce(BaseMiddleware):
    """Says who is speaking and in which language: `me`, `texts`, and `say` to answer them."""

    def __init__(self, rules: Rules, clock: Clock) -> None:
        self._rules = rules
        self._clock = clock

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        user: User | None = data.get("event_from_user")
        if user is None or user.is_bot:
            return None
        tx: UnitOfWork = data["tx"]
        now = self._clock()
        me = await tx.people.by_telegram(user.id)
        if me is None and not _begins(event):
            texts = texts_for(user.language_code, self._rules.locale)
            data["toast"].text = texts.plain("unknown-button")
            return None
        if me is None:
            me = await people.welcome(
                tx,
                telegram_id=user.id,
                name=user.full_name,
                username=user.username,
                language=user.language_code,
                rules=self._rules,
                now=now,
            )
        else:
            people.recognise(
                tx,
                person=me,
                name=user.full_name,
                username=user.username,
                language=user.language_code,
                now=now,
            )
        data["me"] = me
        data["texts"] = texts_for(me.speaks, self._rules.locale)
        data["say"] = Say(tx, me, data["cause"], now)
        return await handler(event, data)
