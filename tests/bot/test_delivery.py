"""People see what they should: in order, once, whatever Telegram answers."""

from datetime import timedelta
from typing import Any

import pytest

from playground.faults import Fault
from playground.people import Account
from storage.models import Urgency
from tests.conftest import Desk


async def tell(
    desk: Desk, to: Account, *words: str, urgency: Urgency = Urgency.NOW, **more: Any
) -> None:
    """Something to be said, as a handler would leave it."""
    person = await desk.person(to)
    async with desk.database.writing() as tx:
        for word in words:
            tx.deliveries.say(
                f"test:{person.id}:{word}", person.id, word, desk.now, urgency=urgency, **more
            )


async def known(desk: Desk, name: str) -> Account:
    account = desk.customer(name)
    await account.starts()
    return account


def heard(account: Account, *among: str) -> list[str]:
    return [shown.words for shown in account.received if shown.words in among]


async def test_what_may_pass_is_tried_again_in_order(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    for fault in (Fault.server_error, Fault.html_page, Fault.drop_before):
        desk.telegram.faults.add(fault, method="sendMessage", times=1)
    await tell(desk, anna, "one", "two", "three")
    await desk.settles()
    assert heard(anna, "one", "two", "three") == []
    await desk.passes(timedelta(minutes=1))
    assert heard(anna, "one", "two", "three") == ["one", "two", "three"]


@pytest.mark.parametrize("fault", [Fault.drop_after, Fault.malformed, Fault.reset])
async def test_an_answer_that_is_lost_repeats_only_the_message_in_flight(
    desk: Desk, fault: Fault
) -> None:
    anna = await known(desk, "Anna")
    desk.telegram.faults.add(fault, method="sendMessage", times=1)
    await tell(desk, anna, "one", "two")
    await desk.passes(timedelta(minutes=1))
    assert heard(anna, "one", "two") == ["one", "one", "two"]


@pytest.mark.parametrize("fault", [Fault.drop_after, Fault.malformed])
async def test_a_bulk_message_is_never_repeated(desk: Desk, fault: Fault) -> None:
    anna = await known(desk, "Anna")
    desk.telegram.faults.add(fault, method="sendMessage", times=1)
    await tell(desk, anna, "chart", urgency=Urgency.BULK)
    await desk.passes(timedelta(minutes=10))
    assert heard(anna, "chart") == ["chart"]


async def test_a_bulk_message_that_was_refused_for_now_comes_later(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    desk.telegram.faults.add(Fault.server_error, method="sendMessage", times=2)
    await tell(desk, anna, "chart", urgency=Urgency.BULK)
    await desk.passes(timedelta(minutes=10))
    assert heard(anna, "chart") == ["chart"]


async def test_a_chat_that_is_asked_to_wait_holds_back_only_itself(desk: Desk) -> None:
    anna, boris = await known(desk, "Anna"), await known(desk, "Boris")
    desk.telegram.faults.flood(30, anna.id)
    await tell(desk, anna, "one", "two")
    await tell(desk, boris, "three")
    await desk.settles()
    assert (heard(anna, "one", "two"), heard(boris, "three")) == ([], ["three"])

    await desk.passes(timedelta(seconds=29))
    assert heard(anna, "one", "two") == []
    desk.steady += 30
    await desk.passes(timedelta(seconds=1))
    assert heard(anna, "one", "two") == ["one", "two"]


async def test_what_is_urgent_overtakes_what_waits(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    await tell(desk, anna, "chart", urgency=Urgency.BULK)
    await tell(desk, anna, "survey", urgency=Urgency.SOON)
    await tell(desk, anna, "alert", urgency=Urgency.NOW)
    await desk.settles()
    assert heard(anna, "chart", "survey", "alert") == ["alert", "survey", "chart"]


async def test_a_retry_of_one_urgency_does_not_hold_back_another(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    desk.telegram.faults.add(Fault.server_error, method="sendMessage", times=1)
    await tell(desk, anna, "first", urgency=Urgency.NOW)
    await desk.settles()
    await tell(desk, anna, "second", urgency=Urgency.NOW)
    await tell(desk, anna, "survey", urgency=Urgency.SOON)
    await desk.settles()
    assert heard(anna, "first", "second", "survey") == ["survey"]
    await desk.passes(timedelta(minutes=1))
    assert heard(anna, "first", "second", "survey") == ["survey", "first", "second"]


async def test_who_blocked_the_bot_stops_nobody_and_is_known_to_be_out_of_reach(
    desk: Desk,
) -> None:
    anna, boris = await known(desk, "Anna"), await known(desk, "Boris")
    with desk.telegram.held():
        await anna.blocks()
        await tell(desk, anna, "one")
        await tell(desk, boris, "two")
        await desk.running.deliverer.deliver_due()
    assert heard(boris, "two") == ["two"]
    assert not (await desk.person(anna)).reachable


async def test_what_telegram_refuses_for_good_is_settled_and_stops_nothing(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    await tell(desk, anna, "<b>never closed", "fine")
    await desk.passes(timedelta(minutes=5))
    assert heard(anna, "fine") == ["fine"]
    desk.telegram.violations.clear()  # the broken one was the test's own


async def test_nothing_is_sent_by_a_process_without_the_lease(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    await desk.running.lease.release()
    await tell(desk, anna, "one")
    assert await desk.running.deliverer.deliver_due() == 0
    assert heard(anna, "one") == []
    await desk.settles()
    assert heard(anna, "one") == ["one"]


async def test_a_frozen_holder_does_not_go_on_sending(desk: Desk) -> None:
    """Its own clock says that the lease still runs; the row says somebody else has it."""
    anna = await known(desk, "Anna")
    async with desk.database.writing() as tx:
        ours = desk.running.lease.holder
        await tx.leases.release("telegram", ours, desk.now)
        assert await tx.leases.take("telegram", "another", desk.now, timedelta(seconds=4))
    await tell(desk, anna, "one")
    assert await desk.running.deliverer.deliver_due() == 0
    assert heard(anna, "one") == []
    async with desk.database.writing() as tx:
        await tx.leases.release("telegram", "another", desk.now)
    await desk.settles()
    assert heard(anna, "one") == ["one"]


async def test_what_was_said_before_a_crash_is_sent_after_it(desk: Desk) -> None:
    anna = await known(desk, "Anna")
    await tell(desk, anna, "one", "two")
    await desk.restarts()
    assert heard(anna, "one", "two") == ["one", "two"]


async def test_a_card_that_is_gone_waits_for_nothing(desk: Desk) -> None:
    """Nobody sees what becomes of it, so it is not looked for again and again."""
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    await anna.types("Where is my order?")
    await boris.deletes(boris.last)
    for words in ("Hello?", "Anybody there?"):
        await desk.passes(timedelta(minutes=1))
        await anna.types(words)

    async with desk.database.reading() as tx:
        card = await tx.cards.find("conversation:1", (await desk.person(boris)).id)
        assert card is not None
        assert (card.message_id, card.due_at) == (None, None)
