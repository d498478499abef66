"""Words within a day of closing: thanks, the same matter, a new one; spam and its undoing."""

from datetime import timedelta

from playground.people import Account
from storage.models import Outcome
from tests.conftest import Desk
from tests.stories.staff import invites, opens
from tests.stories.talking import held, waits

CHOICES = ["Just thanks", "Still No. 1", "New question"]


async def closed(desk: Desk) -> tuple[Account, Account]:
    """Boris has solved what Anna asked."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await boris.types("On its way.")
    await boris.taps("Solved")
    await desk.passes(timedelta(hours=1))
    return anna, boris


async def test_just_thanks(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("Thanks!")
    assert anna.reads == "No. 1 is closed. What is your message about?"
    assert anna.buttons == CHOICES
    await anna.taps("Just thanks")
    assert anna.reads == "Always glad to help."
    await desk.passes(timedelta(minutes=5))
    boris.finds("No. 1: solved")
    assert "Thanks!" not in boris.reads
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        assert (conversation.outcome, conversation.reopened) == (Outcome.SOLVED, 0)


async def test_still_the_same(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("It did not come")
    await desk.passes(timedelta(minutes=1))
    await anna.taps("Still No. 1")
    assert anna.reads == "No. 1 is open again. We will answer by 11:05."
    assert boris.reads == "It did not come"
    card = boris.finds("No. 1, yours to answer")
    assert "Since 11:00, answer by 11:05" in card.words  # the wait starts at the message
    assert "Only thanks" not in [label for row in card.buttons for label in row]
    await boris.types("Sorry!")
    assert anna.reads == "Sorry!"
    second = (await waits(desk, 1))[1]
    assert second.first is False
    assert second.team_seconds == 60


async def test_still_the_same_goes_to_the_queue_when_the_operator_is_off_shift(
    desk: Desk,
) -> None:
    anna, boris = await closed(desk)
    gleb = await desk.operator("Gleb")
    await boris.types("/shift")
    await anna.types("It did not come")
    await anna.taps("Still No. 1")
    assert gleb.reads.startswith("Waiting again, No. 1\nIt did not come\n")
    await gleb.taps("Take")
    assert [m.words for m in gleb.received[-2:]] == ["Where is my order?", "It did not come"]


async def test_a_new_question(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("And do you deliver to Omsk?")
    await anna.types("By train?")
    await anna.taps("New question")
    assert anna.reads == "New question, No. 2. We will answer by 11:05."
    assert boris.reads.startswith(
        "New question, No. 2\nAnd do you deliver to Omsk?\nBy train?\nAnna · 1 earlier chat"
    )
    async with desk.database.reading() as tx:
        assert (await tx.conversations.one(1)).outcome is Outcome.SOLVED


async def test_no_tap_in_two_minutes_it_goes_on(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("Thanks!")
    await desk.passes(timedelta(minutes=2) - timedelta(seconds=1))
    assert "Thanks!" not in boris.reads
    await desk.passes(timedelta(seconds=1))
    assert boris.reads == "Thanks!"
    assert anna.reads == "No. 1 is open again. We will answer by 11:05."
    assert "Since 11:00, answer by 11:05" in boris.finds("yours to answer").words


async def test_only_thanks_closes_as_it_was_and_supervisors_can_see_it(desk: Desk) -> None:
    anna, boris = await closed(desk)
    vera = await desk.supervisor("Vera")
    async with desk.database.reading() as tx:
        before = (await tx.conversations.one(1)).closed_at
    await anna.types("Thanks!")
    await desk.passes(timedelta(minutes=3))
    surveys = len([m for m in anna.received if m.keys])
    await boris.taps("Only thanks")
    assert boris.toasts[-1] == "No. 1 is closed as it was"
    boris.finds("No. 1: solved. Boris, 10:00")
    await desk.passes(timedelta(minutes=30))
    assert not any("Late reply" in m.words for m in vera.received)
    assert len([m for m in anna.received if m.keys]) == surveys  # no second survey
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
        assert conversation.closed_at == before
        assert (conversation.reopened, conversation.closed_seconds) == (0, 0)

    await vera.types("/queue")
    assert vera.buttons == ["Spam and “thanks”: 1"]
    await vera.taps("Spam and “thanks”: 1")
    assert "No. 1 · Anna · only thanks · Boris, 11:03" in vera.reads
    await vera.taps("Bring back No. 1")
    boris.finds("No. 1, yours to answer")


async def test_only_thanks_is_not_for_what_was_answered(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("Thanks!")
    await desk.passes(timedelta(minutes=3))
    await boris.types("You are welcome")
    await boris.taps_data("onlythanks:1")
    assert boris.toasts[-1] == "Too late: things have changed since."


async def test_a_stranger_decides_nothing(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("Thanks!")
    data = anna.last.keys[0][0]["callback_data"]
    await boris.taps_data(data)
    assert boris.toasts[-1] == "This button is not for you, or no longer works."
    await anna.taps("New question")
    await anna.taps_data(data)
    assert anna.toasts[-1] == "Too late: things have changed since."


async def test_a_day_later_it_is_a_new_question(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await desk.passes(timedelta(hours=23))
    await anna.types("Me again")
    assert anna.reads.startswith("Got it, your number is 2.")
    boris.finds("New question, No. 2")


async def test_an_album_after_closing_is_one_question_and_goes_whole(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.sends_album([b"1", b"2"])
    assert [m.words for m in anna.received].count(
        "No. 1 is closed. What is your message about?"
    ) == 1
    await desk.passes(timedelta(seconds=5))
    await anna.taps("Still No. 1")
    await desk.passes(timedelta(seconds=1))
    assert len({part.raw["media_group_id"] for part in boris.received[-2:]}) == 1


async def test_who_blocks_the_bot_after_a_word_is_not_waited_for(desk: Desk) -> None:
    anna, boris = await closed(desk)
    await anna.types("Thanks!")
    await anna.blocks()
    await desk.passes(timedelta(minutes=5))
    boris.finds("No. 1: solved")
    assert "Thanks!" not in boris.reads


async def test_spam_is_listed_and_undone(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.taps("Spam")
    assert not any("How was the chat?" in m.words for m in anna.received)
    await vera.types("/queue")
    await vera.taps("Spam and “thanks”: 1")
    assert "No. 1 · Anna · spam · Boris, 10:00" in vera.reads
    await boris.taps_data("spamundo:1")
    assert boris.toasts[-1] == "That is for another role. What you can do: /help"
    await vera.taps("Bring back No. 1")
    assert vera.toasts[-1] == "No. 1 is open again"
    assert boris.reads.startswith("Waiting again, No. 1\nWhere is my order?")
    await boris.taps("Take")
    await boris.types("Sorry, on its way")
    assert anna.reads == "Sorry, on its way"
    await vera.taps("Bring back No. 1")
    assert vera.toasts[-1] == "Too late: things have changed since."


async def test_a_comment_beside_stars_is_no_question_and_stays_out_of_the_talk(
    desk: Desk,
) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await boris.types("No.")
    await boris.taps("Not solved")
    await anna.taps(anna.finds("How was the chat?").buttons[0][0])
    await anna.types("How rude!")
    assert not any("What is your message about?" in shown.words for shown in anna.received)
    await desk.passes(timedelta(minutes=11))
    await anna.types("It did not come")
    await anna.taps("Still No. 1")
    await boris.taps("History")
    assert not any("How rude!" in shown.words for shown in boris.received)
    boris.finds("It did not come")


async def test_who_joins_the_team_meanwhile_asks_no_more(desk: Desk) -> None:
    anna, boris = await closed(desk)
    vera = await desk.supervisor("Vera")
    await anna.types("Thanks!")
    await anna.starts_from(await invites(vera))
    await desk.passes(timedelta(minutes=3))
    boris.finds("No. 1: solved")
    assert not any("What is your message about?" in shown.words for shown in anna.received)


async def test_what_was_solved_since_is_listed_no_more(desk: Desk) -> None:
    anna, boris = await closed(desk)
    vera = await desk.supervisor("Vera")
    await anna.types("Thanks!")
    await desk.passes(timedelta(minutes=3))
    await boris.taps("Only thanks")
    await anna.types("It did not come")
    await anna.taps("Still No. 1")
    await boris.taps("Solved")
    await vera.types("/queue")
    assert vera.buttons == []
    await vera.taps_data("spamundo:1")
    assert vera.toasts[-1] == "Too late: things have changed since."


async def test_nothing_is_brought_back_for_who_cannot_be_heard_or_answered(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await held(desk, anna, boris)
    await vera.taps_data(f"ban:{(await desk.person(anna)).id}:1")
    await held(desk, dave, boris)
    await boris.taps("Spam")
    await dave.blocks()
    await vera.taps_data("spamundo:1")
    assert vera.toasts[-1] == "This customer is banned. Lift the ban first: /team"
    await vera.taps_data("spamundo:2")
    assert vera.toasts[-1].startswith("This person cannot be written to now")
    async with desk.database.reading() as tx:
        assert await tx.conversations.count_open() == 0


async def test_spam_nobody_took_rings_when_it_is_none(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await anna.types("Where is my order?")
    await vera.taps_data("close:1:spam")
    before = boris.last.message_id
    await vera.taps_data("spamundo:1")
    assert boris.reads.startswith("New question, No. 1")
    assert boris.last.message_id > before


async def test_it_goes_to_the_queue_when_the_operator_has_left_the_team(desk: Desk) -> None:
    anna, boris = await closed(desk)
    vera, gleb = await desk.supervisor("Vera"), await desk.operator("Gleb")
    await anna.types("Thanks!")
    await opens(vera, "Boris")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")
    await desk.passes(timedelta(minutes=2))
    assert gleb.reads.startswith("Waiting again, No. 1\nThanks!")
    assert not any("Thanks!" in shown.words for shown in boris.received)
    await gleb.taps("Take")
    await gleb.taps("Only thanks")
    gleb.finds("No. 1: solved. Boris, 10:00")
