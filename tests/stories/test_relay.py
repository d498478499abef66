"""What is passed on, both ways: every kind, edits, replies, and what is taken back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from playground.chats import Shown
from playground.people import Account
from tests.conftest import Desk
from tests.stories.talking import held

KINDS: dict[str, Callable[[Account], Awaitable[object]]] = {
    "photo": lambda who: who.sends_photo(b"jpeg", caption="<b>&"),
    "voice": lambda who: who.sends_voice(b"ogg"),
    "video": lambda who: who.sends_video(b"mp4"),
    "video_note": lambda who: who.sends_video_note(b"mp4"),
    "document": lambda who: who.sends_document("bill.pdf", b"pdf"),
    "audio": lambda who: who.sends_audio(b"mp3"),
    "animation": lambda who: who.sends_animation(b"gif"),
    "sticker": lambda who: who.sends_sticker(),
    "location": lambda who: who.sends_location(55.75, 37.62),
    "venue": lambda who: who.sends_venue(55.75, 37.62, "Office", "Arbat 1"),
    "contact": lambda who: who.sends_contact("+79991234567", "Dave"),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_goes_both_ways(desk: Desk, kind: str) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    card = boris.finds("yours to answer")

    await KINDS[kind](anna)
    assert kind in boris.last.raw
    assert boris.last.raw["reply_to_message"]["message_id"] == card.message_id
    assert boris.last.raw.get("caption") == anna.screen[-1].raw.get("caption")

    await KINDS[kind](boris)
    assert kind in anna.last.raw
    assert "reply_to_message" not in anna.last.raw


@pytest.mark.parametrize("kind", KINDS)
async def test_a_conversation_may_begin_with_anything(desk: Desk, kind: str) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await KINDS[kind](anna)
    assert anna.reads.startswith("Got it, your number is 1.")
    assert boris.reads.startswith("New question, No. 1\n[")
    await boris.taps("Take")
    assert kind in boris.last.raw


async def test_formatting_arrives(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    bold = {"type": "bold", "offset": 3, "length": 4}
    await anna.types("😀 bold", entities=[bold])
    assert boris.last.raw["entities"] == [bold]


async def test_an_albums_parts_go_together_a_second_later(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    before = len(boris.received)
    await anna.sends_album([b"1", b"2", b"3"], caption="Look")
    assert len(boris.received) == before
    await desk.passes(timedelta(seconds=1))
    parts = boris.received[before:]
    assert len(parts) == 3
    assert len({part.raw["media_group_id"] for part in parts}) == 1
    assert parts[0].words == "Look"

    await boris.sends_album([b"4", b"5"])
    await desk.passes(timedelta(seconds=1))
    assert len({part.raw["media_group_id"] for part in anna.received[-2:]}) == 1


async def test_an_album_opens_one_conversation_and_comes_whole_with_take(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.sends_album([b"1", b"2"])
    assert len(anna.received) == 1
    await boris.taps("Take")
    assert "media_group_id" not in boris.last.raw
    await desk.passes(timedelta(seconds=1))
    assert [("photo" in part.raw) for part in boris.received[-2:]] == [True, True]
    async with desk.database.reading() as tx:
        assert await tx.conversations.count_open() == 1


async def test_an_album_taken_later_comes_whole(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.sends_album([b"1", b"2"])
    await desk.passes(timedelta(minutes=1))
    await boris.taps("Take")
    assert len({part.raw["media_group_id"] for part in boris.received[-2:]}) == 1


async def test_an_operators_album_waits_for_whose_it_is(desk: Desk) -> None:
    anna, dave = desk.customer("Anna"), desk.customer("Dave")
    boris = await desk.operator("Boris")
    await held(desk, anna, boris)
    await held(desk, dave, boris)
    await boris.types("To Dave")
    await anna.types("Hello?")
    await boris.sends_album([b"1", b"2"])
    await desk.passes(timedelta(seconds=5))
    await boris.taps("No. 1 · Anna")
    assert len({part.raw["media_group_id"] for part in anna.received[-2:]}) == 1


async def test_replies_travel_both_ways(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    asked = await anna.types("Which size?")
    await boris.taps("Take")
    await boris.types("42", reply_to=boris.finds("Which size?"))
    assert anna.last.raw["reply_to_message"]["message_id"] == asked.message_id

    answered = boris.screen[-1]
    await anna.types("Perfect", reply_to=anna.last)
    assert boris.last.raw["reply_to_message"]["message_id"] == answered.message_id


async def test_edits_travel_both_ways(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    asked = await anna.types("Where is my oder?")
    await anna.edits(asked, "Where is my order?")
    assert "Where is my order?" in boris.reads  # on the offer
    await boris.taps("Take")
    await anna.edits(asked, "Where is my order 319?")
    assert boris.reads == "Where is my order 319?"

    answer = await boris.types("Tomorow")
    await boris.edits(answer, "Tomorrow")
    assert anna.reads == "Tomorrow"
    photo = await boris.sends_photo(b"jpeg", caption="Bill")
    await boris.edits(photo, "The bill")
    assert anna.reads == "The bill"
    async with desk.database.reading() as tx:
        message = (await tx.messages.last_of(1, 3))[0]
        assert [old["text"] for old in message.versions or []] == [
            "Where is my oder?",
            "Where is my order?",
        ]


async def test_an_edit_made_before_it_went_out_changes_what_goes_out(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    async with desk.together():
        answer = await boris.types("Tomorow")
        await boris.edits(answer, "Tomorrow")
    assert [m.words for m in anna.received][-1] == "Tomorrow"


async def test_another_picture_replaces_its_copy(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    photo = await anna.sends_photo(b"the wrong bill", caption="Bill")
    await anna.replaces(photo, b"the right bill")
    assert (boris.last.content, boris.reads) == (b"the right bill", "Bill")
    await anna.edits(photo, "The bill")
    assert (boris.last.content, boris.reads) == (b"the right bill", "The bill")

    words = await boris.types("Look")
    await boris.replaces(words, b"a picture")
    assert (anna.last.content, anna.reads) == (b"a picture", "Look")


async def test_undo_deletes_the_customers_copy(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    wrong = await boris.types("Not for you")
    assert anna.reads == "Not for you"
    await boris.types("/undo", reply_to=wrong)
    assert boris.reads == "The customer's copy is deleted."
    assert "Not for you" not in [shown.words for shown in anna.screen]


async def test_undo_has_its_limits(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    old = await boris.types("Hello")
    await boris.types("/undo")
    assert boris.reads == "To delete your message on the customer's side, reply to it: /undo"
    await boris.types("/undo", reply_to=boris.finds("Where is my order?"))
    assert boris.reads == "Only your own message can be deleted on the customer's side."
    await desk.passes(timedelta(hours=12))
    await anna.types("Still here")
    await desk.passes(timedelta(hours=37))
    await boris.types("/undo", reply_to=old)
    assert boris.reads == "Telegram lets a message be deleted for 48 hours only."
    assert "Hello" in [shown.words for shown in anna.screen]


async def test_what_the_customer_deleted_is_sent_all_the_same(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    asked = await anna.types("Which size?")
    await anna.deletes(asked)
    await boris.taps("Take")
    assert boris.reads == "Which size?"
    await boris.types("42", reply_to=boris.last)
    assert anna.reads == "42"


async def test_what_cannot_be_delivered_is_told_at_once(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    async with desk.together():
        await boris.types("Hello")
        await anna.blocks()
    boris.finds("Not delivered, No. 1\nAnna has stopped the bot")
    boris.finds("No. 1: the customer stopped the bot")


LONG = "Once more from the beginning. " * 50
"""1,500 characters: who pays Telegram may write so much under a picture, a bot may not."""


async def says_much(who: Account, words: str = LONG) -> Shown:
    """A picture with more words than a bot can put under it."""
    small = await who.sends_photo(b"jpeg", caption="small")
    return await who.sends({"photo": small.raw["photo"], "caption": words})


async def test_words_too_long_for_under_a_picture_follow_it(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    card = boris.finds("yours to answer")
    sent = await says_much(anna)
    picture, words = boris.received[-2:]
    assert "photo" in picture.raw
    assert words.words == LONG.strip()
    assert words.raw["reply_to_message"]["message_id"] == card.message_id

    await anna.edits(sent, "In short: no")
    assert (picture.words, words.words) == ("", "In short: no")
    await anna.replaces(sent, b"another")
    assert (picture.content, words.words) == (b"another", "In short: no")

    await boris.types("Which one?", reply_to=words)
    assert anna.reads == "Which one?"


async def test_an_answer_too_long_for_under_a_picture_can_be_taken_back(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    sent = await says_much(boris)
    picture, words = anna.received[-2:]
    await boris.types("/undo", reply_to=sent)
    assert picture.deleted
    assert words.deleted


async def test_an_album_with_too_many_words_goes_whole(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    photo = (await anna.sends_photo(b"jpeg")).raw["photo"]
    album: dict[str, object] = {"photo": photo, "media_group_id": "777"}
    await anna.sends(album | {"caption": LONG})
    await anna.sends(album)
    await desk.passes(timedelta(seconds=1))
    assert [m.words for m in boris.received[-3:]] == ["", "", LONG.strip()]


async def test_a_customers_picture_is_passed_on_whatever_is_under_it(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    await anna.sends_photo(b"jpeg", caption="/var/log is full")
    assert boris.reads == "/var/log is full"
    before = len(anna.received)
    await boris.sends_photo(b"jpeg", caption="/thanks")
    assert boris.reads.startswith("There is no such command.")
    assert len(anna.received) == before


async def test_no_mention_shows_an_account_of_ours(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await held(desk, anna, boris)
    bold = {"type": "bold", "offset": 6, "length": 4}
    mention = {"type": "text_mention", "offset": 0, "length": 5, "user": boris.user}
    await boris.types("Boris will", entities=[mention, bold])
    assert anna.reads == "Boris will"
    assert anna.last.raw["entities"] == [bold]
    await boris.sends_contact("+79991234567", "Boris", own=True)
    assert "user_id" not in anna.last.raw["contact"]
