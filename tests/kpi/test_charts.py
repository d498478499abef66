import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageChops

from benchmarks.peers.figures import with_a_figure
from kpi.card import Theme, WeeklyCard
from kpi.charts import letters, sheet, weekly, weekly_card
from kpi.charts.fonts import FILES, FOLDER, one_line
from kpi.charts.letters import text_width
from kpi.charts.sheet import Sheet
from kpi.charts.theme import PALETTES, shades
from kpi.figures import share
from tests.kpi import cards

KINDS = (cards.full, cards.thin, cards.none, cards.plenty)
PARTS = {"level": slice(40, 70), "below": slice(80, 145)}
HOUSE = Path(__file__).parents[2]
FRESH = """
import sys
from kpi.card import Theme
from kpi.charts import weekly_card
from tests.kpi import cards
assert not {"aiogram", "sqlalchemy", "asyncio", "matplotlib.pyplot"} & set(sys.modules)
sys.stdout.buffer.write(weekly_card(cards.full("ru", Theme.DARK)))
"""


def picture(card: WeeklyCard) -> Image.Image:
    return Image.open(BytesIO(weekly_card(card)))


def colors(card: WeeklyCard) -> set[str]:
    found = picture(card).convert("RGB").getcolors(1 << 24)
    assert isinstance(found, list)
    return {"#" + bytes(color).hex().upper() for _, color in found if isinstance(color, tuple)}


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_is_a_phones_picture(
    kind: Callable[[str, Theme], WeeklyCard], language: str, theme: Theme
) -> None:
    drawn = picture(kind(language, theme))
    assert (drawn.format, drawn.size) == ("PNG", (1080, 1350))
    pixels = np.asarray(drawn.convert("RGB"))
    paper = np.array([int(PALETTES[theme].paper[at : at + 2], 16) for at in (1, 3, 5)])
    margins = np.concatenate([pixels[:, :46].reshape(-1, 3), pixels[:, 1034:].reshape(-1, 3)])
    assert (margins == paper).all()  # nothing runs out of its column


def test_the_roles_have_exactly_their_colours() -> None:
    full, thin = colors(cards.full("ru")), colors(cards.thin("ru"))
    light = PALETTES[Theme.LIGHT]
    for role in ("paper", "ink", "muted", "rule", "data", "past", "interval", "target"):
        assert getattr(light, role) in full
    assert {light.track, light.little, light.little_interval} <= thin
    assert all(len(shades(palette)) <= 256 for palette in PALETTES.values())


def test_a_picture_does_not_depend_on_those_before_it() -> None:
    readers = list(zip(cards.WORDS, Theme, strict=True))
    order = [kind(language, theme) for kind in KINDS for language, theme in readers]
    first = {id(card): weekly_card(card) for card in order}
    random.Random(0).shuffle(order)  # noqa: S311
    for card in order:
        assert weekly_card(card) == first[id(card)]
    weekly._static.cache_clear()
    letters.line.cache_clear()
    for card in order[:3]:
        assert weekly_card(card) == first[id(card)]


@pytest.mark.filterwarnings("ignore:Glyph .* missing")
@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("kind", KINDS)
def test_each_pixel_is_what_matplotlib_draws_afresh(
    kind: Callable[[str, Theme], WeeklyCard], theme: Theme
) -> None:
    """What we keep (lines, letters, the background) against a new figure with an artist each."""
    for card in (kind("ru", theme), replace(kind("en", theme), name="AV Té́ محمد fi 王")):
        afresh = Image.open(BytesIO(with_a_figure(card)))
        for _ in range(2):
            assert (
                ImageChops.difference(
                    picture(card).convert("RGB"), afresh.convert("RGB")
                ).getbbox()
                is None
            )


def test_a_process_of_its_own_draws_the_same_without_the_bot() -> None:
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FRESH], capture_output=True, check=True, cwd=HOUSE
    )
    assert made.stdout == weekly_card(cards.full("ru", Theme.DARK))


