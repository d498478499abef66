"""The team's report, when a supervisor asks: pictures, and tables as a workbook."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError

from bot.charts import Draw
from bot.workbook import as_xlsx
from bot.workshop import Effect, Work
from desk import tables, team
from desk.rules import Rules
from desk.team import Period
from handlers.context import Clock
from handlers.screens import report_tables, team_pages
from handlers.screens.report import HOURS, REASONS, TABLES, under
from handlers.screens.team_pages import Shown, To
from i18n import texts_for
from kpi.card import Theme
from storage.database import Database, UnitOfWork
from storage.models import Person, Role, Urgency


class TeamPictures:
    """The job "report"."""

    def __init__(
        self, bot: Bot, database: Database, draw: Draw, rules: Rules, clock: Clock
    ) -> None:
        self._bot = bot
        self._database = database
        self._draw = draw
        self._rules = rules
        self._clock = clock

    def works(self) -> dict[str, Work]:
        return {"report": self.asked}

    async def asked(self, about: Mapping[str, Any]) -> Effect | None:
        if about["page"] == TABLES:
            return await self._tables(about)
        now, rules, page = self._clock(), self._rules, about["page"]
        period = Period.before(now, rules.zone, about["weeks"])
        async with self._database.reading() as tx:
            person = await tx.people.get(about["person_id"])
            if person is None or not person.may(Role.SUPERVISOR):
                return None
            texts = texts_for(person.speaks, rules.locale)
            to = To(texts, rules, now, Theme(person.theme))
            shown = await _page(tx, page, period, to)
            low = rules.negative_rating
            waiting = await tx.surveys.unsorted(*period.edges(rules.zone), low)
        if person.telegram_id is not None:
            with suppress(TelegramAPIError):
                await self._bot.send_chat_action(person.telegram_id, ChatAction.UPLOAD_PHOTO)
        picture = await self._draw(shown.page)
        buttons = under(texts, page, period.weeks, person.theme, len(waiting))

        async def effect(tx: UnitOfWork) -> None:
            _say(tx, f"report:{about['said']}", person, shown.caption, picture, buttons, now)

        return effect

    async def _tables(self, about: Mapping[str, Any]) -> Effect | None:
        """Every figure with its interval, and the records it rests on: numbers, no words."""
        now, rules = self._clock(), self._rules
        period = Period.before(now, rules.zone, about["weeks"])
        async with self._database.reading() as tx:
            person = await tx.people.get(about["person_id"])
            if person is None or not person.may(Role.SUPERVISOR):
                return None
            scopes = await tables.scopes(tx, period=period, rules=rules, now=now)
        texts = texts_for(person.speaks, rules.locale)
        sheets = report_tables.tables(texts, scopes, rules.zone, now)
        packed = await asyncio.to_thread(as_xlsx, sheets)
        today = now.astimezone(rules.zone).date()
        caption = texts("report-tables-caption", days=team_pages.days(texts, period, today))
        name = f"otklik-{period.first.monday}-{period.last.sunday}.xlsx"
        number = person.id

        async def effect(tx: UnitOfWork) -> None:
            key = f"report:{about['said']}"
            tx.deliveries.say(
                key, number, caption, now, urgency=Urgency.SOON, file=packed, file_name=name
            )

        return effect


async def _page(tx: UnitOfWork, page: str, period: Period, to: To) -> Shown:
    if page == HOURS:
        found = await team.hours(tx, period=period, rules=to.rules, now=to.now)
        return team_pages.hours(found, period, to)
    if page == REASONS:
        low = await team.dissatisfaction(tx, period=period, rules=to.rules)
        return team_pages.reasons(low, period, to)
    compared = await team.compare(tx, metric=page, period=period, rules=to.rules, now=to.now)
    return team_pages.compared(compared, period, to)


def _say(
    tx: UnitOfWork,
    key: str,
    person: Person,
    words: str,
    picture: bytes,
    buttons: Any,
    now: datetime,
) -> None:
    keyboard = buttons.model_dump(exclude_none=True, mode="json")
    tx.deliveries.say(
        key, person.id, words, now, urgency=Urgency.NOW, keyboard=keyboard, picture=picture
    )
