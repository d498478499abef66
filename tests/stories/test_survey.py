"""One tap after a conversation, and what more a customer may say."""

from datetime import timedelta

import pytest

from desk import surveys
from playground.people import Account
from storage.models import NotSent, Outcome, Survey
from tests.conftest import Desk
from tests.stories.closed import closed
from tests.stories.figures import opens_figure
from tests.stories.staff import opens

QUESTION = "How was the chat? Operator: Boris. One tap is enough."
STARS = ["1 ☆", "2 ☆", "3 ☆", "4 ☆", "5 ☆"]
REASONS = [
    "Slow",
    "Not solved",
    "Impolite",
    "Unclear",
    "Had to repeat",
    "The product itself",
    "Something else",
]
CLOSED_ALREADY = "This survey is closed: a rating can no longer be given or changed."


async def survey_of(desk: Desk, number: int) -> Survey:
    async with desk.database.reading() as tx:
        survey = await tx.surveys.of_conversation(number)
    assert survey is not None
    return survey


def praise(boris: Account) -> list[str]:
    return [shown.words for shown in boris.screen if shown.words.startswith("Rating")]


# One tap.


@pytest.mark.settings(survey_questions="solved")
async def test_five_stars_in_one_row_and_one_tap_is_an_answer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    assert anna.reads == QUESTION
    assert anna.last.buttons == [STARS]

    await anna.taps("5 ☆")

    thanks = "Thank you. Your rating: 5 of 5.\nYou can change it until 5 March."
    assert anna.reads == f"{thanks}\n\nIs it solved?"
    assert anna.last.buttons == [["1 ★", "2 ★", "3 ★", "4 ★", "5 ★"], ["Solved", "Not yet"]]
    assert anna.toasts == ["Saved: 5 of 5"]
    survey = await survey_of(desk, number)
    assert (survey.stars, survey.rated_at) == (5, desk.now)
    assert survey.operator_id == (await desk.person(boris)).id


@pytest.mark.settings(survey_questions="solved")
async def test_in_russian(desk: Desk) -> None:
    anna, boris = desk.customer("Марина", "ru"), await desk.operator("Анна", "ru")
    await closed(desk, anna, boris)
    assert anna.reads == "Как прошёл разговор? Оператор: Анна. Одно касание, и готово."
    await anna.taps("5 ☆")
    assert anna.reads == (
        "Спасибо. Ваша оценка: 5 из 5.\nЕё можно изменить до 5 марта.\n\nВопрос решён?"
    )
    await anna.taps("2 ★")
    assert anna.reads == (
        "Спасибо. Ваша оценка: 2 из 5.\nНам жаль. Что было не так? Можно и словами."
    )


