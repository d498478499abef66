"""Speech to text: whisper on the server's own CPU, in a worker process of its own."""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from bot.charts import settle_in
from bot.spellings import OFF

logger = logging.getLogger(__name__)

MODELS = Path("data/models")
"""Where models are kept that were fetched."""
IDLE = 600.0
"""Seconds without a voice after which the model's memory is given back."""
TRIES = 2
LANGUAGES = ("ru", "en")
SURE = 0.8
"""How sure of a foreign language one must be to say so."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said."""

    text: str
    """Empty: nothing that could be made out."""
    language: str
    """As it was heard: "ru", "en", or another that nobody here speaks."""
    seconds: float
    """How long it is."""


class CannotHear(Exception):
    """Nobody is to listen; dictation is off until the program is started with a model."""


class NoModel(Exception):
    """It cannot be fetched or read now; it may be later."""


class NoSound(Exception):
    """The file is no sound, or broken."""


class TooLong(Exception):
    """It would keep everybody else waiting."""


class Ear(Protocol):
    """Any engine that makes text of speech."""

    async def hear(self, sound: Path, language: str | None, glossary: str) -> Heard:
        """`language`: what the speaker speaks, if that is known. `glossary`: words to expect.

        Errors: CannotHear, NoModel, NoSound, TooLong.
        """
        ...

    async def close(self) -> None: ...


class Whisper:
    """faster-whisper. One sound at a time; the model is loaded with the first one, and dropped
    when nobody has spoken for a while."""

    def __init__(self, model: str, cache: Path, idle: float = IDLE) -> None:
        self._model = model
        self._cache = cache
        self._idle = idle
        self._one_at_a_time = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._drop: asyncio.TimerHandle | None = None
        self._under_way: Future[Heard] | None = None
        """Nobody may wait for it any more: the worker goes on until it is told to end."""

    async def hear(self, sound: Path, language: str | None, glossary: str) -> Heard:
        if self._model == OFF:
            raise CannotHear
        async with self._one_at_a_time:
            if self._drop is not None:
                self._drop.cancel()
            try:
                return await self._asked(transcribed, sound, language, glossary)
            finally:
                loop = asyncio.get_running_loop()
                self._drop = loop.call_later(self._idle, self._forget)

    async def _asked(self, what: Callable[..., Heard], *about: Any) -> Heard:
        for attempt in range(1, TRIES + 1):
            pool = self._pool = self._pool or ProcessPoolExecutor(
                1, mp_context=get_context("spawn"), initializer=settle_in
            )
            try:
                self._under_way = pool.submit(what, self._model, self._cache, *about)
                return await asyncio.wrap_future(self._under_way)
            except BrokenProcessPool:
                logger.warning("the listening process died and is replaced")
                self._forget()
                if attempt == TRIES:
                    raise
        raise AssertionError

    @property
    def processes(self) -> Sequence[int]:
        """Of the worker, once it has begun."""
        return list(getattr(self._pool, "_processes", None) or ())

    def _forget(self) -> None:
        """The process ends by itself once it has nothing to do."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)

    async def close(self) -> None:
        if self._drop is not None:
            self._drop.cancel()
        pool, self._pool = self._pool, None
        if pool is not None:
            if self._under_way is not None and not self._under_way.done():  # for minutes, perhaps
                for process in list(getattr(pool, "_processes", {}).values()):
                    process.terminate()
            await asyncio.to_thread(pool.shutdown, cancel_futures=True)


_loaded: dict[str, Any] = {}
"""In the worker: the model."""


def transcribed(name: str, cache: Path, sound: Path, language: str | None, glossary: str) -> Heard:
    """In the worker. Errors: NoModel, NoSound, TooLong."""
    import av  # noqa: PLC0415 - the worker's alone
    from faster_whisper.audio import decode_audio  # noqa: PLC0415

    model = _loaded.get(name) or _loaded.setdefault(name, _model(name, cache))
    try:
        with av.open(str(sound)) as container:  # before hours of it fill the memory
            is_long = (container.duration or 0) / av.time_base > MAX_SECONDS
        samples = [] if is_long else decode_audio(str(sound))
    except Exception as broken:  # noqa: BLE001 - PyAV has many of its own
        raise NoSound(type(broken).__name__) from None
    seconds = len(samples) / 16_000
    if is_long or seconds > MAX_SECONDS:
        raise TooLong
    if seconds < MIN_SECONDS:
        raise NoSound("too short")
    heard, sure, _ = model.detect_language(samples)
    if heard not in LANGUAGES:
        if sure >= SURE:
            return Heard("", heard, seconds)
        heard = language or LANGUAGES[0]
    elif language is not None and sure < SURE:
        heard = language
    segments, _ = model.transcribe(
        samples,
        language=heard,
        beam_size=5,
        temperature=0.0,
        vad_filter=True,
        condition_on_previous_text=False,
        initial_prompt=glossary or None,
    )
    said = [each.text.strip() for each in segments if each.no_speech_prob < MOSTLY_NOISE]
    return Heard(" ".join(said).strip(), heard, seconds)


MIN_SECONDS, MAX_SECONDS = 0.3, 605.0
"""A little more than ten minutes: players round."""
MOSTLY_NOISE = 0.8


def _model(name: str, cache: Path) -> Any:
    """Loaded; one that is not here yet is fetched once, with its progress on stderr.

    Errors: NoModel.
    """
    from faster_whisper import WhisperModel  # noqa: PLC0415 - the worker's alone

    folder = Path(name)
    try:
        return WhisperModel(
            str(folder) if folder.is_dir() else name,
            device="cpu",
            compute_type="int8",
            cpu_threads=max(1, (os.cpu_count() or 1) // 2),
            download_root=str(cache),
        )
    except Exception as missing:  # noqa: BLE001 - of the network, the hub, the files
        raise NoModel(f"{type(missing).__name__}: {name}") from None
