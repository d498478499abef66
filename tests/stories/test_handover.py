"""Handing over, letting go, priorities, a supervisor's follow-up."""

from datetime import timedelta

import pytest

from desk import conversations, people
from storage.models import Outcome, Role
from tests.conftest import Desk
from tests.stories.talking import held, waits


async def test_to_a_colleague_with_a_note(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=1))
    await boris.taps("Hand over")
    assert boris.reads == "To whom does No. 1 go?"
    assert boris.buttons == ["Gleb", "To the queue"]
    await boris.taps("Gleb")
    assert boris.buttons == ["Hand over without words"]
    await boris.types("She needs <the bill>")
    assert boris.reads == "No. 1 handed over: Gleb"

    card = gleb.finds("No. 1, yours to answer")
    assert "Since 10:00, answer by 10:05" in card.words  # the wait runs on
    assert card.words.endswith("Boris hands it over:\nShe needs <the bill>")
    assert gleb.reads == "Where is my order?"
    boris.finds("No. 1: Gleb answers, since 10:01")
    await boris.types("And one more thing")
    assert boris.reads.startswith("You have no open chat right now")
    await gleb.types("Here it is")
    assert anna.reads == "Here it is"
    (wait,) = await waits(desk, 1)
    assert (wait.team_seconds, wait.operator_seconds) == (60, 0)


