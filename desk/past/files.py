"""CSV and XLSX as rows of cells with the line each stands in."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from desk.past.layout import CannotImport, Layout

LOOKED_AT = 64 * 1024
"""Characters by which the delimiter is told."""
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    """As an editor or a spreadsheet program counts them."""
    cells: Mapping[str, Any]
    """By the head's name: text, or what a spreadsheet has: a number, a moment, yes or no."""
    surplus: bool = False
    """It has more cells than the head."""


def rows(path: Path, layout: Layout) -> Iterator[Row]:
    """The rows that say anything. Errors: CannotImport."""
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _numbered(_of_workbook(path, layout), layout, path)
        else:
            yield from _numbered(_of_text(path, layout), layout, path)
    except OSError as no:
        raise CannotImport(f"{path} cannot be read: {no.strerror or no}") from no


Numbered = Iterator[tuple[int, Sequence[Any]]]


def _of_text(path: Path, layout: Layout) -> Numbered:
    try:
        text = path.read_bytes().decode(layout.encoding)
    except UnicodeDecodeError as no:
        raise CannotImport(
            f"{path} is not {layout.encoding} (byte {no.start}); say its encoding in the mapping"
        ) from no
    except LookupError as no:
        raise CannotImport(f"there is no encoding {layout.encoding}") from no
    table = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter or _told(text))
    begins = 1
    try:
        for cells in table:
            yield begins, cells
            begins = table.line_num + 1
    except csv.Error as no:
        raise CannotImport(f"{path}, line {begins}: {no}") from no


def _told(text: str) -> str:
    """The one the head has most of."""
    head = text[:LOOKED_AT].partition("\n")[0]
    return max(DELIMITERS, key=head.count)


def _of_workbook(path: Path, layout: Layout) -> Numbered:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as no:
        raise CannotImport(f"{path} is not an XLSX file") from no
    try:
        if layout.sheet is not None and layout.sheet not in book.sheetnames:
            there = ", ".join(book.sheetnames)
            raise CannotImport(f"{path} has no sheet {layout.sheet}; there are: {there}")
        sheet = book[layout.sheet] if layout.sheet else book.worksheets[0]
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    finally:
        book.close()


def _numbered(lines: Numbered, layout: Layout, path: Path) -> Iterator[Row]:
    head: list[str] = []
    for line, cells in lines:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if not head:
            head = [str(cell or "").strip() for cell in cells]
            _check_head(head, layout, path)
            continue
        surplus = any(cell not in (None, "") for cell in cells[len(head) :])
        yield Row(line, dict(zip(head, cells, strict=False)), surplus)
    if not head:
        raise CannotImport(f"{path} is empty")


def _check_head(head: Sequence[str], layout: Layout, path: Path) -> None:
    """Errors: CannotImport, for a column that is not there or there twice."""
    asked = [*layout.columns.values(), *(skip.column for skip in layout.skip)]
    for name in asked or ["opened"]:
        if name not in head:
            there = ", ".join(filter(None, head)) or "no names in its first row"
            raise CannotImport(f"{path} has no column {name}; there are: {there}")
        if head.count(name) > 1:
            raise CannotImport(f"{path} has the column {name} more than once")
