"""Keyboards in a line each."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from i18n.texts import shorten

LONGEST_LABEL = 40
"""More does not fit on a phone."""


def button(label: str, tap: CallbackData, *, primary: bool = False) -> InlineKeyboardButton:
    """`label` is plain text; at most one button of a card is `primary`."""
    return InlineKeyboardButton(
        text=shorten(label, LONGEST_LABEL) or "…",
        callback_data=tap.pack(),
        style="primary" if primary else None,
    )


def keyboard(*rows: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Rows from top to bottom; empty ones are left out."""
    return InlineKeyboardMarkup(inline_keyboard=[list(row) for row in rows if row])


def rows_of(
    buttons: Sequence[InlineKeyboardButton], wide: int = 2
) -> list[Sequence[InlineKeyboardButton]]:
    """So many beside each other, one row below the other."""
    return [buttons[at : at + wide] for at in range(0, len(buttons), wide)]
