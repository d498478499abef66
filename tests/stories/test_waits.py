"""Late replies: the nudge, the alert that settles itself, and what is written down of a wait."""

from datetime import timedelta

import pytest

from storage.models import WaitEnd
from tests.conftest import Desk
from tests.stories.talking import held, waits


async def test_a_nudge_at_eighty_per_cent_goes_away_with_the_answer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=4) - timedelta(seconds=1))
    assert boris.reads == "Where is my order?"
    await desk.passes(timedelta(seconds=1))
    assert boris.reads == ("Time to answer, No. 1\nAnna waits since 10:00, answer by 10:05")
    await boris.types("Soon", reply_to=boris.last)
    assert anna.reads == "Soon"
    assert not any("Time to answer" in shown.words for shown in boris.received)


async def test_a_late_reply_alerts_and_settles_itself(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=5))
    assert vera.reads.startswith("Late reply, No. 1\n")
    await desk.passes(timedelta(minutes=2, seconds=12))
    await boris.types("Sorry")
    assert vera.reads == (
        "Late reply, No. 1: answered\nCustomer: Anna. Operator: Boris.\n"
        "Answered after 7 min 12 s, the limit is 5 min."
    )
    (wait,) = await waits(desk, 1)
    boris_id = (await desk.person(boris)).id
    assert (wait.overdue, wait.holder_at_due_id, wait.answered_by_id) == (True, boris_id, boris_id)
    assert (wait.team_seconds, wait.operator_seconds, wait.calendar_seconds) == (432, 432, 432)


async def test_more_words_do_not_restart_a_wait_and_an_answer_starts_the_next(
    desk: Desk,
) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=1))
    await anna.types("Hello?")
    await desk.passes(timedelta(minutes=1))
    await boris.types("Here")
    await boris.types("and here")
    await desk.passes(timedelta(minutes=1))
    await anna.types("Thanks, and the bill?")
    first, second = await waits(desk, 1)
    assert (first.first, first.end, first.team_seconds) == (True, WaitEnd.ANSWERED, 120)
    assert (second.first, second.end) == (False, None)
    assert second.started_at == desk.now


async def test_an_overdue_wait_is_who_held_it_at_its_due_moment(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    gleb = await desk.operator("Gleb")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=6))
    await boris.taps("Hand over")
    await boris.taps("Gleb")
    await boris.taps("Hand over without words")
    await desk.passes(timedelta(minutes=1))
    await gleb.types("Sorry for the wait")
    (wait,) = await waits(desk, 1)
    assert wait.holder_at_due_id == (await desk.person(boris)).id
    assert wait.answered_by_id == (await desk.person(gleb)).id
    assert (wait.team_seconds, wait.operator_seconds) == (420, 60)


