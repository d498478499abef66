"""Webhook instead of polling: Telegram calls, we answer once it is on disk."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiohttp import web

from api.webhook import Webhook, application
from bot.contact import Contact
from bot.intake import Intake
from bot.poller import ALLOWED
from bot.settings import Settings

logger = logging.getLogger(__name__)

CONNECTIONS = 40
"""Updates Telegram brings side by side."""
LOOK_EVERY = 1.0
"""Seconds between looks whether anything still waits at Telegram after a start."""


class Listener:
    def __init__(self, bot: Bot, intake: Intake, contact: Contact, settings: Settings) -> None:
        assert settings.webhook_url is not None
        assert settings.webhook_secret is not None
        self._bot = bot
        self._intake = intake
        self._contact = contact
        self._settings = settings
        self._secret = settings.webhook_secret.get_secret_value()
        self._webhook = Webhook(self._take, self._secret)

    async def run(self) -> None:
        """Listen for ever; cancel to stop: what came is seen to, new calls are refused."""
        path = urlsplit(self._settings.webhook_url or "").path or "/"
        runner = web.AppRunner(application(self._webhook, path), access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._settings.http_host, self._settings.http_port)
            await site.start()
            async with asyncio.TaskGroup() as work:
                work.create_task(self._webhook.run())
                work.create_task(self._announce())
        finally:
            await runner.cleanup()

    async def _take(self, raws: Sequence[dict[str, Any]]) -> None:
        await self._contact.heard()
        await self._intake.take(raws)

    async def _announce(self) -> None:
        """Tell Telegram where we are; then wait until what it kept for us has come."""
        while not self._intake.drained:
            try:
                await self._bot.set_webhook(
                    self._settings.webhook_url or "",
                    secret_token=self._secret,
                    allowed_updates=ALLOWED,
                    max_connections=CONNECTIONS,
                )
                info = await self._bot.get_webhook_info()
                await self._contact.heard()
                self._intake.drained = info.pending_update_count == 0
            except TelegramAPIError as away:
                logger.warning("the webhook is not set yet: %s", type(away).__name__)
            await asyncio.sleep(LOOK_EVERY)
