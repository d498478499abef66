"""Messages of which too many came at once: kept, and passed on when the operator asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Message


class HeldBack:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def first(self, conversation_id: int, limit: int) -> Sequence[Message]:
        """The oldest of what is kept."""
        found = await self._session.scalars(
            select(Message).where(_kept(conversation_id)).order_by(Message.id).limit(limit)
        )
        return found.all()

    async def count(self, conversation_id: int) -> int:
        counted = await self._session.scalar(
            select(func.count()).select_from(Message).where(_kept(conversation_id))
        )
        return counted or 0

    async def written_before(self, author_id: int, many: int) -> datetime | None:
        """When somebody wrote what is `many` messages older than their newest."""
        found: datetime | None = await self._session.scalar(
            select(Message.sent_at)
            .where(Message.author_id == author_id)
            .order_by(Message.telegram_message_id.desc())
            .offset(many)
            .limit(1)
        )
        return found


def _kept(conversation_id: int) -> Any:
    return and_(
        Message.conversation_id == conversation_id,
        Message.held_back,
        Message.undone_at.is_(None),
    )
