"""One row of a file: a conversation, or one sentence why it is left out."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.past.files import Row
from desk.past.layout import CHOICES, MOMENTS, SPANS, UNITS, Column, Layout
from kpi.past import PastConversation
from kpi.records import Outcome as Closed
from kpi.worktime import Schedule
from storage.models import Outcome, Priority

LONGEST_ID = 128
MOST = 1_000_000
"""Times something may have been opened again, or people at it: more is a mistake."""
LONGEST_SPAN = 50 * 366 * 86400.0
SPELLED_SPAN = re.compile(
    r"(?P<number>-?\d+(\.\d+)?)|(?P<hours>\d+):(?P<minutes>[0-5]\d)(:(?P<seconds>[0-5]\d(\.\d+)?))?"
)
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)


class Rejected(Exception):
    """Why the row is left out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation of the file; None where the row says nothing."""

    line: int
    external_id: str
    operator: str | None
    """As the file calls them."""
    customer: str | None
    """A digest."""
    priority: Priority
    opened_at: datetime
    first_answer_at: datetime | None
    first_closed_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    first_answer_seconds: float | None
    first_closing_seconds: float | None
    resolution_seconds: float | None
    handle_seconds: float | None
    operators: int | None
    reopened: int | None
    stars: int | None
    rated_at: datetime | None

    @property
    def facts(self) -> PastConversation:
        """What its figures are made of."""
        return PastConversation(
            is_closed=self.closed_at is not None,
            outcome=None if self.outcome is None else Closed(self.outcome.value),
            first_answer_seconds=self.first_answer_seconds,
            first_closing_seconds=self.first_closing_seconds,
            resolution_seconds=self.resolution_seconds,
            handle_seconds=self.handle_seconds,
            operators=self.operators,
            reopened=self.reopened,
            stars=self.stars,
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one layout; spans run on the team's schedule, or all the time."""

    layout: Layout
    zone: ZoneInfo
    """The team's."""
    schedule: Schedule
    now: datetime

    def entry(self, row: Row) -> Entry:
        """Errors: Rejected."""
        if row.surplus:
            raise Rejected("more cells than the head has names")
        said = {column: row.cells.get(name) for column, name in self.layout.named.items()}
        said = {column: _bare(cell) for column, cell in said.items()}
        for column, constant in self.layout.constants.items():
            if said.get(column) is None:
                said[column] = constant
        moments = {column: self._moment(column, said.get(column)) for column in MOMENTS}
        opened, closed = moments[Column.OPENED], moments[Column.CLOSED]
        first_closed = moments[Column.FIRST_CLOSED] or closed
        closed = closed or first_closed
        if opened is None:
            raise Rejected("no moment of opening")
        _in_order(opened, moments[Column.FIRST_ANSWER], first_closed, closed)
        answered = moments[Column.FIRST_ANSWER]
        spans = {column: self._span(column, said.get(column)) for column in SPANS}
        stars = self._stars(said.get(Column.STARS))
        return Entry(
            line=row.line,
            external_id=self._number(said.get(Column.ID), row),
            operator=_words(said.get(Column.OPERATOR), 256),
            customer=self._digest(said.get(Column.CUSTOMER)),
            priority=Priority(self._choice(Column.PRIORITY, said) or Priority.NORMAL),
            opened_at=opened,
            first_answer_at=answered,
            first_closed_at=first_closed,
            closed_at=closed,
            outcome=self._outcome(said) if closed else None,
            first_answer_seconds=self._between(spans[SPANS[0]], opened, answered),
            first_closing_seconds=self._between(None, opened, first_closed),
            resolution_seconds=self._between(spans[SPANS[1]], opened, closed),
            handle_seconds=spans[SPANS[2]],
            operators=_whole(Column.OPERATORS, said.get(Column.OPERATORS)),
            reopened=_reopened(said),
            stars=stars,
            rated_at=(moments[Column.RATED] or closed or opened) if stars else None,
        )

    def _moment(self, column: Column, cell: Any) -> datetime | None:
        if cell is None:
            return None
        name = self.layout.called(column)
        try:
            moment = self._read(cell).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Rejected(f"{name}: {_short(cell)} is no moment") from None
        if moment > self.now:
            raise Rejected(f"{name}: {_short(cell)} is in the future")
        if moment < OLDEST:
            raise Rejected(f"{name}: {_short(cell)} is before 1990")
        return moment

    def _read(self, cell: Any) -> datetime:
        """Errors: ValueError."""
        theirs, form = self.layout.time_zone, self.layout.time_format
        if isinstance(cell, datetime):
            moment = cell
        elif form is None:
            moment = datetime.fromisoformat(str(cell))
        else:
            moment = datetime.strptime(str(cell), form)  # noqa: DTZ007 - its zone comes below
        zone = self.zone if theirs is None else ZoneInfo(theirs)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)

    def _span(self, column: Column, cell: Any) -> float | None:
        """Seconds of `90`, `1:30`, `01:30:00`, in the unit the layout says."""
        if cell is None:
            return None
        spelled = SPELLED_SPAN.fullmatch(str(cell).replace(",", "."))
        if spelled is None:
            raise Rejected(f"{self.layout.called(column)}: {_short(cell)} is no time")
        if spelled["number"]:
            seconds = float(spelled["number"]) * UNITS[self.layout.units.get(column, "seconds")]
        else:
            hours, minutes = int(spelled["hours"]), int(spelled["minutes"])
            seconds = 3600.0 * hours + 60.0 * minutes + float(spelled["seconds"] or 0)
        if not 0 <= seconds <= LONGEST_SPAN:
            raise Rejected(f"{self.layout.called(column)}: {_short(cell)} cannot be")
        return seconds

    def _between(self, given: float | None, start: datetime, end: datetime | None) -> float | None:
        """What the file gives, else between its moments."""
        if given is not None or end is None:
            return given
        if self.layout.clock == "calendar":
            return (end - start).total_seconds()
        return self.schedule.between(start, end)

    def _choice(self, column: Column, said: Mapping[Column, Any]) -> str | None:
        """One of our words for it."""
        cell = said.get(column)
        if cell is None:
            return None
        ours = {k.casefold(): v for k, v in self.layout.values.get(column, {}).items()}
        word = str(cell).casefold()
        found = CHOICES[column].get(ours.get(word, word))
        if found is None:
            name = self.layout.called(column) or column.value
            raise Rejected(f"{name}: {_short(cell)} is none of {', '.join(CHOICES[column])}")
        return found

    def _outcome(self, said: Mapping[Column, Any]) -> Outcome | None:
        word = self._choice(Column.OUTCOME, said)
        return None if word is None else Outcome(word)

    def _stars(self, cell: Any) -> int | None:
        if cell is None:
            return None
        ours = self.layout.values.get(Column.STARS, {})
        stars = _whole(Column.STARS, ours.get(str(cell), cell))
        if stars is None or not 1 <= stars <= 5:
            raise Rejected(f"{self.layout.called(Column.STARS)}: {_short(cell)} is not 1 to 5")
        return stars

    def _number(self, cell: Any, row: Row) -> str:
        """The conversation's, or a digest of the row where it has none."""
        if cell is None:
            whole = "\0".join(f"{name}\1{row.cells[name]}" for name in sorted(row.cells))
            return hashlib.sha256(whole.encode()).hexdigest()
        number = str(cell)
        if len(number) > LONGEST_ID or "\0" in number:
            raise Rejected(f"{self.layout.called(Column.ID)}: longer than {LONGEST_ID} characters")
        return number

    def _digest(self, cell: Any) -> str | None:
        if cell is None:
            return None
        said = f"{self.layout.source}\0{str(cell).casefold()}"
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _bare(cell: Any) -> Any:
    """The cell without what stands around it; None: nothing in it."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)  # a spreadsheet's numbers are all alike
    return cell


def _short(cell: Any) -> str:
    words = " ".join(str(cell).split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def _words(cell: Any, longest: int) -> str | None:
    if cell is None:
        return None
    return " ".join(str(cell).replace("\0", "").split())[:longest] or None


def _whole(column: Column, cell: Any) -> int | None:
    if cell is None:
        return None
    try:
        number = int(str(cell))
    except ValueError:
        raise Rejected(f"{column.value}: {_short(cell)} is no whole number") from None
    if not 0 <= number <= MOST:
        raise Rejected(f"{column.value}: {_short(cell)} cannot be")
    return number


def _reopened(said: Mapping[Column, Any]) -> int | None:
    again = _whole(Column.REOPENED, said.get(Column.REOPENED))
    closings = _whole(Column.CLOSINGS, said.get(Column.CLOSINGS))
    if again is None and closings:
        return closings - 1
    return again


def _in_order(
    opened: datetime, answered: datetime | None, first: datetime | None, closed: datetime | None
) -> None:
    """Errors: Rejected, for a span that would be negative."""
    if answered is not None and answered < opened:
        raise Rejected("answered before it was opened")
    if first is not None and first < opened:
        raise Rejected("closed before it was opened")
    if first is not None and answered is not None and first < answered:
        raise Rejected("closed before the first answer")
    if first is not None and closed is not None and closed < first:
        raise Rejected("closed for the last time before the first")
