"""A category of the score: each of its metrics over the weeks, one below the other."""

from collections.abc import Sequence

from kpi.card import Tone
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
    legend,
    nothing_here,
    rule,
)
from kpi.charts.plot import Axis, Place, plot
from kpi.charts.sheet import Sheet
from kpi.charts.theme import PALETTES, Palette, shades
from kpi.pages import PANELS, CategoryPage, CategoryPanel

ENDS = 1262
MOST_HIGH = 500
"""Of one panel: higher, and small changes look like big ones."""
NOTED = 450
"""From here on there is room to say how a metric is counted."""
DATED = 2
"""So many panels have dates each; of more only the last, for all stand in the same columns."""
DATES = 38
PLOT_LEFT, PLOT_RIGHT = 150, 852


def category_page(page: CategoryPage) -> bytes:
    palette = PALETTES[page.theme]
    sheet = Sheet(palette.paper)
    draw_category(sheet, palette, page)
    return sheet.png(shades(palette))


def draw_category(sheet: Sheet, palette: Palette, page: CategoryPage) -> None:
    head(sheet, palette, page.name, page.dates, page.headline)
    rule(sheet, palette, HEAD_ENDS)
    legend(sheet, palette, page.legend)
    panels = page.panels[:PANELS]
    if not panels:
        nothing_here(sheet, palette, page.nothing)
        return
    dated = len(panels) <= DATED
    high = min(MOST_HIGH, (ENDS - HEAD_ENDS - (0 if dated else DATES)) / len(panels))
    top = float(HEAD_ENDS)
    for number, panel in enumerate(panels):
        last = number == len(panels) - 1
        place = _panel(sheet, palette, panel, top, high, below=DATES if dated else 0)
        top += high
        if dated or last:
            _dates(sheet, palette, page.week_labels, place)
        if last:
            top += 0 if dated else DATES
        rule(sheet, palette, round(top))


def _panel(
    sheet: Sheet, palette: Palette, about: CategoryPanel, top: float, high: float, below: float
) -> Place:
    """Its words and its plot, which ends so far above the panel's end; where that stands."""
    panel = about.panel
    color = palette.data if panel.weeks[-1].enough else palette.muted
    shown = fit(
        sheet, RIGHT, top + 50, panel.figure, color, 440, size=46, weight=700, align="right"
    )
    room = RIGHT - LEFT - shown - GAP
    fit(sheet, LEFT, top + 47, about.title, palette.ink, room, size=TITLE, weight=600)
    change, weight = {
        Tone.BETTER: (palette.data, 600),
        Tone.WORSE: (palette.ink, 600),
        Tone.MUTED: (palette.muted, 400),
    }[panel.tone]
    wide = fit(sheet, RIGHT, top + 87, panel.change, change, 560, weight=weight, align="right")
    fit(sheet, LEFT, top + 86, panel.n, palette.muted, RIGHT - LEFT - wide - GAP)
    note = sheet.wrapped(about.note, RIGHT - LEFT, 4)[0] if high >= NOTED else []
    bottom = top + high - below - 18 - (LEAD * len(note) + 20 if note else 0)
    for number, line in enumerate(note):
        sheet.text(LEFT, top + high - 22 - LEAD * (len(note) - 1 - number), line, palette.muted)
    place = Place(left=PLOT_LEFT, right=PLOT_RIGHT, top=top + 116, bottom=bottom, r=8)
    _plot(sheet, palette, about, place)
    return place


def _dates(sheet: Sheet, palette: Palette, labels: Sequence[str], place: Place) -> None:
    """Below a plot: the first and the last week at its ends, one between under its dot."""
    baseline, middle = place.bottom + 38, (len(labels) - 1) // 2
    sheet.text(place.left, baseline, labels[0], palette.muted)
    sheet.text(place.right, baseline, labels[-1], palette.muted, align="right")
    x = place.x(middle, len(labels))
    sheet.text(x, baseline, labels[middle], palette.muted, align="center")


def _plot(sheet: Sheet, palette: Palette, about: CategoryPanel, place: Place) -> None:
    panel, scale = about.panel, about.scale
    axis = Axis(scale.low, scale.high, tuple(mark for mark, _ in scale.marks))
    plot(sheet, palette, panel, place, axis, about.factor)
    for mark, label in scale.marks:
        y = place.y(mark, axis)
        fit(sheet, place.left - 12, y + 10, label, palette.muted, place.left - LEFT, align="right")
    if panel.target is not None:
        y = min(place.bottom, max(place.top, place.y(panel.target, axis)))
        label, _ = sheet.fitted(panel.target_label, RIGHT - place.right - 12, SMALL, 400)
        sheet.text(RIGHT, y + 10, label, palette.target, align="right")
