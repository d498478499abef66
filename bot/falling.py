"""Once a day: figures that fall beyond chance while the week goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from apscheduler.triggers.cron import CronTrigger

from bot.schedule import Appointment
from bot.workshop import Effect, Work
from desk import falls
from desk.falls import Moved
from desk.rules import Rules
from desk.weeks import Week
from handlers.context import Clock
from handlers.screens import digest
from i18n import texts_for
from storage.database import Database, UnitOfWork
from storage.models import Person, Urgency

NAME = "falling-kpi"
HOUR = 10
"""In the team's zone: there is a working day left to do something about it."""


def daily(rules: Rules) -> Appointment:
    async def do(tx: UnitOfWork, slot: datetime, now: datetime) -> None:
        tx.jobs.ask(NAME, now, f"{NAME}:{slot:%Y-%m-%d}")

    return Appointment(NAME, CronTrigger(hour=HOUR, minute=0, timezone=rules.zone), do)


class FallingFigures:
    """The job that looks. A metric of somebody is told of once a week at most, by a unique row."""

    def __init__(self, database: Database, rules: Rules, clock: Clock) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock

    def works(self) -> dict[str, Work]:
        return {NAME: self.looked}

    async def looked(self, _: Mapping[str, Any]) -> Effect | None:
        now, rules = self._clock(), self._rules
        week = Week.of(now, rules.zone)
        async with self._database.reading() as tx:
            found = await falls.falling(tx, week, rules, now)
        if not found:
            return None

        async def effect(tx: UnitOfWork) -> None:
            for moved in found:
                number, metric = moved.key
                if await tx.slots.fill(f"fell:{metric}:{number}", week.start(rules.zone), now):
                    await self._tell(tx, moved, week, now)

        return effect

    async def _tell(self, tx: UnitOfWork, moved: Moved, week: Week, now: datetime) -> None:
        """Supervisors, and whose figure it is, at the same moment: nobody is talked about."""
        for person in await tx.people.supervisors():
            self._say(tx, person, moved, week, now, team=True)
        if moved.person is not None:
            self._say(tx, moved.person, moved, week, now, team=False)

    def _say(
        self, tx: UnitOfWork, to: Person, moved: Moved, week: Week, now: datetime, *, team: bool
    ) -> None:
        if not to.reachable or to.telegram_id is None:
            return
        if not team and to.is_supervisor:
            return  # they have just read it
        texts = texts_for(to.speaks, self._rules.locale)
        number, metric = moved.key
        words = digest.fell(texts, moved) if team else digest.fell_for_you(texts, moved)
        buttons = digest.fell_buttons(texts, moved, week.later(-1), team=team)
        tx.deliveries.say(
            f"{NAME}:{week.monday}:{metric}:{number}:{to.id}",
            to.id,
            words,
            now,
            urgency=Urgency.SOON,
            keyboard=buttons.model_dump(exclude_none=True, mode="json"),
        )
