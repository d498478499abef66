"""Alerts: what a supervisor must hear of and see through."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.collection import Collection
from storage.models import Alert, AlertKind, AlertState, Conversation, Person, Survey

UNRESOLVED = (AlertState.OPEN, AlertState.TAKEN)

OF_SURVEY = select(Alert).where(Alert.survey_id == bindparam("survey_id"))
BESIDE = (
    select(Alert, Survey, Person)
    .outerjoin(Survey, Survey.id == Alert.survey_id)
    .outerjoin(
        Person,
        or_(
            Person.id == Survey.customer_id,
            Person.id == Survey.operator_id,
            Person.id == Alert.taken_by_id,
            Person.id == Alert.done_by_id,
        ),
    )
    .where(Alert.id == bindparam("id"))
)


class Alerts(Collection[Alert]):
    kind = Alert

    def __init__(self, session: AsyncSession) -> None:
        super().__init__(session)
        self._of_survey: dict[int, Alert | None] = {}

    async def add(self, row: Alert) -> Alert:
        if row.survey_id is not None:
            self._of_survey[row.survey_id] = row
        return await super().add(row)

    async def of_survey(self, survey_id: int) -> Alert | None:
        if survey_id not in self._of_survey:
            found: Alert | None = await self._session.scalar(OF_SURVEY, {"survey_id": survey_id})
            self.known(survey_id, found)
        return self._of_survey[survey_id]

    def known(self, survey_id: int, alert: Alert | None) -> None:
        """It was read beside its survey: it need not be asked for."""
        self._of_survey[survey_id] = alert

    async def read_ahead(self, alert_id: int) -> None:
        """What its card is made of, the people in it, at once instead of one by one."""
        rows = await self._session.execute(BESIDE, {"id": alert_id})
        self._beside = list(rows)  # held, so that the session goes on knowing them

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

    async def late_since(self, since: datetime) -> Sequence[Alert]:
        """Those of late replies that were raised after `since`, in order."""
        found = await self._session.scalars(
            select(Alert)
            .where(Alert.kind == AlertKind.OVERDUE, Alert.raised_at > since)
            .order_by(Alert.id)
        )
        return found.all()

    async def of_digest(self, digest_id: int) -> Sequence[Alert]:
        found = await self._session.scalars(
            select(Alert).where(Alert.digest_id == digest_id).order_by(Alert.id)
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
