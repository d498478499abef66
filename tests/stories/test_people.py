"""Who is who: roles, shifts, names, languages, bans, and what nobody understood."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.models import AuditRecord
from tests.conftest import Desk
from tests.stories.staff import EVERYBODYS_MENU, OPERATORS_MENU, commands, invites, opens

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
    for name in ("x" * 65, "\u200b\u200b"):  # too long, and nothing to be seen
        await vera.types(name)
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
    assert commands(boris) == EVERYBODYS_MENU
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
    assert commands(vera) == EVERYBODYS_MENU
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
        ("setup-link-made", "team:1"),
        ("invite-made", "invite:1"),
        ("invite-used", "invite:1"),
        *[("role-given", f"person:{number}")] * 2,
        *[("role-taken", f"person:{number}")] * 2,
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
    assert boris.reads == ("You have 1 open chat. Hand it to the queue, or finish it yourself?")
    assert (await desk.person(boris)).on_shift

    await boris.taps("Hand to the queue")

    assert boris.toasts[-1] == "Your shift is over, 1 chat went to the queue."
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


async def test_yesterdays_button_does_not_end_todays_shift(desk: Desk) -> None:
    boris, anna = await desk.operator("Борис", "ru"), desk.customer("Анна", "ru")
    await anna.types("Где заказ?")
    await boris.taps("Взять")
    await boris.types("/shift")
    await boris.taps("Завершу")
    await desk.passes(timedelta(hours=20))
    await boris.types("/shift")
    await boris.taps("Передать в очередь")
    assert boris.toasts[-1] == "Уже поздно: с тех пор всё изменилось."
    assert (await desk.person(boris)).on_shift
    boris.finds("№ 1, отвечаете вы")


async def test_going_off_shift_when_nothing_is_open_any_more(desk: Desk) -> None:
    boris, anna = await desk.operator("Борис", "ru"), desk.customer("Анна", "ru")
    await anna.types("Где заказ?")
    await boris.taps("Взять")
    await boris.types("/shift")
    await anna.blocks()
    await boris.taps("Передать в очередь")
    assert boris.reads.startswith("Смена окончена. Новые вопросы не приходят.")
    assert not (await desk.person(boris)).on_shift


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


async def test_a_menu_follows_the_language_of_ones_telegram(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    boris.user["language_code"] = "ru"
    await boris.types("/help")
    assert dict(boris.menu)["shift"] == "начать или закончить смену"


# Names.

ISOLATES = "\u2068\u2069"
"""Around a name that is written from right to left."""


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "<b>&amp;", "\u202eאבג דהו", "Ы" * 256, "👩‍👩‍👧‍👦" * 8],
    ids=range(5),
)
async def test_names_are_data(desk: Desk, name: str) -> None:
    vera, boris = await desk.supervisor("Vera"), await desk.operator(name)
    await boris.types("/help")
    assert boris.reads.strip(ISOLATES).startswith(name)
    assert ", your role: operator." in boris.reads
    await vera.types("/team")
    assert name[:30] in vera.reads
    await vera.taps(vera.buttons[1])
    assert vera.reads.strip(ISOLATES).startswith(name)


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
    assert "You have 1 open chat." in boris.reads
    assert "/kpi: my figures and chart" in boris.reads


async def test_commands_that_do_not_exist_yet_are_unknown(desk: Desk) -> None:
    anna, vera = desk.customer("Anna"), await desk.supervisor("Vera")
    for person in (anna, vera):
        for command in ("/x", "/", "/🙂", "/Help!", "/reports"):
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
