"""Load and lateness by hour and weekday: circles whose areas are numbers of waits.

A circle in a circle shows how much of the load was late without a second scale; the numbers stand
at the ends of rows and columns.
"""

from math import sqrt

from kpi.charts.page import HEAD_ENDS, LEFT, RIGHT, TITLE, fit, head, nothing_here, rule
from kpi.charts.sheet import Sheet
from kpi.charts.theme import PALETTES, Palette, shades
from kpi.pages import DAYS, HoursPage

CELLS_LEFT, CELLS_RIGHT = 146, 838
FIRST, SUMS, ENDS = 362, 1136, 1222
"""Where the rows begin, the first line of sums, and the rule below them."""
MOST_ROW = 76
LEAST_R, LEAST_LATE, MOST_R = 4.0, 2.5, 34.0
HALO = 2


def hours_page(page: HoursPage) -> bytes:
    palette = PALETTES[page.theme]
    sheet = Sheet(palette.paper)
    draw_hours(sheet, palette, page)
    return sheet.png(shades(palette))


def draw_hours(sheet: Sheet, palette: Palette, page: HoursPage) -> None:
    head(sheet, palette, page.name, page.dates, page.headline)
    rule(sheet, palette, HEAD_ENDS)
    fit(sheet, LEFT, 282, page.title, palette.ink, RIGHT - LEFT, size=TITLE, weight=600)
    rule(sheet, palette, ENDS)
    _legend(sheet, palette, page)
    if not page.cells:
        nothing_here(sheet, palette, page.nothing)
        return
    row = min(MOST_ROW, (SUMS - 44 - FIRST) / len(page.cells))
    _days(sheet, palette, page)
    for number, cells in enumerate(page.cells):
        y = FIRST + row * (number + 0.5)
        worse = number in page.worse_hours
        color, weight = (palette.target, 600) if worse else (palette.muted, 400)
        sheet.text(LEFT, y + 10, page.hours[number], color, weight=weight)
        room = RIGHT - CELLS_RIGHT - 8
        fit(sheet, RIGHT, y + 10, page.of[number], color, room, weight=weight, align="right")
        sheet.bar(CELLS_LEFT, round(y) - 1, CELLS_RIGHT - CELLS_LEFT, 2, palette.track)
        for day, cell in enumerate(cells):
            _circle(sheet, palette, page, _x(day), y, row, cell.waits, cell.late)
    _sums(sheet, palette, page, FIRST + row * len(page.cells))


def _x(day: int) -> float:
    return CELLS_LEFT + (CELLS_RIGHT - CELLS_LEFT) * (day + 0.5) / DAYS


def _circle(
    sheet: Sheet,
    palette: Palette,
    page: HoursPage,
    x: float,
    y: float,
    row: float,
    waits: int,
    late: int,
) -> None:
    """Areas are proportional; a little one is drawn a little larger than it is, to be seen."""
    if not waits:
        return
    most = max(cell.waits for cells in page.cells for cell in cells)
    largest = min(MOST_R, row / 2 - 1)

    r = max(LEAST_R, largest * sqrt(waits / most))
    sheet.dot(x, y, r + HALO, palette.paper)
    sheet.dot(x, y, r, palette.interval)
    if late:
        sheet.dot(x, y, max(LEAST_LATE, r * sqrt(late / waits)), palette.target)


def _days(sheet: Sheet, palette: Palette, page: HoursPage) -> None:
    for day, label in enumerate(page.days):
        worse = day in page.worse_days
        color, weight = (palette.target, 600) if worse else (palette.muted, 400)
        sheet.text(_x(day), 338, label, color, weight=weight, align="center")


def _sums(sheet: Sheet, palette: Palette, page: HoursPage, bottom: float) -> None:
    """Below the rows: of each weekday all waits, and the late ones."""
    first = bottom + 44
    sheet.text(LEFT, first, page.total, palette.muted)
    sheet.text(LEFT, first + 38, page.late, palette.target)
    for day in range(DAYS):
        waits = sum(cells[day].waits for cells in page.cells)
        late = sum(cells[day].late for cells in page.cells)
        weight = 600 if day in page.worse_days else 400
        sheet.text(_x(day), first, str(waits), palette.ink, align="center")
        color = palette.target if late else palette.muted
        sheet.text(_x(day), first + 38, str(late), color, weight=weight, align="center")


def _legend(sheet: Sheet, palette: Palette, page: HoursPage) -> None:
    for number, (words, r, color) in enumerate(
        zip(page.legend, (13, 8), (palette.interval, palette.target), strict=True)
    ):
        y = 1264 + 40 * number
        sheet.dot(LEFT + 14, y - 9, 13, palette.interval)
        sheet.dot(LEFT + 14, y - 9, r, color)
        fit(sheet, LEFT + 42, y, words, palette.muted, RIGHT - LEFT - 42)
