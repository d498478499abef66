"""Two processes on one PostgreSQL that do something about the same thing at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import App
from bot.assembly import build_app
from bot.pace import Pace
from desk import messages
from handlers.callbacks import (
    RoleTap,
    TakeTap,
)
from storage import database as database_module
from storage.database import Database, DatabaseFailed, UnitOfWork
from storage.models import Message, Role
from tests.conftest import TOKEN, Desk, drawn_here
from tests.stories.staff import invites
from tests.stories.talking import held

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

Raw = dict[str, Any]


class Second:
    """Another process on the desk's database. What it does stops before the commit, until told."""

    def __init__(self) -> None:
        self.app: App
        self.is_there = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def watch(self, point: str) -> None:
        if point == "before commit":
            self.is_there.set()
            await self.goes_on.wait()


@pytest.fixture
async def second(desk: Desk) -> AsyncIterator[Second]:
    second = Second()
    second.app = build_app(
        desk.settings,
        clock=desk.clock,
        steady=lambda: desk.steady,
        pace=Pace(limits=None),
        draw=drawn_here,
        watch=second.watch,
    )
    second.app.dispatcher["bot_username"] = desk.running.dispatcher["bot_username"]
    yield second
    await second.app.close()


@asynccontextmanager
async def brought(desk: Desk) -> AsyncIterator[list[Raw]]:
    """What people do inside, as Telegram would bring it; it is for the test to hand it over."""
    updates, came = desk.telegram.bots[TOKEN].updates, list[Raw]()
    with desk.telegram.held():
        yield came
    came += [update.body for update in updates.waiting()]
    updates.forget()


async def side_by_side(
    second: Second, begins: Awaitable[object], meanwhile: Awaitable[object]
) -> bool:
    """`begins` comes to its commit; `meanwhile` goes as far as it gets; then both go on.

    Whether it had to wait for the first.
    """
    first = asyncio.ensure_future(begins)
    await asyncio.wait_for(second.is_there.wait(), 30)
    other = asyncio.ensure_future(meanwhile)
    done, _ = await asyncio.wait([other], timeout=0.5)
    second.goes_on.set()
    await asyncio.wait_for(asyncio.gather(first, other), 30)
    return not done


async def count(desk: Desk, what: str) -> int:
    async with desk.database.reading() as tx:
        counted: int = (
            await tx._session.execute(text(f"SELECT count(*) FROM {what}"))  # noqa: S608
        ).scalar_one()
    return counted


@pytest.mark.parametrize("known", [False, True])
async def test_two_messages_open_one_conversation(desk: Desk, second: Second, known: bool) -> None:
    anna = desk.customer("Anna")
    if known:
        await anna.starts()
    async with brought(desk) as (came):
        await anna.types("Good day")
        await anna.types("Where is my order?")
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    await desk.settles()
    assert await count(desk, "conversations") == 1
    async with desk.database.reading() as tx:
        words = [message.text for message in await tx.messages.last_of(1, 10)]
    assert words == ["Good day", "Where is my order?"]


async def test_an_update_brought_to_both_is_handled_once(desk: Desk, second: Second) -> None:
    anna = desk.customer("Anna")
    async with brought(desk) as came:
        await anna.types("Good day")
    await side_by_side(second, second.app.intake.take(came), desk.running.intake.take(came))
    assert await count(desk, "messages") == 1


async def test_the_first_tap_wins(desk: Desk, second: Second) -> None:
    anna = desk.customer("Anna")
    boris, gleb = await desk.operator("Boris"), await desk.operator("Gleb")
    await anna.types("Where is my order?")
    async with brought(desk) as came:
        for operator in (boris, gleb):
            await operator.taps_data(TakeTap(conversation_id=1).pack())
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    await desk.settles()
    boris.finds("No. 1, yours")
    assert "Boris answers" in gleb.reads
    assert await count(desk, "conversation_events WHERE kind = 'taken'") == 1


async def test_words_cross_another_customers(desk: Desk, second: Second) -> None:
    """What a customer is writing at this moment counts: the operator is asked whom they mean."""
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris = await desk.operator("Boris")
    await held(desk, anna, boris, "From Anna")
    await held(desk, dave, boris, "From Dave")
    await boris.types("To Dave", reply_to=boris.finds("From Dave"))
    async with brought(desk) as came:
        await anna.types("Are you there?")
        await boris.types("One moment")
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    await desk.settles()
    assert await count(desk, "messages WHERE text = 'One moment' AND conversation_id IS NULL") == 1
    assert "One moment" not in dave.reads


