"""What customers said of a conversation, as figures want it: see `storage.figures`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, String, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kpi.records import (
    Foreseen,
    Rating,
    Recovery,
    Said,
    SolvedAnswer,
    SurveyOutcome,
    SurveyState,
)
from kpi.satisfaction import SATISFIED_FROM
from storage.figures import Dated, of, within
from storage.imported import Imported
from storage.models import (
    Alert,
    Comment,
    Conversation,
    DiaryEntry,
    DiaryStatus,
    DiaryVersion,
    Message,
    Question,
    Reason,
    Survey,
)

ONLY_THE_PRODUCT = [Reason.PRODUCT.value]
ONLY_THE_PRODUCT_STORED = json.dumps(ONLY_THE_PRODUCT)
NEUTRAL = 3
"""Of the moods an operator may see, 1 to 5."""
SAID = (Question.SATISFIED, Question.PROFESSIONAL, Question.NPS, Question.CES)
"""What is asked after the stars, besides whether it is solved."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What customers answered an operator in one of several periods."""

    metric: str
    operator_id: int
    period: int
    good: int
    n: int


@dataclass(frozen=True, slots=True)
class Commented:
    """A customer's words beside their stars."""

    at: datetime
    """The rating's first tap."""
    stars: int
    survey_id: int
    conversation_id: int
    text: str
    """Empty: there are no words in it, or they were deleted."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What surveys say in a time; each answer at its own moment."""

    ratings: list[tuple[datetime, Rating]] = field(default_factory=list)
    """By first tap, with the last value."""
    reasons: list[tuple[datetime, Sequence[Reason]]] = field(default_factory=list)
    """What customers ticked as wrong, for each rating that has any; by first tap."""
    solved_answers: list[tuple[datetime, SolvedAnswer]] = field(default_factory=list)
    """By answer; asked and not answered yet, by rating."""
    outcomes: list[tuple[datetime, SurveyOutcome]] = field(default_factory=list)
    """Answered by first tap, expired by expiry, open by sending, not sent by closing."""

    said: dict[Question, list[tuple[datetime, Said]]] = field(
        default_factory=lambda: {each: [] for each in SAID}
    )
    """By answer; asked and not answered yet, by rating."""

    def take(
        self, start: datetime, end: datetime, negative: int, now: datetime, survey: Any
    ) -> None:
        """What of one survey lies in [start, end)."""
        excluded = survey.excluded_at is not None
        rated_at, stars = survey.rated_at, survey.stars
        if rated_at is not None and stars is not None:
            self._rated(start, end, negative, survey, excluded=excluded)
        for question in SAID:
            self._answered(start, end, negative, survey, question)
        if survey.sent_at is None:
            return
        if rated_at is not None:
            at, state = rated_at, SurveyState.ANSWERED
        elif survey.expires_at is not None and survey.expires_at <= now:
            at, state = survey.expires_at, SurveyState.EXPIRED
        else:
            at, state = survey.sent_at, SurveyState.OPEN
        if start <= at < end:
            self.outcomes.append((at, SurveyOutcome(state, excluded=excluded, about=survey.id)))

    def _rated(
        self, start: datetime, end: datetime, negative: int, survey: Any, *, excluded: bool
    ) -> None:
        """The stars, what went wrong, and whether it is solved."""
        rated_at, stars, reasons = survey.rated_at, survey.stars, survey.reasons
        if start <= rated_at < end:
            product_only = reasons == ONLY_THE_PRODUCT
            self.ratings.append((rated_at, Rating(stars, excluded, product_only, survey.id)))
            if reasons and not excluded:
                self.reasons.append((rated_at, [Reason(each) for each in reasons]))
        asked = survey.solved is None and stars > negative
        at = survey.solved_at if survey.solved_at is not None else rated_at if asked else None
        if at is not None and start <= at < end:
            answer = SolvedAnswer(survey.solved, excluded, survey.id)
            self.solved_answers.append((at, answer))

    def _answered(
        self, start: datetime, end: datetime, negative: int, survey: Any, question: Question
    ) -> None:
        """Who was let down is asked once they have said what went wrong."""
        answer = getattr(survey, question.value)
        at = getattr(survey, f"{question.value}_at")
        if at is None and survey.rated_at is not None and survey.stars is not None:
            was_shown = survey.stars > negative or survey.reasons
            if was_shown and question.value in (survey.questions or "").split(","):
                at = survey.rated_at
        if at is not None and start <= at < end:
            said = None if answer is None else int(answer)
            self.said[question].append((at, Said(said, survey.excluded_at is not None, survey.id)))


