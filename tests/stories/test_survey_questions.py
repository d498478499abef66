"""What a customer may say after the stars: two questions at most, by a rotation the team sets."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from storage.models import Survey
from tests.conftest import Desk
from tests.stories.closed import closed

NPS = [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]
CES = [["1", "2", "3", "4", "5", "6", "7"]]
SOLVED = [["Solved", "Not yet"]]
DAY = timedelta(hours=25)
"""After so long a customer may be asked again."""


async def survey_of(desk: Desk, number: int) -> Survey:
    async with desk.database.reading() as tx:
        survey = await tx.surveys.of_conversation(number)
    assert survey is not None
    return survey


async def taps_of(desk: Desk, survey: Survey, question: str) -> list[str]:
    async with desk.database.reading() as tx:
        return list(await tx.surveys.taps(survey.id, question))


@pytest.mark.settings(survey_questions="solved+nps")
async def test_each_question_is_optional_saved_at_once_and_changeable(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("4 ☆")
    assert anna.reads.endswith(
        "\n\nIs it solved?\nWould you recommend us to a friend? 0: not at all, 10: certainly."
    )
    assert anna.last.buttons[1:] == [*SOLVED, *NPS]

    await anna.taps("9")
    first = desk.now
    await desk.passes(timedelta(hours=2))
    await anna.taps("10")

    survey = await survey_of(desk, number)
    assert (survey.nps, survey.nps_at, survey.solved) == (10, first, None)
    assert await taps_of(desk, survey, "nps") == ["9", "10"]
    assert anna.toasts[-1] == "Saved, thank you"
    assert anna.last.buttons[1:] == [*SOLVED, NPS[0], ["6", "7", "8", "9", "✓ 10"]]


@pytest.mark.settings(survey_questions="professional+satisfied")
async def test_yes_and_no(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("3 ☆")
    assert anna.reads.endswith(
        "Were you answered adequately and professionally?\nAre you satisfied with the answers?"
    )
    await anna.taps("Professional")
    await anna.taps("Not satisfied")
    survey = await survey_of(desk, number)
    assert (survey.professional, survey.satisfied) == (True, False)
    assert await taps_of(desk, survey, "satisfied") == ["no"]
    assert anna.last.buttons[1:] == [
        ["✓ Professional", "Not professional"],
        ["Satisfied", "✓ Not satisfied"],
    ]


@pytest.mark.settings(survey_questions="ces+professional")
async def test_in_russian(desk: Desk) -> None:
    anna, boris = desk.customer("Марина", "ru"), await desk.operator("Анна", "ru")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    assert anna.reads.endswith(
        "\n\n«Решить мой вопрос было легко». 1: совсем не так, 7: именно так."
        "\nОтвечали ли вам адекватно и профессионально?"
    )
    assert anna.last.buttons[1:] == [*CES, ["Профессионально", "Не совсем"]]


@pytest.mark.settings(survey_questions="solved+ces")
async def test_who_was_let_down_says_why_first_and_then_is_asked_as_everybody(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    assert "7" not in anna.buttons
    survey = await survey_of(desk, number)
    await anna.taps_data(f"said:{survey.id}:ces:2")
    assert anna.toasts[-1] == "Too late: things have changed since."

    await anna.taps("Slow")
    assert anna.last.buttons[-1:] == CES
    assert "Solved" not in anna.buttons
    await anna.taps("2")
    assert (await survey_of(desk, number)).ces == 2

    await anna.taps("✓ Slow")
    assert anna.last.buttons[-1] == ["1", "✓ 2", "3", "4", "5", "6", "7"]


@pytest.mark.settings(survey_questions="solved+nps")
async def test_forged_answers_change_nothing(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    survey = await survey_of(desk, number)
    for data in (f"said:{survey.id}:nps:11", f"said:{survey.id}:solved:2"):
        await anna.taps_data(data)
        assert anna.toasts[-1] == "This button is not for you, or no longer works."
    await anna.taps_data(f"said:{survey.id}:ces:3")
    assert anna.toasts[-1] == "Too late: things have changed since."
    await desk.passes(timedelta(hours=72))
    await anna.taps_data(f"said:{survey.id}:nps:9")
    assert "closed" in anna.toasts[-1]
    now = await survey_of(desk, number)
    assert (now.nps, now.solved, now.ces) == (None, None, None)


async def test_the_rotation_goes_on_from_chat_to_chat(desk: Desk) -> None:
    boris, people = await desk.operator("Boris"), [desk.customer(f"C{n}") for n in range(4)]
    asked: dict[int, list[str]] = {n: [] for n in range(4)}
    for _ in range(5):
        for place, person in enumerate(people):
            number = await closed(desk, person, boris)
            await person.taps("5 ☆")
            asked[place].append((await survey_of(desk, number)).questions or "")
        await desk.passes(DAY)
    firsts = Counter(each[0] for each in asked.values())
    assert set(firsts.values()) == {1}, "customers begin at different places"
    for theirs in asked.values():
        assert theirs.count("solved,nps") == 1, "once a quarter"
        assert all(one != other for one, other in pairwise(theirs))


@pytest.mark.settings(survey_questions="nps+solved")
async def test_nps_once_a_quarter_for_each_customer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    asked = []
    for wait in (DAY, timedelta(weeks=12), timedelta(weeks=2), DAY):
        number = await closed(desk, anna, boris)
        await anna.taps("5 ☆")
        asked.append((await survey_of(desk, number)).questions)
        await desk.passes(wait)
    assert asked == ["nps,solved", "solved", "solved", "nps,solved"]


@pytest.mark.settings(survey_questions="none")
async def test_a_team_may_ask_nothing_more(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    assert anna.reads.endswith("You can change it until 5 March.")
    assert len(anna.last.buttons) == 1


@pytest.mark.settings(survey_questions="solved+nps")
async def test_a_card_of_older_days_still_works(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await closed(desk, anna, boris)
    await anna.taps("5 ☆")
    await anna.taps_data(f"solved:{(await survey_of(desk, number)).id}:0")
    assert (await survey_of(desk, number)).solved is False
