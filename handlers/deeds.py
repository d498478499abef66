"""Who did what in the team, for supervisors: roles, bans, hand-overs, and who looked at what."""

from collections.abc import Mapping, Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from desk.rules import Rules
from handlers.callbacks import (
    DeedsTap,
)
from handlers.context import Clock, Say
from handlers.keyboards import button, keyboard
from i18n import Texts
from i18n.texts import Html, shorten
from storage.database import UnitOfWork
from storage.models import AuditRecord, Person

LINES = 20
NAME = 32
"""Characters of a name: even in emoji all lines fit into a message."""


async def asked(
    _: CallbackQuery,
    callback_data: DeedsTap,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    found = await tx.audit.page(callback_data.before or None, LINES + 1)
    shown, now = found[:LINES], clock()
    people = await tx.people.some(_people_in(shown))
    lines = [
        _line(texts, record, people, texts.moment(record.at, rules.zone, now)) for record in shown
    ]
    rows = []
    if len(found) > LINES:
        earlier = DeedsTap(before=shown[-1].id)
        rows.append([button(texts.plain("deeds-earlier"), earlier)])
    title = texts("deeds-title") if lines else texts("deeds-none")
    say(texts.lines(title, *lines), keyboard(*rows) if rows else None)


def _people_in(records: Sequence[AuditRecord]) -> set[int]:
    numbers = {record.by_id for record in records}
    numbers |= {(record.details or {}).get("to") for record in records}
    for record in records:
        kind, _, number = record.about.partition(":")
        if kind == "person":
            numbers.add(int(number))
    return {number for number in numbers if number is not None}


def _line(texts: Texts, record: AuditRecord, people: Mapping[int, Person], at: str) -> Html:
    by = people.get(record.by_id) if record.by_id is not None else None
    return texts(
        "deeds-line",
        at=at,
        who=shorten(by.shown_name, NAME) if by else texts.plain("deeds-by-itself"),
        what=texts.plain(f"did-{record.action}"),
        about=_about(texts, record, people),
    )


def _about(texts: Texts, record: AuditRecord, people: Mapping[int, Person]) -> str:
    """Whom or what, and what else is known; "" where the deed says it all."""
    kind, _, number = record.about.partition(":")
    details = record.details or {}
    parts = []
    if kind == "person" and (person := people.get(int(number))) is not None:
        parts.append(shorten(person.shown_name, NAME))
    elif kind == "conversation":
        parts.append(texts.plain("deeds-conversation", number=number))
    elif kind == "entry":
        parts.append(texts.plain("deeds-entry", number=number))
    if "role" in details:
        parts.append(texts.plain(f"role-{details['role']}"))
    if "priority" in details:
        parts.append(texts.plain("deeds-priority", priority=details["priority"]))
    if (to := people.get(details.get("to", 0))) is not None:
        parts.append(shorten(to.shown_name, NAME))
    return ", ".join(parts)


def router() -> Router:
    deeds = Router(name="deeds")
    deeds.callback_query.register(asked, DeedsTap.filter())
    return deeds
