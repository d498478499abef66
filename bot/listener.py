"""Webhook instead of polling: Telegram calls, we answer once it is on disk."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import WebhookInfo
from aiohttp import web

from api.webhook import Webhook
from bot.clock import monotonic
from bot.contact import Contact
from bot.incoming import ASKED_FOR
from bot.intake import Intake
from bot.porch import listening
from bot.settings import Settings
from storage.database import DatabaseFailed
from storage.lasting import Lasting

logger = logging.getLogger(__name__)

CONNECTIONS = 40
"""Updates Telegram brings side by side."""
LOOK_EVERY = 1.0
"""Seconds between looks at what Telegram still keeps for us, until it keeps nothing."""
LOOK_WHILE_CALM = 10.0
"""Seconds between looks then."""


class Listener:
    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        contact: Contact,
        settings: Settings,
        *,
        beside: Sequence[web.RouteDef] = (),
        may_speak: Callable[[], bool] = lambda: True,
    ) -> None:
        assert settings.webhook_url is not None
        assert settings.webhook_secret is not None
        self._bot = bot
        self._intake = intake
        self._contact = contact
        self._settings = settings
        self._beside = beside
        self._may_speak = may_speak
        self._url = settings.webhook_url
        self._secret = settings.webhook_secret.get_secret_value()
        self._webhook = Webhook(intake.take_called, self._secret, monotonic)
        self._unknown = Lasting(logger, "whether Telegram reaches us is not known", monotonic)
        self._announced = False
        self._last_error: datetime | None = None
        self._troubled_at = monotonic()

    async def run(self) -> None:
        """Listen for ever; cancel to stop: what was begun is seen to, the rest is refused.

        Errors: CannotListen.
        """
        path = urlsplit(self._url).path or "/"
        routes = [web.post(path, self._webhook.handle), *self._beside]
        async with listening(routes, self._settings), asyncio.TaskGroup() as work:
            work.create_task(self._webhook.run())
            work.create_task(self._keep_in_touch())

    async def _keep_in_touch(self) -> None:
        """Have Telegram call us, for ever, and know whether it can."""
        while True:
            if self._may_speak():
                await self._look()
            else:
                self._intake.drained = False
            await asyncio.sleep(LOOK_WHILE_CALM if self._intake.drained else LOOK_EVERY)

    async def _look(self) -> None:
        reached = False
        try:
            info = await self._bot.get_webhook_info()
            self._unknown.gone()
            if not self._announced or info.url != self._url:
                info = await self._announce()
            reached = self._reaches_us(info)
            self._intake.drained = reached
            if reached:  # that updates come does not say that all do
                await self._contact.heard()
        except (TelegramAPIError, ClientDecodeError, DatabaseFailed) as away:
            self._intake.drained = False
            if not isinstance(away, DatabaseFailed):
                self._unknown.met(type(away).__name__)

    async def _announce(self) -> WebhookInfo:
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=list(ASKED_FOR),
            max_connections=CONNECTIONS,
        )
        self._announced = True
        return await self._bot.get_webhook_info()

    def _reaches_us(self, info: WebhookInfo) -> bool:
        """Whether nothing waits, or no more than what is being brought to us at the moment."""
        if info.last_error_date != self._last_error:
            self._last_error, self._troubled_at = info.last_error_date, monotonic()
        calm = monotonic() - self._troubled_at >= LOOK_WHILE_CALM
        waiting = info.pending_update_count
        return waiting == 0 or (calm and waiting <= CONNECTIONS)
