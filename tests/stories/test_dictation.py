"""The diary by voice: said between two calls, seen as a card, saved with one tap."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.hearing import Heard, NoModel, NoSound, TooLong
from playground.people import Account
from storage.models import DiaryDraft, DiaryEntry, DiaryStatus, DiaryVersion, Message
from tests.conftest import Desk, Ears

STORY = (
    "Mary Johnson called. She wanted to change the size of her jacket. We changed the jacket for a"
    " bigger size. Result: she keeps it. She is happy. Status: done."
)
PARTS = "Anna Brown called, she asked for a refund. We refunded the order."


async def talked(anna: Account, boris: Account) -> None:
    """A conversation from its first word to its closing."""
    await anna.types("From Anna")
    await boris.taps("Take")
    await boris.types("There you are")
    await boris.types("/close")
    await boris.taps("Solved")


async def says(
    desk: Desk, who: Account, words: str, language: str = "en", under: str | None = None
) -> None:
    """A voice message that is heard like that; `under` a card with these words."""
    assert isinstance(desk.ear, Ears)
    sound = words.encode()
    desk.ear.says[sound] = Heard(words, language, 9.0)
    card = None if under is None else who.finds(under)
    await who.sends_voice(sound, reply_to=card, duration=9)


async def entries(desk: Desk) -> list[DiaryEntry]:
    async with desk.database.reading() as tx:
        return list(await tx._session.scalars(select(DiaryEntry).order_by(DiaryEntry.id)))


async def test_a_story_is_told_seen_and_saved_with_one_tap(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await says(desk, boris, STORY)

    assert "Customer: Mary Johnson" in boris.reads
    assert "Request: She wanted to change the size of her jacket" in boris.reads
    assert "Result: She keeps it" in boris.reads
    assert f"Heard: “{STORY}”" in boris.reads
    assert await entries(desk) == []  # nothing is saved unconfirmed

    await boris.taps("Save")
    (entry,) = await entries(desk)
    assert entry.status is DiaryStatus.DONE
    assert entry.mood == 5
    assert entry.heard == STORY
    assert entry.voices is not None
    assert len(entry.voices) == 1
    assert f"Heard: “{STORY}”" in boris.reads


async def test_what_was_not_said_is_asked_with_buttons(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await says(desk, boris, PARTS)
    assert "How does the customer feel?" in boris.reads
    await boris.taps("😐")
    assert "What is the status?" in boris.reads
    await boris.taps("Done")
    assert "Is it all right?" in boris.reads
    await boris.taps("Save")
    (entry,) = await entries(desk)
    assert (entry.customer_name, entry.mood, entry.result) == ("Anna Brown", 3, "")


async def test_a_second_voice_adds_and_replaces(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await says(desk, boris, STORY)
    await says(desk, boris, "Result: she gave it back.")
    assert "Result: She gave it back" in boris.reads
    assert "keeps it" not in boris.reads.split("Heard")[0]
    await boris.taps("Save")
    (entry,) = await entries(desk)
    assert entry.heard == f"{STORY}\nResult: she gave it back."


async def test_at_a_step_it_is_the_answer_to_the_question(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.types("/diary")
    await boris.taps("Now")
    await boris.taps("phone")
    await boris.taps("Skip")
    assert "What did the customer ask for?" in boris.reads
    await says(desk, boris, "The kettle does not switch on")
    async with desk.database.reading() as tx:
        (draft,) = await tx._session.scalars(select(DiaryDraft))
    assert draft.content["request"] == "The kettle does not switch on"


async def test_russian_and_a_moment_in_the_teams_zone(desk: Desk) -> None:
    boris = await desk.operator("Борис", "ru")
    words = "Звонил Павел. Просил счёт. Отправили счёт на почту. Клиент доволен."
    await says(desk, boris, f"{words} Перезвонить в пятницу в три.", "ru")
    assert "Услышано: «Звонил Павел." in boris.reads
    await boris.taps("Сохранить")
    (entry,) = await entries(desk)
    assert entry.status is DiaryStatus.FOLLOW_UP
    assert entry.follow_up_at is not None
    assert entry.follow_up_at.strftime("%a %H:%M") == "Fri 12:00"  # 15:00 in Moscow


async def test_with_a_customer_at_hand_a_voice_is_theirs(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Where is it?")
    await boris.taps("Take")
    await says(desk, boris, STORY)
    assert "voice" in anna.last.raw
    async with desk.database.reading() as tx:
        assert list(await tx._session.scalars(select(DiaryDraft))) == []


async def test_under_a_closed_card_it_is_about_that_conversation(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await talked(anna, boris)
    number = len(anna.received)
    await says(desk, boris, STORY, under="No. 1: solved")
    assert len(anna.received) == number  # nothing of it reaches the customer
    await boris.taps("Save")
    (entry,) = await entries(desk)
    assert entry.conversation_id == 1
    assert entry.customer_name == "Anna"  # who it is, we know better


async def test_under_the_offer_it_is_about_the_offer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await talked(anna, boris)
    await says(desk, boris, STORY, under="Diary, No. 1")
    assert "Diary, No. 1" in boris.reads
    await boris.taps("Save")
    (entry,) = await entries(desk)
    assert (entry.conversation_id, entry.heard) == (1, STORY)


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        (Heard("", "en", 3.0), "Nothing could be made out"),
        (Heard("", "fr", 3.0), "neither Russian nor English"),
        (NoSound("EOFError"), "could not be read as sound"),
        (TooLong(), "up to 10 minutes and 20 MB"),
    ],
)
async def test_what_cannot_be_heard_is_kept_and_said(
    desk: Desk, heard: Heard | Exception, told: str
) -> None:
    boris = await desk.operator("Boris")
    assert isinstance(desk.ear, Ears)
    desk.ear.says[b"noise"] = heard
    await boris.sends_voice(b"noise")
    assert told in boris.reads
    async with desk.database.reading() as tx:
        (draft,) = await tx._session.scalars(select(DiaryDraft))
    assert len(draft.content["voices"]) == 1


async def test_too_long_is_said_at_once(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.sends_voice(b"very long", duration=601)
    assert "up to 10 minutes and 20 MB" in boris.reads
    assert isinstance(desk.ear, Ears)
    assert desk.ear.asked == []


async def test_without_a_model_it_is_said_and_typing_goes_on(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.sends_voice(b"hello")
    assert "Dictation is off here, please type." in boris.reads


@pytest.mark.settings(speech_model="off")
async def test_switched_off_nobody_listens(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await boris.sends_voice(b"hello")
    assert "Dictation is off here, please type." in boris.reads
    assert isinstance(desk.ear, Ears)
    assert desk.ear.asked == []


async def test_a_model_that_is_not_here_yet_is_waited_for(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    assert isinstance(desk.ear, Ears)
    desk.ear.says[STORY.encode()] = NoModel("ConnectionError: base")
    await boris.sends_voice(STORY.encode(), duration=9)
    assert "speech recognition is not ready yet" in boris.reads
    desk.ear.says[STORY.encode()] = Heard(STORY, "en", 9.0)
    await desk.passes(timedelta(minutes=1))
    assert "Result: She keeps it" in boris.reads
    assert "not ready" not in boris.reads


@pytest.mark.settings(glossary="Lumen,  Otklik Pro ,")
async def test_names_that_are_in_no_dictionary_are_told_to_who_listens(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await says(desk, boris, STORY)
    assert isinstance(desk.ear, Ears)
    assert desk.ear.asked == [("en", "Lumen, Otklik Pro")]


async def test_long_recordings_say_how_long_they_take(desk: Desk) -> None:
    boris, vera = await desk.operator("Boris"), await desk.operator("Vera")
    assert isinstance(desk.ear, Ears)
    desk.ear.says[b"long"] = Heard("It works.", "en", 170.0)
    desk.ear.says[b"short"] = Heard("Done.", "en", 5.0)
    async with desk.together():
        await boris.sends_voice(b"long", duration=170)
        await vera.sends_voice(b"short", duration=5)
        desk.telegram.on_action = None
        await desk.running.poller.poll()
        await desk.running.deliverer.deliver_due()
        soon = "What you said comes here in about 3 min."
        assert f"I am listening. {soon}" in boris.reads
        assert f"1 recording is before yours. {soon}" in vera.reads


async def test_several_wait_in_order_and_a_restart_goes_on(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    assert isinstance(desk.ear, Ears)
    parts = ["Request: a new cup.", "Done: we sent it.", "Result: it came.", "Status: done."]
    async with desk.together():
        for words in parts:
            desk.ear.says[words.encode()] = Heard(words, "en", 2.0)
            await boris.sends_voice(words.encode(), duration=2)
        desk.telegram.on_action = None
        await desk.running.poller.poll()  # on disk, not heard yet
        await desk.running.deliverer.deliver_due()
        assert "3 recordings are before yours" in boris.reads
        await desk.restarts()
    async with desk.database.reading() as tx:
        (draft,) = await tx._session.scalars(select(DiaryDraft))
    assert draft.content["heard"].splitlines() == parts
    assert draft.content["result"] == "It came"


async def test_what_is_heard_after_saving_is_not_lost(desk: Desk) -> None:
    boris = await desk.operator("Boris")
    await says(desk, boris, STORY)
    assert isinstance(desk.ear, Ears)
    desk.ear.says[b"late"] = Heard("Result: she sent it back.", "en", 2.0)
    async with desk.together():
        await boris.sends_voice(b"late", duration=2)
        await boris.taps("Save")
    assert any("heard after the entry was closed" in shown.words for shown in boris.received)


async def test_words_go_with_the_person(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await talked(anna, boris)
    await says(desk, boris, STORY, under="No. 1: solved")
    await boris.taps("Save")
    await anna.types("/privacy")
    await anna.taps("Delete me")
    await anna.taps("Yes, delete")
    async with desk.database.reading() as tx:
        (entry,) = await tx._session.scalars(select(DiaryEntry))
        assert (entry.heard, entry.voices) == ("", None)
        for version in await tx._session.scalars(select(DiaryVersion)):
            assert (version.content["heard"], version.content["voices"]) == ("", [])
        assert await tx._session.scalar(select(Message.id).where(Message.text == STORY)) is None
