"""The page over HTTP, and the program as people start it."""

import asyncio
import json
import os
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from yarl import URL

from playground import Telegram
from playground.__main__ import main
from playground.cast import Cast
from playground.opus import voice
from playground.page import FOLDER, Page
from playground.samples import FOLDER as SAMPLES
from tests.playground.conftest import PNG

PROJECT = Path(__file__).parents[2]
MARINA, ANNA = 101, 201


class Browser:
    """The page, opened at an address."""

    def __init__(self, http: aiohttp.ClientSession, address: str) -> None:
        self.http = http
        self.address = address
        self.origin = {"Origin": address}

    async def does(self, act: str, person: int = MARINA, **told: Any) -> int:
        url = f"{self.address}/api/people/{person}/{act}"
        async with self.http.post(url, json=told, headers=self.origin) as answer:
            return answer.status

    async def uploads(self, *files: bytes, person: int = MARINA, **words: str) -> dict[str, Any]:
        form = aiohttp.FormData(words)
        for content in files:
            form.add_field("file", content, filename="cat.png")
        url = f"{self.address}/api/people/{person}/upload"
        async with self.http.post(url, data=form, headers=self.origin) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def sees(self, person: int = MARINA) -> dict[str, Any]:
        async with self.http.get(f"{self.address}/api/state") as answer:
            state = await answer.json()
        return next(one for one in state["people"] if one["id"] == person)

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        async with self.http.get(f"{self.address}/api/events") as answer:
            yield events(answer)


async def events(answer: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any]]:
    async for line in answer.content:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


async def until(news: AsyncIterator[dict[str, Any]], **what: Any) -> dict[str, Any]:
    """The next event that says all this."""
    async with asyncio.timeout(60):
        async for one in news:
            if what.items() <= one.items():
                return one
    raise AssertionError(f"the stream ended before {what}")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(read_bufsize=2**24) as session:
        yield session


@pytest.fixture
async def page(telegram: Telegram, http: aiohttp.ClientSession) -> AsyncIterator[Browser]:
    page = Page(telegram, Cast(telegram), "Europe/Moscow")
    address = await page.start()
    yield Browser(http, address)
    await page.stop()


async def updates(bot: Bot) -> list[Any]:
    return [update.event for update in await bot.get_updates(timeout=0)]


async def test_everything_served_is_the_pages_own_and_small(page: Browser) -> None:
    size = 0
    for path in FOLDER.iterdir():
        async with page.http.get(f"{page.address}/{path.name}") as answer:
            text = await answer.text()
            assert answer.status == 200
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        size += len(text.encode())
        assert "innerHTML" not in text
        assert not any(inline in text for inline in (" style=", "<script>", " onclick="))
    assert size < 150 * 1024


async def test_samples_are_voice_messages_of_both_languages(page: Browser) -> None:
    async with page.http.get(f"{page.address}/api/state") as answer:
        listed = (await answer.json())["samples"]
    assert {one["name"] for one in listed} == {path.name for path in SAMPLES.glob("*.ogg")}
    kinds = Counter((one["language"], one["by"]) for one in listed)
    assert kinds == {(language, by): 2 for language in ("ru", "en") for by in ("customer", "team")}
    for one in listed:
        async with page.http.get(f"{page.address}/samples/{one['name']}") as answer:
            _, seconds = voice(await answer.read())
        assert 2 <= seconds <= 20


async def test_the_state_tells_who_has_a_phone(page: Browser) -> None:
    marina = await page.sees()
    assert (marina["name"], marina["role"], marina["language"]) == ("Марина", "customer", "ru")
    assert marina["chat"] == {"started": False, "blocked": False, "keyboard": None, "menu": []}
    assert (await page.sees(ANNA))["role"] == "operator"


async def test_what_is_typed_and_tapped_comes_to_the_bot_and_back(page: Browser, bot: Bot) -> None:
    async with page.stream() as news:
        assert (await anext(news))["type"] == "state"
        assert await page.does("start") == 200
        assert await page.does("text", text="Где <b>заказ</b>?") == 200
        told = [message.text for message in await updates(bot)]
        assert told == ["/start", "Где <b>заказ</b>?"]
        keys = [[{"text": "5", "callback_data": "stars:5", "style": "primary"}]]
        question = await bot.send_message(
            MARINA,
            "<b>Как</b> вам?",
            reply_markup={"inline_keyboard": keys},  # type: ignore[arg-type]
        )
        shown = (await until(news, type="message", person=MARINA))["message"]
        while shown["mine"]:
            shown = (await until(news, type="message", person=MARINA))["message"]
        assert (shown["text"], shown["entities"][0]["type"]) == ("Как вам?", "bold")
        assert shown["keys"][0][0] | {"data": "stars:5", "style": "primary"} == shown["keys"][0][0]

        assert await page.does("tap", message=question.message_id, data="stars:5") == 200
        query = (await updates(bot))[-1]
        assert query.data == "stars:5"
        await bot.answer_callback_query(query.id, "Спасибо", show_alert=True)
        answer = await until(news, type="answer", person=MARINA)
        assert (answer["text"], answer["alert"]) == ("Спасибо", True)
        await bot.edit_message_text("Спасибо!", chat_id=MARINA, message_id=question.message_id)
        edited = await until(news, type="edited")
        assert (edited["message"]["text"], edited["message"]["keys"]) == ("Спасибо!", [])
    assert await page.does("tap", message=question.message_id, data="stars:5") == 409


