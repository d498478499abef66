"""The log says where and what kind; never what people wrote, never the token."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs
from storage.messages import Messages
from tests.conftest import TOKEN, Desk

WORDS = "my card number is 4111"


@pytest.fixture(params=["text", "json"])
def said(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged at DEBUG."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    logs.set_up("DEBUG", request.param)
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


async def test_a_message_that_is_handled(desk: Desk, said: io.StringIO) -> None:
    await desk.customer(WORDS).types(WORDS)
    assert WORDS not in said.getvalue()
    assert TOKEN not in said.getvalue()


async def test_a_message_that_fails(
    desk: Desk, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: Messages, row: Any) -> None:
        raise ValueError(f"cannot keep {row.text!r} for {TOKEN}")

    with monkeypatch.context() as broken:
        broken.setattr(Messages, "add", fails)
        await desk.customer("Anna").types(WORDS)
    assert "ValueError" in said.getvalue()
    assert "test_logs.py" in said.getvalue()
    assert WORDS not in said.getvalue()
    assert TOKEN not in said.getvalue()
    async with desk.database.reading() as tx:
        assert await tx.stalled.next_due() is not None


async def test_a_statement_that_fails(desk: Desk, said: io.StringIO) -> None:
    person = await desk.person(await _known(desk))
    with pytest.raises(Exception, match=r"IntegrityError|NotNullViolationError") as failed:
        async with desk.database.writing() as tx:
            await tx.people.add(type(person)(telegram_id=person.telegram_id, name=WORDS))
    assert WORDS not in str(failed.value)
    logging.getLogger("desk").error("failed", exc_info=failed.value)
    assert WORDS not in said.getvalue()


async def test_a_task_nobody_waited_for(said: io.StringIO) -> None:
    async def fails() -> None:
        raise ValueError(WORDS)

    task = asyncio.ensure_future(fails())
    await asyncio.wait([task])
    del task
    gc.collect()
    assert "Task exception was never retrieved" in said.getvalue()
    assert "ValueError" in said.getvalue()
    assert WORDS not in said.getvalue()


async def test_several_errors_at_once_are_all_told(said: io.StringIO) -> None:
    group = ExceptionGroup("", [ValueError(WORDS), ExceptionGroup("", [KeyError(WORDS)])])
    logging.getLogger("bot").error("stopped", exc_info=group)
    assert "ValueError" in said.getvalue()
    assert "KeyError" in said.getvalue()
    assert WORDS not in said.getvalue()


def test_a_line_of_json_is_one() -> None:
    record = logging.LogRecord("bot", 20, "", 1, "two\nlines of 123456:AAabcdefgh", None, None)
    line = logs.JsonLines().format(record)
    assert json.loads(line)["message"] == "two\nlines of <token>"
    assert "\n" not in line


def test_what_a_machine_reads_has_the_kind_of_event_and_its_numbers() -> None:
    error = ValueError(WORDS)
    record = logging.LogRecord(
        "bot.intake",
        40,
        "",
        1,
        "update %s is parked after %s tries",
        (17, 5),
        (ValueError, error, None),
    )
    line = json.loads(logs.JsonLines().format(record))
    assert list(line) == [
        "at",
        "level",
        "logger",
        "process",
        "event",
        "values",
        "message",
        "trouble",
    ]
    assert line["event"] == "update %s is parked after %s tries"
    assert line["values"] == [17, 5]
    assert line["message"] == "update 17 is parked after 5 tries"
    assert line["trouble"] == "ValueError"


async def _known(desk: Desk) -> Any:
    anna = desk.customer("Anna")
    await anna.starts()
    return anna
