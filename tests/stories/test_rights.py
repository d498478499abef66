"""Who may what: every button and command, by everybody, with true, foreign and forged data."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from aiogram.filters.callback_data import CallbackData

from desk import diary
from desk.diary_content import Content
from handlers.rights import BUTTONS, COMMANDS, Who
from playground.people import Account
from storage.models import Person, Role
from tests.conftest import Desk
from tests.house.test_callbacks import PINNED
from tests.stories.closed import closed
from tests.stories.tables import rows

LARGEST = 2**63 - 1
FOR_OTHERS = "That is for another role. What you can do: /help"
UNKNOWN = "This button no longer works. What you can do now: /help"
BANNED = "Sorry, we cannot accept your message."

EVERYBODY = ("customer", "operator", "supervisor", "both", "banned", "removed", "stranger")

TO_PLAY = pytest.mark.settings(customer_rate=100_000)
"""Nobody is too fast here."""

TO_LOOK_AT = ("conversation", "history")
"""Buttons about a conversation that is not theirs, which any operator may press."""


async def everybody(desk: Desk) -> Mapping[str, Account]:
    """A desk in the middle of its day: of everything number 1 is Anna's and Boris's."""
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    await anna.types("They laughed at me")  # the comment; its alert is number 1
    dora = desk.customer("Dora")
    await dora.types("Where is my order?")
    await boris.taps("Take")
    await boris.types("/diary")
    by, about = await desk.person(boris), await desk.person(anna)
    async with desk.database.writing() as tx:
        told = Content(at=desk.now, customer_id=about.id, customer_name="Anna", request="Receipt")
        await diary.write(tx, by=by, conversation_id=1, content=told, now=desk.now)
    vera = await desk.supervisor("Vera")
    await vera.types("/invite")
    await vera.taps("An operator")
    people = {
        "customer": desk.customer("Ivan"),
        "operator": await desk.operator("Olga"),
        "supervisor": vera,
        "both": await desk.supervisor("Zoe"),
        "banned": desk.customer("Mallory"),
        "removed": await desk.operator("Wera"),
        "stranger": desk.customer("Nobody"),
        "anna": anna,
    }
    for name in ("customer", "banned"):
        await people[name].starts()
    async with desk.database.writing() as tx:
        for name, change in (
            ("both", {"is_operator": True}),
            ("banned", {"banned_at": desk.now}),
            ("removed", {"is_operator": False, "on_shift": False}),
        ):
            person = await tx.people.by_telegram(people[name].id)
            assert person is not None
            for field, value in change.items():
                setattr(person, field, value)
    await desk.settles()
    return people


async def taps_all(desk: Desk, who: Account, data: Sequence[str], under: Account) -> list[str]:
    """What each tap was answered with; `under`: in whose chat the buttons were."""
    before = len(who.toasts)
    async with desk.together():
        for each in data:
            await who.taps_data(each, under.last)
    assert not who.spinning
    return who.toasts[before:]


def needed(tap: CallbackData) -> Who:
    who = next(who for who, kinds in BUTTONS.items() if type(tap) in kinds)
    return Who.SUPERVISORS if getattr(tap, "team", False) else who


def lets(who: Who, person: Person | None) -> bool:
    return who.lets(person or Person(name="nobody we know yet"))


def with_numbers(tap: CallbackData, number: int) -> str:
    """The same button about another thing, as a forged client writes it."""
    values = tap.model_dump(mode="json")
    told = [number if name.endswith("_id") else value for name, value in values.items()]
    words = (str(int(v)) if isinstance(v, bool) else str(v) for v in told)
    return ":".join((tap.__prefix__, *words))


def numbered(tap: CallbackData) -> bool:
    return any(name.endswith("_id") for name in type(tap).model_fields)


def forged() -> Iterator[str]:
    """Whatever a client can send that no keyboard of ours says, or about nothing there is."""
    for tap, wire in PINNED:
        if numbered(tap):
            for number in (404, LARGEST, LARGEST + 1, -1, 10**40):
                yield with_numbers(tap, number)
            yield wire.rpartition(":")[0]
        yield f"x{wire}"
        yield f"{wire}:1"
    yield from (
        "x" * 64,
        "\x00" * 64,
        ":" * 64,
        "я" * 32,
        "🎲" * 16,
        "take:1e3",
        "take:１",
        "take: ",
    )
    yield from ("stars:1:0", "stars:1:6", "stars:1:99999", "close:1:left", "handovernow:1:99999")
    yield from ("invite:customer", "role:1:customer:1", "afterwards:1:gone", "language:de")
    yield from ("kpihow:99999:0", "kpimetric:1:0:x", "diary:1:fly", "entry:1:fly")


async def known(desk: Desk, who: Account) -> Person | None:
    async with desk.database.reading() as tx:
        return await tx.people.by_telegram(who.id)


@TO_PLAY
@pytest.mark.parametrize("name", EVERYBODY)
async def test_what_the_table_does_not_allow_changes_nothing(desk: Desk, name: str) -> None:
    people = await everybody(desk)
    who = people[name]
    person = await known(desk, who)
    taps = [with_numbers(tap, 1) for tap, _ in PINNED if not lets(needed(tap), person)]
    commands = [f"/{command}" for command, row in COMMANDS.items() if not lets(row, person)]
    assert bool(taps) == (name not in ("supervisor", "both"))

    refusal = BANNED if name == "banned" else FOR_OTHERS if person else UNKNOWN
    before = await rows(desk, besides=("updates",))
    answers = await taps_all(desk, who, taps, under=people["anna"])
    assert answers == [refusal] * len(taps)
    assert await rows(desk, besides=("updates",)) == before

    seen = len(who.received)
    async with desk.together():
        for command in commands:
            await who.types(command)
            await who.sends_photo(b"a picture", command)
    said = [shown.words for shown in who.received[seen:]]
    assert said == [BANNED if name == "banned" else FOR_OTHERS] * 2 * len(commands)
    kept = ("updates", "deliveries", *(() if person else ("people",)))
    assert await rows(desk, besides=kept) == {t: r for t, r in before.items() if t not in kept}
    assert not (await desk.person(who)).may(Role.OPERATOR) or name in (
        "operator",
        "both",
        "supervisor",
    )


@TO_PLAY
@pytest.mark.parametrize("name", EVERYBODY)
async def test_what_was_forged_is_answered_and_changes_nothing(desk: Desk, name: str) -> None:
    people = await everybody(desk)
    who = people[name]
    before = await rows(desk, besides=("updates",))
    data = [each for each in forged() if len(each.encode()) <= 64]
    answers = await taps_all(desk, who, data, under=people["anna"])
    assert len(answers) == len(data)
    assert all(answers)
    assert await rows(desk, besides=("updates",)) == before


@TO_PLAY
@pytest.mark.parametrize("name", ["customer", "operator", "removed", "anna"])
async def test_buttons_of_others_change_nothing(desk: Desk, name: str) -> None:
    """The table lets them press such a button; whose it is the rules say."""
    people = await everybody(desk)
    who = people[name]
    person = await desk.person(who)
    data = [
        with_numbers(tap, number)
        for tap, _ in PINNED
        for number in (1, 2)
        if numbered(tap)
        and needed(tap).lets(person)
        and tap.__prefix__ not in TO_LOOK_AT
        and not (name == "anna" and number == 1)  # those are hers
    ]
    before = await rows(desk, besides=("updates",))
    answers = await taps_all(desk, who, data, under=people["anna"])
    assert len(answers) == len(data)
    assert all(answers)
    assert await rows(desk, besides=("updates",)) == before


def test_every_button_is_in_the_table_once() -> None:
    listed = [kind for kinds in BUTTONS.values() for kind in kinds]
    assert sorted(kind.__prefix__ for kind in listed) == sorted(
        {type(tap).__prefix__ for tap, _ in PINNED}
    )
