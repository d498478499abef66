"""aiogram's dispatcher with nothing behind it: each update is parsed, routed, and that is all."""

from collections.abc import Sequence
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import TelegramObject, Update


class StarTap(CallbackData, prefix="stars"):
    survey_id: int
    stars: int


async def handled(_: TelegramObject) -> None:
    """What a bot would do here."""


def bare() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.message.register(handled, Command("diary"))
    dispatcher.message.register(handled, StateFilter(None))
    dispatcher.callback_query.register(handled, StarTap.filter())
    return dispatcher


async def take(dispatcher: Dispatcher, bot: Bot, raws: Sequence[dict[str, Any]]) -> None:
    for raw in raws:
        await dispatcher.feed_update(bot, Update.model_validate(raw, context={"bot": bot}))
