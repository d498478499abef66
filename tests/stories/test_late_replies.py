"""Many late replies in one minute: one sound, one list, and each settles itself in it."""

from datetime import timedelta

import pytest

from playground.people import Account
from tests.conftest import Desk
from tests.stories.talking import held

A_MINUTE = timedelta(minutes=1)


def lists(supervisor: Account) -> list[str]:
    return [s.words for s in supervisor.received if s.words.startswith("Late replies")]


def cards(supervisor: Account) -> list[str]:
    return [s.words for s in supervisor.received if s.words.startswith("Late reply, No.")]


async def wait_together(desk: Desk, boris: Account, number: int) -> list[Account]:
    """So many customers who write at the same moment, the first with Boris."""
    customers = [desk.customer(f"Customer {n}") for n in range(1, number + 1)]
    await held(desk, customers[0], boris)
    for customer in customers[1:]:
        await customer.types("Hello?")
    return customers


async def test_five_have_a_card_each(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await wait_together(desk, boris, 5)
    await desk.passes(timedelta(minutes=5))
    assert (len(cards(vera)), lists(vera)) == (5, [])


async def test_seven_are_one_list_with_one_sound(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    olga = await desk.supervisor("Olga", "ru")
    customers = await wait_together(desk, boris, 7)
    before = len(vera.screen)
    await desk.passes(timedelta(minutes=5))
    assert len(vera.screen) == before + 1
    assert vera.last.html.splitlines()[:3] == [
        "<b>Late replies: 7 customers wait</b>",
        "No. 1: Customer 1, since 10:00. Operator: Boris.",
        "No. 2: Customer 2, since 10:00. In the queue.",
    ]
    assert vera.last.buttons == [
        ["No. 1", "No. 2", "No. 3", "No. 4"],
        ["No. 5", "No. 6", "No. 7"],
    ]
    assert olga.reads.splitlines()[:2] == [
        "Поздние ответы: ждут 7 клиентов",
        "№ 1: Customer 1, с 10:00. Оператор: Boris.",
    ]

    the_list = vera.last
    await boris.types("Sorry")
    assert vera.last is the_list
    assert vera.reads.splitlines()[0] == "Late replies: 6 customers wait"
    assert vera.reads.splitlines()[-1] == "No. 1: Customer 1, answered after 5 min."
    assert "No. 1" not in vera.buttons

    await vera.taps("No. 3")
    assert vera.reads.startswith("Late reply, No. 3\n")
    assert vera.buttons == ["Open the chat", "Hand over"]
    await customers[2].blocks()
    assert vera.reads.startswith("Late reply, No. 3: no longer waited for")
    assert "Late replies: 5 customers wait" in lists(vera)[0]
    assert "No. 3: Customer 3, no longer waited for." in lists(vera)[0]


async def test_the_list_is_repeated_as_one_until_nobody_waits(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    customers = await wait_together(desk, boris, 7)
    await desk.passes(timedelta(minutes=5))
    first = vera.last.message_id
    await desk.passes(timedelta(minutes=10))
    assert vera.last.message_id > first
    assert len(lists(vera)) == 1, "the older one is still there"

    for customer in customers:
        await customer.blocks()
    assert vera.reads.splitlines()[0] == "Late replies: nobody waits any more"
    assert vera.buttons == []
    last = vera.last
    await desk.passes(timedelta(hours=2))
    assert vera.last is last


async def test_cards_shown_within_the_minute_go_into_the_list(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    first, *others = [desk.customer(f"Customer {n}") for n in range(1, 9)]
    await held(desk, first, boris)
    for other in others:
        await desk.passes(timedelta(seconds=9))
        await other.types("Hello?")
    await desk.passes(timedelta(minutes=4, seconds=33))  # five are late
    assert (len(cards(vera)), lists(vera)) == (5, [])
    await desk.passes(timedelta(seconds=9))
    assert cards(vera) == []
    assert lists(vera)[0].startswith("Late replies: 6 customers wait")
    the_list = vera.last
    await desk.passes(timedelta(seconds=18))
    assert vera.last is the_list, "an eighth rings again"
    assert vera.reads.startswith("Late replies: 8 customers wait")


@pytest.mark.settings(reply_within="1m")
async def test_who_is_late_for_minutes_is_heard_once_a_minute(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await desk.operator("Boris")
    for n in range(24):
        await desk.customer(f"Customer {n}").types("Hello?")
        await desk.passes(timedelta(seconds=7))
    await desk.passes(A_MINUTE)
    assert cards(vera) == []
    assert [words.splitlines()[0] for words in lists(vera)] == [
        "Late replies: 14 customers wait",
        "Late replies: 9 customers wait",
        "Late replies: 1 customer waits",
    ]


async def test_a_new_supervisor_sees_the_list(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await wait_together(desk, boris, 7)
    await desk.passes(timedelta(minutes=5))
    await vera.blocks()
    await vera.unblocks()
    assert lists(vera)[-1].startswith("Late replies: 7 customers wait")
    assert cards(vera) == []