async def test_what_nobody_held_counts_for_the_team_only(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Hello")
    await desk.passes(timedelta(minutes=6))
    await boris.taps("Take")
    await boris.types("Sorry")
    (wait,) = await waits(desk, 1)
    assert (wait.overdue, wait.holder_at_due_id) == (True, None)
    assert wait.operator_seconds == 360  # it was offered all the while


async def test_for_an_operator_a_wait_runs_from_their_shift(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris", on_shift=False)
    await anna.types("Hello")
    await desk.passes(timedelta(minutes=3))
    await boris.types("/shift")
    await boris.taps("Take")
    await desk.passes(timedelta(minutes=1))
    await boris.types("Good morning")
    (wait,) = await waits(desk, 1)
    assert (wait.team_seconds, wait.operator_seconds) == (240, 60)


@pytest.mark.settings(working_hours="mon-fri 09:00-18:00", reply_within="30m")
async def test_a_wait_is_counted_in_working_time(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await desk.passes(timedelta(hours=7, minutes=50))  # 17:50
    await held(desk, anna, boris)
    assert "Since 17:50, answer by tomorrow, 09:20" in boris.finds("yours to answer").words
    await desk.passes(timedelta(hours=15, minutes=20))  # 09:10
    assert not any("Late" in shown.words for shown in vera.received)
    await boris.types("Good morning")
    (wait,) = await waits(desk, 1)
    assert (wait.overdue, wait.team_seconds) == (False, 20 * 60)
    assert wait.calendar_seconds == 15 * 3600 + 20 * 60


async def test_an_answer_that_waited_at_telegram_raises_no_false_alert(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await desk.stops()
    await desk.passes(timedelta(minutes=3))
    await boris.types("On its way.")
    await desk.passes(timedelta(minutes=30))
    await desk.starts()
    anna.finds("On its way.")
    assert not any("Late" in shown.words for shown in vera.received)
    assert not any("Time to answer" in shown.words for shown in boris.received)
    (wait,) = await waits(desk, 1)
    assert (wait.overdue, wait.holder_at_due_id, wait.team_seconds) == (False, None, 180)


async def test_after_an_outage_only_the_alert_speaks(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await desk.stops()
    await desk.passes(timedelta(minutes=30))
    await desk.starts()
    vera.finds("Late reply, No. 1")
    assert not any("Time to answer" in shown.words for shown in boris.received)


async def test_closed_without_an_answer_is_overdue_unless_spam(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris = await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.taps("Not solved")
    await held(desk, dave, boris)
    await boris.taps("Spam")
    (unanswered,), (spam,) = await waits(desk, 1), await waits(desk, 2)
    boris_id = (await desk.person(boris)).id
    assert (unanswered.end, unanswered.overdue) == (WaitEnd.CLOSED, True)
    assert unanswered.holder_at_due_id == boris_id
    assert (spam.end, spam.overdue) == (WaitEnd.SPAM, False)


async def test_an_answer_nobody_could_read_ends_a_wait_as_left(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    async with desk.together():
        await boris.types("Hello")
        await anna.blocks()
    (wait,) = await waits(desk, 1)
    assert (wait.end, wait.answered_by_id, wait.team_seconds) == (WaitEnd.LEFT, None, None)


async def test_an_answer_taken_back_answered_nobody(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await desk.passes(timedelta(minutes=1))
    wrong = await boris.types("Hello, Dave")
    await boris.types("/undo", reply_to=wrong)
    assert "Since 10:00, answer by 10:05" in boris.finds("yours to answer").words
    await desk.passes(timedelta(minutes=4))
    vera.finds("Late reply, No. 1")
    await desk.passes(timedelta(minutes=1))
    await boris.types("Hello, Anna")
    (wait,) = await waits(desk, 1)
    assert (wait.overdue, wait.team_seconds) == (True, 360)
    async with desk.database.reading() as tx:
        assert (await tx.conversations.one(1)).first_answer_at == desk.now


async def test_of_two_answers_one_may_be_taken_back(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("Hello")
    twice = await boris.types("Hello")
    await boris.types("/undo", reply_to=twice)
    await desk.passes(timedelta(minutes=1))
    third = await boris.types("Tomorrow")
    await boris.types("/undo", reply_to=third)
    (wait,) = await waits(desk, 1)
    assert (wait.end, wait.team_seconds) == (WaitEnd.ANSWERED, 0)


@pytest.mark.settings(close_after="10h")
async def test_who_was_never_answered_is_not_closed_as_silent(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    wrong = await boris.types("Hello, Dave")
    await boris.types("/undo", reply_to=wrong)
    await desk.passes(timedelta(hours=11))
    boris.finds("No. 1, yours to answer")
    assert not any("waiting for you" in shown.words for shown in anna.received)


async def test_an_answer_taken_back_after_closing_changes_no_figure(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    answer = await boris.types("Done")
    await boris.taps("Solved")
    await boris.types("/undo", reply_to=answer)
    (wait,) = await waits(desk, 1)
    assert wait.end is WaitEnd.ANSWERED
    boris.finds("No. 1: solved")
