from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiogram.types import InlineKeyboardMarkup

from desk.rules import Rules
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Person


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at a card, when, and with what."""

    tx: UnitOfWork
    reader: Person
    texts: Texts
    rules: Rules
    now: datetime

    def moment(self, moment: datetime) -> str:
        """A moment as the reader says it, in the team's zone."""
        return self.texts.moment(moment, self.rules.zone, self.now)

    def bound(self, moment: datetime) -> str:
        """The same after "since", "by" or "until"."""
        return self.texts.bound(moment, self.rules.zone, self.now)


@dataclass(frozen=True, slots=True)
class Screen:
    """What a card shows: HTML from texts, at most 4,096 characters once parsed."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None


Compose = Callable[[Look, int], Awaitable[Screen | None]]
"""A card's content from what is saved and who looks; None: there is nothing to see any more, so
a message already shown is taken away, and one not yet shown is never sent."""
