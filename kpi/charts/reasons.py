"""Why customers were dissatisfied: a Pareto chart, its bars parted by who could mend it."""

from kpi.charts.letters import text_width
from kpi.charts.page import (
    GAP,
    HEAD_ENDS,
    LEAD,
    LEFT,
    RIGHT,
    SMALL,
    TITLE,
    fit,
    head,
    nothing_here,
    rule,
)
from kpi.charts.sheet import Sheet
from kpi.charts.theme import PALETTES, Palette, shades
from kpi.pages import Cause, ReasonsPage

WHOLE_WIDTH = 964
"""Of the bar of all bad ratings."""
BARS = 772
"""Of the longest bar below it: the running share stands beside."""
ROW, BAR = 84, 32
SEAM = 4
FRAME = 3
SECOND = 564
COLUMN = 460


def reasons_page(page: ReasonsPage) -> bytes:
    palette = PALETTES[page.theme]
    sheet = Sheet(palette.paper)
    draw_reasons(sheet, palette, page)
    return sheet.png(shades(palette))


def draw_reasons(sheet: Sheet, palette: Palette, page: ReasonsPage) -> None:
    head(sheet, palette, page.name, page.dates, page.headline)
    rule(sheet, palette, HEAD_ENDS)
    fit(sheet, LEFT, 282, page.title, palette.ink, RIGHT - LEFT, size=TITLE, weight=600)
    fit(sheet, LEFT, 1315, page.note, palette.muted, RIGHT - LEFT)
    if not page.whole.all:
        nothing_here(sheet, palette, page.nothing)
        return
    _whole(sheet, palette, page)
    rule(sheet, palette, 423)
    _rows(sheet, palette, page)
    if any(advice.text for advice in page.advice):
        rule(sheet, palette, 1101)
    for column, (advice, color) in enumerate(
        zip(page.advice, (palette.company_label, palette.data), strict=False)
    ):
        x = (LEFT, SECOND)[column]
        if not advice.text:
            continue
        fit(sheet, x, 1145, advice.title, color, COLUMN, weight=600)
        for number, line in enumerate(sheet.wrapped(advice.text, COLUMN, 3)[0]):
            sheet.text(x, 1184 + LEAD * number, line, palette.ink)


def _whole(sheet: Sheet, palette: Palette, page: ReasonsPage) -> None:
    """All bad ratings in one bar, each part named in it or, where it is too short, below it."""
    names = page.company, page.operator, page.unsorted
    counts = page.whole.company, page.whole.operator, page.whole.unsorted
    labels = palette.company_label, palette.data, palette.muted
    parts = _parts(palette, page.whole, LEFT, WHOLE_WIDTH / page.whole.all)
    below: list[tuple[str, str]] = []
    for (x, wide, color, on), count, name, label in zip(parts, counts, names, labels, strict=True):
        if not count:
            continue
        _segment(sheet, palette, x, 308, wide, 56, color)
        words = f"{name} {count}"
        if text_width(words, 30, 600) + 40 <= wide:
            sheet.text(x + 20, 347, words, on, size=30, weight=600)
        else:
            sheet.text(x + wide / 2, 346, str(count), on, weight=600, align="center")
            below.append((name, label))
    right = float(RIGHT)
    for words, color in reversed(below):
        sheet.text(right, 401, words, color, align="right")
        right -= text_width(words, SMALL) + 2 * GAP


def _rows(sheet: Sheet, palette: Palette, page: ReasonsPage) -> None:
    sheet.text(LEFT, 470, page.rows_title, palette.ink, size=TITLE, weight=600)
    sheet.text(RIGHT, 470, page.running_title, palette.muted, align="right")
    each = BARS / max(row.cause.all for row in page.rows)
    for number, row in enumerate(page.rows):
        y = 520 + ROW * number + (10 if 0 < page.most <= number else 0)
        fit(sheet, LEFT, y, row.label, palette.ink, RIGHT - LEFT)
        within = number < page.most
        color, weight = (palette.ink, 600) if within else (palette.muted, 400)
        sheet.text(RIGHT, y + 38, row.running, color, weight=weight, align="right")
        _bar(sheet, palette, row.cause, y + 12, each)
        if number + 1 == page.most < len(page.rows):
            _dotted(sheet, palette, y + 59)


def _bar(sheet: Sheet, palette: Palette, cause: Cause, top: float, each: float) -> None:
    counts = cause.company, cause.operator, cause.unsorted
    for (x, wide, color, on), count in zip(
        _parts(palette, cause, LEFT, each), counts, strict=True
    ):
        if not count:
            continue
        _segment(sheet, palette, x, top, wide, BAR, color)
        sheet.text(x + wide / 2, top + 26, str(count), on, weight=600, align="center")


Part = tuple[float, float, str, str]
"""From where, how wide, its colour (none: hollow), and that of words on it."""


def _parts(palette: Palette, cause: Cause, left: float, each: float) -> list[Part]:
    """Side by side. A number has room in the smallest, so a small one is a little too wide."""
    found: list[Part] = []
    colors = (
        (palette.company, palette.on_company),
        (palette.data, palette.paper),
        ("", palette.ink),
    )
    counts = cause.company, cause.operator, cause.unsorted
    for count, (color, on) in zip(counts, colors, strict=True):
        wide = max(text_width(str(count), SMALL, 600) + 10, count * each - SEAM) if count else 0.0
        found.append((left, wide, color, on))
        left += wide + SEAM if count else 0
    return found


def _segment(
    sheet: Sheet, palette: Palette, x: float, y: float, wide: float, high: float, color: str
) -> None:
    if color:
        sheet.bar(x, y, wide, high, color, r=4)
        return
    sheet.bar(x, y, wide, high, palette.little, r=4)
    inner = wide - 2 * FRAME, high - 2 * FRAME
    sheet.bar(x + FRAME, y + FRAME, *inner, palette.paper, r=2)


def _dotted(sheet: Sheet, palette: Palette, y: float) -> None:
    x = float(LEFT)
    while x < RIGHT - 3:
        sheet.dot(x + 2, y, 2, palette.little)
        x += 12
