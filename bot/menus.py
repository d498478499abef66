"""The menu of commands: everybody sees their own, in their language. And groups are left."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.workshop import Work
from desk.rules import Rules
from handlers.rights import MENU, commands_of
from i18n import LANGUAGES, texts_for
from storage.database import Database
from storage.models import Person, Role


def works(bot: Bot, database: Database, rules: Rules) -> dict[str, Work]:
    """The jobs "menu" (of a person; of everybody else when there is none) and "leave"."""

    async def menu(about: Mapping[str, Any]) -> None:
        if about["person_id"] is None:
            await _set_default_menus(bot, rules.locale)
            return
        async with database.reading() as tx:
            person = await tx.people.get(about["person_id"])
        if person is not None and person.telegram_id is not None:
            await _set_menu(bot, person, person.telegram_id, rules.locale)

    async def leave(about: Mapping[str, Any]) -> None:
        await _leave(bot, about["chat_id"], about["html"])

    return {"menu": menu, "leave": leave}


async def _set_default_menus(bot: Bot, locale: str) -> None:
    """What customers see, by the language of their Telegram; `locale` is for all others."""
    scope = BotCommandScopeAllPrivateChats()
    names = MENU[Role.CUSTOMER]
    await bot.set_my_commands(_commands(names, locale), scope=scope)
    for language in LANGUAGES:
        await bot.set_my_commands(_commands(names, language), scope=scope, language_code=language)


async def _set_menu(bot: Bot, person: Person, chat_id: int, locale: str) -> None:
    """Whoever the default fits has none of their own."""
    scope = BotCommandScopeChat(chat_id=chat_id)
    try:
        if person.language is None and not person.may(Role.OPERATOR):
            await bot.delete_my_commands(scope=scope)
        else:
            language = texts_for(person.speaks, locale).language
            await bot.set_my_commands(_commands(commands_of(person), language), scope=scope)
    except (TelegramBadRequest, TelegramForbiddenError):
        return  # no chat with them, or none any more: their next /start asks again


async def _leave(bot: Bot, chat_id: int, html: str) -> None:
    """Say why, as far as we may there, and go."""
    with suppress(TelegramBadRequest, TelegramForbiddenError):  # not allowed to write there
        await bot.send_message(chat_id, html)
    with suppress(TelegramBadRequest, TelegramForbiddenError):  # thrown out already
        await bot.leave_chat(chat_id)


def _commands(names: Sequence[str], language: str) -> list[BotCommand]:
    texts = texts_for(language)
    return [BotCommand(command=name, description=texts.plain(f"command-{name}")) for name in names]
