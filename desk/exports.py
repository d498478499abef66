"""Every record as files that any tool reads; docs/export.md tells what each column means."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from desk.rules import Rules
from desk.spreadsheet import harmless
from storage import records
from storage.database import UnitOfWork
from storage.migrations import HEAD

ABOUT = "about.csv"
VEIL = "…"
Progress = Callable[[int, int | None], None]
"""`(done, of)`, in rows."""


async def write(
    tx: UnitOfWork, folder: Path, facts: Mapping[str, str], tell: Progress, *, words: bool
) -> int:
    """One file a table, all of one moment, which is that of the transaction; how many rows.

    Without `words` there stands `…` where people are named or wrote something. `facts` go to
    about.csv.
    """
    await tx.records.stand_still()
    sizes = await tx.records.sizes()
    done, of = 0, sum(sizes.values())
    _write(folder / ABOUT, ("name", "value"), facts.items())
    for table in sizes:
        file, head = folder / f"{table}.csv", records.columns(table)
        veiled = frozenset() if words else records.WORDS.get(table, frozenset())
        _write(file, head, ())
        async for page in tx.records.of(table):
            _append(file, (_row(head, row, veiled) for row in page))
            done += len(page)
            tell(done, of)
    return done


def _row(head: Sequence[str], row: Sequence[Any], veiled: frozenset[str]) -> Sequence[Any]:
    return [
        _veil(name, cell) if name in veiled else cell for name, cell in zip(head, row, strict=True)
    ]


def _veil(name: str, value: Any) -> Any:
    """That there is something, and nothing of what it is; moods and moments of an entry stay."""
    if name == "content" and isinstance(value, dict):
        named = records.WORDS["diary_entries"]
        return {key: _veil(key, kept) if key in named else kept for key, kept in value.items()}
    return VEIL if value else value


def facts(
    rules: Rules, hours: str, holidays: str, now: datetime, *, words: bool
) -> dict[str, str]:
    """What the records' figures are reckoned by besides; names as the settings have them."""
    return {
        "exported_at": _spelled(now),
        "schema": HEAD,
        "words": _spelled(words),
        "TIMEZONE": str(rules.zone),
        "WORKING_HOURS": hours,
        "HOLIDAYS": holidays,
        "NEGATIVE_RATING": str(rules.negative_rating),
        "REPLY_WITHIN": ",".join(
            f"{priority.value}={within.total_seconds():.0f}s"
            for priority, within in rules.reply_within.items()
        ),
    }


def _write(file: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """With the mark by which spreadsheet programs know UTF-8."""
    with file.open("w", encoding="utf-8-sig", newline="") as written:
        csv.writer(written).writerow(head)
    _append(file, rows)


def _append(file: Path, rows: Iterable[Sequence[Any]]) -> None:
    with file.open("a", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows([harmless(_spelled(cell)) for cell in row] for row in rows)


def _spelled(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            return value
