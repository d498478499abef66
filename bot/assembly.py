"""The composition root: the one function that knows every concrete class."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from itertools import chain

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
from bot.dictation import Dictations
from bot.falling import FallingFigures, daily
from bot.forms import FormsInTransaction
from bot.hearing import MODELS, Ear, Whisper
from bot.intake import Intake
from bot.kpi import WeeklyPictures
from bot.lease import Speaker, SpeakerLease
from bot.metrics import CountCalls, Metrics
from bot.middlewares import Introduce
from bot.pace import Pace
from bot.poller import Poller
from bot.report import TeamPictures
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
    ear: Ear | None = None,
) -> App:
    """Everything joined. `settings.bot_token` must be there. Cards are drawn and voices heard in
    processes of their own, unless something else should `draw`, or be the `ear`."""
    rules = settings.rules()
    bot = build_bot(settings)
    bells: dict[str, Sequence[Callable[[], None]]] = {}

    def ring(news: set[str]) -> None:
        for bell in chain.from_iterable(bells[what] for what in news & bells.keys()):
            bell()

    database = Database(settings.database_url, on_news=ring, steady=steady)
    lease = SpeakerLease(database, clock)
    bot.session.middleware(CountCalls(metrics := Metrics(database, lease, clock)))
    dispatcher = build_dispatcher(rules, forms := FormsInTransaction(), clock)
    intake = Intake(bot, database, dispatcher, forms, clock, metrics, rules=rules, watch=watch)
    contact = Contact(database, clock, steady, _outage(database, rules, clock))
    sender, pace = Sender(Speaker(bot, lease), database, rules, clock), pace or Pace()
    deliverer = Deliverer(
        sender, database, lease, pace, rules, clock, metrics, steady=steady, watch=watch
    )
    draughtsman = Draughtsman()
    workshop = _workshop(settings, bot, database, draw or draughtsman.draw, rules, clock)
    ear = ear or Whisper(settings.speech_model, MODELS)
    listening = _listening(settings, bot, database, ear, rules, clock)
    timekeeper = _timekeeper(database, intake, lease, rules, clock)
    warn = _other_copy(database, rules, clock)
    poller = Poller(bot, intake, contact, lease, contested=warn, steady=steady, sleep=sleep)
    bells |= {"delivery": [deliverer.ring], "jobs": [workshop.ring, listening.ring]}
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
        listening=listening,
        ear=ear,
        draughtsman=draughtsman,
        metrics=metrics,
        ring=ring,
    )


def _timekeeper(
    database: Database, intake: Intake, lease: SpeakerLease, rules: Rules, clock: Clock
) -> Timekeeper:
    calendar = Calendar(database, appointments(rules))
    return Timekeeper(database, intake, calendar, lease, rules, clock)


def _workshop(
    settings: Settings, bot: Bot, database: Database, draw: Draw, rules: Rules, clock: Clock
) -> Workshop:
    works = menus.works(bot, database, rules)
    works |= privacy.works(bot, database, rules, clock)
    works |= WeeklyPictures(bot, database, draw, rules, clock).works()
    works |= TeamPictures(bot, database, draw, rules, clock).works()
    works |= FallingFigures(database, rules, clock).works()
    works |= Retention(database, clock, settings.keep_texts).works()
    return Workshop(database, works, clock)


def _listening(
    settings: Settings, bot: Bot, database: Database, ear: Ear, rules: Rules, clock: Clock
) -> Workshop:
    """One dictation after the other: a listener has all it needs of a core."""
    dictations = Dictations(bot, database, ear, rules, clock, settings.glossary)
    return Workshop(database, dictations.works(), clock, at_once=1)


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
    return [
        Appointment(kpi.PUSH, weekly(rules), kpi.entry(rules)),
        Appointment(kpi.REVIEW, weekly(rules), kpi.review(rules)),
        daily(rules),
        nightly(rules),
    ]


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
