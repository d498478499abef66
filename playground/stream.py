"""Server-sent events: every open page hears at once what changed."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

WAITING_AT_MOST = 500
STILL_THERE = 15.0
"""Seconds of silence after which a line goes out that says nothing."""

Lines = asyncio.Queue[str | None]


class Stream:
    """`whole` gives what a page must know when it opens, or after it lagged behind."""

    def __init__(self, whole: Callable[[], dict[str, Any]]) -> None:
        self._whole = whole
        self._open: set[Lines] = set()

    def tell(self, news: dict[str, Any]) -> None:
        line = event(news)
        for lines in list(self._open):
            if lines.qsize() < WAITING_AT_MOST:
                lines.put_nowait(line)
            else:  # it reads too slowly: it comes again and gets the whole
                self._end(lines)

    def close(self) -> None:
        for lines in list(self._open):
            self._end(lines)

    def _end(self, lines: Lines) -> None:
        self._open.discard(lines)
        while not lines.empty():
            lines.get_nowait()
        lines.put_nowait(None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        answer.content_type = "text/event-stream"
        await answer.prepare(request)
        lines: Lines = asyncio.Queue()
        lines.put_nowait(event(self._whole()))
        self._open.add(lines)
        try:
            while (line := await self._next(lines)) is not None:
                await answer.write(line.encode())
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._open.discard(lines)
        return answer

    async def _next(self, lines: Lines) -> str | None:
        try:
            async with asyncio.timeout(STILL_THERE):
                return await lines.get()
        except TimeoutError:
            return ": still there\n\n"


def event(news: dict[str, Any]) -> str:
    return f"data: {json.dumps(news, ensure_ascii=False, separators=(',', ':'))}\n\n"
