"""Delivery when things happen at the same moment, or when our own code fails."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot import delivery
from bot.assembly import build_app
from bot.clock import monotonic
from bot.pace import Pace
from desk import people
from playground.faults import Fault
from storage.deliveries import Deliveries
from storage.models import Delivery, Person, Urgency
from tests.bot.test_delivery import heard, known, tell
from tests.conftest import Desk, drawn_here
from tests.stories.talking import held


async def test_what_is_sent_while_we_look_is_not_sent_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen unsettled, then settled by the try under way, and only then begun."""
    anna, deliverer = await known(desk, "Anna"), desk.running.deliverer
    await tell(desk, anna, "one")
    await deliverer._start_what_can()
    claim = deliverer._claim

    async def slowly(*shut: Any) -> Any:
        seen = await claim(*shut)
        await deliverer.finish()
        return seen

    monkeypatch.setattr(deliverer, "_claim", slowly)
    await deliverer._start_what_can()
    await deliverer.finish()
    assert heard(anna, "one") == ["one"]


async def test_what_waited_behind_a_send_that_ends_while_we_look_is_seen_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, deliverer = await known(desk, "Anna"), desk.running.deliverer
    await tell(desk, anna, "one")
    await tell(desk, anna, "two")
    await deliverer._start_what_can()
    claim = deliverer._claim

    async def slowly(*shut: Any) -> Any:
        seen = await claim(*shut)
        await deliverer.finish()
        return seen

    monkeypatch.setattr(deliverer, "_claim", slowly)
    await deliverer.deliver_due()
    assert heard(anna, "one", "two") == ["one", "two"]


async def test_many_chats_that_must_wait_hide_nobody(desk: Desk) -> None:
    anna, pace = await known(desk, "Anna"), desk.running.deliverer._pace
    async with desk.database.writing() as tx:
        for n in range(3 * delivery.AT_ONCE):
            person = await tx.people.add(
                Person(telegram_id=9000 + n, name="N", created_at=desk.now)
            )
            pace._refused[person.id] = desk.steady + 3600
            tx.deliveries.say(f"test:{n}", person.id, "wait", desk.now, urgency=Urgency.SOON)
    await tell(desk, anna, "survey", urgency=Urgency.SOON)
    await desk.settles()
    assert heard(anna, "survey") == ["survey"]


@pytest.mark.parametrize("fault", [Fault.server_error, Fault.drop_before, Fault.flood])
async def test_an_older_card_that_stays_does_not_bring_the_new_one_again(
    desk: Desk, fault: Fault
) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    person = await desk.person(boris)
    desk.telegram.faults.add(fault, method="deleteMessage", times=1)
    async with desk.database.writing() as tx:
        await tx.cards.show_anew("conversation:1", person.id, desk.now)
    await desk.settles()
    assert len([card for card in boris.received if "yours to answer" in card.words]) == 2
    desk.steady += 30
    await desk.passes(timedelta(minutes=1))
    assert len([card for card in boris.received if "yours to answer" in card.words]) == 1


