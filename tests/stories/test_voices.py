"""What customers say aloud: passed on as it is, with what it says beside it."""

from sqlalchemy import select

from bot.hearing import Heard
from playground.people import Account
from storage.models import Message
from tests.conftest import Desk, Ears
from tests.stories.closed import closed

SAID = "My parcel did not come."


async def says(desk: Desk, who: Account, words: str) -> None:
    assert isinstance(desk.ear, Ears)
    desk.ear.says[words.encode()] = Heard(words, "en", 4.0)
    await who.sends_voice(words.encode(), duration=4)


async def test_a_voice_comes_as_it_is_and_what_it_says_beside_it(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Hello")
    await boris.taps("Take")
    await says(desk, anna, SAID)
    assert any("voice" in shown.raw for shown in boris.received)
    assert boris.reads == f"Anna says in the voice message:\n{SAID}"

    await boris.types("One moment", reply_to=boris.last)  # a reply to it is hers
    assert anna.reads == "One moment"


async def test_an_offer_says_what_a_voice_says(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await says(desk, anna, SAID)
    assert f"[voice message] {SAID}" in boris.reads


async def test_a_spoken_comment_is_the_comment(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    vera = await desk.supervisor("Vera")
    await closed(desk, anna, boris)
    await anna.taps("1 ☆")
    await says(desk, anna, SAID)
    assert any(f"[voice message] {SAID}" in shown.words for shown in vera.screen)


async def test_what_cannot_be_made_out_is_a_voice_as_ever(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Hello")
    await boris.taps("Take")
    before = len(boris.received)
    await anna.sends_voice(b"a rustle")
    assert "voice" in boris.last.raw
    assert len(boris.received) == before + 1


async def test_it_goes_with_the_customer(desk: Desk) -> None:
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    await anna.types("Hello")
    await boris.taps("Take")
    await says(desk, anna, SAID)
    await anna.types("/privacy")
    await anna.taps("Delete me")
    await anna.taps("Yes, delete")
    assert not any(SAID in shown.words for shown in boris.screen)
    async with desk.database.reading() as tx:
        assert set(await tx._session.scalars(select(Message.heard))) == {None}
