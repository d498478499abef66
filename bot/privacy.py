"""Jobs of /privacy: everything about somebody as a file, the last words to who has gone."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BotCommandScopeChat

from bot.workshop import Effect, Work
from desk import privacy
from desk.rules import Rules
from desk.spreadsheet import as_csv
from handlers.context import Clock
from i18n import texts_for
from storage.database import Database, UnitOfWork
from storage.models import Urgency

FILE = "otklik.zip"
MESSAGES = ("sent_at", "author_id", "kind", "text")


def works(bot: Bot, database: Database, rules: Rules, clock: Clock) -> dict[str, Work]:
    """The jobs "my-data", "farewell" and "scour"."""

    async def my_data(about: Mapping[str, Any]) -> Effect | None:
        number = about["person_id"]
        async with database.reading() as tx:
            person = await tx.people.get(number)
            if person is None or person.deleted_at is not None:
                return None
            everything = await privacy.about(tx, person)
        packed = as_zip(everything)
        caption = texts_for(person.speaks, rules.locale)("privacy-file")

        async def send(tx: UnitOfWork) -> None:
            key, now = f"my-data:{number}:{clock().timestamp():.0f}", clock()
            tx.deliveries.say(
                key, number, caption, now, urgency=Urgency.SOON, file=packed, file_name=FILE
            )

        return send

    async def farewell(about: Mapping[str, Any]) -> Effect:
        """They may have blocked the bot meanwhile: then there is nothing to say."""
        chat = about["chat_id"]
        with suppress(TelegramBadRequest, TelegramForbiddenError):
            await bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=chat))
        with suppress(TelegramBadRequest, TelegramForbiddenError):
            await bot.send_message(chat, about["html"])

        async def then(tx: UnitOfWork) -> None:
            tx.jobs.ask("scour", clock())

        return then

    async def scour(_: Mapping[str, Any]) -> None:
        await database.scour()

    return {"my-data": my_data, "farewell": farewell, "scour": scour}


def as_zip(everything: Mapping[str, Any]) -> bytes:
    """All of it for programs, and the messages for a spreadsheet."""
    names: Mapping[int, str] = everything["names"]
    rows = [
        [message["sent_at"], names.get(message["author_id"], ""), *_said(message)]
        for message in everything.get("messages", ())
    ]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(
            "everything.json",
            json.dumps(everything, default=_plain, ensure_ascii=False, indent=1),
        )
        folder.writestr("messages.csv", as_csv(MESSAGES, rows))
    return packed.getvalue()


def _said(message: Mapping[str, Any]) -> Sequence[str]:
    return [message["kind"].value, message["text"]]


def _plain(value: Any) -> Any:
    """What JSON has no word for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)
