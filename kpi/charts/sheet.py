"""A sheet of 1080 by 1350 pixels: what is drawn is there at once, the origin is top left.

Drawn straight on matplotlib's renderer. Axes, ticks and automatic layout cost ten times as much
and would have to be taught every distance anyway. What was drawn before and may come again (words,
shapes, pens) is kept: a picture is the same to the pixel with and without it.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from math import ceil
from typing import Any, Literal, TypeAlias

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray
from PIL import Image

from kpi.charts.fonts import ELLIPSIS, one_line
from kpi.charts.letters import text_width, write

WIDTH, HEIGHT = 1080, 1350
DOWNWARDS = Affine2D().scale(1, -1).translate(0, HEIGHT)
DASH = (12.0, 8.0)
ROUND = 0.5522847498
"""How far a circle's control points lie, in radii."""

ROUNDED = np.array(
    [Path.MOVETO, *4 * [Path.LINETO, *3 * [Path.CURVE4]], Path.CLOSEPOLY], Path.code_type
)
"""The edge of a rectangle with rounded corners, point by point."""
LIKE = Path([(0, 0)])
"""Paths are made like this one, unchecked: checking takes longer than drawing them."""

RUNS = zlib.Z_RLE
"""Compressing runs of a colour only: a fifth more bytes, a third of the time."""

