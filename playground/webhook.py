"""Telegram calling the bot: side by side for different chats, in order for one."""

import asyncio
from typing import Any

import aiohttp

from playground.chats import BotAccount, Raw
from playground.updates import Waiting

LONGEST_PAUSE = 60.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105


class Webhook:
    """Pushes one bot's updates; what is not answered 2xx is tried again, with growing pauses."""

    def __init__(self, bot: BotAccount, violations: list[str]) -> None:
        self._bot = bot
        self._violations = violations
        self._url = ""
        self._headers: dict[str, str] = {}
        self._max_connections = 40
        self._slots = asyncio.Semaphore(40)
        self._session: aiohttp.ClientSession | None = None
        self._lines: dict[Any, asyncio.Task[None]] = {}
        self._failure: Raw = {}
        self.first_pause = 1.0
        """The first repetition comes at once, the next after so many seconds; then doubled."""

    async def calls(self, url: str, secret: str, max_connections: int) -> None:
        await self.stop()
        self._url = self._bot.updates.webhook_url = url
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._max_connections = max_connections
        self._slots = asyncio.Semaphore(max_connections)
        self._failure = {}
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        self._bot.updates.arrived = self._arrived
        for update in list(self._bot.updates.waiting()):
            self._arrived(update)

    async def stop(self) -> None:
        self._url = self._bot.updates.webhook_url = ""
        self._bot.updates.arrived = None
        lines = list(self._lines.values())
        self._lines.clear()
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> Raw:
        updates = self._bot.updates
        info: Raw = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates.waiting()),
        }
        if self._url:
            info |= self._failure | {"max_connections": self._max_connections}
        if updates.allowed:
            info["allowed_updates"] = list(updates.allowed)
        return info

    def _arrived(self, update: Waiting) -> None:
        line = update.line
        if line not in self._lines:
            loop = asyncio.get_running_loop()
            self._lines[line] = loop.create_task(self._serve(line))

    async def _serve(self, line: Any) -> None:
        pause = 0.0
        while update := self._first(line):
            async with self._slots:
                delivered = await self._post(update)
            if delivered:
                self._bot.updates.confirm(update)
                pause = 0.0
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE) or self.first_pause
        self._lines.pop(line, None)

    def _first(self, line: Any) -> Waiting | None:
        waiting = self._bot.updates.waiting()
        return next((u for u in waiting if u.line == line), None)

    async def _post(self, update: Waiting) -> bool:
        assert self._session is not None
        try:
            async with self._session.post(
                self._url,
                json=update.body,
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(60),
            ) as answer:
                if answer.ok:
                    self._note(await answer.text(errors="replace"))
                    return True
                why = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            why = f"{type(error).__name__}"
        self._failure = {
            "last_error_date": int(self._bot.clock().timestamp()),
            "last_error_message": why,
        }
        return False

    def _note(self, body: str) -> None:
        """A bot may call a method by its answer; the playground was not taught that."""
        if '"method"' in body:
            self._violations.append(f"webhook: an answer that calls a method: {body[:200]}")