async def test_after_a_bad_rating_several_reasons_may_be_ticked(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("2 ☆")
    assert anna.buttons == ["1 ★", "2 ★", "3 ☆", "4 ☆", "5 ☆", *REASONS]

    await anna.taps("Not solved")
    await anna.taps("Slow")
    await anna.taps("Had to repeat")
    await anna.taps("✓ Slow")

    assert [label for label in anna.buttons if "✓" in label] == ["✓ Not solved", "✓ Had to repeat"]
    assert (await survey_of(desk, number)).reasons == ["not_solved", "repeat"]
    assert anna.toasts[1:] == ["Ticked", "Ticked", "Ticked", "Unticked"]


async def test_after_any_other_rating_whether_it_is_solved(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("3 ☆")

    await anna.taps("Solved")
    await anna.taps("Not yet")

    assert anna.last.buttons[1] == ["Solved", "✓ Not yet"]
    assert (await survey_of(desk, number)).solved is False


async def test_solved_is_taken_back_by_a_bad_rating_and_denied_by_its_reason(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("4 ☆")
    await anna.taps("Solved")
    await anna.taps("1 ★")
    assert (await survey_of(desk, number)).solved is None
    await anna.taps("Not solved")
    await boris.types("/kpi")
    await boris.taps("How is this counted?")
    await opens_figure(boris, "Confirmed as solved")
    assert boris.reads.endswith("Since 2 March: none\nNo records.")
    await boris.taps("‹ Problem solving")
    await boris.taps("Solved")
    assert "Since 2 March: 0 of 1\n" in boris.reads

    await anna.taps("4 ☆")
    assert anna.last.buttons[1] == ["Solved", "Not yet"]


async def test_a_rating_counts_at_its_first_tap_with_its_last_value(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    first = desk.now
    await anna.taps("Slow")
    await desk.passes(timedelta(hours=5))
    await anna.taps("4 ☆")

    survey = await survey_of(desk, number)
    assert (survey.stars, survey.rated_at, survey.changed_at) == (4, first, desk.now)
    assert (survey.lowest, survey.reasons) == (1, None)
    async with desk.database.reading() as tx:
        assert list(await tx.surveys.taps(survey.id, "stars")) == ["1", "4"]
        assert list(await tx.surveys.taps(survey.id, "reason")) == ["slow"]


async def test_two_taps_in_one_batch_both_count(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    async with desk.together():
        await anna.taps("1 ☆")
        await anna.taps("5 ☆")
    assert (await survey_of(desk, number)).stars == 5
    assert anna.reads.startswith("Thank you. Your rating: 5 of 5.")


@pytest.mark.settings(negative_rating=4)
async def test_what_is_a_bad_rating_is_the_teams_to_say(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("4 ☆")
    assert REASONS[0] in anna.buttons
    assert praise(boris) == []


@pytest.mark.settings(survey_expires="2h", survey_questions="none")
async def test_a_survey_that_ends_today_says_at_what_time(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    assert anna.reads.endswith("You can change it until 12:00.")


# Whose it is, and until when.


async def test_nobody_answers_for_another_customer(desk: Desk) -> None:
    anna, boris, eve = desk.customer("Anna"), await desk.operator("Boris"), desk.customer("Eve")
    number = await closed(desk, anna, boris)
    survey = await survey_of(desk, number)
    await eve.starts()

    for data in (f"stars:{survey.id}:1", f"reason:{survey.id}:slow", f"solved:{survey.id}:1"):
        await eve.taps_data(data)
    await eve.taps_data(f"said:{survey.id}:nps:9")

    assert eve.toasts == ["This button is not for you, or no longer works."] * 4
    assert (await survey_of(desk, number)).stars is None


@pytest.mark.parametrize("data", ["stars:1:6", "stars:1:0", "stars:99:1"])
async def test_a_forged_star_changes_nothing(desk: Desk, data: str) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps_data(data)
    assert anna.toasts == ["This button is not for you, or no longer works."]
    assert (await survey_of(desk, number)).stars is None


async def test_reasons_are_for_bad_ratings_only(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await anna.taps_data(f"reason:{(await survey_of(desk, number)).id}:slow")
    assert anna.toasts[-1] == "Too late: things have changed since."


async def test_an_expired_survey_is_closed(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await desk.passes(timedelta(hours=72))
    assert anna.reads == "The survey is closed. Thank you for writing to us."
    assert anna.buttons == []

    await anna.taps_data(f"stars:{(await survey_of(desk, number)).id}:1", forgotten=True)

    assert anna.toasts == [CLOSED_ALREADY]
    survey = await survey_of(desk, number)
    assert (survey.stars, survey.expired) == (None, True)


async def test_a_rating_stays_readable_after_it_expired(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("4 ☆")
    await desk.passes(timedelta(hours=72))
    assert (anna.reads, anna.buttons) == ("Thank you. Your rating: 4 of 5.", [])


async def test_until_the_last_second_it_can_be_changed(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await desk.passes(timedelta(hours=72) - timedelta(seconds=1))
    await anna.taps("5 ☆")
    assert (await survey_of(desk, number)).stars == 5


# When none is sent.


async def test_why_no_survey_was_sent_is_recorded(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    reasons = []
    for operator, outcome in (
        (None, Outcome.NOT_SOLVED),
        (boris, Outcome.SPAM),
        (boris, Outcome.LEFT),
        (boris, Outcome.SOLVED),
        (boris, Outcome.SOLVED),
    ):
        number = await closed(desk, anna, operator, outcome=outcome)
        survey = await survey_of(desk, number)
        reasons.append(survey.not_sent)
        assert (survey.sent_at is None) == (survey.not_sent is not None)
    assert reasons == [
        NotSent.NEVER_ANSWERED,
        NotSent.SPAM,
        NotSent.LEFT,
        None,
        NotSent.RECENT,
    ]
    assert [shown.words for shown in anna.received].count(QUESTION) == 1


async def test_a_day_later_a_customer_may_be_asked_again(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await desk.passes(timedelta(hours=24))
    number = await closed(desk, anna, boris)
    assert (await survey_of(desk, number)).sent_at == desk.now


async def test_a_reopened_conversation_gets_no_second_survey(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    first = await survey_of(desk, number)
    await desk.passes(timedelta(hours=30))

    async with desk.database.writing() as tx:
        conversation = await tx.conversations.one(number)
        await surveys.ask(tx, conversation=conversation, rules=desk.settings.rules(), now=desk.now)
    await desk.settles()

    assert (await survey_of(desk, number)).sent_at == first.sent_at
    assert [shown.words for shown in anna.received].count(QUESTION) == 1


# Own words.


async def test_the_next_words_are_the_comment(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("5 ☆")

    await anna.types("Quick and kind!")

    assert anna.reads == "Thank you, your words are kept with your rating."
    survey = await survey_of(desk, number)
    async with desk.database.reading() as tx:
        assert [m.text for m in await tx.surveys.comments(survey.id)] == ["Quick and kind!"]
    assert praise(boris) == ["Rating 5 of 5, No. 1 ★★★★★\nCustomer: Anna.\nQuick and kind!"]


async def test_only_the_next_words_are(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await anna.types("Quick and kind!")
    await anna.types("One more thing")
    survey = await survey_of(desk, number)
    async with desk.database.reading() as tx:
        assert len(await tx.surveys.comments(survey.id)) == 1


async def test_after_ten_minutes_words_are_no_comment(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await desk.passes(timedelta(minutes=10))
    await anna.types("Hello again")
    survey = await survey_of(desk, number)
    async with desk.database.reading() as tx:
        assert len(await tx.surveys.comments(survey.id)) == 0


async def test_a_voice_is_heard_by_the_operator(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await anna.sends_voice(b"wonderful")
    assert boris.finds("Rating 5 of 5").words.endswith("[voice message]")
    assert boris.last.raw["voice"]


async def test_a_comment_can_turn_out_to_be_a_question(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await anna.types("And where is my other parcel?")

    await anna.taps("This is a new question")

    assert anna.reads == "All right, it is question No. 2 now. We will answer by 10:05."
    assert "other parcel" in boris.finds("No. 2").words
    assert "parcel" not in boris.finds("Rating 5 of 5").words
    async with desk.database.reading() as tx:
        assert (await tx.messages.last_of(2, 1))[0].text == "And where is my other parcel?"


async def test_a_reply_to_an_operator_is_no_comment(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.types("And the other parcel?")
    await anna.taps("New question")
    await boris.taps("Take")
    await boris.types("What is its number?")
    await anna.taps("5 ☆")
    await anna.types("4187", reply_to=anna.finds("What is its number?"))
    assert boris.reads == "4187"
    await anna.types("Quick and kind!")
    assert praise(boris) == ["Rating 5 of 5, No. 1 ★★★★★\nCustomer: Anna.\nQuick and kind!"]


# What the operator sees.


async def test_praise_does_not_wait(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("4 ☆")
    assert praise(boris) == ["Rating 4 of 5, No. 1 ★★★★☆\nCustomer: Anna."]


@pytest.mark.parametrize("stars", [1, 2, 3])
async def test_a_lower_rating_is_seen_when_it_can_no_longer_be_changed(
    desk: Desk, stars: int
) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps(f"{stars} ☆")
    await desk.passes(timedelta(hours=71))
    assert praise(boris) == []
    await desk.passes(timedelta(hours=1))
    assert praise(boris)[0].startswith(f"Rating {stars} of 5, No. 1 ★")


async def test_a_low_rating_is_seen_when_its_alert_is_done(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    await anna.taps("Impolite")
    await vera.taps("Take")
    assert praise(boris) == []
    await vera.taps("Done…")
    await vera.types("/skip")
    assert praise(boris) == ["Rating 1 of 5, No. 1 ★☆☆☆☆\nCustomer: Anna.\nReason: impolite."]


async def test_praise_taken_back_is_not_told(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await anna.taps("1 ★")
    await anna.types("I was too fast")
    assert praise(boris) == ["Rating 5 of 5, No. 1 ★★★★★\nCustomer: Anna."]
    await desk.passes(timedelta(hours=72))
    assert praise(boris) == [
        "Rating 1 of 5, No. 1 ★☆☆☆☆\nCustomer: Anna.\nI was too fast",
    ]


async def test_a_corrected_comment_is_corrected_on_the_operators_card(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    said = await anna.types("Graet!")
    seen = boris.last.message_id
    await anna.edits(said, "Great!")
    assert praise(boris) == ["Rating 5 of 5, No. 1 ★★★★★\nCustomer: Anna.\nGreat!"]
    assert boris.last.message_id == seen
    await anna.edits(said, "Great! " * 100)
    assert boris.reads == ("Great! " * 100).strip()  # no card holds it


async def test_who_has_left_the_team_reads_nothing_of_it(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    await opens(vera, "Boris")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")
    before = len(boris.received)
    await anna.taps("5 ☆")
    await anna.sends_voice(b"wonderful")
    await desk.passes(timedelta(hours=72))
    assert len(boris.received) == before


# An outage.


async def test_what_may_have_been_tapped_while_we_were_away_is_asked_once_more(
    desk: Desk,
) -> None:
    boris = await desk.operator("Boris")
    anna, carl, dora = desk.customer("Anna"), desk.customer("Carl"), desk.customer("Dora")
    await closed(desk, dora, boris)
    await desk.passes(timedelta(hours=71))
    await closed(desk, anna, boris)
    await closed(desk, carl, boris)
    await carl.taps("5 ☆")
    since = desk.now
    await desk.passes(timedelta(hours=2))
    await closed(desk, eve := desk.customer("Eve"), boris)
    before = anna.last.message_id, carl.last.message_id, dora.last.message_id

    async with desk.database.writing() as tx:
        told = await surveys.show_again_after_outage(
            tx, since=since, until=since + timedelta(hours=2), now=desk.now
        )
    await desk.settles()

    assert told == 1
    assert anna.reads == QUESTION
    assert anna.last.message_id > before[0]
    assert [shown.words for shown in anna.received].count(QUESTION) == 1
    assert (carl.last.message_id, dora.last.message_id) == before[1:]
    assert [shown.words for shown in eve.received].count(QUESTION) == 1
