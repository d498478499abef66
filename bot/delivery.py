"""Makes people see what they should: at once, in order, and again after a crash."""

import asyncio
import logging
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

import aiohttp
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.clock import monotonic
from bot.lease import LeaseEnded, SpeakerLease
from bot.metrics import Metrics
from bot.pace import Pace
from bot.sending import Sender, Sent, Superseded, Write
from bot.watch import Watch, nobody_watches
from desk import conversations, people
from desk.rules import Rules
from handlers.context import Clock
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.lasting import Lasting
from storage.models import Card, Delivery, DeliveryKind, Person, Urgency

logger = logging.getLogger(__name__)

AT_ONCE = 30
"""Sends under way together."""
BESIDE_URGENT = 2
"""Of these for what is not of the first urgency, while there is something that is."""
IN_A_LINE = 10
"""Cards of the first urgency that go to one person before we look again."""
LOOK_EVERY = 1.0
"""Seconds: what another process left, or a retry that fell due, is found this late at most."""
LONGEST_PAUSE = 60
"""Seconds between tries of what may pass."""
BROKEN_AFTER = 5
"""Tries of what our own error keeps from being sent."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something a person should see now: a first sending, or a card that changed."""

    what: Delivery | Card
    to: Person

    @property
    def urgency(self) -> int:
        return self.what.urgency

    @property
    def is_ours(self) -> bool:
        """Not a person's words that are passed on."""
        return isinstance(self.what, Card) or self.what.kind not in RELAYED

    @property
    def order(self) -> tuple[int, bool, int]:
        return self.what.urgency, isinstance(self.what, Card), self.what.id


