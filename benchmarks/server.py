"""The least a Bot API server can be, so that the bots are measured and not the server.

It checks nothing (the playground does, for the tests) and answers what the measured bots ask for.
"""

import asyncio
import itertools
import json
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.clock import utc_now
from playground.faults import Limits

LIMITED = frozenset({"sendMessage", "sendPhoto", "editMessageText", "deleteMessage"})
"""Methods that count against a chat's limit."""

Heard = Callable[[str, int, str], None]
"""What was asked for: method, chat (0: none) and text."""


class BotApi:
    """One bot's server on a free port of this machine; `heard` is told of every call at once."""

    def __init__(self, heard: Heard, limits: Limits | None = None) -> None:
        self._heard = heard
        self._limits = limits
        self._waiting: deque[dict[str, Any]] = deque()
        self._update_ids = itertools.count(1)
        self._message_ids = itertools.count(1)
        self._arrived = asyncio.Event()
        self.asked: Counter[str] = Counter()
        self.refused = 0
        """Answers 429."""
        self.polled = asyncio.Event()
        """Set by each getUpdates."""
        self.url = ""

    async def start(self) -> None:
        self._runner = web.ServerRunner(web.Server(self._answer), access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    def push(self, kind: str, content: Mapping[str, Any]) -> None:
        """Queue an update for the bot."""
        self._waiting.append({"update_id": next(self._update_ids), kind: content})
        self._arrived.set()

    @property
    def unconfirmed(self) -> int:
        return len(self._waiting)

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        given = await _given(request)
        self.asked[method] += 1
        if method == "getUpdates":
            return _json(await self._updates(given))
        chat = int(str(given.get("chat_id", 0)))
        if self._limits is not None and method in LIMITED:
            no = self._limits.spend(chat, utc_now())
            if no is not None:
                self.refused += 1
                return _refusal(no.code, no.description, no.parameters)
        self._heard(method, chat, str(given.get("text", "")))
        return _json(self._result(method, chat, given))

    async def _updates(self, given: Mapping[str, Any]) -> list[dict[str, Any]]:
        self.polled.set()
        offset, wait = int(str(given.get("offset") or 0)), float(str(given.get("timeout") or 0))
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if not self._waiting and wait:
            self._arrived.clear()
            try:
                async with asyncio.timeout(wait):
                    await self._arrived.wait()
            except TimeoutError:
                pass
        return list(itertools.islice(self._waiting, int(str(given.get("limit") or 100))))

    def _result(self, method: str, chat: int, given: Mapping[str, Any]) -> Any:
        match method:
            case "getMe":
                return {"id": 42, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
            case "getMyCommands":
                return []
            case "sendMessage" | "sendPhoto" | "editMessageText":
                number = int(str(given.get("message_id") or next(self._message_ids)))
                return _message(number, chat, str(given.get("text", "")))
            case _:
                return True


async def _given(request: web.BaseRequest) -> Mapping[str, Any]:
    if not request.can_read_body:
        return {}
    if request.content_type == "application/json":
        said: dict[str, Any] = await request.json()
        return said
    return await request.post()


def _message(number: int, chat: int, text: str) -> dict[str, Any]:
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private", "first_name": "Somebody"},
        "text": text,
    }


def _json(result: Any) -> web.Response:
    return web.Response(
        body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json"
    )


def _refusal(code: int, description: str, parameters: Any) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return web.json_response(body, status=code)


def user(number: int, name: str) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": name, "language_code": "en"}


def tap(number: int, name: str, data: str) -> dict[str, Any]:
    """A `callback_query` of this person, on a message the bot sent them."""
    return {
        "id": f"{number}{time.monotonic_ns()}",
        "from": user(number, name),
        "chat_instance": str(number),
        "data": data,
        "message": _message(1, number, "How did Boris do?") | {"from": user(42, "Bot")},
    }


def text(number: int, name: str, words: str, message_id: int) -> dict[str, Any]:
    """A `message` of this person."""
    return _message(message_id, number, words) | {"from": user(number, name)}
