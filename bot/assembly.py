"""The composition root: the one function that knows every concrete class."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import LinkPreviewOptions

from bot import clock as clocks
from bot import kpi, menus, privacy
from bot.app import App
from bot.charts import Draughtsman, Draw
from bot.contact import Contact, Outage
from bot.delivery import Deliverer
from bot.forms import FormsInTransaction
from bot.intake import Intake
from bot.kpi import WeeklyPictures
from bot.lease import Speaker, SpeakerLease
from bot.metrics import CountCalls, Metrics
from bot.middlewares import Introduce
from bot.pace import Pace
from bot.poller import Poller
from bot.retention import Retention, nightly
from bot.schedule import Appointment, Calendar, weekly
from bot.sending import Sender
from bot.settings import Settings
from bot.timekeeper import Timekeeper
from bot.watch import Watch, nobody_watches
from bot.workshop import Workshop
from desk.rules import Rules
from handlers import outage, routers
from handlers.context import Clock
from handlers.diary_form import BackToWriting
from handlers.haste import HoldPace
from handlers.refusals import RefusalsInWords
from handlers.rights import HoldRights
from storage.database import Database, UnitOfWork


def build_app(
    settings: Settings,
    *,
    clock: Clock = clocks.utc_now,
    steady: Callable[[], float] = clocks.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    pace: Pace | None = None,
    watch: Watch = nobody_watches,
    draw: Draw | None = None,
) -> App:
    """Everything joined. `settings.bot_token` must be there. Cards are drawn in a
    process of their own, unless something else should `draw`."""
    rules = settings.rules()
    bot = build_bot(settings)
    bells: dict[str, Callable[[], None]] = {}

    def ring(news: set[str]) -> None:
        for what in news & bells.keys():
            bells[what]()

    database = Database(settings.database_url, on_news=ring, steady=steady)
    lease = SpeakerLease(database, clock)
    metrics = Metrics(database, lease, clock)
    bot.session.middleware(CountCalls(metrics))
    forms = FormsInTransaction()
    dispatcher = build_dispatcher(rules, forms, clock)
    intake = Intake(bot, database, dispatcher, forms, clock, metrics, rules=rules, watch=watch)
    contact = Contact(database, clock, steady, _outage(database, rules, clock))
    sender = Sender(Speaker(bot, lease), database, rules, clock)
    deliverer = Deliverer(
        sender, database, lease, pace or Pace(), rules, clock, metrics, steady=steady, watch=watch
    )
    draughtsman = Draughtsman()
    workshop = _workshop(settings, bot, database, draw or draughtsman.draw, rules, clock)
    calendar = Calendar(database, appointments(rules))
    timekeeper = Timekeeper(database, intake, calendar, lease, rules, clock)
    warn = _other_copy(database, rules, clock)
    poller = Poller(bot, intake, contact, lease, contested=warn, steady=steady, sleep=sleep)
    bells |= {"delivery": deliverer.ring, "jobs": workshop.ring}
    return App(
        settings=settings,
        rules=rules,
        clock=clock,
        wall_clock=clocks.WallClock(clock, steady),
        bot=bot,
        dispatcher=dispatcher,
        database=database,
        lease=lease,
        contact=contact,
        intake=intake,
        poller=poller,
        deliverer=deliverer,
        timekeeper=timekeeper,
        workshop=workshop,
        draughtsman=draughtsman,
        metrics=metrics,
        ring=ring,
    )


def _workshop(
    settings: Settings, bot: Bot, database: Database, draw: Draw, rules: Rules, clock: Clock
) -> Workshop:
    works = menus.works(bot, database, rules)
    works |= privacy.works(bot, database, rules, clock)
    works |= WeeklyPictures(bot, database, draw, rules, clock).works()
    works |= Retention(database, clock, settings.keep_texts).works()
    return Workshop(database, works, clock)


def _other_copy(database: Database, rules: Rules, clock: Clock) -> Callable[[], Awaitable[None]]:
    async def contested() -> None:
        async with database.writing() as tx:
            await outage.tell_of_another_copy(tx, rules=rules, now=clock())

    return contested


def _outage(database: Database, rules: Rules, clock: Clock) -> Outage:
    async def away(since: datetime, until: datetime) -> None:
        async def tell(tx: UnitOfWork) -> None:
            team = await tx.teams.lock()
            if team.contact_at is not None and since < team.contact_at <= until:
                return  # another process was faster
            await outage.tell(tx, since=since, until=until, rules=rules, now=clock())
            team.contact_at = until

        await database.written(tell)

    return away


def appointments(rules: Rules) -> list[Appointment]:
    return [Appointment(kpi.PUSH, weekly(rules), kpi.entry(rules)), nightly(rules)]


def build_bot(settings: Settings) -> Bot:
    assert settings.bot_token is not None
    server = TelegramAPIServer.from_base(settings.bot_api_url)
    return Bot(
        settings.bot_token.get_secret_value(),
        session=AiohttpSession(api=server),
        default=DefaultBotProperties(
            parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True)
        ),
    )


def build_dispatcher(rules: Rules, forms: FormsInTransaction, clock: Clock) -> Dispatcher:
    """What every update passes through, in order."""
    dispatcher = Dispatcher(storage=forms, rules=rules, clock=clock)
    dispatcher.update.outer_middleware(Introduce(rules, clock))
    pace = HoldPace(rules.customer_rate)
    for asked in (dispatcher.callback_query, dispatcher.message):
        asked.outer_middleware(BackToWriting())
        asked.outer_middleware(RefusalsInWords())
        asked.outer_middleware(pace)
        asked.outer_middleware(HoldRights())
    dispatcher.include_routers(*routers())
    return dispatcher