async def test_a_photo_and_an_album(page: Browser, bot: Bot) -> None:
    await page.does("start")
    assert await page.uploads(PNG, kind="photo", caption="Вот") == {}
    assert await page.uploads(PNG, PNG, kind="photo") == {}
    _, photo, *album = await updates(bot)
    assert photo.caption == "Вот"
    assert len({part.media_group_id for part in album}) == 1
    shown = (await page.sees())["messages"][1]
    async with page.http.get(page.address + shown["file"]["url"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PNG)
        assert answer.headers["Content-Security-Policy"] == "sandbox"
    ranged = {"Range": "bytes=0-3"}
    async with page.http.get(page.address + shown["file"]["url"], headers=ranged) as answer:
        assert (answer.status, await answer.read()) == (206, PNG[:4])
    assert await page.uploads(b"<svg/>", kind="photo") == {"error": "no_picture"}
    assert await page.uploads(*[PNG] * 11, kind="photo") == {"error": "too_many"}
    assert await page.uploads(b"", kind="document") == {"error": "empty_file"}


async def test_what_a_microphone_recorded_is_opus_in_ogg(page: Browser, bot: Bot) -> None:
    await page.does("start")
    assert await page.uploads(webm(packets=100), kind="voice") == {}
    _, said = await updates(bot)
    assert (said.voice.duration, said.voice.mime_type) == (2, "audio/ogg")
    content = await bot.download(said.voice.file_id)
    assert content is not None
    ogg = content.read()
    assert ogg.startswith(b"OggS")
    assert ogg.count(b"OggS") == 6  # the head, the tags and 100 packets of 20 ms
    assert await page.uploads(ogg, kind="voice") == {}
    assert (await updates(bot))[-1].voice.duration == 2
    for nothing in (b"ID3", webm(packets=0), webm(packets=3)[:60], b"OggS but Vorbis"):
        assert await page.uploads(nothing, kind="voice") == {"error": "no_voice"}


def webm(packets: int) -> bytes:
    """As a browser records: lengths that are not known yet, a block a packet."""
    head = b"OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00"
    entry = b"\x86\x86A_OPUS" + b"\x63\xa2" + bytes([0x80 | len(head)]) + head
    tracks = b"\x16\x54\xae\x6b\xff" + b"\xae" + bytes([0x80 | len(entry)]) + entry
    blocks = [b"\xa3\x86\x81" + bytes([0, n, 0x80, 0x08, n]) for n in range(packets)]
    cluster = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + b"".join(blocks)
    begin = b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01" + b"\xff" * 7
    return begin + tracks + cluster


async def test_older_messages_come_when_asked_for(page: Browser) -> None:
    await page.does("start")
    for n in range(70):
        await page.does("text", text=str(n))
    marina = await page.sees()
    assert (len(marina["messages"]), marina["older"]) == (60, True)
    first = marina["messages"][0]["id"]
    url = f"{page.address}/api/people/{MARINA}/messages"
    async with page.http.get(url, params={"before": first}) as answer:
        rest = await answer.json()
    assert [one["text"] for one in rest["messages"]] == ["/start", *map(str, range(10))]
    assert rest["older"] is False
    async with page.http.get(url, params={"before": "x"}) as answer:
        assert answer.status == 409


async def test_a_document_is_saved_and_never_opened_here(page: Browser) -> None:
    await page.does("start")
    await page.uploads(b"<script>alert(1)</script>", kind="document")
    shown = (await page.sees())["messages"][1]
    async with page.http.get(page.address + shown["file"]["url"]) as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.content_type == "application/octet-stream"


async def test_edits_replies_contacts_places_and_blocking(page: Browser, bot: Bot) -> None:
    await page.does("start")
    await page.does("text", text="Зокас")
    word = (await page.sees())["messages"][1]["id"]
    await page.does("edit", message=word, text="Заказ")
    await page.does("text", text="№ 4187", reply_to=word)
    await page.does("contact")
    await page.does("place", latitude=55.7, longitude=37.6)
    _, _, edited, reply, contact, place = await updates(bot)
    assert edited.text == "Заказ"
    assert reply.reply_to_message.message_id == word
    assert (contact.contact.user_id, contact.contact.phone_number) == (MARINA, "+79005550101")
    assert place.location.latitude == 55.7
    assert await page.does("delete", message=word) == 200
    assert await page.does("text", text="!", reply_to=word) == 409
    assert await page.does("block") == 200
    assert await page.does("text", text="Вы тут?") == 409
    assert (await page.sees())["chat"]["blocked"]
    assert await page.does("start", payload="inv_1") == 200
    assert (await page.sees())["messages"][-1]["text"] == "/start inv_1"


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("text", {"text": "   "}),
        ("text", {}),
        ("text", {"text": "x" * 30_000}),
        ("edit", {"message": "../1", "text": "x"}),
        ("tap", {"message": 1}),
        ("start", {"payload": "два слова"}),
        ("place", {"latitude": 99, "longitude": True}),
        ("unblock", {}),
    ],
)
async def test_nonsense_is_refused(page: Browser, act: str, told: dict[str, Any]) -> None:
    await page.does("start")
    assert await page.does(act, **told) == 409


