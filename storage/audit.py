from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AuditRecord, Deed


class Audit:
    """Who changed what others rely on, or looked at what is not theirs. Numbers, never words."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def note(
        self, deed: Deed, *, about: str, by_id: int | None, now: datetime, **details: Any
    ) -> None:
        """`about` is a subject like "person:7"; `by_id` None: the settings, or nobody."""
        self._session.add(
            AuditRecord(
                at=now, by_id=by_id, action=deed.value, about=about, details=details or None
            )
        )

    async def page(self, before: int | None, limit: int) -> Sequence[AuditRecord]:
        """The newest, or those older than record `before`; the newest first."""
        asked = select(AuditRecord).order_by(AuditRecord.id.desc()).limit(limit)
        if before is not None:
            asked = asked.where(AuditRecord.id < before)
        return (await self._session.scalars(asked)).all()
