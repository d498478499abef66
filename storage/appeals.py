"""What operators object to, and what became of it."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.collection import Collection
from storage.models import Appeal, AppealState


class Appeals(Collection[Appeal]):
    kind = Appeal

    async def of_survey(self, survey_id: int) -> Appeal | None:
        found: Appeal | None = await self._session.scalar(
            select(Appeal).where(Appeal.survey_id == survey_id)
        )
        return found

    async def of_wait(self, wait_id: int) -> Appeal | None:
        found: Appeal | None = await self._session.scalar(
            select(Appeal).where(Appeal.wait_id == wait_id)
        )
        return found

    async def open(self) -> Sequence[Appeal]:
        """Those nobody has decided, the oldest first."""
        found = await self._session.scalars(
            select(Appeal)
            .where(Appeal.state == AppealState.OPEN)
            .order_by(Appeal.raised_at, Appeal.id)
        )
        return found.all()
