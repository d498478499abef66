"""How people come into the team: the setup link, invites, the settings."""

from datetime import timedelta

import pytest

from storage.models import Role
from tests.conftest import Desk
from tests.stories.staff import EVERYBODYS_MENU, OPERATORS_MENU, commands, invites, opens
from tests.stories.tables import rows

# The first supervisor.


async def test_the_first_start_prints_a_link_for_the_first_supervisor(desk: Desk) -> None:
    vera = desk.customer("Vera")
    assert desk.setup_link is not None

    await vera.starts_from(desk.setup_link)

    assert "Your role: supervisor" in vera.reads
    assert "/invite" in vera.reads
    everything = [*OPERATORS_MENU[:-3], "alerts", "report", "invite", "team", *EVERYBODYS_MENU]
    assert commands(vera) == everything
    assert not (await desk.person(vera)).on_shift


async def test_a_setup_link_works_once(desk: Desk) -> None:
    vera, mallory = desk.customer("Vera"), desk.customer("Mallory")
    assert desk.setup_link is not None
    await vera.starts_from(desk.setup_link)

    await mallory.starts_from(desk.setup_link)

    assert mallory.reads.startswith("Somebody came in by this link already")
    assert not (await desk.person(mallory)).may(Role.OPERATOR)


async def test_of_two_at_the_setup_link_at_once_one_comes_in(desk: Desk) -> None:
    people = [desk.customer(f"No. {n}") for n in range(5)]
    assert desk.setup_link is not None
    async with desk.together():
        for person in people:
            await person.starts_from(desk.setup_link)
    assert [(await desk.person(p)).is_supervisor for p in people] == [True] + [False] * 4


async def test_a_restart_without_supervisors_replaces_the_link(desk: Desk) -> None:
    vera, old = desk.customer("Vera"), desk.setup_link
    await desk.restarts()
    assert old is not None
    assert desk.setup_link not in (None, old)

    await vera.starts_from(old)
    assert vera.reads.startswith("There is no such link")
    await vera.starts_from(str(desk.setup_link))
    assert "Your role: supervisor" in vera.reads


async def test_with_a_supervisor_there_is_no_setup_link(desk: Desk) -> None:
    await desk.supervisor("Vera")
    old = str(desk.setup_link)
    await desk.restarts()
    assert desk.setup_link is None

    late = desk.customer("Late")
    await late.starts_from(old)
    assert late.reads.startswith("Somebody came in by this link already")


# Invites.


async def test_an_invited_operator_is_on_shift_from_their_first_start(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), desk.customer("Boris", "ru")

    await boris.starts_from(await invites(vera))

    assert boris.reads.startswith("Вы в команде. Роль: оператор.\nВы на смене с 10:00")
    assert vera.reads == "Boris is in the team now. Role: operator."
    assert commands(boris) == OPERATORS_MENU
    assert dict(boris.menu)["shift"] == "начать или закончить смену"
    assert (await desk.person(boris)).on_shift


async def test_an_invited_supervisor_is_off_shift(desk: Desk) -> None:
    vera, wera = await desk.supervisor("Vera"), desk.customer("Wera")
    await wera.starts_from(await invites(vera, "A supervisor"))
    assert "Role: supervisor" in wera.reads
    assert "You are off shift" in wera.reads


