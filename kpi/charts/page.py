"""What every picture has in common: its margins, its head, and words that keep to their room."""

from kpi.charts.letters import text_width
from kpi.charts.sheet import Align, Sheet
from kpi.charts.theme import Palette

LEFT, RIGHT = 56, 1024
HEAD_ENDS = 233
"""Where the rule below the headline lies."""
GAP = 16
"""The least between two texts on one line."""
LEAD = 35
HEADLINE, LEAST_HEADLINE = 50, 40
TITLE = 34
SMALL = 28


def head(sheet: Sheet, palette: Palette, name: str, dates: str, headline: str) -> None:
    """Who, when, and the whole in two lines."""
    wide = text_width(dates, 30)
    sheet.text(RIGHT, 80, dates, palette.muted, size=30, align="right")
    room = RIGHT - LEFT - wide - 40
    fit(sheet, LEFT, 80, name, palette.ink, room, size=34, weight=600)
    size = HEADLINE
    lines, whole = sheet.wrapped(headline, RIGHT - LEFT, 2, size, 700)
    while not whole and size > LEAST_HEADLINE:
        size -= 2
        lines, whole = sheet.wrapped(headline, RIGHT - LEFT, 2, size, 700)
    for baseline, line in zip((144, 204), lines, strict=False):
        sheet.text(LEFT, baseline, line, palette.ink, size=size, weight=700)


def fit(
    sheet: Sheet,
    x: float,
    baseline: float,
    words: str,
    color: str,
    room: float,
    *,
    size: float = SMALL,
    weight: int = 400,
    align: Align = "left",
) -> float:
    """Words no wider than `room`; gives how wide they came out."""
    if not words:
        return 0.0
    words, size = sheet.fitted(words, room, size, weight)
    sheet.text(x, baseline, words, color, size=size, weight=weight, align=align)
    return text_width(words, size, weight)


def rule(sheet: Sheet, palette: Palette, y: float) -> None:
    """From margin to margin."""
    sheet.bar(LEFT, y, RIGHT - LEFT, 2, palette.rule)


def nothing_here(sheet: Sheet, palette: Palette, words: str) -> None:
    """Where a plot would stand, why there is none."""
    for number, line in enumerate(sheet.wrapped(words, RIGHT - LEFT, 4, TITLE)[0]):
        sheet.text(LEFT, 392 + 48 * number, line, palette.muted, size=TITLE)


def legend(sheet: Sheet, palette: Palette, words: tuple[str, str, str, str]) -> None:
    """Week, interval, little data, target: the marks and what they mean, over the width."""
    marks = (
        (22, 36, words[0]),
        (22, 36, words[1]),
        (22, 36, words[2]),
        (52, 66, words[3]),
    )
    widths = [text_at + text_width(label, SMALL) for _, text_at, label in marks]
    gap = (RIGHT - 4 - LEFT - sum(widths)) / (len(marks) - 1)
    y, x = 1314, float(LEFT)
    for number, ((wide, text_at, label), width) in enumerate(zip(marks, widths, strict=True)):
        match number:
            case 0:
                sheet.dot(x + wide / 2, y, 11, palette.data)
            case 1:
                sheet.bar(x + wide / 2 - 6.5, y - 18, 13, 36, palette.interval, r=6.5)
            case 2:
                sheet.dot(x + wide / 2, y, 11, palette.little)
                sheet.dot(x + wide / 2, y, 7, palette.paper)
            case _:
                sheet.line([(x, y), (x + wide, y)], palette.target, 3, dashed=True)
        sheet.text(x + text_at, 1324, label, palette.muted, size=SMALL)
        x += width + gap
