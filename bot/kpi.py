"""Weeks in pictures: drawn when somebody asks, and pushed once a week to everybody."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError

from bot.charts import Draw
from bot.schedule import Entry
from bot.workshop import Effect, Work
from desk import falls, plans, reports
from desk.falls import Digest
from desk.reports import Report, read_push
from desk.rules import Rules
from desk.weeks import KINDS, Span, SpanKind, Week
from handlers.context import Clock
from handlers.screens import digest as digests
from handlers.screens import figures as spell
from handlers.screens.card_buttons import under
from handlers.screens.category import caption as category_words
from handlers.screens.category import category_page
from handlers.screens.weekly import Telling, caption, weekly_card
from i18n import texts_for
from kpi.card import WeeklyCard
from kpi.pages import CategoryPage
from kpi.score import Category
from storage.database import Database, UnitOfWork
from storage.models import Person, Role, Urgency

PUSH = "weekly-kpi"
REVIEW = "plan-review"
DIGEST = "digest"


class WeeklyPictures:
    """The jobs "kpi" (somebody asked) and "weekly-kpi" (a week is over)."""

    def __init__(
        self, bot: Bot, database: Database, draw: Draw, rules: Rules, clock: Clock
    ) -> None:
        self._bot = bot
        self._database = database
        self._draw = draw
        self._rules = rules
        self._clock = clock

    def works(self) -> dict[str, Work]:
        return {"kpi": self.asked, PUSH: self.pushed}

    async def asked(self, about: Mapping[str, Any]) -> Effect | None:
        async with self._database.reading() as tx:
            person = await tx.people.get(about["person_id"])
        if person is None or not _may_see(person, about["team"]):
            return None
        await _shows_that_it_works(self._bot, person)
        now = self._clock()
        async with self._database.reading() as tx:
            kind = KINDS[SpanKind(about.get("span", SpanKind.WEEK))]
            last = kind.of(now, self._rules.zone)
            found = await _asked_for(tx, person, about["team"], last, self._rules, now)
            telling = self._telling(found, person, now)
            complete = found.before if telling.going_on else found.last
            push = None
            if isinstance(complete.week, Week):  # nothing else is pushed
                push = await tx.pushes.of_week(person.id, complete.week.monday)
        if about.get("category") and telling.week.scored is not None:
            category = Category(about["category"])
            picture = await self._draw(_page(telling, person, category))
            words = category_words(telling, category)
        else:
            picture = await self._draw(_card(telling, person))
            words = caption(telling, read_push(push, found))

        async def effect(tx: UnitOfWork) -> None:
            _say(tx, f"kpi:{about['said']}", person, telling, picture, words, Urgency.NOW)

        return effect

    async def pushed(self, about: Mapping[str, Any]) -> Effect | None:
        week, now = Week(date.fromisoformat(about["week"])), self._clock()
        async with self._database.reading() as tx:
            person = await tx.people.get(about["person_id"])
            if person is None or not _is_pushed_to(person):
                return None
            if await tx.pushes.of_week(person.id, week.monday) is not None:
                return None
            found = await reports.shown_to(
                tx, person=person, last=week, rules=self._rules, now=now
            )
            team = await self._team(tx, person, week, now)
        tellings = [self._telling(report, person, now) for report in found]
        pictures = [await self._draw(_card(telling, person)) for telling in tellings]

        async def effect(tx: UnitOfWork) -> None:
            kept = reports.as_pushed(found)
            if not await tx.pushes.keep(person.id, week.monday, kept, now):
                return
            for telling, picture in zip(tellings, pictures, strict=True):
                key = f"{PUSH}:{week.monday}:{person.id}:{telling.scope}"
                _say(tx, key, person, telling, picture, caption(telling), Urgency.BULK)
            if team is not None:
                _say_digest(tx, person, team, week, self._rules, now)

        return effect

    async def _team(
        self, tx: UnitOfWork, person: Person, week: Week, now: datetime
    ) -> Digest | None:
        """Reckoned once for all supervisors of a Monday; None: it is not for them."""
        if not person.may(Role.SUPERVISOR):
            return None
        made, digest = tx.kept.get((DIGEST, week), (None, None))
        if made != now:
            digest = await falls.digest(tx, week, self._rules, now)
            tx.kept[DIGEST, week] = now, digest
        return digest

    def _telling(self, report: Report, person: Person, now: datetime) -> Telling:
        return Telling(report, texts_for(person.speaks, self._rules.locale), self._rules, now)


def entry(rules: Rules) -> Entry:
    """The calendar's part: the week that was over at the slot goes to everybody."""

    async def do(tx: UnitOfWork, slot: datetime, now: datetime) -> None:
        await ask_for_all(tx, over_at(slot, rules), now)

    return do


