"""Figures and charts: asked for with /kpi, pushed once a week, explained figure by figure."""

from datetime import date, timedelta
from random import Random

import pytest

from desk import reports
from desk.weeks import Month, Week
from kpi.card import WeeklyCard
from kpi.catalogue import told_of
from kpi.charts import weekly_card
from playground.people import Account
from tests import conftest
from tests.conftest import Desk
from tests.history import live_a_week
from tests.stories.closed import closed
from tests.stories.figures import opens_figure

TO_NEXT_NINE = timedelta(days=6, hours=23)
"""From Monday 10:00, when stories begin, to the push."""
MINUTE = timedelta(minutes=1)


def pictures(account: Account) -> list[str]:
    return [shown.words for shown in account.received if "photo" in shown.raw]


async def lives_a_week(desk: Desk, operator: Account, customer: Account, **how: float) -> None:
    """The week that has just begun, full of chats."""
    if not customer.received:
        await customer.starts()
    rules = desk.settings.rules()
    by = await desk.person(operator)
    start = Week.of(desk.now, rules.zone).start(rules.zone)
    async with desk.database.writing() as tx:
        await live_a_week(
            tx,
            Random(1),  # noqa: S311
            operator=by,
            start=start,
            chats=40,
            schedule=rules.schedule,
            **how,
        )


async def satisfied(desk: Desk) -> tuple[int, int]:
    """Ratings of 4 and 5, and all, straight from the records."""
    async with desk.database.reading() as tx:
        numbers = [number for number in range(1, 60) if await tx.surveys.get(number)]
        stars = [(await tx.surveys.one(number)).stars or 0 for number in numbers]
    return sum(given >= 4 for given in stars), len(stars)


# --- asked for ---


