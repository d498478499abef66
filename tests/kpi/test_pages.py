"""The pictures besides the weekly card, and what holds for the layout of all of them."""

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from io import BytesIO
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kpi.card import Theme, WeeklyCard
from kpi.charts import picture
from kpi.charts.letters import text_width
from kpi.charts.sheet import BACK, HEIGHT, WIDTH, Sheet
from kpi.charts.theme import PALETTES, shades
from kpi.comparison import Standing
from kpi.pages import ROWS, ComparedRow, Page, with_room
from tests.kpi import cards, pages

About = WeeklyCard | Page
ALL: tuple[Callable[[str, Theme], About], ...] = (
    cards.full,
    cards.thin,
    cards.none,
    cards.plenty,
    *pages.KINDS,
)
SMALLEST = 28
AA = 4.5


@dataclass(frozen=True)
class Written:
    words: str
    left: float
    right: float
    top: float
    bottom: float
    size: float

    def touches(self, other: "Written") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    """Every text that is drawn, and the place of its letters (of a capital's height)."""
    found: list[Written] = []
    write = Sheet.text

    def read(sheet: Sheet, x: float, baseline: float, words: str, color: str, **how: Any) -> None:
        size, weight = how.get("size", 28), how.get("weight", 400)
        wide = text_width(words, size, weight)
        left = x - BACK[how.get("align", "left")] * wide
        if words.strip():
            top, bottom = baseline - 0.73 * size, baseline + 0.12 * size
            found.append(Written(words, left, left + wide, top, bottom, size))
        write(sheet, x, baseline, words, color, **how)

    monkeypatch.setattr(Sheet, "text", read)
    return found


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_words_are_readable_on_a_phone_and_touch_nothing(
    kind: Callable[[str, Theme], About], language: str, theme: Theme, written: list[Written]
) -> None:
    drawn = Image.open(BytesIO(picture(kind(language, theme))))
    assert (drawn.format, drawn.size) == ("PNG", (WIDTH, HEIGHT))
    assert [each.words for each in written if each.size < SMALLEST] == []
    outside = [each for each in written if each.left < 48 or each.right > WIDTH - 52]
    assert outside == []
    assert [each for each in written if each.top < 40 or each.bottom > HEIGHT - 20] == []
    assert [(a.words, b.words) for a, b in combinations(written, 2) if a.touches(b)] == []
    pixels = np.asarray(drawn.convert("RGB"))
    paper = np.array([int(PALETTES[theme].paper[at : at + 2], 16) for at in (1, 3, 5)])
    margins = np.concatenate([pixels[:, :40].reshape(-1, 3), pixels[:, 1040:].reshape(-1, 3)])
    assert (margins == paper).all()


def _light(spelled: str) -> float:
    """Relative luminance, as WCAG 2 reckons it."""
    parts = [int(spelled[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((_light(one), _light(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", Theme)
def test_words_stand_out_from_what_they_stand_on(theme: Theme) -> None:
    p = PALETTES[theme]
    for words in (p.ink, p.muted, p.data, p.target, p.company_label):
        assert contrast(words, p.paper) >= AA
    assert contrast(p.on_company, p.company) >= AA
    assert contrast(p.paper, p.data) >= AA
    assert {field.name for field in fields(p)} >= {"paper", "company"}
    assert len(shades(p)) <= 256
    assert all(len(color) == 7 for color in astuple(p))


def rows(**counts: int) -> Iterator[ComparedRow]:
    for name, count in counts.items():
        for number in range(count):
            yield ComparedRow(f"{name} {number}", Standing(name), 50, 40, 60, "9")


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"above": 1, "level": 8, "below": 1, "little": 1}, {}),
        ({"above": 2, "level": 40, "below": 1, "little": 0}, {"level": 29}),
        ({"above": 0, "level": 3, "below": 0, "little": 20}, {"little": 18}),
        ({"above": 9, "level": 9, "below": 9, "little": 9}, {"below": 8, "little": 7, "level": 8}),
    ],
)
def test_who_differs_is_shown_first_and_the_rest_is_counted(
    counts: dict[str, int], shown: dict[str, int]
) -> None:
    found = with_room(list(rows(**counts)))
    assert {each.value: rest for each, (_, rest) in found.items() if rest} == shown
    assert sum(len(kept) for kept, _ in found.values()) <= ROWS
    for standing, (kept, rest) in found.items():
        assert len(kept) + rest == counts[standing.value]


def test_a_page_says_nothing_by_colour_alone(written: list[Written]) -> None:
    """Groups have names, and who differs a figure; causes have counts, late hours a heavy line."""
    picture(pages.team("en"))
    said = {each.words for each in written}
    assert {"Above the team", "Below the team", "94%", "71%"} <= said
    assert "87%" not in said  # of who does not differ
    written.clear()
    picture(replace(pages.reasons("en")))
    assert {"the company 52", "the operator 30", "5", "not sorted"} <= {e.words for e in written}
