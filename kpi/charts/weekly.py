"""The weekly card: who and when, the week in a sentence, the score, three panels, what to do.

Every distance is set by hand on a grid with a margin of 56. What stands on every card of a
theme and a language is drawn once and copied; the rest is drawn over it.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kpi.card import CardWords, Panel, ScoreBlock, Theme, Tone, WeeklyCard
from kpi.charts.letters import text_width
from kpi.charts.page import GAP, HEAD_ENDS, LEAD, LEFT, RIGHT, SMALL, fit, head, legend
from kpi.charts.plot import Axis, Place, marks, plot, target_beside
from kpi.charts.sheet import Align, Background, Sheet
from kpi.charts.theme import PALETTES, Palette, shades

HALF = 456
"""The width of a column; the gap between two is 56."""
SECOND = LEFT + HALF + 56
RULES = (HEAD_ENDS, 485, 781, 1045)
SCORE_WIDTH = 310
"""Left of the longest label of a category."""
TRACK, TRACK_WIDTH, MOST_POINTS = 690, 250, 120
PITCH = 39
LONG = Place(left=120, right=852, top=594, bottom=732, r=8)
STARS_TOP, STARS_LEFT, STARS_WIDTH, MOST_PER_STAR = 1115, 116, 240, 24
REMARKS = 486

SATISFIED = Axis(40, 100, (100, 75, 50))
SATISFIED_WHOLE = Axis(0, 100, (100, 50, 0))
OVERDUE = (Axis(0, 24, (20, 0)), Axis(0, 48, (40, 0)), Axis(0, 100, (100, 0)))


def weekly_card(card: WeeklyCard) -> bytes:
    """The card as a PNG of 1080 by 1350 pixels; the same card gives the same bytes."""
    palette = PALETTES[card.theme]
    sheet = Sheet(palette.paper, _static(card.theme, card.words))
    draw_changing(sheet, palette, card)
    return sheet.png(shades(palette))


@lru_cache(maxsize=8)
def _static(theme: Theme, words: CardWords) -> Background:
    palette = PALETTES[theme]
    sheet = Sheet(palette.paper)
    draw_static(sheet, palette, words)
    return sheet.background(shades(palette))


def draw_changing(sheet: Sheet, palette: Palette, card: WeeklyCard) -> None:
    """What is another on each card."""
    head(sheet, palette, card.name, card.dates, card.headline)
    _score(sheet, palette, card.score, card.words)
    _satisfied(sheet, palette, card)
    _first_response(sheet, palette, card)
    _overdue(sheet, palette, card)
    _ratings(sheet, palette, card)
    _remarks(sheet, palette, card)


def draw_static(sheet: Sheet, palette: Palette, words: CardWords) -> None:
    """What is the same on all cards of a theme and a language."""
    for y in RULES:
        sheet.bar(LEFT, y, RIGHT - LEFT, 2, palette.rule)
    for x, y, title, room in (
        (LEFT, 532, words.satisfied, HALF),
        (LEFT, 828, words.first_response, HALF),
        (SECOND, 828, words.overdue, HALF),
    ):
        fit(sheet, x, y, title, palette.ink, room, size=34, weight=600)
    for row in range(5):
        y = STARS_TOP + 30 * row
        sheet.text(74, y + 9, str(5 - row), palette.ink, align="right")
        sheet.star(92, y, 11, palette.muted)
    labels = words.legend_week, words.legend_interval, words.legend_little_data
    legend(sheet, palette, (*labels, words.legend_target))


def _score(sheet: Sheet, palette: Palette, score: ScoreBlock, words: CardWords) -> None:
    if score.value is None:
        fit(sheet, LEFT, 308, score.title, palette.muted, SCORE_WIDTH, size=46, weight=700)
        first = 354
    else:
        x = LEFT - 6  # so large a digit keeps its distance by itself
        fit(sheet, x, 356, score.value, palette.data, SCORE_WIDTH, size=130, weight=700)
        fit(sheet, LEFT, 402, score.title, palette.ink, SCORE_WIDTH, size=30, weight=500)
        first = 440
    for number, line in enumerate(score.lines[:2]):
        fit(sheet, LEFT, first + 38 * number, line, palette.muted, SCORE_WIDTH)
    _parts(sheet, palette, score, words)


def _parts(sheet: Sheet, palette: Palette, score: ScoreBlock, words: CardWords) -> None:
    at_100 = TRACK + TRACK_WIDTH * 100 / MOST_POINTS
    first: float | None = None
    without: list[tuple[float, str]] = []
    y = 0.0
    for number, part in enumerate(score.parts[:5]):
        y = 268 + PITCH * number
        fit(sheet, 672, y + 10, part.label, palette.ink, 300, size=29, align="right")
        if part.points is None:
            without.append((y, part.shown))
            continue
        first = y if first is None else first
        sheet.bar(TRACK, y - 10, TRACK_WIDTH, 20, palette.track, r=4)
        reached = min(TRACK_WIDTH, TRACK_WIDTH * part.points / MOST_POINTS)
        if reached > 0:
            sheet.bar(TRACK, y - 10, reached, 20, palette.data, r=4)
        sheet.text(RIGHT, y + 10, part.shown, palette.ink, size=30, weight=600, align="right")
    if first is not None:
        sheet.line([(at_100, first - 18), (at_100, y + 16)], palette.target, 3, dashed=True)
        sheet.text(at_100, 470, words.score_target, palette.target, size=SMALL, align="center")
    for y, shown in without:
        if first is not None and y > first:  # the line lets longer words through
            reach = TRACK + text_width(shown, SMALL) + GAP / 2
            sheet.bar(TRACK, y - PITCH / 2, reach - TRACK, PITCH, palette.paper)
        fit(sheet, TRACK, y + 10, shown, palette.muted, RIGHT - TRACK)


def _satisfied(sheet: Sheet, palette: Palette, card: WeeklyCard) -> None:
    panel = card.satisfied
    color = _figure_color(palette, panel)
    fit(sheet, RIGHT, 536, panel.figure, color, 440, size=46, weight=700, align="right")
    changed = _change(sheet, palette, panel, RIGHT, 572, align="right")
    fit(sheet, LEFT, 570, panel.n, palette.muted, RIGHT - LEFT - changed - GAP)
    axis = SATISFIED
    if any(100 * week.low < axis.low for week in panel.weeks if week.enough and week.low):
        axis = SATISFIED_WHOLE
    plot(sheet, palette, panel, LONG, axis, scale=100)
    marks(sheet, palette, replace(panel, target=None), LONG, axis)
    if panel.target is not None:
        y = LONG.y(panel.target, axis)
        sheet.text(RIGHT, y + 10, panel.target_label, palette.target, align="right")
    _dates(sheet, palette, card.week_labels, LONG, 770, middle=True)


def _first_response(sheet: Sheet, palette: Palette, card: WeeklyCard) -> None:
    axis = Axis(0, 1.2 * card.limit, (0,))
    title = text_width(card.words.first_response, 34, 600)
    _half(sheet, palette, card.first_response, card.week_labels, LEFT, title, axis)


def _overdue(sheet: Sheet, palette: Palette, card: WeeklyCard) -> None:
    panel = card.overdue
    ends = [100 * week.high for week in panel.weeks if week.enough and week.high is not None]
    most = max([*ends, panel.target or 0])
    axis = next((axis for axis in OVERDUE if axis.high >= most), OVERDUE[-1])
    title = text_width(card.words.overdue, 34, 600)
    _half(sheet, palette, panel, card.week_labels, SECOND, title, axis, scale=100)


def _half(
    sheet: Sheet,
    palette: Palette,
    panel: Panel,
    labels: Sequence[str],
    left: float,
    title: float,
    axis: Axis,
    scale: float = 1,
) -> None:
    """One of the two small panels: its column begins at `left`, its title is so wide."""
    right = left + HALF
    place = Place(left=left + 92, right=right, top=888, bottom=996, r=6.5)
    color = _figure_color(palette, panel)
    room = HALF - title - GAP
    fit(sheet, right, 828, panel.figure, color, room, size=34, weight=700, align="right")
    _, weight = _tone(palette, panel)
    if text_width(panel.change, SMALL, weight) + GAP + text_width(panel.n, SMALL) > HALF:
        panel = replace(panel, change=panel.change_short)
    changed = _change(sheet, palette, panel, left, 864)
    fit(sheet, right, 864, panel.n, palette.muted, HALF - changed - GAP, align="right")
    place = target_beside(sheet, palette, panel, place, axis, left)
    plot(sheet, palette, panel, place, axis, scale)
    marks(sheet, palette, panel, place, axis)
    _dates(sheet, palette, labels, place, 1034)


def _figure_color(palette: Palette, panel: Panel) -> str:
    return palette.data if panel.weeks[-1].enough else palette.muted


def _tone(palette: Palette, panel: Panel) -> tuple[str, int]:
    """Better in blue, worse in ink, the rest muted; the first two are heavier."""
    return {
        Tone.BETTER: (palette.data, 600),
        Tone.WORSE: (palette.ink, 600),
        Tone.MUTED: (palette.muted, 400),
    }[panel.tone]


def _change(
    sheet: Sheet, palette: Palette, panel: Panel, x: float, baseline: float, align: Align = "left"
) -> float:
    """Gives how wide the words are."""
    color, weight = _tone(palette, panel)
    return fit(sheet, x, baseline, panel.change, color, HALF, weight=weight, align=align)


def _dates(
    sheet: Sheet,
    palette: Palette,
    labels: Sequence[str],
    place: Place,
    baseline: float,
    *,
    middle: bool = False,
) -> None:
    """The first and the last week at the plot's edges, one between under its dot."""
    sheet.text(place.left, baseline, labels[0], palette.muted)
    sheet.text(place.right, baseline, labels[-1], palette.muted, align="right")
    if middle:
        week = (len(labels) - 1) // 2
        x = place.x(week, len(labels))
        sheet.text(x, baseline, labels[week], palette.muted, align="center")


