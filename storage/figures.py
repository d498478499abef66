"""The facts figures are made of: narrow rows of one scope in [start, end), each with its moment.

`whose` is an operator's number, None for the team. Whose a record is and when it counts is
`metrics.md`'s "Ground rules", and said here once. Any number of weeks is one query a kind.

An operator's facts are found by indexes that begin with whose they are, so they cost what the
operator has done and not what the team has: each way a record may be theirs is a query of its own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    ColumnElement,
    Executable,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kpi.records import (
    ClosedConversation,
    FirstResponse,
    Rating,
    SolvedAnswer,
    SurveyOutcome,
    SurveyState,
)
from kpi.records import Outcome as Closed
from kpi.records import Wait as Waited
from kpi.records import WaitEnd as Ended
from kpi.satisfaction import SATISFIED_FROM
from kpi.worktime import Schedule
from storage.imported import Imported
from storage.models import (
    Conversation,
    ConversationEvent,
    DiaryEntry,
    EventKind,
    Message,
    Reason,
    Survey,
    Wait,
    WaitEnd,
)

Fact = TypeVar("Fact")
Dated: TypeAlias = Sequence[tuple[datetime, Fact]]
"""Facts with the moment each counts at, in no order."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A conversation at its last closing."""

    number: int
    by_somebody: bool
    """And not by silence."""
    conversation: ClosedConversation


@dataclass(frozen=True, slots=True)
class Answers:
    """What customers answered an operator in one of several periods."""

    metric: str
    operator_id: int
    period: int
    good: int
    n: int


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

    def take(
        self,
        start: datetime,
        end: datetime,
        negative: int,
        now: datetime,
        rated_at: datetime | None,
        stars: int | None,
        reasons: Sequence[str] | None,
        excluded_at: datetime | None,
        solved: bool | None,
        solved_at: datetime | None,
        expires_at: datetime | None,
        sent_at: datetime | None,
        number: int,
    ) -> None:
        """What of one survey lies in [start, end)."""
        excluded = excluded_at is not None
        if rated_at is not None and stars is not None:
            if start <= rated_at < end:
                product_only = reasons == ONLY_THE_PRODUCT
                self.ratings.append((rated_at, Rating(stars, excluded, product_only, number)))
                if reasons and not excluded:
                    self.reasons.append((rated_at, [Reason(each) for each in reasons]))
            asked = solved is None and stars > negative
            answered_at = solved_at if solved_at is not None else rated_at if asked else None
            if answered_at is not None and start <= answered_at < end:
                self.solved_answers.append((answered_at, SolvedAnswer(solved, excluded, number)))
        if sent_at is None:
            return
        if rated_at is not None:
            at, state = rated_at, SurveyState.ANSWERED
        elif expires_at is not None and expires_at <= now:
            at, state = expires_at, SurveyState.EXPIRED
        else:
            at, state = sent_at, SurveyState.OPEN
        if start <= at < end:
            self.outcomes.append((at, SurveyOutcome(state, excluded=excluded, about=number)))


CLOSED_BY = (EventKind.CLOSED, EventKind.THANKS)
OPENED_BY = (EventKind.REOPENED, EventKind.SPAM_UNDONE)
ONLY_THE_PRODUCT = [Reason.PRODUCT.value]
ONLY_THE_PRODUCT_STORED = json.dumps(ONLY_THE_PRODUCT)


