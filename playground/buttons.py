"""Keyboards: what Telegram refuses about them."""

import re
from typing import Any

from playground.refusals import untaught, violation

ACTIONS = {"callback_data", "url", "copy_text", "disabled"}
LOOKS = {"text", "style"}
MOST_BUTTONS = 100
ROW_OF_BUTTONS = 8


def check_markup(markup: dict[str, Any]) -> None:
    rows = markup.get("inline_keyboard")
    if rows is None:
        check_reply_keyboard(markup.get("keyboard", []))
        return
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise violation("reply markup is too long")
    for row in rows:
        if len(row) > ROW_OF_BUTTONS:
            raise violation(f"a row holds at most {ROW_OF_BUTTONS} buttons")
        for button in row:
            check_button(button)


def check_button(button: dict[str, Any]) -> None:
    does = button.keys() - LOOKS
    if does - ACTIONS:
        raise untaught(f"buttons with {', '.join(sorted(does - ACTIONS))}")
    if not button["text"].strip():
        raise violation("can't parse inline keyboard button: BUTTON_TEXT_INVALID")
    if len(does) != 1:
        raise violation(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    url = button.get("url")
    if url is not None and not re.match(r"(https?://[^\s/]+|tg://\w)", url):
        raise violation(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_reply_keyboard(rows: list[list[dict[str, Any]]]) -> None:
    for row in rows:
        for button in row:
            unknown = button.keys() - LOOKS - {"request_contact", "request_location"}
            if unknown:
                raise untaught(f"keyboard buttons with {', '.join(sorted(unknown))}")
            if not button["text"].strip():
                raise violation("can't parse keyboard button: BUTTON_TEXT_INVALID")


def markup_or_none(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """An inline keyboard to keep; an empty one is none at all."""
    if markup is None or not any(markup.get("inline_keyboard", [])):
        return None
    return markup