async def test_an_older_card_too_old_to_be_taken_away_loses_its_buttons(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Where is my order?")
    old = boris.last
    person = await desk.person(boris)
    desk.clock.passes(timedelta(hours=49))
    await desk.running.lease.renew()
    async with desk.database.writing() as tx:
        await tx.cards.show_anew("conversation:1", person.id, desk.now)
    await desk.running.deliverer.deliver_due()
    assert boris.last.message_id > old.message_id
    assert boris.last.buttons
    assert not old.buttons


async def test_a_card_that_changes_while_it_is_first_shown_is_edited_then(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    with desk.telegram.held():
        await anna.types("Where is my order?")
    await desk.running.poller.poll()
    desk.telegram.faults.add(Fault.delay_after, method="sendMessage", seconds=0.2, times=2)
    await desk.running.deliverer._start_what_can()
    await asyncio.sleep(0.1)
    desk.clock.passes(timedelta(microseconds=1))
    with desk.telegram.held():
        await anna.types("Number 17")
    await desk.running.poller.poll()
    await desk.settles()
    assert "Number 17" in boris.reads


async def test_a_rule_that_fails_on_who_left_does_not_make_us_try_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    anna, boris = await known(desk, "Anna"), await known(desk, "Boris")
    monkeypatch.setattr(people, "became_unreachable", broken)
    with desk.telegram.held():
        await anna.blocks()
    await tell(desk, anna, "one")
    await tell(desk, boris, "two")
    before = desk.telegram.methods_used["sendMessage"]
    await desk.running.deliverer.deliver_due()
    assert heard(boris, "two") == ["two"]
    assert desk.telegram.methods_used["sendMessage"] - before == 2


async def test_a_database_that_fails_when_a_message_is_sent_does_not_send_it_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, fails = await known(desk, "Anna"), 3
    settle = Deliveries.settle

    async def full(*given: Any, **more: Any) -> bool:
        nonlocal fails
        fails -= 1
        if fails >= 0:
            raise OperationalError("UPDATE", {}, Exception("database or disk is full"))
        return await settle(*given, **more)

    monkeypatch.setattr(delivery, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(Deliveries, "settle", full)
    await tell(desk, anna, "one", "two")
    await desk.running.deliverer.deliver_due()
    assert fails < 0
    assert heard(anna, "one", "two") == ["one", "two"]


async def test_a_bulk_message_waits_for_a_database_that_fails_before_it_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await known(desk, "Anna")
    await tell(desk, anna, "chart", urgency=Urgency.BULK)

    async def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("disk I/O error"))

    with monkeypatch.context() as broken:
        broken.setattr(Deliveries, "picture", gone)
        await desk.running.deliverer.deliver_due()
    assert heard(anna, "chart") == []
    await desk.passes(timedelta(minutes=1))
    assert heard(anna, "chart") == ["chart"]


async def test_taking_back_what_the_reader_deleted_fails_nothing(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    said = await boris.types("Hello")
    hello = anna.finds("Hello")
    hello.chat.forgets(hello)
    await boris.types("/undo", reply_to=said)
    async with desk.database.reading() as tx:
        failed = await tx._session.scalars(
            select(Delivery.failure).where(Delivery.failure.is_not(None))
        )
        assert failed.all() == []


async def test_a_card_is_shown_once_even_when_its_showing_is_long_forgotten(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Where is my order?")
    person, seen = await desk.person(boris), boris.last.message_id
    async with desk.database.writing() as tx:
        old = await tx.outlived.find("deliveries", desk.now + timedelta(days=1), 100)
        await tx.outlived.forget("deliveries", old)
    async with desk.database.writing() as tx:
        tx.cards.show("conversation:1", person.id, desk.now)
    await desk.settles()
    assert boris.last.message_id == seen


async def test_what_hangs_is_cut_off_in_the_end(desk: Desk) -> None:
    anna, deliverer = await known(desk, "Anna"), desk.running.deliverer
    hangs = desk.telegram.faults.add(Fault.delay, method="sendMessage", seconds=5, times=None)
    await tell(desk, anna, "one")
    await deliverer._start_what_can()
    began = monotonic()
    await deliverer.finish(within=0.1)
    assert monotonic() - began < 1
    desk.telegram.faults.remove(hangs)
    await desk.settles()
    assert heard(anna, "one")


@pytest.mark.parametrize("urgency", [Urgency.NOW, Urgency.BULK])
async def test_who_was_frozen_before_it_sends_leaves_it_to_another(
    desk: Desk, urgency: Urgency
) -> None:
    anna, deliverer = await known(desk, "Anna"), desk.running.deliverer
    await tell(desk, anna, "one", urgency=urgency)
    await deliverer._start_what_can()
    desk.running.lease._renewed = float("-inf")  # what its steady clock says when it is woken
    await deliverer.finish()
    assert heard(anna, "one") == []
    await desk.settles()
    assert heard(anna, "one") == ["one"]


async def test_what_another_sent_while_we_were_frozen_is_seen_once(desk: Desk) -> None:
    anna, frozen = await known(desk, "Anna"), desk.running
    slow = desk.telegram.faults.add(Fault.delay_after, method="sendMessage", seconds=1, times=1)
    await tell(desk, anna, "one")
    await frozen.deliverer._start_what_can()
    async with asyncio.timeout(10):
        while not heard(anna, "one"):  # noqa: ASYNC110 - it comes from elsewhere
            await asyncio.sleep(0.01)
    await frozen.lease.release()
    desk.telegram.faults.remove(slow)
    another = build_app(desk.settings, clock=desk.clock, pace=Pace(limits=None), draw=drawn_here)
    await another.lease.renew()
    await another.deliverer.deliver_due()
    await another.lease.release()
    await another.close()
    assert heard(anna, "one") == ["one", "one"]
    await frozen.deliverer.finish()
    await desk.settles()
    assert [shown.words for shown in anna.screen].count("one") == 1