def review(rules: Rules) -> Entry:
    """The calendar's part: plans that are a quarter old are laid before both again."""

    async def do(tx: UnitOfWork, slot: datetime, now: datetime) -> None:
        await plans.ask_to_review(tx, week=Week.of(slot, rules.zone), now=now)

    return do


def over_at(moment: datetime, rules: Rules) -> Week:
    """The last week that was complete then."""
    return Week.of(moment, rules.zone).later(-1)


async def ask_for_all(tx: UnitOfWork, week: Week, now: datetime) -> Sequence[Person]:
    """Leave a job for everybody who should get the week and has not; gives who that is."""
    found = []
    have = await tx.pushes.people_of_week(week.monday)
    for person in await tx.people.operators():
        if _is_pushed_to(person) and person.id not in have:
            key = f"{PUSH}:{week.monday}:{person.id}"
            tx.jobs.ask(PUSH, now, key, person_id=person.id, week=week.monday.isoformat())
            found.append(person)
    return found


async def _asked_for(
    tx: UnitOfWork, person: Person, team: bool | None, last: Span, rules: Rules, now: datetime
) -> Report:
    """This span beside the one before, alone while nothing has happened in this one.

    Who did not say whose figures gets their own, if they have any.
    """
    if team is None:
        found = (await reports.shown_to(tx, person=person, last=last, rules=rules, now=now))[0]
    else:
        whose = None if team else person
        found = await reports.of(tx, person=whose, last=last, rules=rules, now=now)
    if found.last.facts or not found:
        return found
    return await reports.of(tx, person=found.person, last=last.later(-1), rules=rules, now=now)


def _may_see(person: Person, team: bool | None) -> bool:
    return person.may(Role.SUPERVISOR if team else Role.OPERATOR)


def _is_pushed_to(person: Person) -> bool:
    return person.may(Role.OPERATOR) and person.reachable and person.telegram_id is not None


def _say(
    tx: UnitOfWork,
    key: str,
    person: Person,
    telling: Telling,
    picture: bytes,
    words: str,
    urgency: Urgency,
) -> None:
    buttons = under(telling, person.theme, both=person.may(Role.SUPERVISOR))
    tx.deliveries.say(
        key,
        person.id,
        words,
        telling.now,
        urgency=urgency,
        keyboard=buttons.model_dump(exclude_none=True, mode="json"),
        picture=picture,
    )


def _say_digest(
    tx: UnitOfWork, person: Person, team: Digest, week: Week, rules: Rules, now: datetime
) -> None:
    texts = texts_for(person.speaks, rules.locale)
    days = spell.days(texts, week, now.astimezone(rules.zone).date())
    tx.deliveries.say(
        f"{PUSH}:{week.monday}:{person.id}:digest",
        person.id,
        digests.words(texts, team, days),
        now,
        urgency=Urgency.BULK,
        keyboard=digests.buttons(texts, team, week).model_dump(exclude_none=True, mode="json"),
    )


def _card(telling: Telling, person: Person) -> WeeklyCard:
    return weekly_card(telling, _name(telling, person), person.theme)


def _page(telling: Telling, person: Person, category: Category) -> CategoryPage:
    return category_page(telling, category, _name(telling, person), person.theme)


def _name(telling: Telling, person: Person) -> str:
    return person.shown_name if telling.report.person else telling.texts.plain("kpi-team")


async def _shows_that_it_works(bot: Bot, person: Person) -> None:
    """ "Sending a photo…" above the chat: nice to see, and nobody's loss when it fails."""
    if person.telegram_id is not None:
        with suppress(TelegramAPIError):
            await bot.send_chat_action(person.telegram_id, ChatAction.UPLOAD_PHOTO)
