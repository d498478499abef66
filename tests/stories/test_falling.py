"""Against one's own history: the team's digest on Monday, and a figure that falls in the week."""

from datetime import timedelta
from random import Random

from desk.weeks import Week
from playground.people import Account
from tests.conftest import Desk
from tests.history import live_a_week

TITLE = "The team’s week, "
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


async def lives(
    desk: Desk, operator: Account, customer: Account, ago: int = 0, chats: int = 60, **how: float
) -> None:
    """A full week, so many weeks ago."""
    if not customer.received:
        await customer.starts()
    rules = desk.settings.rules()
    by = await desk.person(operator)
    async with desk.database.writing() as tx:
        await live_a_week(
            tx,
            Random(100 * by.id + ago + 7),  # noqa: S311
            operator=by,
            start=Week.of(desk.now, rules.zone).later(-ago).start(rules.zone),
            chats=chats,
            schedule=rules.schedule,
            **how,
        )


def digests(account: Account) -> list[str]:
    return [
        shown.words for shown in account.received if shown.words.startswith("The team’s week, ")
    ]


def falls(account: Account) -> list[str]:
    said = ("worse than usual this week", "a harder week than usual so far")
    return [shown.words for shown in account.received if any(each in shown.words for each in said)]


async def two_with_a_past(desk: Desk) -> tuple[Account, Account, Account]:
    """Boris and Olga with three usual weeks behind them."""
    anna = desk.customer("Anna")
    boris, olga = await desk.operator("Boris"), await desk.operator("Olga")
    for operator in (boris, olga):
        for ago in (1, 2, 3):
            await lives(desk, operator, anna, ago, satisfied=0.8, median=170.0)
    return anna, boris, olga


async def test_the_digest_says_what_fell_whom_to_thank_and_who_carries_too_much(
    desk: Desk,
) -> None:
    anna, boris, olga = await two_with_a_past(desk)
    vera = await desk.supervisor("Vera")
    await lives(desk, boris, anna, satisfied=0.1, median=170.0)
    await lives(desk, olga, anna, satisfied=1.0, median=90.0, chats=150)
    await desk.passes(WEEK)

    [digest] = digests(vera)
    assert digests(boris) == digests(olga) == []
    assert digest.startswith("The team’s week, 2–8 March. Only what chance does not explain")
    fell, thanks = digest.split("Worth a thank-you")
    assert "Worse than usual\n" in fell
    assert "• Boris: Satisfied customers " in fell
    assert "Olga" not in fell
    assert "• Olga: First response " in thanks
    assert "A heavy load\n• Olga: 150 chats this week, usually 14" in thanks
    shown = next(each for each in vera.received if each.words == digest)
    assert ["Satisfied customers: what it is made of"] in shown.buttons

    await vera.taps("Satisfied customers: what it is made of", shown)
    assert vera.reads.startswith("Satisfied customers\nRatings of 4 and 5")
    assert "2–8 March: " in vera.reads

    await desk.restarts()
    await desk.passes(timedelta(days=1))
    assert len(digests(vera)) == 1


async def test_a_week_like_any_other_is_said_in_a_line(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await desk.passes(WEEK)
    [digest] = digests(vera)
    assert digest.endswith("from what is usual for them.")


async def test_a_figure_that_falls_is_told_once_a_week_and_kindly(desk: Desk) -> None:
    anna, boris, olga = await two_with_a_past(desk)
    vera = await desk.supervisor("Vera")
    await desk.passes(MINUTE)  # 10:00 on Monday is over
    await lives(desk, boris, anna, satisfied=0.1, median=170.0)  # all of it has been rated
    assert falls(vera) == []

    await desk.passes(timedelta(days=3))

    [told] = [each for each in falls(vera) if each.startswith("Boris: Satisfied")]
    assert told.startswith("Boris: Satisfied customers, worse than usual this week\nNow ")
    assert "In the 13 weeks before 7" in told or "In the 13 weeks before 8" in told
    assert told.endswith("You will not be told of it again this week.")
    [yours] = [each for each in falls(boris) if each.startswith("Satisfied")]
    assert yours.startswith("Satisfied customers: a harder week than usual so far\nNow ")
    assert "it is not you" in yours
    assert falls(olga) == []
    shown = next(each for each in boris.received if each.words == yours)
    await boris.taps("Satisfied customers: what it is made of", shown)
    assert boris.reads.startswith("Satisfied customers\n")
    assert "Since 2 March: " in boris.reads

    before = len(falls(vera))
    await desk.restarts()
    await desk.passes(timedelta(days=3))
    assert len(falls(vera)) == before


async def test_of_a_usual_week_nothing_is_told(desk: Desk) -> None:
    anna, boris, olga = await two_with_a_past(desk)
    vera = await desk.supervisor("Vera")
    for operator in (boris, olga):
        await lives(desk, operator, anna, satisfied=0.8, median=170.0)
    await desk.passes(timedelta(days=6))
    assert falls(vera) == falls(boris) == falls(olga) == []
