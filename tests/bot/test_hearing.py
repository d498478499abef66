"""The engine itself, on recordings of people who dictate; and a whole dictation with it."""

import asyncio
import re
import shutil
import time
import tomllib
import wave
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import jiwer
import pytest
from faster_whisper.audio import decode_audio
from sqlalchemy import select

from benchmarks import models
from bot.hearing import CannotHear, NoModel, NoSound, TooLong, Whisper
from storage.models import DiaryDraft
from tests.conftest import Desk

RECORDINGS = Path(__file__).parents[1] / "recordings"
WORST = 0.3
"""Of a hundred words so many may be misheard, missed or made up, on average."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The multilingual base model, joined from its packages."""
    if not models.is_there():
        pytest.skip("NOT TESTED: speech, for its model is not installed (requirements-dev.lock)")
    folder = models.join(tmp_path_factory.mktemp("model"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
async def ear(model: Path, tmp_path: Path) -> AsyncIterator[Whisper]:
    ear = Whisper(str(model), tmp_path)
    yield ear
    await ear.close()


def written(name: str) -> str:
    """What is said in a recording."""
    known = tomllib.loads((RECORDINGS / "entries.toml").read_text(encoding="utf-8"))["entry"]
    return str(next(each["text"] for each in known if each["name"] == name))


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", text.lower().replace("ё", "е")).split())


def silence(path: Path, seconds: float) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\0\0" * int(16_000 * seconds))
    return path


async def test_both_languages_are_understood(ear: Whisper, tmp_path: Path) -> None:
    """Nobody says which: it is told from the voice. Silence and rubbish are neither."""
    for language, names in (("ru", ("ru08", "ru17")), ("en", ("en08", "en17"))):
        wrong = []
        for name in names:
            heard = await ear.hear(RECORDINGS / f"{name}.ogg", None, "")
            assert heard.language == language
            assert heard.seconds > 5
            wrong.append(jiwer.wer(plain(written(name)), plain(heard.text)))
        assert sum(wrong) / len(wrong) <= WORST, wrong

    quiet = await ear.hear(silence(tmp_path / "quiet.wav", 3), "ru", "")
    assert quiet.text == ""
    with pytest.raises(NoSound):
        await ear.hear(silence(tmp_path / "click.wav", 0.1), "ru", "")
    with pytest.raises(TooLong):
        await ear.hear(silence(tmp_path / "long.wav", 620), "ru", "")
    rubbish = tmp_path / "rubbish.ogg"
    rubbish.write_bytes(b"this is no sound")
    with pytest.raises(NoSound):
        await ear.hear(rubbish, "ru", "")


async def test_a_name_that_is_expected_is_spelled_as_it_is(ear: Whisper) -> None:
    """Without the glossary it is heard as «Сергей и Ванов»."""
    heard = await ear.hear(RECORDINGS / "ru02.ogg", "ru", "Люмен, Сергей Иванов")
    assert "Сергей Иванов" in heard.text


async def test_an_operator_dictates_and_sees_the_fields(desk: Desk, model: Path) -> None:
    if not desk.database.is_sqlite:
        pytest.skip("once is enough: the model is slow")
    desk.ear = Whisper(str(model), model)
    await desk.restarts()
    boris = await desk.operator("Boris")
    await boris.sends_voice((RECORDINGS / "en17.ogg").read_bytes(), duration=9)
    assert "balance" in boris.reads
    assert "Customer: Andrew Taylor" in boris.reads
    async with desk.database.reading() as tx:
        (draft,) = await tx._session.scalars(select(DiaryDraft))
    assert draft.content["status"] == "done"


async def test_a_stop_does_not_wait_for_the_last_word(ear: Whisper, tmp_path: Path) -> None:
    """Whoever waited for it has gone; the worker, in the middle of minutes, goes as well."""
    await ear.hear(silence(tmp_path / "quiet.wav", 1), "ru", "")
    long = asyncio.ensure_future(ear.hear(_long(tmp_path / "long.wav"), "en", ""))
    await asyncio.sleep(0.5)
    long.cancel()
    await asyncio.wait([long])
    began = time.perf_counter()
    await ear.close()
    assert time.perf_counter() - began < 5


def _long(path: Path) -> Path:
    """Half a minute of somebody who goes on and on: the machine needs some ten for it."""
    samples = (decode_audio(str(RECORDINGS / "en02.ogg")) * 32767).astype("int16").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples * 5)
    return path


async def test_without_a_model_there_is_a_word_for_it(tmp_path: Path) -> None:
    ear = Whisper(str(tmp_path / "nothing here"), tmp_path)
    with pytest.raises(NoModel):
        await ear.hear(RECORDINGS / "en01.ogg", None, "")
    off = Whisper("off", tmp_path)
    with pytest.raises(CannotHear):
        await off.hear(RECORDINGS / "en01.ogg", None, "")
    await asyncio.gather(ear.close(), off.close())