Align = Literal["left", "center", "right"]
BACK = {"left": 0.0, "center": 0.5, "right": 1.0}
Pixels: TypeAlias = NDArray[np.uint32]
"""Rows of them, each its four bytes."""
Shades: TypeAlias = Sequence[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Background:
    """What other sheets begin with, and the same as it is stored."""

    pixels: Pixels
    nearest: NDArray[np.uint8]


class Sheet:
    """Draws shapes and texts in pixels; it begins as plain paper or with a background."""

    def __init__(self, paper: str, background: Background | None = None) -> None:
        self.paper = paper
        self._background = background
        self._renderer: Any = RendererAgg(WIDTH, HEIGHT, 72)  # type: ignore[no-untyped-call]
        self._agg = self._renderer._renderer  # noqa: SLF001 - what it leaves out splits long lines
        self._pixels: Pixels = pixels_of(self._renderer)
        if background is None:
            self.bar(0, 0, WIDTH, HEIGHT, paper)
        else:
            self._pixels[:] = background.pixels

    def background(self, shades: Shades) -> Background:
        """What is drawn so far, for sheets that will be stored in these colours."""
        return Background(self._pixels.copy(), nearest(self._pixels, shades))

    def png(self, shades: Shades) -> bytes:
        """The picture in the nearest of these at most 256 colours."""
        if self._background is None:
            return stored(nearest(self._pixels, shades), shades)
        changed = np.flatnonzero(self._pixels != self._background.pixels)
        picture = self._background.nearest.copy()
        picture.ravel()[changed] = nearest(self._pixels.ravel()[changed], shades)
        return stored(picture, shades)

    def text(
        self,
        x: float,
        baseline: float,
        words: str,
        color: str,
        *,
        size: float = 28,
        weight: int = 400,
        align: Align = "left",
    ) -> None:
        """Words on a baseline. They are data: `$` and `\\` mean nothing."""
        if not words:
            return
        x -= BACK[align] * text_width(words, size, weight)
        write(self._renderer, _pen(color), words, x, baseline, size, weight)

    def bar(self, x: float, y: float, wide: float, high: float, color: str, r: float = 0) -> None:
        """A rectangle from its top left corner, its corners rounded by `r`."""
        r = min(r, wide / 2, high / 2)
        self._fill(_rounded(x, y, wide, high, r) if r else _box(x, y, wide, high), color)

    def dot(self, x: float, y: float, r: float, color: str) -> None:
        self._fill(_rounded(x - r, y - r, 2 * r, 2 * r, r), color)

    def star(self, x: float, y: float, r: float, color: str) -> None:
        self._fill(Path.unit_regular_star(5, 0.45).transformed(_placed(x, y, r)), color)

    def line(
        self,
        points: Iterable[tuple[float, float]],
        color: str,
        wide: float,
        *,
        dashed: bool = False,
    ) -> None:
        self._agg.draw_path(_pen(color, wide, dashed), Path(list(points)), DOWNWARDS, None)

    def fitted(
        self, words: str, room: float, size: float, weight: int, least: float = 28
    ) -> tuple[str, float]:
        """Words and the size at which they are no wider than `room`.

        Type shrinks to `least`, the smallest that is read on a phone; then words are cut short.
        """
        words = one_line(words)
        while size > least and (wide := text_width(words, size, weight)) > room:
            size = max(least, min(size - 1, ceil(size * room / wide)))  # type grows evenly
        return self._cut(words, room, size, weight), size

    def wrapped(
        self, words: str, room: float, lines: int, size: float = 28, weight: int = 400
    ) -> tuple[list[str], bool]:
        """At most so many lines of words, and whether all of them are there.

        Breaks where it must and at a line's end; what does not fit ends in an ellipsis.
        """
        broken: list[str] = []
        for part in words.split("\n"):
            if text_width(whole := one_line(part), size, weight) <= room:
                broken += [whole] if whole else []
                continue
            rest = whole.split(" ")
            while rest:
                fit = max(1, self._most(rest, room, size, weight))
                broken.append(" ".join(rest[:fit]))
                rest = rest[fit:]
        kept = broken[:lines]
        if len(broken) > lines:
            kept[-1] = " ".join(broken[lines - 1 :])
        cut = [self._cut(line, room, size, weight, whole_words=True) for line in kept]
        return cut, cut == broken

    @staticmethod
    def _most(words: Sequence[str], room: float, size: float, weight: int) -> int:
        """How many of the words stand on one line."""
        counts = range(1, len(words) + 1)
        return bisect_right(
            counts, room, key=lambda n: text_width(" ".join(words[:n]), size, weight)
        )

    def _cut(
        self, words: str, room: float, size: float, weight: int, *, whole_words: bool = False
    ) -> str:
        if text_width(words, size, weight) <= room:
            return words
        kept, too_long = 0, len(words)
        while too_long - kept > 1:
            middle = (kept + too_long) // 2
            shorter = words[:middle].rstrip() + ELLIPSIS
            if text_width(shorter, size, weight) <= room:
                kept = middle
            else:
                too_long = middle
        shorter = words[:kept]
        if whole_words and " " in shorter and words[kept] != " ":
            shorter = shorter[: shorter.rindex(" ")]
        return shorter.rstrip(" ,;:.–-") + ELLIPSIS

    def _fill(self, path: Path, color: str) -> None:
        self._agg.draw_path(_pen(color, 0), path, DOWNWARDS, _rgb(color))


@cache
def _rgb(color: str) -> tuple[float, float, float]:
    return to_rgb(color)


@cache
def _pen(color: str, wide: float = 1, dashed: bool = False) -> GraphicsContextBase:
    pen = GraphicsContextBase()
    pen.set_foreground(_rgb(color), isRGBA=False)
    pen.set_linewidth(wide)
    pen.set_capstyle("butt")
    if dashed:
        pen.set_dashes(0, DASH)
    return pen


def pixels_of(canvas: Any) -> Pixels:
    """What a renderer or a figure's canvas shows: the same memory."""
    return np.asarray(canvas.buffer_rgba()).view(np.uint32)[..., 0]


def nearest(pixels: Pixels, shades: Shades) -> NDArray[np.uint8]:
    """Of each pixel the number of the shade that is nearest."""
    size = pixels.shape[::-1] if pixels.ndim > 1 else (pixels.size, 1)
    drawn = Image.frombuffer("RGBA", size, np.ascontiguousarray(pixels)).convert("RGB")
    found = drawn.quantize(palette=_image_palette(tuple(shades)), dither=Image.Dither.NONE)
    return np.array(found).reshape(pixels.shape)


def stored(picture: NDArray[np.uint8], shades: Shades) -> bytes:
    """A picture of numbered shades as a PNG."""
    image = Image.frombuffer("P", (WIDTH, HEIGHT), picture)
    image.putpalette(_image_palette(tuple(shades)).getpalette() or [])
    png = BytesIO()
    image.save(png, format="png", compress_type=RUNS)
    return png.getvalue()


@cache
def _image_palette(shades: tuple[tuple[int, int, int], ...]) -> Image.Image:
    of = Image.new("P", (1, 1))
    spare = shades[:1] * (256 - len(shades))
    of.putpalette([part for shade in (*shades, *spare) for part in shade])
    return of


def _placed(x: float, y: float, r: float) -> Affine2D:
    return Affine2D().scale(r, -r).translate(x, y)


@lru_cache(maxsize=256)
def _box(x: float, y: float, wide: float, high: float) -> Path:
    return Path([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)], closed=True)


@lru_cache(maxsize=1024)
def _rounded(x: float, y: float, wide: float, high: float, r: float) -> Path:
    right, bottom, k = x + wide, y + high, r * (1 - ROUND)
    edge = (
        (x + r, y),
        (right - r, y),
        *((right - k, y), (right, y + k), (right, y + r)),
        (right, bottom - r),
        *((right, bottom - k), (right - k, bottom), (right - r, bottom)),
        (x + r, bottom),
        *((x + k, bottom), (x, bottom - k), (x, bottom - r)),
        (x, y + r),
        *((x, y + k), (x + k, y), (x + r, y)),
        (x + r, y),
    )
    path: Path = Path._fast_from_codes_and_verts(np.array(edge), ROUNDED, LIKE)  # type: ignore[attr-defined]  # noqa: SLF001
    return path
