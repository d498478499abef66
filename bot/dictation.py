"""The job "listen": a voice is fetched from Telegram and made text of, in a process of its own."""

import asyncio
import hashlib
import logging
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNotFound,
)

from bot.hearing import LANGUAGES, CannotHear, Ear, Heard, NoModel, NoSound, TooLong
from bot.workshop import Effect, Work
from desk import diary_dictation as dictation
from desk import messages
from desk.diary_steps import Hint
from desk.messages import LISTEN
from desk.rules import Rules
from handlers.context import Clock
from i18n import texts_for
from storage.database import Database, UnitOfWork
from storage.models import Person

logger = logging.getLogger(__name__)

LATE_HOLDS = 2_000
"""Characters of what was heard too late that are shown."""
WHY: Mapping[type[Exception], Hint] = {
    CannotHear: Hint.VOICE,
    NoSound: Hint.BROKEN,
    TooLong: Hint.LONG,
}
"""What the writer is told."""
TYPING_EVERY = 4.0
"""Seconds: Telegram shows "typing…" for five."""


class Dictations:
    """One voice after the other, in the order they came."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        ear: Ear,
        rules: Rules,
        clock: Clock,
        glossary: str = "",
    ) -> None:
        """`glossary`: names the team says that are in no dictionary."""
        self._bot = bot
        self._database = database
        self._ear = ear
        self._rules = rules
        self._clock = clock
        self._glossary = glossary

    def works(self) -> dict[str, Work]:
        return {LISTEN: self.listen}

    async def listen(self, about: Mapping[str, Any]) -> Effect | None:
        """An operator's dictation, or what a customer said."""
        if "message" in about:
            return await self._said(about)
        number: int = about["draft"]
        async with self._database.reading() as tx:
            draft = await tx.drafts.get(number)
            writer = None if draft is None else await tx.people.one(draft.writer_id)
        if writer is None or writer.telegram_id is None:
            return None  # thrown away, or deleted their data
        async with self._typing(writer.telegram_id):
            try:
                outcome = await self._heard(about["file"], about["language"])
            except NoModel:
                async with self._database.writing() as tx:
                    await self._told(number, Hint.LATER)(tx)
                raise
        if isinstance(outcome, Hint):
            return self._told(number, outcome)
        if outcome.language not in LANGUAGES:
            return self._told(number, Hint.FOREIGN)
        if not outcome.text:
            return self._told(number, Hint.SILENT)
        return self._put(number, writer, outcome.text)

    async def _said(self, about: Mapping[str, Any]) -> Effect | None:
        """A customer's voice: what cannot be made out is listened to by who answers."""
        number: int = about["message"]
        outcome = await self._heard(about["file"], about["language"])
        if isinstance(outcome, Hint) or not outcome.text:
            return None
        text = outcome.text

        async def put(tx: UnitOfWork) -> None:
            await messages.heard(tx, message_id=number, text=text, now=self._clock())

        return put

    async def _heard(self, file_id: str, language: str | None) -> Heard | Hint:
        """Errors: NoModel, and what Telegram cannot do for now; both are tried again."""
        if not self._rules.dictation:
            return Hint.VOICE
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sound"
            try:
                file = await self._bot.get_file(file_id)
                if file.file_path is None:
                    return Hint.BROKEN
                await self._bot.download_file(file.file_path, path)
                spoken = language if language in LANGUAGES else None
                return await self._ear.hear(path, spoken, self._glossary)
            except (CannotHear, NoSound, TooLong) as why:
                logger.warning("a voice is not heard: %s %s", type(why).__name__, why)
                return WHY[type(why)]
            except (TelegramBadRequest, TelegramNotFound) as refused:
                return Hint.LONG if "too big" in refused.message else Hint.BROKEN

    @asynccontextmanager
    async def _typing(self, chat: int) -> AsyncIterator[None]:
        """Whoever waits sees that somebody listens."""

        async def show() -> None:
            while True:
                with suppress(TelegramAPIError, ClientDecodeError):
                    await self._bot.send_chat_action(chat, "typing")
                await asyncio.sleep(TYPING_EVERY)

        showing = asyncio.ensure_future(show())
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.wait([showing])

    def _put(self, number: int, writer: Person, text: str) -> Effect:
        async def put(tx: UnitOfWork) -> None:
            now = self._clock()
            if await dictation.heard(tx, draft_id=number, text=text, rules=self._rules, now=now):
                return
            texts = texts_for(writer.speaks, self._rules.locale)
            words = texts("diary-heard-late", words=texts.quote(text, LATE_HOLDS))
            tx.deliveries.say(f"heard:{number}:{_digest(text)}", writer.id, words, now)

        return put

    def _told(self, number: int, why: Hint) -> Effect:
        async def tell(tx: UnitOfWork) -> None:
            await dictation.not_heard(tx, draft_id=number, why=why, now=self._clock())

        return tell


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
