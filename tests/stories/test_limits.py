"""The longest names there can be, and more of everything than a card holds."""

from handlers.callbacks import (
    AlertTakeTap,
)
from playground.people import Account
from storage.models import Person
from tests.conftest import Desk
from tests.stories.closed import closed
from tests.stories.staff import invites
from tests.stories.test_alerts import a_bad_rating

LONGEST = "😀" * 64
"""What Telegram allows for a first and for a last name."""


async def rated_badly(desk: Desk, operator: Account, times: int) -> None:
    for number in range(times):
        customer = desk.customer(f"C{number}")
        await closed(desk, customer, operator)
        await customer.taps("1 ☆")


async def test_a_tap_is_answered_whatever_name_is_in_the_answer(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Vera"), await desk.supervisor(LONGEST, last_name=LONGEST)
    await a_bad_rating(desk)
    async with desk.together():
        await oleg.taps("Take")
        await vera.taps("Take")
    [told] = vera.toasts
    assert told.startswith(LONGEST)
    assert told.endswith("😀…")
    assert not vera.spinning


async def test_a_long_list_of_alerts_fits(desk: Desk) -> None:
    vera, oleg = await desk.supervisor("Вера", "ru"), await desk.supervisor(LONGEST)
    await rated_badly(desk, await desk.operator("Boris"), 22)
    for number in range(1, 23):
        await oleg.taps_data(AlertTakeTap(alert_id=number).pack())

    await vera.types("/alerts")

    assert vera.reads.startswith("Открытых тревог: 22\n№ 1: оценка 1 из 5, с 10:00. Занимается 😀")
    assert vera.reads.endswith("И ещё: 2.")
    assert len(vera.buttons) == 20


async def test_a_team_of_long_names_and_many_invites_fits(desk: Desk) -> None:
    vera = await desk.supervisor("Вера", "ru")
    async with desk.database.writing() as tx:
        for number in range(80):
            banned = None if number < 60 else desk.now
            await tx.people.add(
                Person(
                    telegram_id=900_000 + number,
                    name=f"{LONGEST} {LONGEST}",
                    is_operator=banned is None,
                    is_supervisor=banned is None,
                    reachable=False,
                    banned_at=banned,
                    created_at=desk.now,
                )
            )
    for _ in range(12):
        await invites(vera, "Руководителя")

    await vera.types("/team")

    assert vera.reads.startswith("Команда\nВера: руководитель, не на смене\n")
    assert "И ещё 37 человек: найти по имени." in vera.reads
    assert vera.reads.count("руководитель, до 10:00") + vera.reads.count("руководитель, до 9") == 8
    assert "И ещё: 4" in vera.reads
    assert vera.reads.count("😀" * 31 + "…\n") + vera.reads.endswith("…") == 10
