"""Deliveries: what people should see, in order, and what became of it."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.collection import inserting_once, put_once
from storage.models import Delivery, DeliveryKind, SentMessage, Urgency

Ring = Callable[[str], None]


earlier = aliased(Delivery)
HEADS = (
    select(Delivery)
    .where(
        Delivery.due_at.is_not(None),
        Delivery.due_at <= bindparam("now"),
        Delivery.person_id.not_in(bindparam("besides", expanding=True)),
        ~select(earlier.id)
        .where(
            earlier.person_id == Delivery.person_id,
            earlier.urgency == Delivery.urgency,
            earlier.due_at.is_not(None),
            earlier.id < Delivery.id,
        )
        .exists(),
    )
    .order_by(Delivery.urgency, Delivery.id)
    .limit(bindparam("limit"))
)
NEXT = (
    select(Delivery)
    .where(
        Delivery.person_id == bindparam("person_id"),
        Delivery.urgency == bindparam("urgency"),
        Delivery.due_at.is_not(None),
        Delivery.id > bindparam("id"),
    )
    .order_by(Delivery.id)
    .limit(bindparam("limit"))
)
PICTURE = select(Delivery.picture).where(Delivery.id == bindparam("id"))
SETTLE = (
    update(Delivery)
    .where(Delivery.id == bindparam("number"), Delivery.due_at.is_not(None))
    .values(
        due_at=None,
        settled_at=bindparam("now"),
        message_id=bindparam("message"),
        failure=bindparam("why"),
        content={},
        picture=None,
    )
    .execution_options(synchronize_session=False)
)


class Deliveries:
    """Said in this transaction, written at its end, delivered after it."""

    def __init__(self, session: AsyncSession, ring: Ring) -> None:
        self._session = session
        self._ring = ring
        self._new: list[dict[str, Any]] = []

    def say(
        self,
        key: str,
        person_id: int,
        html: str,
        now: datetime,
        *,
        urgency: Urgency = Urgency.NOW,
        keyboard: dict[str, Any] | None = None,
        picture: bytes | None = None,
        photo: str | None = None,
        file: bytes | None = None,
        file_name: str | None = None,
        subject: str | None = None,
    ) -> None:
        """Tell the person something once; with a `key` already used, nothing.

        `html` comes from texts(...); `keyboard` is a Bot API reply_markup; with a `picture`, or a
        `photo` that Telegram has (its file id), or a `file` with its name, the html is its
        caption. `subject` is what a reply to it will be taken to be about.
        """
        told = {"html": html, "keyboard": keyboard, "photo": photo, "file_name": file_name}
        content = {name: value for name, value in told.items() if value is not None}
        self.put(DeliveryKind.SAY, key, person_id, content, now, urgency, subject, picture or file)

    def put(
        self,
        kind: DeliveryKind,
        key: str,
        person_id: int,
        content: dict[str, Any],
        now: datetime,
        urgency: Urgency = Urgency.NOW,
        subject: str | None = None,
        picture: bytes | None = None,
    ) -> dict[str, Any]:
        """The row as it will be written at the end; it keeps its place in the chat's order."""
        row = {
            "key": key,
            "person_id": person_id,
            "kind": kind,
            "urgency": urgency,
            "subject": subject,
            "content": content,
            "picture": picture,
            "due_at": now,
            "made_at": now,
        }
        self._new.append(row)
        self._ring("delivery")
        return row

    def remove(self, person_id: int, message_id: int, now: datetime, urgency: Urgency) -> None:
        """Take a message out of the person's chat."""
        key, content = f"remove:{person_id}:{message_id}", {"message_id": message_id}
        self.put(DeliveryKind.REMOVE, key, person_id, content, now, urgency)

    def write(self, connection: Connection) -> None:
        if self._new:
            put_once(connection, Delivery, self._new, "key")
            self._new = []

    async def heads(
        self, now: datetime, limit: int, besides: Set[int] = frozenset()
    ) -> Sequence[Delivery]:
        """What may be sent now: the first unsettled of each person and urgency, if it is due.

        Whatever there is for the people in `besides` is passed over, and hides nobody else's.
        """
        asked = {"now": now, "besides": list(besides), "limit": limit}
        return (await self._session.scalars(HEADS, asked)).all()

    async def after(self, head: Delivery, now: datetime, limit: int) -> Sequence[Delivery]:
        """What may follow `head` in its chat, of the same urgency and in order."""
        asked = {
            "person_id": head.person_id,
            "urgency": head.urgency,
            "id": head.id,
            "limit": limit,
        }
        line = (await self._session.scalars(NEXT, asked)).all()
        return list(takewhile(lambda each: each.due_at is not None and each.due_at <= now, line))

    async def next_due(self, now: datetime) -> datetime | None:
        """When something that waits for a retry may be tried; None: nothing waits."""
        moment: datetime | None = await self._session.scalar(
            select(func.min(Delivery.due_at)).where(
                Delivery.due_at.is_not(None), Delivery.due_at > now
            )
        )
        return moment

    async def picture(self, delivery_id: int) -> bytes | None:
        found: bytes | None = await self._session.scalar(PICTURE, {"id": delivery_id})
        return found

    async def begin(self, delivery_id: int) -> bool:
        """A bulk send is about to go out; after a crash it will not be repeated.

        False: it was begun before, or is settled, by another process perhaps.
        """
        begun = await self._session.execute(
            update(Delivery)
            .where(
                Delivery.id == delivery_id, Delivery.due_at.is_not(None), Delivery.begun.is_(False)
            )
            .values(begun=True)
            .execution_options(synchronize_session=False)
        )
        return bool(begun.rowcount)  # type: ignore[attr-defined]

    async def not_begun(self, delivery_id: int) -> None:
        """It did not go out after all."""
        await self._session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id, Delivery.due_at.is_not(None))
            .values(begun=False)
        )

    async def settle(
        self,
        delivery_id: int,
        now: datetime,
        *,
        message_id: int | None = None,
        failure: str | None = None,
    ) -> bool:
        """It was seen to, one way or the other; what it said is not kept.

        False: it was already.
        """
        about = {"number": delivery_id, "now": now, "message": message_id, "why": failure}
        settled = await self._session.execute(SETTLE, about)
        return bool(settled.rowcount)  # type: ignore[attr-defined]

    async def message_of(self, delivery_id: int) -> int | None:
        """The (first) Telegram message it has become; None: none yet, or it never will."""
        found: int | None = await self._session.scalar(
            select(Delivery.message_id).where(Delivery.id == delivery_id)
        )
        return found

    async def postpone(self, delivery_id: int, until: datetime, why: str) -> None:
        await self._session.execute(
            update(Delivery)
            .where(Delivery.id == delivery_id, Delivery.due_at.is_not(None))
            .values(due_at=until, attempts=Delivery.attempts + 1, failure=why, begun=False)
        )

    async def drop(self, person_id: int, now: datetime, why: str) -> None:
        """Nothing that still waits for this person will be sent."""
        await self._session.execute(
            update(Delivery)
            .where(Delivery.person_id == person_id, Delivery.due_at.is_not(None))
            .values(due_at=None, settled_at=now, failure=why, content={}, picture=None)
        )

    async def drop_bulk(self, now: datetime, why: str) -> None:
        """Bulk that waits will not be sent to anybody."""
        await self._session.execute(
            update(Delivery)
            .where(Delivery.urgency >= Urgency.BULK, Delivery.due_at.is_not(None))
            .values(due_at=None, settled_at=now, failure=why, picture=None)
        )

    async def waiting(self) -> dict[int, int]:
        """How many are unsettled, by urgency."""
        rows = await self._session.execute(
            select(Delivery.urgency, func.count().label("waiting"))
            .where(Delivery.due_at.is_not(None))
            .group_by(Delivery.urgency)
        )
        return {row.urgency: row.waiting for row in rows}

    async def waits_since(self) -> datetime | None:
        """When the oldest that is unsettled was made; None: all is."""
        moment: datetime | None = await self._session.scalar(
            select(func.min(Delivery.made_at)).where(Delivery.due_at.is_not(None))
        )
        return moment

    async def failures(self, subject: str) -> Sequence[str]:
        """Why what is about `subject` did not arrive, in order; empty when all did."""
        found = await self._session.scalars(
            select(Delivery.failure)
            .where(
                Delivery.subject == subject,
                Delivery.failure.is_not(None),
                Delivery.due_at.is_(None),
            )
            .order_by(Delivery.id)
        )
        return [why for why in found if why is not None]

    async def hurry(self, now: datetime) -> None:
        await self._session.execute(
            update(Delivery).where(Delivery.due_at > now).values(due_at=now)
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A Telegram message in somebody's chat."""

    person_id: int
    message_id: int


class SentMessages:
    """Which message shows what: to understand replies, and to edit or take back what was sent."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._dialect = session.get_bind().dialect.name

    async def note(
        self, person_id: int, message_ids: Sequence[int], subject: str, now: datetime
    ) -> None:
        rows = [
            {"person_id": person_id, "message_id": number, "subject": subject, "sent_at": now}
            for number in message_ids
        ]
        await self._session.execute(inserting_once(self._dialect, SentMessage), rows)

    async def subject(self, person_id: int, message_id: int) -> str | None:
        """What the person's message is about, e.g. "message:345"; None: not ours to know."""
        found: str | None = await self._session.scalar(
            select(SentMessage.subject).where(
                SentMessage.person_id == person_id, SentMessage.message_id == message_id
            )
        )
        return found

    async def copies(self, subject: str) -> Sequence[Copy]:
        rows = await self._session.execute(
            select(SentMessage.person_id, SentMessage.message_id)
            .where(SentMessage.subject == subject)
            .order_by(SentMessage.message_id)
        )
        return [Copy(person_id, message_id) for person_id, message_id in rows]

    async def shown_since(self, subject: str, since: datetime) -> set[int]:
        """Who got a message about `subject` from that moment on."""
        found = await self._session.scalars(
            select(SentMessage.person_id).where(
                SentMessage.subject == subject, SentMessage.sent_at >= since
            )
        )
        return set(found)

    async def last(self, person_id: int, subject: str) -> int | None:
        """The newest message in the person's chat about `subject`; None: they never saw it."""
        found: int | None = await self._session.scalar(
            select(func.max(SentMessage.message_id)).where(
                SentMessage.person_id == person_id, SentMessage.subject == subject
            )
        )
        return found
