"""Letters as matplotlib draws them, but a line is laid out once and a letter's shape made once.

`RendererAgg.draw_text` does both anew each time, and they are most of what a card costs. Here they
are kept, and made by the same functions of the library, so each pixel is the same: a test lays
both over each other. Those functions are its own affair, which is why its version is pinned.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from math import floor
from typing import Any
from warnings import catch_warnings, filterwarnings

import numpy as np
from matplotlib.font_manager import fontManager, get_font
from matplotlib.ft2font import FT2Font, GlyphIndexType, LoadFlags, RenderMode
from numpy.typing import NDArray

from kpi.charts.fonts import font

LINES, SHAPES = 1024, 4096
"""How many are kept, of some 10 and 1 KiB each."""
PART = 64
"""Letters are placed on so many parts of a pixel."""
UPRIGHT = ((0x10000, 0), (0, 0x10000))
NO_HINTING = LoadFlags.NO_HINTING


@dataclass(frozen=True, slots=True)
class Letter:
    face: FT2Font
    index: GlyphIndexType
    x: float
    """From where the line begins, as `y` from its baseline, upwards."""
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    letters: tuple[Letter, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Ink:
    """How much of each pixel is covered, of 255; `left` and `top` from where the line begins."""

    cover: NDArray[np.uint8]
    left: int
    top: int

    @property
    def place(self) -> tuple[slice, slice]:
        high, wide = self.cover.shape
        return slice(self.top, self.top + high), slice(self.left, self.left + wide)


@lru_cache(maxsize=LINES)
def line(words: str, size: float, weight: int) -> Line:
    """Words as letters in their places; no word about a letter no font has.

    (matplotlib's warning would put a person's name in the log.)
    """
    face = _face(weight)
    face.clear()
    face.set_size(size, 72)
    with catch_warnings():
        filterwarnings("ignore", message="Glyph .* missing from font")
        items = face._layout(words, flags=NO_HINTING)  # noqa: SLF001
    letters = tuple(Letter(each.ft_object, each.glyph_index, each.x, each.y) for each in items)
    return Line(letters, _width(letters))


@cache
def _face(weight: int) -> Any:
    """Its size is set before each use: it is one for all."""
    return get_font(fontManager._find_fonts_by_props(font(28, weight)))  # noqa: SLF001


def _width(letters: tuple[Letter, ...]) -> float:
    """To where the pen would go on after the last letter."""
    if not letters:
        return 0.0
    last = letters[-1]
    glyph = last.face.load_glyph(last.index, flags=NO_HINTING)
    return max(last.x + glyph.horiAdvance / PART, *(letter.x for letter in letters))


def text_width(words: str, size: float, weight: int = 400) -> float:
    """How wide words are in pixels."""
    return line(words, size, weight).width


def write(
    renderer: Any, pen: Any, words: str, x: float, baseline: float, size: float, weight: int
) -> None:
    """What `renderer.draw_text` does, on a renderer whose height is a whole number."""
    left, top = floor(x), floor(baseline)
    for ink in _inked(words, size, weight, x - left, baseline - top):
        bottom = top + ink.top + len(ink.cover)
        renderer._renderer.draw_text_image(ink.cover, left + ink.left, bottom, 0, pen)  # noqa: SLF001


@lru_cache(maxsize=LINES)
def _inked(words: str, size: float, weight: int, x: float, baseline: float) -> tuple[Ink, ...]:
    """A line that begins at this part of a pixel, in as few pieces as may be.

    Each letter is blended with what is below it, so one that touches another in the same piece
    begins a new piece.
    """
    letters = [_placed(letter, size, x, baseline) for letter in line(words, size, weight).letters]
    inks = [ink for ink in letters if ink.cover.size]
    if not inks:
        return ()
    left, top = min(ink.left for ink in inks), min(ink.top for ink in inks)
    wide = max(ink.left + ink.cover.shape[1] for ink in inks) - left
    high = max(ink.top + ink.cover.shape[0] for ink in inks) - top
    pieces = [np.zeros((high, wide), np.uint8)]
    for ink in inks:
        place = Ink(ink.cover, ink.left - left, ink.top - top).place
        if (pieces[-1][place] & -(ink.cover != 0).view(np.uint8)).any():
            pieces.append(np.zeros((high, wide), np.uint8))
        pieces[-1][place] |= ink.cover
    return tuple(Ink(piece, left, top) for piece in pieces)


def _placed(letter: Letter, size: float, x: float, baseline: float) -> Ink:
    right, left = divmod(round(PART * (x + letter.x)), PART)
    up, above = divmod(round(PART * (letter.y - baseline)), PART)
    shape = _shape(letter.face, size, letter.index, left, above)
    return Ink(shape.cover, shape.left + right, shape.top - up)


@lru_cache(maxsize=SHAPES)
def _shape(face: FT2Font, size: float, index: GlyphIndexType, x: int, y: int) -> Ink:
    """A letter that begins so many parts of a pixel to the right and above."""
    made: Any = face
    made.set_size(size, 72)
    made._set_transform(UPRIGHT, (x, y))  # noqa: SLF001
    drawn = made._render_glyph(index, NO_HINTING, RenderMode.NORMAL)  # noqa: SLF001
    return Ink(drawn.buffer, drawn.left, -drawn.top)
