"""`python -m bot import FILE`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.clock import utc_now
from bot.progress import bar
from bot.settings import Settings
from desk.past import files, history, layout
from desk.past.history import History
from desk.past.layout import CannotImport, Layout
from desk.past.rows import Entry, Reader
from kpi.figures import Count, Figure, Mean, MeanTime, Median, Share
from kpi.past import PAST
from storage.database import Database
from storage.migrate import step
from storage.migrations import HEAD

CALLED: Mapping[str, str] = {
    "first_closing_time": "opening to first closing",
    "last_closing_time": "opening to last closing",
    "reopened_share": "opened again",
}
"""What is not of the catalogue has no name there; what is goes by its own."""
BESIDE = ("conversations", "closed", "first_response_time", "last_closing_time", "csat")
"""By what operators stand beside each other; below it each has all figures."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line."""

    file: Path
    mapping: Path | None = None
    strict: bool = False
    check: bool = False


async def import_file(settings: Settings, asked: Asked) -> Iterator[str]:
    """Lines for whoever asked. The whole file is read before anything is put in.

    Errors: CannotImport.
    """
    how = layout.read(asked.mapping)
    found = _read(settings, asked.file, how)
    if asked.check:
        return _checked(asked, found, how)
    if asked.strict and found.rejected:
        for line in _left_out(found):
            print(line)  # noqa: T201 - for a person
        raise CannotImport(
            f"{asked.file}: {_rows(len(found.rejected))} left out: nothing is put in"
        )
    here = await step(settings.database_url)
    if here is None:
        raise CannotImport("there is no database of Otklik's yet; `migrate` makes it")
    if here != HEAD:
        raise CannotImport("the database is of another version; `migrate` brings it up to date")
    database = Database(settings.database_url)
    try:
        with bar("importing", "row") as tell:
            new = await history.put(database, found, how, utc_now(), tell)
    finally:
        await database.close()
    return _told(asked, found, how, new)


def _read(settings: Settings, file: Path, how: Layout) -> History:
    reader = Reader(how, settings.timezone, settings.rules().schedule, utc_now())
    with bar("reading", "row") as tell:

        def rows() -> Iterator[files.Row]:
            for done, row in enumerate(files.rows(file, how), start=1):
                tell(done, None)
                yield row

        return history.read(rows(), reader)


def _told(asked: Asked, found: History, how: Layout, new: int) -> Iterator[str]:
    yield from _left_out(found)
    there = len(found.entries) - new
    yield (
        f"{new:,} conversations of {asked.file} are in, as history of “{how.source}”;"
        f" {there:,} were there already, {len(found.rejected):,} left out,"
        f" {found.skipped.total():,} skipped."
    )


def _left_out(found: History) -> Iterator[str]:
    for line, reason in found.rejected:
        yield f"line {line}: {reason}"
    for reason, times in found.skipped.most_common():
        yield f"skipped as the mapping says, {reason}: {times:,}"
    if found.unused:
        yield f"columns that are not used: {', '.join(found.unused)}"


def _checked(asked: Asked, found: History, how: Layout) -> Iterator[str]:
    yield from _left_out(found)
    yield (
        f"{asked.file}: {_rows(found.rows)}, of which {len(found.entries):,} can be imported,"
        f" {len(found.rejected):,} are left out, {found.skipped.total():,} skipped."
        f" Spans are in {how.clock} time."
    )
    yield ""
    yield f"{'':28}{'n':>8}  figure"
    for name, figure in _figures(found.entries).items():
        yield f"{CALLED.get(name, name):28}{figure.n:>8,}  {_said(figure)}{_beside(figure)}"
    yield ""
    yield f"{'operator':28}" + "".join(f"{CALLED.get(name, name):>28}" for name in BESIDE)
    of_operators = {
        operator or "(nobody named)": _figures(entries)
        for operator, entries in found.of_operators().items()
    }
    for operator, figures in of_operators.items():
        cells = "".join(f"{_short(figures[name]):>28}" for name in BESIDE)
        yield f"{operator:28}{cells}"
    for operator, figures in of_operators.items():
        yield ""
        yield operator
        for name, figure in figures.items():
            yield f"  {CALLED.get(name, name):26}{figure.n:>8,}  {_said(figure)}{_beside(figure)}"


def _figures(entries: Sequence[Entry]) -> Mapping[str, Figure]:
    facts = [entry.facts for entry in entries]
    return {name: reckoned(facts) for name, reckoned in PAST.items()}


def _said(figure: Figure) -> str:
    """With what it rests on; a file is all there is, so few records are said to be few."""
    match figure:
        case Figure(value=None):
            return "unknown"
        case Count():
            return ""
        case Median():
            between = (
                "" if figure.low is None else f", 95 % {_time(figure.low)}…{_time(figure.high)}"
            )
            said = f"median {_time(figure.value)}{between}, mean {_time(figure.mean)}"
            said += f", p90 {_time(figure.p90)}"
        case Share():
            said = f"{_percent(figure.value)}, 95 % {_percent(figure.low)}…{_percent(figure.high)}"
        case MeanTime():
            said = f"mean {_time(figure.value)}"
            if figure.low is not None:
                said += f", 95 % {_time(figure.low)}…{_time(figure.high)}"
        case Mean():
            between = "" if figure.low is None else f", 95 % {figure.low:.2f}…{figure.high:.2f}"
            said = f"mean {figure.value:.2f}{between}"
        case _:
            said = f"{figure.value}"
    return said if figure.enough else f"{said} (few: {figure.n} of {figure.least_n})"


def _beside(figure: Figure) -> str:
    left = ", ".join(f"{reason} {n:,}" for reason, n in figure.left_out.items())
    return f"; left out: {left}" if left else ""


def _short(figure: Figure) -> str:
    match figure:
        case Count():
            return f"{figure.n:,}"
        case Figure(value=None):
            return "unknown"
        case Median():
            return f"{_time(figure.value)} (n {figure.n:,})"
        case _:
            return f"{_percent(figure.value)} (n {figure.n:,})"


def _time(seconds: float | None) -> str:
    return "unknown" if seconds is None else f"{seconds / 3600:,.3f} h"


def _percent(share: float | None) -> str:
    return "unknown" if share is None else f"{share:.1%}"


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"
