"""Tables as an XLSX workbook, in which nothing somebody wrote is taken for a formula."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from handlers.screens.report_tables import Cell, Part, Table

WIDEST, NARROWEST = 46, 9
"""Characters of a column."""
LOOKED_AT = 200
"""Rows by which a column's width is chosen."""


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """A sheet a table, its head in sight and with filters."""
    book = Workbook(write_only=True)
    book.properties.creator = "Otklik"
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(table), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_cell(sheet, name, bold=True) for name in table.head])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
        last = get_column_letter(len(table.head))
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"  # whatever it begins with
    else:
        cell = WriteOnlyCell(sheet, float(value) if isinstance(value, Part) else value)
    if isinstance(value, Part):
        cell.number_format = "0.0%"
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(table: Table) -> Sequence[int]:
    def width(value: Cell) -> int:
        return 19 if isinstance(value, datetime) else len(str("" if value is None else value))

    seen = [table.head, *table.rows[:LOOKED_AT]]
    return [
        max(NARROWEST, min(WIDEST, 2 + max(width(row[place]) for row in seen)))
        for place in range(len(table.head))
    ]
