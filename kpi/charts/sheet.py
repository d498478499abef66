"""A sheet of 1080 by 1350 pixels: what is drawn is there at once, the origin is top left.

Drawn straight on matplotlib's renderer. Axes, ticks and automatic layout cost ten times as much
and would have to be taught every distance anyway.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Literal
from warnings import catch_warnings, filterwarnings

from matplotlib import rc_context
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from kpi.charts.fonts import ELLIPSIS, font, one_line

WIDTH, HEIGHT = 1080, 1350
DOWNWARDS = Affine2D().scale(1, -1).translate(0, HEIGHT)
DASH = (12.0, 8.0)
ROUND = 0.5522847498
"""How far a circle's control points lie, in radii."""

Align = Literal["left", "center", "right"]


class Sheet:
    """Draws shapes and texts in pixels. `background` is another sheet's `pixels`."""

    def __init__(self, paper: str, background: Any = None) -> None:
        self.paper = paper
        figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72)  # a point is a pixel
        self._canvas = FigureCanvasAgg(figure)
        self._renderer: Any = self._canvas.get_renderer()  # type: ignore[no-untyped-call]
        if background is None:
            self.bar(0, 0, WIDTH, HEIGHT, paper)
        else:
            self._renderer.restore_region(background)

    @property
    def pixels(self) -> Any:
        """What is drawn so far, to begin other sheets with."""
        return self._canvas.copy_from_bbox(  # type: ignore[no-untyped-call]
            self._canvas.figure.bbox
        )

    def png(self, shades: Sequence[tuple[int, int, int]]) -> bytes:
        """The picture in the nearest of these at most 256 colours."""
        drawn = Image.frombuffer("RGBA", (WIDTH, HEIGHT), self._renderer.buffer_rgba())
        stored = drawn.convert("RGB").quantize(
            palette=_image_palette(tuple(shades)), dither=Image.Dither.NONE
        )
        png = BytesIO()
        stored.save(png, format="png", compress_level=6)
        return png.getvalue()

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
        back = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        x -= back * text_width(words, size, weight)
        self._renderer.draw_text(
            self._pen(color), x, baseline, words, font(size, weight), 0, ismath=False
        )

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
        pen = self._pen(color)
        pen.set_linewidth(wide)
        pen.set_capstyle("butt")
        if dashed:
            pen.set_dashes(0, DASH)
        self._renderer.draw_path(pen, Path(list(points)), DOWNWARDS)

    def fitted(
        self, words: str, room: float, size: float, weight: int, least: float = 28
    ) -> tuple[str, float]:
        """Words and the size at which they are no wider than `room`.

        Type shrinks to `least`, the smallest that is read on a phone; then words are cut short.
        """
        words = one_line(words)
        while size > least and text_width(words, size, weight) > room:
            size -= 1
        return self._cut(words, room, size, weight), size

    def wrapped(
        self, words: str, room: float, lines: int, size: float = 28, weight: int = 400
    ) -> tuple[list[str], bool]:
        """At most so many lines of words, and whether all of them are there.

        Breaks where it must and at a line's end; what does not fit ends in an ellipsis.
        """
        broken: list[str] = []
        for part in words.split("\n"):
            line = ""
            for word in one_line(part).split(" "):
                longer = f"{line} {word}".strip()
                if line and text_width(longer, size, weight) > room:
                    broken.append(line)
                    longer = word
                line = longer
            broken += [line] if line else []
        kept = broken[:lines]
        if len(broken) > lines:
            kept[-1] = " ".join(broken[lines - 1 :])
        cut = [self._cut(line, room, size, weight, whole_words=True) for line in kept]
        return cut, cut == broken

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

    def _pen(self, color: str) -> GraphicsContextBase:
        pen: GraphicsContextBase = self._renderer.new_gc()
        pen.set_foreground(to_rgb(color), isRGBA=False)
        return pen

    def _fill(self, path: Path, color: str) -> None:
        pen = self._pen(color)
        pen.set_linewidth(0)
        self._renderer.draw_path(pen, path, DOWNWARDS, to_rgb(color))


@contextmanager
def drawing() -> Iterator[None]:
    """How all of it is drawn: unhinted letters, and no word about a letter no font has.

    (matplotlib's warning would put a person's name in the log.)
    """
    with rc_context({"text.hinting": "no_hinting"}), catch_warnings():
        filterwarnings("ignore", message="Glyph .* missing from font")
        yield


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, weight: int = 400) -> float:
    """How wide words are in pixels; asked again for the same labels card after card."""
    wide, _, _ = _measure().get_text_width_height_descent(words, font(size, weight), ismath=False)
    return float(wide)


@cache
def _measure() -> Any:
    return RendererAgg(1, 1, 72)  # type: ignore[no-untyped-call]


@cache
def _image_palette(shades: tuple[tuple[int, int, int], ...]) -> Image.Image:
    of = Image.new("P", (1, 1))
    spare = shades[:1] * (256 - len(shades))
    of.putpalette([part for shade in (*shades, *spare) for part in shade])
    return of


def _placed(x: float, y: float, r: float) -> Affine2D:
    return Affine2D().scale(r, -r).translate(x, y)


def _box(x: float, y: float, wide: float, high: float) -> Path:
    return Path([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)], closed=True)


def _rounded(x: float, y: float, wide: float, high: float, r: float) -> Path:
    right, bottom, k = x + wide, y + high, r * (1 - ROUND)
    move, line, curve = Path.MOVETO, Path.LINETO, Path.CURVE4
    steps = [
        (move, (x + r, y)),
        (line, (right - r, y)),
        *((curve, at) for at in ((right - k, y), (right, y + k), (right, y + r))),
        (line, (right, bottom - r)),
        *((curve, at) for at in ((right, bottom - k), (right - k, bottom), (right - r, bottom))),
        (line, (x + r, bottom)),
        *((curve, at) for at in ((x + k, bottom), (x, bottom - k), (x, bottom - r))),
        (line, (x, y + r)),
        *((curve, at) for at in ((x, y + k), (x + k, y), (x + r, y))),
        (Path.CLOSEPOLY, (x + r, y)),
    ]
    return Path([at for _, at in steps], [code for code, _ in steps])