def _ratings(sheet: Sheet, palette: Palette, card: WeeklyCard) -> None:
    """How often each number of stars was given; bars start at zero and share one scale."""
    room = REMARKS - LEFT - GAP
    fit(sheet, LEFT, 1090, card.ratings_title, palette.ink, room, size=30, weight=600)
    each = min(MOST_PER_STAR, STARS_WIDTH / max(1, *card.ratings))
    colors = (palette.data, palette.data, palette.little, palette.target, palette.target)
    for row, (given, color) in enumerate(zip(card.ratings, colors, strict=True)):
        y = STARS_TOP + 30 * row
        if not given:
            sheet.text(STARS_LEFT, y + 9, "0", palette.muted)
            continue
        wide = max(4, given * each)
        sheet.bar(STARS_LEFT, y - 10, wide, 20, color, r=4)
        sheet.text(round(STARS_LEFT + wide) + 12, y + 9, str(given), palette.ink, weight=600)


def _remarks(sheet: Sheet, palette: Palette, card: WeeklyCard) -> None:
    """What went well and what to work on; who has nothing to be told keeps the room."""
    baseline = 1090.0
    if card.praise:
        sheet.text(REMARKS, baseline, card.words.going_well, palette.data, weight=600)
        baseline = _sentence(sheet, palette, card.praise, baseline) + 10
    if card.work_on is not None:
        color = palette.target if card.work_on.known else palette.muted
        sheet.text(REMARKS, baseline, card.work_on.title, color, weight=600)
        _sentence(sheet, palette, card.work_on.text, baseline)


def _sentence(sheet: Sheet, palette: Palette, words: str, title: float) -> float:
    """Two lines under a title's baseline; gives the baseline of what follows."""
    baseline = title + 1
    for line in sheet.wrapped(words, RIGHT - REMARKS, 2)[0]:
        baseline += LEAD
        sheet.text(REMARKS, baseline, line, palette.ink)
    return baseline + LEAD
