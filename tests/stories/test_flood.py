"""One customer who writes, taps and commands without end: all is kept, nobody drowns in it."""

from datetime import timedelta

import pytest

from playground.people import Account
from tests.conftest import Desk

TOLD = "So many messages at once! All of them are kept, and will be read in order."
SLOWLY = "That is a lot at once. Wait a minute, please, and try again."


async def asks(customer: Account, operator: Account, words: str = "Where is my order?") -> None:
    await customer.types(words)
    await operator.taps("Take")


async def floods(desk: Desk, customer: Account, *numbers: int) -> None:
    async with desk.together():
        for number in numbers:
            await customer.types(f"message {number}")


def got(operator: Account) -> list[int]:
    """Which of the flood's messages have come, in the order of the screen."""
    words = [shown.words.split() for shown in operator.received]
    return [int(said[1]) for said in words if said[:1] == ["message"]]


async def test_a_flood_is_kept_and_drowns_nobody(desk: Desk) -> None:
    anna, dora, boris = desk.customer("Anna"), desk.customer("Dora"), await desk.operator("Boris")
    await asks(anna, boris)
    await asks(dora, boris)
    async with desk.together():
        for number in range(1, 501):
            await anna.types(f"message {number}")
        await dora.types("Is it lost?")
    assert got(boris) == list(range(1, 30))  # the question was the first of thirty
    assert boris.finds("No. 1, Anna: 471 more messages came at once. They are kept.").keys
    assert "Is it lost?" in [shown.words for shown in boris.received[-3:]]
    assert [shown.words for shown in anna.received].count(TOLD) == 1
    async with desk.database.reading() as tx:
        kept = [message.text for message in await tx.messages.last_of(1, 1000)]
    assert kept[1:] == [f"message {number}" for number in range(1, 501)]

    await boris.taps("Show 20")
    await boris.taps("Show 20")
    assert got(boris) == list(range(1, 70))
    assert boris.finds("No. 1, Anna: 431 more messages").from_bot


@pytest.mark.settings(customer_rate=5)
async def test_all_of_it_can_be_read_in_order(desk: Desk) -> None:
    anna, boris = desk.customer("Анна", "ru"), await desk.operator("Борис", "ru")
    await anna.types("Где заказ?")
    await boris.taps("Взять")
    await floods(desk, anna, *range(1, 31))
    assert boris.finds("№ 1, Анна: ещё 26 сообщений пришло сразу. Они сохранены.").from_bot
    await boris.taps("Показать 20")
    assert boris.finds("№ 1, Анна: ещё 6 сообщений").from_bot
    await boris.taps("Показать 6")
    assert got(boris) == list(range(1, 31))
    assert not [shown for shown in boris.received if "Они сохранены" in shown.words]
    await boris.taps_data("more:1")
    assert boris.toasts[-1] == "Уже поздно: с тех пор всё изменилось."


@pytest.mark.settings(customer_rate=5)
async def test_after_a_pause_words_come_at_once_again(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await asks(anna, boris)
    await floods(desk, anna, *range(1, 11))
    await desk.passes(timedelta(minutes=1))
    await anna.types("I am sorry")
    assert boris.reads == "I am sorry"
    assert boris.finds("6 more messages").from_bot
    await floods(desk, anna, *range(11, 21))
    assert len([s for s in boris.received if "more messages came at once" in s.words]) == 1
    assert boris.finds("12 more messages").from_bot


@pytest.mark.settings(customer_rate=5)
async def test_whoever_takes_it_gets_the_first_and_asks_for_more(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await floods(desk, anna, *range(1, 41))
    assert [shown.words for shown in anna.received].count(TOLD) == 1
    await boris.taps("Take")
    assert got(boris) == list(range(1, 21))
    assert boris.finds("No. 1, Anna: 20 more messages").from_bot
    gleb = await desk.operator("Gleb")
    await boris.taps("Show 20")
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.taps("Hand over without words")
    assert got(gleb) == list(range(1, 21))
    await gleb.taps("Show 20")
    assert got(gleb) == list(range(1, 41))
    await boris.taps_data("more:1")
    assert boris.toasts[-1] == "Too late: things have changed since."


@pytest.mark.settings(customer_rate=5)
async def test_what_piled_up_while_the_bot_was_away_is_no_flood(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await asks(anna, boris)
    async with desk.together():
        for number in range(1, 11):
            desk.clock.passes(timedelta(seconds=30))
            await anna.types(f"message {number}")
    assert got(boris) == list(range(1, 11))


@pytest.mark.settings(customer_rate=5)
async def test_commands_and_taps_are_taken_at_a_sane_rate(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    async with desk.together():
        for _ in range(20):
            await anna.types("/help")
            await boris.types("/queue")
    answers = [shown.words for shown in anna.received]
    assert len(answers) == 6
    assert answers[-1] == SLOWLY
    assert [shown.words for shown in boris.received].count("Nobody waits, no chat is open.") == 20
    await anna.types("Where is my order?")
    assert anna.reads.startswith("Got it")
    for _ in range(12):
        await anna.taps_data("language:en")
    assert anna.toasts == ["We speak English now."] * 10 + [SLOWLY] * 2
    await desk.passes(timedelta(minutes=1))
    await anna.taps_data("language:en")
    assert anna.toasts[-1] == "We speak English now."
    await anna.types("/help")
    assert anna.reads != SLOWLY
