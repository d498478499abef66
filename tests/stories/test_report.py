"""The team's report: for supervisors, in pictures that say in words what they show."""

from datetime import timedelta
from io import BytesIO
from random import Random
from statistics import mean, median

import pytest
from openpyxl import load_workbook

from desk.weeks import Week
from kpi.card import WeeklyCard
from kpi.charts import picture
from kpi.comparison import Standing
from kpi.pages import ComparisonPage, HoursPage, Page, ReasonsPage
from playground.people import Account
from tests import conftest
from tests.conftest import Desk
from tests.history import live_a_week
from tests.stories.closed import closed

TO_NEXT_MONDAY = timedelta(days=7)
FOR_OTHERS = "That is for another role. What you can do: /help"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[WeeklyCard | Page]:
    """All that is drawn."""
    found: list[WeeklyCard | Page] = []

    def draw(about: WeeklyCard | Page) -> bytes:
        found.append(about)
        return picture(about)

    monkeypatch.setattr(conftest, "picture", draw)
    return found


async def lives(desk: Desk, operator: Account, customer: Account, **how: float) -> None:
    """A full week from the Monday that is now."""
    if not customer.received:
        await customer.starts()
    rules = desk.settings.rules()
    by = await desk.person(operator)
    start = Week.of(desk.now, rules.zone).start(rules.zone)
    async with desk.database.writing() as tx:
        await live_a_week(
            tx,
            Random(by.id),  # noqa: S311
            operator=by,
            start=start,
            chats=60,
            schedule=rules.schedule,
            **how,
        )


async def team_of_three(desk: Desk) -> Account:
    """Boris leaves everybody satisfied, Olga few, Ivan has had hardly anybody; the supervisor."""
    anna = desk.customer("Anna")
    for name, satisfied in (("Boris", 1.0), ("Olga", 0.5), ("Rita", 0.75), ("Zoe", 0.75)):
        operator = await desk.operator(name)
        await lives(desk, operator, anna, satisfied=satisfied, median=170.0)
    ivan = await desk.operator("Ivan")
    dora = desk.customer("Dora")
    await closed(desk, dora, ivan)
    await dora.taps("5 ☆")
    vera = await desk.supervisor("Vera")
    await desk.passes(TO_NEXT_MONDAY)
    return vera


async def test_the_report_says_its_figures_and_offers_pictures(desk: Desk) -> None:
    vera = await team_of_three(desk)
    await vera.types("/report")
    assert vera.reads.startswith("The team’s report\n9 February – 8 March\nChats: 241\n")
    assert "\nSatisfied customers: " in vera.reads
    assert vera.last.buttons == [
        ["Comparison", "Hours and days"],
        ["Reasons", "The team’s week"],
        ["Themes of comments", "Tables (XLSX)"],
        ["A week", "• 4 weeks", "13 weeks"],
    ]
    card = vera.last

    await vera.taps("A week")
    assert card.words.startswith("The team’s report\n2–8 March\n")
    assert card.buttons[-1] == ["• A week", "4 weeks", "13 weeks"]