async def test_words_that_came_in_between_are_numbered_so(
    desk: Desk, second: Second, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator's own next words wait for them: else they would be later by number, and the
    question whose they are would not be asked."""
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris = await desk.operator("Boris")
    await held(desk, anna, boris, "From Anna")
    await held(desk, dave, boris, "From Dave")
    await boris.types("To Dave", reply_to=boris.finds("From Dave"))
    place = messages.place

    async def slowly(tx: UnitOfWork, **more: Any) -> messages.Received:
        await second.watch("before commit")
        return await place(tx, **more)

    monkeypatch.setattr(messages, "place", slowly)
    async with brought(desk) as came:
        await anna.types("Are you there?")
        await boris.types("One moment", reply_to=boris.finds("From Dave"))
    assert await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )


async def test_who_comes_on_shift_sees_what_is_being_taken_as_it_is(
    desk: Desk, second: Second
) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb", on_shift=False)
    await anna.types("Where is my order?")
    async with brought(desk) as came:
        await boris.taps("Take")
        await gleb.types("/shift")

    async def comes() -> None:
        await desk.running.intake.take(came[1:])
        await desk.running.deliverer.deliver_due()

    await side_by_side(second, second.app.intake.take(came[:1]), comes())
    await desk.settles()
    assert not any("Take" in str(shown.buttons) for shown in gleb.screen)


async def test_one_supervisor_is_left(desk: Desk, second: Second) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    numbers = {one.id: (await desk.person(one)).id for one in (vera, oleg)}
    async with brought(desk) as came:
        for one, other in ((vera, oleg), (oleg, vera)):
            tap = RoleTap(person_id=numbers[other.id], role=Role.SUPERVISOR, has=False)
            await one.taps_data(tap.pack())
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    await desk.settles()
    assert await count(desk, "people WHERE is_supervisor") == 1


async def test_the_last_two_leave_their_shift(desk: Desk, second: Second) -> None:
    vera, anna = await desk.supervisor("Vera"), desk.customer("Anna")
    boris, gleb = await desk.operator("Boris"), await desk.operator("Gleb")
    await anna.types("Where is my order?")
    async with brought(desk) as came:
        await boris.types("/shift")
        await gleb.types("/shift")
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    await desk.settles()
    assert "No. 1" in vera.reads
    assert "Where is my order?" in vera.reads


async def test_who_writes_while_the_last_one_leaves_is_not_unseen(
    desk: Desk, second: Second
) -> None:
    vera, anna = await desk.supervisor("Vera"), desk.customer("Anna")
    boris = await desk.operator("Boris")
    async with brought(desk) as came:
        await anna.types("Where is my order?")
        await boris.types("/shift")
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    await desk.settles()
    assert "Where is my order?" in vera.reads


async def test_an_invite_lets_one_in(desk: Desk, second: Second) -> None:
    vera = await desk.supervisor("Vera")
    link = await invites(vera)
    async with brought(desk) as came:
        for name in ("Gleb", "Mallory"):
            await desk.customer(name).starts_from(link)
    await side_by_side(
        second, second.app.intake.take(came[:1]), desk.running.intake.take(came[1:])
    )
    assert await count(desk, "people WHERE is_operator") == 1


async def test_an_answer_is_on_its_way_when_the_customer_was_silent_too_long(
    desk: Desk, second: Second
) -> None:
    """The timer is due when it is seen, and no more when its conversation is free."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("One moment")
    async with brought(desk) as came:
        await boris.types("Here it is")
    desk.clock.passes(timedelta(hours=24))
    came[0]["message"]["date"] = int(desk.now.timestamp())
    await desk.running.lease.renew()
    await side_by_side(second, second.app.intake.take(came), desk.running.timekeeper.ring_timers())
    await desk.settles()
    assert await count(desk, "conversations WHERE state = 'closed'") == 0


async def test_transactions_in_each_others_way_both_succeed(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    await anna.types("From Anna")
    await dave.types("From Dave")
    met = asyncio.Barrier(2)

    def opposite(first: int, then: int) -> Callable[[UnitOfWork], Awaitable[None]]:
        tries = 0

        async def work(tx: UnitOfWork) -> None:
            nonlocal tries
            await tx.conversations.lock(first)
            if (tries := tries + 1) == 1:
                await met.wait()
            await tx.conversations.lock(then)
            done.append(first)

        return work

    done: list[int] = []
    await asyncio.gather(
        desk.database.written(opposite(1, 2)), desk.database.written(opposite(2, 1))
    )
    assert set(done) == {1, 2}


async def test_who_is_frozen_in_a_transaction_holds_up_nobody_for_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = desk.customer("Anna")
    await anna.types("Where is my order?")
    monkeypatch.setattr(database_module, "FROZEN_AFTER", "200ms")
    frozen = Database(desk.settings.database_url)
    holds, others = asyncio.Event(), asyncio.Event()

    async def freeze() -> None:
        async with frozen.writing() as tx:
            await tx.lock_chats([anna.id])
            holds.set()
            await others.wait()
            tx.cards.changed("conversation:1", desk.now)

    freezing = asyncio.ensure_future(freeze())
    async with asyncio.timeout(30):
        await holds.wait()
        await anna.types("Hello?")
    others.set()
    with pytest.raises(DatabaseFailed):
        await freezing
    await frozen.close()
    assert await count(desk, "messages") == 2


async def test_rows_that_only_refer_to_a_locked_one_do_not_wait(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.types("Where is my order?")
    person = await desk.person(anna)
    async with desk.database.writing() as tx:
        await tx.people.lock(person.id)
        await tx.conversations.lock(1)
        async with asyncio.timeout(30), desk.database.writing() as other:
            other.deliveries.say("hello", person.id, "Hello", desk.now)
            await other.messages.add(
                Message(
                    conversation_id=1,
                    author_id=person.id,
                    from_customer=True,
                    sent_at=desk.now,
                    kind="text",
                    text="Hello",
                    telegram_message_id=17,
                )
            )
