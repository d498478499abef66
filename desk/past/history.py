"""A whole file of another tool's history: what of it can be taken, and putting it in."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desk.past.files import Row
from desk.past.layout import CannotImport, Layout
from desk.past.rows import Entry, Reader, Rejected
from storage.database import Database, UnitOfWork
from storage.models import Deed, Person

AT_A_TIME = 500
"""Conversations that are put in together: a running bot waits some milliseconds for them."""

Tell = Callable[[int, int | None], None]


@dataclass(slots=True)
class History:
    """What a file holds."""

    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)
    """Line and reason."""
    skipped: Counter[str] = field(default_factory=Counter)
    """By the layout's reason."""
    unused: Sequence[str] = ()
    """Columns that nobody asked for."""

    def of_operators(self) -> Mapping[str | None, Sequence[Entry]]:
        """Each operator's, who has most first; None: those that name nobody."""
        found: dict[str | None, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.operator, []).append(entry)
        return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0] or "")))


def read(rows: Iterable[Row], reader: Reader) -> History:
    """Every row is looked at before anything is put in. Errors: CannotImport."""
    history, seen = History(), dict[str, int]()
    asked = {*reader.layout.named.values(), *(skip.column for skip in reader.layout.skip)}
    for row in rows:
        if not history.rows:
            history.unused = [name for name in row.cells if name and name not in asked]
        history.rows += 1
        reason = _skipped(row, reader.layout)
        if reason is not None:
            history.skipped[reason] += 1
            continue
        try:
            entry = reader.entry(row)
        except Rejected as why:
            history.rejected.append((row.line, str(why)))
            continue
        if (before := seen.setdefault(entry.external_id, row.line)) == row.line:
            history.entries.append(entry)
        else:
            history.rejected.append((row.line, f"the same as line {before}"))
    return history


def _skipped(row: Row, layout: Layout) -> str | None:
    for skip in layout.skip:
        if str(row.cells.get(skip.column) or "").strip() == skip.equals:
            return skip.reason
    return None


async def known(tx: UnitOfWork, layout: Layout, names: Iterable[str]) -> Mapping[str, int]:
    """Whose numbers the file's operators have here, as far as they are here.

    Errors: CannotImport, for a Telegram id that is nobody's.
    """
    before = await tx.imported.operators(layout.source)
    found = {name: number for name in names if (number := before.get(digest(layout, name)))}
    for name, telegram_id in layout.operators.items():
        if name in found:
            continue
        person = await tx.people.by_telegram(telegram_id)
        if person is None:
            raise CannotImport(
                f"operators: {telegram_id} is nobody the bot knows; {name} must press Start first"
            )
        found[name] = person.id
    return found


def digest(layout: Layout, name: str) -> str:
    """By which an operator of the file is known again."""
    return hashlib.sha256(f"{layout.source}\0{name.casefold()}".encode()).hexdigest()


async def put(
    database: Database, history: History, layout: Layout, now: datetime, tell: Tell
) -> int:
    """Put in what is not there yet; how many that were.

    In short transactions beside a running bot: stopped in the middle it goes on where it was.
    Errors: CannotImport.
    """
    async with database.reading() as tx:
        there = await tx.imported.there(layout.source)
    new = [entry for entry in history.entries if entry.external_id not in there]
    names = {entry.operator for entry in new if entry.operator is not None}
    async with database.writing() as tx:
        people = await _people(tx, layout, sorted(names), now)
        tx.audit.note(
            Deed.RECORDS_IMPORTED, about="team:1", by_id=None, now=now, conversations=len(new)
        )
    tell(0, len(new))
    for begin in range(0, len(new), AT_A_TIME):
        some = new[begin : begin + AT_A_TIME]
        async with database.writing() as tx:
            await tx.imported.put([_row(entry, layout, people, now) for entry in some])
        tell(begin + len(some), len(new))
    return len(new)


async def _people(
    tx: UnitOfWork, layout: Layout, names: Sequence[str], now: datetime
) -> Mapping[str, int]:
    """Everybody's number; who is nobody here yet becomes somebody without Telegram or a role."""
    people = dict(await known(tx, layout, names))
    before = await tx.imported.operators(layout.source)
    for name in names:
        if name not in people:
            person = Person(name=name, reachable=False, created_at=now)
            people[name] = (await tx.people.add(person)).id
        if digest(layout, name) not in before:
            await tx.imported.know(layout.source, digest(layout, name), people[name])
    return people


def _row(
    entry: Entry, layout: Layout, people: Mapping[str, int], now: datetime
) -> Mapping[str, Any]:
    return {
        "source": layout.source,
        "external_id": entry.external_id,
        "operator_id": None if entry.operator is None else people[entry.operator],
        "customer": entry.customer,
        "priority": entry.priority,
        "opened_at": entry.opened_at,
        "first_answer_at": entry.first_answer_at,
        "first_closed_at": entry.first_closed_at,
        "closed_at": entry.closed_at,
        "outcome": entry.outcome,
        "first_answer_seconds": _rounded(entry.first_answer_seconds),
        "resolution_seconds": _rounded(entry.resolution_seconds),
        "handle_seconds": _rounded(entry.handle_seconds),
        "operators": entry.operators,
        "reopened": entry.reopened,
        "stars": entry.stars,
        "rated_at": entry.rated_at,
        "imported_at": now,
    }


def _rounded(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)
