"""Inter in four weights, shipped beside the code, and what stands in for what it lacks."""

import re
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category

from matplotlib import get_data_path
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.ft2font import FT2Font

FOLDER = Path(__file__).parent.parent / "fonts"
FAMILY = "Otklik Inter"
"""Ours alone: an Inter installed on the machine may be another one."""
STAND_IN = "Otklik DejaVu Sans"
FILES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
ELLIPSIS = "…"
BREAKS = re.compile(r"[ \t\n\v\f\r\x85\u2028\u2029]+")
MOST_LETTERS = 300
"""More than any place holds: the rest is not worth measuring."""
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control, format, surrogate, private and unassigned signs."""


@cache
def register() -> None:
    """Tell matplotlib where our fonts are; a bare machine has none."""
    shipped = Path(get_data_path()) / "fonts" / "ttf"
    for weight, name in FILES.items():
        stand_in = "DejaVuSans-Bold.ttf" if weight >= 600 else "DejaVuSans.ttf"
        for path, family in (
            (FOLDER / f"Inter-{name}.otf", FAMILY),
            (shipped / stand_in, STAND_IN),
        ):
            face = FontEntry(fname=str(path), name=family, weight=weight, size="scalable")
            fontManager.ttflist.append(face)


@cache
def font(size: float, weight: int) -> FontProperties:
    register()
    return FontProperties(family=[FAMILY, STAND_IN], size=size, weight=weight)


@cache
def _glyphs() -> frozenset[int]:
    register()
    files = (entry.fname for entry in fontManager.ttflist if entry.name in {FAMILY, STAND_IN})
    return frozenset(code for path in files for code in FT2Font(path).get_charmap())


@lru_cache(maxsize=1024)
def one_line(words: str) -> str:
    """Words as one line of what can be drawn; spaces that do not break stay.

    A letter no font has stays and shows as a box; signs without a glyph (joiners, most emoji)
    are left out unless nothing else is there, and so is what would turn the rest of the line
    around.
    """
    short = BREAKS.sub(" ", words[:MOST_LETTERS])
    line = "".join(sign for sign in short if category(sign) not in UNSEEN).strip()
    known = "".join(s for s in line if ord(s) in _glyphs() or category(s)[0] in "LN").strip()
    return known if any(category(sign)[0] not in "MZ" for sign in known) else line
