"""Messages: what customers and operators wrote to each other."""

from collections.abc import Collection as Bag
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, bindparam, cast, func, literal, select

from storage.collection import Collection
from storage.models import (
    Comment,
    Delivery,
    Message,
    Person,
    SentMessage,
)

IS_COMMENT = select(Comment.id).where(Comment.message_id == Message.id).exists()
"""Said about the conversation, in its survey, and not in it: operators see it when it is time."""

LAST = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation_id"))
    .order_by(Message.id.desc())
    .limit(bindparam("limit"))
)


class Messages(Collection[Message]):
    kind = Message

    async def last_of(self, conversation_id: int, limit: int) -> Sequence[Message]:
        """The newest `limit` messages of a conversation, oldest of them first."""
        asked = {"conversation_id": conversation_id, "limit": limit}
        return (await self._session.scalars(LAST, asked)).all()[::-1]

    async def by_telegram(self, author_id: int, telegram_message_id: int) -> Message | None:
        """What somebody wrote, by its number in their own chat."""
        found: Message | None = await self._session.scalar(
            select(Message)
            .where(
                Message.author_id == author_id,
                Message.telegram_message_id == telegram_message_id,
            )
            .order_by(Message.id.desc())
            .limit(1)
        )
        return found

    async def album_of(self, author_id: int, album: str) -> Sequence[Message]:
        """The parts of an album so far, in order."""
        found = await self._session.scalars(
            select(Message)
            .where(Message.author_id == author_id, Message.album == album)
            .order_by(Message.telegram_message_id)
        )
        return found.all()

    async def unseen_by(self, person_id: int, conversation_id: int) -> Sequence[Message]:
        """What the customer wrote there that was never sent to this person, in order."""
        seen = select(SentMessage.message_id).where(
            SentMessage.person_id == person_id,
            SentMessage.subject == literal("message:") + cast(Message.id, String),
        )
        found = await self._session.scalars(
            select(Message)
            .where(
                Message.conversation_id == conversation_id,
                Message.from_customer,
                ~IS_COMMENT,
                ~seen.exists(),
            )
            .order_by(Message.id)
        )
        return found.all()

    async def undecided_of(self, author_id: int) -> Sequence[Message]:
        """What an operator wrote and has not yet said to whom, in order."""
        found = await self._session.scalars(
            select(Message)
            .where(
                Message.conversation_id.is_(None),
                Message.author_id == author_id,
                Message.from_customer.is_(False),
                Message.undone_at.is_(None),
            )
            .order_by(Message.id)
        )
        return found.all()

    async def asked_of(self, customer_id: int) -> Sequence[Message]:
        """What a customer wrote after a closing and has not yet said what about, in order."""
        found = await self._session.scalars(
            select(Message)
            .where(
                Message.conversation_id.is_(None),
                Message.author_id == customer_id,
                Message.asked_about_id.is_not(None),
            )
            .order_by(Message.id)
        )
        return found.all()

    async def newest_out(self, author_id: int) -> int:
        """The number of an operator's last message to any customer; 0: none yet."""
        found: int | None = await self._session.scalar(
            select(Message.id)
            .where(
                Message.author_id == author_id,
                Message.from_customer.is_(False),
                Message.conversation_id.is_not(None),
            )
            .order_by(Message.telegram_message_id.desc())
            .limit(1)
        )
        return found or 0

    async def customers_wrote(self, conversations: Bag[int], after: int) -> bool:
        """Whether a customer wrote in one of these conversations after message `after`."""
        found = await self._session.scalar(
            select(Message.id)
            .where(
                Message.conversation_id.in_(conversations),
                Message.from_customer,
                ~IS_COMMENT,
                Message.id > after,
            )
            .limit(1)
        )
        return found is not None

    async def unanswered(self, conversation_id: int, limit: int) -> Sequence[Message]:
        """What the customer wrote since the last message to them: the newest, in order."""
        last = (
            select(func.max(Message.id))
            .where(Message.conversation_id == conversation_id, Message.from_customer.is_(False))
            .scalar_subquery()
        )
        found = await self._session.scalars(
            select(Message)
            .where(
                Message.conversation_id == conversation_id,
                Message.from_customer,
                ~IS_COMMENT,
                Message.id > func.coalesce(last, 0),
            )
            .order_by(Message.id.desc())
            .limit(limit)
        )
        return found.all()[::-1]

    async def talk(self, conversation_id: int, limit: int) -> Sequence[tuple[Message, str]]:
        """The newest messages of a conversation, in order, with what their authors are called.

        A survey's comment is not among them: operators see it when it is time.
        """
        rows = await self._session.execute(
            select(Message, func.coalesce(Person.display_name, Person.name))
            .join(Person, Person.id == Message.author_id)
            .where(Message.conversation_id == conversation_id, ~IS_COMMENT)
            .order_by(Message.id.desc())
            .limit(limit)
        )
        return [(message, name) for message, name in rows][::-1]

    async def next_out(self, message: Message) -> Message | None:
        """The team's next message in the same conversation that was not taken back."""
        found: Message | None = await self._session.scalar(
            select(Message)
            .where(
                Message.conversation_id == message.conversation_id,
                Message.from_customer.is_(False),
                Message.undone_at.is_(None),
                Message.id > message.id,
            )
            .order_by(Message.id)
            .limit(1)
        )
        return found

    async def said_at_once(self, message: Message) -> bool:
        """Whether its author wrote another in the same second before it, which went out."""
        failed = select(Delivery.id).where(
            Delivery.subject == literal("message:") + cast(Message.id, String),
            Delivery.failure.is_not(None),
        )
        found = await self._session.scalar(
            select(Message.id)
            .where(
                Message.conversation_id == message.conversation_id,
                Message.author_id == message.author_id,
                Message.from_customer.is_(False),
                Message.sent_at == message.sent_at,
                Message.id < message.id,
                Message.undone_at.is_(None),
                ~failed.exists(),
            )
            .limit(1)
        )
        return found is not None

    async def last_arrived(self, conversation_id: int, customer_id: int) -> Message | None:
        """The team's last message in a conversation that the customer has got."""
        copy = select(SentMessage.message_id).where(
            SentMessage.person_id == customer_id,
            SentMessage.subject == literal("message:") + cast(Message.id, String),
        )
        found: Message | None = await self._session.scalar(
            select(Message)
            .where(
                Message.conversation_id == conversation_id,
                Message.from_customer.is_(False),
                Message.undone_at.is_(None),
                copy.exists(),
            )
            .order_by(Message.id.desc())
            .limit(1)
        )
        return found

    async def is_comment(self, message: Message) -> bool:
        """Whether it was said in a survey."""
        found = await self._session.scalar(
            select(Comment.id).where(Comment.message_id == message.id).limit(1)
        )
        return found is not None

    async def readers(self, message: Message) -> set[int]:
        """Who has a copy of a message."""
        found: Any = await self._session.scalars(
            select(SentMessage.person_id).where(SentMessage.subject == f"message:{message.id}")
        )
        return set(found)
