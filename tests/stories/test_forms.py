"""One form in the middle of another: what is meant for the diary never goes to a customer."""

from playground.people import Account
from tests.conftest import Desk
from tests.stories.staff import opens
from tests.stories.talking import held
from tests.stories.test_alerts import a_bad_rating

MEANT = "He asked about money"
"""For the diary."""


async def writes_the_diary(desk: Desk, operator: Account) -> Account:
    """A call is being written down, while a customer's conversation is open."""
    dave = desk.customer("Dave")
    await held(desk, dave, operator)
    assert "yours to answer" in operator.finds("No. ").words
    await operator.types("/diary")
    await operator.taps("Now")
    await operator.taps("phone")
    await operator.types("Pavel")
    assert "What did the customer ask for?" in operator.reads
    return dave


async def goes_on(operator: Account, dave: Account) -> None:
    """The question has come again, and what is typed answers it."""
    assert "What did the customer ask for?" in operator.reads
    await operator.types(MEANT)
    assert "What was done?" in operator.reads
    assert all(shown.words != MEANT for shown in dave.received)


async def test_a_note_under_an_alert(desk: Desk) -> None:
    vera = await desk.supervisor("Vera", on_shift=True)
    await a_bad_rating(desk)
    dave = await writes_the_diary(desk, vera)
    await vera.taps("Done…")
    await vera.types("Money sent back")
    vera.finds("Saved: No. 1 is done.")
    await goes_on(vera, dave)


async def test_a_note_that_is_refused(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera", on_shift=True), await desk.supervisor("Oleg")
    await a_bad_rating(desk)
    dave = await writes_the_diary(desk, vera)
    await vera.taps("Done…")
    await oleg.taps("Take")
    await vera.types("Money sent back")
    vera.finds("Oleg is on it already.")
    await goes_on(vera, dave)


async def test_a_name_for_customers(desk: Desk) -> None:
    vera = await desk.supervisor("Vera", on_shift=True)
    await desk.operator("Boris", on_shift=False)
    dave = await writes_the_diary(desk, vera)
    await opens(vera, "Boris")
    await vera.taps("Name for customers")
    await vera.types("/cancel")
    await goes_on(vera, dave)


async def test_a_conversation_handed_over(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await held(desk, desk.customer("Anna"), boris)
    await desk.operator("Gleb")
    dave = await writes_the_diary(desk, boris)
    await boris.taps("Hand over", boris.finds("No. 1, yours"))
    await boris.taps("Gleb")
    await boris.taps("Hand over without words")
    await goes_on(boris, dave)


async def test_a_search(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    dave = await writes_the_diary(desk, boris)
    await boris.types("/diaries")
    await boris.taps("Search")
    await boris.types("nothing such")
    await goes_on(boris, dave)