class Figures:
    def __init__(self, session: AsyncSession, imported: Imported) -> None:
        self._session = session
        self._imported = imported
        self._followed: dict[int, Sequence[int]] = {}

    async def _rows(self, asked: Executable) -> Sequence[Any]:
        rows: Sequence[Any] = (await self._session.execute(asked)).all()
        return rows

    async def _held_by(self, whose: int) -> Sequence[ColumnElement[bool]]:
        """The ways somebody holds a conversation as an operator, each found by an index.

        A supervisor's follow-up changes nothing in any figure. There are few at a time, and mostly
        none.
        """
        if whose not in self._followed:
            found = await self._session.scalars(
                select(Conversation.id).where(
                    Conversation.follow_up_by_id.is_not(None),
                    Conversation.was["holder_id"].as_integer() == whose,
                )
            )
            self._followed[whose] = found.all()
        ways = [and_(Conversation.holder_id == whose, Conversation.follow_up_by_id.is_(None))]
        if self._followed[whose]:
            ways.append(Conversation.id.in_(self._followed[whose]))
        return ways

    async def closed(self, whose: int | None, start: datetime, end: datetime) -> Dated[Closing]:
        """By last closing, which a follow-up is not; who closed it, else who held it."""
        written = exists().where(DiaryEntry.conversation_id == Conversation.id)
        closings = (
            select(
                Conversation.closed_at,
                Conversation.id,
                Conversation.closed_by_id,
                Conversation.outcome,
                Survey.solved,
                Survey.reasons,
                Survey.excluded_at,
                written,
                Conversation.priority,
            )
            .outerjoin(Survey, Survey.conversation_id == Conversation.id)
            .where(*_within(Conversation.closed_at, start, end))
        )
        asked: Executable = closings
        if whose is not None:
            by_nobody = Conversation.closed_by_id.is_(None)
            asked = union_all(
                closings.where(Conversation.closed_by_id == whose),
                *(closings.where(by_nobody, held) for held in await self._held_by(whose)),
            )
        return [
            (
                at,
                Closing(
                    number,
                    by_somebody=by is not None,
                    conversation=ClosedConversation(
                        outcome=None if outcome is None else Closed(outcome.value),
                        denied=_denies(*said),
                        has_diary=bool(diary),
                        priority=priority.value,
                        about=number,
                    ),
                ),
            )
            for at, number, by, outcome, *said, diary, priority in await self._rows(asked)
        ] + [
            (at, Closing(each.about, by_somebody, each))
            for at, by_somebody, each in await self._imported.closed(whose, start, end)
        ]

    async def answered_in(self, whose: int | None, start: datetime, end: datetime) -> Dated[int]:
        """Numbers of closed conversations the operator, or any, wrote in; by last closing.

        What was written after a closing, as in a follow-up, is in no figure.
        """
        closing, opening = aliased(ConversationEvent), aliased(ConversationEvent)
        went_on = (
            exists()
            .where(
                opening.conversation_id == Message.conversation_id,
                opening.kind.in_(OPENED_BY),
                opening.at <= Message.sent_at,
                opening.id > closing.id,
            )
            .correlate_except(opening)
        )
        afterwards = (
            exists()
            .where(
                closing.conversation_id == Message.conversation_id,
                closing.kind.in_(CLOSED_BY),
                closing.at < Message.sent_at,
                ~went_on,
            )
            .correlate_except(closing)
        )
        wrote = exists().where(
            Message.conversation_id == Conversation.id,
            Message.from_customer.is_(False),
            Message.sent_at <= Conversation.closed_at,
            *_of(whose, Message.author_id == whose),
            ~afterwards,
        )
        asked = select(Conversation.closed_at, Conversation.id).where(
            *_within(Conversation.closed_at, start, end), wrote
        )
        if whose is not None:
            theirs = select(Message.conversation_id).where(
                Message.author_id == whose, Message.from_customer.is_(False)
            )
            asked = asked.where(Conversation.id.in_(theirs))
        return [(at, number) for at, number in await self._rows(asked)]

    async def first_responses(
        self, whose: int | None, start: datetime, end: datetime, schedule: Schedule
    ) -> Dated[FirstResponse]:
        """By opening; who ended the first wait that was answered, until then who holds it.

        `schedule` is for the rare one that was closed unanswered and answered only when the
        customer came back: the team's time runs from the very first message.
        """
        earlier = aliased(Wait)
        answered = and_(Wait.conversation_id == Conversation.id, Wait.end == WaitEnd.ANSWERED)
        first = and_(
            answered,
            ~exists().where(
                earlier.conversation_id == Conversation.id,
                earlier.end == WaitEnd.ANSWERED,
                earlier.id < Wait.id,
            ),
        )
        columns = (
            Conversation.opened_at,
            Conversation.by_team,
            Wait.first,
            Wait.team_seconds,
            Wait.operator_seconds,
            Wait.ended_at,
            Conversation.id,
        )
        opened = _within(Conversation.opened_at, start, end)
        asked = select(*columns).select_from(Conversation)
        if whose is None:
            rows = await self._rows(asked.outerjoin(Wait, first).where(*opened))
        else:
            theirs = (Wait.answered_by_id == whose, Wait.started_at >= start)
            got = asked.join(Wait, first).where(*opened, *theirs)
            waiting = asked.outerjoin(Wait, answered).where(*opened, Wait.id.is_(None))
            since = _since(start)
            held = [waiting.where(since, each) for each in await self._held_by(whose)]
            rows = await self._rows(union_all(got, *held))
        return [
            (
                at,
                FirstResponse(
                    _seconds(whose, schedule, at, *times), opened_by_team=by_team, about=number
                ),
            )
            for at, by_team, *times, number in rows
        ] + list(await self._imported.first_responses(whose, start, end))

    async def waits(self, whose: int | None, start: datetime, end: datetime) -> Dated[Waited]:
        """By start. Overdue ones are of who held it when due, answered ones of who answered,
        the rest (still waiting, spam, *left*, thanks) of who holds the conversation."""
        columns = (Wait.started_at, Wait.due_at, Wait.ended_at, Wait.end, Wait.id)
        began = _within(Wait.started_at, start, end)
        if whose is None:
            rows = await self._rows(select(*columns).where(*began))
        else:
            in_time, answered = Wait.overdue.is_(False), Wait.end == WaitEnd.ANSWERED
            late = select(*columns).where(*began, Wait.overdue, Wait.holder_at_due_id == whose)
            kept = select(*columns).where(*began, in_time, answered, Wait.answered_by_id == whose)
            rest = (
                select(*columns)
                .join(Conversation, Conversation.id == Wait.conversation_id)
                .where(*began, in_time, or_(Wait.end.is_(None), ~answered), _since(start))
            )
            held = [rest.where(each) for each in await self._held_by(whose)]
            rows = await self._rows(union_all(late, kept, *held))
        return [
            (at, Waited(due, ended, None if how is None else Ended(how.value), about=number))
            for at, due, ended, how, number in rows
        ] + list(await self._imported.waits(whose, start, end))

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
        )
        theirs = _of(whose, Survey.operator_id == whose)
        sent = await self._rows(
            select(*columns).where(
                *theirs,
                or_(
                    and_(Survey.expires_at >= start, Survey.sent_at < end),
                    and_(Survey.expires_at.is_(None), *_within(Survey.rated_at, start, end)),
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
                *_within(Conversation.closed_at, start, end),
            )
        )
        found = Surveyed(ratings=list(await self._imported.ratings(whose, start, end)))
        for row in sent:
            found.take(start, end, negative, now, *row)
        for at, why, excluded_at, number in not_sent:
            reason = None if why is None else why.value
            excluded = excluded_at is not None
            outcome = SurveyOutcome(SurveyState.NOT_SENT, reason, excluded, number)
            found.outcomes.append((at, outcome))
        return found

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
                *_within(moment, edges[0], edges[-1]),
                Survey.operator_id.is_not(None),
                Survey.excluded_at.is_(None),
                counted,
            )
            .group_by(Survey.operator_id, "period")
        )
        return [Answers(metric, whose, number, int(hits), n) for whose, number, hits, n in rows]


def _within(moment: Any, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return moment >= start, moment < end


def _of(whose: int | None, theirs: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return () if whose is None else (theirs,)


def _denies(
    solved: bool | None, reasons: Sequence[str] | None, excluded_at: datetime | None
) -> bool:
    """Whether the customer says that it is not solved: asked, or as what went wrong."""
    if excluded_at is not None:
        return False
    return solved is False or Reason.NOT_SOLVED.value in (reasons or ())


def _seconds(
    whose: int | None,
    schedule: Schedule,
    opened_at: datetime,
    first: bool | None,
    team_seconds: int | None,
    operator_seconds: int | None,
    answered_at: datetime | None,
) -> float | None:
    if answered_at is None or whose is not None:
        return operator_seconds
    return team_seconds if first else schedule.between(opened_at, answered_at)


def _since(start: datetime) -> ColumnElement[bool]:
    """Something happened in it since: it is open, or was closed later."""
    return or_(Conversation.closed_at.is_(None), Conversation.closed_at >= start)
