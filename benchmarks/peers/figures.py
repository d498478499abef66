"""The weekly card as matplotlib is ordinarily used: a figure with artists on it, drawn and saved.

The distances are our own card's, so that the pictures can be laid over each other.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from kpi.card import WeeklyCard
from kpi.charts.fonts import font
from kpi.charts.letters import text_width
from kpi.charts.sheet import BACK, DASH, HEIGHT, WIDTH, Align, Sheet, nearest, pixels_of, stored
from kpi.charts.theme import PALETTES, shades
from kpi.charts.weekly import draw_changing, draw_static

SIZE = (WIDTH / 72, HEIGHT / 72)
PIXELS = Affine2D().scale(1, -1).translate(0, HEIGHT)


def with_a_figure(card: WeeklyCard) -> bytes:
    """A figure of its own, its artists placed by hand in pixels: without axes, which cost more.

    Stored as our own cards are, because `savefig` takes longer.
    """
    palette = PALETTES[card.theme]
    figure = Figure(figsize=SIZE, dpi=72, facecolor=palette.paper)
    canvas: Any = FigureCanvasAgg(figure)
    with rc_context({"text.hinting": "no_hinting"}):
        _fill(ArtistSheet(palette.paper, figure, PIXELS), card)
        canvas.draw()
    return stored(nearest(pixels_of(canvas), shades(palette)), shades(palette))


def with_pyplot(card: WeeklyCard) -> bytes:
    """As most would write it: one axes over the whole figure, a point is a pixel, `savefig`."""
    from matplotlib import pyplot  # noqa: PLC0415, TID251 - what it costs is what is measured

    palette = PALETTES[card.theme]
    png = BytesIO()
    figure = pyplot.figure(figsize=SIZE, dpi=72, facecolor=palette.paper)
    with rc_context({"text.hinting": "no_hinting"}):
        axes = pyplot.axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(HEIGHT, 0)
        _fill(ArtistSheet(palette.paper, axes, axes.transData), card)
        pyplot.savefig(png, format="png")
    pyplot.close(figure)
    return png.getvalue()


def _fill(sheet: Sheet, card: WeeklyCard) -> None:
    palette = PALETTES[card.theme]
    draw_static(sheet, palette, card.words)
    draw_changing(sheet, palette, card)


class ArtistSheet(Sheet):
    """What our sheet can, with artists on a figure or on axes; the later one lies above."""

    def __init__(self, paper: str, where: Any, pixels: Transform) -> None:
        self.paper = paper
        self._where = where
        self._in_pixels = pixels
        self._above = 0

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
        if not words:
            return
        x -= BACK[align] * text_width(words, size, weight)
        props = font(size, weight)
        self._add(Text(x, baseline, words, color=color, fontproperties=props, parse_math=False))

    def line(
        self,
        points: Iterable[tuple[float, float]],
        color: str,
        wide: float,
        *,
        dashed: bool = False,
    ) -> None:
        xs, ys = zip(*points, strict=True)
        line = Line2D(xs, ys, color=color, linewidth=wide)
        line.set_solid_capstyle("butt")
        line.set_dash_capstyle("butt")
        if dashed:
            line.set_linestyle((0, tuple(part / wide for part in DASH)))
        self._add(line)

    def _fill(self, path: Path, color: str) -> None:
        self._add(PathPatch(path, facecolor=color, linewidth=0))

    def _add(self, artist: Artist) -> None:
        self._above += 1
        artist.set_zorder(self._above)
        artist.set_transform(self._in_pixels)
        self._where.add_artist(artist)