async def test_who_is_not_there_and_what_cannot_be_done(page: Browser) -> None:
    assert await page.does("start", person=999) == 404
    assert await page.does("fly") == 404
    assert await page.does("text", text="Ещё не начали") == 409
    async with page.http.post(f"{page.address}/api/people", data="[", headers=page.origin) as no:
        assert no.status == 409


async def test_a_new_customer(page: Browser) -> None:
    url, told = f"{page.address}/api/people", {"language": "en"}
    async with page.stream() as news:
        async with page.http.post(url, json=told, headers=page.origin) as answer:
            number = (await answer.json())["id"]
        newcomer = (await until(news, type="person"))["newcomer"]
    assert (newcomer["id"], newcomer["role"], newcomer["language"]) == (number, "customer", "en")
    assert await page.does("start", person=number) == 200


async def test_only_the_page_itself_may_ask(page: Browser) -> None:
    port = URL(page.address).port
    url = f"{page.address}/api/people/{MARINA}/start"
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://127.0.0.1:{(port or 0) + 1}"},
        {},
        {"Origin": f"http://evil.example:{port}", "Host": f"evil.example:{port}"},
        page.origin | {"Sec-Fetch-Site": "cross-site"},
    ):
        async with page.http.post(url, json={}, headers=headers) as answer:
            assert answer.status == 403, headers
    for headers in ({"Host": "evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        async with page.http.get(f"{page.address}/api/state", headers=headers) as answer:
            assert answer.status == 403, headers
    assert (await page.sees())["messages"] == []


# The program.


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    ours = {"PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "default", "SPEECH_MODEL": "off"}
    return kept | ours | more


@asynccontextmanager
async def started(
    folder: Path, *arguments: str, **settings: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """The process, and the first line it prints."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "playground", *arguments),
        cwd=folder,
        env=environment(**settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(120):
            yield process, (await process.stdout.readline()).decode()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_the_program_answers_and_stops(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    theirs = tmp_path / "precious.db"
    settings = {"DATABASE_URL": f"sqlite+aiosqlite:///{theirs}", "BOT_TOKEN": "not even a token"}
    old = tmp_path / "data" / "playground.db"
    old.parent.mkdir()
    old.write_bytes(b"yesterday's")
    async with started(tmp_path, "--port", "0", **settings) as (process, line):
        address = line.split()[0]
        assert address.startswith("http://127.0.0.1:")
        page = Browser(http, address)
        async with page.stream() as news:
            await page.does("start")
            answer = await until(news, type="message", person=MARINA)
            while answer["message"]["mine"]:
                answer = await until(news, type="message", person=MARINA)
            assert answer["message"]["text"].startswith("Здравствуйте")
            await page.does("text", text="Где мой заказ?")
            offer = await until(news, type="message", person=ANNA)
            while "Где мой заказ?" not in offer["message"]["text"]:
                offer = await until(news, type="message", person=ANNA)
            process.terminate()
        _, errors = await process.communicate()
        assert (process.returncode, b"Traceback" in errors) == (0, False), errors.decode()
    assert not theirs.exists()
    assert old.read_bytes().startswith(b"SQLite")


def test_a_taken_port_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"playground: HTTP_PORT={port}: something else listens")
    assert said.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite:///x.db", "sqlite+aiosqlite:////nowhere/at/all/x.db"])
def test_a_database_that_cannot_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "mkdir", refused)
    assert main(["--port", "0", "--database", url]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert said.err.startswith("playground: --database=")


def refused(*_: Any, **__: Any) -> None:
    raise PermissionError(13, "Permission denied")
