"""Conversations: who holds them, who waits, how they ended."""

from collections.abc import Collection as Bag
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from storage.collection import Collection
from storage.models import (
    Alert,
    AlertState,
    Conversation,
    ConversationEvent,
    ConversationState,
    EventKind,
    Outcome,
    Person,
    Priority,
    Survey,
    Wait,
)

OPEN = (ConversationState.WAITING, ConversationState.HELD)
"""Said as what it is and not as "not closed": an index finds it among all that ever were."""


@dataclass(frozen=True, slots=True)
class Load:
    """What an operator has on their hands."""

    open: int
    taken_at: datetime | None
    """When they last got a conversation they still have; None: they have none."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An open conversation as a line of the queue."""

    number: int
    customer: str
    customer_id: int
    priority: Priority
    holder_id: int | None
    holder: str | None
    since: datetime | None
    """From when the customer waits; None: they were answered."""
    due: datetime | None
    follow_up: bool
    """A supervisor writes to the customer: nobody waits there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation that closed without counting: spam, or only thanks."""

    number: int
    customer: str
    by: str | None
    at: datetime
    thanks: bool


class Conversations(Collection[Conversation]):
    kind = Conversation

    async def open_of(self, customer_id: int) -> Conversation | None:
        """Where the customer's next words belong.

        There is at most one open conversation, and beside it perhaps a supervisor's follow-up of
        an older one: the customer answers whoever wrote to them last.
        """
        spoken = func.coalesce(Conversation.last_out_at, Conversation.opened_at)
        found: Conversation | None = await self._session.scalar(
            select(Conversation)
            .where(
                Conversation.customer_id == customer_id,
                Conversation.state.in_(OPEN),
            )
            .order_by(spoken.desc(), Conversation.id.desc())
            .limit(1)
        )
        return found

    async def all_open_of(self, customer_id: int) -> Sequence[Conversation]:
        found = await self._session.scalars(
            select(Conversation)
            .where(
                Conversation.customer_id == customer_id,
                Conversation.state.in_(OPEN),
            )
            .order_by(Conversation.id)
        )
        return found.all()

    async def lock_all_open_of(self, customer_id: int) -> None:
        """Hold whatever the customer's next words may belong to."""
        await self._lock_where(
            Conversation.customer_id == customer_id, Conversation.state.in_(OPEN)
        )

    async def lock_all_held_by(self, person_id: int) -> None:
        """Hold whatever somebody has to answer."""
        await self._lock_where(
            Conversation.state == ConversationState.HELD, Conversation.holder_id == person_id
        )

    async def last_closed_of(self, customer_id: int) -> Conversation | None:
        """The customer's conversation that closed last."""
        found: Conversation | None = await self._session.scalar(
            select(Conversation)
            .where(
                Conversation.customer_id == customer_id,
                Conversation.state == ConversationState.CLOSED,
                Conversation.closed_at.is_not(None),
            )
            .order_by(Conversation.closed_at.desc(), Conversation.id.desc())
            .limit(1)
        )
        return found

    async def held_by(self, person_id: int) -> Sequence[Conversation]:
        """What somebody has to answer, follow-ups too, by number."""
        found = await self._session.scalars(
            select(Conversation)
            .where(
                Conversation.state == ConversationState.HELD,
                Conversation.holder_id == person_id,
            )
            .order_by(Conversation.id)
        )
        return found.all()

    async def waiting(self) -> Sequence[Conversation]:
        """What nobody holds, by number."""
        found = await self._session.scalars(
            select(Conversation)
            .where(Conversation.state == ConversationState.WAITING)
            .order_by(Conversation.id)
        )
        return found.all()

    async def loads(self, people: Bag[int]) -> dict[int, Load]:
        """How much each of these people has open; who has nothing is not in it."""
        rows = await self._session.execute(
            select(
                Conversation.holder_id,
                func.count(Conversation.id),
                func.max(Conversation.taken_at),
            )
            .where(
                Conversation.state == ConversationState.HELD, Conversation.holder_id.in_(people)
            )
            .group_by(Conversation.holder_id)
        )
        return {holder: Load(count, taken) for holder, count, taken in rows if holder is not None}

    async def queue(self, limit: int) -> Sequence[Queued]:
        """What is open, who waits longest first; who was answered comes last."""
        holder = aliased(Person)
        customer = aliased(Person)
        rows = await self._session.execute(
            select(
                Conversation.id,
                customer.name,
                customer.id,
                Conversation.priority,
                Conversation.holder_id,
                func.coalesce(holder.display_name, holder.name),
                Wait.started_at,
                Wait.due_at,
                Conversation.follow_up_by_id.is_not(None),
            )
            .join(customer, customer.id == Conversation.customer_id)
            .outerjoin(holder, holder.id == Conversation.holder_id)
            .outerjoin(
                Wait, and_(Wait.conversation_id == Conversation.id, Wait.ended_at.is_(None))
            )
            .where(Conversation.state.in_(OPEN))
            .order_by(Wait.started_at.is_(None), Wait.started_at, Conversation.id)
            .limit(limit)
        )
        return [Queued(*row) for row in rows]

    async def count_open(self) -> int:
        counted = await self._session.scalar(
            select(func.count()).select_from(Conversation).where(Conversation.state.in_(OPEN))
        )
        return counted or 0

    async def count_of(self, customer_id: int) -> int:
        """How many conversations the customer ever had."""
        counted = await self._session.scalar(
            select(func.count())
            .select_from(Conversation)
            .where(Conversation.customer_id == customer_id)
        )
        return counted or 0

    async def last_stars(
        self, customer_id: int, now: datetime, *, shown_to_operators: bool
    ) -> int | None:
        """The customer's last rating; to operators a low one only once it can change no more."""
        chosen = select(Survey.stars).where(
            Survey.customer_id == customer_id,
            Survey.stars.is_not(None),
            Survey.excluded_at.is_(None),
        )
        if shown_to_operators:
            done = select(Alert.survey_id).where(
                Alert.survey_id == Survey.id,
                Alert.state.in_((AlertState.DONE, AlertState.FIXED)),
            )
            chosen = chosen.where(or_(Survey.stars >= 4, Survey.expires_at <= now, done.exists()))
        found: int | None = await self._session.scalar(
            chosen.order_by(Survey.rated_at.desc(), Survey.id.desc()).limit(1)
        )
        return found

    def note(
        self,
        conversation_id: int,
        kind: EventKind,
        at: datetime,
        *,
        by_id: int | None = None,
        to_id: int | None = None,
        text: str | None = None,
    ) -> None:
        """Write down who did what to it."""
        self._session.add(
            ConversationEvent(
                conversation_id=conversation_id,
                kind=kind,
                at=at,
                by_id=by_id,
                to_id=to_id,
                text=text,
            )
        )

    async def last_event(
        self, conversation_id: int, *kinds: EventKind
    ) -> ConversationEvent | None:
        await self._session.flush()
        found: ConversationEvent | None = await self._session.scalar(
            select(ConversationEvent)
            .where(
                ConversationEvent.conversation_id == conversation_id,
                ConversationEvent.kind.in_(kinds),
            )
            .order_by(ConversationEvent.id.desc())
            .limit(1)
        )
        return found

    async def spam_and_thanks(self, since: datetime, limit: int) -> Sequence[Listed]:
        """What closed as spam or as only thanks from `since` on, and not otherwise after that, the
        newest first."""
        by = aliased(Person)
        customer = aliased(Person)
        ending = aliased(ConversationEvent)
        last_ending = (
            select(func.max(ending.id))
            .where(
                ending.conversation_id == Conversation.id,
                ending.kind.in_((EventKind.CLOSED, EventKind.THANKS)),
            )
            .correlate(Conversation)
            .scalar_subquery()
        )
        event = aliased(ConversationEvent)
        rows = await self._session.execute(
            select(
                Conversation.id,
                customer.name,
                func.coalesce(by.display_name, by.name),
                event.at,
                event.kind,
            )
            .join(event, event.conversation_id == Conversation.id)
            .join(customer, customer.id == Conversation.customer_id)
            .outerjoin(by, by.id == event.by_id)
            .where(
                Conversation.state == ConversationState.CLOSED,
                event.id == last_ending,
                or_(event.kind == EventKind.THANKS, event.text == Outcome.SPAM.value),
                event.at >= since,
            )
            .order_by(event.at.desc(), event.id.desc())
            .limit(limit)
        )
        return [
            Listed(number, name, who, at, kind is EventKind.THANKS)
            for number, name, who, at, kind in rows
        ]
