"""Three months a team has behind it, made up but the same each time, as the desk would keep them.

`Past(…).happened(tx)` fills an empty database up to `now`. The cast's regulars have started the
bot and find their last chats on their screens; one of them has not rated the last one yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from desk.rules import Rules
from playground.cast import CAST
from playground.past.chats import JUST_NOW, chat
from playground.past.diaries import calls_and_visits
from playground.past.people import OPERATORS, REGULARS
from playground.past.world import WEEKS, Chance, World
from playground.telegram import Telegram
from storage.database import UnitOfWork
from storage.models import (
    Alert,
    Base,
    Comment,
    Conversation,
    ConversationEvent,
    DiaryEntry,
    DiaryVersion,
    Message,
    Person,
    ScheduleVersion,
    Survey,
    SurveyTap,
    Timer,
    Urgency,
    Wait,
)

SCREENS = 2
"""Chats a regular of the cast still has on the screen."""
WAITS_FOR_STARS = 102
"""The customer whose last chat has just ended and is not rated yet."""
IS_OVER_AFTER = 3 * 3600
"""Seconds of working time no conversation of the past took longer than."""


class Past:
    """`telegram`: where the customers' accounts and the regulars' screens are made. `hours`:
    WORKING_HOURS and HOLIDAYS as they are spelled."""

    def __init__(
        self, telegram: Telegram, rules: Rules, now: datetime, hours: tuple[str, str]
    ) -> None:
        self._world = World(telegram, rules, now)
        self._hours = hours
        self._begins = self._world.monday(WEEKS)

    async def happened(self, tx: UnitOfWork) -> None:
        """Write it all down, in an empty database."""
        rows, now = self.made_up(), self._world.now
        team = await tx.teams.ours()
        team.started_at = self._begins
        hours, holidays = self._hours
        zone = str(self._world.rules.zone)
        tx.teams.keep_schedule(
            ScheduleVersion(since=self._begins, hours=hours, holidays=holidays, zone=zone)
        )
        for kind in IN_ORDER:
            await tx.fill(rows[kind])
        survey = rows[Survey][-1]
        assert isinstance(survey, Survey)
        tx.cards.show(f"survey:{survey.id}", survey.customer_id, now, Urgency.SOON)

    def made_up(self) -> Mapping[type[Base], Sequence[Base]]:
        """All its rows, by table; once."""
        self._meets_people()
        chances = self._chances()
        shown = _on_screens(chances)
        for place, chance in enumerate(chances):
            chat(self._world, chance, on_screen=place in shown)
        calls_and_visits(self._world)
        return self._world.rows

    def _meets_people(self) -> None:
        world = self._world
        for part in CAST:
            if part.role != "customer":
                person = self._person(part.id, part.name, part.language)
                person.is_operator = part.role == "operator"
                person.is_supervisor = part.role == "supervisor"
                person.on_shift = person.is_operator
                person.shift_since = world.now - timedelta(hours=2) if person.on_shift else None
        for habits in world.customers:
            if habits.telegram_id not in world.telegram.accounts:
                world.telegram.account(habits.name, habits.language, id=habits.telegram_id)
            self._person(habits.telegram_id, habits.name, habits.language)

    def _person(self, telegram_id: int, name: str, language: str) -> Person:
        person = Person(
            id=self._world.next(Person),
            telegram_id=telegram_id,
            name=name,
            telegram_language=language,
            reachable=True,
            greeted_at=self._begins,
            created_at=self._begins,
        )
        self._world.people[telegram_id] = person.id
        self._world.keep(person)
        self._world.telegram.accounts[telegram_id].chat.started = True
        return person

    def _chances(self) -> list[Chance]:
        """In order of time; the last is that of who has yet to rate."""
        world, found = self._world, []
        for number, strengths in OPERATORS.items():
            for ago in range(WEEKS, -1, -1):
                for _ in range(max(3, round(world.dice.gauss(strengths.chats, 5)))):
                    customer = world.somebody(strengths.language)
                    opened = world.moment(ago, customer)
                    if world.rules.schedule.between(opened, world.now) > IS_OVER_AFTER:
                        found.append(Chance(opened, number, customer, ago))
        found = list(_one_at_a_time(sorted(found, key=lambda chance: chance.opened)))
        last = world.now - JUST_NOW - timedelta(minutes=10)
        found.append(Chance(last, 201, REGULARS[WAITS_FOR_STARS], 0, just_now=True))
        return found


IN_ORDER = (
    Person,
    Conversation,
    ConversationEvent,
    Message,
    Wait,
    Survey,
    SurveyTap,
    Comment,
    Alert,
    DiaryEntry,
    DiaryVersion,
    Timer,
)
"""So that what a row refers to is there before it."""


def _on_screens(chances: Sequence[Chance]) -> set[int]:
    """The places of the last chats of those who have a phone on the page."""
    found: set[int] = set()
    for number in REGULARS:
        theirs = [n for n, each in enumerate(chances) if each.customer.telegram_id == number]
        found |= set(theirs[-SCREENS:])
    return found


def _one_at_a_time(chances: Sequence[Chance]) -> Iterator[Chance]:
    """A customer is in one conversation at a time."""
    free: dict[int, datetime] = {}
    for chance in chances:
        number = chance.customer.telegram_id
        if chance.opened >= free.get(number, chance.opened):
            free[number] = chance.opened + timedelta(hours=2)
            yield chance
