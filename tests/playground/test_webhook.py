import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiohttp import web

from playground import Account, Telegram
from tests.playground.conftest import TOKEN


class Hook:
    """A bot's own server: notes what comes, answers as it was told to."""

    def __init__(self) -> None:
        self.url = self.says = ""
        self.came: list[str] = []
        self.secrets: set[str | None] = set()
        self.statuses: list[int] = []
        self.pause = asyncio.Event()
        self.pause.set()
        self.rang = asyncio.Event()
        self.at_once = self.most_at_once = 0

    async def called(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.came.append(update["message"]["text"])
        self.rang.set()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.pause.wait()
        self.at_once -= 1
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200, text=self.says)

    async def hears(self, number: int) -> None:
        async with asyncio.timeout(5):
            while len(self.came) < number:
                self.rang.clear()
                await self.rang.wait()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.called)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_what_waited_and_what_comes_is_pushed_with_the_secret(
    bot: Bot, telegram: Telegram, anna: Account, hook: Hook
) -> None:
    await anna.types("1")
    await bot.set_webhook(hook.url, secret_token="s-1")
    await anna.types("2")
    await hook.hears(2)
    assert (hook.came, hook.secrets) == (["1", "2"], {"s-1"})
    await asyncio.sleep(0.02)
    assert telegram.pending(TOKEN) == 0


async def test_what_is_refused_comes_again_and_holds_back_its_own_chat_only(
    bot: Bot, telegram: Telegram, anna: Account, hook: Hook
) -> None:
    boris = telegram.account("Boris")
    telegram.webhook(telegram.only_bot).first_pause = 0.05
    hook.statuses = [500, 500]
    await bot.set_webhook(hook.url)
    await anna.types("a1")
    await anna.types("a2")
    await hook.hears(2)
    await boris.types("b1")
    await hook.hears(5)
    assert hook.came[:2] == ["a1", "a1"]
    assert hook.came.index("b1") < hook.came.index("a2")
    assert [text for text in hook.came if text != "b1"] == ["a1", "a1", "a1", "a2"]
    info = await bot.get_webhook_info()
    assert info.last_error_message == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )


async def test_side_by_side_up_to_max_connections(
    bot: Bot, telegram: Telegram, hook: Hook
) -> None:
    hook.pause.clear()
    await bot.set_webhook(hook.url, max_connections=3)
    for number in range(6):
        await telegram.account(f"Person {number}").types("hello")
    await hook.hears(3)
    await asyncio.sleep(0.05)
    assert hook.at_once == 3
    hook.pause.set()
    await hook.hears(6)
    assert hook.most_at_once == 3


async def test_one_chat_comes_in_order(bot: Bot, anna: Account, hook: Hook) -> None:
    hook.pause.clear()
    await bot.set_webhook(hook.url)
    for number in range(5):
        await anna.types(str(number))
    await asyncio.sleep(0.05)
    assert hook.came == ["0"]
    hook.pause.set()
    await hook.hears(5)
    assert hook.came == ["0", "1", "2", "3", "4"]


async def test_nobody_listens(bot: Bot, telegram: Telegram, anna: Account) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await anna.types("hello")
    await asyncio.sleep(0.05)
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1, "nothing is lost on the way back to polling"


async def test_a_method_called_by_an_answer_is_not_taught(
    bot: Bot, telegram: Telegram, anna: Account, hook: Hook
) -> None:
    hook.says = '{"method": "sendMessage", "chat_id": 5, "text": "x"}'
    await bot.set_webhook(hook.url)
    await anna.types("hello")
    await hook.hears(1)
    await asyncio.sleep(0.05)
    [said] = telegram.violations
    assert said.startswith("webhook: an answer that calls a method")
