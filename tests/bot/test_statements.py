"""How often the database is asked, which is what an update and an alert cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from playground.people import Account
from tests.conftest import Desk
from tests.stories.closed import closed
from tests.stories.talking import held

TAP, ONE_MORE_TAP = 19, 6
MESSAGE, ANSWER, STEP = 17, 21, 13
LOOK, ALERT_AND_THANKS = 6, 17
"""What each costs at most, BEGIN included. On SQLite, which locks no rows, a tap costs 16 and one
more of a batch 3."""


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that is sent meanwhile; BEGIN is one, COMMIT is not."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


async def taken(desk: Desk) -> int:
    """Statements of handling what waits, nothing delivered yet."""
    with counted() as said:
        assert await desk.running.poller.poll()
    return len(said)


async def raters(desk: Desk, count: int) -> list[Account]:
    """Customers whose survey is open."""
    boris = await desk.operator("Boris")
    people = [desk.customer(f"Customer {n}") for n in range(count)]
    for person in people:
        await closed(desk, person, boris)
    return people


async def test_a_tap(desk: Desk) -> None:
    await desk.supervisor("Vera")
    (anna,) = await raters(desk, 1)
    with desk.telegram.held():
        await anna.taps("1 ☆")
    assert await taken(desk) <= TAP


async def test_taps_in_a_batch_share_what_is_read_and_written(desk: Desk) -> None:
    await desk.supervisor("Vera")
    people = await raters(desk, 8)
    desk.running.intake._cut = 60.0
    with desk.telegram.held():
        for person in people:
            await person.taps("1 ☆")
    assert await taken(desk) <= TAP + (len(people) - 1) * ONE_MORE_TAP


async def test_a_message_to_relay(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    await held(desk, anna, boris)
    with desk.telegram.held():
        await anna.types("And another thing")
    assert await taken(desk) <= MESSAGE


async def test_an_answer_to_relay(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    await held(desk, anna, boris)
    with desk.telegram.held():
        await boris.types("It is on its way")
    assert await taken(desk) <= ANSWER


async def test_a_step_of_the_diary(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    with desk.telegram.held():
        await boris.types("now")
    assert await taken(desk) <= STEP


async def test_an_alert_and_the_thanks_beside_it(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    (anna,) = await raters(desk, 1)
    with desk.telegram.held():
        await anna.taps("1 ☆")
    await desk.running.poller.poll()
    deliverer = desk.running.deliverer
    with counted() as looked:
        await deliverer._start_what_can()
    with counted() as said:
        await deliverer.finish()
    assert "Customer 0" in vera.reads
    assert len(looked) <= LOOK
    assert len(said) <= ALERT_AND_THANKS
