"""An operator objects to a rating or a late reply; a supervisor decides, both views in front."""

from datetime import timedelta

from desk.weeks import Week
from playground.people import Account
from tests.conftest import Desk
from tests.stories.closed import closed
from tests.stories.figures import opens_figure

UNFAIR = "He wanted a refund I may not give, and I said so politely"


async def rated_badly(desk: Desk, customer: Account, operator: Account, stars: int = 1) -> int:
    """And so long ago that nobody can change it."""
    number = await closed(desk, customer, operator)
    await customer.taps(f"{stars} ☆")
    await customer.types("No refund, no answer")
    await desk.passes(timedelta(hours=73))
    return number


async def opens_record(desk: Desk, operator: Account, metric: str, number: int) -> None:
    await operator.types("/kpi")
    await operator.taps("How is this counted?")
    await opens_figure(operator, metric)
    label = next(label for label in operator.buttons if label.startswith("Records: Since"))
    await operator.taps(label)
    await operator.taps(f"No. {number}")


async def test_a_record_opens_with_its_messages_and_the_way_to_object(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    number = await rated_badly(desk, anna, boris)
    await opens_record(desk, boris, "Satisfied customers", number)
    assert boris.reads.startswith("No. 1. Satisfied customers\nCounts as: 1 ★\n")
    assert "No refund, no answer" in boris.reads
    assert "Anna: “Where is my receipt?”" in boris.reads
    assert boris.reads.count("No refund, no answer") == 1
    assert boris.last.buttons == [["All messages"], ["Object"], ["Back to the records"]]
    await boris.taps("Back to the records")
    assert boris.reads.startswith("Satisfied customers.")


async def test_upheld_it_is_out_of_every_figure_and_both_views_stay(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    for name in ("Carl", "Dora", "Emil", "Fred", "Gina"):
        customer = desk.customer(name)
        await closed(desk, customer, boris)
        await customer.taps("5 ☆")
    number = await rated_badly(desk, anna, boris)
    await opens_record(desk, boris, "Satisfied customers", number)
    await boris.taps("Object")
    assert boris.reads.startswith(f"Why should the rating of No. {number} not count for you?")
    await boris.types(UNFAIR)

    assert vera.reads.startswith(f"Objection to a rating, No. {number}\n★☆☆☆☆ Anna")
    assert "No refund, no answer" in vera.reads
    assert f"Boris says:\n{UNFAIR}" in vera.reads
    assert "83% (5 of 6 ratings); without it 100% (5 of 5 ratings)." in vera.reads
    await vera.taps("Take it out")
    await vera.types("Company policy, Boris did it right")

    for who in (boris, vera):
        card = next(m.words for m in who.received if m.words.startswith("Objection"))
        assert "Taken out of every figure by Vera" in card
        assert "Company policy, Boris did it right" in card
        assert "was 83% (5 of 6 ratings), is 100% (5 of 5 ratings)." in card
        assert UNFAIR in card
    await boris.types("/kpi")
    await boris.taps("How is this counted?")
    await opens_figure(boris, "Satisfied customers")
    assert "5 of 5 ratings" in boris.reads
    assert "Left out: excluded: 1" in boris.reads


async def test_declined_it_stays(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    number = await rated_badly(desk, anna, boris)
    await opens_record(desk, boris, "Satisfied customers", number)
    await boris.taps("Object")
    await boris.types(UNFAIR)
    await vera.taps("It stays")
    await vera.types("/skip")
    assert vera.reads == "Decided without a word."
    assert "It stays. Vera" in boris.reads
    async with desk.database.reading() as tx:
        assert (await tx.surveys.one(1)).excluded_at is None

    await opens_record(desk, boris, "Satisfied customers", number)
    assert ["Objection: it stays"] in boris.last.buttons
    await boris.taps_data("appeal:rating:1")
    assert boris.toasts[-1] == "Too late: things have changed since."
    await vera.taps_data("appealdecide:1:1")
    assert vera.toasts[-1] == "Too late: things have changed since."


async def test_a_late_reply_can_be_objected_to(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await anna.types("Where is my order?")
    await boris.taps("Take")
    await desk.passes(timedelta(minutes=12))
    await boris.types("On its way")
    await opens_record(desk, boris, "Overdue replies", 1)
    assert "Counts as: late" in boris.reads
    assert "Waited since 10:00, due 10:05, over 10:12" in boris.reads
    await boris.taps("Object")
    await boris.types("The fire alarm went off")
    assert vera.reads.startswith("Objection to a late reply, No. 1\nWaited since 10:00")
    await vera.taps("Take it out")
    async with desk.database.reading() as tx:
        rules, by = desk.settings.rules(), await desk.person(boris)
        week = Week.of(desk.now, rules.zone)
        found = await tx.figures.waits(by.id, week.start(rules.zone), week.end(rules.zone))
        assert [wait.excluded for _, wait in found] == [True]


async def test_nobody_objects_to_what_is_not_theirs_or_not_to_be_seen_yet(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    zoe, vera = await desk.operator("Zoe"), await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    for who in (boris, zoe, vera):  # the rating can still be changed; and it is Boris's
        await who.taps_data("appeal:rating:1")
        assert who.toasts[-1].startswith("This button is not for you")
    await boris.taps_data("appeal:overdue:1")
    assert boris.toasts[-1].startswith("This button is not for you")


async def test_nobody_decides_on_their_own(desk: Desk) -> None:
    anna, vera = desk.customer("Anna"), await desk.supervisor("Vera")
    olga = await desk.supervisor("Olga")
    number = await rated_badly(desk, anna, vera)
    assert number == 1
    await vera.taps_data("appeal:rating:1")
    await vera.types(UNFAIR)
    assert vera.last.buttons == [["All messages"]]
    await vera.taps_data("appealdecide:1:1")
    assert vera.toasts[-1].startswith("That is for another role")
    await olga.types("/alerts")
    assert any(m.words == "Operators object to 1 record:" for m in olga.received)
    await olga.taps("It stays", olga.finds("Objection to a rating"))


async def test_too_long_a_reason_is_asked_for_again(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await rated_badly(desk, anna, boris)
    await boris.taps_data("appeal:rating:1")
    await boris.types("no " * 400)
    assert boris.reads == "600 characters at most, please. Write it shorter; /cancel leaves it."
    await boris.sends_sticker()
    assert boris.reads.startswith("Write it as text, please.")
    await boris.types("<b>no</b>")
    assert "You say:\n<b>no</b>" in boris.reads


async def test_in_russian(desk: Desk) -> None:
    anna, boris = desk.customer("Анна", "ru"), await desk.operator("Борис", "ru")
    vera = await desk.supervisor("Вера", "ru")
    await rated_badly(desk, anna, boris)
    await boris.taps_data("appeal:rating:1")
    await boris.types("Вернуть деньги мне нельзя")
    assert vera.reads.startswith("Возражение против оценки, № 1\n★☆☆☆☆ Анна")
    assert "Пишет Борис:\nВернуть деньги мне нельзя" in vera.reads
    await vera.taps("Не считать")
    await vera.types("/skip")
    assert "Не считается ни в одном показателе: Вера" in boris.reads