class Opinions:
    def __init__(self, session: AsyncSession, imported: Imported) -> None:
        self._session = session
        self._imported = imported

    async def _rows(self, asked: Executable) -> Sequence[Any]:
        rows: Sequence[Any] = (await self._session.execute(asked)).all()
        return rows

    async def surveyed(
        self, whose: int | None, start: datetime, end: datetime, negative: int, now: datetime
    ) -> Surveyed:
        """All that surveys say, whose they are was written when they were sent.

        One that may count in the time expires in it or later and was sent before its end;
        what never was sent does not expire. Ratings up to `negative` were asked what went wrong
        and not whether it is solved.
        """
        columns = (
            Survey.rated_at,
            Survey.stars,
            Survey.reasons,
            Survey.excluded_at,
            Survey.solved,
            Survey.solved_at,
            Survey.expires_at,
            Survey.sent_at,
            Survey.id,
            Survey.questions,
            *(getattr(Survey, each.value) for each in SAID),
            *(getattr(Survey, f"{each.value}_at") for each in SAID),
        )
        theirs = of(whose, Survey.operator_id == whose)
        sent = await self._rows(
            select(*columns).where(
                *theirs,
                or_(
                    and_(Survey.expires_at >= start, Survey.sent_at < end),
                    and_(Survey.expires_at.is_(None), *within(Survey.rated_at, start, end)),
                ),
            )
        )
        not_sent = await self._rows(
            select(Conversation.closed_at, Survey.not_sent, Survey.excluded_at, Survey.id)
            .join(Conversation, Conversation.id == Survey.conversation_id)
            .where(
                *theirs,
                Survey.expires_at.is_(None),
                Survey.sent_at.is_(None),
                *within(Conversation.closed_at, start, end),
            )
        )
        found = Surveyed(ratings=list(await self._imported.ratings(whose, start, end)))
        for row in sent:
            found.take(start, end, negative, now, row)
        for at, why, excluded_at, number in not_sent:
            reason = None if why is None else why.value
            excluded = excluded_at is not None
            outcome = SurveyOutcome(SurveyState.NOT_SENT, reason, excluded, number)
            found.outcomes.append((at, outcome))
        return found

    async def recommended(self, whose: int | None, start: datetime, end: datetime) -> Dated[Said]:
        """How likely customers were to recommend us, by answer: what is read over many weeks."""
        rows = await self._rows(
            select(Survey.nps_at, Survey.nps, Survey.excluded_at, Survey.id).where(
                *within(Survey.nps_at, start, end),
                Survey.expires_at >= start,  # nobody answers later: what finds the team's
                *of(whose, Survey.operator_id == whose),
            )
        )
        return [
            (at, Said(answer, excluded_at is not None, number))
            for at, answer, excluded_at, number in rows
        ]

    async def recovered(
        self, whose: int | None, start: datetime, end: datetime
    ) -> Dated[Recovery]:
        """What customers answered who were asked whether it is all right now, by last answer."""
        rows = await self._rows(
            select(Alert.answered_at, Alert.fixed, Survey.excluded_at, Survey.id)
            .join(Survey, Survey.id == Alert.survey_id)
            .where(
                *within(Alert.answered_at, start, end),
                Alert.fixed.is_not(None),
                *of(whose, Survey.operator_id == whose),
            )
        )
        return [(at, Recovery(fixed, out is not None, number)) for at, fixed, out, number in rows]

    async def foreseen(
        self, whose: int | None, start: datetime, end: datetime, negative: int
    ) -> Dated[Foreseen]:
        """Ratings whose operator had written down how it went before they saw them: praise is
        seen at once, the rest when it expires or its alert is done."""
        praise_from = max(SATISFIED_FROM, negative + 1)
        rows = await self._rows(
            select(
                Survey.rated_at,
                Survey.stars,
                Survey.expires_at,
                Survey.excluded_at,
                Survey.id,
                Alert.done_at,
                DiaryEntry.first_saved_at,
                DiaryVersion.content,
            )
            .join(
                DiaryEntry,
                and_(
                    DiaryEntry.conversation_id == Survey.conversation_id,
                    DiaryEntry.operator_id == Survey.operator_id,
                ),
            )
            .join(
                DiaryVersion,
                and_(DiaryVersion.entry_id == DiaryEntry.id, DiaryVersion.version == 1),
            )
            .outerjoin(Alert, Alert.survey_id == Survey.id)
            .where(
                Survey.expires_at >= start,  # nobody rates later: what finds theirs
                *within(Survey.rated_at, start, end),
                *of(whose, Survey.operator_id == whose),
            )
            .order_by(Survey.id, DiaryEntry.id)
        )
        found: dict[int, tuple[datetime, Foreseen]] = {}
        for rated, stars, expires, out, number, done, saved, content in rows:
            shown = rated if stars >= praise_from else min(filter(None, (expires, done)))
            if saved < shown and number not in found:
                mood, status = content.get("mood"), content.get("status")
                well = status == DiaryStatus.DONE and mood is not None and mood >= NEUTRAL
                said = Foreseen(well, stars <= negative, out is not None, number)
                found[number] = rated, said
        return list(found.values())

    async def commented(self, start: datetime, end: datetime) -> Sequence[Commented]:
        """What customers wrote beside their stars, of ratings in that time, in order."""
        rows = await self._rows(
            select(
                Survey.rated_at,
                Survey.stars,
                Survey.id,
                Survey.conversation_id,
                Message.text,
                Message.heard,
            )
            .join(Comment, Comment.survey_id == Survey.id)
            .join(Message, Message.id == Comment.message_id)
            .where(*within(Survey.rated_at, start, end), Survey.excluded_at.is_(None))
            .order_by(Survey.rated_at, Comment.id)
        )
        return [
            Commented(at, stars, survey, conversation, text or heard or "")
            for at, stars, survey, conversation, text, heard in rows
        ]

    async def answers(self, edges: Sequence[datetime]) -> Sequence[Answers]:
        """What customers answered each operator between one of `edges` and the next."""
        product_alone = func.coalesce(cast(Survey.reasons, String), "") == ONLY_THE_PRODUCT_STORED
        satisfied = Survey.stars >= SATISFIED_FROM
        answerable = Survey.expires_at > edges[0]  # nobody answers later: what finds it
        return [
            *await self._answers("csat", Survey.rated_at, satisfied, edges, ~product_alone),
            *await self._answers(
                "confirmed_share", Survey.solved_at, Survey.solved, edges, answerable
            ),
            *await self._answers(
                "professional_share",
                Survey.professional_at,
                Survey.professional,
                edges,
                answerable,
            ),
            *(Answers("csat", *row) for row in await self._imported.good_ratings(edges)),
        ]

    async def _answers(
        self,
        metric: str,
        moment: Any,
        good: Any,
        edges: Sequence[datetime],
        counted: ColumnElement[bool],
    ) -> Sequence[Answers]:
        period = case(*((moment < edge, number) for number, edge in enumerate(edges[1:])))
        rows = await self._rows(
            select(
                Survey.operator_id,
                period.label("period"),
                func.sum(case((good, 1), else_=0)),
                func.count(),
            )
            .where(
                *within(moment, edges[0], edges[-1]),
                Survey.operator_id.is_not(None),
                Survey.excluded_at.is_(None),
                counted,
            )
            .group_by(Survey.operator_id, "period")
        )
        return [Answers(metric, whose, number, int(hits), n) for whose, number, hits, n in rows]
