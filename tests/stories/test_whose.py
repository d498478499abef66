"""Whose is an operator's message? Five rules, and a question when none decides."""

from datetime import timedelta

from playground.people import Account
from tests.conftest import Desk
from tests.stories.talking import held


async def two(desk: Desk) -> tuple[Account, Account, Account]:
    """Boris holds Anna's conversation and Dave's, to whom he wrote last."""
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris = await desk.operator("Boris")
    await held(desk, anna, boris, "From Anna")
    await held(desk, dave, boris, "From Dave")
    await boris.types("To Dave", reply_to=boris.finds("From Dave"))
    return anna, dave, boris


def got(customer: Account, words: str) -> bool:
    return any(shown.words == words for shown in customer.received)


async def test_a_reply_is_that_customers_always(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    await boris.types("To Anna", reply_to=boris.finds("From Anna"))
    await boris.types("To Anna's card", reply_to=boris.finds("No. 1, yours"))
    await boris.types("To Dave", reply_to=boris.finds("From Dave"))
    assert [got(anna, "To Anna"), got(anna, "To Anna's card"), got(anna, "To Dave")] == [
        True,
        True,
        False,
    ]
    assert got(dave, "To Dave")


async def test_a_reply_goes_before_an_open_form(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.types("One moment, please", reply_to=boris.finds("Where is my order?"))
    assert got(anna, "One moment, please")
    await boris.types("She is in a hurry")  # and the form goes on
    assert not got(anna, "She is in a hurry")
    boris.finds("No. 1 handed over: Gleb")


async def test_a_slash_never_goes_to_a_customer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    before = len(anna.received)
    await boris.types("/thanks")
    assert boris.reads.startswith("There is no such command.")
    await boris.types("/thanks", reply_to=boris.finds("Where is my order?"))
    assert boris.reads.startswith("There is no such command.")
    await boris.sends_photo(b"jpeg", caption="/thanks")
    assert len(anna.received) == before


async def test_the_one_chosen_last_if_no_other_wrote_since(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    await boris.types("Still to Dave")
    assert got(dave, "Still to Dave")
    await boris.taps("Answer", boris.finds("No. 1, yours"))
    assert boris.toasts[-1] == "Chosen: Anna, No. 1"
    await boris.types("To Anna")
    assert got(anna, "To Anna")
    await dave.types("Are you there?")
    await boris.types("Yes")
    assert not got(anna, "Yes")
    assert not got(dave, "Yes")
    assert boris.reads == "To whom does this go?\nYes"
    assert boris.buttons == ["No. 1 · Anna", "No. 2 · Dave", "Do not send"]


async def test_what_is_held_goes_in_order_once_they_say(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    await anna.types("Hello?")
    await boris.types("First")
    await boris.sends_photo(b"jpeg", caption="Second")
    await boris.types("Third")
    assert boris.finds("To whom does this go?").words.endswith("First\n[photo] Second\nThird")
    asked = [shown for shown in boris.received if "To whom" in shown.words]
    assert len(asked) == 1

    await boris.taps("No. 1 · Anna")
    assert [shown.words for shown in anna.received[-3:]] == ["First", "Second", "Third"]
    boris.finds("Sent: No. 1, Anna")
    assert not got(dave, "First")
    await boris.types("Fourth")
    assert got(anna, "Fourth")


async def test_what_goes_to_nobody_is_dropped(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    await anna.types("Hello?")
    await boris.types("Oops")
    await boris.taps("Do not send")
    assert boris.toasts[-1] == "Not sent"
    assert not any("To whom" in shown.words for shown in boris.received)
    assert not got(anna, "Oops")
    assert not got(dave, "Oops")


async def test_a_held_message_can_be_corrected_and_taken_back(desk: Desk) -> None:
    anna, _, boris = await two(desk)
    await anna.types("Hello?")
    first = await boris.types("Frist")
    second = await boris.types("Second")
    await boris.edits(first, "First")
    assert boris.finds("To whom").words.endswith("First\nSecond")
    await boris.types("/undo", reply_to=first)
    await boris.taps("No. 1 · Anna", boris.finds("To whom does this go?\nSecond"))
    assert got(anna, "Second")
    assert not got(anna, "First")
    await boris.edits(second, "2nd")
    assert got(anna, "2nd")


async def test_the_question_survives_a_restart_and_knows_its_own(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    gleb = await desk.operator("Gleb")
    await anna.types("Hello?")
    await boris.types("Held")
    await desk.restarts()
    data = boris.last.keys[0][0]["callback_data"]
    await gleb.taps_data(data)
    assert gleb.toasts[-1] == "This button is not for you, or no longer works."
    await boris.taps_data(data.rsplit(":", 1)[0] + ":77")
    assert boris.toasts[-1] == "Too late: things have changed since."
    await boris.taps("No. 2 · Dave")
    assert got(dave, "Held")
    await boris.taps_data(data)
    assert boris.toasts[-1] == "Too late: things have changed since."


async def test_an_answer_to_an_offer_takes_it(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Hello")
    await boris.types("Hi", reply_to=boris.finds("New question"))
    assert got(anna, "Hi")
    boris.finds("No. 1, yours to answer")


async def test_a_reply_after_closing_arrives_and_it_stays_closed(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("Done")
    await boris.taps("Solved")
    await boris.types("By the way", reply_to=boris.finds("Where is my order?"))
    assert got(anna, "By the way")
    assert boris.reads == "Sent. No. 1 stays closed."


async def test_what_one_asked_before_joining_the_team_goes_on(desk: Desk) -> None:
    """They write as staff now; a reply in their old conversation is still theirs."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("Which number?")
    async with desk.database.writing() as tx:
        person = await tx.people.by_telegram(anna.id)
        assert person is not None
        person.is_operator = True
    await anna.types("319", reply_to=anna.finds("Which number?"))
    assert boris.reads == "319"
    await anna.types("320")
    assert boris.reads == "319"
    await anna.taps_data("take:1")
    assert anna.toasts[-1] == "This button is not for you, or no longer works."
    await desk.passes(timedelta(hours=1))
    await boris.taps("Solved")
    boris.finds("No. 1: solved")


async def test_a_reply_to_what_is_said_about_a_conversation_is_that_customers(
    desk: Desk,
) -> None:
    anna, dave, boris = await two(desk)
    await boris.taps("History", boris.finds("No. 1, yours"))
    await boris.types("From the history", reply_to=boris.finds("History, No. 1"))
    await anna.types("Hm?")
    await boris.types("/close", reply_to=boris.finds("From Anna"))
    await boris.types("Anything else?", reply_to=boris.finds("How does No. 1 (Anna) end?"))
    await boris.types("To Dave", reply_to=boris.finds("From Dave"))
    await anna.types("No")
    await boris.types("Good bye")
    await boris.taps("No. 1 · Anna")
    await boris.types("and thanks", reply_to=boris.finds("Sent: No. 1, Anna"))
    await boris.taps("Solved", boris.finds("No. 1, yours"))
    await boris.types("The bill", reply_to=boris.finds("From Anna"))
    await boris.types("is paid", reply_to=boris.finds("Sent. No. 1 stays closed."))
    for words in ("From the history", "Anything else?", "and thanks", "The bill", "is paid"):
        assert got(anna, words), words
        assert not got(dave, words)


async def test_what_was_meant_for_the_diary_reaches_no_customer(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    await boris.types("Good bye", reply_to=boris.finds("From Anna"))
    await boris.taps("Solved", boris.finds("No. 1, yours"))
    await boris.types("A difficult one", reply_to=boris.finds("Diary, No. 1"))
    assert boris.reads.startswith("Nobody got this: replies to that card are not passed on.")
    assert not got(anna, "A difficult one")
    assert not got(dave, "A difficult one")


async def test_the_question_stands_below_what_it_is_about(desk: Desk) -> None:
    """Far up in the chat nobody would see that their words are held."""
    anna, dave, boris = await two(desk)
    await anna.types("Hello?")
    await boris.types("One moment")
    await dave.types("And I?")
    await boris.types("Coming")
    assert boris.reads == "To whom does this go?\nOne moment\nComing"
    assert len([shown for shown in boris.received if "To whom" in shown.words]) == 1
    await boris.types("Really", reply_to=boris.last)
    await boris.taps("No. 2 · Dave")
    assert [shown.words for shown in dave.received[-3:]] == ["One moment", "Coming", "Really"]


async def test_what_is_held_when_nobody_is_left_says_so(desk: Desk) -> None:
    anna, dave, boris = await two(desk)
    await anna.types("Hello?")
    await boris.types("One moment")
    await anna.blocks()
    await dave.blocks()
    await boris.types("Anybody?")
    assert boris.reads.startswith("You have no open chat right now")
    assert boris.buttons == ["Do not send"]
