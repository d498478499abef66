"""A real browser on the page, for tests: Debian's Chromium by Playwright."""

import os
import re
import shutil
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip(
    "playwright.async_api", reason="NO BROWSER TESTS: Playwright for Python is not installed"
)
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    async_playwright,
    expect,
)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
LOOPBACK = {"127.0.0.1", "localhost"}
LONG = 120_000.0
"""Milliseconds: beside tests that kill processes, a second is long."""
expect.set_options(timeout=LONG)
PLAYED_WITHIN = 180_000.0
"""Milliseconds for several steps of the tour."""


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("NO BROWSER TESTS: there is no Chromium (set CHROMIUM to its path)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@dataclass
class Window:
    """The page in a window of its own, with nothing kept from others."""

    page: Page
    troubles: list[str] = field(default_factory=list)
    """What a browser complains of, and every request that leaves this machine."""

    def hears(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.troubles.append(said.text)

    def asks(self, request: Request) -> None:
        if not _stays(request.url):
            self.troubles.append(request.url)

    def phone(self, slot: int) -> Locator:
        return self.page.locator(f"#phone-{slot}")

    def log(self, slot: int) -> Locator:
        return self.phone(slot).get_by_role("log")

    async def types(self, slot: int, text: str) -> None:
        field = self.phone(slot).locator("textarea")
        await field.fill(text)
        await field.press("Enter")

    def key(self, slot: int, data: str) -> Locator:
        """The last button whose data begins so: its words are the bot's business."""
        return self.log(slot).locator(f'[data-key^="{data}"]').last

    async def newcomer(self, slot: int = 0) -> None:
        """Somebody who has never seen the bot presses Start."""
        await self.phone(slot).locator(".add").click()
        await self.phone(slot).locator(".gate button").click()
        await expect(self.log(slot).locator(".msg:not(.me)")).not_to_have_count(0)

    async def plays_to(self, step: int) -> None:
        """The tour, up to this step, none of which was passed over."""
        await expect(self.page.locator(".next")).to_be_enabled(timeout=PLAYED_WITHIN)
        await self.page.locator(".tour li button").nth(step - 1).dispatch_event("click")
        await expect(self.page.locator(".tour [aria-current]")).to_have_text(
            re.compile(f"^{step}"), timeout=PLAYED_WITHIN
        )
        await expect(self.page.locator(".next")).to_be_enabled(timeout=PLAYED_WITHIN)
        missed = await self.page.locator(".tour").get_attribute("data-missed")
        assert missed is None, missed


@asynccontextmanager
async def window(
    browser: Browser,
    address: str,
    fragment: str = "lang=en&theme=light",
    width: int = 1440,
    **more: Any,
) -> AsyncIterator[Window]:
    """Errors: AssertionError at the end, if the browser had anything to complain of."""
    height = {1440: 900, 1024: 768, 390: 844}[width]
    context = await browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", **more
    )
    page = await context.new_page()
    page.set_default_timeout(LONG)
    one = Window(page)
    page.on("console", one.hears)
    page.on("pageerror", lambda error: one.troubles.append(str(error)))
    page.on("request", one.asks)
    await page.goto(f"{address}/#{fragment}")
    await expect(page.locator("#phone-0 .who")).not_to_be_empty()
    yield one
    await context.close()
    assert one.troubles == []


def _stays(url: str) -> bool:
    address = urlsplit(url)
    return address.scheme in {"data", "blob"} or address.hostname in LOOPBACK


def picture(width: int = 640, height: int = 400) -> bytes:
    """A PNG that can be seen: a slope from dark to light."""
    rows = b"".join(
        b"\0" + bytes((x * 255 // width + y) % 256 for x in range(width)) for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
