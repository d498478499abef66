from datetime import timedelta

import pytest

from desk import diary
from playground.people import Account
from storage.models import (
    Conversation,
    ConversationState,
    DiaryEntry,
    DiaryStatus,
    Outcome,
    Person,
)
from tests.conftest import Desk

FACES = ["😡", "🙁", "😐", "🙂", "😄"]
STATUSES = ["Done", "Open", "Follow up…"]
NAVIGATION = ["Back", "Skip", "Cancel"]


async def closes(
    desk: Desk,
    customer: Account,
    operator: Account,
    outcome: Outcome = Outcome.SOLVED,
    number: int | None = None,
) -> int:
    """A conversation that has just been closed, for the first time or (`number`) once more."""
    who, by = await _met(desk, customer), await desk.person(operator)
    async with desk.database.writing() as tx:
        conversation = await tx.conversations.get(number) if number else None
        if conversation is None:
            conversation = await tx.conversations.add(
                Conversation(
                    customer_id=who.id, opened_at=desk.now, taken_at=desk.now, holder_id=by.id
                )
            )
        conversation.state, conversation.outcome = ConversationState.CLOSED, outcome
        conversation.closed_at, conversation.last_answer_by_id = desk.now, by.id
        await diary.offer(tx, conversation=conversation, now=desk.now)
        closed = conversation.id
    await desk.settles()
    return closed


async def _met(desk: Desk, customer: Account) -> Person:
    async with desk.database.writing() as tx:
        known = await tx.people.by_telegram(customer.id)
        return known or await tx.people.add(
            Person(telegram_id=customer.id, name=customer.name, created_at=desk.now)
        )


async def entries(desk: Desk) -> list[DiaryEntry]:
    async with desk.database.reading() as tx:
        return list(await tx.diary.page(operator_id=None, skip=0, limit=100))


def shown(operator: Account, words: str) -> int:
    return sum(words in message.words for message in operator.screen)


# --- after a conversation ---


async def test_an_entry_takes_three_taps(desk: Desk) -> None:
    anna, boris = desk.customer("Anna <3"), await desk.operator("Boris")
    await closes(desk, anna, boris)
    assert boris.reads == (
        "Diary, No. 1\n10:00, Telegram\nCustomer: Anna <3\nMood: not marked\nStatus: not marked\n"
        "Mark the mood and the status; the rest can be added in words."
    )
    assert boris.buttons == [*FACES, *STATUSES, "Write", "Save"]

    await boris.taps("🙂")
    await boris.taps("Done")
    assert boris.buttons == [*FACES[:3], "✓ 🙂", "😄", "✓ Done", *STATUSES[1:], "Write", "Save"]
    await boris.taps("Save")

    assert boris.toasts[-1] == "Saved in the diary."
    assert boris.reads == (
        "Diary, No. 1\n10:00, Telegram\nCustomer: Anna <3\nMood: calm, 4 of 5\nStatus: done\n"
        "Saved: 10:00"
    )
    assert shown(boris, "Mark the mood") == 0
    [entry] = await entries(desk)
    assert (entry.conversation_id, entry.mood, entry.status) == (1, 4, DiaryStatus.DONE)


