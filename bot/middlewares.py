from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, User

from desk import people
from desk.rules import Rules
from handlers.context import Clock, Say
from i18n import texts_for
from storage.database import UnitOfWork


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
