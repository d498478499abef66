"""Tables for a spreadsheet, in which nothing somebody wrote is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a program may take for the beginning of a formula, in full width as well."""


def harmless(value: Any) -> str:
    """The value as a cell: words that could be a formula are marked as words by an apostrophe.

    Numbers of ours stay numbers: only what somebody wrote is text here.
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    words = str(value)
    return f"'{words}" if words.lstrip(" ").startswith(FORMULAS) else words


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(head)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")
