"""What somebody may ask about their own data: all of it, or that none is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk import alerts, conversations, people
from desk.messages import UNDO_WITHIN
from desk.refusals import LastSupervisor, SetInSettings, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Afterwards, Deed, DeliveryKind, Person, Role
from storage.traces import NOBODY, SentCopy

SURE_WITHIN = timedelta(minutes=15)
"""An old button deletes nobody."""


@dataclass(frozen=True, slots=True)
class Remains:
    """What will be left when somebody has deleted their data, for them to know before."""

    open: Sequence[int]
    """Their conversations that go on, and will be closed."""
    held: int
    """Conversations of others they answer, which go back to the queue."""
    beyond_recall: int
    """Messages in the team's chats that Telegram lets a bot delete no more."""


async def file_asked(tx: UnitOfWork, *, by: Person, now: datetime) -> None:
    """Leave the job that puts everything about them into a file; asked again at once it is one."""
    tx.jobs.ask("my-data", now, key=f"my-data:{by.id}:{now:%Y%m%d%H%M}", person_id=by.id)
    tx.audit.note(Deed.EXPORTED, about=f"person:{by.id}", by_id=by.id, now=now)


async def about(tx: UnitOfWork, person: Person) -> Mapping[str, Any]:
    """Everything we know of somebody, by table; and who else speaks in it."""
    found: dict[str, Any] = dict(await tx.traces.of(person))
    found["names"] = await tx.traces.names(person.id)
    return found


async def before_deletion(
    tx: UnitOfWork, *, person: Person, rules: Rules, now: datetime
) -> Remains:
    """What their second tap will do. Errors: who cannot go yet is refused, before they decide."""
    await _may_go(tx, person, rules)
    going_on = await tx.conversations.all_open_of(person.id)
    copies = await tx.traces.copies(person.id)
    return Remains(
        open=[conversation.id for conversation in going_on],
        held=len(await tx.conversations.held_by(person.id)),
        beyond_recall=sum(not _recallable(copy, now) for copy in copies),
    )


async def delete(
    tx: UnitOfWork,
    *,
    person: Person,
    asked_at: datetime,
    farewell: str,
    rules: Rules,
    now: datetime,
) -> None:
    """Nothing of them is left but what figures rest on, without a name.

    `farewell` is the last thing the bot says to them. Whoever writes from their account
    afterwards is somebody new.
    """
    if not asked_at <= now < asked_at + SURE_WITHIN:
        raise TooLate
    await _may_go(tx, person, rules)
    await _leave_their_work(tx, person, rules, now)
    await _leave_as_customer(tx, person, rules, now)
    await tx.flush()  # what was gathered is to be found below
    await _recall(tx, person, now)
    for subject in await tx.traces.subjects(person.id):
        tx.cards.changed(subject, now)
    for key in await tx.traces.empty(person, now):
        tx.forms.put(key, None, {})
    tx.audit.note(Deed.DELETED, about=f"person:{person.id}", by_id=person.id, now=now)
    chat = person.telegram_id
    if chat is not None:
        tx.people.forget(chat)
        tx.jobs.ask("farewell", now, chat_id=chat, html=farewell)
    _blank(person, now)


async def _may_go(tx: UnitOfWork, person: Person, rules: Rules) -> None:
    """The settings would bring them back; and somebody must be left to lead the team."""
    if any(people.set_in_settings(person, role, rules) for role in people.STAFF_ROLES):
        raise SetInSettings
    if person.is_supervisor:
        await tx.teams.lock()  # of two who go together one stays
        if len(await tx.people.supervisors()) == 1:
            raise LastSupervisor


async def _leave_their_work(tx: UnitOfWork, person: Person, rules: Rules, now: datetime) -> None:
    if not person.may(Role.OPERATOR):
        return
    tx.audit.note(Deed.LEFT_TEAM, about=f"person:{person.id}", by_id=person.id, now=now)
    await people.leave_team(tx, person=person, rules=rules, now=now)
    for supervisor in await alerts.audience(tx):
        tx.cards.show(f"left:{person.id}", supervisor.id, now)


async def _leave_as_customer(tx: UnitOfWork, person: Person, rules: Rules, now: datetime) -> None:
    await conversations.customer_left(tx, customer=person, rules=rules, now=now)
    for message in await tx.messages.asked_of(person.id):
        message.conversation_id, message.afterwards = message.asked_about_id, Afterwards.GONE
        await tx.timers.clear(message.id, "afterwards")


async def _recall(tx: UnitOfWork, person: Person, now: datetime) -> None:
    """Take away what others have on their screens, as far as Telegram lets us."""
    for copy in await tx.traces.copies(person.id):
        if _recallable(copy, now):
            tx.deliveries.put(
                DeliveryKind.REMOVE,
                f"recall:{copy.person_id}:{copy.message_id}",
                copy.person_id,
                {"message_id": copy.message_id},
                now,
            )


def _recallable(copy: SentCopy, now: datetime) -> bool:
    return now - copy.sent_at < UNDO_WITHIN


def _blank(person: Person, now: datetime) -> None:
    person.telegram_id = person.display_name = person.username = person.phone = None
    person.language = person.telegram_language = person.banned_at = None
    person.name, person.deleted_at = NOBODY, now
    person.is_operator = person.is_supervisor = person.on_shift = person.reachable = False
    person.shift_since = person.greeted_at = person.wrote_at = None
    person.current_conversation_id = None
