"""Alerts: what a supervisor must hear of and see through."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.collection import Collection
from storage.models import Alert, AlertState, Conversation

UNRESOLVED = (AlertState.OPEN, AlertState.TAKEN)


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

    async def unresolved(self) -> Sequence[Alert]:
        """What somebody still has to see to, the longest first."""
        found = await self._session.scalars(
            select(Alert).where(Alert.state.in_(UNRESOLVED)).order_by(Alert.raised_at, Alert.id)
        )
        return found.all()

    async def unresolved_in(self, conversation_id: int) -> Sequence[Alert]:
        found = await self._session.scalars(
            select(Alert)
            .where(Alert.conversation_id == conversation_id, Alert.state.in_(UNRESOLVED))
            .order_by(Alert.id)
        )
        return found.all()

    async def with_supervisor(self, person_id: int) -> Sequence[Alert]:
        """Those the supervisor took, or got back because they were not fixed."""
        found = await self._session.scalars(
            select(Alert)
            .where(Alert.taken_by_id == person_id, Alert.state.in_(UNRESOLVED))
            .order_by(Alert.id)
        )
        return found.all()

    async def awaiting_number(self, customer_id: int) -> Alert | None:
        """The alert for which the customer was asked for a number and gave none yet."""
        found: Alert | None = await self._session.scalar(
            select(Alert)
            .join(Conversation, Conversation.id == Alert.conversation_id)
            .where(
                Conversation.customer_id == customer_id,
                Alert.state.in_(UNRESOLVED),
                Alert.call_asked_at.is_not(None),
                Alert.phone.is_(None),
            )
            .order_by(Alert.call_asked_at.desc())
            .limit(1)
        )
        return found
