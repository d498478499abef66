"""Corners of a conversation: what could go to the wrong person, be lost, or mislead."""

from datetime import timedelta

import pytest

from tests.conftest import Desk
from tests.stories.talking import held


async def test_a_reply_to_an_alert_is_that_customers(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await dave.types("Hello?")
    await vera.types("/queue")
    await vera.taps("Take No. 2")
    await vera.types("Hello, Dave")
    await desk.passes(timedelta(minutes=5))
    await vera.types("Anna, one moment", reply_to=vera.finds("Late reply, No. 1"))
    assert anna.reads == "Anna, one moment"
    assert dave.reads == "Hello, Dave"


async def test_a_reply_to_a_rating_is_that_customers(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await anna.taps("5 ☆")
    await boris.types("Thank you!", reply_to=boris.finds("Rating 5 of 5"))
    assert anna.reads == "Thank you!"
    assert boris.reads == "Sent. No. 1 stays closed."


async def test_a_note_written_as_a_reply_to_its_alert_stays_in_the_team(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await anna.taps("1 ☆")
    await vera.taps("Done…")
    await vera.types("A difficult one", reply_to=vera.finds("Rating 1 of 5"))
    assert "A difficult one" in vera.finds("Rating 1 of 5").words
    assert "A difficult one" not in [shown.words for shown in anna.screen]


async def test_close_as_a_reply_to_what_is_closed_asks_nothing(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await desk.operator("Gleb")
    question = boris.last
    await boris.taps("Solved")
    await boris.types("/close", reply_to=question)
    assert boris.reads == "Too late: things have changed since."
    await anna.types("And when?")
    await desk.passes(timedelta(minutes=2))
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.taps("Hand over without words")
    await boris.types("/close", reply_to=question)
    assert boris.reads == "This chat is not yours: whoever answers it can close it."


async def test_a_history_of_emoji_fits(desk: Desk) -> None:
    anna, boris = desk.customer("😀" * 60), await desk.operator("Boris")
    await held(desk, anna, boris)
    for _ in range(15):
        await anna.types("😀" * 2_000)
    await anna.types("The last")
    await boris.taps("History")
    assert boris.reads.startswith("History, No. 1\n10:00 😀")
    assert boris.reads.endswith("The last")


async def test_a_queue_of_emoji_fits(desk: Desk) -> None:
    boris = await desk.operator("😀" * 64)
    for _ in range(21):
        await desk.customer("😀" * 64).types("Hello?")
    await boris.taps("Take")
    await desk.passes(timedelta(days=3))
    await boris.types("/queue")
    assert boris.reads.startswith("Open chats\nNo. 1 · 😀")
    assert boris.reads.endswith("And more: 6")


async def test_who_is_banned_is_heard_no_more_at_all(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await anna.types("You fools")
    question, words = anna.last, boris.finds("Where is my order?")
    await vera.taps_data(f"ban:{(await desk.person(anna)).id}:1")
    await anna.taps("Still No. 1", question)
    assert anna.toasts == ["Sorry, we cannot accept your message."]
    await anna.edits(anna.finds("Where is my order?"), "You fools")
    await desk.passes(timedelta(minutes=3))
    assert words.words == "Where is my order?"
    assert "You fools" not in [shown.words for shown in boris.screen]
    async with desk.database.reading() as tx:
        assert await tx.conversations.count_open() == 0


async def test_a_reminder_goes_away_when_it_is_true_no_more(desk: Desk) -> None:
    anna, boris = desk.customer("Анна", "ru"), await desk.operator("Борис", "ru")
    await anna.types("Где заказ?")
    await boris.taps("Взять")
    await boris.types("В пути")
    await desk.passes(timedelta(hours=20))
    reminder = anna.finds("ждём вас")
    assert reminder.words.endswith("ждём до 10:00 и закроем.")
    await boris.types("Курьер выехал")
    assert reminder.words.endswith("ждём до 06:00 завтра и закроем.")
    await anna.types("Спасибо, жду")
    assert "ждём вас" not in " ".join(shown.words for shown in anna.screen)


async def test_whoever_takes_it_from_the_queue_keeps_the_note(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("To the queue")
    assert boris.reads == "A few words to whoever takes No. 1? Write them in one message."
    await boris.types("She asked twice")
    assert boris.reads == "No. 1 is back in the queue"
    await gleb.taps("Take")
    assert "Boris hands it over:\nShe asked twice" in gleb.finds("yours to answer").words


@pytest.mark.settings(reply_within="normal=5m,low=30m")
async def test_with_more_time_there_is_another_nudge(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=4, seconds=30))
    first = boris.finds("Time to answer, No. 1").message_id
    await boris.taps("Priority")
    await boris.taps("Low: 30 min")
    await desk.passes(timedelta(minutes=20))
    assert boris.reads == "Time to answer, No. 1\nAnna waits since 10:00, answer by 10:30"
    assert boris.last.message_id > first


@pytest.mark.settings(working_hours="mon-fri 09:00-18:00")
async def test_what_comes_back_after_hours_says_by_when(desk: Desk) -> None:
    anna, boris = desk.customer("Анна", "ru"), await desk.operator("Борис", "ru")
    await anna.types("Где заказ?")
    await boris.taps("Взять")
    await boris.types("В пути")
    await boris.taps("Решено")
    await desk.passes(timedelta(hours=9))
    await anna.types("Не пришёл")
    await anna.taps("Всё ещё про № 1")
    assert anna.reads == "Обращение № 1 снова открыто. Ответим до 09:05 завтра."


async def test_nothing_is_promised_for_a_moment_that_has_passed(desk: Desk) -> None:
    anna, _ = desk.customer("Anna"), await desk.operator("Boris")
    await desk.stops()
    await anna.types("Hello?")
    desk.clock.passes(timedelta(hours=1))
    await desk.starts()
    assert anna.reads.startswith("Got it, your number is 1. We will answer soon.")


async def test_a_note_for_who_left_goes_to_another(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb, dora = await desk.operator("Gleb"), await desk.operator("Dora")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await gleb.types("/shift")
    await boris.types("She asked twice")
    boris.finds("They are not on shift now.")
    assert boris.buttons == ["Dora", "To the queue"]
    await boris.taps("Dora")
    assert boris.reads == "No. 1 handed over: Dora"
    assert "She asked twice" in dora.finds("yours to answer").words


async def test_words_to_who_wrote_since_the_tap_are_no_comment(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await anna.taps("1 ☆")
    await vera.taps("Write")
    await desk.passes(timedelta(minutes=1))
    await vera.types("We are sorry. Which parcel is it?")
    await anna.types("The blue one")
    assert vera.reads == "The blue one"
    assert anna.reads == "We are sorry. Which parcel is it?"


async def test_only_thanks_takes_the_promise_back(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await anna.types("Thanks!")
    await desk.passes(timedelta(minutes=2))
    assert anna.reads == "No. 1 is open again. We will answer by 10:05."
    await boris.taps("Only thanks")
    assert anna.reads == "Always glad to help."


async def test_what_comes_back_when_nobody_is_on_shift_is_told_again(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await boris.types("/shift")
    await anna.types("Where is my order?")
    first = vera.last
    await vera.taps("Take")
    await vera.types("On its way.")
    await vera.taps("Solved")
    await anna.types("It did not come")
    await anna.taps("Still No. 1")
    assert vera.reads.startswith("Nobody is on shift, No. 1\nIt did not come")
    assert vera.last.message_id > first.message_id


async def test_the_longest_name_fits_into_a_toast(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("😀" * 128)
    gleb = await desk.operator("Gleb")
    await anna.types("Where is my order?")
    async with desk.together():
        await boris.taps("Take")
        await gleb.taps("Take")
    assert gleb.toasts[0].startswith("😀")
    assert gleb.toasts[0].endswith("…")


async def test_when_the_last_goes_off_shift_supervisors_hear_of_what_waits(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb, vera = await desk.operator("Gleb"), await desk.supervisor("Vera")
    await anna.types("Where is my order?")
    await boris.types("/shift")
    assert "Where is my order?" not in vera.reads
    await gleb.types("/shift")
    assert vera.reads.startswith("Nobody is on shift, No. 1\nWhere is my order?")
    await gleb.types("/shift")
    assert vera.reads.startswith("New question, No. 1\nWhere is my order?")


async def test_the_queue_knows_a_follow_up(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await anna.taps("1 ☆")
    await vera.taps("Write")
    await vera.types("/queue")
    assert vera.reads == "Open chats\nNo. 1 · Anna · a supervisor writes · yours"


async def test_what_never_arrived_is_no_answer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    async with desk.together():
        await boris.types("On its way.")
        await anna.blocks()
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        assert (conversation.first_answer_by_id, conversation.last_answer_by_id) == (None, None)

    dave = desk.customer("Dave")
    await dave.types("Where is mine?")
    await gleb.taps("Take")
    await gleb.types("Tomorrow.")
    async with desk.together():
        await boris.types("Today!", reply_to=boris.finds("No. 2: Gleb answers"))
        await dave.blocks()
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(2)
        assert conversation.last_answer_by_id == (await desk.person(gleb)).id