@pytest.mark.parametrize(
    "name",
    [
        "$x_2^{$ \\frac{ <b>Anna</b> &amp; %s {0}",
        "محمد العربي",
        "שלום כהן",
        "王小明",
        "💥👩‍💻",
        "a\nb\tc\u202edlrow\x00",
        "",
        "Ж" * 4096,
        "\u0301" * 50,
    ],
)
def test_names_are_data(name: str, recwarn: pytest.WarningsRecorder) -> None:
    card = replace(cards.full("ru"), name=name, headline=f"{name}\n{name}", praise=name)
    assert picture(card).size == (1080, 1350)
    assert not recwarn.list  # a warning would put the name in the log


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("a\n b\t\tc", "a b c"),
        ("10\u00a0000 из 20\u202f000", "10\u00a0000 из 20\u202f000"),
        ("Анна💥 ", "Анна"),
        ("💥\ufe0f", "💥\ufe0f"),
        ("王", "王"),
        ("a\u202eb\u200d", "ab"),
    ],
)
def test_what_stands_on_a_line(words: str, line: str) -> None:
    assert one_line(words) == line


def test_words_too_long_shrink_to_what_is_read_on_a_phone_and_then_are_cut() -> None:
    paper = Sheet("#FFFFFF")
    short, size = paper.fitted("Anna", 500, 34, 600)
    assert (short, size) == ("Anna", 34)
    longer, size = paper.fitted("Anna Sokolova-Featherstone", 440, 34, 600)
    assert (longer, size < 34) == ("Anna Sokolova-Featherstone", True)
    cut, size = paper.fitted("Anna " * 30, 440, 34, 600)
    assert size == 28
    assert cut.endswith("…")
    assert text_width(cut, size, 600) <= 440


def test_sentences_break_between_words_and_say_when_they_are_cut() -> None:
    paper = Sheet("#FFFFFF")
    assert paper.wrapped("one\ntwo three", 400, 2) == (["one", "two three"], True)
    lines, whole = paper.wrapped("seven of eleven late replies came after six", 240, 2)
    assert not whole
    assert lines == ["seven of eleven", "late replies…"]
    assert paper.wrapped("", 400, 2) == ([], True)


def test_an_empty_week_is_a_gap_and_a_thin_one_is_passed_over() -> None:
    def line(*weeks: tuple[int, int]) -> set[str]:
        """Where left and right of the middle week there is a line."""
        card = cards.full("en")
        figures = tuple(share(hits, n, 5) for hits, n in weeks)
        drawn = picture(replace(card, satisfied=replace(card.satisfied, weeks=figures)))
        pixels = np.asarray(drawn.convert("RGB"))
        blue = [int(PALETTES[Theme.LIGHT].past[at : at + 2], 16) for at in (1, 3, 5)]
        found = (pixels[595:740, 300:450] == blue).all(axis=2)
        return {name for name, rows in PARTS.items() if found[rows].any()}

    good = (30, 40)  # 75 %: the line of two such weeks is level at y = 652
    assert line(good, good, good) == {"level"}
    assert "below" in line(good, (0, 40), good)
    assert line(good, (0, 3), good) == {"level"}
    assert line(good, (0, 0), good) == set()


def test_the_fonts_come_with_their_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    for name in FILES.values():
        assert (FOLDER / f"Inter-{name}.otf").stat().st_size > 0
    assert (sheet.WIDTH, sheet.HEIGHT) == (1080, 1350)


def test_how_many_there_were_stands_whole_beside_what_became_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    write = Sheet.text

    def read(sheet: Sheet, x: float, baseline: float, words: str, *how: Any, **more: Any) -> None:
        drawn.append(words)
        write(sheet, x, baseline, words, *how, **more)

    monkeypatch.setattr(Sheet, "text", read)
    card = cards.full("ru")
    card = replace(
        card,
        first_response=replace(card.first_response, change=card.overdue.change, n="40 диалогов"),
    )
    weekly_card(card)
    assert "40 диалогов" in drawn
    assert "быстрее" in drawn  # for what is too long beside it
    assert "из 186" in drawn
    assert card.overdue.change in drawn
