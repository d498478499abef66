"""Cards: messages that live. Rules say what changed, delivery shows it."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import put_once
from storage.deliveries import Deliveries, Ring
from storage.models import Card, Delivery, DeliveryKind, Urgency

GONE = "gone"

TABLE: Any = Card.__table__
CARD = select(Card).where(
    Card.subject == bindparam("subject"), Card.person_id == bindparam("person_id")
)
TO_EDIT = (
    select(Card)
    .where(
        Card.due_at.is_not(None),
        Card.due_at <= bindparam("now"),
        Card.message_id.is_not(None),
        Card.person_id.not_in(bindparam("besides", expanding=True)),
    )
    .order_by(Card.urgency, Card.due_at)
    .limit(bindparam("limit"))
)
OF_SUBJECTS = Card.subject.in_(bindparam("subjects", expanding=True))
CHANGED = (
    update(TABLE)
    .where(
        Card.id.in_(  # in their order: so no two can wait for each other
            select(Card.id)
            .where(OF_SUBJECTS, or_(Card.message_id.is_not(None), Card.failure.is_(None)))
            .order_by(Card.id)
            .with_for_update(key_share=True)
        )
    )
    .values(due_at=bindparam("due"), attempts=0)
)
SHOWINGS = (
    select(Card.id, Card.subject, Card.person_id, Card.showing)
    .where(OF_SUBJECTS)
    .order_by(Card.id)
    .with_for_update(key_share=True)
)
AGAIN = (
    update(TABLE)
    .where(Card.id == bindparam("of_card"))
    .values(showing=bindparam("new_showing"), urgency=bindparam("new_urgency"), failure=None)
)
SHOWN = (
    update(Card)
    .where(
        Card.id == bindparam("number"),
        Card.message_id.is_not_distinct_from(bindparam("was_message")),
        Card.shown.is_not_distinct_from(bindparam("was_shown")),
    )
    .values(
        message_id=bindparam("message"),
        shown=bindparam("digest"),
        failure=bindparam("why"),
        attempts=0,
    )
    .execution_options(synchronize_session=False)
)
UP_TO_DATE = (
    update(Card)
    .where(Card.id == bindparam("number"), Card.due_at == bindparam("due"))
    .values(due_at=None)
    .execution_options(synchronize_session=False)
)


def _shown_for(delivery: dict[str, Any], showing: int) -> dict[str, Any]:
    """The card a delivery shows; the delivery is told for the how-manieth time that is."""
    card = {name: delivery[name] for name in ("subject", "person_id", "urgency")}
    delivery["key"] = f"card:{delivery['subject']}:{delivery['person_id']}:{showing}"
    delivery["content"] = {"showing": showing}
    return card


class Cards:
    def __init__(self, session: AsyncSession, deliveries: Deliveries, ring: Ring) -> None:
        self._session = session
        self._deliveries = deliveries
        self._ring = ring
        self._new: dict[tuple[str, int], dict[str, Any]] = {}
        self._anew: dict[tuple[str, int], dict[str, Any]] = {}
        self._changed: dict[str, datetime] = {}

    def show(
        self, subject: str, person_id: int, now: datetime, urgency: Urgency = Urgency.NOW
    ) -> None:
        """Have the person see `subject`, as it is, from now on. Showing it twice is once."""
        if (subject, person_id) not in self._new.keys() | self._anew.keys():
            delivery = self._deliver(subject, person_id, now, urgency)
            self._new[subject, person_id] = _shown_for(delivery, 1)

    async def show_anew(
        self, subject: str, person_id: int, now: datetime, urgency: Urgency = Urgency.NOW
    ) -> None:
        """Show it as a new message, which makes a sound; the older one goes away.

        For whoever never saw it this is `show`.
        """
        if (subject, person_id) not in self._new.keys() | self._anew.keys():
            delivery = self._deliver(subject, person_id, now, urgency)
            self._anew[subject, person_id] = delivery

    def changed(self, subject: str, now: datetime) -> None:
        """Whoever sees `subject` should see what it has become."""
        self._changed[subject] = now
        self._ring("delivery")

    def _deliver(
        self, subject: str, person_id: int, now: datetime, urgency: Urgency
    ) -> dict[str, Any]:
        return self._deliveries.put(DeliveryKind.CARD, "", person_id, {}, now, urgency, subject)

    def write(self, connection: Connection) -> None:
        if self._changed:
            due = {"due": max(self._changed.values()), "subjects": list(self._changed)}
            connection.execute(CHANGED, due)
            self._changed = {}
        if self._anew:
            self._count_showings(connection)
        if self._new:
            put_once(connection, Card, list(self._new.values()), "subject", "person_id")
            self._new = {}

    def _count_showings(self, connection: Connection) -> None:
        """Who saw the card before sees its next showing; to the others it is shown."""
        subjects = list({subject for subject, _ in self._anew})
        known = {
            (row.subject, row.person_id): row
            for row in connection.execute(SHOWINGS, {"subjects": subjects})
        }
        again = []
        for place, delivery in self._anew.items():
            if place not in known:
                self._new[place] = _shown_for(delivery, 1)
                continue
            showing = known[place].showing + 1
            _shown_for(delivery, showing)
            again.append(
                {
                    "of_card": known[place].id,
                    "new_showing": showing,
                    "new_urgency": delivery["urgency"],
                }
            )
        if again:
            connection.execute(AGAIN, again)
        self._anew = {}

    async def find(self, subject: str, person_id: int) -> Card | None:
        about = {"subject": subject, "person_id": person_id}
        found: Card | None = await self._session.scalar(CARD, about)
        return found

    async def viewers(self, subject: str) -> set[int]:
        """Who has been shown `subject`."""
        await self._session.run_sync(lambda session: self.write(session.connection()))
        return set(
            await self._session.scalars(select(Card.person_id).where(Card.subject == subject))
        )

    async def to_edit(
        self, now: datetime, limit: int, besides: Set[int] = frozenset()
    ) -> Sequence[Card]:
        """Cards that changed since they were shown; those never shown yet render when they are."""
        asked = {"now": now, "besides": list(besides), "limit": limit}
        return (await self._session.scalars(TO_EDIT, asked)).all()

    async def shown(
        self, card: Card, *, message_id: int | None, digest: str | None, failure: str | None = None
    ) -> None:
        """The person sees it as it was when `card` was read; unless it changed meanwhile.

        If another process has shown them something since, that is what they see. Without a
        message it is gone: what changes then is nobody's to see, until it is shown anew.
        """
        if message_id is None:
            failure = failure or GONE
        about = {
            "number": card.id,
            "was_message": card.message_id,
            "was_shown": card.shown,
            "message": message_id,
            "digest": digest,
            "why": failure,
        }
        await self._session.execute(SHOWN, about)
        if card.due_at is not None:
            await self._session.execute(UP_TO_DATE, {"number": card.id, "due": card.due_at})

    async def never_came(self, delivery: Delivery, why: str) -> None:
        """Nothing shows it, and what changes is nobody's to see until it is shown anew."""
        await self._session.execute(
            update(Card)
            .where(
                Card.subject == delivery.subject,
                Card.person_id == delivery.person_id,
                Card.showing == delivery.content["showing"],
                Card.message_id.is_(None),
            )
            .values(due_at=None, failure=why)
        )

    async def hurry(self, now: datetime) -> None:
        await self._session.execute(update(Card).where(Card.due_at > now).values(due_at=now))

    async def postpone(self, card: Card, until: datetime, why: str) -> None:
        await self._session.execute(
            update(Card)
            .where(Card.id == card.id, Card.due_at.is_not(None))
            .values(due_at=until, attempts=Card.attempts + 1, failure=why)
        )
