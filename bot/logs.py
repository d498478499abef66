"""What the program says of itself: ids and kinds, never tokens, never what people wrote."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{5,}")
OURS = ("bot", "api", "handlers", "desk", "storage", "i18n", "kpi", "playground", "__main__")
"""Who speaks at the level that was set. Libraries repeat what people wrote, statements with their
values and whole requests, so they only warn, whatever was set."""

Trouble = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class TextLines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: Trouble) -> str:  # noqa: N802 - logging's own name
        return where_and_what(ei[1]) if ei[1] else ""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(plain(record)))


class JsonLines(logging.Formatter):
    """An object a line: `event` is the same for all of a kind, `values` are what tells them
    apart."""

    def format(self, record: logging.LogRecord) -> str:
        record = plain(record)
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "event": str(record.msg),
            "values": _values(record.args),
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1]:
            line["trouble"] = where_and_what(record.exc_info[1])
        return without_tokens(json.dumps(line, ensure_ascii=False))


def _values(args: Any) -> list[Any]:
    given = args if isinstance(args, tuple) else (args,) if args else ()
    return [one if isinstance(one, int | float | str | None) else str(one) for one in given]


def plain(record: logging.LogRecord) -> logging.LogRecord:
    """asyncio lists what it knows of a task, its error's message among it: its first line says
    what happened, the error itself is told our way."""
    if record.name == "asyncio":
        record.msg, record.args = record.getMessage().partition("\n")[0], None
    return record


def where_and_what(error: BaseException) -> str:
    """The way to an error and its kind. Its message may quote a person, so it is left out."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        lines.append(type(seen).__qualname__)
        if isinstance(seen, BaseExceptionGroup):
            lines += [where_and_what(one) for one in seen.exceptions]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def without_tokens(line: str) -> str:
    return TOKEN.sub("<token>", line)


def set_up(level: str, form: str) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    libraries = max(logging.WARNING, logging.getLevelNamesMapping()[level])
    logging.basicConfig(level=libraries, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each tick that is late
    for name in OURS:
        logging.getLogger(name).setLevel(level)
