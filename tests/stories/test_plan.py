"""A plan is proposed, talked about and accepted; only then is anything scored by it."""

from datetime import timedelta
from random import Random

import pytest

from desk import reports
from desk.weeks import Week
from kpi.score import Category
from playground.people import Account
from storage.models import PlanState
from tests.conftest import Desk
from tests.history import live_a_week


async def with_a_quarter(desk: Desk, operator: Account) -> None:
    """Thirteen complete weeks of work, the last of them just over."""
    anna = desk.customer("Anna")
    await anna.starts()
    rules = desk.settings.rules()
    by = await desk.person(operator)
    this = Week.of(desk.now, rules.zone)
    for back in range(13, 0, -1):
        async with desk.database.writing() as tx:
            await live_a_week(
                tx,
                Random(back),  # noqa: S311 - the same each time
                operator=by,
                start=this.later(-back).start(rules.zone),
                chats=30,
                schedule=rules.schedule,
            )


async def plans_of(desk: Desk, operator: Account) -> list[tuple[int | None, PlanState]]:
    by = await desk.person(operator)
    async with desk.database.reading() as tx:
        return [(plan.version, plan.state) for plan in await tx.plans.of(by.id)]


async def opens_plan(supervisor: Account, name: str) -> None:
    await supervisor.types("/plan")
    await supervisor.taps(name)


async def proposes(supervisor: Account, name: str) -> None:
    await opens_plan(supervisor, name)
    await supervisor.taps("Propose a plan")
    await supervisor.taps("Propose")


