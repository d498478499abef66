"""What the program says of itself: ids and kinds, never tokens, never what people wrote."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{5,}")
QUIET = {
    "aiogram": logging.WARNING,
    "aiogram.dispatcher": logging.ERROR,
    "aiohttp.access": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "asyncio": logging.WARNING,
}
"""Libraries that would repeat people's words or fill the disk at a lower level."""

Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class TextLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: Trouble) -> str:  # noqa: N802 - logging's own name
        return where_and_what(ei[1]) if ei[1] else ""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["trouble"] = where_and_what(record.exc_info[1])
        return without_tokens(json.dumps(line, ensure_ascii=False))


def where_and_what(error: BaseException) -> str:
    """The way to an error and its kind. Its message may quote a person, so it is left out."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(type(seen).__qualname__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def without_tokens(line: str) -> str:
    return TOKEN.sub("<token>", line)


def set_up(level: str, form: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
