"""What the bot cannot do after several tries is kept, and supervisors hear of it: once."""

from datetime import timedelta
from typing import Any

import pytest

from bot import doctor
from storage.messages import Messages
from tests.conftest import Desk

TRIED_OUT = timedelta(minutes=11)


async def test_supervisors_hear_of_it_once_and_see_it_settled(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any) -> None:
        raise ValueError("of our own")

    vera, olga = await desk.supervisor("Vera"), await desk.supervisor("Ольга", "ru")
    with monkeypatch.context() as broken:
        broken.setattr(Messages, "add", fails)
        anna = desk.customer("Anna")
        await anna.types("Where is my order?")
        await desk.passes(TRIED_OUT)
        assert "1 thing could not be done, though the bot tried several times" in vera.reads
        assert "python -m bot doctor" in vera.reads
        assert "Не удалось выполнить 1 дело" in olga.reads

        sounds = len(vera.received)
        await desk.customer("Bella").types("And mine?")
        await desk.passes(TRIED_OUT)
        assert "2 things could not be done" in vera.reads
        assert len(vera.received) == sounds  # the same card, without a sound

    await doctor.retry(desk.settings, "all")
    await desk.passes(timedelta(seconds=15))
    cards = [shown.words for shown in vera.received if "could not be done" in shown.words]
    assert cards == ["✅ What could not be done has been seen to."]
    async with desk.database.reading() as tx:
        assert await tx.parked.count() == 0
    assert "your number is" in anna.reads


async def test_a_day_later_it_makes_a_sound_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: Any) -> None:
        raise ValueError("of our own")

    vera = await desk.supervisor("Vera")
    monkeypatch.setattr(Messages, "add", fails)
    await desk.customer("Anna").types("Where is my order?")
    await desk.passes(TRIED_OUT)
    sent = desk.telegram.methods_used["sendMessage"]
    await desk.passes(timedelta(days=1))
    assert desk.telegram.methods_used["sendMessage"] == sent  # nothing new was given up
    await desk.customer("Bella").types("And mine?")
    await desk.passes(TRIED_OUT)
    assert desk.telegram.methods_used["sendMessage"] == sent + 1
    assert "2 things" in vera.reads
    desk.parked = 2