async def test_tables_have_each_figure_and_what_it_rests_on(desk: Desk) -> None:
    vera = await team_of_three(desk)
    rita = await desk.operator("=HYPERLINK(0)")  # a name, and not a formula
    await closed(desk, desk.customer("Eve"), rita)
    await desk.passes(TO_NEXT_MONDAY)
    await vera.types("/report")
    await vera.taps("Tables (XLSX)")
    assert vera.toasts[-1] == "Making the file"
    assert vera.last.kind == "document"
    assert "16 February – 15 March" in vera.last.words
    assert vera.last.file is not None
    assert vera.last.file.name == "otklik-2026-02-16-2026-03-15.xlsx"

    book = load_workbook(BytesIO(vera.last.file.content))
    assert book.sheetnames[0] == "Figures"
    sheets = {sheet.title: list(sheet.values) for sheet in book}
    figures = {(row[0], row[1]): row for row in sheets["Figures"][1:]}
    assert {name for name, _ in figures} >= {"The team", "Boris", "Ivan", "=HYPERLINK(0)"}
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)

    for who in ("The team", "Boris", "Olga"):  # the records give the same figure again
        theirs = [row for row in sheets["Ratings"][1:] if who in ("The team", row[1])]
        stars = [row[2] for row in theirs if not row[3]]
        _, _, value, unit, n, low, high, enough, _ = figures[who, "Satisfied customers"]
        assert (n, unit, enough) == (len(stars), "%", True)
        assert value == pytest.approx(sum(star >= 4 for star in stars) / len(stars))
        assert low < value <= high
        first = [row for row in sheets["First responses"][1:] if who in ("The team", row[1])]
        times = [row[2 if who == "The team" else 3] for row in first if row[5] and not row[4]]
        assert figures[who, "First response"][2] == median(filter(None, times))
        waits = [row for row in sheets["Waits"][1:] if who in ("The team", row[1])]
        late = figures[who, "Overdue replies"]
        assert late[2] == pytest.approx(sum(row[5] for row in waits) / late[4])
        replies = [row[8 if who == "The team" else 9] for row in waits if row[4] == "answered"]
        assert figures[who, "Reply time"][2] == median(replies)
        closings = [r for r in sheets["Closed chats"][1:] if who in ("The team", r[1])]
        handled = [row[8] for row in closings if row[8] is not None]
        assert figures[who, "Handling time"][2:5:2] == pytest.approx((mean(handled), len(handled)))
        sent = [row[2] for row in sheets["Messages sent"][1:] if who in ("The team", row[1])]
        assert figures[who, "Messages sent"][2] == sum(sent)
    assert ("Boris", "Closed without an answer") not in figures
    assert ("The team", "Closed without an answer") in figures


async def test_tables_of_nothing(desk: Desk) -> None:
    vera = await desk.supervisor("Vera", "ru")
    await vera.types("/report")
    await vera.taps("Таблицы (XLSX)")
    assert vera.last.file is not None
    book = load_workbook(BytesIO(vera.last.file.content))
    rows = list(book["Показатели"].values)
    assert {row[0] for row in rows[1:]} == {"Команда"}
    assert all(row[4] == 0 and not row[2] for row in rows[1:])  # nothing, and no 0 %
    assert [len(list(sheet.values)) for sheet in book][1:] == [1] * 11


async def test_operators_beside_each_other(desk: Desk, drawn: list[WeeklyCard | Page]) -> None:
    vera = await team_of_three(desk)
    await vera.types("/report")
    await vera.taps("Comparison")

    page = drawn[-1]
    assert isinstance(page, ComparisonPage)
    found = {group.rows[0].standing: [row.name for row in group.rows] for group in page.groups}
    assert found[Standing.ABOVE] == ["Boris"]
    assert found[Standing.BELOW] == ["Olga"]
    assert found[Standing.LEVEL] == ["Rita", "Zoe"]
    assert found[Standing.LITTLE] == ["Ivan"]
    figures = {row.name: row.figure for group in page.groups for row in group.rows}
    assert {name for name, figure in figures.items() if figure} == {"Boris", "Olga"}
    words = vera.last.words
    assert words.startswith("Satisfied customers: ratings of 4 and 5, 9 February – 8 March.")
    assert f"Above the team: Boris {figures['Boris']} (" in words
    assert f"Below the team: Olga {figures['Olga']} (" in words
    assert "Level with the team: 2." in words
    assert "Rita" not in words
    assert page.headline.startswith("2 operators differ from the team.")
    assert vera.last.buttons == [
        ["Confirmed as solved", "First response"],
        ["Overdue replies"],
        ["A week", "13 weeks", "Dark"],
    ]

    await vera.taps("Overdue replies")
    page = drawn[-1]
    assert isinstance(page, ComparisonPage)
    assert page.headline == "No difference between\noperators shows."


