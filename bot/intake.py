"""From updates to their effects on disk: a batch is a transaction."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError

from bot.clock import monotonic
from bot.forms import FormsInTransaction, form_key
from bot.incoming import NO_CHAT, Answer, Incoming
from bot.metrics import Metrics
from bot.watch import Watch, nobody_watches
from desk.rules import Rules
from handlers.context import Clock, Toast
from i18n import texts_for
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.models import StalledUpdate

logger = logging.getLogger(__name__)

CUT = 0.020
"""Seconds of work after which a batch is committed, so nobody waits long for strangers."""
CUT_AT_MOST = 5
"""Times as long it is when a commit takes so long that this would be all we do."""
LEAST = 10
"""Updates that are read ahead for, however few the last batch came to."""

TRY_AGAIN = (30, 90, 180, 300)
"""Seconds between the five tries of an update that fails: ten minutes in all."""


class UnreadableUpdate(Exception):
    """Our types reject it; perhaps those of a newer version will not."""


@dataclass(slots=True)
class _Slice:
    """One transaction's share of a batch."""

    taken: int = 0
    fresh: list[Incoming] = field(default_factory=list)
    """Those that nobody had handled before."""
    toasts: list[Answer] = field(default_factory=list)
    seconds: float = 0.0
    """What the updates themselves took."""