async def test_asked_for_the_picture_comes_with_its_figures(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("5 ☆")

    await boris.types("/kpi")

    assert boris.reads == (
        "Your week since 2 March: no score yet. Satisfied: 1 of 1, not enough data.\n"
        "Last week, 23 February – 1 March: no chats."
    )
    assert boris.last.buttons == [
        ["How is this counted?"],
        ["Communication", "Problem solving"],
        ["Satisfaction", "Development"],
        ["Month", "Quarter"],
        ["Dark"],
    ]
    assert boris.chat_actions == ["upload_photo"]


async def test_in_russian(desk: Desk) -> None:
    marina, anna = desk.customer("Марина", "ru"), await desk.operator("Анна", "ru")
    await closed(desk, marina, anna)
    await marina.taps("5 ☆")

    await anna.types("/kpi week")

    assert anna.reads == (
        "Ваша неделя с 2 марта: балла пока нет. Довольны 1 из 1, мало данных.\n"
        "Прошлая, 23 февраля – 1 марта: разговоров не было."
    )
    assert anna.last.buttons == [
        ["Как это посчитано"],
        ["Общение", "Решение вопросов"],
        ["Удовлетворённость", "Развитие"],
        ["Месяц", "Квартал"],
        ["Тёмная"],
    ]


async def test_before_anything_has_happened(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/kpi")
    assert boris.reads.startswith("Your week since 2 March: no chats.")


async def test_another_span_is_answered_with_what_there_is(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/kpi year")
    assert boris.reads == "Which span? /kpi week, /kpi month or /kpi quarter."
    assert pictures(boris) == []


async def test_a_month_and_a_quarter_down_to_their_records(desk: Desk) -> None:
    """Two weeks of work are one month's, and all three are of the quarter."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    for _ in range(5):
        await lives_a_week(desk, boris, anna)
        await desk.passes(timedelta(weeks=1))
    assert desk.now.astimezone(desk.settings.rules().zone).date() == date(2026, 4, 6)
    by, rules = await desk.person(boris), desk.settings.rules()
    async with desk.database.reading() as tx:
        last = Month.of(desk.now, rules.zone)
        report = await reports.of(tx, person=by, last=last, rules=rules, now=desk.now)
    march, april = report.before.figures["handled"].n, report.last.figures["handled"].n
    assert (march + april, april > 0) == (200, True)

    await boris.types("/kpi month")
    assert boris.reads.startswith("Your month since 1 April: ")
    assert "Last month, 1–31 March: score " in boris.reads
    assert ["Week", "Quarter"] in boris.last.buttons
    await boris.taps("How is this counted?")
    assert boris.reads.startswith("How your month is counted\n\n1–31 March\nScore: ")
    assert f"\nChats: {march}\n" in boris.reads
    await opens_figure(boris, "Chats")
    assert f"1–31 March: {march}\n" in boris.reads
    await boris.taps("Records: 1–31 March")
    assert f"Records 1–8 of {march}, what speaks against first:" in boris.reads

    await boris.taps("Quarter")
    assert boris.reads.startswith("Your quarter since 1 April: ")
    assert "Last quarter, 1 January – 31 March: score " in boris.reads
    await boris.taps("Dark")
    assert boris.reads.startswith("Your quarter since 1 April: ")
    await boris.taps("Satisfaction")
    assert boris.reads.startswith("Satisfaction: ")
    assert "Since 1 April" in boris.reads
    assert len(pictures(boris)) == 5 + 4  # five came by themselves


async def test_in_russian_months_have_their_gender(desk: Desk) -> None:
    anna = await desk.operator("Анна", "ru")
    await anna.types("/kpi месяц")
    assert anna.reads == (
        "Ваш месяц с 1 марта: разговоров не было.\nПрошлый, 1–28 февраля: разговоров не было."
    )
    await anna.types("/kpi QUARTER")
    assert anna.reads.startswith("Ваш квартал с 1 января: разговоров не было.")


async def test_colours_are_chosen_and_stay(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/kpi")
    await boris.taps("Dark")
    assert boris.toasts == ["It stays so from now on"]
    assert len(pictures(boris)) == 2
    assert boris.last.buttons[2] == ["Light"]
    assert boris.last.file is not None
    assert boris.received[-2].file != boris.last.file
    assert (await desk.person(boris)).theme == "dark"


async def test_a_supervisor_sees_the_team_and_whoever_answers_themselves_too(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    await vera.types("/kpi")
    assert vera.reads.startswith("The team's week since 2 March")
    assert vera.last.buttons == [
        ["How is this counted?"],
        ["Communication", "Problem solving"],
        ["Satisfaction", "Development"],
        ["Month", "Quarter"],
        ["Me", "Dark"],
    ]

    await vera.taps("Me")
    assert vera.reads.startswith("Your week since 2 March: no chats.")
    assert vera.last.buttons[2] == ["Team", "Dark"]


async def test_figures_of_the_team_are_not_for_everybody(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    await anna.starts()
    week = Week.of(desk.now, desk.settings.rules().zone).number
    before = len(boris.received), len(anna.received)
    for who in (boris, anna):
        for data in ("kpiteam:1", "kpitheme:dark:1", f"kpihow:{week}:1"):
            await who.taps_data(data)
            assert who.toasts[-1].startswith("That is for another role.")
    month = Month.of(desk.now, desk.settings.rules().zone).number
    hows = (week + 1, 0, month + 1, 999_999_999, 1_000_000, 2_000_000)
    for data in (
        *(f"kpihow:{number}:0" for number in hows),
        "kpidraw:week:0:nonsense",
        f"kpimetric:{week}:0:nonsense",
    ):
        await boris.taps_data(data)
        assert boris.toasts[-1].startswith("This button is not for you")
    assert (len(boris.received), len(anna.received)) == before


# --- every figure explained ---


async def test_every_figure_is_explained_with_its_own_numbers(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await lives_a_week(desk, boris, anna)
    await desk.passes(TO_NEXT_NINE)
    good, rated = await satisfied(desk)

    await boris.taps("How is this counted?")

    share = f"{round(100 * good / rated)}%"
    assert f"Satisfied customers: {share} ({good} of {rated} ratings)" in boris.reads
    assert "\n2–8 March\n" in boris.reads
    assert "\nSince 9 March\n" in boris.reads
    card = boris.last

    await opens_figure(boris, "Satisfied customers")
    assert f"2–8 March: {share}\n{good} of {rated} ratings.\n95% interval: " in card.words
    assert card.words.startswith("Satisfied customers\nRatings of 4 and 5 among all ratings.")
    assert "More is better. It says something from 5 records on." in card.words
    assert "Since 9 March: none\nNo records." in card.words

    await boris.taps("‹ Satisfaction")
    await boris.taps("‹ All figures")
    opened = []
    for part in [label for row in card.buttons for label in row]:
        await boris.taps(part, card)
        assert card.words.startswith(f"{part}\n")
        for label in [label for row in card.buttons for label in row if "‹" not in label]:
            await boris.taps(label, card)
            assert card.words.startswith(f"{label}\n")
            opened.append(label)
            await boris.taps(f"‹ {part}", card)
        await boris.taps("‹ All figures", card)
    assert boris.last is card  # one message all the time
    assert len(opened) == len(told_of(team=False))


async def test_every_figure_leads_to_its_records(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await lives_a_week(desk, boris, anna)
    await desk.passes(TO_NEXT_NINE)
    good, rated = await satisfied(desk)
    async with desk.database.writing() as tx:
        for number in range(1, rated + 1):
            (await tx.surveys.one(number)).expired = True
    await boris.taps("How is this counted?")
    await opens_figure(boris, "Satisfied customers")
    card = boris.last

    await boris.taps("Records: 2–8 March")
    assert card.words.startswith(
        f"Satisfied customers. 2–8 March\nRecords 1–8 of {rated}, what speaks against first:\nNo. "
    )
    lines = card.words.splitlines()[2:]
    assert len(lines) == 8
    assert [line[-3:] for line in lines] == sorted(line[-3:] for line in lines)  # worst first
    worst = lines[0].split(" · ")[0]
    seen = [*lines]
    while any("More ›" in row for row in card.buttons):
        await boris.taps("More ›")
        seen += card.words.splitlines()[2:]
    assert sum(line.endswith(("4 ★", "5 ★")) for line in seen) == good
    assert len(set(seen)) == len(seen) == rated
    while any("‹ Before" in row for row in card.buttons):
        await boris.taps("‹ Before")

    await boris.taps(worst, card)
    assert boris.reads.startswith(f"{worst}. Satisfied customers\nCounts as: 3 ★\n")
    await boris.taps("All messages")
    assert boris.reads.startswith(f"History, {worst}\n")
    await boris.taps("Back to the records", card)
    await boris.taps("Back to the figure", card)
    assert "95% interval" in card.words


async def test_a_low_rating_is_in_no_list_while_it_can_be_changed(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    for who in (boris, vera):
        await who.types("/kpi")
        await who.taps("How is this counted?")
        await opens_figure(who, "Average rating")
        await who.taps("Records: Since 2 March")
    hidden = "A customer’s answer: shown when it can no longer be changed"
    card = boris.last
    assert hidden in card.words
    assert "★" not in card.words
    assert card.buttons == [["Back to the figure"]]
    assert "No. 1 · 10:00: 1 ★" in vera.reads

    await boris.taps("Back to the figure")
    await desk.passes(timedelta(hours=73))
    await boris.taps("Records: Since 2 March", card)
    assert "No. 1 · 2 March, 10:00: 1 ★" in card.words


async def test_what_was_pushed_is_said_where_it_reads_otherwise_today(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await lives_a_week(desk, boris, anna)
    await desk.passes(TO_NEXT_NINE)
    good, rated = await satisfied(desk)
    await boris.taps("How is this counted?")
    async with desk.database.writing() as tx:
        for number in range(1, rated + 1):
            survey = await tx.surveys.one(number)
            if survey.stars is not None and survey.stars < 4:
                survey.excluded_at = desk.now

    await opens_figure(boris, "Satisfied customers")
    was = f"{round(100 * good / rated)}%"
    assert f"2–8 March: 100%\n{good} of {good} ratings." in boris.reads
    assert f"Left out: excluded: {rated - good}.\n" in boris.reads
    assert f"On Monday it said {was}." in boris.reads

    await boris.types("/kpi")
    said = boris.reads.splitlines()[-1]
    assert said.startswith("On Monday it said: ")
    assert f"Satisfied customers {was}" in said
    assert "First response" not in said  # it reads as it did


# --- pushed once a week ---


async def test_the_week_comes_by_itself_once(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris", "ru")
    vera = await desk.supervisor("Vera")
    await lives_a_week(desk, boris, anna)
    await desk.passes(TO_NEXT_NINE - MINUTE)
    assert pictures(boris) == pictures(vera) == []

    await desk.passes(MINUTE)
    assert len(pictures(boris)) == len(pictures(vera)) == 1
    assert pictures(boris)[0].startswith("Ваша неделя, 2–8 марта: балл ")
    assert pictures(vera)[0].startswith("The team's week, 2–8 March: score ")
    assert pictures(anna) == []

    await desk.restarts()
    await desk.passes(timedelta(days=1))
    assert len(pictures(boris)) == len(pictures(vera)) == 1


async def test_of_missed_weeks_the_newest_is_made_up_once(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await desk.stops()
    desk.clock.passes(timedelta(days=17))
    await desk.starts()
    await desk.passes(MINUTE)
    assert len(pictures(boris)) == 1
    assert pictures(boris)[0].startswith("Your week, 9–15 March: no chats.")


async def test_who_both_leads_and_answers_gets_both(desk: Desk) -> None:
    anna, vera = desk.customer("Anna"), await desk.supervisor("Vera")
    await lives_a_week(desk, vera, anna)
    await desk.passes(TO_NEXT_NINE)
    own, team = pictures(vera)
    assert own.startswith("Your week, 2–8 March")
    assert team.startswith("The team's week, 2–8 March")


@pytest.mark.settings(weekly_kpi="fri 18:00")
async def test_the_moment_is_the_teams_choice(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await desk.passes(timedelta(days=4, hours=8))
    assert pictures(boris)[0].startswith("Your week, 23 February – 1 March")


async def test_a_hard_week_gets_a_kind_word(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await lives_a_week(desk, boris, anna, satisfied=0.95, median=120)
    await desk.passes(TO_NEXT_NINE)
    await desk.passes(timedelta(hours=1))
    await lives_a_week(desk, boris, anna, satisfied=0.3, median=400)
    await desk.passes(TO_NEXT_NINE)
    last = pictures(boris)[-1]
    assert ", clearly fewer." in last
    assert ", slower." in last
    kind, begin = last.splitlines()[-2:]
    assert kind == (
        "It was a hard week. Talk over with the others what got in the way: it will be easier."
    )
    assert begin.startswith("Where to begin: ")
    assert any(sign.isdigit() for sign in begin)


async def test_a_little_slower_than_very_fast_is_no_hard_week(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await lives_a_week(desk, boris, anna, satisfied=0.95, median=90)
    await desk.passes(TO_NEXT_NINE)
    await desk.passes(timedelta(hours=1))
    await lives_a_week(desk, boris, anna, satisfied=0.95, median=180)
    await desk.passes(TO_NEXT_NINE)
    last = pictures(boris)[-1]
    assert "First response 2 min 40 s, slower." in last
    assert "hard week" not in last


async def test_a_headline_names_all_that_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: set[str] = set()

    def reads(card: WeeklyCard) -> bytes:
        said.add(card.headline)
        return weekly_card(card)

    monkeypatch.setattr(conftest, "picture", reads)
    anna = desk.customer("Anna")
    boris, olga = await desk.operator("Борис", "ru"), await desk.operator("Olga")
    for satisfied, median in ((0.5, 300), (0.95, 120)):
        for operator in (boris, olga):
            await lives_a_week(desk, operator, anna, satisfied=satisfied, median=median)
        await desk.passes(timedelta(days=7))
    assert said == {
        "Есть с чего начать:\nсравним через неделю.",
        "A beginning is made:\nnext week we can compare.",
        "Вы отвечаете быстрее.\nДовольных больше, просрочки реже.",
        "You answer faster.\nMore satisfied, fewer late replies.",
    }
