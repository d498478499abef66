"""Cards: messages that live. Rules say what changed, delivery shows it."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import insert
from storage.deliveries import Deliveries, Ring
from storage.models import Card, Delivery, DeliveryKind, Urgency

GONE = "gone"


class Cards:
    def __init__(self, session: AsyncSession, deliveries: Deliveries, ring: Ring) -> None:
        self._session = session
        self._deliveries = deliveries
        self._ring = ring
        self._new: dict[tuple[str, int], dict[str, Any]] = {}
        self._changed: dict[str, datetime] = {}

    def show(
        self, subject: str, person_id: int, now: datetime, urgency: Urgency = Urgency.NOW
    ) -> None:
        """Have the person see `subject`, as it is, from now on. Showing it twice is once."""
        if (subject, person_id) in self._new:
            return
        self._new[subject, person_id] = {
            "subject": subject,
            "person_id": person_id,
            "urgency": urgency,
        }
        self._deliver(subject, person_id, 1, now, urgency)

    async def show_anew(
        self, subject: str, person_id: int, now: datetime, urgency: Urgency = Urgency.NOW
    ) -> None:
        """Show it as a new message, which makes a sound; the older one goes away.

        For whoever never saw it this is `show`.
        """
        if (subject, person_id) in self._new:
            return
        showing = await self._session.scalar(
            update(Card)
            .where(Card.subject == subject, Card.person_id == person_id)
            .values(showing=Card.showing + 1, urgency=urgency, failure=None)
            .returning(Card.showing)
        )
        if showing is None:
            self.show(subject, person_id, now, urgency)
        else:
            self._deliver(subject, person_id, showing, now, urgency)

    def changed(self, subject: str, now: datetime) -> None:
        """Whoever sees `subject` should see what it has become."""
        self._changed[subject] = now
        self._ring("delivery")

    def _deliver(
        self, subject: str, person_id: int, showing: int, now: datetime, urgency: Urgency
    ) -> None:
        self._deliveries.put(
            DeliveryKind.CARD,
            f"card:{subject}:{person_id}:{showing}",
            person_id,
            {"showing": showing},
            now,
            urgency,
            subject,
        )

    async def flush(self) -> None:
        if self._changed:
            locked = (  # in their order: so no two can wait for each other
                select(Card.id)
                .where(
                    Card.subject.in_(self._changed),
                    or_(Card.message_id.is_not(None), Card.failure.is_(None)),
                )
                .order_by(Card.id)
                .with_for_update(key_share=True)
            )
            await self._session.execute(
                update(Card)
                .where(Card.id.in_(locked))
                .values(due_at=max(self._changed.values()), attempts=0)
                .execution_options(synchronize_session=False)
            )
            self._changed = {}
        if self._new:
            statement = insert(self._session, Card).on_conflict_do_nothing(
                index_elements=["subject", "person_id"]
            )
            await self._session.execute(statement, list(self._new.values()))
            self._new = {}

    async def find(self, subject: str, person_id: int) -> Card | None:
        found: Card | None = await self._session.scalar(
            select(Card).where(Card.subject == subject, Card.person_id == person_id)
        )
        return found

    async def viewers(self, subject: str) -> set[int]:
        """Who has been shown `subject`."""
        await self.flush()
        return set(
            await self._session.scalars(select(Card.person_id).where(Card.subject == subject))
        )

    async def to_edit(
        self, now: datetime, limit: int, besides: Set[int] = frozenset()
    ) -> Sequence[Card]:
        """Cards that changed since they were shown; those never shown yet render when they are."""
        found = await self._session.scalars(
            select(Card)
            .where(
                Card.due_at.is_not(None),
                Card.due_at <= now,
                Card.message_id.is_not(None),
                Card.person_id.not_in(besides),
            )
            .order_by(Card.urgency, Card.due_at)
            .limit(limit)
        )
        return found.all()

    async def shown(
        self, card: Card, *, message_id: int | None, digest: str | None, failure: str | None = None
    ) -> None:
        """The person sees it as it was when `card` was read; unless it changed meanwhile.

        If another process has shown them something since, that is what they see. Without a
        message it is gone: what changes then is nobody's to see, until it is shown anew.
        """
        if message_id is None:
            failure = failure or GONE
        await self._session.execute(
            update(Card)
            .where(
                Card.id == card.id,
                Card.message_id.is_not_distinct_from(card.message_id),
                Card.shown.is_not_distinct_from(card.shown),
            )
            .values(message_id=message_id, shown=digest, failure=failure, attempts=0)
        )
        if card.due_at is not None:
            await self._session.execute(
                update(Card)
                .where(Card.id == card.id, Card.due_at == card.due_at)
                .values(due_at=None)
            )

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

    async def postpone(self, card: Card, until: datetime, why: str) -> None:
        await self._session.execute(
            update(Card)
            .where(Card.id == card.id, Card.due_at.is_not(None))
            .values(due_at=until, attempts=Card.attempts + 1, failure=why)
        )
