"""Dictation: how fast it is heard, whom that holds up, and how much of it ends where it belongs.

Twenty recordings in each language; the baseline puts all that was heard into one field. While
somebody is listened to, the bot answers taps beside it on the same machine.
"""

import asyncio
import tempfile
import time
import tomllib
import wave
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvloop
from faster_whisper.audio import decode_audio

from benchmarks import models
from benchmarks.latency import Contender, Load, contender_of, in_ms, round_of
from benchmarks.report import Finding, Void, say
from bot.hearing import Whisper
from desk.dictation import Told, read

RECORDINGS = Path(__file__).parents[1] / "tests/recordings"
NOW, ZONE = datetime(2026, 3, 2, 7, tzinfo=UTC), ZoneInfo("Europe/Moscow")
"""When the recordings were made, as their texts have it."""
RATE = 16_000
FIELDS = ("request", "done", "result", "mood", "status", "channel", "customer", "follow_up")
SHARE = 0.9
"""Of the fields of an entry so many must be right."""

Known = Mapping[str, Any]


def measure(quick: bool) -> Sequence[Finding]:
    if not models.is_there():
        raise Void("the model is not installed (requirements-dev.lock)")
    with tempfile.TemporaryDirectory() as folder:
        return uvloop.run(_measure(Path(folder), quick))


async def _measure(folder: Path, quick: bool) -> Sequence[Finding]:
    ear = Whisper(str(models.join(folder)), folder)
    try:
        known = tomllib.loads((RECORDINGS / "entries.toml").read_text(encoding="utf-8"))["entry"]
        short, long = [_spoken(folder, seconds) for seconds in (10, 60)]
        await ear.hear(short, "en", "")  # loads the model
        findings = [await _speed(ear, short, 10), await _speed(ear, long, 60)]
        findings.append(Finding("memory", _memory(ear), "MiB"))
        findings += await _beside(folder, ear, long, 100 if quick else 400)
        for language in ("ru", "en"):
            some = [each for each in known if each["name"].startswith(language)]
            findings += await _fields(ear, language, some[:3] if quick else some)
    finally:
        await ear.close()
    return findings


def _spoken(folder: Path, seconds: int) -> Path:
    """So much speech, of the recordings one after the other."""
    samples: list[float] = []
    for path in sorted(RECORDINGS.glob("en*.ogg")):
        if len(samples) < seconds * RATE:
            samples += decode_audio(str(path)).tolist()
    path = folder / f"{seconds}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        cut = (int(sample * 32767) for sample in samples[: seconds * RATE])
        file.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in cut))
    return path


async def _speed(ear: Whisper, sound: Path, seconds: int) -> Finding:
    began = time.perf_counter()
    await ear.hear(sound, "en", "")
    took = time.perf_counter() - began
    say(f"  {seconds} s of speech: heard in {took:.1f} s")
    return Finding(f"speed-{seconds}s", seconds / took, "x")


def _memory(ear: Whisper) -> float:
    """MiB of the process that listens."""
    (process,) = ear.processes
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise Void("the process that listens has ended")


async def _beside(folder: Path, ear: Whisper, sound: Path, taps: int) -> Sequence[Finding]:
    """What a customer's tap takes while somebody is listened to, by what it takes otherwise."""
    bot = await contender_of(folder, "otklik", "benchmarks.otklik", 20 + 4 * taps)
    try:
        await bot.program.start()
        await round_of(bot, Load("warm-up", 20, 1, None))
        for _ in range(2):
            await round_of(bot, Load("idle", taps, 1, None))
            await _listening(bot, ear, sound, taps)
    finally:
        await bot.program.stop()
        await bot.server.stop()
    (idle, idle99), (busy, busy99) = (in_ms(bot.took[name]) for name in ("idle", "busy"))
    say(f"  taps: idle p50 {idle:.0f} p99 {idle99:.0f} ms, beside p50 {busy:.0f} p99 {busy99:.0f}")
    return [
        Finding("beside-p50", busy / idle, "x"),
        Finding("beside-p99", busy99 / idle99, "x", at_most=1.5),
    ]


async def _listening(bot: Contender, ear: Whisper, sound: Path, taps: int) -> None:
    async def again() -> None:
        while True:
            await ear.hear(sound, "en", "")

    listening = asyncio.ensure_future(again())
    await asyncio.sleep(1)
    await round_of(bot, Load("busy", taps, 1, None))
    listening.cancel()
    await asyncio.wait([listening])


async def _fields(ear: Whisper, language: str, known: Sequence[Known]) -> Sequence[Finding]:
    right = alone = 0
    for entry in known:
        heard = await ear.hear(RECORDINGS / f"{entry['name']}.ogg", None, "")
        told = read(heard.text, NOW, ZONE)
        right += sum(_is_right(entry, field, told) for field in FIELDS)
        alone += sum(_is_right(entry, field, Told(request=heard.text)) for field in FIELDS)
    of = len(FIELDS) * len(known)
    say(f"  {language}: {right} of {of} fields right, all in one field {alone}")
    return [
        Finding(f"fields-{language}", right / of, at_least=SHARE),
        Finding(f"one-field-{language}", alone / of),
    ]


def _is_right(entry: Known, field: str, told: Told) -> bool:
    """Words of a field may be misheard, one of those that are asked for, too."""
    expected, found = entry.get(field), getattr(told, field)
    if field in ("request", "done", "result"):
        if expected is None or not found:
            return expected is None and not found
        there = sum(word.lower() in found.lower() for word in expected)
        return there >= max(1, len(expected) - 1)
    if field == "follow_up":
        if not isinstance(found, datetime):
            return expected is None and found is None
        return bool(found.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == expected)
    return bool((expected or None) == (getattr(found, "value", found) or None))
