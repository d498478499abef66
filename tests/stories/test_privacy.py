"""/privacy: what is kept, all of it as a file, and none of it any more."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk import diary
from desk.diary_content import Content
from playground.people import Account
from storage.models import DiaryStatus, Outcome
from tests.conftest import Desk
from tests.stories.tables import rows

NAME = "Anna Zwergfalke"
ID = 987_654_321
PHONE = "+7 999 123-45-67"
WORDS = "zitronenfalter"
"""In everything they say, and nowhere else."""


async def anna_speaks(desk: Desk) -> Account:
    """A customer who left a trace wherever one can be left, on shift Boris, supervisor Vera."""
    boris, vera = await desk.operator("Boris"), await desk.supervisor("Vera")
    anna = desk.customer(NAME, id=ID, username="zwergfalke")
    await anna.starts()
    await anna.types(f"Where is my {WORDS}?")
    await boris.taps("Take")
    await anna.edits(anna.finds("Where is"), f"Where is my blue {WORDS}?")
    await anna.sends_photo(b"a picture", f"This {WORDS}")
    await boris.types(f"Your {WORDS}, dear {NAME}, is on its way")
    await boris.taps("History")
    await boris.taps("Solved")
    await anna.taps("1 ☆")
    await anna.types(f"My {WORDS} was eaten")  # the comment
    await vera.taps("Call back")
    await anna.shares_phone("Send my number", PHONE)
    await anna.taps("Another time")
    await anna.types(f"When the {WORDS} sleeps")
    await vera.taps("Done…")
    await vera.types(f"{NAME} got a new {WORDS}")
    await boris.taps_data("appeal:rating:1")
    await boris.types(f"{NAME} never had a {WORDS}")
    await vera.taps("It stays")
    await vera.types(f"{NAME} has a {WORDS}, I saw it")
    await boris.taps("Write")  # the diary that was offered, left unfinished
    await boris.types(f"{NAME} asked about a {WORDS}")
    about = await desk.person(anna)
    async with desk.database.writing() as tx:
        told = Content(
            at=desk.now,
            customer_id=about.id,
            customer_name=NAME,
            customer_contact=PHONE,
            request=f"A {WORDS}",
            status=DiaryStatus.FOLLOW_UP,
            follow_up_at=desk.now + timedelta(days=1),
        )
        by = await desk.person(boris)
        await diary.write(tx, by=by, conversation_id=1, content=told, now=desk.now)
    await boris.types(f"/diaries {WORDS}")
    await anna.types(f"And another {WORDS}")
    await anna.taps("New question")
    await boris.taps("Take")
    await boris.taps("Hand over")
    return anna


def named(desk: Desk, name: str) -> Account:
    return next(one for one in desk.telegram.accounts.values() if one.name == name)


async def gone(person: Account) -> None:
    await person.types("/privacy")
    await person.taps("Delete me")
    await person.taps("Yes, delete")


def traces(kept: Any) -> set[str]:
    """What still tells of Anna, in whatever spelling."""
    said = str(kept).casefold()
    known = (WORDS, NAME, "zwergfalke", str(ID), PHONE)
    return {word for word in known if word.casefold() in said}


async def test_everybody_learns_what_is_kept(desk: Desk) -> None:
    anna, boris = desk.customer("Анна", "ru"), await desk.operator("Boris")
    await anna.types("/privacy")
    assert anna.reads.startswith("Что мы о вас храним\n· номер, имя и @имя в Telegram, язык")
    assert anna.buttons == ["Мои данные файлом", "Удалить меня"]
    await boris.types("/privacy")
    assert "your role, shifts, diary, figures" in boris.reads
    await anna.types("Где заказ?")
    assert anna.reads.endswith("Что хранится и как удалить: /privacy")


async def test_one_s_own_data_comes_as_a_file(desk: Desk) -> None:
    anna = await anna_speaks(desk)
    await anna.types('=HYPERLINK("http://evil")')
    await anna.types("/privacy")
    await anna.taps("My data as a file")
    assert anna.toasts[-1] == "The file is on its way."
    assert anna.last.kind == "document"
    assert anna.reads.startswith("Everything we keep about you")
    assert anna.last.file is not None
    with zipfile.ZipFile(io.BytesIO(anna.last.file.content)) as folder:
        everything = json.loads(folder.read("everything.json"))
        table = list(csv.reader(io.StringIO(folder.read("messages.csv").decode("utf-8-sig"))))
    assert everything["people"][0]["telegram_id"] == ID
    assert [survey["stars"] for survey in everything["surveys"] if survey["stars"]] == [1]
    assert everything["alerts"][0]["phone"] == PHONE
    assert everything["diary_entries"][0]["request"] == f"A {WORDS}"
    assert everything["comments"]
    texts = [row[3] for row in table]
    assert f"My {WORDS} was eaten" in texts
    assert f"Your {WORDS}, dear {NAME}, is on its way" in texts
    assert texts[-1] == '\'=HYPERLINK("http://evil")'
    assert sorted({row[1] for row in table[1:]} - {NAME}) == ["Boris"]


async def test_a_file_tells_nothing_of_others(desk: Desk) -> None:
    await anna_speaks(desk)
    eve, boris = desk.customer("Eve"), named(desk, "Boris")
    await eve.starts()
    for person in (eve, boris):
        await person.types("/privacy")
        await person.taps("My data as a file")
        assert person.last.file is not None
        with zipfile.ZipFile(io.BytesIO(person.last.file.content)) as folder:
            told = folder.read("everything.json").decode()
        assert PHONE not in told
        assert str(ID) not in told


async def test_who_deletes_their_data_is_nowhere_any_more(desk: Desk) -> None:
    anna = await anna_speaks(desk)
    boris, vera = named(desk, "Boris"), named(desk, "Vera")
    number = (await desk.person(anna)).id
    assert traces(await rows(desk)) == {WORDS, NAME, "zwergfalke", str(ID), PHONE}

    await anna.types("/privacy")
    await anna.taps("Delete me")
    assert "Will be closed: No. 2" in anna.reads
    assert "48 hours" not in anna.reads
    await anna.taps("Yes, delete")

    assert anna.toasts[-1] == "Deleted."
    assert anna.reads.startswith("Everything about you is deleted.")
    assert traces(await rows(desk)) == set()
    for shown in (*boris.received, *vera.received):
        assert traces(shown.words) == set(), shown
    assert desk.database.is_sqlite is False or traces_in_file(desk) == set()
    async with desk.database.reading() as tx:
        first, second = await tx.conversations.one(1), await tx.conversations.one(2)
        survey = await tx.surveys.of_conversation(1)
        person = await tx.people.one(number)
    assert (first.outcome, second.outcome) == (Outcome.SOLVED, Outcome.LEFT)
    assert survey is not None
    assert survey.stars == 1
    assert person.deleted_at == desk.now


def traces_in_file(desk: Desk) -> set[str]:
    """What a thief of the disk would find: the file, and what lies beside it."""
    path = Path(desk.settings.database_url.removeprefix("sqlite+aiosqlite:///"))
    files = [path, *path.parent.glob(f"{path.name}-*")]
    found = b"".join(file.read_bytes() for file in files)
    needles = (WORDS, NAME, "zwergfalke", PHONE)
    return {word for word in needles if word.encode() in found}


async def test_who_writes_again_is_somebody_new(desk: Desk) -> None:
    anna = await anna_speaks(desk)
    before = (await desk.person(anna)).id
    await anna.types("/privacy")
    await anna.taps("Delete me")
    async with desk.together():  # in one batch
        await anna.taps("Yes, delete")
        await anna.types("Hello again")
    assert (await desk.person(anna)).id != before
    assert anna.finds("Got it, your number is 3").from_bot


@pytest.mark.settings(survey_expires="7d", close_after="7d")
async def test_what_cannot_be_recalled_is_said(desk: Desk) -> None:
    anna, boris = desk.customer("Анна", "ru"), await desk.operator("Борис", "ru")
    await anna.types("Где мой заказ?")
    await boris.taps("Взять")
    await boris.types("В пути")
    await desk.passes(timedelta(hours=49))
    await anna.types("Так где он?")
    await anna.types("/privacy")
    await anna.taps("Удалить меня")
    assert (
        "Старше 48 часов Telegram удалить уже не даёт: в чатах команды останется 1" in anna.reads
    )
    await anna.taps("Да, удалить")
    seen = [shown.words for shown in boris.received]
    assert "Где мой заказ?" in seen
    assert "Так где он?" not in seen
    assert boris.finds("клиент").words  # the card tells that it is over


async def test_an_old_button_deletes_nobody(desk: Desk) -> None:
    anna = desk.customer("Anna")
    await anna.types("Hello?")
    await anna.types("/privacy")
    await anna.taps("Delete me")
    await desk.passes(timedelta(minutes=16))
    await anna.taps("Yes, delete")
    for forged in (0, 2**40, int(desk.now.timestamp()) + 60):
        await anna.taps_data(f"privacysure:{forged}")
    assert anna.toasts == ["Too late: things have changed since."] * 4
    assert (await desk.person(anna)).name == "Anna"


async def test_an_operator_who_goes_leaves_their_work_behind(desk: Desk) -> None:
    boris = await desk.operator("Boris Zwergfalke", id=ID)
    olga, vera = await desk.operator("Olga"), await desk.supervisor("Vera")
    anna = desk.customer("Anna")
    await anna.types("Where is my order?")
    await boris.taps("Take")
    await boris.types("On its way")
    await boris.types("/privacy")
    await boris.taps("Delete me")
    assert "You leave the team, 1 conversation goes back to the queue." in boris.reads
    await boris.taps("Yes, delete")
    assert "Somebody of the team has deleted their data" in vera.reads
    assert olga.reads.startswith("Waiting again, No. 1")
    assert {str(ID), "zwergfalke"} & traces(await rows(desk)) == set()
    await olga.taps("Take")
    await olga.taps("History")
    assert "—: On its way" in olga.reads
    await vera.types("/team")
    assert "Zwergfalke" not in vera.reads


async def test_the_last_supervisor_stays(desk: Desk) -> None:
    vera = await desk.supervisor("Vera")
    await vera.types("/privacy")
    await vera.taps("Delete me")
    assert vera.toasts == ["There is no other supervisor. Invite somebody first: /invite"]
    assert "Yes, delete" not in vera.buttons
    await desk.supervisor("Zoe")
    await gone(vera)
    assert vera.reads.startswith("Everything about you is deleted.")


@pytest.mark.settings(operator_ids=f"{ID}")
async def test_whom_the_settings_name_is_taken_out_there_first(desk: Desk) -> None:
    boris = desk.customer("Boris", id=ID)
    await boris.starts()
    await boris.types("/privacy")
    await boris.taps("Delete me")
    assert boris.toasts[-1].startswith("The role is set in the bot's settings")


async def test_nothing_but_new_words_makes_them_known_again(desk: Desk) -> None:
    boris, anna = await desk.operator("Boris"), desk.customer(NAME, id=ID)
    await anna.types("Where is my order?")
    words = anna.finds("Where is")
    await boris.taps("Take")
    await anna.types("/privacy")
    await anna.taps("Delete me")
    async with desk.together():  # a thumb that trembles
        await anna.taps("Yes, delete")
        await anna.taps("Yes, delete")
    assert anna.toasts == ["Deleted.", "This button no longer works. What you can do now: /help"]
    await anna.edits(words, "Where is it?")
    await anna.blocks()
    await anna.unblocks()
    assert traces(await rows(desk)) == set()
    assert [shown.words for shown in anna.received].count(anna.reads) == 1
