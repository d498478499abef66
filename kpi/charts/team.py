"""The team's comparison: groups of operators around the team's line, by name within."""

from kpi.charts.letters import text_width
from kpi.charts.page import GAP, LEFT, RIGHT, SMALL, TITLE, fit, head, nothing_here, rule
from kpi.charts.plot import CAPSULE, HALO, RING, THIN
from kpi.charts.sheet import Sheet
from kpi.charts.theme import PALETTES, Palette, shades
from kpi.comparison import Standing
from kpi.pages import ComparedRow, ComparisonPage, Group

NAMES_END = 382
AXIS_LEFT, AXIS_RIGHT = 396, 928
TOP, FIRST, BOTTOM = 346, 392, 1172
ROW, HEADING, AFTER_HEADING = 52, 66, 46
"""From line to line, from a row to the next group's title, from that to its first row; all of
them grow and shrink together."""
LEAST, MOST = 38 / ROW, 60 / ROW
DOT = 11


def comparison_page(page: ComparisonPage) -> bytes:
    palette = PALETTES[page.theme]
    sheet = Sheet(palette.paper)
    draw_comparison(sheet, palette, page)
    return sheet.png(shades(palette))


def draw_comparison(sheet: Sheet, palette: Palette, page: ComparisonPage) -> None:
    head(sheet, palette, page.name, page.dates, page.headline)
    rule(sheet, palette, 233)
    fit(sheet, LEFT, 282, page.title, palette.ink, RIGHT - LEFT, size=TITLE, weight=600)
    for number, line in enumerate(page.legend[:2]):
        fit(sheet, LEFT, 1278 + 36 * number, line, palette.muted, RIGHT - LEFT)
    rule(sheet, palette, 1236)
    if not page.groups:
        nothing_here(sheet, palette, page.nothing)
        return
    scale = _scale(page.groups)
    bottom = _lines(page.groups, scale)[-1][0] + 40
    _axis(sheet, palette, page, bottom)
    for baseline, what in _lines(page.groups, scale):
        if isinstance(what, ComparedRow):
            _row(sheet, palette, page, what, baseline)
        else:
            words, weight, standing = what
            color = _named(palette, standing)
            wide = text_width(words, SMALL, weight)
            over = 0.0 if weight == 400 else wide + 12
            sheet.bar(LEFT, baseline - 30, max(0.0, over), 42, palette.paper)
            fit(sheet, LEFT, baseline, words, color, RIGHT - LEFT, weight=weight)


def _scale(groups: tuple[Group, ...]) -> float:
    """How far apart lines stand, so that all have room."""
    tall = _lines(groups, 1)[-1][0] - FIRST
    return min(MOST, max(LEAST, (BOTTOM - 40 - FIRST) / max(1, tall)))


Line = tuple[float, "ComparedRow | tuple[str, int, Standing]"]


def _lines(groups: tuple[Group, ...], scale: float) -> list[Line]:
    """Each line's baseline, and the row, or the words and their weight."""
    found: list[Line] = []
    baseline = float(FIRST)
    for number, group in enumerate(groups):
        standing = group.rows[0].standing
        baseline += HEADING * scale if number else 0
        found.append((baseline, (group.title, 600, standing)))
        baseline += (AFTER_HEADING - ROW) * scale
        for row in group.rows:
            baseline += ROW * scale
            found.append((baseline, row))
        if group.more:
            baseline += ROW * scale
            found.append((baseline, (group.more, 400, Standing.LITTLE)))
    return found


def _named(palette: Palette, standing: Standing) -> str:
    return {Standing.ABOVE: palette.data, Standing.BELOW: palette.target}.get(
        standing, palette.muted
    )


def _x(page: ComparisonPage, value: float) -> float:
    low, high = page.scale.low, page.scale.high
    part = (min(high, max(low, value)) - low) / (high - low)
    return AXIS_LEFT + (AXIS_RIGHT - AXIS_LEFT) * part


def _axis(sheet: Sheet, palette: Palette, page: ComparisonPage, bottom: float) -> None:
    for mark, label in page.scale.marks:
        x = _x(page, mark)
        sheet.bar(x - 1, TOP, 2, bottom - TOP, palette.rule)
        sheet.text(x, bottom + 40, label, palette.muted, align="center")
    columns = text_width(page.n_title, SMALL)
    sheet.text(RIGHT, 332, page.n_title, palette.muted, align="right")
    if page.team is None:
        return
    x, half = _x(page, page.team), text_width(page.team_label, SMALL, 600) / 2
    middle = min(RIGHT - columns - GAP - half, max(LEFT + half, x))
    sheet.text(middle, 332, page.team_label, palette.ink, weight=600, align="center")
    sheet.bar(x - 1.5, TOP, 3, bottom - TOP, palette.ink)


def _row(
    sheet: Sheet, palette: Palette, page: ComparisonPage, row: ComparedRow, baseline: float
) -> None:
    differs = row.standing in (Standing.ABOVE, Standing.BELOW)
    color = _named(palette, row.standing)
    room = float(NAMES_END - LEFT)
    if row.figure:
        room -= text_width(row.figure, SMALL, 700) + GAP
        sheet.text(NAMES_END, baseline, row.figure, color, weight=700, align="right")
    fit(sheet, LEFT, baseline, row.name, palette.ink, room, weight=500 if differs else 400)
    sheet.text(RIGHT, baseline, row.n, palette.muted, align="right")
    if row.value is None:
        return
    y, x = baseline - 10, _x(page, row.value)
    little = row.standing is Standing.LITTLE
    if row.low is not None and row.high is not None:
        left, right = _x(page, row.low), _x(page, row.high)
        if little:
            sheet.bar(left, y - THIN / 2, right - left, THIN, palette.little_interval)
        else:
            below = row.standing is Standing.BELOW
            band, r = palette.below_interval if below else palette.interval, (CAPSULE + 2) / 2
            left, right = max(AXIS_LEFT, left - r), min(AXIS_RIGHT, right + r)
            sheet.bar(left, y - r, right - left, 2 * r, band, r=r)
    if little:
        sheet.dot(x, y, DOT + HALO, palette.paper)
        sheet.dot(x, y, DOT, palette.little)
        sheet.dot(x, y, DOT - RING, palette.paper)
        return
    sheet.dot(x, y, DOT + HALO, palette.paper)
    sheet.dot(x, y, DOT, color if differs else palette.past)