async def test_with_nothing_to_compare_it_says_so(
    desk: Desk, drawn: list[WeeklyCard | Page]
) -> None:
    vera = await desk.supervisor("Vera", "ru")
    await vera.types("/report")
    card = vera.last
    for label in ("Сравнение", "Часы и дни", "Причины"):
        await vera.taps(label, card)
    compared, hours, reasons = drawn
    assert isinstance(compared, ComparisonPage)
    assert compared.headline == "Сравнивать рано:\nмало данных."
    assert isinstance(hours, HoursPage)
    assert hours.headline == "Ожиданий не было."
    assert isinstance(reasons, ReasonsPage)
    assert reasons.headline == "Плохих оценок не было."
    assert vera.reads.endswith("За это время плохих оценок не было.")


async def test_hours_and_days(desk: Desk, drawn: list[WeeklyCard | Page]) -> None:
    vera = await team_of_three(desk)
    await vera.types("/report")
    await vera.taps("Hours and days")
    page = drawn[-1]
    assert isinstance(page, HoursPage)
    waits = sum(cell.waits for row in page.cells for cell in row)
    late = sum(cell.late for row in page.cells for cell in row)
    assert f"{waits} waits, {late} answered late." in vera.reads
    assert waits == 480
    assert page.hours[0] == "9:00"
    await vera.taps("Dark")
    assert (await desk.person(vera)).theme == "dark"
    assert drawn[-1].theme == "dark"
    assert vera.last.buttons[-1][-1] == "Light"


async def test_a_supervisor_says_whose_a_bad_rating_is(
    desk: Desk, drawn: list[WeeklyCard | Page]
) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    for name, reason in (("Anna", "Not solved"), ("Dora", "Slow"), ("Emma", "The product itself")):
        customer = desk.customer(name)
        await closed(desk, customer, boris)
        await customer.taps("1 ☆")
        await customer.taps(reason)
        await vera.taps("Take")  # or it would be repeated for a week
    await desk.passes(TO_NEXT_MONDAY)
    await vera.types("/report")
    await vera.taps("Reasons")
    assert "3 bad ratings: the company 1, the operator 0, not sorted 2." in vera.reads
    assert vera.last.buttons[0] == ["Sort the reasons: 2"]

    await vera.taps("Sort the reasons: 2")
    card = vera.last
    assert "Customer: Dora. Operator: Boris." in card.words
    assert card.words.endswith("Whose reason is it?\n2 left")
    await vera.taps("Next")
    assert "Customer: Anna. Operator: Boris." in card.words
    await vera.taps("The company")
    assert vera.toasts[-1] == "Noted: the company"
    assert card.words == "All bad ratings are sorted."  # Dora's was passed over

    await vera.types("/report")
    await vera.taps("Reasons")
    page = drawn[-1]
    assert isinstance(page, ReasonsPage)
    assert (page.whole.company, page.whole.operator, page.whole.unsorted) == (2, 0, 1)
    assert page.headline == "Who is behind it more often\ndoes not show."
    assert "cause-set" in await deeds(desk)


async def deeds(desk: Desk) -> set[str]:
    async with desk.database.reading() as tx:
        return {each.action for each in await tx.audit.page(None, 20)}


async def test_a_page_of_a_category(desk: Desk, drawn: list[WeeklyCard | Page]) -> None:
    vera = await team_of_three(desk)
    await vera.types("/report")
    await vera.taps("The team’s week")
    assert ["Communication", "Problem solving"] in vera.last.buttons
    await vera.taps("Problem solving")
    assert vera.reads.startswith("Problem solving: ")
    assert "\nFirst response: " in vera.reads


async def test_it_is_for_supervisors(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/report")
    assert boris.reads == FOR_OTHERS
    vera = await desk.supervisor("Vera")
    await vera.types("/report")
    for data in (
        "report:nonsense:4",
        "report:csat:5",
        "reportspan:2",
        "causes:99",
        "cause:9:company",
    ):
        await vera.taps_data(data)
        assert vera.toasts[-1].startswith("This button is not for you")