async def test_a_link_lets_in_one_person(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    boris, mallory = desk.customer("Boris"), desk.customer("Mallory")
    link = await invites(vera)
    await boris.starts_from(link)

    await mallory.starts_from(link)
    await boris.starts_from(link)

    assert mallory.reads.startswith("Somebody came in by this link already")
    assert commands(mallory) == EVERYBODYS_MENU
    assert boris.reads.startswith("You have this role already")


async def test_a_link_expires_after_seven_days(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    early, late = desk.customer("Early"), desk.customer("Late")
    first, second = await invites(vera), await invites(vera)

    await desk.passes(timedelta(days=7, seconds=-1))
    await early.starts_from(first)
    await desk.passes(timedelta(seconds=1))
    await late.starts_from(second)

    assert "Role: operator" in early.reads
    assert late.reads.startswith("The invite has expired")


async def test_a_revoked_link_lets_nobody_in(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), desk.customer("Boris")
    link = await invites(vera)
    await vera.types("/team")
    assert "operator, until 9 March, 10:00" in vera.reads

    await vera.taps("Revoke: operator, until 9 March, 10:00")
    await boris.starts_from(link)

    assert vera.toasts[-1] == "The invite is revoked, its link no longer works."
    assert "Revoke" not in " ".join(vera.finds("Team").words)
    assert boris.reads.startswith("This invite was revoked")
    await vera.taps("Revoke")  # under the message with the link
    assert vera.toasts[-1].startswith("Too late")


async def test_a_removed_supervisors_links_let_nobody_in(desk: Desk) -> None:
    vera, wera = await desk.supervisor("Vera"), await desk.supervisor("Wera")
    link, good, mallory = await invites(wera), await invites(vera), desk.customer("Mallory")
    await opens(vera, "Wera")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")
    await mallory.starts_from(link)
    assert mallory.reads.startswith("This invite was revoked")
    await mallory.starts_from(good)
    assert "Role: operator" in mallory.reads


async def test_ones_own_link_is_for_somebody_else(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), desk.customer("Boris")
    link = await invites(vera)
    await vera.starts_from(link)
    assert vera.reads.startswith("This invite is your own")
    await boris.starts_from(link)
    assert "Role: operator" in boris.reads


async def test_who_has_the_role_leaves_the_link_to_another(desk: Desk) -> None:
    vera, anna = await desk.supervisor("Vera"), await desk.operator("Anna")
    link, boris = await invites(vera), desk.customer("Boris")
    await anna.starts_from(link)
    assert anna.reads.startswith("You have this role already")
    await boris.starts_from(link)
    assert "Role: operator" in boris.reads


@pytest.mark.parametrize(
    "payload",
    ["invite-", "invite-nonsense", "setup-nonsense", "invite-" + "A" * 57],
    ids=range(4),
)
async def test_a_link_nobody_made(desk: Desk, payload: str) -> None:
    anna = desk.customer("Anna")
    await anna.starts(payload)
    assert "no such link" in anna.reads or "opened nothing" in anna.reads
    assert not (await desk.person(anna)).may(Role.OPERATOR)


@pytest.mark.parametrize(
    "payload", ["x", "__", "-", "setup", "a b c", "<b>&", "🙂" * 100], ids=range(7)
)
async def test_a_deep_link_with_rubbish_greets_all_the_same(desk: Desk, payload: str) -> None:
    anna = desk.customer("Anna")
    await anna.starts(payload)
    assert "A person will answer" in anna.reads


async def test_a_setup_link_of_no_use_does_not_empty_the_team(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await vera.starts("setup-nonsense")
    assert (await desk.person(vera)).is_supervisor


# The settings.


@pytest.mark.settings(supervisor_ids=frozenset({5001}), operator_ids=frozenset({5002}))
async def test_whom_the_settings_name_has_the_role_from_the_first_start(desk: Desk) -> None:
    assert desk.setup_link is None
    vera = desk.customer("Vera", id=5001)
    boris = desk.customer("Boris", id=5002)

    await vera.starts()
    await vera.types("/team")
    assert "5002: operator, cannot be written to" in vera.reads
    assert "press Start at https://t.me/otklik_bot" in vera.reads

    await boris.starts()

    assert boris.reads.startswith("Boris, your role: operator.\nYou are on shift since 10:00")
    assert vera.reads.startswith("Team\nVera: supervisor, off shift\nBoris: operator, on shift")
    assert "https" not in vera.reads
    assert commands(boris) == OPERATORS_MENU


@pytest.mark.settings(supervisor_ids=frozenset({5001}), operator_ids=frozenset({5002}))
async def test_a_role_of_the_settings_cannot_be_taken_away(desk: Desk) -> None:
    vera, boris = desk.customer("Vera", id=5001), desk.customer("Boris", id=5002)
    await vera.starts()
    await boris.starts()
    await opens(vera, "Boris")
    assert "set in the settings" in vera.reads
    assert vera.buttons == ["Name for customers", "Make supervisor"]

    number = (await desk.person(boris)).id
    await vera.taps_data(f"role:{number}:operator:0")
    assert vera.toasts[-1].startswith("The role is set in the bot's settings")
    await vera.taps_data(f"removesure:{number}")
    assert (await desk.person(boris)).is_operator


async def test_somebody_known_becomes_supervisor_by_the_settings(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.starts()
    desk.settings = desk.settings.model_copy(update={"supervisor_ids": frozenset({anna.id})})
    await desk.restarts()
    assert "team" in commands(anna)
    await anna.types("/team")
    assert "Anna: supervisor, off shift" in anna.reads


async def test_the_secrets_of_links_are_nowhere_in_the_database(desk: Desk) -> None:
    vera, boris = desk.customer("Vera"), desk.customer("Boris")
    assert desk.setup_link is not None
    await vera.starts_from(desk.setup_link)
    link = await invites(vera)
    await boris.starts_from(link)
    kept = str(await rows(desk))
    for secret in (link, desk.setup_link):
        assert secret.partition("-")[2] not in kept
