"""The running bot: everything joined, how it starts, serves and stops."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from aiogram import Bot, Dispatcher
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from api import watching
from bot.charts import Draughtsman
from bot.clock import WallClock
from bot.contact import Contact
from bot.delivery import Deliverer
from bot.health import Health
from bot.hearing import Ear
from bot.intake import Intake
from bot.lease import RENEW_EVERY, SpeakerLease
from bot.listener import Listener
from bot.metrics import CONTENT_TYPE, Metrics
from bot.poller import Poller
from bot.porch import watched
from bot.schedule import build_ticker, goes_on_ticking
from bot.settings import Settings
from bot.timekeeper import Timekeeper
from bot.workshop import Workshop
from desk import people
from desk.rules import Rules
from handlers.context import Clock
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.listening import listen
from storage.models import ScheduleVersion

logger = logging.getLogger(__name__)

WIND_UP = 2.5
"""Seconds that sends under way have to finish after we are told to stop."""


@dataclass(slots=True)
class App:
    """Everything joined, nothing started."""

    settings: Settings
    rules: Rules
    clock: Clock
    wall_clock: WallClock
    bot: Bot
    dispatcher: Dispatcher
    database: Database
    lease: SpeakerLease
    contact: Contact
    intake: Intake
    poller: Poller
    deliverer: Deliverer
    timekeeper: Timekeeper
    workshop: Workshop
    listening: Workshop
    """Where dictations are listened to, one after the other: nothing else waits for them."""
    ear: Ear
    draughtsman: Draughtsman
    metrics: Metrics
    ring: Callable[[set[str]], None]
    """Wakes whoever has something to do, by name."""

    async def prepare(self) -> str | None:
        """What a start does before anything else; the setup link while there is no supervisor.

        Errors: what aiogram raises when the server or the token is wrong; DatabaseFailed.
        """
        me = await self.bot.me()
        self.dispatcher["bot_username"] = me.username
        now, secret = self.clock(), None

        async def settle(tx: UnitOfWork) -> None:
            nonlocal secret
            await people.settle_roles(tx, rules=self.rules, now=now)
            team = await tx.teams.lock()
            team.bot_username = me.username
            if team.started_at is None:
                team.started_at = now
            await self._keep_schedule(tx, now)
            secret = await people.setup_secret(tx, rules=self.rules, now=now)
            tx.jobs.ask("menu", now, person_id=None)

        await self.database.written(settle)
        return None if secret is None else f"https://t.me/{me.username}?start=setup-{secret}"

    async def _keep_schedule(self, tx: UnitOfWork, now: datetime) -> None:
        """A figure of last month is counted in last month's working hours."""
        settings = self.settings
        ours = (settings.working_hours, settings.holidays, str(settings.timezone))
        known = await tx.teams.schedules()
        if not known or (known[-1].hours, known[-1].holidays, known[-1].zone) != ours:
            hours, holidays, zone = ours
            tx.teams.keep_schedule(
                ScheduleVersion(since=now, hours=hours, holidays=holidays, zone=zone)
            )

    async def settle(self) -> int:
        """Until nothing is left to do at this moment; how much it was.

        For tests and tools, which move the clock themselves; `run` is for everybody else.
        """
        total = 0
        while True:
            await self.lease.renew()
            done = 0
            if self.settings.webhook_url is None:
                done += await self.poller.poll()
            done += await self.timekeeper.tick()
            done += await self.deliverer.deliver_due()
            done += await self.workshop.do_due()
            done += await self.listening.do_due()
            await self.intake.toasts_sent()
            total += done
            if not done:
                return total

    async def run(self, *, listens: bool = True) -> None:
        """Serve for ever; cancel to stop. What was begun is finished, and the lease given back.

        `listens`: on HTTP_HOST:HTTP_PORT, unless something of ours does already.
        """
        ticker = build_ticker(self.timekeeper.tick)
        ticker.start()
        try:
            async with asyncio.TaskGroup() as work:
                work.create_task(self._keep_lease())
                work.create_task(self._mind_the_clock(ticker))
                work.create_task(self.updates())
                if listens and self.settings.webhook_url is None:
                    work.create_task(watched(self.watching(), self.settings))
                work.create_task(self.deliverer.run())
                work.create_task(self.workshop.run())
                work.create_task(self.listening.run())
                if not self.database.is_sqlite:
                    work.create_task(listen(self.database.url, self.ring))
        finally:
            ticker.shutdown(wait=False)
            await self._wind_up()

    async def updates(self) -> None:
        """Take them for ever, as the settings say: Telegram calls us, or we ask Telegram."""
        if self.settings.webhook_url is None:
            await self.poller.run()
        else:
            await Listener(
                self.bot,
                self.intake,
                self.contact,
                self.settings,
                beside=self.watching(),
                may_speak=lambda: self.lease.held,
            ).run()

    def watching(self) -> list[web.RouteDef]:
        """What those who watch the program ask over HTTP."""
        health = Health(self.database, self.lease, self.clock)
        return watching.routes(health.troubles, self.metrics.scrape, CONTENT_TYPE)

    async def _keep_lease(self) -> None:
        held = True
        while True:
            with suppress(DatabaseFailed):  # which says nothing of others
                was, held = held, await self.lease.renew()
                if was and not held:
                    logger.warning("another process speaks for the bot; waiting for it to end")
            await asyncio.sleep(RENEW_EVERY)

    async def _mind_the_clock(self, ticker: AsyncIOScheduler) -> None:
        """Whoever set the clock back must not have made all that waits wait for so much longer."""
        while True:
            if moved := self.wall_clock.was_set_by():
                logger.warning("the clock was set by %+.0f s", moved)
                goes_on_ticking(ticker)
                await self._written_at_another_time()
            await asyncio.sleep(RENEW_EVERY)

    async def _written_at_another_time(self) -> None:
        while True:
            with suppress(DatabaseFailed):
                async with self.database.writing() as tx:
                    await tx.hurry(self.clock())
                return
            await asyncio.sleep(RENEW_EVERY)

    async def _wind_up(self) -> None:
        """Done before the lease ends that nobody renews any more: then others would send, too."""
        await self.deliverer.finish(within=WIND_UP)
        await self.intake.toasts_sent(within=WIND_UP / 6)
        try:
            await self.contact.note()
            await self.lease.release()
        except DatabaseFailed as failed:
            logger.warning("stopped without the last notes: %s", failed)

    async def close(self) -> None:
        await self.draughtsman.close()
        await self.ear.close()
        await self.bot.session.close()
        await self.database.close()
