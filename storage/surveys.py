"""Surveys: one per closed conversation, answered with one tap, or never."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.alerts import Alerts
from storage.collection import Collection
from storage.models import (
    Alert,
    CausedBy,
    Comment,
    Conversation,
    Message,
    Reason,
    Survey,
    SurveyTap,
)

TO_ANSWER = (
    select(Survey, Conversation, Alert)
    .join(Conversation, Conversation.id == Survey.conversation_id)
    .outerjoin(Alert, Alert.survey_id == Survey.id)
    .where(Survey.id == bindparam("id"))
    .execution_options(autoflush=False)  # by its number: nothing unwritten can change that
)
EARLIER = (
    select(Survey.stars)
    .where(
        Survey.customer_id == bindparam("customer_id"),
        Survey.id < bindparam("id"),
        Survey.stars.is_not(None),
    )
    .order_by(Survey.id.desc())
    .limit(bindparam("limit"))
)
ASKED_BEFORE = select(Survey.questions, Survey.rated_at).where(
    Survey.customer_id == bindparam("customer_id"),
    Survey.id != bindparam("id"),
    Survey.questions.is_not(None),
    Survey.rated_at.is_not(None),
)
COMMENTS = (
    select(Message)
    .join(Comment, Comment.message_id == Message.id)
    .where(Comment.survey_id == bindparam("survey_id"))
    .order_by(Comment.id)
)


class Surveys(Collection[Survey]):
    kind = Survey

    def __init__(self, session: AsyncSession, alerts: Alerts) -> None:
        super().__init__(session)
        self._alerts = alerts
        self._conversations: list[Conversation] = []
        """Held, so that the session goes on knowing them."""

    async def to_answer(self, survey_id: int) -> Survey | None:
        """As `get`; its conversation and its alert, if any, need not be asked for then."""
        row = (await self._session.execute(TO_ANSWER, {"id": survey_id})).one_or_none()
        if row is None:
            return None
        survey, conversation, alert = row
        self._conversations.append(conversation)
        self._alerts.known(survey_id, alert)
        return survey

    async def of_conversation(self, conversation_id: int) -> Survey | None:
        found: Survey | None = await self._session.scalar(
            select(Survey).where(Survey.conversation_id == conversation_id)
        )
        return found

    async def sent_since(self, customer_id: int, since: datetime) -> bool:
        """Whether the customer was sent a survey later than `since`."""
        found = await self._session.scalar(
            select(Survey.id)
            .where(Survey.customer_id == customer_id, Survey.sent_at > since)
            .limit(1)
        )
        return found is not None

    async def awaiting_comment(self, customer_id: int, now: datetime) -> Survey | None:
        """Whose comment the customer's next words would be; the survey tapped last."""
        found: Survey | None = await self._session.scalar(
            select(Survey)
            .where(Survey.customer_id == customer_id, Survey.comment_until > now)
            .order_by(Survey.comment_until.desc())
            .limit(1)
        )
        return found

    async def unanswered(self, since: datetime, until: datetime) -> Sequence[Survey]:
        """Sent before `until`, open at some moment of [since, until), not answered till now."""
        found = await self._session.scalars(
            select(Survey)
            .where(Survey.sent_at < until, Survey.expires_at > since, Survey.stars.is_(None))
            .order_by(Survey.id)
        )
        return found.all()

    async def low(
        self, start: datetime, end: datetime, at_most: int
    ) -> Sequence[tuple[Sequence[Reason], CausedBy | None]]:
        """Of each rating up to `at_most` of [start, end): what was ticked, and whose it is."""
        found = await self._session.execute(
            select(Survey.reasons, Survey.caused_by).where(*_low(start, end, at_most))
        )
        return [([Reason(each) for each in reasons or ()], cause) for reasons, cause in found]

    async def unsorted(self, start: datetime, end: datetime, at_most: int) -> Sequence[Survey]:
        """Those of them nobody has said of whose they are, the newest first; the product's own
        are not asked about."""
        found = await self._session.scalars(
            select(Survey)
            .where(*_low(start, end, at_most), Survey.caused_by.is_(None))
            .order_by(Survey.rated_at.desc(), Survey.id.desc())
        )
        return [survey for survey in found if survey.reasons != [Reason.PRODUCT.value]]

    async def earlier_ratings(self, survey: Survey, limit: int) -> Sequence[int]:
        """What the customer gave before this survey, the newest first."""
        asked = {"customer_id": survey.customer_id, "id": survey.id, "limit": limit}
        given = await self._session.scalars(EARLIER, asked)
        return [stars for stars in given if stars is not None]

    async def asked_before(
        self, customer_id: int, survey_id: int
    ) -> Sequence[tuple[str, datetime]]:
        """What the customer was asked after the stars of other surveys, and when those came."""
        rows = await self._session.execute(
            ASKED_BEFORE, {"customer_id": customer_id, "id": survey_id}
        )
        return [(asked or "", rated_at) for asked, rated_at in rows if rated_at is not None]

    def note_tap(self, survey_id: int, question: str, value: str, at: datetime) -> None:
        """Every tap is kept; `question` is stars, reason or one of `Question`."""
        self._session.add(SurveyTap(survey_id=survey_id, question=question, value=value, at=at))

    async def taps(self, survey_id: int, question: str) -> Sequence[str]:
        """What was tapped, in order."""
        found = await self._session.scalars(
            select(SurveyTap.value)
            .where(SurveyTap.survey_id == survey_id, SurveyTap.question == question)
            .order_by(SurveyTap.id)
        )
        return found.all()

    async def add_comment(self, survey_id: int, message_id: int, at: datetime) -> Comment:
        comment = Comment(survey_id=survey_id, message_id=message_id, at=at)
        self._session.add(comment)
        await self._session.flush()
        return comment

    async def comment(self, comment_id: int) -> Comment | None:
        return await self._session.get(Comment, comment_id)

    async def of_comment(self, message_id: int) -> Survey | None:
        """The survey that a message is a comment on; None: it is none."""
        found: Survey | None = await self._session.scalar(
            select(Survey)
            .join(Comment, Comment.survey_id == Survey.id)
            .where(Comment.message_id == message_id)
        )
        return found

    async def drop_comment(self, comment_id: int) -> None:
        """It was no comment; the words stay a message."""
        await self._session.execute(delete(Comment).where(Comment.id == comment_id))

    async def comments(self, survey_id: int) -> Sequence[Message]:
        """The customer's own words beside the stars, in order."""
        return (await self._session.scalars(COMMENTS, {"survey_id": survey_id})).all()


def _low(start: datetime, end: datetime, at_most: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Survey.rated_at >= start,
        Survey.rated_at < end,
        Survey.stars <= at_most,
        Survey.excluded_at.is_(None),
    )
