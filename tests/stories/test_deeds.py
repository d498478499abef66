"""Who did what: written down with numbers alone, and shown to supervisors."""

from storage.models import Deed
from tests.conftest import Desk
from tests.stories.staff import invites, opens
from tests.stories.tables import rows


async def test_supervisors_see_who_did_what(desk: Desk) -> None:
    vera, zoe = await desk.supervisor("Vera"), await desk.supervisor("Zoe")
    anna, boris = desk.customer("Anna"), await desk.operator("Boris")
    ivan = desk.customer("Ivan")
    await ivan.starts_from(await invites(vera))
    await opens(vera, "Ivan")
    await vera.taps("Make supervisor")
    await anna.types("Where is my order?")
    await boris.taps("Take")
    await boris.taps("Priority")
    await boris.taps_data("priority:1:urgent")
    await boris.taps("Hand over")
    await boris.taps("Ivan")
    await boris.taps("Hand over without words")
    await boris.taps_data("history:1")
    await ivan.taps("Spam")
    await vera.taps_data("spamundo:1")
    await vera.types("/team")
    await vera.taps("Find a person")
    await vera.types("1")
    await vera.taps("Anna, customer")
    await vera.taps("Ban")
    await anna.types("/privacy")
    await anna.taps("My data as a file")

    await zoe.types("/team")
    await zoe.taps("Who did what")
    assert zoe.reads.splitlines()[1:-1] == [
        "10:00 · Anna: took their data as a file. Anna",
        "10:00 · Vera: banned. Anna",
        "10:00 · Vera: opened the customer. Anna",
        "10:00 · Vera: brought back. No. 1",
        "10:00 · Boris: read the history. No. 1",
        "10:00 · Boris: handed over. No. 1, Ivan",
        "10:00 · Boris: changed the priority. No. 1, urgent",
        "10:00 · Vera: gave a role. Ivan, supervisor",
        "10:00 · Vera: gave a role. Ivan, operator",
        "10:00 · Ivan: came in by an invite. operator",
        "10:00 · Vera: made an invite. operator",
    ]
    assert zoe.reads.splitlines()[-1].startswith("10:00 · The program: made the setup link.")


async def test_who_reads_another_s_diary_is_written_down(desk: Desk) -> None:
    boris, vera = await desk.operator("Борис", "ru"), await desk.supervisor("Вера", "ru")
    await boris.types("/diary")
    await boris.taps_data("diaryanswer:1:time:now")
    await boris.taps_data("diarystep:1:channel:skip")
    await boris.types("Пётр")
    await boris.types("Спрашивал о возврате")
    for _ in range(4):
        await boris.types("/skip")
    await boris.taps("Сохранить")
    await boris.taps_data("entry:1:open")
    await vera.taps_data("entry:1:open", vera.last)
    await vera.types("/team")
    await vera.taps("Кто что сделал")
    read = [line for line in vera.reads.splitlines() if "дневника" in line]
    assert read == ["10:00 · Вера: чтение чужого дневника. запись 1"]


async def test_older_deeds_are_a_button_away_and_hold_no_words(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    async with desk.database.writing() as tx:
        for _ in range(45):
            tx.audit.note(Deed.BANNED, about="person:1", by_id=1, now=desk.now)
    await vera.types("/team")
    await vera.taps("Who did what")
    assert vera.reads.count("banned") == 20
    await vera.taps("Earlier")
    await vera.taps("Earlier")
    assert vera.reads.count("banned") == 5
    assert "Earlier" not in vera.buttons
    await opens(vera, "Vera")
    await vera.taps("Name for customers")
    await vera.types("Cordelia")
    assert "Cordelia" not in str((await rows(desk))["audit_log"])
