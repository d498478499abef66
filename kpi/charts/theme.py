"""Colours by what they mean. Dark is the same picture with the roles swapped, not inverted."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache
from itertools import product

from kpi.card import Theme

Rgb = tuple[int, int, int]

TOLD_APART = 6
"""Shades nearer than this (of 255) are one."""


@dataclass(frozen=True, slots=True)
class Palette:
    paper: str
    ink: str
    muted: str
    rule: str
    track: str
    """Of a bar, where it is empty."""
    data: str
    """This week."""
    past: str
    interval: str
    target: str
    """Targets, limits, and one or two stars."""
    little: str
    """Not enough data, and three stars."""
    little_interval: str
    below_interval: str
    """Of who differs from the team for the worse."""
    company: str
    """What the company could have changed; `company_label` names it in words."""
    company_label: str
    on_company: str
    """Words on its bar; on one of `data` stands paper."""


PALETTES: Mapping[Theme, Palette] = {
    Theme.LIGHT: Palette(
        paper="#FCFBF8",
        ink="#1B2127",
        muted="#5B6670",
        rule="#E3E0D9",
        track="#EFEDE7",
        data="#1F6FB5",
        past="#5790C5",
        interval="#BBD4EA",
        target="#B4510B",
        little="#838C95",
        little_interval="#D3D7DB",
        below_interval="#F3C9A4",
        company="#DE9447",
        company_label="#9A5A14",
        on_company="#1B2127",
    ),
    Theme.DARK: Palette(
        paper="#14191F",
        ink="#EEF1F4",
        muted="#A3AEB9",
        rule="#2C343C",
        track="#1E252C",
        data="#6DB3EE",
        past="#4C88BD",
        interval="#26496A",
        target="#F0A15E",
        little="#8D98A3",
        little_interval="#3A434C",
        below_interval="#6B4424",
        company="#DE9447",
        company_label="#DE9447",
        on_company="#14191F",
    ),
}


@cache
def shades(palette: Palette) -> tuple[Rgb, ...]:
    """The colours a picture is stored in, at most 256: the roles, and how their edges blend.

    A third of the bytes of a picture in full colour, and no edge is off by what an eye can see.
    """
    p = palette
    roles = tuple(_rgb(spelled) for spelled in astuple(palette))
    kept = list(roles)
    blends = [(p.paper, spelled, 22) for spelled in astuple(palette)[1:]]
    blends += [(a, b, 8) for a, b in product((p.data, p.past, p.target), (p.interval, p.track))]
    blends += [(p.data, p.target, 8), (p.past, p.target, 8), (p.target, p.below_interval, 8)]
    blends += [(p.company, p.on_company, 12)]
    for start, end, steps in blends:
        for step in range(1, steps):
            shade = _between(_rgb(start), _rgb(end), step / steps)
            if all(_apart(shade, other) >= TOLD_APART for other in kept):
                kept.append(shade)
    return tuple(kept[:256])


def _rgb(spelled: str) -> Rgb:
    red, green, blue = bytes.fromhex(spelled[1:])
    return red, green, blue


def _between(start: Rgb, end: Rgb, part: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(start, end, strict=True))
    return red, green, blue


def _apart(one: Rgb, other: Rgb) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
