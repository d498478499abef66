"""What the past is made of: a moment it ends at, its people, and rows with numbers."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from desk.rules import Rules
from playground.past.people import Habits, customers
from playground.past.themes import Lines, Theme
from playground.telegram import Telegram
from storage.models import Base, Conversation, ConversationEvent, EventKind, Timer

WEEKS = 13
WEEK = timedelta(days=7)
SEED = 20_260_302
BUSY = (24, 20, 18, 17, 18, 10, 7)
"""How much is written on which day, Monday first."""


@dataclass(frozen=True, slots=True)
class Chance:
    """That one customer writes to one operator at a moment."""

    opened: datetime
    operator: int
    """Telegram's number, as `customer.telegram_id`."""
    customer: Habits
    weeks_ago: int
    just_now: bool = False
    """Its last words are minutes old, and nobody has rated it."""


@dataclass(slots=True)
class Chatted:
    """A conversation while it is made up."""

    row: Conversation
    by: Chance
    theme: Theme
    lines: Lines
    order: str
    satisfied: bool
    late: bool = False

    @property
    def closed(self) -> datetime:
        assert self.row.closed_at is not None
        return self.row.closed_at


@dataclass(slots=True)
class World:
    telegram: Telegram
    rules: Rules
    now: datetime
    dice: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - a game
    customers: list[Habits] = field(init=False)
    people: dict[int, int] = field(default_factory=dict)
    """Our numbers by Telegram's."""
    asked: dict[int, datetime] = field(default_factory=dict)
    """When a customer had a survey last."""
    turns: Counter[int] = field(default_factory=Counter)
    """How often a customer was asked something after the stars."""
    recommended: dict[int, datetime] = field(default_factory=dict)
    """When a customer was last asked whether they would recommend us."""
    rows: dict[type[Base], list[Base]] = field(default_factory=lambda: defaultdict(list))
    _often: dict[str, tuple[list[Habits], list[float]]] = field(default_factory=dict)
    """By language: its customers, and how often they write, summed up."""
    _numbers: dict[type[Base], Iterator[int]] = field(
        default_factory=lambda: defaultdict(lambda: itertools.count(1))
    )

    def __post_init__(self) -> None:
        self.customers = customers(self.dice)
        for language in {each.language for each in self.customers}:
            those = [each for each in self.customers if each.language == language]
            weights = list(itertools.accumulate(each.often for each in those))
            self._often[language] = those, weights

    def keep(self, row: Base) -> None:
        self.rows[type(row)].append(row)

    def next(self, kind: type[Base]) -> int:
        return next(self._numbers[kind])

    def event(
        self, row: Conversation, kind: EventKind, at: datetime, by: int | None, text: str = ""
    ) -> None:
        self.keep(
            ConversationEvent(
                id=self.next(ConversationEvent),
                conversation_id=row.id,
                at=at,
                kind=kind,
                by_id=by,
                text=text or None,
            )
        )

    def due(self, kind: str, about: int, at: datetime) -> None:
        self.keep(Timer(id=self.next(Timer), kind=kind, about_id=about, due_at=at))

    def monday(self, weeks_ago: int) -> datetime:
        local = self.now.astimezone(self.rules.zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        days = timedelta(days=local.weekday(), weeks=weeks_ago)
        return (midnight - days).astimezone(UTC)

    def somebody(self, language: str) -> Habits:
        those, often = self._often[language]
        return self.dice.choices(those, cum_weights=often)[0]

    def moment(self, weeks_ago: int, customer: Habits) -> datetime:
        """When they write in that week: on a busy day rather, around their hour."""
        day = self.dice.choices(range(7), BUSY)[0]
        hour = min(23.5, max(8.0, self.dice.gauss(customer.hour, 1.6)))
        wall = self.monday(weeks_ago).astimezone(self.rules.zone) + timedelta(days=day)
        moment = wall.replace(hour=int(hour), minute=int(hour % 1 * 60)).astimezone(UTC)
        moment += timedelta(seconds=self.dice.randint(0, 59))
        return self.rules.schedule.opens_after(moment)
