"""Batches, failures kept apart, and order within a chat."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from storage.conversations import Conversations
from storage.database import DatabaseFailed, UnitOfWork
from storage.models import Message, StalledUpdate
from tests.conftest import TOKEN, Desk

KEPT = "Your message could not be handled just now. It is kept, and we will look into it."


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Messages with one of these texts fail after they have changed something."""
    words: set[str] = set()
    add = UnitOfWork.__init__

    def watched(self: UnitOfWork, *given: Any) -> None:
        add(self, *given)
        save = self.messages.add

        async def save_and_fail(row: Any) -> Any:
            saved = await save(row)
            if row.text in words:
                raise ZeroDivisionError
            return saved

        self.messages.add = save_and_fail  # type: ignore[method-assign]

    monkeypatch.setattr(UnitOfWork, "__init__", watched)
    return words


ANOTHERS = "of somebody else"


async def texts(desk: Desk) -> list[str]:
    """What was saved, in order, without what the other customer wrote."""
    async with desk.database.reading() as tx:
        ours = select(Message.text).where(Message.text != ANOTHERS).order_by(Message.id)
        return list(await tx._session.scalars(ours))


async def test_a_batch_is_one_transaction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, boris = desk.customer("Anna"), desk.customer("Boris")
    writing, opened = desk.database.writing, []

    def counted() -> Any:
        opened.append(1)
        return writing()

    desk.running.intake._cut = 60.0
    async with desk.together():
        await anna.types("one")
        await boris.types("two")
        await anna.types("three")
    with desk.telegram.held():
        await anna.types("four")
        await boris.types("five")
    monkeypatch.setattr(desk.database, "writing", counted)
    assert await desk.running.poller.poll() == 2
    assert len(opened) == 1


async def test_a_long_batch_is_cut(desk: Desk) -> None:
    anna = desk.customer("Anna")
    desk.running.intake._cut = 0.0
    async with desk.together():
        for n in range(5):
            await anna.types(str(n))
    assert await texts(desk) == ["0", "1", "2", "3", "4"]


async def test_the_same_update_twice_is_once(desk: Desk) -> None:
    anna = desk.customer("Anna")
    seen: list[dict[str, Any]] = []
    take = desk.running.intake.take

    async def twice(raws: Any) -> None:
        seen.extend(raws)
        await take([*raws, *raws])
        await take(raws)

    desk.running.intake.take = twice  # type: ignore[method-assign]
    await anna.types("Once")
    await desk.restarts()
    await desk.running.intake.take(seen)
    assert seen
    assert await texts(desk) == ["Once"]


async def test_one_that_fails_is_undone_alone_and_its_chat_waits_behind_it(
    desk: Desk, failing: set[str]
) -> None:
    anna, boris = desk.customer("Anna"), desk.customer("Boris")
    failing.add("bad")
    async with desk.together():
        await anna.types("good")
        await anna.types("bad")
        await anna.types("after")
        await boris.types(ANOTHERS)
    assert await texts(desk) == ["good"]
    assert boris.received

    failing.clear()
    await desk.passes(timedelta(seconds=30))
    assert await texts(desk) == ["good", "bad", "after"]


async def test_after_five_tries_it_is_parked_and_the_person_is_told(
    desk: Desk, failing: set[str]
) -> None:
    anna = desk.customer("Anna")
    await anna.types("good")
    failing.add("bad")
    await anna.types("bad")
    await anna.types("after")
    await desk.passes(timedelta(minutes=9))
    assert await texts(desk) == ["good"]

    await desk.passes(timedelta(minutes=2))
    assert await texts(desk) == ["good", "after"]
    assert KEPT in anna.finds(KEPT).words
    async with desk.database.reading() as tx:
        assert await tx.stalled.parked() == 1
    desk.parked = 1


