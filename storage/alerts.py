"""Alerts: what a supervisor must hear of and see through."""

from sqlalchemy import select

from storage.collection import Collection
from storage.models import Alert


class Alerts(Collection[Alert]):
    kind = Alert

    async def of_survey(self, survey_id: int) -> Alert | None:
        found: Alert | None = await self._session.scalar(
            select(Alert).where(Alert.survey_id == survey_id)
        )
        return found

    async def of_wait(self, wait_id: int) -> Alert | None:
        found: Alert | None = await self._session.scalar(
            select(Alert).where(Alert.wait_id == wait_id)
        )
        return found
