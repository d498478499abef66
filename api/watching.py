"""For whoever watches the program: does it live, does it serve people, what do its numbers say."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

Troubles = Callable[[], Awaitable[Sequence[str]]]
"""Why people are not served; empty when they are."""

Scrape = Callable[[], Awaitable[bytes]]


def routes(troubles: Troubles, scrape: Scrape, content_type: str) -> list[web.RouteDef]:
    """/healthz: the process lives. /readyz: people are served; 503 and why, if not.
    /metrics: for Prometheus, in `content_type`."""

    async def lives(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def serves(_: web.Request) -> web.Response:
        found = await troubles()
        said = {"ready": not found, "reasons": list(found)}
        return web.json_response(said, status=503 if found else 200)

    async def counts(_: web.Request) -> web.Response:
        return web.Response(body=await scrape(), headers={"Content-Type": content_type})

    return [
        web.get("/healthz", lives),
        web.get("/readyz", serves),
        web.get("/metrics", counts),
    ]