async def test_nothing_is_no_entry(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("Save")
    assert boris.toasts[-1].startswith("There is nothing to save yet")
    assert await entries(desk) == []


async def test_words_are_written_step_by_step(desk: Desk) -> None:
    boris = await desk.operator("Борис", "ru")
    await closes(desk, desk.customer("Анна", "ru"), boris)
    await boris.taps("🙂")
    await boris.taps("Написать")
    assert boris.reads.startswith("Дневник, № 1\nС чем обратился клиент?")
    await boris.types("Не подошёл размер")
    await boris.types("Поменяли на M")
    await boris.types("Доволен")
    assert boris.reads == "Дневник, № 1\nКакой статус?"  # the mood is known already
    await boris.taps("Проверить…")
    await boris.types("завтра в 15:00")

    assert boris.reads == (
        "Дневник, № 1\n10:00, Telegram\nКлиент: Анна\nЗапрос: Не подошёл размер\n"
        "Сделано: Поменяли на M\nРезультат: Доволен\nНастроение: спокойное, 4 из 5\n"
        "Статус: проверить завтра, 15:00\nВсё верно?"
    )
    assert boris.buttons == ["Сохранить", "Исправить", "Заново", "Назад", "Отмена"]
    await boris.taps("Сохранить")
    assert boris.reads.endswith("Сохранено: 10:00")
    async with desk.database.reading() as tx:
        customer_id = (await entries(desk))[0].customer_id
        assert customer_id is not None
        assert await diary.last_line(tx, customer_id) == "Поменяли на M, Доволен"


@pytest.mark.parametrize("outcome", [Outcome.SPAM, Outcome.LEFT])
async def test_spam_and_who_left_are_not_written_about(desk: Desk, outcome: Outcome) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closes(desk, anna, boris)
    assert shown(boris, "Diary, No. 1") == 1
    await closes(desk, anna, boris, outcome, number=1)
    assert shown(boris, "Diary, No. 1") == 0


async def test_a_reopened_conversation_has_its_entry_corrected(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await closes(desk, anna, boris)
    await boris.taps("😄")
    await boris.taps("Save")
    await desk.passes(timedelta(hours=1))
    await closes(desk, anna, boris, Outcome.NOT_SOLVED, number=1)
    assert boris.reads.endswith(
        "The chat went on and was closed again: 11:00. If something changed, correct the entry."
    )
    await boris.taps("Correct")
    await boris.taps("Mood")
    await boris.taps("🙁")
    await boris.taps("Save")
    assert "Mood: displeased, 2 of 5" in boris.reads
    assert "Version 2, saved: 11:00" in boris.reads
    assert len(await entries(desk)) == 1
    async with desk.database.reading() as tx:
        versions = [await tx.diary.version(1, number) for number in (1, 2)]
    assert [version and version.content["mood"] for version in versions] == [5, 2]


# --- a phone call ---


async def test_a_call_is_written_down(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    assert boris.reads.startswith("Diary\nWhen was it?")
    assert boris.buttons == [
        "Now", "Half an hour ago", "An hour ago", "2 hours ago", "Skip", "Cancel",
    ]  # fmt: skip
    await boris.types("yesterday 18:20")
    assert boris.buttons == ["phone", "e-mail", "chat", "messenger", "visit", *NAVIGATION]
    await boris.taps("phone")
    await boris.types("Pavel <b>, +7 900 000-00-00")
    await boris.types("Where is my parcel?")
    await boris.types("Called the courier")
    await boris.types("/skip")
    await boris.types("calm, 4 of 5")
    assert "One of the buttons below is needed here." in boris.reads
    await boris.types("4")
    await boris.types("follow up")
    await boris.taps("In 3 days")
    assert boris.reads == (
        "Diary, phone\nyesterday, 18:20, phone\nCustomer: Pavel <b>, +7 900 000-00-00\n"
        "Request: Where is my parcel?\nDone: Called the courier\nMood: calm, 4 of 5\n"
        "Status: follow up 5 March, 10:00\nIs it all right?"
    )
    await boris.taps("Save")
    [entry] = await entries(desk)
    assert (entry.customer_name, entry.customer_contact) == ("Pavel <b>", "+7 900 000-00-00")

    await desk.passes(timedelta(days=2, hours=23))
    assert not boris.reads.startswith("Time to follow up")
    await boris.types("/shift")
    await desk.passes(timedelta(hours=2))  # off shift: still theirs to remember
    assert boris.reads.startswith("Time to follow up: Pavel <b>\n")
    assert boris.buttons == ["Done", "Tomorrow, 10:00", "Open the entry"]
    await boris.taps("Tomorrow, 10:00")
    assert boris.reads == "Time to follow up: Pavel <b>\nPut off until: tomorrow, 10:00"
    await desk.passes(timedelta(days=1))
    await boris.taps("Done")
    assert boris.reads == "Time to follow up: Pavel <b>\nMarked as done."
    assert (await entries(desk))[0].status is DiaryStatus.DONE
    await desk.passes(timedelta(days=3))
    assert boris.finds("Time to follow up").words.endswith("Marked as done.")
    assert shown(boris, "Time to follow up") == 1


async def test_everything_can_be_skipped_and_gone_back_to(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    for _ in range(3):
        await boris.taps("Skip")
    await boris.types("The request")
    await boris.taps("Back")
    assert boris.reads.endswith("The request")
    assert "Next" in boris.buttons
    await boris.types("/back")
    assert "Who is the customer?" in boris.reads
    await boris.types("/skip")
    await boris.taps("Next")
    assert "What was done?" in boris.reads
    for _ in range(4):
        await boris.taps("Skip")
    await boris.taps("Save")
    [entry] = await entries(desk)
    assert (entry.request, entry.channel, entry.mood, entry.status) == (
        "The request", None, None, None,
    )  # fmt: skip


async def test_what_does_not_fit_is_answered_and_nothing_is_lost(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    await boris.types("in a while")
    assert "could not be read" in boris.reads
    await boris.types("23:59")
    assert "still to come" in boris.reads
    await boris.sends_sticker()
    assert "A button, or a time in words, is needed here." in boris.reads
    await boris.types("now")
    await boris.types("Phone")
    await boris.sends_contact("+79000000000", "Pavel")
    await boris.types("Kept")
    await boris.sends_voice(b"what was done")
    assert "Dictation is off here, please type." in boris.reads
    await boris.sends_sticker()
    assert "was not put into the diary" in boris.reads
    await boris.sends_dice()
    assert "was not put into the diary" in boris.reads
    await boris.types("/dairy")
    assert boris.reads.startswith("There is no such command")
    await boris.types("Done so")
    for _ in range(3):
        await boris.taps("Skip")
    assert "Customer: Pavel, +79000000000\nRequest: Kept\nDone: Done so" in boris.reads
    await boris.types("Is it saved?")
    assert "One of the buttons below" in boris.reads
    await boris.taps("Save")
    assert len(await entries(desk)) == 1


async def test_a_long_text_is_kept_whole_though_telegram_cuts_it(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("Write")
    parts = ["😀" * 2_048, "<script>" * 512, "the end & more"]
    await boris.types(parts[0])
    assert "The long text is kept whole" in boris.reads
    await boris.types(parts[1])
    await boris.types(parts[2])
    assert "What was done?" in boris.reads
    for _ in range(4):
        await boris.taps("Skip")
    await boris.taps("Save")
    [entry] = await entries(desk)
    assert entry.request == "\n".join(parts)

    await boris.taps("Open it whole")
    pages = [boris.reads]
    while "Next" in boris.buttons:
        await boris.taps("Next")
        assert boris.reads not in pages
        pages.append(boris.reads)
    read = "".join(page.split("\n", 2)[2] for page in pages)
    assert "".join(read.split()) == "".join(f"Anna Request {entry.request}".split())


async def test_the_longest_words_fit_on_every_card(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    for words in ("&" * 4_096, "😀" * 4_096, "<b>" * 1_365):
        await boris.types("/diary")
        await boris.types("/skip")
        await boris.types("/skip")
        await boris.types(f"{words[:2_000]}, {words[:2_000]}")
        for _ in range(3):
            await boris.types(words)
            await boris.types(words)
            await boris.taps("Next")
        await boris.taps("😄")
        await boris.taps("Follow up…")
        await boris.taps("Tomorrow, 10:00")
        await boris.taps("Save")
        assert "Saved: " in boris.reads
        await boris.taps("All about the customer")
        assert "Search: " in boris.reads
    await vera.types("/diaries")
    assert vera.reads.startswith("Diary, 3 entries")
    await desk.passes(timedelta(days=1))
    assert boris.reads.startswith("Time to follow up")


async def test_photos_are_kept_with_their_words(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("Write")
    await boris.sends_photo(b"one")
    assert "The photo is kept" in boris.reads
    await boris.sends_photo(b"two", "Torn box")
    assert "What was done?" in boris.reads
    for _ in range(4):
        await boris.taps("Skip")
    assert "Request: Torn box" in boris.reads
    assert "Photos: 2" in boris.reads
    await boris.taps("Save")
    [entry] = await entries(desk)
    assert len(entry.photos or []) == 2


# --- drafts ---


async def test_a_draft_survives_a_restart_and_a_week(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    await boris.types("9:00")
    await boris.taps("visit")
    await desk.restarts()
    await desk.passes(timedelta(days=7))
    await boris.types("Pavel")
    await boris.types("A question")
    assert "What was done?" in boris.reads
    await boris.types("/kpi")
    await boris.types("/diary")
    assert boris.reads == "You have an unfinished entry."
    await boris.taps("Continue")
    assert "What was done?" in boris.reads
    for _ in range(4):
        await boris.taps("Skip")
    assert boris.reads.startswith("Diary, visit\n2 March, 09:00, visit\nCustomer: Pavel\n")


async def test_a_moment_chosen_long_ago_is_asked_again(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("Follow up…")
    await boris.taps("Today, 18:00")
    await desk.passes(timedelta(days=1))
    await boris.taps("Save")
    assert "That moment has passed." in boris.reads
    assert await entries(desk) == []
    await boris.taps("Tomorrow, 10:00")
    await boris.taps("Save")
    assert len(await entries(desk)) == 1


async def test_a_new_entry_leaves_the_old_one_for_later(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    await boris.taps("Now")
    old = boris.last
    await boris.types("/diary")
    await boris.taps("New entry")
    await boris.taps_data("diaryanswer:1:channel:phone", old)
    assert boris.toasts[-1].startswith("This entry was left for later")
    await boris.types("10:00")
    await boris.taps("Continue", boris.finds("left for later"))
    assert boris.reads.endswith("All you entered is kept.")  # the second one, now
    await boris.taps("e-mail")
    assert "Who is the customer?" in boris.finds("Who is the customer?").words


async def test_cancelling_keeps_what_was_told(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    await boris.types("/cancel")
    assert boris.reads == "Cancelled. The diary is as it was."
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("Write")
    await boris.types("Half a story")
    await boris.taps("Cancel")
    assert "Request: Half a story" in boris.reads
    assert boris.buttons[-2:] == ["Go on", "Save"]
    await boris.types("/diary")
    await boris.types("/cancel")
    assert await entries(desk) == []


async def test_again_starts_over(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("🙁")
    await boris.taps("Write")
    for _ in range(4):
        await boris.taps("Skip")
    await boris.taps("Again")
    assert "What did the customer ask for?" in boris.reads
    await boris.types("Better words")
    assert "What was done?" in boris.reads
    await boris.taps("Skip")
    await boris.taps("Skip")
    assert "How does the customer feel?" in boris.reads


async def test_diary_offers_conversations_without_an_entry(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.types("/diary")
    await boris.taps("No. 1, Anna")
    assert boris.reads.startswith("Diary, No. 1\nWhat did the customer ask for?")
    assert shown(boris, "Diary") == 1


async def test_double_taps_and_strangers_change_nothing(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    olga = await desk.operator("Olga")
    await closes(desk, anna, boris)
    async with desk.together():
        await boris.taps("Write")
        await boris.taps_data("diarystep:1:request:skip")
        await boris.taps_data("diarystep:1:request:skip")
    assert "What was done?" in boris.reads
    for data in (
        "diary:1:save", "diary:1:write", "diaryanswer:1:mood:5", "diarystep:1:done:back",
        "diaryfield:1:mood", "diaryabout:1:1", "entry:1:open", "entrypage:1:1:0", "followup:1:1",
        "diary:9:write", "entry:9:correct", "diary:1:fly", "diarystep:1:done:fly",
    ):  # fmt: skip
        await olga.taps_data(data, olga.last)
        assert olga.toasts[-1].startswith("This button")
        await anna.starts()
        await anna.taps_data(data, anna.last)
        assert anna.toasts[-1].startswith("That is for another role")
    await boris.taps_data("diaryanswer:1:mood:6", boris.last)
    assert boris.toasts[-1].startswith("Too late")
    assert await entries(desk) == []


# --- looking through ---


async def test_entries_are_listed_searched_opened_and_corrected(desk: Desk) -> None:
    boris, olga = await desk.operator("Boris"), await desk.operator("Olga")
    vera = await desk.supervisor("Vera")
    for number in range(8):
        await closes(desk, desk.customer(f"Anna{'abcdefgh'[number]}"), boris)
        await boris.taps("Write")
        await boris.types(["Возврат ЁЛКИ", "100 % sure", "it's_late"][number % 3])
        await boris.taps("Cancel")
        await boris.taps("Save")
        await desk.passes(timedelta(minutes=1))
    await boris.types("/diaries")
    lines = boris.reads.splitlines()
    assert lines[:3] == ["Diary, 8 entries", "1. 10:07 · No. 8, Annah", "100 % sure"]
    assert boris.buttons == ["1", "2", "3", "4", "5", "6", "Older ▶", "Search"]
    await boris.taps("Older ▶")
    assert boris.buttons == ["7", "8", "◀ Newer", "Search"]

    for asked, found in {
        "ёлки": 3, "возврат елк": 3, "%": 3, "100 %": 3, "_": 2, "it's": 2, "' OR 1=1": 0,
        "ANNAC": 1, "№5": 1, "ann_": 0,
    }.items():  # fmt: skip
        await boris.taps("Search")
        await boris.types(asked)
        assert boris.reads.splitlines()[1] == f"Search: {asked}"
        assert f"{found} entr" in boris.reads.splitlines()[0], asked

    await boris.taps("Show all")
    await boris.taps("1")
    assert boris.reads.startswith("Diary, No. 8\n")
    await boris.taps("Correct")
    await boris.taps("Request")
    await boris.types("Quite sure")
    await boris.taps("Save")
    assert "Request: Quite sure" in boris.reads
    await boris.taps("Earlier version")
    assert "100 % sure" in boris.reads

    await olga.types("/diaries")
    assert olga.reads == "Diary, 0 entries\nThere are no entries yet. The first one: /diary"
    await vera.types("/diaries annah")
    assert "No. 8, Annah · Boris" in vera.reads
    await vera.taps("1")
    assert "Written by: Boris" in vera.reads
    await vera.taps("Correct")
    await vera.taps("Status")
    await vera.taps("Done")
    await vera.taps("Save")
    assert "Version 3" in vera.reads
    assert "Version 3" in boris.finds("Quite sure").words
    await vera.taps("All about the customer")
    assert vera.reads.startswith("Diary, 1 entry\nSearch: Annah")


async def test_a_search_for_very_many_words_stops_nobody(desk: Desk) -> None:
    boris, olga = await desk.operator("Boris"), await desk.operator("Olga")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("😄")
    await boris.taps("Save")
    await boris.types("/diaries " + " ".join(f"w{number}" for number in range(700)))
    assert boris.reads.startswith("Diary, 0 entries\nSearch: w0 w1 w2")
    await boris.types("/diaries " + "a " * 2_000)
    assert boris.reads.startswith("Diary, 1 entry")
    await olga.types("/diaries")
    assert olga.reads.startswith("Diary, 0 entries")


async def test_two_corrections_at_once_keep_each_others_fields(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("😄")
    await boris.taps("Save")
    await vera.types("/diaries")
    await vera.taps("1")
    await vera.taps("Correct")
    await boris.taps("Correct")
    await vera.taps("Mood")
    await vera.taps("🙁")
    await boris.taps("Status")
    await boris.taps("Open")
    await vera.taps("Save")
    await boris.taps("Save")
    [entry] = await entries(desk)
    assert (entry.mood, entry.status, entry.version) == (2, DiaryStatus.OPEN, 3)


async def test_searching_in_the_middle_of_an_entry_leaves_it_open(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.types("/diaries")
    await boris.taps("Write")
    await boris.taps("Search")
    await boris.sends_sticker()
    assert boris.reads.startswith("The search is for words")
    await boris.types("nothing such")
    await boris.types("The request after all")
    assert "What was done?" in boris.reads


async def test_reminders_of_who_left_go_to_supervisors(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    await closes(desk, desk.customer("Anna"), boris)
    await boris.taps("Follow up…")
    await boris.taps("Tomorrow, 10:00")
    await boris.taps("Save")
    await boris.blocks()
    await desk.passes(timedelta(days=1))
    assert vera.reads.startswith("Time to follow up: No. 1, Anna\nWritten by: Boris")
    await vera.taps("Done")
    assert vera.reads.endswith("Marked as done.")


async def test_customers_have_no_diary(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.starts()
    await anna.types("/diaries")
    assert anna.reads == "That is for another role. What you can do: /help"