class Intake:
    def __init__(
        self,
        bot: Bot,
        database: Database,
        dispatcher: Dispatcher,
        forms: FormsInTransaction,
        clock: Clock,
        metrics: Metrics,
        *,
        rules: Rules,
        cut: float = CUT,
        watch: Watch = nobody_watches,
    ) -> None:
        self._bot = bot
        self._database = database
        self._dispatcher = dispatcher
        self._forms = forms
        self._clock = clock
        self._rules = rules
        self._metrics = metrics
        self._cut = cut
        self._watch = watch
        """Hears where a batch is; the kill tests stop the process at such a point."""
        self._beside = 0.0
        """Seconds the last batch took besides its updates: for reading ahead and the commit."""
        self._reach = LEAST
        """Updates that are read ahead for: twice what the last batch came to."""
        self._answering: set[asyncio.Task[None]] = set()
        self.drained = False
        """Nothing waits at Telegram that came before now: timers may ring."""

    async def take(self, raws: Sequence[dict[str, Any]]) -> None:
        """Handle updates that came just now, in order. When this returns, Telegram may forget
        them.

        Errors: DatabaseFailed, with some or none of them handled; take them again later.
        """
        await self.take_called(raws, [monotonic()] * len(raws))

    async def take_called(self, raws: Sequence[dict[str, Any]], came: Sequence[float]) -> None:
        """The same, for updates that waited; `came`: since when each did, by the clock that only
        grows."""
        batch = [Incoming.read(*one, self._bot) for one in zip(raws, came, strict=True)]
        while batch:
            taken = await self._slice(batch[: self._reach])
            await asyncio.sleep(0)  # an alert goes first, and then the next updates
            self._reach = max(LEAST, 2 * taken)
            batch = batch[taken:]
        await self._watch("after commit")

    async def _slice(self, batch: Sequence[Incoming]) -> int:
        """Handle the first few together; how many that were."""
        done = _Slice()
        try:
            await self._together(batch, done)
        except DatabaseFailed:
            raise  # nobody's update: Telegram keeps them, and we come again
        except Exception:  # noqa: BLE001 - which one it is shows when each runs alone
            done.taken = min(done.taken + 1, len(batch))
            for one in batch[: done.taken]:
                await self._alone(one)
            return done.taken
        self._saved(done)
        return done.taken

    async def _together(self, batch: Sequence[Incoming], done: _Slice) -> None:
        """All or nothing: a failure undoes the whole slice. `done.taken` tells how far it came."""

        async def handle(tx: UnitOfWork) -> None:
            done.taken, done.fresh, done.toasts = 0, [], []
            await self._handle_all(tx, batch, done)

        began = monotonic()
        await self._database.written(handle)
        self._beside = monotonic() - began - done.seconds

    async def _handle_all(self, tx: UnitOfWork, batch: Sequence[Incoming], done: _Slice) -> None:
        chats = {one.chat for one in batch}
        await tx.lock_chats(sorted(chats))
        chats -= {NO_CHAT}
        bot_id, ids = self._bot.id, [one.update_id for one in batch]
        handled = await tx.updates.handled_among(bot_id, ids)
        stalled = await tx.stalled.chats_among(chats)
        await tx.people.read_ahead(chats)
        await tx.forms.read_ahead([form_key(bot_id, chat) for chat in chats])
        began = monotonic()
        until = began + max(self._cut, min(self._beside, CUT_AT_MOST * self._cut))
        for one in batch:
            if one.update_id in handled:
                done.toasts += one.tap()  # we may have stopped before it was answered
            else:
                if one.chat in stalled or one.update is None:
                    await self._stall(tx, one, one.error, tries=int(one.update is None))
                    stalled |= {one.chat} - {NO_CHAT}
                    done.toasts += one.tap()
                else:
                    await self._handle(tx, one, done.toasts)
                tx.updates.handled(bot_id, one.update_id, self._clock())
                handled.add(one.update_id)
                done.fresh.append(one)
            done.taken += 1
            if monotonic() >= until:
                break
        done.seconds = monotonic() - began
        await tx.flush()
        await self._watch("before commit")

    async def _handle(self, tx: UnitOfWork, one: Incoming, toasts: list[Answer]) -> None:
        if one.update is None:
            raise UnreadableUpdate(one.error)
        toast = Toast()
        cause = f"update:{self._bot.id}:{one.update_id}"
        with self._forms.within(tx):
            await self._dispatcher.feed_update(
                self._bot, one.update, tx=tx, toast=toast, cause=cause
            )
        if one.update.callback_query is not None:
            toasts.append((one.update.callback_query.id, toast))

    async def _alone(self, one: Incoming) -> None:
        """In a transaction of its own, so that its failure is only its own."""
        done = _Slice()
        try:
            await self._together([one], done)
        except DatabaseFailed:
            raise
        except Exception as error:
            logger.exception("update %s fails and will be tried again", one.update_id)
            async with self._database.writing() as tx:
                await tx.lock_chats([one.chat])
                if await tx.updates.handled_among(self._bot.id, [one.update_id]):
                    return  # another process was faster
                await self._stall(tx, one, type(error).__name__, tries=1)
                tx.updates.handled(self._bot.id, one.update_id, self._clock())
            self._saved(_Slice(1, [one], one.tap()))
        else:
            self._saved(done)

    def _saved(self, done: _Slice) -> None:
        now = monotonic()
        for one in done.fresh:
            self._metrics.handled(one.kind, now - one.came)
        self._answer(done.toasts)

    async def _stall(
        self, tx: UnitOfWork, one: Incoming, error: str | None, *, tries: int
    ) -> None:
        """Keep the update as it came: it failed, or waits behind one of its chat that did."""
        now = self._clock()
        if one.error is not None:  # what a handler raised is told where it was caught
            logger.error("update %s is kept to be tried again: %s", one.update_id, one.error)
        wait = TRY_AGAIN[0] if tries else 0
        await tx.stalled.add(
            StalledUpdate(
                bot_id=self._bot.id,
                update_id=one.update_id,
                chat=one.chat,
                raw=one.to_keep(),
                error=error,
                tries=tries,
                due_at=now + timedelta(seconds=wait),
                came_at=now,
            )
        )

    async def retry_stalled(self) -> int:
        """Try what failed again, each chat from its first; how many were tried."""
        tried = 0
        while due := await self._stalled_due():
            for stalled in due:
                await self._retry(stalled.id, Incoming.read(stalled.raw, monotonic(), self._bot))
            tried += len(due)
        return tried

    async def _stalled_due(self) -> Sequence[StalledUpdate]:
        async with self._database.reading() as tx:
            return await tx.stalled.due(self._clock())

    async def _retry(self, stalled_id: int, one: Incoming) -> None:
        toasts: list[Answer] = []
        try:
            async with self._database.writing() as tx:
                await tx.lock_chats([one.chat])
                stalled = await tx.stalled.lock(stalled_id)
                if stalled is None or stalled.due_at is None or stalled.due_at > self._clock():
                    return  # another process was faster
                await self._handle(tx, one, toasts)
                await tx.stalled.done(stalled)
        except DatabaseFailed:
            raise
        except Exception as error:  # noqa: BLE001 - told when it failed first, and when it is parked
            logger.debug("update %s fails again: %s", one.update_id, type(error).__name__)
            async with self._database.writing() as tx:
                await self._failed_again(tx, stalled_id, one, type(error).__name__)
        else:
            logger.info("update %s, kept since it failed, is handled", one.update_id)
            self._answer(toasts)

    async def _failed_again(
        self, tx: UnitOfWork, stalled_id: int, one: Incoming, error: str
    ) -> None:
        """Later, until five tries are over; then it is parked and its chat goes on."""
        stalled = await tx.stalled.lock(stalled_id)
        if stalled is None:
            return
        now = self._clock()
        stalled.tries += 1
        stalled.error = one.error or error
        if stalled.tries <= len(TRY_AGAIN):
            stalled.due_at = now + timedelta(seconds=TRY_AGAIN[stalled.tries - 1])
            return
        stalled.due_at, stalled.parked_at = None, now
        logger.error("update %s is parked after %s tries", one.update_id, stalled.tries)
        person = await tx.people.by_telegram(one.chat)
        if person is not None:
            words = texts_for(person.speaks, self._rules.locale)("update-kept")
            tx.deliveries.say(f"parked:{stalled.id}", person.id, words, now)

    def _answer(self, toasts: Sequence[Answer]) -> None:
        """Taps get their toast at once; one that comes too late is nobody's loss."""
        for query_id, toast in toasts:
            task = asyncio.ensure_future(self._toast(query_id, toast))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _toast(self, query_id: str, toast: Toast) -> None:
        try:
            await self._bot.answer_callback_query(
                query_id, text=toast.text, show_alert=toast.alert or None
            )
        except (TelegramAPIError, ClientDecodeError) as late:
            logger.debug("tap %s not answered: %s", query_id, type(late).__name__)

    async def toasts_sent(self, within: float | None = None) -> None:
        """Until every tap so far has its answer, or `within` seconds are over."""
        while self._answering:
            done, late = await asyncio.wait(set(self._answering), timeout=within)
            if not done:
                for task in late:
                    task.cancel()
                return
