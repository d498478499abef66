"""What became of single deliveries: for whoever shows how the program works."""

from collections.abc import Collection as Bag
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Card, Delivery, Person


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A delivery as it stands now, without its words."""

    id: int
    telegram_id: int | None
    kind: str
    subject: str | None
    due_at: datetime | None
    """None: settled."""
    attempts: int
    message_id: int | None
    failure: str | None


GLIMPSE = select(
    Delivery.id,
    Person.telegram_id,
    Delivery.kind,
    Delivery.subject,
    Delivery.due_at,
    Delivery.attempts,
    Delivery.message_id,
    Delivery.failure,
).join(Person, Person.id == Delivery.person_id)


class Glimpses:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(self) -> int:
        """The number of the newest delivery; 0: there is none."""
        return await self._session.scalar(select(func.max(Delivery.id))) or 0

    async def after(self, number: int, limit: int) -> Sequence[Glimpse]:
        found = await self._session.execute(
            GLIMPSE.where(Delivery.id > number).order_by(Delivery.id).limit(limit)
        )
        return [Glimpse(*row) for row in found]

    async def some(self, numbers: Bag[int]) -> Sequence[Glimpse]:
        found = await self._session.execute(
            GLIMPSE.where(Delivery.id.in_(numbers)).order_by(Delivery.id)
        )
        return [Glimpse(*row) for row in found]

    async def shown_in(self, telegram_id: int, message_id: int) -> str | None:
        """The subject of the card a message shows; None: it shows none."""
        subject: str | None = await self._session.scalar(
            select(Card.subject)
            .join(Person, Person.id == Card.person_id)
            .where(Person.telegram_id == telegram_id, Card.message_id == message_id)
        )
        return subject