async def test_until_something_is_agreed_the_teams_plan_is_shown(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/plan")
    assert boris.reads.startswith("Your plan: the team’s\nNothing else is agreed.")
    assert "Satisfied customers: 60% → 90%; last month too little data" in boris.reads
    assert "First response: 5 min → 1 min 40 s" in boris.reads
    assert boris.last.buttons == []


async def test_a_proposal_begins_at_ones_own_last_quarter(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await with_a_quarter(desk, boris)
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")

    assert vera.reads.startswith("Plan for Boris, nobody sees it yet")
    by, rules = await desk.person(boris), desk.settings.rules()
    async with desk.database.reading() as tx:
        last = Week.of(desk.now, rules.zone).later(-1)
        report = await reports.of(tx, person=by, last=last, rules=rules, now=desk.now)
    quarter = reports.together(report.weeks[-13:])
    late = reports.figures_of(quarter, desk.now)["overdue_share"]
    assert late.n == sum(week.figures["overdue_share"].n for week in report.weeks[-13:])
    assert late.value is not None
    floor, target = round(100 * late.value + 11.25), max(0, round(100 * late.value - 3.75))
    assert f"Overdue replies: {floor}% → {target}%; last quarter" in vera.reads
    assert await plans_of(desk, boris) == [(None, PlanState.WRITING)]
    assert not any("Plan for" in shown.words for shown in boris.received)  # nobody else sees it


async def test_proposed_changed_talked_about_and_accepted(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await with_a_quarter(desk, boris)
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    await vera.taps("Satisfied customers")
    assert vera.reads.startswith("Satisfied customers\nRatings of 4 and 5 among all ratings.")
    await vera.types("70 95 ×2")
    assert "Satisfied customers: 70% → 95% (×2); last quarter" in vera.reads
    await vera.taps("Weight: Initiative 10")
    await vera.types("0")
    await vera.taps("Propose")

    assert boris.reads.startswith("A plan for you, version 1\nProposed by Vera, 10:00.")
    assert "it would have given" in boris.reads
    assert boris.last.buttons == [["Accept"], ["Propose changes", "Comment"]]
    assert vera.last.buttons == [["Propose changes", "Comment"]]
    await boris.taps("Comment")
    await boris.types("Evenings are slow, and I am alone then")
    assert "Boris: Evenings are slow, and I am alone then" in vera.reads
    assert "The operator’s word is next." in vera.reads

    await boris.types("/plan")
    await boris.taps("Propose changes")
    assert boris.reads.startswith("Your plan, as you would have it")
    await boris.taps("First response")
    await boris.types("6:00 2:00")
    await boris.taps("Propose")
    assert vera.reads.startswith("A plan for Boris, version 2\nProposed by Boris")
    assert "First response: 6 min → 2 min" in vera.reads
    assert vera.last.buttons == [["Accept"], ["Propose changes", "Comment"]]
    await vera.taps("Accept")

    assert boris.reads.startswith("Your plan, version 2\nAgreed; it scores from 9 March on.")
    assert await plans_of(desk, boris) == [(2, PlanState.ACCEPTED), (1, PlanState.REPLACED)]


async def test_nothing_is_scored_by_it_before_the_week_after(desk: Desk) -> None:
    """Weeks that began before keep the plan they had."""
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await with_a_quarter(desk, boris)
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    await vera.taps("Satisfied customers")
    await vera.types("10 20")
    await vera.taps("Propose")
    this = Week.of(desk.now, desk.settings.rules().zone)

    async def target(week: Week) -> tuple[int | None, float]:
        by, rules = await desk.person(boris), desk.settings.rules()
        async with desk.database.reading() as tx:
            report = await reports.of(tx, person=by, last=week, rules=rules, now=desk.now)
        assert report.last.scored is not None
        agreed = report.last.scored.plan
        return agreed.version, agreed.plan.targets[Category.SATISFACTION]["csat"].target

    assert await target(this.later(1)) == (None, 90)
    await boris.taps("Accept")
    assert await target(this) == (None, 90)
    assert await target(this.later(1)) == (1, 20)

    await boris.types("/kpi")
    await boris.taps("How is this counted?")
    await boris.taps("Score")
    assert "By the team’s plan." in boris.reads


async def test_a_metric_can_be_left_out_and_taken_in_again(desk: Desk) -> None:
    await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    await vera.taps("Recommend us (NPS)")
    await vera.taps("Do not score it")
    assert "Recommend us (NPS)" not in vera.reads
    await vera.taps("＋ Recommend us (NPS)")
    assert "It is not scored now." in vera.reads
    await vera.taps("Score it")
    assert "Recommend us (NPS): 0 → +50" in vera.reads


async def test_a_plan_of_few_figures_is_drawn_and_scored_by_those(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await with_a_quarter(desk, boris)
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    for metric in ("Satisfied customers", "Overdue replies", "First response"):
        await vera.taps(metric)
        await vera.taps("Do not score it")
    await vera.taps("Propose")
    await boris.taps("Accept")
    await desk.passes(timedelta(weeks=1))
    await with_a_quarter(desk, boris)
    await boris.types("/kpi")
    assert boris.last.kind == "photo"
    for label in ("Problem solving", "Satisfaction", "Development"):
        if any(label in row for row in boris.last.buttons):
            await boris.taps(label)
            assert boris.last.kind == "photo"
    await boris.types("/kpi")
    await boris.taps("How is this counted?")
    await boris.taps("Score")
    before, _, since = boris.reads.partition("Since 9 March")
    assert "By the team’s plan." in before
    assert "Satisfied customers" in before  # the week that had begun keeps its plan
    assert "By the plan of version 1, agreed since 9 March." in since
    assert "Satisfied customers" not in since

    await opens_plan(vera, "Boris")  # the next one begins at all that was done, scored or not
    await vera.taps("Propose a plan")
    assert "Satisfied customers: " in vera.reads
    line = next(each for each in vera.reads.splitlines() if each.startswith("Satisfied"))
    assert "last quarter too little data" not in line
    assert "60% → 90%" not in line


@pytest.mark.parametrize(
    ("metric", "words", "answer"),
    [
        ("Satisfied customers", "90 60", "More is better here, so the second value is the larger"),
        ("Satisfied customers", "60", "Two numbers, please"),
        ("Satisfied customers", "70 70", "Both are the same"),
        ("Satisfied customers", "60 190", "Nobody gets there: percent go from 0 to 100."),
        ("Overdue replies", "5 20", "Less is better here, so the second value is the smaller"),
        ("First response", "5 2", "Two times, please"),
        ("First response", "quickly", "Two times, please"),
        ("First response", "1 min 5 min", "Less is better here"),
    ],
)
async def test_what_cannot_be_is_answered_and_asked_again(
    desk: Desk, metric: str, words: str, answer: str
) -> None:
    await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    await vera.taps(metric)
    await vera.types(words)
    assert vera.reads.startswith(answer)
    await vera.sends_sticker()
    assert vera.reads.startswith("Numbers, please")
    await vera.types({"First response": "4:00 2:00", "Overdue replies": "20 5"}.get(metric, "5 6"))
    assert vera.reads.startswith("Plan for Boris")


async def test_a_weight_is_a_number_and_something_must_weigh(desk: Desk) -> None:
    await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    await vera.taps("Weight: Satisfaction 30")
    for wrong in ("a lot", "-5", "101", "3 4"):
        await vera.types(wrong)
        assert vera.reads.startswith("A weight is a number from 0 to 100")
    await vera.types("0")
    for name in ("Communication 25", "Problem solving 25", "Development 10", "Initiative 10"):
        await vera.taps(f"Weight: {name}")
        await vera.types("0")
    await vera.taps("Propose")
    assert vera.reads.startswith("A weight is a number from 0 to 100, and something must weigh")


async def test_a_new_word_comes_before_what_somebody_is_writing(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await proposes(vera, "Boris")
    await boris.taps("Propose changes")
    await boris.taps("First response")
    await boris.types("6:00 2:00")
    await vera.taps("Comment")
    await vera.types("Take your time")
    assert "Vera: Take your time" in boris.reads
    await boris.taps("Propose changes")  # what he had written is still there
    assert "First response: 6 min → 2 min" in boris.reads
    await boris.taps("Drop")
    assert boris.reads.startswith("A plan for you, version 1")


async def test_an_old_button_accepts_nothing(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await proposes(vera, "Boris")
    await vera.taps("Propose changes")
    await vera.taps("Propose")
    await boris.taps_data("plan:1:accept")
    assert boris.toasts[-1].startswith("Too late: things have changed since.")
    assert await plans_of(desk, boris) == [(2, PlanState.PROPOSED), (1, PlanState.REPLACED)]


async def test_nobody_accepts_what_they_proposed_themselves(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    zoe = await desk.operator("Zoe")
    await proposes(vera, "Boris")
    for who in (vera, zoe):
        await who.taps_data("plan:1:accept")
        assert who.toasts[-1].startswith("This button is not for you")
    await zoe.taps_data(f"planof:{(await desk.person(boris)).id}")
    assert zoe.toasts[-1].startswith("This button is not for you")
    await zoe.taps_data(f"planbegin:{(await desk.person(zoe)).id}")
    assert zoe.toasts[-1].startswith("That is for another role")


async def test_dropped_nothing_comes_of_it(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await opens_plan(vera, "Boris")
    await vera.taps("Propose a plan")
    await vera.taps("Drop")
    assert vera.reads.startswith("Plan of Boris: the team’s")
    assert await plans_of(desk, boris) == []


async def test_each_quarter_both_are_asked_whether_it_is_still_right(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await proposes(vera, "Boris")
    await boris.taps("Accept")
    await desk.passes(timedelta(weeks=13))
    assert "A quarter has passed" not in boris.reads
    await desk.passes(timedelta(weeks=1))
    for who in (boris, vera):
        assert any("A quarter has passed. Is it still right?" in m.words for m in who.received)


async def test_in_russian(desk: Desk) -> None:
    boris, vera = await desk.operator("Борис", "ru"), await desk.supervisor("Вера", "ru")
    await vera.types("/plan")
    assert vera.reads == "Планы. Чей?"
    await vera.taps("Борис")
    assert vera.reads.startswith("План: Борис, общий для команды\nО другом не договаривались.")
    await vera.taps("Предложить план")
    await vera.taps("Первый ответ")
    await vera.types("4 мин 90 с")
    await vera.taps("Предложить")
    assert boris.reads.startswith("План для вас, версия 1\nПредлагает Вера, 10:00.")
    assert "Первый ответ: 4 мин → 1 мин 30 с" in boris.reads
    await boris.taps("Принять")
    assert boris.reads.startswith("Ваш план, версия 1\nСогласован; начнёт действовать 9 марта.")
