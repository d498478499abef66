"""Four processes on one PostgreSQL behind one webhook: a kill every moment, and now and then the
one that speaks is frozen past the end of its lease and woken again.

`TEST_KILLS=60 TEST_KILL_EVERY=1` makes it a minute.
"""

import asyncio
import contextlib
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest

from handlers.callbacks import (
    TakeTap,
)
from playground.people import Account
from tests.conftest import TOKEN
from tests.faults.conftest import Opens, Town, until
from tests.faults.fleet import Fleet, fleet_of

PROCESSES = 4
KILLS = int(os.environ.get("TEST_KILLS", "16"))
EVERY = float(os.environ.get("TEST_KILL_EVERY", "0.6"))
"""Seconds between kills."""
FREEZE_EACH = 10
"""So many kills later the one that speaks is frozen."""
PAIRS = 4
TAKERS = 2
"""Operators who answer whoever is new."""
RATING = 4
NEWCOMERS = 10
WAITING = 60
"""Updates that wait at Telegram all the time."""
UNDONE = "SELECT count(*) FROM jobs WHERE due_at IS NOT NULL"


@pytest.fixture
async def town(opens: Opens, postgres_url: str) -> AsyncIterator[Town]:
    town = await opens(postgres_url, pairs=PAIRS + TAKERS, rating=RATING, supervisors=1)
    yield town
    town.must_be_empty()
    assert list(town.telegram.violations) == []


async def test_a_kill_every_moment(
    town: Town, record_property: Callable[[str, object], None]
) -> None:
    async with fleet_of(town, PROCESSES) as fleet:
        day = Day(town, fleet)
        await fleet.starts()
        await day.of_messages_and_taps()
        await day.of_late_replies()
        await day.of_weekly_charts()
        await fleet.stops()
        record_property("report", await day.report())


async def test_one_of_four_is_told_to_stop(town: Town) -> None:
    """An upgrade: requests under way are finished, another speaks at once, nobody notices."""
    async with fleet_of(town, PROCESSES) as fleet:
        await fleet.starts()

        async def all_answer() -> bool:
            await town.traffic.goes_on(WAITING)
            return len({port for port, _ in fleet.proxy.answers}) == PROCESSES

        await until(all_answer)
        port = await fleet.speaker()
        assert port is not None
        await town.traffic.goes_on(WAITING)
        stopped = fleet.bots.pop(port)
        await stopped.stop()
        await town.traffic.goes_on(WAITING)
        await until(lambda: _is_another(fleet, stopped.pid))
        assert {status for at, status in fleet.proxy.answers if at == port} <= {200, 503}
        await town.nothing_is_lost()
        await fleet.stops()


async def test_polling_is_for_one_of_two(town: Town) -> None:
    """Another one goes on when the first is frozen, which does no harm when it is woken."""
    first = await town.starts()
    async with fleet_of(town, 0) as fleet:
        await until(lambda: _is_holder(fleet, first.pid))
        await town.traffic.more(40)
        await town.settled()
        os.kill(first.pid, signal.SIGSTOP)
        await town.traffic.more(40)
        second = await town.starts()
        await until(lambda: _is_holder(fleet, second.pid))
        await town.settled()
        os.kill(first.pid, signal.SIGCONT)
        await town.traffic.more(40)
        await town.nothing_is_lost(repeated=PAIRS + TAKERS)
        await first.stop()
        await second.stop()
        assert await fleet.holder() == 0


async def _is_holder(fleet: Fleet, pid: int) -> bool:
    return await fleet.holder() == pid


async def _is_another(fleet: Fleet, pid: int) -> bool:
    return await fleet.holder() not in (0, pid)


