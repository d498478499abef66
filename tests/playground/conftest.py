from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer

from playground import Account, Telegram
from tests.session import Session

TOKEN = "42:TEST"  # noqa: S105
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x02\0\0\0"

Ask = Callable[..., Awaitable[dict[str, Any]]]


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def telegram(clock: Clock) -> AsyncIterator[Telegram]:
    telegram = Telegram(clock)
    telegram.bot(TOKEN, username="otklik_bot", name="Otklik")
    await telegram.start()
    yield telegram
    await telegram.stop()
    assert telegram.failures == []


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    session = Session(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(TOKEN, session, DefaultBotProperties(parse_mode="HTML")) as bot:
        yield bot


@pytest.fixture
async def anna(telegram: Telegram) -> Account:
    """She has pressed Start, and the bot has seen it."""
    anna = telegram.account("Anna", "en")
    await anna.starts()
    telegram.only_bot.updates.forget()
    return anna


@pytest.fixture
async def ask(telegram: Telegram) -> AsyncIterator[Ask]:
    """A call as any HTTP client makes it; the whole answer, with the status."""
    async with aiohttp.ClientSession() as http:

        async def asks(method: str, token: str = TOKEN, **params: Any) -> dict[str, Any]:
            url = f"{telegram.url}/bot{token}/{method}"
            async with http.post(url, json=params) as answer:
                body: dict[str, Any] = await answer.json()
                return body | {"status": answer.status}

        yield asks
