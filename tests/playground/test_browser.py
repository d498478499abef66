"""The page as people use it, in a real browser, with the real bot behind it."""

import asyncio
import json
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from PIL import Image

pytest.importorskip(
    "playwright.async_api", reason="NO BROWSER TESTS: Playwright for Python is not installed"
)
from playwright.async_api import Browser, FilePayload, expect

from playground import Telegram
from playground.cast import Cast
from playground.page import Page
from tests.playground.browser import Window, chromium, picture, window
from tests.playground.conftest import Clock
from tests.playground.test_page import PROJECT, started

pytestmark = pytest.mark.asyncio(loop_scope="session")

THURSDAY = "2026-03-05T10:00"
PICTURES = os.environ.get("OTKLIK_PICTURES")
"""A folder to put the pictures of the README into, as docs/playground.md tells."""
MOST_KIB = 220
QUIET, STUCK = 4.0, 20.0
"""Seconds without anything new, after which only time can be what is waited for."""


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def address(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """The program, as people start it, at a Thursday that does not end."""
    folder = tmp_path_factory.mktemp("playground")
    async with started(folder, "--port", "0", "--at", THURSDAY, "--still") as (process, line):
        address = line.split()[0]
        nudging = asyncio.get_running_loop().create_task(nudges(address))
        yield address
        nudging.cancel()
        await asyncio.gather(nudging, return_exceptions=True)
        process.terminate()
        _, errors = await process.communicate()
        assert b"Traceback" not in errors, errors.decode()


async def glass(address: str) -> dict[str, Any]:
    """What is told behind the glass at this moment."""
    async with (
        aiohttp.ClientSession(read_bufsize=2**24) as http,
        http.get(f"{address}/api/glass") as answer,
    ):
        line = await answer.content.readline()
        told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
        return told


async def at_rest(address: str) -> None:
    """Until nothing waits for anybody. What is to be tried again a little later would wait for
    ever, as the time stands still: where nothing happens for a while, it is moved on."""
    before, since = None, time.monotonic()
    async with asyncio.timeout(180):
        while True:
            counts = (await glass(address))["counts"]
            if not counts["queue"] and not counts["unread"]:
                return
            if counts != before:
                before, since = counts, time.monotonic()
            elif time.monotonic() - since > QUIET:
                await moves_clock(address, 1)
                since = time.monotonic()
            await asyncio.sleep(0.2)


async def nudges(address: str) -> None:
    """A call that fails on a busy machine is tried again a little later, which never comes while
    the time stands still: what has waited long for it gets it."""
    before, since = None, time.monotonic()
    while True:
        with suppress(aiohttp.ClientError):  # it is the tests' to say that the program is gone
            counts = (await glass(address))["counts"]
            if counts != before or not (counts["queue"] or counts["unread"]):
                before, since = counts, time.monotonic()
            elif time.monotonic() - since > STUCK:
                await moves_clock(address, 1)
                since = time.monotonic()
        await asyncio.sleep(1)


async def moves_clock(address: str, minutes: int) -> None:
    """When it is done with what it is at."""
    url = f"{address}/api/glass/clock"
    async with aiohttp.ClientSession(headers={"Origin": address}) as http:
        while True:
            async with http.post(url, json={"minutes": minutes}) as answer:
                if answer.status != 409:
                    assert answer.status == 200
                    return
            await asyncio.sleep(0.3)


async def test_the_tour_with_a_reload_in_the_middle(browser: Browser, address: str) -> None:
    async with window(browser, address, "lang=en&theme=light&fast") as one:
        await one.page.locator(".next").click()
        await expect(one.page.locator(".tour [aria-current]")).to_have_text(re.compile("^1"))
        await one.plays_to(3)
        await expect(one.log(0)).to_contain_text("delivery is on us")
        name = await one.phone(0).locator(".who").inner_text()

        await one.page.reload()

        await expect(one.phone(0).locator(".who")).to_have_text(name)
        await expect(one.page.locator(".tour [aria-current]")).to_have_text(re.compile("^3"))
        await one.plays_to(5)
        await expect(one.log(2)).to_contain_text("Called: the courier is confirmed")
        await one.plays_to(7)
        await expect(one.log(1).locator(".photo img").last).to_be_in_viewport()
        assert "Somebody was faster" not in await one.page.locator(".tells").inner_text()


async def test_the_tour_goes_on_whatever_somebody_tapped(browser: Browser, address: str) -> None:
    async with window(browser, address, "lang=ru&theme=dark&fast", 390) as one:
        await one.plays_to(1)
        await one.page.get_by_role("tab").nth(1).click()
        await one.key(1, "take:").click()
        await expect(one.key(1, "close:")).to_be_visible()
        await one.plays_to(3)
        await one.page.get_by_role("tab").nth(1).click()
        await one.log(1).locator('[data-key^="close:"][data-key$=":solved"]').last.click()
        await one.plays_to(4)
        await expect(one.page.get_by_role("tab").nth(2)).to_contain_text("Олег")
        await one.plays_to(1)  # anew, with somebody new


async def test_typing_tapping_replying_and_editing(browser: Browser, address: str) -> None:
    async with window(browser, address) as one:
        await one.newcomer()
        await one.types(0, "Where is <b>my</b> order?")
        await expect(one.key(1, "take:")).to_be_visible()
        await expect(one.log(1)).to_contain_text("Where is <b>my</b> order?")
        await one.key(1, "take:").click()
        await expect(one.key(1, "close:")).to_be_visible()
        await one.types(1, "On its way")
        await expect(one.log(0)).to_contain_text("On its way")

        mine = one.log(0).locator(".me").last
        await mine.hover()
        await mine.locator(".dots").click()
        await one.phone(0).get_by_role("button", name="Edit", exact=True).click()
        await one.types(0, "Where is my blue order?")
        await expect(one.log(1)).to_contain_text("Where is my blue order?")
        await expect(one.log(0).locator(".me").last).to_contain_text("edited")

        theirs = one.log(0).locator(".msg:not(.me)").last
        await theirs.hover()
        await theirs.locator(".dots").click()
        await one.phone(0).get_by_role("button", name="Reply", exact=True).click()
        await one.types(0, "Thanks")
        await expect(one.log(0).locator(".me").last.locator(".quoted")).to_contain_text(
            "On its way"
        )

        await one.log(1).locator('[data-key^="close:"][data-key$=":solved"]').last.click()
        await expect(one.phone(1).locator(".toasts")).not_to_be_empty()
        await one.key(0, "stars:").click()
        await expect(one.log(0).locator(".msg").last).to_contain_text("5")


async def test_a_photo_opens_in_full_size(browser: Browser, address: str) -> None:
    async with window(browser, address) as one:
        await one.newcomer()
        await one.phone(0).locator("textarea").fill("Like this")
        await one.phone(0).get_by_role("button", name="Attach").click()
        async with one.page.expect_file_chooser() as chosen:
            await one.phone(0).get_by_role("button", name="Photo or album").click()
        chooser = await chosen.value
        file: FilePayload = {
            "name": "a.png",
            "mimeType": "image/png",
            "buffer": picture(1800, 1500),
        }
        await chooser.set_files([file])
        bubble = one.log(0).locator(".me").last
        await expect(bubble).to_contain_text("Like this")
        await bubble.locator(".picture").click()
        full = one.page.locator("#full")
        await expect(full.locator("img")).to_have_attribute("alt", "Like this")
        await full.get_by_role("button", name="Actual size").click()
        size = await full.locator("img").bounding_box()
        assert size is not None
        assert size["width"] == 1800
        await one.page.keyboard.press("Escape")
        await expect(full).to_be_hidden()


async def test_a_voice_message_is_recorded_sent_and_played(browser: Browser, address: str) -> None:
    async with window(browser, address, permissions=["microphone"]) as one:
        await one.newcomer()
        await one.phone(0).get_by_role("button", name="Record a voice message").click()
        # long enough to be seen playing by who looks once a second
        await expect(one.phone(0).get_by_role("timer")).to_have_text(re.compile("0:0[3-9]"))
        await one.phone(0).locator(".recording .go").click()
        spoken = one.log(0).locator(".me .spoken").last
        await expect(spoken.locator(".time")).to_have_text(re.compile("0:0[3-9]"))
        await spoken.get_by_role("button").click()
        await expect(spoken.get_by_role("button")).to_have_attribute("aria-pressed", "true")
        await expect(one.key(1, "take:")).to_be_visible()
        await one.phone(0).get_by_role("button", name="Record a voice message").click()
        await expect(one.phone(0).get_by_role("timer")).to_be_visible()
        await one.page.keyboard.press("Escape")
        await expect(one.phone(0).locator("textarea")).to_be_visible()


async def test_who_has_no_microphone_picks_a_sample(browser: Browser, address: str) -> None:
    async with window(browser, address, "lang=ru&theme=light") as one:
        await one.newcomer()
        await one.phone(0).get_by_role("button", name="Прикрепить").click()
        await one.phone(0).get_by_role("button", name="Голосовое: готовая запись").click()
        await one.phone(0).get_by_role("button", name="Где мой заказ?").click()
        spoken = one.log(0).locator(".me .spoken").last
        await expect(spoken.locator(".time")).to_have_text(re.compile("0:0[3-9]"))
        await expect(one.key(1, "take:")).to_be_visible()
        await one.phone(1).get_by_role("button", name="Прикрепить").click()
        await one.phone(1).get_by_role("button", name="Голосовое: готовая запись").click()
        await expect(one.phone(1).locator(".sheet")).to_contain_text("Звонила Анна Петрова")
        await expect(one.phone(1).locator(".sheet")).not_to_contain_text("Где мой заказ?")


async def test_an_invite_link_is_opened_by_somebody_new(browser: Browser, address: str) -> None:
    async with window(browser, address) as one:
        await one.types(2, "/invite")
        await one.key(2, "invite:operator").click()
        link = one.log(2).locator('a[href*="start=invite"], .row button:has(span)').last
        await link.click()
        await one.phone(2).get_by_role("button", name="Somebody new opens it").click()
        await expect(one.phone(1).locator("h2 b")).to_have_text("Operator")
        await expect(one.log(1)).to_contain_text("/queue")


async def test_more_people_and_whose_phone_it_is(browser: Browser, address: str) -> None:
    async with window(browser, address) as one:
        await one.phone(1).locator(".add").click()  # an operator: the link was pressed for them
        await expect(one.log(1)).to_contain_text("/queue")
        await one.phone(0).get_by_role("button", name="Chats").click()
        chats = one.phone(0).get_by_role("dialog", name="Chats")
        await expect(chats.locator("[aria-current]")).to_be_focused()
        await one.page.keyboard.press("ArrowUp")
        await one.page.keyboard.press("Enter")
        await expect(one.phone(0).locator(".who")).to_contain_text("Кирилл")
        await expect(chats).to_be_hidden()


async def test_the_bot_is_blocked_and_unblocked(browser: Browser, address: str) -> None:
    async with window(browser, address) as one:
        await one.newcomer()
        await one.phone(0).get_by_role("button", name="More", exact=True).click()
        await one.phone(0).get_by_role("button", name="Block the bot").click()
        await expect(one.phone(0).locator("textarea")).to_be_hidden()
        await one.phone(0).get_by_role("button", name="Unblock").click()
        await expect(one.phone(0).locator("textarea")).to_be_visible()


async def test_killed_with_a_message_on_its_way_nothing_is_lost(
    browser: Browser, address: str
) -> None:
    async with window(browser, address, "lang=en&theme=dark&glass") as one:
        await one.newcomer()
        await one.types(0, "First")
        await expect(one.page.locator(".way")).to_contain_text("On disk")
        await expect(one.page.locator(".way")).to_contain_text("customer.wrote")
        before = await glass(address)
        await one.page.get_by_role("button", name="kill").click()
        await expect(one.page.locator(".process")).to_contain_text("dead")
        await one.types(0, "Is anybody there?")
        await expect(one.page.locator(".facts dd").first).to_have_text("1")
        await expect(one.page.locator(".process")).to_contain_text("runs", timeout=60_000)
        await expect(one.log(1)).to_contain_text("Is anybody there?")
        await at_rest(address)
        after = await glass(address)
        assert after["bot"]["pid"] != before["bot"]["pid"]
        assert after["counts"]["kills"] == before["counts"]["kills"] + 1
        assert after["counts"]["parked"] == 0


async def test_a_lost_answer_and_a_clock_moved_on(browser: Browser, address: str) -> None:
    async with window(browser, address, "lang=en&theme=light&glass") as one:
        await one.newcomer()
        await one.types(0, "It is still broken")
        await expect(one.key(1, "take:")).to_be_visible()
        await at_rest(address)
        said = await one.page.locator(".clock").inner_text()
        who = await one.phone(0).locator(".who").inner_text()
        await one.page.get_by_role("button", name="+10 min").click()
        await expect(one.page.locator(".clock")).not_to_have_text(said)
        late = one.log(2).locator(".msg").filter(has_text=who.strip())
        await expect(late.last).to_be_visible()
        lost = (await glass(address))["counts"]["lost"]
        await one.page.get_by_role("button", name="Lose an answer").click()
        await one.key(1, "take:").click()
        facts = one.page.locator(".facts dd")
        await expect(facts.nth(4)).to_have_text(str(lost + 1))
        assert (await glass(address))["faults"] == []
        await one.types(0, "Hello?")
        await moves_clock(address, 1)  # what nobody knows to have arrived is sent again
        await at_rest(address)
        hello = one.log(1).locator(".msg:not(.me)").filter(has_text="Hello?")
        assert await hello.count() == 1
        assert (await glass(address))["counts"]["parked"] == 0


async def test_a_telegram_that_refuses_and_one_that_is_slow(
    browser: Browser, address: str
) -> None:
    async with window(browser, address, "lang=en&theme=dark&glass") as one:
        await one.newcomer()
        await one.types(0, "Good day")
        await one.key(1, "take:").click()
        await at_rest(address)
        refused = (await glass(address))["counts"]["refused"]
        refuses = one.page.get_by_role("button", name="Telegram refuses")
        slow = one.page.get_by_role("button", name="Telegram is slow")
        await refuses.click()
        await expect(refuses).to_have_attribute("aria-pressed", "true")
        await one.types(0, "Does it reach you?")
        await expect(one.page.locator(".facts dd").nth(3)).not_to_have_text(str(refused))
        await refuses.click()
        await at_rest(address)
        await expect(one.log(1)).to_contain_text("Does it reach you?")

        await slow.click()
        await expect(slow).to_have_attribute("aria-pressed", "true")
        await one.types(0, "And slowly?")
        await expect(one.log(1)).to_contain_text("And slowly?")
        await slow.click()
        await at_rest(address)
        said = one.log(1).locator(".msg:not(.me)")
        for words in ("Does it reach you?", "And slowly?"):
            assert await said.filter(has_text=words).count() == 1
        after = await glass(address)
        assert after["faults"] == []
        assert after["counts"]["parked"] == 0


SEEN = [
    ("ru", "light", 1440, "glass"),
    ("en", "dark", 1440, ""),
    ("en", "light", 1024, ""),
    ("ru", "dark", 1024, "glass"),
    ("ru", "light", 390, ""),
    ("en", "dark", 390, "glass"),
]


@pytest.mark.parametrize(("language", "theme", "width", "more"), SEEN)
async def test_each_language_theme_and_width(
    browser: Browser, address: str, language: str, theme: str, width: int, more: str
) -> None:
    axe_playwright = pytest.importorskip("axe_playwright_python.async_playwright")
    async with window(browser, address, f"lang={language}&theme={theme}&{more}", width) as one:
        assert await one.page.get_attribute("html", "lang") == language
        assert await one.page.get_attribute("html", "data-theme") == theme
        wide = await one.page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, "it does not fit"
        await no_serious_findings(axe_playwright, one)
        if not more:
            await one.phone(0).locator(".back").click()
            await no_serious_findings(axe_playwright, one)


async def no_serious_findings(axe_playwright: Any, one: Window) -> None:
    found = await axe_playwright.Axe().run(one.page)
    serious = [
        (each["id"], [node["html"][:200] for node in each["nodes"]][:3])
        for each in found.response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == []


async def test_by_keyboard_alone(browser: Browser, address: str) -> None:
    async with window(browser, address, width=390) as one:
        await one.page.keyboard.press("Tab")
        await expect(one.page.get_by_text("To the phones")).to_be_focused()
        first, second, third = (one.page.get_by_role("tab").nth(n) for n in range(3))
        await first.focus()
        await one.page.keyboard.press("ArrowRight")
        await expect(second).to_be_focused()
        await expect(second).to_have_attribute("aria-selected", "true")
        await expect(one.phone(1)).to_be_visible()
        await one.page.keyboard.press("ArrowLeft")
        await one.page.keyboard.press("ArrowLeft")
        await expect(third).to_be_focused()
        await one.page.locator("#peek").focus()
        await one.page.keyboard.press("Enter")
        await expect(one.page.get_by_role("complementary")).to_be_visible()
        await one.page.keyboard.press("Escape")
        await expect(one.page.get_by_role("complementary")).to_be_hidden()
        await expect(one.page.locator("#peek")).to_be_focused()


async def test_two_thousand_messages(browser: Browser) -> None:
    telegram = Telegram(Clock())
    telegram.bot("42:TEST", username="otklik_bot", name="Otklik")
    cast = Cast(telegram)
    emma = cast.get(103)
    assert emma is not None
    for number in range(2000):
        await emma.types(f"Message number {number}")
    page = Page(telegram, cast, "Europe/Moscow")
    address = await page.start()
    try:
        async with window(browser, address) as one:
            messages = one.log(0).locator(".msg")
            await expect(messages.last).to_contain_text("Message number 1999")
            assert await messages.count() <= 100
            for _ in range(12):
                await one.log(0).evaluate("log => { log.scrollTop = 0; }")
                await one.page.wait_for_timeout(40)
            assert await messages.count() > 200  # older ones come as one scrolls
            await one.log(0).evaluate("log => { log.scrollTop = log.scrollHeight; }")
            for number in range(150):
                await emma.types(f"More {number}")
            await expect(messages.last).to_contain_text("More 149")
            await expect(messages.last).to_be_in_viewport()
            assert await messages.count() < 400  # and go when one reads the end
    finally:
        await page.stop()


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ru", "dark")])
async def test_pictures(
    browser: Browser, address: str, tmp_path: Path, language: str, theme: str
) -> None:
    folder = PROJECT / PICTURES if PICTURES else tmp_path
    async with window(browser, address, f"lang={language}&theme={theme}&fast") as one:
        await one.plays_to(5)
        await at_rest(address)
        await keeps(one, folder / f"playground-{language}.png")
        await one.page.locator("#peek").click()
        await expect(one.page.locator(".way li")).not_to_have_count(0)
        await keeps(one, folder / f"glass-{language}.png")


async def keeps(one: Window, path: Path) -> None:
    await one.page.wait_for_timeout(300)
    with Image.open(BytesIO(await one.page.screenshot())) as taken:
        small = taken.convert("RGB").quantize(160, dither=Image.Dither.NONE)
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    assert 20 < len(written.getvalue()) / 1024 < MOST_KIB
    await asyncio.to_thread(path.write_bytes, written.getvalue())