class Deliverer:
    def __init__(
        self,
        sender: Sender,
        database: Database,
        lease: SpeakerLease,
        pace: Pace,
        rules: Rules,
        clock: Clock,
        metrics: Metrics,
        *,
        steady: Callable[[], float] = monotonic,
        watch: Watch = nobody_watches,
    ) -> None:
        self._sender = sender
        self._database = database
        self._lease = lease
        self._pace = pace
        self._rules = rules
        self._clock = clock
        self._metrics = metrics
        self._steady = steady
        self._watch = watch
        self._broken = Lasting(logger, "nothing can be delivered", steady)
        self._refusing = Lasting(logger, "Telegram does not take what is sent", steady)
        self._rung = asyncio.Event()
        self._under_way: dict[int, asyncio.Task[None]] = {}
        """By person: a chat's messages go one after another."""
        self._lesser: set[int] = set()
        """Of these people, who is sent something that is not of the first urgency."""
        self._notes: list[tuple[Write, asyncio.Future[None]]] = []
        self._noting = False

    def ring(self) -> None:
        """Somebody should see something new."""
        self._rung.set()

    async def run(self) -> None:
        """Deliver for ever; cancel to stop, what is under way is finished by `finish`."""
        while True:
            self._rung.clear()
            pause = await self._start_what_can()
            try:
                async with asyncio.timeout(min(pause, LOOK_EVERY)):
                    await self._rung.wait()
            except TimeoutError:
                pass

    async def finish(self, within: float | None = None) -> None:
        """Until what was begun is sent and noted; after `within` seconds the rest is cut off."""
        ends = None if within is None else monotonic() + within
        while self._under_way:
            left = None if ends is None else max(0.0, ends - monotonic())
            done, rest = await asyncio.wait(set(self._under_way.values()), timeout=left)
            if not done:
                logger.warning("%s deliveries are cut off", len(rest))
                for task in rest:
                    task.cancel()
                await asyncio.wait(rest)

    async def deliver_due(self) -> int:
        """Deliver whatever can be now; how much that was."""
        done = 0
        while True:
            self._rung.clear()
            await self._start_what_can()
            if not self._under_way and not self._rung.is_set():
                return done  # what ended while we looked would have rung
            done += len(self._under_way)
            await self.finish()

    async def _start_what_can(self) -> float:
        """Begin what may be sent; for how many seconds nothing else can be."""
        if not self._lease.held or len(self._under_way) >= AT_ONCE:
            return LOOK_EVERY  # whoever is done rings
        # Asked before we look: what is under way now may seem unsettled and be sent by then.
        shut = self._under_way.keys() | self._pace.refused_now(self._steady())
        try:
            due = await self._claim(shut)
        except DatabaseFailed:
            return LOOK_EVERY
        except Exception as ours:  # noqa: BLE001 - said once in the log, and tried again
            self._broken.met(type(ours).__name__, ours)
            return LOOK_EVERY
        self._broken.gone()
        now, pause = self._steady(), LOOK_EVERY
        for line in sorted(due, key=lambda line: line[0].order):
            item, person = line[0], line[0].to.id
            if person in self._under_way or len(self._under_way) >= AT_ONCE:
                continue
            is_lesser = item.urgency > Urgency.NOW
            if is_lesser and self._is_urgent and len(self._lesser) >= BESIDE_URGENT:
                continue  # whoever is done rings
            opens = self._pace.opens(person, item.urgency, now)
            if opens > now:
                pause = min(pause, opens - now)
                continue
            self._pace.sent(person, item.urgency, now)
            self._under_way[person] = task = asyncio.ensure_future(self._send_line(line))
            if is_lesser:
                self._lesser.add(person)
            task.add_done_callback(lambda _, person=person: self._over(person))  # type: ignore[misc]
        return pause

    @property
    def _is_urgent(self) -> bool:
        """Something of the first urgency is under way, so that the rest takes its time."""
        return len(self._under_way) > len(self._lesser)

    async def _send_line(self, line: Sequence[Due]) -> None:
        """One after another; if one must wait, so must those behind it."""
        for place, due in enumerate(line):
            if place:
                now = self._steady()
                if not self._lease.held or self._pace.opens(due.to.id, due.urgency, now) > now:
                    return
                self._pace.sent(due.to.id, due.urgency, now)
            if not await self._attempt(due):
                return

    def _over(self, person_id: int) -> None:
        task = self._under_way.pop(person_id)
        was_lesser = person_id in self._lesser
        self._lesser.discard(person_id)
        if task.cancelled():
            return
        if task.exception() is None:
            if not (was_lesser and self._is_urgent):  # then who is urgent rings
                self.ring()
        else:  # it is still due, and found with the next look: no sooner
            logger.error("a delivery failed unexpectedly", exc_info=task.exception())

    async def _claim(self, shut: Set[int]) -> list[list[Due]]:
        """What is due to others than `shut`, if the lease is ours in the same breath: to each
        what goes first, with what may follow it at once."""
        now = self._clock()
        async with self._database.reading() as tx:
            if not await self._lease.is_ours(tx):
                return []
            heads = await tx.deliveries.heads(now, 2 * AT_ONCE, besides=shut)
            edits = await tx.cards.to_edit(now, 2 * AT_ONCE, besides=shut)
            found: list[list[Delivery | Card]] = [[card] for card in edits]
            for head in heads:
                behind: Sequence[Delivery] = []
                if _is_urgent_card(head):
                    behind = await tx.deliveries.after(head, now, IN_A_LINE - 1)
                found.append([head, *takewhile(_is_urgent_card, behind)])
            readers = await tx.people.some({line[0].person_id for line in found})
        return [[Due(item, readers[item.person_id]) for item in line] for line in found]

    async def _attempt(self, due: Due) -> bool:
        """One try, and what it came to; our own mistakes end here, or would come at once again.

        Whether it is over, and not to be tried again.
        """
        try:
            return await self._try(due)
        except DatabaseFailed as failed:  # it only reads before it sends: nothing was sent
            logger.debug("delivery %s waits for the database: %s", due.what.id, failed)
            await self._postpone(due, LOOK_EVERY, "the database failed")
        except Exception as ours:
            logger.exception("%s %s cannot be sent", type(due.what).__name__, due.what.id)
            if due.what.attempts + 1 >= BROKEN_AFTER:
                await self._never(due, f"cannot be made: {type(ours).__name__}")
                return True
            await self._postpone(due, LONGEST_PAUSE / 2, type(ours).__name__)
        return False

    async def _try(self, due: Due) -> bool:
        """Each way Telegram can say no has its own consequence."""
        await self._watch("before send")
        try:
            sent = await self._make_true(due)
        except Superseded:
            await self._settle(due, Sent())
        except LeaseEnded:
            await self._leave(due)
            return False
        except TelegramRetryAfter as busy:
            self._pace.refused(due.to.id, busy.retry_after, self._steady())
            self._refusing.met(type(busy).__name__)
            await self._postpone(due, busy.retry_after, "asked to wait")
            return False
        except TelegramForbiddenError as blocked:
            await self._never(due, blocked.message, reachable=False)
        except (TelegramBadRequest, TelegramNotFound, TelegramEntityTooLarge) as refused:
            await self._never(due, refused.message, reachable=not _no_chat(refused.message))
        except (TelegramServerError, ClientDecodeError, TelegramAPIError) as passing:
            return await self._perhaps_later(due, passing)
        else:
            self._refusing.gone()
            await self._watch("after send")
            await self._settle(due, sent)
        return True

    async def _make_true(self, due: Due) -> Sent:
        if due.to.telegram_id is None:
            raise Superseded  # deleted their data: there is nobody to send it to
        if isinstance(due.what, Card):
            return await self._sender.edit(due.what, due.to)
        if due.urgency >= Urgency.BULK:
            await self._begin_once(due.what)
        return await self._sender.send(due.what, due.to)

    async def _begin_once(self, delivery: Delivery) -> None:
        """Bulk is not repeated: whether an earlier try that was cut off arrived, nobody knows."""
        first = False

        async def begin(tx: UnitOfWork) -> None:
            nonlocal first
            first = await tx.deliveries.begin(delivery.id)

        await self._note(begin)
        if not first:
            raise Superseded

    async def _leave(self, due: Due) -> None:
        """Whoever holds the lease now finds it as we did."""
        logger.warning("delivery %s is left to another process", due.what.id)
        if isinstance(due.what, Delivery) and due.urgency >= Urgency.BULK:
            number = due.what.id
            await self._note(lambda tx: tx.deliveries.not_begun(number))

    async def _perhaps_later(self, due: Due, passing: Exception) -> bool:
        self._refusing.met(type(passing).__name__)
        if due.urgency >= Urgency.BULK and _may_have_arrived(passing):
            await self._never(due, "cut off: it may have arrived")
            return True
        pause = min(LONGEST_PAUSE, 2 ** min(due.what.attempts, 10))
        await self._postpone(due, pause, type(passing).__name__)
        return False

    async def _settle(self, due: Due, sent: Sent) -> None:
        what, now = due.what, self._clock()
        twice = False

        async def over(tx: UnitOfWork) -> None:
            nonlocal twice
            if isinstance(what, Delivery):
                first = sent.message_ids[0] if sent.message_ids else None
                if not await tx.deliveries.settle(what.id, now, message_id=first):
                    other = await tx.deliveries.message_of(what.id)
                    twice = other is not None and other not in sent.message_ids
                if what.kind is DeliveryKind.CARD and not sent.message_ids:
                    await tx.cards.never_came(what, "there was nothing to show")
            else:
                message_id, digest = sent.card or (what.message_id, what.shown)
                await tx.cards.shown(what, message_id=message_id, digest=digest)

        async def follows(tx: UnitOfWork) -> None:
            if twice:
                _take_back(tx, due, sent, now)
                return
            if what.subject and sent.message_ids and due.is_ours:
                await tx.sent.note(due.to.id, sent.message_ids, what.subject, now)
            if sent.write is not None:
                await sent.write(tx)

        if isinstance(what, Delivery) and sent.message_ids:
            self._metrics.delivered(what.urgency, (now - what.made_at).total_seconds())
        await self._conclude(due, over, follows)

    async def _never(self, due: Due, why: str, *, reachable: bool = True) -> None:
        """It cannot arrive: noted, and whoever must know hears of it."""
        what, now = due.what, self._clock()
        self._metrics.undelivered()
        logger.warning("%s %s will not arrive: %s", type(what).__name__, what.id, why)

        async def over(tx: UnitOfWork) -> None:
            if isinstance(what, Card):
                await tx.cards.shown(what, message_id=None, digest=None, failure=why)
            else:
                await tx.deliveries.settle(what.id, now, failure=why)
                if what.kind is DeliveryKind.CARD:
                    await tx.cards.never_came(what, why)

        async def follows(tx: UnitOfWork) -> None:
            if not reachable:
                person = await tx.people.one(due.to.id)
                await people.became_unreachable(tx, person=person, rules=self._rules, now=now)
            if isinstance(what, Delivery) and what.kind in RELAYED:
                await conversations.undelivered(
                    tx,
                    message_id=what.content["message_id"],
                    reader_left=not reachable,
                    rules=self._rules,
                    now=now,
                )

        await self._conclude(due, over, follows)

    async def _conclude(self, due: Due, over: Write, follows: Write) -> None:
        """It is over, and this follows; where what follows fails, it is over all the same."""

        async def both(tx: UnitOfWork) -> None:
            await over(tx)
            await follows(tx)

        try:
            await self._note(both)
        except Exception:
            logger.exception("what follows from %s %s fails", type(due.what).__name__, due.what.id)
            await self._note(over)

    async def _postpone(self, due: Due, seconds: float, why: str) -> None:
        what, until = due.what, self._clock() + timedelta(seconds=seconds)

        async def write(tx: UnitOfWork) -> None:
            if isinstance(what, Card):
                await tx.cards.postpone(what, until, why)
            else:
                await tx.deliveries.postpone(what.id, until, why)

        await self._note(write)

    async def _note(self, write: Write) -> None:
        """Write it down, in one transaction with what others note at the same moment."""
        written = asyncio.get_running_loop().create_future()
        self._notes.append((write, written))
        if not self._noting:
            self._noting = True
            try:
                while self._notes:
                    batch, self._notes = self._notes, []
                    await self._write_notes(batch)
            finally:
                self._noting = False
        await written

    async def _write_notes(self, batch: list[tuple[Write, asyncio.Future[None]]]) -> None:
        async def write_all(tx: UnitOfWork) -> None:
            for write, _ in batch:
                await write(tx)

        try:
            await self._database.written(write_all)
        except DatabaseFailed as failed:  # it is sent; that it is must be written, sooner or later
            logger.debug("what was sent cannot be noted yet: %s", failed)
            await asyncio.sleep(LOOK_EVERY)
            self._notes = batch + self._notes
            return
        except Exception as error:  # noqa: BLE001 - told to whoever waits for the note
            if len(batch) > 1:
                for one in batch:
                    await self._write_notes([one])
                return
            batch[0][1].set_exception(error)
            return
        for _, written in batch:
            written.set_result(None)


def _take_back(tx: UnitOfWork, due: Due, sent: Sent, now: datetime) -> None:
    """While Telegram's OK was on its way to us, another process sent the same: one is enough."""
    for number in sent.message_ids:
        tx.deliveries.remove(due.to.id, number, now, Urgency(due.urgency))


def _is_urgent_card(item: Delivery) -> bool:
    """An alert, say. What it shows is read when it goes out, however long it stood in line."""
    return item.kind is DeliveryKind.CARD and item.urgency == Urgency.NOW


RELAYED = (DeliveryKind.RELAY, DeliveryKind.RELAY_EDIT, DeliveryKind.RELAY_UNDO)


def _no_chat(words: str) -> bool:
    return any(no in words for no in ("chat not found", "user not found", "PEER_ID_INVALID"))


def _may_have_arrived(passing: Exception) -> bool:
    """Whether the call may have taken effect although no answer came."""
    if isinstance(passing, TelegramNetworkError):
        return not isinstance(passing.__cause__, aiohttp.ClientConnectorError)
    return isinstance(passing, ClientDecodeError)
