"""Weekly cards drawn by two workers, beside the same cards as matplotlib is ordinarily used."""

import gc
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from PIL import Image, ImageChops

from benchmarks.peers.figures import with_a_figure, with_pyplot
from benchmarks.report import Finding, Void, say
from benchmarks.weekly import cards
from kpi.card import WeeklyCard
from kpi.charts import weekly_card

WORKERS = 2
ROUNDS = 5
"""Each draws a part of its cards in turn, so that whatever else runs meets all of them."""
GROWTH_OVER = 500
WARM = 300
"""Cards after which all that is kept is full."""

Draw = Callable[[WeeklyCard], bytes]
DRAWN: dict[str, tuple[Draw, int]] = {
    "ours": (weekly_card, 12),
    "figure": (with_a_figure, 2),
    "pyplot": (with_pyplot, 1),
}
"""What is measured, and how many cards of it in the time of one by pyplot."""


def measure(quick: bool) -> Sequence[Finding]:
    many = 8 if quick else 20
    week = cards(WARM + ROUNDS * many * DRAWN["ours"][1])
    _same(week[:: len(week) // 10])
    rates = _rates(week, many)
    for name, rate in rates.items():
        say(f"{name}: {rate:.1f} cards a second with {WORKERS} workers")
    grown = {name: _growth(draw, name, quick) for name, (draw, _) in DRAWN.items()}
    return [
        Finding("cards", rates["ours"], "/s"),
        Finding("figure", rates["ours"] / rates["figure"], "x", at_least=6),
        Finding("pyplot", rates["ours"] / rates["pyplot"], "x", at_least=10),
        Finding("growth", grown["ours"], "KiB", at_most=5),
    ]


def _same(some: Sequence[WeeklyCard]) -> None:
    """Errors: Void where ours and the figure's picture are not the same to the pixel."""
    for card in chain(some, some):
        ours, afresh = (
            Image.open(BytesIO(draw(card))).convert("RGB") for draw in (weekly_card, with_a_figure)
        )
        if ImageChops.difference(ours, afresh).getbbox() is not None:
            raise Void("what is drawn is not what a figure drawn afresh shows")
    say(f"the same to the pixel as a figure drawn afresh: {len(some)} cards, each twice")


def _rates(week: Sequence[WeeklyCard], many: int) -> dict[str, float]:
    """Cards a second of each, after each has been warmed up."""
    took = dict.fromkeys(DRAWN, 0.0)
    pools = {name: _workers(WORKERS) for name in DRAWN}
    for name, pool in pools.items():
        draw, per = DRAWN[name]
        list(pool.map(draw, week[: 200 if name == "ours" else 2 * per], chunksize=per))
    for round_ in range(ROUNDS):
        for name, pool in pools.items():
            draw, per = DRAWN[name]
            begin = WARM + round_ * many * per
            began = time.perf_counter()
            list(pool.map(draw, week[begin : begin + many * per], chunksize=1))
            took[name] += time.perf_counter() - began
    for pool in pools.values():
        pool.shutdown()
    return {name: ROUNDS * many * per / took[name] for name, (_, per) in DRAWN.items()}


def _growth(draw: Draw, name: str, quick: bool) -> float:
    """KiB of memory a worker gains with each card once it is warm; the peers' over fewer cards."""
    ours = name == "ours"
    warm, over = (WARM, GROWTH_OVER) if ours else (10, 20 if quick else 100)
    with _workers(1) as pool:
        grown = pool.submit(_grown, draw, cards(warm + over, seed=1), warm).result()
    say(f"{name}: {grown:+.1f} KiB a card over {over} cards")
    return grown


def _grown(draw: Draw, week: Sequence[WeeklyCard], warm: int) -> float:
    """In the worker: what each card after the first `warm` ones left behind, in KiB."""
    before = 0.0
    for number, card in enumerate(week):
        if number == warm:
            gc.collect()
            before = _memory()
        draw(card)
    gc.collect()
    return (_memory() - before) / (len(week) - warm)


def _workers(many: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(many, mp_context=get_context("spawn"))


def _memory() -> float:
    """KiB this process keeps in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024
