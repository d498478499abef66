from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AuditRecord


class Audit:
    """Who changed what that others rely on. Only ever grows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def note(
        self, action: str, *, about: str, by_id: int | None, now: datetime, **details: Any
    ) -> None:
        """`about` is a subject like "person:7"; `by_id` None: the settings, or nobody."""
        self._session.add(
            AuditRecord(at=now, by_id=by_id, action=action, about=about, details=details or None)
        )