class Day:
    """What people do meanwhile, and what must have come of it."""

    def __init__(self, town: Town, fleet: Fleet) -> None:
        self.town = town
        self.fleet = fleet
        self.traffic = town.traffic
        self.takers = self.traffic.operators[PAIRS:]
        del self.traffic.customers[PAIRS:]
        self.newcomers: list[Account] = []
        self.repeated = 0
        self.charts = 0

    async def of_messages_and_taps(self) -> None:
        """Everybody writes and taps: who talks already, who rates, and who is new."""
        async with asyncio.TaskGroup() as people:
            going_on = people.create_task(self._go_on())
            await self._strike(KILLS)
            going_on.cancel()
        for rater, survey_id in self.traffic.raters:
            await self.traffic.rates(rater, survey_id, 1)
        await self._strike(2)
        await self._over()
        await self.traffic.records(self.town.url)
        await self._new_ones_are_welcome()
        await self._each_bad_rating_is_an_alert()
        repeated = self.traffic.screens()
        assert max(repeated.values()) <= self.fleet.struck, "more than the message in flight"
        self.repeated = repeated.total()

    async def of_late_replies(self) -> None:
        """Nobody answers for so long that everything rings."""
        for customer, operator in zip(
            self.traffic.customers, self.traffic.operators, strict=False
        ):
            await self.traffic.writes(customer, operator)
        await self._over()
        for _ in range(2):  # of the first nudges ring, of the second late replies
            self.town.hands.jumps(minutes=4, seconds=10)
            await self._strike(2)
        await until(self._nothing_is_due)
        await self._over()
        waits = await self._one("SELECT count(*) FROM waits WHERE ended_at IS NULL AND overdue")
        assert waits >= PAIRS
        assert waits == await self._one("SELECT count(*) FROM alerts WHERE kind = 'overdue'")
        again = "SELECT count(*) FROM cards WHERE showing > 1 AND subject LIKE 'nudge:%'"
        assert await self._one(again) == 0

    async def of_weekly_charts(self) -> None:
        """The week is over: the calendar fills one slot, and everybody gets one chart."""
        self.town.hands.jumps(days=7)
        await until(lambda: self._is("SELECT count(*) >= 1 FROM slots WHERE name = 'weekly-kpi'"))
        await self._strike(3)
        while not await self._all_drawn():
            self.town.hands.jumps(minutes=2)  # what a process that was killed had begun falls due
        await self._over()
        staff = [*self.traffic.operators, *self.traffic.supervisors]
        got = Counter({one.id: sum(bool(shown.photo) for shown in one.received) for one in staff})
        assert max(got.values()) <= 2  # a supervisor's own, if any, and the team's
        assert all(got[one.id] <= 1 for one in self.traffic.operators)
        pushed = await self._one("SELECT count(*) FROM kpi_pushes")
        assert pushed == len(staff)
        self.charts = got.total()
        assert self.charts >= len(staff) - self.fleet.kills  # one may have been begun and not sent
        assert await self._one("SELECT count(*) FROM slots WHERE name = 'weekly-kpi'") == 1

    async def report(self) -> str:
        fleet, proxy = self.fleet, self.fleet.proxy
        slowest = max(fleet.taken_over, default=0.0)
        deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        return (
            f"{PROCESSES} processes, {fleet.kills} kills, {fleet.freezes} frozen and woken:"
            f" {self.traffic.said} messages, {self.traffic.taps.total()} taps,"
            f" {len(self.newcomers)} new people; none lost, none twice, {self.repeated} messages"
            f" in flight sent again; {proxy.cut.total()} requests cut; another spoke within"
            f" {slowest:.1f} s; {self.charts} charts;"
            f" {await self._one(deadlocks)} deadlocks"
        )

    async def _go_on(self) -> None:
        while True:
            await self.traffic.goes_on(WAITING)
            if len(self.newcomers) < min(self.fleet.kills, NEWCOMERS):
                await self._somebody_new()
            await asyncio.sleep(0.1)

    async def _somebody_new(self) -> None:
        """Two messages are one conversation; all who can take it tap at once, and one has it."""
        new = self.town.telegram.account(f"New {len(self.newcomers)}", "en")
        self.newcomers.append(new)
        for words in ("Good day", "Where is my order?"):
            await new.types(words)
        for number in await self.fleet.database.fetch(
            "SELECT id FROM conversations WHERE state = 'waiting' ORDER BY id DESC LIMIT 2"
        ):
            for taker in self.takers:
                await taker.taps_data(TakeTap(conversation_id=number["id"]).pack())

    async def _strike(self, times: int) -> None:
        for _ in range(times):
            await asyncio.sleep(EVERY)
            if self.fleet.kills % FREEZE_EACH == FREEZE_EACH // 2:
                await self.fleet.freezes_speaker()
            await self.fleet.kills_one()
        await self.fleet.all_awake()

    async def _over(self) -> None:
        try:
            await self.town.settled()
        except TimeoutError:
            raise AssertionError(await self._what_waits()) from None

    async def _what_waits(self) -> str:
        """For whoever reads that it has not settled."""
        unsent = await self.fleet.database.fetch(
            "SELECT kind, urgency, person_id, due_at, attempts, begun, failure FROM deliveries"
            " WHERE due_at IS NOT NULL ORDER BY id LIMIT 10"
        )
        lease = await self.fleet.database.fetch("SELECT *, clock_timestamp() FROM leases")
        locks = await self.fleet.database.fetch(
            "SELECT pid, state, now() - xact_start AS age, wait_event, left(query, 60) AS query"
            " FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
        )
        logs = [bot.log[-600:] for bot in self.fleet.bots.values()]
        waiting = self.town.telegram.pending(TOKEN)
        return f"{waiting} at Telegram; {unsent}; {lease}; {locks}; {logs}"

    async def _new_ones_are_welcome(self) -> None:
        ids = [new.id for new in self.newcomers]
        rows = await self.fleet.database.fetch(
            "SELECT telegram_id, count(DISTINCT c.id) AS conversations, count(m.id) AS messages,"
            " array_agg(m.text ORDER BY m.id) AS texts"
            " FROM people p JOIN conversations c ON c.customer_id = p.id"
            " JOIN messages m ON m.conversation_id = c.id AND m.from_customer"
            " WHERE telegram_id = ANY($1) GROUP BY telegram_id",
            ids,
        )
        assert {row["telegram_id"] for row in rows} == set(ids)
        for row in rows:
            assert (row["conversations"], row["messages"]) == (1, 2)
            assert row["texts"] == ["Good day", "Where is my order?"]
        taken = "SELECT max(n) FROM (SELECT count(*) AS n FROM conversation_events"
        taken += " WHERE kind = 'taken' GROUP BY conversation_id) counted"
        assert await self._one(taken) == 1

    async def _each_bad_rating_is_an_alert(self) -> None:
        assert await self._one("SELECT count(*) FROM alerts WHERE kind = 'rating'") == RATING
        for supervisor in self.traffic.supervisors:
            shown = Counter(
                words.splitlines()[0]
                for one in supervisor.screen
                if "Rating 1 of 5" in (words := one.words)
            )
            assert len(shown) == RATING

    async def _all_drawn(self) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(20):
                while await self._one(UNDONE):  # noqa: ASYNC110 - in other processes
                    await asyncio.sleep(0.2)
                return True
        return False

    async def _nothing_is_due(self) -> bool:
        now = self.town.hands.now()
        due = await self.fleet.database.fetchval(
            "SELECT count(*) FROM timers WHERE due_at <= $1", now
        )
        return not due

    async def _is(self, statement: str) -> bool:
        return bool(await self._one(statement))

    async def _one(self, statement: str) -> int:
        return int(await self.fleet.database.fetchval(statement))
