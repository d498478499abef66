"""The page with three phones: what people do comes in as JSON, what they see goes out at once."""

import ipaddress
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from playground import acts, samples, screens
from playground.acts import Impossible
from playground.cast import NEWCOMERS, Cast
from playground.chats import Raw
from playground.controls import Controls
from playground.people import Account
from playground.stream import Stream
from playground.telegram import Telegram

FOLDER = Path(__file__).with_name("page")
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
LARGEST_UPLOAD = 52 * 1024 * 1024
"""All files of one message together, with what a form needs around them."""
LARGEST_WORDS = 256 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
CODES = {404: "not_found", 413: "too_large"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Hire = Callable[[], Awaitable[str]]
"""What an invite into the team starts the bot with."""


class Page:
    """`zone`: the team's time zone, so that the page's times are those on the cards."""

    def __init__(
        self,
        telegram: Telegram,
        cast: Cast,
        zone: str,
        host: str = "127.0.0.1",
        hire: Hire | None = None,
    ) -> None:
        self._telegram = telegram
        self._cast = cast
        self._zone = zone
        self._host = host
        self._hire = hire
        self.controls: Controls | None = None
        """None: there is a page, but no bot of ours behind it."""
        self._stream = Stream(self.state)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> str:
        """The address it listens on. Errors: OSError."""
        app = web.Application(middlewares=[self._guarded], client_max_size=LARGEST_UPLOAD)
        app.on_response_prepare.append(with_headers)
        app.on_shutdown.append(self._says_goodbye)
        app.router.add_get("/", shown_file("index.html"))
        for path in FOLDER.iterdir():
            app.router.add_get(f"/{path.name}", shown_file(path.name))
        for path in samples.FOLDER.glob("*.ogg"):
            app.router.add_get(f"/samples/{path.name}", sample(path))
        app.router.add_get("/api/state", self._whole)
        app.router.add_get("/api/events", self._stream.serve)
        app.router.add_get("/api/people/{id}/messages", self._older)
        app.router.add_get("/api/people/{id}/files/{message}", self._file)
        app.router.add_post("/api/people", self._newcomer)
        app.router.add_post("/api/glass/{do}", self._controlled)
        if self.controls is not None:
            app.add_routes(self.controls.routes())
        app.router.add_post("/api/people/{id}/upload", self._uploaded)
        app.router.add_post("/api/people/{id}/{act}", self._acted)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._telegram.observers.append(self._noticed)
        return f"http://{in_address(self._host)}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._noticed in self._telegram.observers:
            self._telegram.observers.remove(self._noticed)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _says_goodbye(self, _: web.Application) -> None:
        self._stream.close()
        if self.controls is not None:
            self.controls.stream.close()

    # What is seen.

    def state(self) -> Raw:
        bot = self._telegram.only_bot
        return {
            "type": "state",
            "bot": {"username": bot.username},
            "zone": self._zone,
            "now": int(self._telegram.clock().timestamp()),
            "glass": self.controls is not None,
            "samples": samples.listed(),
            "people": [screens.person(self._cast, account) for account in self._cast],
        }

    async def _whole(self, _: web.Request) -> web.Response:
        return said(self.state())

    def _noticed(self, news: Raw) -> None:
        account = self._cast.get(news["chat"])
        if account is None:
            return  # a group
        told: Raw = {
            "type": news["event"],
            "person": account.id,
            "chat": screens.chat(account),
        }
        if news["message"] is not None:
            told["message"] = screens.message(news["message"])
        told |= {key: news[key] for key in ("text", "alert", "action", "data") if key in news}
        self._stream.tell(told)

    async def _file(self, request: web.Request) -> web.Response:
        account = self._account(request)
        message = acts.message_of(account, request.match_info["message"])
        if message.file is None:
            raise Impossible("no_file")
        return bytes_of(request, message.file)

    async def _older(self, request: web.Request) -> web.Response:
        before = request.query.get("before", "")
        if not before.isdecimal():
            raise Impossible("not_understood")
        return said(screens.messages(self._account(request), int(before)))

    # What is done.

    async def _newcomer(self, request: web.Request) -> web.Response:
        told = await told_in(request)
        language, role = told.get("language"), told.get("role", "customer")
        if language not in NEWCOMERS or role not in {"customer", "operator"}:
            raise Impossible("not_understood")
        if role == "operator" and self._hire is None:
            raise Impossible("other")
        invite = await self._hire() if role == "operator" and self._hire is not None else None
        account = self._cast.newcomer(language, role)
        person = screens.person(self._cast, account)
        self._stream.tell({"type": "person", "newcomer": person})
        if invite is not None:
            await account.starts(invite)
        return said({"id": account.id})

    async def _controlled(self, request: web.Request) -> web.Response:
        act = self.controls.acts.get(request.match_info["do"]) if self.controls else None
        if act is None:
            raise web.HTTPNotFound
        await act(await told_in(request))
        return said({})

    def clock_moved(self) -> None:
        self._stream.tell({"type": "clock", "now": int(self._telegram.clock().timestamp())})

    async def _acted(self, request: web.Request) -> web.Response:
        act = acts.ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        await act(self._account(request), await told_in(request))
        return said({})

    async def _uploaded(self, request: web.Request) -> web.Response:
        account = self._account(request)
        form = await request.post()
        files = []
        for value in form.getall("file", []):
            if isinstance(value, web.FileField):
                files.append((value.filename, value.file.read()))
                value.file.close()
        words = {key: value for key, value in form.items() if isinstance(value, str)}
        await acts.sends_files(account, files, words)
        return said({})

    def _account(self, request: web.Request) -> Account:
        number = request.match_info["id"]
        account = self._cast.get(int(number)) if number.isdecimal() else None
        if account is None:
            raise web.HTTPNotFound
        return account

    # Who may.

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._is_ours(request):
            return refused(403, "not_this_page")
        try:
            return await handler(request)
        except Impossible as no:
            return refused(409, no.code)
        except web.HTTPException as no:
            return refused(no.status, CODES.get(no.status, "not_understood"))

    def _is_ours(self, request: web.Request) -> bool:
        """Only the page itself: no other page of the same browser, no name made to lead here."""
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is None and request.method != hdrs.METH_GET:
            return False
        if origin is not None and origin.partition("://")[2] != request.host:
            return False
        site = request.headers.get("Sec-Fetch-Site", "none")
        if request.path.startswith("/api/") and site not in {"same-origin", "none"}:
            return False
        return self._is_here(request.host)

    def _is_here(self, host: str) -> bool:
        """A foreign name made to lead to this machine is refused; a number cannot be one."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in {"localhost", self._host.lower()}:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


def shown_file(name: str) -> Handler:
    path = FOLDER / name
    content_type = TYPES[path.suffix]

    async def shown(_: web.Request) -> web.Response:
        content = path.read_bytes()
        return web.Response(body=content, content_type=content_type, charset="utf-8")

    return shown


def sample(path: Path) -> Handler:
    async def heard(_: web.Request) -> web.StreamResponse:
        return web.FileResponse(path, headers={"Content-Type": "audio/ogg"})

    return heard


def bytes_of(request: web.Request, file: Any) -> web.Response:
    """The file, or the part of it a player asks for."""
    mime_type = screens.playable(file)
    headers = {"Accept-Ranges": "bytes", "Content-Security-Policy": "sandbox"}
    if mime_type is None:
        headers["Content-Disposition"] = "attachment"
    try:
        wanted = request.http_range
    except ValueError:
        wanted = slice(None)
    if wanted.start is None:
        return web.Response(
            body=file.content,
            content_type=mime_type or "application/octet-stream",
            headers=headers,
        )
    size = len(file.content)
    start, stop, _ = wanted.indices(size)
    if start >= stop:
        return web.Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return web.Response(
        status=206,
        body=file.content[start:stop],
        content_type=mime_type or "application/octet-stream",
        headers=headers,
    )


async def told_in(request: web.Request) -> Raw:
    if (request.content_length or 0) > LARGEST_WORDS:
        raise Impossible("too_large")
    try:
        told = json.loads(await request.text() or "{}")
    except ValueError:
        raise Impossible("not_understood") from None
    if not isinstance(told, dict):
        raise Impossible("not_understood")
    return told


async def with_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def said(body: Raw) -> web.Response:
    return web.json_response(body)


def refused(status: int, code: str) -> web.Response:
    return web.json_response({"error": code}, status=status)


def in_address(host: str) -> str:
    """A host as it stands in an address a browser can open."""
    if host in {"", "0.0.0.0", "::"}:  # noqa: S104 - read, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
