"""What was kept long enough: found while others write, and taken away a little at a time.

Records that figures rest on are never among it: only words go, and what the house noted for
itself.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, null, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import (
    Alert,
    AlertState,
    Appeal,
    AppealState,
    ContentKind,
    Conversation,
    ConversationEvent,
    Delivery,
    DiaryEntry,
    DiaryStatus,
    DiaryVersion,
    EventKind,
    HandledUpdate,
    Job,
    Message,
    PlanRemark,
    Slot,
)

Key = Any
"""A row's primary key, as the statement that found it gave it."""

NOWHERE_ELSE = (ContentKind.LOCATION, ContentKind.VENUE, ContentKind.CONTACT)
"""Kinds of messages whose whole content is in their details."""
HANDED = (EventKind.HANDED_OVER, EventKind.QUEUED)
"""Events that carry somebody's note."""

TOLD = ("customer_name", "customer_contact", "request", "done", "result")
"""A diary entry's words."""


class Outlived:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, what: str, before: datetime, limit: int) -> Sequence[Key]:
        """The first `limit` of it."""
        rows = await self._session.execute(FIND[what](before).limit(limit))
        return [tuple(row) if len(row) > 1 else row[0] for row in rows]

    async def forget(self, what: str, keys: Sequence[Key]) -> None:
        await getattr(self, f"_{what}")(keys)

    # The house's own notes: rows go.

    async def _updates(self, keys: Sequence[Key]) -> None:
        await self._drop(HandledUpdate, _pair(HandledUpdate.bot_id, HandledUpdate.update_id, keys))

    async def _deliveries(self, keys: Sequence[Key]) -> None:
        await self._drop(Delivery, Delivery.id.in_(keys))

    async def _jobs(self, keys: Sequence[Key]) -> None:
        await self._drop(Job, Job.id.in_(keys))

    async def _slots(self, keys: Sequence[Key]) -> None:
        await self._drop(Slot, _pair(Slot.name, Slot.at, keys))

    # People's words: rows stay, empty.

    async def _messages(self, keys: Sequence[Key]) -> None:
        await self._empty(
            Message,
            keys,
            text="",
            entities=null(),
            file_id=None,
            heard=None,
            details=null(),
            versions=null(),
        )

    async def _notes(self, keys: Sequence[Key]) -> None:
        await self._empty(ConversationEvent, keys, text=None)

    async def _alerts(self, keys: Sequence[Key]) -> None:
        await self._empty(Alert, keys, note=None, phone=None, call_time=None)

    async def _appeals(self, keys: Sequence[Key]) -> None:
        await self._empty(Appeal, keys, why="", note=None)

    async def _remarks(self, keys: Sequence[Key]) -> None:
        await self._empty(PlanRemark, keys, text="")

    async def _entries(self, keys: Sequence[Key]) -> None:
        told = {
            "customer_name": "",
            "customer_contact": "",
            "request": "",
            "done": "",
            "result": "",
        }
        await self._empty(
            DiaryEntry, keys, **told, words="", photos=null(), voices=null(), heard=""
        )
        versions = await self._session.scalars(
            select(DiaryVersion).where(DiaryVersion.entry_id.in_(keys))
        )
        for version in versions:
            version.content = {
                **version.content,
                **told,
                "photos": [],
                "voices": [],
                "heard": "",
            }

    async def _drop(self, kind: Any, which: Any) -> None:
        await self._session.execute(
            delete(kind).where(which).execution_options(synchronize_session=False)
        )

    async def _empty(self, kind: Any, keys: Sequence[Key], **values: Any) -> None:
        await self._session.execute(
            update(kind)
            .where(kind.id.in_(keys))
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _pair(one: Any, other: Any, keys: Sequence[Key]) -> Any:
    """Each by itself, too: by pairs alone SQLite finds no row without reading all of them."""
    firsts, seconds = {key[0] for key in keys}, {key[1] for key in keys}
    return and_(one.in_(firsts), other.in_(seconds), tuple_(one, other).in_(keys))


def _updates(before: datetime) -> Select[int, int]:
    return select(HandledUpdate.bot_id, HandledUpdate.update_id).where(
        HandledUpdate.handled_at < before
    )


def _deliveries(before: datetime) -> Select[Any]:
    return select(Delivery.id).where(Delivery.settled_at < before)


def _jobs(before: datetime) -> Select[Any]:
    return select(Job.id).where(Job.done_at < before)


def _slots(before: datetime) -> Select[str, datetime]:
    return select(Slot.name, Slot.at).where(Slot.done_at < before)


def _closed(before: datetime) -> Select[Any]:
    return select(Conversation.id).where(Conversation.closed_at < before)


def _messages(before: datetime) -> Select[Any]:
    """Of conversations that were closed then, and what belonged to none."""
    return select(Message.id).where(
        Message.sent_at < before,
        or_(Message.conversation_id.is_(None), Message.conversation_id.in_(_closed(before))),
        or_(
            Message.text != "",
            Message.file_id.is_not(None),
            Message.kind.in_(NOWHERE_ELSE) & Message.details.is_not(None),
        ),
    )


def _notes(before: datetime) -> Select[Any]:
    return select(ConversationEvent.id).where(
        ConversationEvent.kind.in_(HANDED),
        ConversationEvent.text.is_not(None),
        ConversationEvent.conversation_id.in_(_closed(before)),
    )


def _alerts(before: datetime) -> Select[Any]:
    return select(Alert.id).where(
        Alert.raised_at < before,
        Alert.state.not_in((AlertState.OPEN, AlertState.TAKEN)),
        or_(Alert.note.is_not(None), Alert.phone.is_not(None), Alert.call_time.is_not(None)),
    )


def _appeals(before: datetime) -> Select[Any]:
    return select(Appeal.id).where(
        Appeal.state != AppealState.OPEN,
        Appeal.raised_at < before,
        or_(Appeal.why != "", Appeal.note.is_not(None)),
    )


def _remarks(before: datetime) -> Select[Any]:
    return select(PlanRemark.id).where(PlanRemark.at < before, PlanRemark.text != "")


def _entries(before: datetime) -> Select[Any]:
    """What is still to be followed up is not over."""
    return select(DiaryEntry.id).where(
        DiaryEntry.at < before,
        DiaryEntry.words != "",
        or_(DiaryEntry.status.is_(None), DiaryEntry.status == DiaryStatus.DONE),
    )


FIND: Mapping[str, Callable[[datetime], Any]] = {
    "updates": _updates,
    "deliveries": _deliveries,
    "jobs": _jobs,
    "slots": _slots,
    "messages": _messages,
    "notes": _notes,
    "alerts": _alerts,
    "appeals": _appeals,
    "remarks": _remarks,
    "entries": _entries,
}
WORDS = ("messages", "notes", "alerts", "appeals", "remarks", "entries")
"""What people said: kept for as long as the team says."""
