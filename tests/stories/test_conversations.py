"""From a customer's first word to the closing."""

from datetime import timedelta

import pytest

from storage.models import ConversationState, Outcome, WaitEnd
from tests.conftest import Desk
from tests.stories.talking import held, waits


async def test_write_take_answer_close(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")

    await anna.types("Where is my order?")
    assert anna.reads.splitlines()[0] == "Got it, your number is 1. We will answer by 10:05."
    assert "keep this chat" in anna.reads
    assert boris.reads == (
        "New question, No. 1\nWhere is my order?\nAnna · first chat\nSince 10:00, answer by 10:05"
    )
    assert boris.buttons == ["Take"]

    await boris.taps("Take")
    assert boris.toasts == ["No. 1 is yours"]
    card = boris.finds("No. 1, yours to answer")
    assert boris.reads == "Where is my order?"
    assert boris.last.raw["reply_to_message"]["message_id"] == card.message_id

    await boris.types("On its way.")
    assert anna.reads == "On its way."
    assert "Answered: 10:00" in boris.finds("yours to answer").words

    await boris.taps("Solved")
    assert boris.finds("No. 1: solved").words == "No. 1: solved. Boris, 10:00"
    assert anna.finds("How was the chat?").buttons
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        assert conversation.state is ConversationState.CLOSED
        assert conversation.outcome is Outcome.SOLVED
        wait = await tx.waits.last_in(1)
        assert wait is not None
        assert wait.end is WaitEnd.ANSWERED


async def test_in_russian(desk: Desk) -> None:
    pavel, anna = desk.customer("Павел", "ru"), await desk.operator("Анна", "ru")
    await pavel.types("Где заказ?")
    assert pavel.reads.startswith("Получили, номер обращения: 1. Ответим до 10:05.")
    assert anna.reads == (
        "Новый вопрос, № 1\nГде заказ?\nПавел · первый разговор\nС 10:00, ответить до 10:05"
    )
    await anna.taps("Взять")
    await anna.types("В пути.")
    assert pavel.reads == "В пути."
    await anna.taps("Не решено")
    assert anna.finds("№ 1: не решено").words == "№ 1: не решено. Анна, 10:00"


async def test_privacy_is_told_once(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.taps("Spam")
    await desk.passes(timedelta(hours=25))
    await anna.types("Another one")
    assert anna.reads == "Got it, your number is 2. We will answer by 11:05."


@pytest.mark.settings(working_hours="mon-fri 09:00-18:00")
async def test_outside_working_hours_the_customer_learns_when_the_team_is_back(
    desk: Desk,
) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await desk.passes(timedelta(hours=9))
    await anna.types("Anybody there?")
    assert anna.reads.startswith(
        "Got it, your number is 1. "
        "The team is away until tomorrow, 09:00 and will answer by tomorrow, 09:05."
    )
    assert "answer by tomorrow, 09:05" in boris.reads


async def test_the_first_tap_of_twenty_wins(desk: Desk) -> None:
    anna = desk.customer("Anna")
    operators = [await desk.operator(f"Operator {n}") for n in range(20)]
    await anna.types("Hello")
    await desk.passes(timedelta(seconds=30))

    async with desk.together():
        for operator in operators:
            await operator.taps("Take")

    assert [o.toasts for o in operators] == [
        ["No. 1 is yours"],
        *[["Operator 0 is on it already."]] * 19,
    ]
    assert operators[0].reads == "Hello"
    for loser in operators[1:]:
        assert loser.reads == "No. 1: Operator 0 answers, since 10:00"
        assert loser.buttons == []


async def test_five_with_the_fewest_are_offered_it_first_then_all(desk: Desk) -> None:
    busy, dave = await desk.operator("Busy"), desk.customer("Dave")
    await held(desk, dave, busy)
    others = [await desk.operator(f"Operator {n}") for n in range(5)]

    await desk.customer("Anna").types("Hello")
    assert ["New question, No. 2" in o.reads for o in others] == [True] * 5
    assert "No. 2" not in busy.reads

    await desk.passes(timedelta(seconds=30))
    assert "New question, No. 2" in busy.reads


async def test_nobody_on_shift_supervisors_are_told_once(desk: Desk) -> None:
    vera, anna = await desk.supervisor("Vera"), desk.customer("Anna")
    boris = await desk.operator("Boris", on_shift=False)
    await anna.types("Hello?")
    await anna.types("Anybody?")
    assert vera.reads.startswith("Nobody is on shift, No. 1\nHello?\nAnybody?\n")
    assert len(vera.received) == 2  # beside her welcome

    await boris.types("/shift")
    boris.finds("New question, No. 1")
    await boris.taps("Take")
    assert vera.reads.startswith("No. 1: Boris answers, since 10:00\nAnna · first chat\n")


async def test_a_supervisor_answers_what_nobody_does(desk: Desk) -> None:
    vera, anna = await desk.supervisor("Vera"), desk.customer("Anna")
    await anna.types("Hello?")
    await vera.taps("Take")
    await vera.types("I am here.")
    assert anna.reads == "I am here."


async def test_more_words_show_on_the_offer_and_come_with_take(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Where is")
    await anna.types("my order?")
    assert boris.reads.startswith("New question, No. 1\nWhere is\nmy order?\n")
    assert len(anna.received) == 1
    await boris.taps("Take")
    assert [shown.words for shown in boris.received[-2:]] == ["Where is", "my order?"]


async def test_names_and_texts_arrive_as_written(desk: Desk) -> None:
    anna, boris = desk.customer("<b>&"), await desk.operator("</i>")
    words = "<script>alert('&amp;')</script> " + "😀" * 1000
    await held(desk, anna, boris, words)
    assert boris.reads == words
    assert "<b>& · first chat" in boris.finds("yours to answer").words
    await boris.types("1 < 2 & 3")
    assert anna.reads == "1 < 2 & 3"


async def test_no_customer_sees_an_operators_account(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("Hello")
    assert "forward_origin" not in anna.last.raw
    assert anna.last.raw["from"]["is_bot"]


async def test_a_banned_customer_is_refused_once(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.starts()
    async with desk.database.writing() as tx:
        person = await tx.people.by_telegram(anna.id)
        assert person is not None
        person.banned_at = desk.now
    await anna.types("Buy gold!")
    await anna.types("Buy gold!!")
    refusals = [m for m in anna.received if m.words == "Sorry, we cannot accept your message."]
    assert len(refusals) == 1
    assert "gold" not in boris.reads
    async with desk.database.reading() as tx:
        assert await tx.conversations.count_open() == 0


NOT_PASSED_ON: dict[str, object] = {
    "dice": {"emoji": "🎲", "value": 3},
    "game": {"title": "Chess", "description": "", "photo": []},
    "paid_media": {"star_count": 1, "paid_media": []},
    "story": {"chat": {"id": 5, "type": "private", "first_name": "Dave"}, "id": 1},
    "checklist": {"title": "To do", "tasks": [{"id": 1, "text": "Rest"}]},
}


@pytest.mark.parametrize("kind", NOT_PASSED_ON)
async def test_what_cannot_be_passed_on_is_answered(desk: Desk, kind: str) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    question, message = boris.last, {kind: NOT_PASSED_ON[kind]}
    await anna.sends(message)
    assert anna.reads.startswith("This kind of message cannot be passed on.")
    await boris.sends(message, reply_to=question)
    assert boris.reads.startswith("This kind of message cannot be passed on.")
    await anna.sends_poll()
    assert anna.reads.startswith("This kind of message cannot be passed on.")


async def test_all_at_once_stays_in_order(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("One")
    async with desk.together():
        await anna.types("two")
        await boris.taps("Take")
        await anna.types("three")
        await boris.types("Yes")
        await anna.types("four")
        await boris.types("No")
    assert [shown.words for shown in boris.received[-4:]] == ["One", "two", "three", "four"]
    assert [shown.words for shown in anna.received[-2:]] == ["Yes", "No"]


async def test_who_blocks_and_comes_back_at_once_is_asked(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    async with desk.together():
        await anna.blocks()
        await anna.starts()
        await anna.types("I am back")
    assert anna.reads == "No. 1 is closed. What is your message about?"
    await anna.taps("Still No. 1")
    assert boris.reads == "I am back"


async def test_an_operator_without_conversations_is_told_what_to_do(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("Hello?")
    assert boris.reads.endswith("this went to nobody. Who waits: /queue")
    gleb = await desk.operator("Gleb", on_shift=False)
    await gleb.types("Hello?")
    assert gleb.reads.endswith("this went to nobody. To start your shift: /shift")


async def test_the_queue(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris = await desk.operator("Boris")
    await boris.types("/queue")
    assert boris.reads == "Nobody waits, no chat is open."
    await held(desk, anna, boris)
    await boris.types("Hello")
    await desk.passes(timedelta(minutes=1))
    await dave.types("Me too")

    await boris.types("/queue")
    assert boris.reads == (
        "Open chats\n"
        "No. 2 · Dave · since 10:01, answer by 10:06 · in the queue\n"
        "No. 1 · Anna · answered · yours"
    )
    assert boris.buttons == ["Take No. 2", "Answer No. 1"]
    await boris.taps("Take No. 2")
    assert boris.reads == "Me too"


async def test_close_without_a_reply_means_the_current_one(desk: Desk) -> None:
    boris, anna, dave = await desk.operator("Boris"), desk.customer("Anna"), desk.customer("Dave")
    await boris.types("/close")
    assert boris.reads == "You have no open chat right now."
    await held(desk, anna, boris)
    await boris.types("/close")
    assert boris.reads == "How does No. 1 (Anna) end?"
    await held(desk, dave, boris)
    await boris.types("/close")
    assert boris.reads == "How does No. 2 (Dave) end?"  # chosen last
    assert boris.buttons == ["Solved", "Not solved", "Spam", "No. 1 · Anna"]
    await boris.taps("No. 1 · Anna")
    await boris.taps("Not solved")
    boris.finds("No. 1: not solved")
    assert not [shown for shown in boris.screen if "No. 1 (Anna) end" in shown.words]
    boris.finds("How does No. 2 (Dave) end?")  # that one is still open


async def test_the_question_how_it_ends_goes_away_however_it_ended(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("/close")
    await anna.blocks()
    assert not [shown for shown in boris.screen if "How does" in shown.words]


async def test_close_as_a_reply_closes_that_one(desk: Desk) -> None:
    boris, anna, dave = await desk.operator("Boris"), desk.customer("Anna"), desk.customer("Dave")
    await held(desk, anna, boris, "From Anna")
    await held(desk, dave, boris, "From Dave")
    await boris.types("/close", reply_to=boris.finds("From Anna"))
    assert boris.reads == "How does No. 1 (Anna) end?"
    assert "/close" not in anna.reads


async def test_only_the_holder_and_supervisors_close(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb, vera = await desk.operator("Gleb"), await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await gleb.taps_data("close:1:solved")
    assert gleb.toasts[-1] == "This button is not for you, or no longer works."
    await anna.taps_data("close:1:solved")
    assert anna.toasts[-1] == "That is for another role. What you can do: /help"
    await boris.taps_data("close:1:left")  # nobody closes so by hand
    assert boris.toasts[-1] == "This button is not for you, or no longer works."
    await vera.taps_data("close:1:not_solved")
    boris.finds("No. 1: not solved. Vera, 10:00")
    await boris.taps_data("close:1:solved", forgotten=True)
    assert boris.toasts[-1] == "Too late: things have changed since."


async def test_a_customer_who_blocks_the_bot_left(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await anna.blocks()
    boris.finds("No. 1: the customer stopped the bot")
    assert [wait.end for wait in await waits(desk, 1)] == [WaitEnd.LEFT]
    await boris.types("Hello?", reply_to=boris.finds("Where is my order?"))
    assert "cannot be written to" in boris.reads


@pytest.mark.settings(close_after="10h")
async def test_a_silent_customer_is_reminded_and_then_it_closes(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("Which number?")
    await desk.passes(timedelta(hours=8) - timedelta(seconds=1))
    assert anna.reads == "Which number?"
    await desk.passes(timedelta(seconds=1))
    assert anna.reads.endswith("we wait until 20:00, then close it.")
    await desk.passes(timedelta(hours=2))
    boris.finds("No. 1: the customer did not answer. 20:00")
    anna.finds("How was the chat?")


@pytest.mark.settings(close_after="10h")
async def test_a_word_of_the_customer_keeps_it_open(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("Which number?")
    await desk.passes(timedelta(hours=9))
    await anna.types("319")
    await desk.passes(timedelta(hours=12))
    boris.finds("No. 1, yours to answer")


async def test_history_shows_the_last_messages(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("History")
    assert boris.reads == (
        "History, No. 1\n10:00 Anna: Where is my order?\n10:00 Boris: On its way."
    )
