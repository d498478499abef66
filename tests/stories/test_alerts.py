"""Supervisors hear of a bad rating at once, and see it through until it is fixed."""

from datetime import UTC, datetime, timedelta

import pytest

from desk import alerts
from playground.people import Account
from storage.models import Alert, AlertState, Message
from tests.conftest import Desk
from tests.stories.closed import closed

RATED = "Rating 1 of 5, No. 1"
FIXED_NOW = "We have put No. 1 right. Is it all right now?"
STEPS = ["Take", "Write", "Call back", "Done…"]
HOUR = timedelta(hours=1)


def cards(supervisor: Account, title: str = RATED) -> list[str]:
    return [shown.words for shown in supervisor.received if shown.words.startswith(title)]


async def a_bad_rating(
    desk: Desk, name: str = "Anna", language: str = "en"
) -> tuple[Account, Account]:
    """A customer who gave one star, and the operator."""
    anna, boris = desk.customer(name, language), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    return anna, boris


async def the_alert(desk: Desk) -> Alert:
    async with desk.database.reading() as tx:
        return await tx.alerts.one(1)


# A new alert.


async def test_a_bad_rating_reaches_supervisors_at_once_with_its_history(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg", "ru")
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    for stars in (5, 4):
        await closed(desk, anna, boris)
        await anna.taps(f"{stars} ☆")
        await desk.passes(timedelta(days=1))
    await closed(desk, anna, boris)

    await anna.taps("2 ☆")
    await anna.taps("Not solved")
    await anna.types("Twice I asked. Twice nobody wrote.")

    assert vera.reads == (
        "Rating 2 of 5, No. 3 ★★☆☆☆\n"
        "Customer: Anna. Operator: Boris.\n"
        "Reason: not solved.\n"
        "Twice I asked. Twice nobody wrote.\n"
        "Last messages:\n"
        "Anna: “Where is my receipt?”\n"
        "Boris: “It is on its way.”\n"
        "Earlier ratings: 4, 5\n"
        "Nobody has taken it yet. Reminder at 10:10."
    )
    assert vera.buttons == STEPS
    assert vera.last.buttons == [["Take"], ["Write", "Call back"], ["Done…"]]
    assert oleg.reads.startswith("Оценка 2 из 5, № 3 ★★☆☆☆\nКлиент: Anna. Оператор: Boris.\n")
    assert oleg.reads.endswith("Пока никто не взял. В 10:10 напомним.")


async def test_a_rating_above_the_limit_disturbs_nobody(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("3 ☆")
    await anna.types("It was so-so")
    assert cards(vera, "Rating") == []


async def test_a_comment_is_a_new_message_and_a_reason_is_not(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    first = vera.last.message_id
    await anna.taps("Slow")
    assert vera.last.message_id == first
    assert "Reason: slow." in vera.reads

    await anna.types("An hour!")

    assert vera.last.message_id > first
    assert "An hour!" in vera.reads
    assert len(cards(vera)) == 1


async def test_a_voice_and_a_long_comment_arrive_whole(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await anna.sends_voice(b"I am angry")
    assert vera.last.raw["voice"]
    await anna.taps("2 ☆")
    long = "😡" * 2048
    await anna.types(long)
    assert vera.reads == long
    card = vera.finds("Rating 2 of 5")
    assert "[voice message]" in card.words
    assert "😡…" in card.words


async def test_a_corrected_comment_is_read_as_it_is_now(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, boris = await a_bad_rating(desk)
    said = await anna.types("Never again!")
    seen = vera.last.message_id
    await anna.edits(said, "Well, perhaps once more.")
    assert "Well, perhaps once more." in vera.reads
    assert "Never again" not in vera.reads
    assert vera.last.message_id == seen
    assert all("again" not in shown.words for shown in boris.screen)


async def test_names_and_words_arrive_as_they_were_written(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk, "<script>&amp;")
    await anna.types("<b>1 < 2 & 3</b>")
    assert "Customer: <script>&amp;. Operator: Boris." in vera.reads
    assert "<b>1 < 2 & 3</b>" in vera.reads


async def test_the_longest_of_everything_fits_into_a_card(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, boris = desk.customer("😀" * 60), await desk.operator("Boris")
    number = await closed(desk, anna, boris, said=("🙂" * 2000, "🙂" * 2000))
    person = await desk.person(anna)
    async with desk.database.writing() as tx:
        for n in range(5):
            template = (await tx.messages.last_of(number, 1))[0]
            await tx.messages.add(
                Message(
                    conversation_id=number,
                    author_id=person.id,
                    from_customer=True,
                    sent_at=desk.now,
                    kind=template.kind,
                    text="🙃" * 2000,
                    telegram_message_id=77_000 + n,
                )
            )
    await anna.taps("1 ☆")
    for reason in ("Slow", "Not solved", "Impolite", "Unclear", "Had to repeat"):
        await anna.taps(reason)
    for _ in range(3):
        await anna.types("😡" * 2048)
        await anna.taps("1 ★")
    await vera.taps("Take")
    assert len(cards(vera)) == 1


# Who hears of it.


async def test_with_no_supervisor_it_waits_for_whoever_becomes_one(desk: Desk) -> None:
    await a_bad_rating(desk)
    vera = await desk.supervisor("Vera")
    assert cards(vera) == []

    async with desk.database.writing() as tx:
        person = await tx.people.by_telegram(vera.id)
        assert person is not None
        await alerts.show_open_to(tx, supervisor=person, now=desk.now)
    await desk.settles()

    assert len(cards(vera)) == 1


async def test_a_supervisor_who_blocked_the_bot_hears_of_it_when_they_are_back(
    desk: Desk,
) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    await vera.blocks()
    await a_bad_rating(desk)
    assert len(cards(oleg)) == 1
    await vera.starts()
    assert len(cards(vera)) == 1


async def test_what_a_supervisor_had_is_open_for_all_when_they_block_the_bot(
    desk: Desk,
) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    await a_bad_rating(desk)
    await vera.taps("Take")
    assert oleg.buttons == []
    await vera.blocks()
    assert oleg.buttons == STEPS
    assert "Nobody has taken it yet." in oleg.reads


# Taking it.


async def test_the_first_takes_it_and_the_other_is_told_who(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    await a_bad_rating(desk)
    async with desk.together():
        await vera.taps("Take")
        await oleg.taps("Take")

    assert vera.toasts == ["It is yours now"]
    assert oleg.toasts == ["Vera is on it already."]
    assert vera.reads.endswith("Yours since 10:00")
    assert vera.buttons == ["Write", "Call back", "Done…"]
    assert oleg.reads.endswith("Vera is on it, since 10:00")
    assert oleg.buttons == []


async def test_neither_operators_nor_customers_take_alerts(desk: Desk) -> None:
    anna, boris = await a_bad_rating(desk)
    for person in (anna, boris):
        for data in ("alerttake:1", "alertwrite:1", "alertcall:1", "alertdone:1", "alertshow:1"):
            await person.taps_data(data)
        assert set(person.toasts[-5:]) == {"That is for another role. What you can do: /help"}
    assert (await the_alert(desk)).state is AlertState.OPEN


async def test_a_button_of_last_year_is_answered(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await vera.taps_data("alerttake:404", forgotten=True)
    assert vera.toasts == ["This button is not for you, or no longer works."]


# Nobody takes it.


async def test_nobody_took_it_so_it_is_repeated(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await a_bad_rating(desk)
    seen = [vera.last.message_id]
    for wait in (timedelta(minutes=10), HOUR, HOUR):
        await desk.passes(wait - timedelta(seconds=1))
        assert vera.last.message_id == seen[-1]
        await desk.passes(timedelta(seconds=1))
        assert vera.last.message_id > seen[-1]
        seen.append(vera.last.message_id)
    assert len(cards(vera)) == 1
    assert vera.reads.endswith("Reminder at 13:10.")


@pytest.mark.settings(working_hours="mon-fri 09:00-10:30", escalate_after="15m")
async def test_in_working_hours_only_after_the_first_time(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=15))
    assert vera.reads.endswith("Reminder: tomorrow, 09:00.")
    at_closing = vera.last.message_id
    await desk.passes(timedelta(hours=22, minutes=44))
    assert vera.last.message_id == at_closing
    await desk.passes(timedelta(minutes=1))
    assert vera.last.message_id > at_closing


async def test_who_has_taken_it_is_left_alone_for_four_hours(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    await a_bad_rating(desk)
    await vera.taps("Take")
    hers, his = vera.last.message_id, oleg.last.message_id
    await desk.passes(4 * HOUR - timedelta(seconds=1))
    assert (vera.last.message_id, oleg.last.message_id) == (hers, his)

    await desk.passes(timedelta(seconds=1))

    assert vera.last.message_id > hers
    assert vera.reads.endswith("Yours since 10:00\nTaken and not done yet.")
    assert oleg.last.message_id == his

    await desk.passes(4 * HOUR)

    assert oleg.last.message_id > his
    assert oleg.reads.endswith("Taken and not done yet. Anybody may take it now.")
    await oleg.taps("Take")
    assert vera.reads.endswith("Oleg is on it, since 18:00")


@pytest.mark.settings(working_hours="mon-fri 09:00-12:00")
async def test_four_hours_are_of_working_time(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await a_bad_rating(desk)
    await vera.taps("Take")
    hers = vera.last.message_id
    await desk.passes(timedelta(hours=24, minutes=59))
    assert vera.last.message_id == hers
    await desk.passes(timedelta(minutes=1))
    assert vera.last.message_id > hers


# The rating changes.


async def test_raised_before_anybody_took_it_it_is_withdrawn_silently(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    seen = vera.last.message_id

    await anna.taps("4 ☆")

    assert vera.last.message_id == seen
    assert vera.reads.startswith("Rating 4 of 5, No. 1: withdrawn ★★★★☆\n")
    assert "It was 1 of 5 before." in vera.reads
    assert vera.buttons == []
    await anna.types("All is well")
    await desk.passes(3 * HOUR)
    assert vera.last.message_id == seen


async def test_lowered_again_it_is_a_new_alert(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await anna.taps("4 ☆")
    seen = vera.last.message_id
    await desk.passes(timedelta(minutes=3))
    await anna.taps("2 ★")
    assert vera.last.message_id > seen
    assert vera.buttons == STEPS
    assert vera.reads.endswith("Reminder at 10:13.")


async def test_raised_after_it_was_taken_it_goes_on(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Take")
    await anna.taps("5 ☆")
    assert vera.reads.startswith("Rating 5 of 5, No. 1 ★★★★★\n")
    assert vera.buttons == ["Write", "Call back", "Done…"]


# Done, and fixed or not.


async def test_done_with_a_note_and_the_customer_says_it_is_fixed(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Take")
    await vera.taps("Done…")
    assert vera.reads == (
        "What was done about No. 1? One message, please. "
        "/skip for no note, /cancel to leave it as it is."
    )

    await vera.types("Sent the receipt <again>")

    assert vera.reads == "Saved: No. 1 is done."
    card = oleg.finds("Rating 1 of 5, No. 1: done")
    assert card.words.endswith(
        "Done: Vera, 10:00\nSent the receipt <again>\n"
        "The customer was asked whether it is all right now."
    )
    assert (anna.reads, anna.buttons) == (FIXED_NOW, ["Yes", "Not yet"])
    seen = vera.last.message_id, oleg.last.message_id

    await anna.taps("Yes")

    assert anna.reads == "Thank you. Good to know it is all right now."
    assert vera.finds("Rating 1 of 5, No. 1: fixed").buttons == []
    assert (vera.last.message_id, oleg.last.message_id) == seen
    alert = await the_alert(desk)
    assert (alert.state, alert.fixed, alert.answered_at) == (AlertState.FIXED, True, desk.now)


async def test_not_fixed_it_is_the_same_supervisors_again(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Done…")
    await vera.types("/skip")
    seen = vera.last.message_id, oleg.last.message_id

    await anna.taps("Not yet")

    assert anna.reads == "Thank you for telling us. We are on it again."
    assert vera.last.message_id > seen[0]
    assert vera.buttons == STEPS
    assert "The customer says: not yet. It was with Vera. Reminder at 10:10." in vera.reads
    assert oleg.last.message_id == seen[1]

    await desk.passes(timedelta(minutes=10))

    assert oleg.last.message_id > seen[1]
    await oleg.taps("Take")
    assert (await the_alert(desk)).taken_by_id == (await desk.person(oleg)).id


async def test_the_customer_is_asked_twice_at_most(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    for _ in range(2):
        await vera.taps("Done…")
        await vera.types("/skip")
        assert anna.reads == FIXED_NOW
        await anna.taps("Not yet")
    await vera.taps("Done…")
    await vera.types("/skip")
    assert anna.reads == "Thank you for telling us. We are on it again."
    await anna.taps_data("fixed:1:1")
    assert anna.toasts[-1] == "Too late: things have changed since."


async def test_nobody_else_says_whether_it_is_fixed(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    _, boris = await a_bad_rating(desk)
    await vera.taps("Done…")
    await vera.types("/skip")
    for person in (vera, boris):
        await person.taps_data("fixed:1:1")
        assert person.toasts[-1] == "This button is not for you, or no longer works."
    assert (await the_alert(desk)).state is AlertState.DONE


async def test_a_note_is_words_and_can_be_left(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await a_bad_rating(desk)
    await vera.taps("Done…")
    await vera.sends_sticker()
    assert vera.reads.startswith("A text is expected here: what was done.")
    await desk.restarts()
    await vera.types("/cancel")
    assert vera.reads == "All right, it stays as it is."
    assert (await the_alert(desk)).state is AlertState.OPEN


async def test_a_customer_who_blocked_the_bot_is_not_asked(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await anna.blocks()
    await vera.taps("Call back")
    assert vera.toasts[-1].startswith("This person cannot be written to now")
    await vera.taps("Done…")
    await vera.types("/skip")
    alert = await the_alert(desk)
    assert (alert.state, alert.asked) == (AlertState.DONE, 0)


# Writing and calling.


async def test_write_makes_a_follow_up_that_done_closes(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, boris = await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=11))
    await vera.taps("Write")
    assert (await the_alert(desk)).taken_by_id == (await desk.person(vera)).id

    await vera.types("I am sorry, Anna. What happened?")
    assert anna.reads == "I am sorry, Anna. What happened?"
    await anna.types("No receipt came")
    assert vera.reads == "No receipt came"
    assert [shown.words for shown in boris.received].count("No receipt came") == 0

    await vera.taps("Done…")
    await vera.types("Sent it again")
    async with desk.database.reading() as tx:
        conversation = await tx.conversations.one(1)
    assert not conversation.is_open
    assert conversation.follow_up_by_id is None
    assert anna.reads == FIXED_NOW


async def test_call_back_asks_for_a_number_and_a_time(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Call back")
    assert vera.toasts[-1] == "The customer was asked for a number"
    assert "The customer was asked for a number to call: 10:00. No answer yet." in vera.reads
    assert anna.reads.startswith("We would like to call you about No. 1.")
    assert anna.keyboard == ["Send my number"]
    seen = vera.last.message_id

    await anna.shares_phone("Send my number", "+79161234567")

    assert anna.keyboard == []
    anna.finds("Thank you, the number is noted.")
    assert anna.reads == "We will call +79161234567. When suits you?"
    assert anna.buttons == ["Now", "In an hour", "This evening", "Another time"]
    assert vera.last.message_id > seen
    assert "Call +79161234567" in vera.reads
    seen = vera.last.message_id

    await anna.taps("In an hour")

    assert anna.reads == "We will call +79161234567. Time: 11:00"
    assert vera.last.message_id > seen
    assert "Call +79161234567, 11:00" in vera.reads
    assert len(cards(vera)) == 1


async def test_a_number_may_be_typed_and_the_time_said_in_words(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await desk.passes(timedelta(minutes=11))
    await vera.taps("Call back")
    await anna.types("8 (916) 123-45-67")
    assert anna.reads.startswith("We will call 89161234567.")
    await anna.taps("Another time")
    await anna.sends_sticker()
    assert anna.reads.startswith("A text is expected here: when it suits you.")
    await anna.types("Tomorrow after 6 pm <please>")
    anna.finds("Thank you, noted")
    assert "Call 89161234567\nTomorrow after 6 pm <please>" in vera.reads


async def test_this_evening_is_tomorrows_once_it_has_begun(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await desk.passes(timedelta(hours=9))  # 19:00 in Moscow
    await vera.taps("Call back")
    await anna.shares_phone("Send my number", "+79161234567")
    await anna.taps("This evening")
    assert (await the_alert(desk)).call_at == datetime(2026, 3, 3, 16, tzinfo=UTC)


async def test_a_friends_contact_is_not_the_customers_number(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, _ = await a_bad_rating(desk)
    await vera.taps("Call back")
    await anna.sends_contact("+79160000000", "A friend")
    assert (await the_alert(desk)).phone is None


async def test_nobody_else_names_the_time(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna, boris = await a_bad_rating(desk)
    await vera.taps("Call back")
    await anna.shares_phone("Send my number", "+79161234567")
    await boris.taps_data("calltime:1:now")
    await boris.taps_data("callwords:1")
    assert boris.toasts[-2:] == ["This button is not for you, or no longer works."] * 2
    await anna.taps_data("calltime:1:never")
    assert (await the_alert(desk)).call_at is None


# The list.


async def test_the_list_of_open_alerts_the_longest_first(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor("Oleg")
    await vera.types("/alerts")
    assert vera.reads == "There are no open alerts."
    boris = await desk.operator("Boris")
    for name in ("Anna", "Carl", "Dora"):
        customer = desk.customer(name)
        await closed(desk, customer, boris)
        await customer.taps("2 ☆")
        await desk.passes(timedelta(minutes=1))
    await oleg.taps("Take", oleg.finds("No. 2"))
    await oleg.taps("Done…", oleg.finds("No. 3"))
    await oleg.types("/skip")

    await vera.types("/alerts")

    assert vera.reads == (
        "Open alerts: 2\n"
        "No. 1: rating 2 of 5, since 10:00. Nobody has taken it.\n"
        "No. 2: rating 2 of 5, since 10:01. Oleg is on it."
    )
    assert vera.last.buttons == [["No. 1", "No. 2"]]
    await vera.taps("No. 1")
    assert vera.reads.startswith("Rating 2 of 5, No. 1 ★★☆☆☆")
    assert vera.buttons == STEPS


async def test_alerts_are_for_supervisors(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/alerts")
    assert "alerts" not in boris.reads


# A late reply.


async def test_a_late_reply_is_told_and_settles_itself(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    marina, anna = desk.customer("Marina"), await desk.operator("Anna")
    await marina.types("Hello?")
    await anna.taps("Take")
    await desk.passes(timedelta(minutes=5))
    assert vera.reads == (
        "Late reply, No. 1\n"
        "Customer: Marina. Operator: Anna.\n"
        "Waiting since 10:00, the limit is 5 min."
    )
    assert vera.buttons == ["Open the chat", "Hand over"]
    seen = vera.last.message_id

    await desk.passes(timedelta(minutes=2, seconds=12))
    await anna.types("Hello Marina")

    assert vera.reads == (
        "Late reply, No. 1: answered\n"
        "Customer: Marina. Operator: Anna.\n"
        "Answered after 7 min 12 s, the limit is 5 min."
    )
    assert (vera.last.message_id, vera.buttons) == (seen, [])
    await desk.passes(3 * HOUR)
    assert len(cards(vera, "Late reply")) == 1
    assert vera.last.message_id == seen
    await vera.types("/alerts")
    assert vera.reads == "There are no open alerts."


async def test_a_late_reply_is_repeated_while_nobody_answers(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    marina, _ = desk.customer("Marina"), await desk.operator("Anna")
    await marina.types("Hello?")
    await desk.passes(timedelta(minutes=5))
    assert "No operator yet: it is in the queue." in vera.reads
    seen = vera.last.message_id
    await desk.passes(timedelta(minutes=10))
    assert vera.last.message_id > seen
    assert len(cards(vera, "Late reply")) == 1


async def test_a_late_reply_is_nothing_to_take(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    marina, _ = desk.customer("Marina"), await desk.operator("Anna")
    await marina.types("Hello?")
    await desk.passes(timedelta(minutes=5))
    for what in ("take", "write", "call", "done"):
        await vera.taps_data(f"alert{what}:1")
    assert vera.toasts == ["This button is not for you, or no longer works."] * 4
    await vera.types("/alerts")
    vera.finds("No. 1: late reply, since 10:05.")


async def test_a_customer_who_leaves_settles_it(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    marina, _ = desk.customer("Marina"), await desk.operator("Anna")
    await marina.types("Hello?")
    await desk.passes(timedelta(minutes=5))
    await marina.blocks()
    assert vera.finds("Late reply, No. 1: no longer waited for").words.endswith(
        "The customer stopped the bot. The limit was 5 min."
    )


async def test_an_alert_survives_a_restart(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await a_bad_rating(desk)
    await desk.restarts()
    await vera.taps("Take")
    assert vera.reads.endswith("Yours since 10:00")
