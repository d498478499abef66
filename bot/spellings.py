"""How values of settings are spelled. Each refuses with one sentence saying what is allowed."""

import re
from collections.abc import Callable, Mapping
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator

from desk.rules import REPLY_WITHIN, WeeklyMoment, one_limit
from storage.models import Priority, Question

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = timedelta(days=3650)
SHORTEST_KEPT = timedelta(days=90)
AT_MOST_ASKED = 2
"""Questions after the stars."""
LARGEST_ID = 2**52  # Telegram promises that many bits
LOOPBACK = re.compile(r"localhost|127(\.[0-9]{1,3}){3}|::1")


def spelled(parse: Callable[[str], object]) -> BeforeValidator:
    """Reads text; a value that is no text is passed on as it is (settings made in code)."""
    return BeforeValidator(lambda value: parse(value.strip()) if isinstance(value, str) else value)


def duration(text: str) -> timedelta:
    given = re.fullmatch(r"([0-9]{1,9})([smhd])", text)
    length = timedelta(**{UNITS[given[2]]: int(given[1])}) if given else timedelta(0)
    if not timedelta(0) < length <= LONGEST:
        raise ValueError("expected a duration such as 90s, 5m, 72h or 7d")
    return length


def keeping(text: str) -> timedelta:
    """Long enough that a quarter's figures can be looked into."""
    try:
        length = duration(text)
    except ValueError:
        length = timedelta(0)
    if length < SHORTEST_KEPT:
        raise ValueError("expected a duration of at least 90d, such as 365d")
    return length


def reply_limits(text: str) -> Mapping[Priority, timedelta]:
    """`5m`, or by priority `urgent=2m,high=5m`; one that is not named has the normal one's."""
    try:
        if "=" not in text:
            return one_limit(duration(text))
        pairs = [part.partition("=") for part in text.split(",")]
        named = {Priority(name.strip()): duration(limit.strip()) for name, _, limit in pairs}
    except ValueError:
        named, pairs = {}, []
    if not named or len(named) < len(pairs):
        raise ValueError(
            "expected a duration such as 90s, 5m, 72h or 7d, or one by priority, each once:"
            " urgent=2m,high=5m,normal=5m,low=30m"
        )
    normal = named.get(Priority.NORMAL, REPLY_WITHIN)
    return {priority: named.get(priority, normal) for priority in Priority}


def survey_questions(text: str) -> tuple[tuple[Question, ...], ...]:
    """`solved+nps, professional`: turns of one or two questions; `none`: nothing is asked."""
    if text.lower() == "none":
        return ()
    try:
        turns = tuple(
            tuple(Question(question.strip()) for question in turn.split("+"))
            for turn in text.lower().split(",")
        )
    except ValueError:
        turns = ()
    if not turns or any(len(turn) > AT_MOST_ASKED or len(set(turn)) < len(turn) for turn in turns):
        raise ValueError(
            "expected none, or turns of one or two different questions of solved, satisfied,"
            " professional, nps, ces, such as solved+nps, professional"
        )
    return turns


def telegram_ids(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(
        re.fullmatch(r"[0-9]{1,16}", part) and 0 < int(part) < LARGEST_ID for part in parts
    ):
        raise ValueError(
            "expected Telegram ids of people separated by commas, such as 12345,67890"
        )
    return frozenset(map(int, parts))


def time_zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):  # unknown, not a name at all, a folder of names
        raise ValueError("expected a time zone such as Europe/Moscow or UTC") from None


def weekly_moment(text: str) -> WeeklyMoment:
    day, _, clock = text.lower().partition(" ")
    given = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", clock.strip())
    if day not in WEEKDAYS or not given:
        raise ValueError("expected a weekday and a time such as mon 09:00 or fri 17:30")
    return WeeklyMoment(WEEKDAYS.index(day), time(int(given[1]), int(given[2])))


def bot_token(text: str) -> str:
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", text):
        raise ValueError("expected a token as @BotFather gives it, such as 123456:ABC-DEF")
    return text


def webhook_secret(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise ValueError("expected 1 to 256 characters of A-Z, a-z, 0-9, _ and -")
    return text


def server_url(text: str) -> str:
    """http or https, without the slash at its end."""
    if not _reads_as_url(text, {"http", "https"}):
        raise ValueError("expected an address such as https://api.telegram.org")
    return text.rstrip("/")


def webhook_url(text: str) -> str:
    """https, or http on this machine: Telegram itself calls nothing else."""
    host = (urlsplit(text).hostname or "") if _reads_as_url(text, {"http", "https"}) else ""
    if not host or not (text.lower().startswith("https:") or LOOPBACK.fullmatch(host)):
        raise ValueError("expected an https:// address (http:// on this machine only)")
    return text


def database_url(text: str) -> str:
    file = text.startswith("sqlite+aiosqlite:///") and not text.endswith("/")
    if not file and not _reads_as_url(text, {"postgresql+asyncpg"}):
        raise ValueError(
            "expected sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
        )
    return text


def without_credentials(url: str) -> str:
    """To be shown: what may hold a password becomes `***`, however it is misspelled."""
    who, at, where = url.rpartition("@")
    scheme = who.partition(":")[0]
    shown = f"{scheme}://***@{where}" if at else url
    path, question, _ = shown.partition("?")
    return f"{path}?***" if question else path


def _reads_as_url(text: str, schemes: set[str]) -> bool:
    try:
        url = urlsplit(text)
        port_fits = url.port != 0
    except ValueError:
        return False
    return (
        url.scheme in schemes and bool(url.hostname) and port_fits and not re.search(r"\s", text)
    )


LONGEST_GLOSSARY = 400
"""Characters; a model reads no more than 224 tokens of what it is to expect."""


def glossary(value: str) -> str:
    """Words and names, separated by commas."""
    words = [" ".join(word.split()) for word in value.split(",")]
    joined = ", ".join(word for word in words if word)
    if len(joined) <= LONGEST_GLOSSARY:
        return joined
    raise ValueError(f"expected at most {LONGEST_GLOSSARY} characters")


OFF = "off"
SPEECH_MODELS = ("tiny", "base", "small", "medium", "large-v3", "turbo")


def speech_model(value: str) -> str:
    """Nobody listens, whisper of a size, or the folder of a model."""
    if value.lower() in (OFF, *SPEECH_MODELS):
        return value.lower()
    if (Path(value) / "model.bin").is_file():
        return value
    raise ValueError(
        f"expected off, one of {', '.join(SPEECH_MODELS)}, or a folder with model.bin"
    )