async def test_to_the_queue(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("To the queue")
    await boris.taps("Hand over without words")
    assert gleb.reads.startswith("Waiting again, No. 1\nWhere is my order?")
    await gleb.taps("Take")
    assert gleb.reads == "Where is my order?"


async def test_a_note_is_words_and_may_be_left(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.sends_sticker()
    assert boris.reads.startswith("Text is needed here.")
    await desk.restarts()
    await boris.types("/cancel")
    assert boris.reads == "All right, the chat stays as it is."
    assert "sticker" not in anna.last.raw
    boris.finds("No. 1, yours to answer")
    assert not any("yours to answer" in m.words for m in gleb.received)


async def test_who_went_off_shift_gets_nothing(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await gleb.types("/shift")
    await boris.types("Please")
    boris.finds("They are not on shift now.")
    assert boris.reads == "To whom does No. 1 go?"
    boris.finds("No. 1, yours to answer")


async def test_who_leaves_their_shift_lets_all_go(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris, gleb = await desk.operator("Boris"), await desk.operator("Gleb")
    await held(desk, anna, boris)
    await held(desk, dave, boris)
    await boris.types("/shift")
    await boris.taps(boris.buttons[0])
    gleb.finds("Waiting again, No. 1")
    gleb.finds("Waiting again, No. 2")


async def test_who_blocks_the_bot_or_is_removed_holds_nothing(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.blocks()
    vera.finds("Nobody is on shift, No. 1")

    ivan = await desk.operator("Ivan")
    await held(desk, dave, ivan)
    async with desk.database.writing() as tx:
        by = await tx.people.by_telegram(vera.id)
        gone = await tx.people.by_telegram(ivan.id)
        assert by is not None
        assert gone is not None
        await people.take_role(
            tx,
            person_id=gone.id,
            role=Role.OPERATOR,
            by=by,
            rules=desk.settings.rules(),
            now=desk.now,
        )
    await desk.settles()
    vera.finds("Nobody is on shift, No. 2")
    assert not any("No. 2" in shown.words for shown in ivan.received)
    await ivan.types("May I ask something?")
    assert ivan.reads.startswith("Got it, your number is 3.")


@pytest.mark.settings(reply_within="urgent=2m,high=5m,normal=10m,low=30m")
async def test_a_priority_moves_the_due_moment_but_never_before_now(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    assert "answer by 10:10" in boris.finds("yours to answer").words
    await desk.passes(timedelta(minutes=3))
    await boris.taps("Priority")
    assert boris.buttons == ["Urgent: 2 min", "High: 5 min", "Normal: 10 min", "Low: 30 min"]
    await boris.taps("High: 5 min")
    card = boris.finds("yours to answer")
    assert "answer by 10:05\nPriority" not in card.words
    assert "Priority: high\nSince 10:00, answer by 10:05" in card.words
    await boris.taps("Urgent: 2 min")
    assert "answer by 10:03" in boris.finds("yours to answer").words
    vera.finds("Late reply, No. 1")
    await boris.taps("Low: 30 min")  # too late for this wait
    assert "answer by 10:03" in boris.finds("yours to answer").words


async def test_a_supervisor_writes_to_the_customer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.types("No")
    await boris.taps("Not solved")
    async with desk.database.writing() as tx:
        by = await tx.people.by_telegram(vera.id)
        assert by is not None
        await conversations.follow_up(tx, conversation_id=1, by=by, now=desk.now)
    await desk.settles()
    assert vera.reads.startswith("No. 1, you write to the customer\nAnna")

    await vera.types("I am sorry")
    assert anna.reads == "I am sorry"
    await anna.types("Fine then", reply_to=anna.last)
    assert vera.reads == "Fine then"
    boris.finds("No. 1: not solved")
    assert len(await waits(desk, 1)) == 1
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        boris_id = (await desk.person(boris)).id
        assert conversation.last_answer_by_id == boris_id
        assert conversation.outcome is Outcome.NOT_SOLVED

    async with desk.database.writing() as tx:
        await conversations.end_follow_up(tx, conversation_id=1, now=desk.now)
    await desk.settles()
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        assert (conversation.is_open, conversation.holder_id) == (False, boris_id)
    await vera.types("Hello?")
    assert anna.reads == "I am sorry"


async def test_a_follow_up_beside_an_open_conversation(desk: Desk) -> None:
    """The customer answers whoever wrote last; a reply says it plainly."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.taps("Not solved")
    await desk.passes(timedelta(hours=25))
    await held(desk, anna, boris, "Another thing")
    await boris.types("Yes?")
    async with desk.database.writing() as tx:
        by = await tx.people.by_telegram(vera.id)
        assert by is not None
        await conversations.follow_up(tx, conversation_id=1, by=by, now=desk.now)
    await desk.settles()
    await desk.passes(timedelta(minutes=1))
    await vera.types("About No. 1")
    await anna.types("To Vera")
    assert vera.reads == "To Vera"
    await anna.types("To Boris", reply_to=anna.finds("Yes?"))
    assert boris.reads == "To Boris"


async def test_a_supervisor_gives_a_conversation_to_another(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb, vera = await desk.operator("Gleb"), await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await vera.types("/queue")
    await vera.taps("Open No. 1")
    assert vera.reads.startswith(
        "No. 1: Boris answers, since 10:00\nAnna · first chat\nSince 10:00"
    )
    await vera.taps("Hand over")
    assert vera.buttons == ["Gleb", "To me", "To the queue"]
    await vera.taps("Gleb")
    await vera.taps("Hand over without words")
    assert gleb.reads == "Where is my order?"
    await vera.taps("Hand over", vera.finds("Gleb answers"))
    await vera.taps("To me")
    assert vera.reads == "Where is my order?"
    await vera.types("I will see to it myself")
    assert anna.reads == "I will see to it myself"


async def test_a_question_offers_what_the_operator_holds_now(desk: Desk) -> None:
    anna, dave, boris = desk.customer("Anna"), desk.customer("Dave"), await desk.operator("Boris")
    await held(desk, anna, boris, "From Anna")
    await held(desk, dave, boris, "From Dave")
    await boris.types("Hm")
    question = boris.finds("To whom does this go?")
    await boris.taps("Solved", boris.finds("No. 1, yours"))
    assert question.buttons == [["No. 2 · Dave"], ["Do not send"]]


async def test_a_note_is_read_whole_or_asked_for_again(desk: Desk) -> None:
    anna, boris = desk.customer("😀" * 128), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.types("😀" * 1_001)
    assert boris.reads.startswith("A note holds 1,000 characters at most.")
    note = "😀" * 999 + "!"
    await boris.types(note)
    assert gleb.finds("yours to answer").words.endswith(note)


async def test_a_command_goes_before_a_note(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await desk.operator("Gleb")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.types("/diaries")
    assert "Text is needed" not in boris.reads
    await boris.types("She is in a hurry")
    assert boris.reads == "No. 1 handed over: Gleb"


async def test_a_note_about_what_went_elsewhere_meanwhile(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb, vera = await desk.operator("Gleb"), await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await vera.taps_data(f"handovernow:1:{(await desk.person(gleb)).id}")
    await boris.types("She is in a hurry")
    assert boris.reads == "Too late: things have changed since."
    await boris.types("Hello?")
    assert boris.reads.startswith("You have no open chat right now")


async def test_what_comes_back_to_the_queue_rings_for_all(desk: Desk) -> None:
    anna = desk.customer("Anna")
    operators = [await desk.operator(f"Operator {n}") for n in range(8)]
    await anna.types("Hello?")
    await desk.passes(timedelta(seconds=30))
    *others, boris = operators
    await boris.taps("Take")
    await boris.taps("Hand over")
    await boris.taps("To the queue")
    seen = [other.last.message_id for other in others]
    await desk.passes(timedelta(seconds=1))
    await boris.taps("Hand over without words")
    await desk.passes(timedelta(seconds=30))
    for other, before in zip(others, seen, strict=True):
        assert other.reads.startswith("Waiting again, No. 1")
        assert other.last.message_id > before


async def test_undo_after_handing_over(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    wrong = await boris.types("Not for you")
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.taps("Hand over without words")
    await boris.types("/undo", reply_to=wrong)
    assert "Not for you" not in [shown.words for shown in anna.screen]
    assert "Since 10:00, answer by 10:05" in gleb.finds("yours to answer").words


async def test_a_follow_up_is_not_counted_as_handed_to_the_queue(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera", on_shift=True)
    await held(desk, anna, boris)
    await boris.types("No.")
    await boris.taps("Not solved")
    await anna.taps("1 ☆")
    await vera.taps("Write")
    await held(desk, dave, vera)
    await vera.types("/shift")
    await vera.taps("Hand to the queue")
    assert vera.reads == "Your shift is over, 1 chat went to the queue."
