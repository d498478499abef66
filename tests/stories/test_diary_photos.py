"""Pictures beside a diary entry: kept, and seen again by whom it is for."""

from handlers.callbacks import (
    EntryTap,
)
from tests.conftest import Desk


async def test_photos_of_an_entry_are_seen_again(desk: Desk) -> None:
    vera, boris = await desk.supervisor("Вера", "ru"), await desk.operator("Boris")
    await boris.types("/diary")
    await boris.taps("Now")
    await boris.taps("visit")
    await boris.types("<Pavel>")
    await boris.sends_photo(b"one")
    await boris.sends_photo(b"two", "Torn box")
    for _ in range(4):
        await boris.taps("Skip")
    await boris.taps("Save")
    await boris.taps("Show the photos")
    assert [shown.words for shown in boris.received[-2:]] == [
        "<Pavel>: photo 1 of 2",
        "<Pavel>: photo 2 of 2",
    ]
    assert [shown.file.content for shown in boris.received[-2:] if shown.file] == [b"one", b"two"]

    await vera.types("/diaries")
    await vera.taps("1")
    await vera.taps("Показать фото")
    assert vera.reads == "<Pavel>: фото 2 из 2"


async def test_photos_are_for_who_may_read_the_entry(desk: Desk) -> None:
    boris, ivan = await desk.operator("Boris"), await desk.operator("Ivan")
    await boris.types("/diary")
    await boris.taps("Now")
    await boris.taps("visit")
    await boris.types("Pavel")
    await boris.sends_photo(b"one", "Torn box")
    for _ in range(4):
        await boris.taps("Skip")
    await boris.taps("Save")
    before = len(ivan.received)
    await ivan.taps_data(EntryTap(entry_id=1, does="photos").pack())
    assert ivan.toasts == ["This button is not for you, or no longer works."]
    assert len(ivan.received) == before
