"""The Bot API over HTTP: reads a request, lets it take effect, and answers; or fails on demand."""

import asyncio
import inspect
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import web

from playground.chats import BotAccount
from playground.faults import Fault, Rule
from playground.methods import METHODS
from playground.refusals import Refused, Violation, too_many_requests, untaught
from playground.requests import Call, Request
from playground.schema import SchemaError, Upload, bot_api

if TYPE_CHECKING:
    from playground.telegram import Telegram

LARGEST_BODY = 55 * 1024 * 1024
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)
Given = dict[str, Any]


class Server:
    def __init__(self, telegram: "Telegram") -> None:
        self._telegram = telegram
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> str:
        """The address it listens on."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._asked)
        app.router.add_get("/file/bot{token}/{path:.+}", self._downloads)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        return f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _bot(self, token: str) -> BotAccount:
        if not TOKEN.fullmatch(token):
            raise Refused(404, "Not Found")
        if token not in self._telegram.bots:
            raise Refused(401, "Unauthorized")
        return self._telegram.bots[token]

    async def _downloads(self, request: web.Request) -> web.Response:
        try:
            bot = self._bot(request.match_info["token"])
        except Refused as no:
            return answer(refusal(no))
        file = self._telegram.files.at(bot.id, request.match_info["path"])
        if file is None:
            return answer(refusal(Refused(404, "Not Found")))
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def _asked(self, request: web.Request) -> web.StreamResponse:
        try:
            bot = self._bot(request.match_info["token"])
            given = await read(request)
        except Refused as no:
            return answer(refusal(no))
        method = request.match_info["method"]
        method = CASELESS.get(method.lower(), method)
        faults = self._telegram.faults.strike(method, chat_id(given))
        seconds = self._telegram.faults.delay
        seconds += sum(rule.seconds for rule in faults if rule.fault is Fault.delay)
        if seconds:
            await asyncio.sleep(seconds)
        failed = self._fails_before(request, faults)
        if failed is not None:
            body = json.loads(failed.text or "") if failed.content_type.endswith("json") else None
            self._record(bot, method, given, body, faults)
            return failed
        body = await self._handle(bot, method, given, faults)
        return await self._reply(request, answer(body), faults)

    def _fails_before(self, request: web.Request, faults: list[Rule]) -> web.Response | None:
        for rule in faults:
            match rule.fault:
                case Fault.drop_before:
                    return dropped(request)
                case Fault.server_error:
                    return answer(refusal(Refused(500, "Internal Server Error")))
                case Fault.html_page:
                    return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
                case Fault.flood:
                    wait = rule.wait(self._telegram.clock())
                    return answer(refusal(too_many_requests(wait)))
        return None

    async def _reply(
        self, request: web.Request, response: web.Response, faults: list[Rule]
    ) -> web.StreamResponse:
        for rule in faults:
            match rule.fault:
                case Fault.delay_after:
                    await asyncio.sleep(rule.seconds)
                case Fault.drop_after:
                    return dropped(request)
                case Fault.malformed:
                    text = response.text or ""
                    return answer_text(response.status, text[: len(text) // 2])
                case Fault.reset:
                    return await cut_off(request, response)
        return response

    async def _handle(
        self, bot: BotAccount, method: str, given: Given, faults: list[Rule]
    ) -> Given:
        """Let the call take effect; the whole answer, checked."""
        telegram = self._telegram
        params: Given = given
        try:
            params = decoded(method, given)
            self._spend(params.get("chat_id"))
            uploads = {key: value for key, value in given.items() if isinstance(value, Upload)}
            asked = Request(telegram, bot, method, params, uploads)
            asked.refuse_untaught()
            result = METHODS[method](asked)
            if inspect.isawaitable(result):
                result = await result
            if method != "getUpdates":  # each was checked when it was queued
                bot_api().check_answer(method, result)
            body: Given = {"ok": True, "result": result}
        except Violation as no:
            telegram.violations.append(f"{method}: {no.description}")
            body = refusal(no)
        except Refused as no:
            body = refusal(no)
        except Exception as error:  # noqa: BLE001 - our own mistake fails the test that met it
            telegram.violations.append(f"{method}: the playground failed: {error!r}")
            telegram.failures.append(error)
            body = refusal(Refused(500, f"Internal Server Error: {error!r}"))
        self._record(bot, method, params, body, faults)
        return body

    def _spend(self, chat_id: Any) -> None:
        limits = self._telegram.limits
        if limits is None or not isinstance(chat_id, int):
            return
        if no := limits.spend(chat_id, self._telegram.clock()):
            raise no

    def _record(
        self,
        bot: BotAccount,
        method: str,
        params: Given,
        body: Given | None,
        faults: list[Rule],
    ) -> None:
        telegram = self._telegram
        telegram.methods_used[method] += 1
        call = Call(bot.token, method, params, telegram.clock(), body)
        telegram.calls.append(call)
        if telegram.on_call is not None:
            telegram.on_call(call, faults)


CASELESS = {name.lower(): name for name in bot_api().methods}


def decoded(method: str, given: Given) -> Given:
    if method not in bot_api().methods:
        raise Violation(404, "Not Found")
    if method not in METHODS:
        raise untaught(method)
    named = bot_api().methods[method]["params"]
    wanted = {k: v for k, v in given.items() if k in named or not isinstance(v, Upload)}
    try:
        return bot_api().decode(method, wanted)
    except SchemaError as wrong:
        raise Violation(400, f"Bad Request: {in_telegrams_words(wrong)}") from None


def in_telegrams_words(wrong: SchemaError) -> str:
    if wrong.limit and wrong.path.endswith("callback_data"):
        return "BUTTON_DATA_INVALID"
    if wrong.limit and wrong.path == "text":
        return "MESSAGE_TOO_LONG"
    if wrong.path == "text" and "missing" in wrong.problem:
        return "message text is empty"
    if wrong.path == "chat_id" and "missing" in wrong.problem:
        return "chat_id is empty"
    return str(wrong)


async def read(request: web.Request) -> Given:
    """Parameters as they came: from the address, a form, a multipart form, or JSON."""
    given: Given = dict(request.query)
    if not request.can_read_body:
        return given
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise Refused(400, "Bad Request: can't parse JSON object") from None
        return given | {key: value for key, value in body.items() if value is not None}
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    for key, value in form.items():
        if isinstance(value, web.FileField):
            given[key] = Upload(value.filename, value.file.read(), value.content_type)
            value.file.close()
        else:
            given[key] = value.decode() if isinstance(value, bytes | bytearray) else value
    return given


def chat_id(given: Mapping[str, Any]) -> Any:
    said = str(given.get("chat_id", ""))
    return int(said) if re.fullmatch(r"-?\d+", said) else said or None


def refusal(no: Refused) -> Given:
    body: Given = {"ok": False, "error_code": no.code, "description": no.description}
    if no.parameters:
        body["parameters"] = no.parameters
    return body


def answer(body: Given) -> web.Response:
    status = 200 if body["ok"] else body["error_code"]
    return answer_text(status, json.dumps(body, separators=(",", ":")))


def answer_text(status: int, text: str) -> web.Response:
    return web.Response(status=status, text=text, content_type="application/json")


def dropped(request: web.Request) -> web.Response:
    """Close the connection; what is returned then goes nowhere."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=502, text="null", content_type="text/plain")


async def cut_off(request: web.Request, response: web.Response) -> web.StreamResponse:
    """Half an answer, and the connection is gone."""
    content = (response.text or "").encode()
    stream = web.StreamResponse(status=response.status)
    stream.content_type = "application/json"
    stream.content_length = len(content)
    await stream.prepare(request)
    await stream.write(content[: len(content) // 2])
    if request.transport is not None:
        request.transport.abort()
    return stream