async def test_what_failed_survives_a_restart(desk: Desk, failing: set[str]) -> None:
    anna = desk.customer("Anna")
    failing.add("bad")
    await anna.types("bad")
    failing.clear()
    await desk.restarts()
    await desk.passes(timedelta(minutes=1))
    assert await texts(desk) == ["bad"]


async def test_an_update_our_types_reject_stops_nobody(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), desk.customer("Boris")
    await anna.types("hello")
    with desk.telegram.held():
        desk.telegram.only_bot.updates.push_unchecked(
            "message", anna.id, {"from": {"id": anna.id}, "text": "of a shape we do not know"}
        )
        await anna.types("after")
        await boris.types(ANOTHERS)
    await desk.settles()
    assert await texts(desk) == ["hello"]
    assert boris.received

    await desk.passes(timedelta(minutes=11))
    assert await texts(desk) == ["hello", "after"]
    desk.parked = 1


@pytest.mark.parametrize("moment", ["in a rule", "at the commit"])
async def test_a_database_that_fails_is_nobodys_update(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    anna = desk.customer("Anna")
    with desk.telegram.held():
        await anna.types("first")
        await anna.types("second")

    async def full(*_: Any, **__: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    target, name = (
        (Conversations, "open_of") if moment == "in a rule" else (UnitOfWork, "announce")
    )
    with monkeypatch.context() as broken:
        broken.setattr(target, name, full)
        with pytest.raises(DatabaseFailed, match="disk is full"):
            await desk.running.poller.poll()
    assert desk.telegram.pending(TOKEN) == 2

    await desk.settles()
    assert await texts(desk) == ["first", "second"]
    async with desk.database.reading() as tx:
        assert await tx.stalled.next_due() is None


async def test_who_is_told_to_stop_finishes_the_batch(desk: Desk) -> None:
    anna = desk.customer("Anna")
    with desk.telegram.held():
        await anna.types("whole")
    take, begun = desk.running.intake.take, asyncio.Event()

    async def slowly(raws: Any) -> None:
        begun.set()
        await asyncio.sleep(0)
        await take(raws)

    desk.running.intake.take = slowly  # type: ignore[method-assign]
    poll = asyncio.ensure_future(desk.running.poller.poll())
    await begun.wait()
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    assert await texts(desk) == ["whole"]


async def test_updates_of_no_chat_do_not_wait_for_each_other(desk: Desk) -> None:
    with desk.telegram.held():
        for n in range(2):
            desk.telegram.only_bot.updates.push_unchecked("message", n, {"text": "whose?"})
    await desk.settles()
    await desk.passes(timedelta(seconds=31))
    async with desk.database.reading() as tx:
        kept = await tx._session.scalars(select(StalledUpdate.tries))
        assert kept.all() == [2, 2]


async def test_what_waited_behind_a_failure_is_handled_at_once_when_that_is_over(
    desk: Desk, failing: set[str]
) -> None:
    anna = desk.customer("Anna")
    failing.add("bad")
    async with desk.together():
        await anna.types("bad")
        for n in range(5):
            await anna.types(str(n))
    failing.clear()
    desk.clock.passes(timedelta(seconds=30))
    await desk.running.lease.renew()
    await desk.running.timekeeper.tick()
    assert await texts(desk) == ["bad", "0", "1", "2", "3", "4"]


async def test_a_tap_that_comes_again_is_answered_again(desk: Desk) -> None:
    """We may have been killed after its effect was on disk and before it was answered."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    seen: list[dict[str, Any]] = []
    take = desk.running.intake.take

    async def watched(raws: Any) -> None:
        seen.extend(raw for raw in raws if "callback_query" in raw)
        await take(raws)

    desk.running.intake.take = watched  # type: ignore[method-assign]
    await anna.types("Where is my order?")
    await boris.taps("Take")
    answered = desk.telegram.methods_used["answerCallbackQuery"]
    await take(seen)
    await desk.running.intake.toasts_sent()
    assert desk.telegram.methods_used["answerCallbackQuery"] == answered + 1 == 2
