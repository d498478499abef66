"""What a monitoring system may know: numbers, and never a name or a word of anybody."""

import asyncio
from collections.abc import Mapping

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.clock import monotonic
from bot.lease import NAME, SpeakerLease
from handlers.context import Clock
from storage.database import Database, DatabaseFailed
from storage.models import Urgency
from storage.standing import Standing

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
ASK_EVERY = 1.0
"""Seconds: however often somebody scrapes, the database is asked no more than that."""
MOMENTS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
DELAYS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200)


disable_created_metrics()  # type: ignore[no-untyped-call]
"""When a counter began tells nobody anything, and doubles the lines."""


class Metrics:
    """Of one process. Counters grow where things happen, in memory alone; how things stand is
    asked of the database when somebody looks."""

    def __init__(self, database: Database, lease: SpeakerLease, clock: Clock) -> None:
        self._database = database
        self._lease = lease
        self._clock = clock
        self._asked = float("-inf")
        self._asking = asyncio.Lock()
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._updates = Counter(
            "otklik_updates", "Updates whose effects are saved.", ["kind"], registry=registry
        )
        self._intake = Histogram(
            "otklik_intake_seconds",
            "From an update's coming to the commit of its effects.",
            buckets=MOMENTS,
            registry=registry,
        )
        self._delivery = Histogram(
            "otklik_delivery_seconds",
            "From the commit that wants something said to Telegram's OK.",
            ["priority"],
            buckets=DELAYS,
            registry=registry,
        )
        self._undelivered = Counter(
            "otklik_undelivered",
            "What will never arrive: blocked, deleted, refused, or cannot be made.",
            registry=registry,
        )
        self._calls = Counter(
            "otklik_telegram_calls",
            "Calls of the Bot API, by what became of them.",
            ["method", "outcome"],
            registry=registry,
        )
        self._gauges = _Gauges(registry)
        for urgency in Urgency:
            self._delivery.labels(urgency.name.lower())

    def handled(self, kind: str, seconds: float) -> None:
        self._updates.labels(kind).inc()
        self._intake.observe(seconds)

    def delivered(self, urgency: int, seconds: float) -> None:
        self._delivery.labels(Urgency(urgency).name.lower()).observe(max(0.0, seconds))

    def undelivered(self) -> None:
        self._undelivered.inc()

    def called(self, method: str, outcome: str) -> None:
        self._calls.labels(method, outcome).inc()

    async def scrape(self) -> bytes:
        """Everything, in Prometheus' text format."""
        async with self._asking:
            if monotonic() - self._asked >= ASK_EVERY:
                await self._ask()
                self._asked = monotonic()
        return generate_latest(self._registry)

    async def _ask(self) -> None:
        self._gauges.lease.set(self._lease.held)
        now = self._clock()
        try:
            async with self._database.reading() as tx:
                standing = await tx.standing.now(now, NAME)
        except DatabaseFailed:
            self._gauges.database.set(0)  # the other gauges stay as they were last known
            return
        self._gauges.database.set(1)
        self._gauges.show(standing, now.timestamp())


class _Gauges:
    """How things stand in the database: the same in each process that shares it."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def gauge(name: str, told: str, *labels: str) -> Gauge:
            return Gauge(f"otklik_{name}", told, labels, registry=registry)

        self.database = gauge("database_up", "Whether the database could be read.")
        self.lease = gauge("lease_held", "Whether this process is the one that speaks.")
        self._queue = gauge("queue", "What is to be sent.", "priority")
        self._cards = gauge("cards_changed", "Shown messages that have changed since.")
        self._stalled = gauge("updates_stalled", "Updates that failed and will be tried again.")
        self._jobs = gauge("jobs_waiting", "Jobs to be done, or being done.")
        self._late = gauge("timers_late", "Timers that should have rung.")
        self._lateness = gauge("timers_lateness_seconds", "How late the latest of them is.")
        self._parked = gauge("parked", "Given up after several tries; see `doctor`.", "what")
        self._alerts = gauge("alerts_open", "Alerts nobody has done yet.")
        self._alert_age = gauge("alerts_oldest_seconds", "Age of the oldest of them.")
        self._heard = gauge(
            "telegram_heard_timestamp_seconds", "When Telegram was last heard; to half a minute."
        )

    def show(self, standing: Standing, now: float) -> None:
        for urgency, waiting in standing.queue.items():
            self._queue.labels(urgency.name.lower()).set(waiting)
        parked: Mapping[str, int] = {
            "updates": standing.parked_updates,
            "jobs": standing.parked_jobs,
            "timers": standing.parked_timers,
        }
        for what, count in parked.items():
            self._parked.labels(what).set(count)
        self._cards.set(standing.cards)
        self._stalled.set(standing.stalled)
        self._jobs.set(standing.jobs)
        self._late.set(standing.timers_late)
        self._alerts.set(standing.alerts)
        for gauge, since in (
            (self._lateness, standing.timer_due_at),
            (self._alert_age, standing.alert_raised_at),
        ):
            gauge.set(0 if since is None else max(0.0, now - since.timestamp()))
        if standing.heard_at is not None:
            self._heard.set(standing.heard_at.timestamp())


class CountCalls(BaseRequestMiddleware):
    """What became of each call of the Bot API."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        outcome = "error"
        try:
            answer = await make_request(bot, method)
            outcome = "ok"
        except Exception as no:
            outcome = _outcome(no)
            raise
        finally:
            self._metrics.called(method.__api_method__, outcome)
        return answer


def _outcome(no: Exception) -> str:
    match no:
        case TelegramRetryAfter():
            return "429"
        case TelegramEntityTooLarge():
            return "refused"
        case TelegramNetworkError():
            return "network"
        case TelegramServerError() | ClientDecodeError():
            return "server"
        case TelegramAPIError():
            return "refused"
        case _:
            return "error"
