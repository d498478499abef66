"""Conversations, the messages in them, and the waits for an answer."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.collection import Collection
from storage.models import Conversation, ConversationState, Message, Wait


class Conversations(Collection[Conversation]):
    kind = Conversation

    async def open_of(self, customer_id: int) -> Conversation | None:
        """The customer's conversation that is not closed; there is at most one."""
        found: Conversation | None = await self._session.scalar(
            select(Conversation)
            .where(
                Conversation.customer_id == customer_id,
                Conversation.state != ConversationState.CLOSED,
            )
            .order_by(Conversation.id.desc())
            .limit(1)
        )
        return found


class Messages(Collection[Message]):
    kind = Message

    async def last_of(self, conversation_id: int, limit: int) -> Sequence[Message]:
        """The newest `limit` messages of a conversation, oldest of them first."""
        found = await self._session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.id.desc())
            .limit(limit)
        )
        return found.all()[::-1]


class Waits(Collection[Wait]):
    kind = Wait

    async def open_in(self, conversation_id: int) -> Wait | None:
        """The wait nobody has answered yet; a conversation has at most one."""
        found: Wait | None = await self._session.scalar(
            select(Wait).where(Wait.conversation_id == conversation_id, Wait.ended_at.is_(None))
        )
        return found
