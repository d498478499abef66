"""Who is who: links, roles, shifts, names, languages, bans, and what nobody understood."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from playground.people import Account
from storage.models import AuditRecord, Role
from tests.conftest import Desk

OPERATORS_MENU = ["queue", "close", "shift", "diary", "diaries", "kpi", "help", "language"]


def commands(person: Account) -> list[str]:
    return [command for command, _ in person.menu]


def link_in(words: str) -> str:
    return next(word for word in words.split() if word.startswith("https://t.me/"))


async def invites(supervisor: Account, whom: str = "An operator") -> str:
    """The link a supervisor gets."""
    await supervisor.types("/invite")
    await supervisor.taps(whom)
    return link_in(supervisor.reads)


async def opens(supervisor: Account, name: str) -> None:
    """A person's card, by way of the team's."""
    await supervisor.types("/team")
    await supervisor.taps(name)


# The first supervisor.


async def test_the_first_start_prints_a_link_for_the_first_supervisor(desk: Desk) -> None:
    vera = desk.customer("Vera")
    assert desk.setup_link is not None

    await vera.starts_from(desk.setup_link)

    assert "Your role: supervisor" in vera.reads
    assert "/invite" in vera.reads
    assert commands(vera) == [*OPERATORS_MENU[:-2], "alerts", "invite", "team", "help", "language"]
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
    assert commands(mallory) == ["help", "language"]
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


# The team.


async def test_only_supervisors_see_the_team(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    for person in (boris, anna):
        for command in ("/team", "/invite", "/alerts"):
            await person.types(command)
            assert person.reads.startswith("That is for another role")
    await anna.types("/shift")
    assert anna.reads.startswith("That is for another role")


async def test_forged_buttons_change_nothing(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    number = (await desk.person(vera)).id
    for data in (
        f"role:{number}:supervisor:0",
        f"removesure:{number}",
        f"remove:{number}",
        f"member:{number}",
        f"name:{number}",
        f"namereset:{number}",
        f"ban:{number}:1",
        "inviteask",
        "invite:supervisor",
        "revoke:1",
        "find",
    ):
        await boris.taps_data(data)
        assert boris.toasts[-1].startswith("That is for another role"), data
    for data in (
        "invite:customer",
        "role:x",
        "nonsense",
        "member:",
        "language:de",
        "member:99",
        f"member:{2**70}",
    ):
        await vera.taps_data(data)
        assert vera.toasts[-1], data
    assert (await desk.person(vera)).is_supervisor


async def test_a_display_name_is_what_customers_see(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    await opens(vera, "Boris")
    assert vera.reads == "Boris\nRole: operator\nOn shift since 10:00"
    await vera.taps("Name for customers")
    await vera.sends_sticker()
    assert vera.reads.startswith("A text is needed")
    await vera.types("x" * 65)
    assert vera.reads.startswith("A name for customers: 1 to 64")

    await vera.types("  Mr. <b>B</b> \n & Co ")

    assert vera.reads == "Done. Customers see the name: Mr. <b>B</b> & Co"
    assert "On Telegram: Boris" in vera.finds("Role: operator").words
    assert (await desk.person(boris)).shown_name == "Mr. <b>B</b> & Co"

    await vera.taps("Name for customers")
    await vera.taps("As on Telegram")
    assert vera.reads == "Done. Customers see the name: Boris"
    await vera.types("Vera II")
    assert (await desk.person(boris)).shown_name == "Boris"


async def test_a_form_can_be_left(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await opens(vera, "Vera")
    await vera.taps("Name for customers")
    await vera.types("/cancel")
    assert vera.reads == "All right, left as it was."
    await vera.types("/cancel")
    assert vera.reads.startswith("There is nothing to cancel")


async def test_an_operator_becomes_a_supervisor_and_back(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris", "ru")
    await opens(vera, "Boris")

    await vera.taps("Make supervisor")

    assert boris.reads == "Ваша роль теперь: руководитель и оператор."
    assert "team" in commands(boris)
    assert "Role: supervisor and operator" in vera.reads
    await vera.taps("Take supervisor role away")
    assert commands(boris) == OPERATORS_MENU
    assert "Role: operator" in vera.reads
    await vera.taps_data(f"role:{(await desk.person(boris)).id}:supervisor:0")
    assert vera.toasts[-1].startswith("Too late")


async def test_a_removed_operator_is_a_customer_again(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    await opens(vera, "Boris")
    await vera.taps("Remove from the team")
    assert vera.reads.startswith("Remove from the team: Boris?")

    await vera.taps("Remove from the team")

    assert vera.reads == "No longer in the team: Boris"
    assert boris.reads.startswith("You are no longer in the team")
    assert commands(boris) == ["help", "language"]
    await boris.types("/queue")
    assert boris.reads.startswith("That is for another role")
    await boris.starts_from(await invites(vera))
    assert (await desk.person(boris)).on_shift


async def test_what_a_removed_operator_holds_goes_back_to_the_queue(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    anna = desk.customer("Anna")
    await anna.types("Where is my order?")
    await boris.taps("Take")
    clara = await desk.operator("Clara")

    await opens(vera, "Boris")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")

    await clara.taps("Take")
    await clara.types("On its way.")
    assert anna.reads == "On its way."


async def test_the_last_supervisor_cannot_go(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await opens(vera, "Vera")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")
    assert vera.toasts[-1].startswith("There is no other supervisor")
    wera = await desk.supervisor("Wera")
    await vera.taps("Remove from the team")
    assert commands(vera) == ["help", "language"]
    assert (await desk.person(wera)).is_supervisor


async def test_a_big_team_fits_on_the_card(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    for n in range(30):
        await desk.operator(f"<{n}> " + "Ы&" * 124)
    await vera.types("/team")
    assert "And 7 more" in vera.reads


async def test_a_supervisor_removed_in_the_middle_of_a_form_is_out_of_it(desk: Desk) -> None:
    vera, wera = await desk.supervisor("Vera"), await desk.supervisor("Wera")
    await opens(wera, "Vera")
    await wera.taps("Name for customers")
    await opens(vera, "Wera")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")
    await wera.types("Hello?")
    assert (await desk.person(vera)).display_name is None
    assert "name" not in wera.reads
    assert "another role" not in wera.reads  # it is a customer's question


async def test_who_changed_what_is_written_down(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), desk.customer("Boris")
    await boris.starts_from(await invites(vera))
    await opens(vera, "Boris")
    await vera.taps("Make supervisor")
    await vera.taps("Remove from the team")
    await vera.taps("Remove from the team")
    number = (await desk.person(boris)).id
    async with desk.database.reading() as tx:
        rows = await tx._session.scalars(select(AuditRecord).order_by(AuditRecord.id))
        noted = [(row.action, row.about) for row in rows]
    assert noted == [
        ("setup link made", "team:1"),
        ("invite made", "invite:1"),
        ("invite used", "invite:1"),
        *[("role given", f"person:{number}")] * 2,
        *[("role taken", f"person:{number}")] * 2,
    ]


# Bans.


async def test_a_banned_customer_is_heard_by_nobody(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    spam = desk.customer("Cheap <Pills>")
    await spam.types("Buy pills")
    await vera.types("/team")
    await vera.taps("Find a person")
    await vera.sends_sticker()
    assert vera.reads.startswith("A text is needed")
    await vera.types("nobody at all")
    assert vera.reads.startswith("Nobody found")
    await vera.types("№ 1")
    await vera.taps("Cheap <Pills>, customer")

    await vera.taps("Ban")

    assert vera.toasts[-1] == "Banned."
    assert "Banned since 10:00" in vera.reads
    assert "Cheap <Pills>" in vera.finds("Team\n").words
    seen = len(boris.received)
    await spam.types("Buy more pills")
    assert len(boris.received) == seen

    await vera.taps("Lift the ban")
    await spam.types("Sorry, a real question")
    await desk.passes(timedelta(minutes=2))  # it might have been about what was closed
    boris.finds("Sorry, a real question")


async def test_people_are_found_by_name(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    anna = desk.customer("Анна Петрова", username="anna_p")
    await anna.starts()
    for words in ("анна", "ПЕТРОВА", "@Anna_P", "петров"):
        await vera.types("/team")
        await vera.taps("Find a person")
        await vera.types(words)
        assert vera.buttons == ["Анна Петрова, customer"], words


async def test_staff_cannot_be_banned(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    await vera.types("/team")
    await vera.taps_data(f"ban:{(await desk.person(boris)).id}:1")
    assert vera.toasts[-1].startswith("This person is in the team")


# Shifts.


async def test_on_and_off_shift(desk: Desk) -> None:
    vera, anna = await desk.supervisor("Vera"), desk.customer("Anna")
    await vera.types("/shift")
    assert vera.reads.startswith("You are on shift.")
    await anna.types("Hello?")
    assert "Take" in vera.buttons
    await vera.types("/shift")
    assert vera.reads.startswith("Your shift is over.")


async def test_off_shift_with_open_conversations_hands_them_over(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    await anna.types("Hello?")
    await boris.taps("Take")
    clara = await desk.operator("Clara")
    await boris.types("/shift")
    assert boris.reads == (
        "You have 1 open conversation. Hand it to the queue, or finish it yourself?"
    )
    assert (await desk.person(boris)).on_shift

    await boris.taps("Hand to the queue")

    assert boris.toasts[-1] == "Your shift is over, 1 conversation went to the queue."
    assert not (await desk.person(boris)).on_shift
    await clara.taps("Take")


async def test_off_shift_with_open_conversations_finishes_them(desk: Desk) -> None:
    boris, anna, ben = await desk.operator("Boris"), desk.customer("Anna"), desk.customer("Ben")
    await anna.types("Hello?")
    await boris.taps("Take")
    await boris.types("/shift")

    await boris.taps("I will finish")

    await boris.types("Hello, Anna.")
    assert anna.reads == "Hello, Anna."
    seen = len(boris.received)
    await ben.types("And me?")
    assert len(boris.received) == seen


# Who cannot be written to.


async def test_an_operator_who_blocks_the_bot_is_off_shift(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    await vera.types("/team")

    await boris.blocks()

    assert "Boris: operator, cannot be written to" in vera.reads
    assert "press Start at https://t.me/otklik_bot" in vera.reads
    await boris.starts()
    assert "You are off shift" in boris.reads
    assert "Boris: operator, off shift" in vera.reads


async def test_a_customer_who_blocks_the_bot_leaves(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer("Anna")
    await anna.types("Hello?")
    await boris.taps("Take")
    await anna.blocks()
    await anna.starts()
    assert "We have your question" not in anna.reads


# Language.


async def test_a_chosen_language_wins_at_once(desk: Desk) -> None:
    anna, vera = desk.customer("Anna", "de"), await desk.supervisor("Vera", "en")
    await anna.starts()
    assert anna.reads.startswith("Здравствуйте!")  # the team's own language
    await anna.types("/language")

    await anna.taps("English")

    assert anna.toasts[-1] == anna.reads == "We speak English now."
    assert anna.menu[0] == ("help", "what you can do here")
    await vera.types("/language")
    await vera.taps("Русский")
    assert dict(vera.menu)["team"] == "люди, роли, смены, имена"
    await vera.types("/help")
    assert vera.reads.startswith("Vera, ваша роль: руководитель.")


@pytest.mark.settings(locale="en")
async def test_menus_speak_the_language_of_each_telegram(desk: Desk) -> None:
    for language, words in (("ru-RU", "что здесь можно"), ("en", "what you can do here")):
        assert desk.customer("Anna", language).menu[0] == ("help", words)
    assert desk.customer("Ann", "de").menu[0] == ("help", "what you can do here")


# Names.


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "<b>&amp;", "\u202eאבג דהו", "Ы" * 256, "👩‍👩‍👧‍👦" * 8],
    ids=range(5),
)
async def test_names_are_data(desk: Desk, name: str) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator(name)
    await boris.types("/help")
    assert boris.reads.startswith(f"{name}, your role: operator.")
    await vera.types("/team")
    assert name[:30] in vera.reads
    await vera.taps(vera.buttons[1])
    assert vera.reads.startswith(name)


async def test_a_new_name_is_noticed(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator("Boris")
    boris.user["first_name"] = "Boris the Second"
    await boris.types("/help")
    await vera.types("/team")
    assert "Boris the Second: operator" in vera.reads


# What nobody understood.


async def test_help_says_what_one_can_do_now(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Hello?")
    await anna.types("/help")
    assert "We have your question, No. 1." in anna.reads
    await boris.taps("Take")
    await boris.types("/help")
    assert "You have 1 open conversation." in boris.reads
    assert "/kpi: my figures and chart" in boris.reads


async def test_commands_that_do_not_exist_yet_are_unknown(desk: Desk) -> None:
    anna, vera = desk.customer("Anna"), await desk.supervisor("Vera")
    for person in (anna, vera):
        for command in ("/privacy", "/plan", "/goals", "/report", "/x", "/", "/🙂", "/Help!"):
            await person.types(command)
            assert person.reads.startswith("There is no such command"), command


async def test_a_button_of_last_year_is_answered(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.starts()
    await anna.taps_data("gone:1:2", forgotten=True)
    assert anna.toasts[-1].startswith("This button no longer works")


async def test_a_group_is_left_with_a_word(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.starts()
    async with desk.together():
        group = await desk.telegram.adds_bot_to_group(anna, "Friends")
        await group.types(anna, "/help")
    assert [shown.words for shown in group.chat.messages.values() if shown.from_bot] == [
        "I work in private chats only: https://t.me/otklik_bot"
    ]
    assert group.bot_has_left
    assert len(anna.received) == 1  # the answer to her start, nothing about the group


# An outage.


async def test_supervisors_hear_from_when_to_when_taps_may_be_missing(desk: Desk) -> None:
    vera, wera = await desk.supervisor("Vera"), await desk.supervisor("Вера", "ru")
    boris = await desk.operator("Boris")
    await desk.stops()
    desk.clock.passes(timedelta(minutes=12))
    await desk.starts()
    assert vera.reads.startswith("The bot was away from 10:00 to 10:12.")
    assert wera.reads.startswith("Бот был недоступен с 10:00 до 10:12.")
    assert "away" not in boris.reads


async def test_after_a_day_away_messages_may_be_missing_too(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await desk.stops()
    desk.clock.passes(timedelta(hours=25))
    await desk.starts()
    assert vera.reads.startswith("The bot was away from yesterday, 10:00 to 11:00.")
    assert "24 hours" in vera.reads


async def test_a_short_silence_is_no_outage(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await desk.stops()
    desk.clock.passes(timedelta(seconds=150))
    await desk.starts()
    assert "away" not in vera.reads
