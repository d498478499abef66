"""Updates: which are handled, and those that could not be yet."""

from collections.abc import Collection as Bag
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import Collection
from storage.models import HandledUpdate, StalledUpdate

KEPT = timedelta(days=3)
"""So long an update's id is remembered: Telegram repeats one for a day, and after a silent week
its number may come to mean another."""

HANDLED = select(HandledUpdate.update_id).where(
    HandledUpdate.bot_id == bindparam("bot_id"),
    HandledUpdate.update_id.in_(bindparam("update_ids", expanding=True)),
)
PUT_HANDLED = insert(HandledUpdate.__table__)  # type: ignore[arg-type]
STALLED = (
    select(StalledUpdate.chat)
    .where(
        StalledUpdate.chat.in_(bindparam("chats", expanding=True)),
        StalledUpdate.parked_at.is_(None),
    )
    .distinct()
)

FIRST_OF_CHATS = (
    select(func.min(StalledUpdate.id))
    .where(StalledUpdate.parked_at.is_(None))
    .group_by(StalledUpdate.chat, case((StalledUpdate.chat == 0, StalledUpdate.id)))
)
"""What failed in each chat, and not what only waits behind it; of no chat, each for itself."""


class Updates:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._new: list[dict[str, Any]] = []

    async def handled_among(self, bot_id: int, update_ids: Bag[int]) -> set[int]:
        """Those of `update_ids` whose effects are already saved."""
        asked = {"bot_id": bot_id, "update_ids": list(update_ids)}
        return set(await self._session.scalars(HANDLED, asked))

    def handled(self, bot_id: int, update_id: int, now: datetime) -> None:
        self._new.append({"bot_id": bot_id, "update_id": update_id, "handled_at": now})

    def write(self, connection: Connection) -> None:
        if self._new:
            connection.execute(PUT_HANDLED, self._new)
            self._new = []


class StalledUpdates(Collection[StalledUpdate]):
    kind = StalledUpdate

    async def chats_among(self, chats: Bag[int]) -> set[int]:
        """Those of `chats` where something failed and is not given up: the rest waits behind."""
        return set(await self._session.scalars(STALLED, {"chats": list(chats)}))

    async def due(self, now: datetime) -> Sequence[StalledUpdate]:
        """The first of each chat that is due for another try."""
        found = await self._session.scalars(
            select(StalledUpdate)
            .where(StalledUpdate.id.in_(FIRST_OF_CHATS), StalledUpdate.due_at <= now)
            .order_by(StalledUpdate.id)
        )
        return found.all()

    async def done(self, stalled: StalledUpdate) -> None:
        statement = delete(StalledUpdate).where(StalledUpdate.id == stalled.id)
        await self._session.execute(statement)  # who deleted their data took it away already

    async def next_due(self) -> datetime | None:
        """When something that failed may be tried again; None: nothing waits for that."""
        moment: datetime | None = await self._session.scalar(
            select(func.min(StalledUpdate.due_at)).where(StalledUpdate.id.in_(FIRST_OF_CHATS))
        )
        return moment

    async def hurry(self, now: datetime) -> None:
        await self._session.execute(
            update(StalledUpdate).where(StalledUpdate.due_at > now).values(due_at=now)
        )

    async def parked(self) -> int:
        counted = await self._session.scalar(
            select(func.count())
            .select_from(StalledUpdate)
            .where(StalledUpdate.parked_at.is_not(None))
        )
        return counted or 0
