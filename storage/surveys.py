"""Surveys: one per closed conversation, answered with one tap, or never."""

from sqlalchemy import select

from storage.collection import Collection
from storage.models import Survey


class Surveys(Collection[Survey]):
    kind = Survey

    async def of_conversation(self, conversation_id: int) -> Survey | None:
        found: Survey | None = await self._session.scalar(
            select(Survey).where(Survey.conversation_id == conversation_id)
        )
        return found
