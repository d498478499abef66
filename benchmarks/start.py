"""From the start of the program to its first `getUpdates`, and what it keeps in memory at rest.

The bot as it is, beside a minimal one written by hand; each starts again and again, in turns, on
a database that is up to date.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import uvloop

from benchmarks import desk
from benchmarks.latency import environment, small_desk
from benchmarks.programs import Program
from benchmarks.report import Finding, say
from benchmarks.server import BotApi
from storage.migrate import migrate

STARTS, QUICK_STARTS = 9, 3
REST = 2.0
"""Seconds after the first `getUpdates` when memory is looked at."""


def measure(quick: bool) -> Sequence[Finding]:
    return uvloop.run(_measure(QUICK_STARTS if quick else STARTS))


async def _measure(starts: int) -> Sequence[Finding]:
    took: dict[str, list[float]] = {"bot": [], "benchmarks.peers.minimal": []}
    memory: dict[str, list[float]] = {module: [] for module in took}
    with tempfile.TemporaryDirectory() as folder:
        urls = {module: f"sqlite+aiosqlite:///{Path(folder) / module}.db" for module in took}
        await migrate(urls["bot"])
        await desk.with_open_surveys(urls["bot"], 10)
        await small_desk(urls["benchmarks.peers.minimal"], 10)
        for _ in range(1 + starts):
            for module, url in urls.items():
                server = BotApi(lambda *_: None)
                await server.start()
                program = Program(module, server, environment(server.url, url))
                try:
                    took[module].append(await program.start())
                    await asyncio.sleep(REST)
                    memory[module].append(program.memory)
                finally:
                    await program.stop()
                    await server.stop()
    for module in took:  # the first start read the files from the disk
        start, kept = median(took[module][1:]), median(memory[module][1:])
        say(f"  {module:26} {start:5.2f} s until it asks for updates, {kept:4.0f} MiB at rest")
    (start, peers_start), (kept, peers_kept) = (
        [median(each[1:]) for each in figures.values()] for figures in (took, memory)
    )
    return [
        Finding("start", start / peers_start, "x", at_most=1.5),
        Finding("memory", kept / peers_kept, "x", at_most=1.4),
    ]
