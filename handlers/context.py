"""What every handler may ask for by name, besides aiogram's own.

`me: Person`, `tx: UnitOfWork`, `texts: Texts`, `say: Say`, `toast: Toast`, `rules: Rules`,
`clock: Clock`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from i18n.pages import cut
from storage.database import UnitOfWork
from storage.models import Person, Urgency

Clock = Callable[[], datetime]
"""The current moment, aware, in UTC."""

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


LONGEST_TOAST = 200
"""Telegram's limit; a longer one would leave the tap without any answer."""


class Toast:
    """The short answer a tap gets, sent after the commit; a tap always gets one."""

    def __init__(self) -> None:
        self._text: str | None = None
        self.alert = False
        """Shown in a window that must be closed, for what must not be missed."""

    @property
    def text(self) -> str | None:
        return self._text

    @text.setter
    def text(self, words: str) -> None:
        self._text = cut(words, LONGEST_TOAST)  # somebody's long name may be in it


@dataclass(slots=True)
class Say:
    """Tell whoever wrote or tapped: HTML from texts(...), delivered after the commit, in order."""

    tx: UnitOfWork
    me: Person
    event: str
    """What is answered, e.g. "update:42:17": twice the same answer to it is once."""
    now: datetime
    _said: int = 0

    def __call__(
        self,
        html: str,
        keyboard: Keyboard | None = None,
        *,
        to: Person | None = None,
        photo: str | None = None,
        subject: str | None = None,
        urgency: Urgency = Urgency.NOW,
    ) -> None:
        """`to` somebody else than who wrote; as the caption of a `photo`, by its file id; a reply
        to it will be about `subject`."""
        self._said += 1
        markup = keyboard.model_dump(exclude_none=True, mode="json") if keyboard else None
        self.tx.deliveries.say(
            f"{self.event}:{self._said}",
            (to or self.me).id,
            html,
            self.now,
            urgency=urgency,
            keyboard=markup,
            photo=photo,
            subject=subject,
        )
