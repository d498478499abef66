"""Waits for an answer."""

from sqlalchemy import select

from storage.collection import Collection
from storage.models import Wait


class Waits(Collection[Wait]):
    kind = Wait

    async def open_in(self, conversation_id: int) -> Wait | None:
        """The wait nobody has answered yet; a conversation has at most one."""
        found: Wait | None = await self._session.scalar(
            select(Wait).where(Wait.conversation_id == conversation_id, Wait.ended_at.is_(None))
        )
        return found

    async def last_in(self, conversation_id: int) -> Wait | None:
        """The newest wait, answered or not; None: nobody ever waited there."""
        found: Wait | None = await self._session.scalar(
            select(Wait)
            .where(Wait.conversation_id == conversation_id)
            .order_by(Wait.id.desc())
            .limit(1)
        )
        return found
