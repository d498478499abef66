"""The facts figures are made of: narrow rows of one scope in [start, end), each with its moment.

`whose` is an operator's number, None for the team. Whose a record is and when it counts is
`metrics.md`'s "Ground rules", and said here once. Any number of weeks is one query a kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    ColumnElement,
    Executable,
    and_,
    case,
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
class Verdict:
    """One customer's answer, for the comparison between operators."""

    operator_id: int
    metric: str
    good: bool


CLOSED_BY = (EventKind.CLOSED, EventKind.THANKS)
OPENED_BY = (EventKind.REOPENED, EventKind.SPAM_UNDONE)
ONLY_THE_PRODUCT = [Reason.PRODUCT.value]

_holder: ColumnElement[Any] = case(
    (
        Conversation.follow_up_by_id.is_not(None),
        Conversation.was["holder_id"].as_integer(),
    ),
    else_=Conversation.holder_id,
)
"""Who held it as an operator: a supervisor's follow-up changes nothing in any figure."""


class Figures:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def _rows(self, asked: Executable) -> Sequence[Any]:
        rows: Sequence[Any] = (await self._session.execute(asked)).all()
        return rows

    async def closed(
        self, whose: int | None, start: datetime, end: datetime
    ) -> Dated[ClosedConversation]:
        """By last closing, which a follow-up is not; who closed it, else who held it."""
        owner = or_(
            Conversation.closed_by_id == whose,
            and_(Conversation.closed_by_id.is_(None), _holder == whose),
        )
        written = exists().where(DiaryEntry.conversation_id == Conversation.id)
        rows = await self._rows(
            select(
                Conversation.closed_at,
                Conversation.outcome,
                Survey.solved,
                Survey.reasons,
                Survey.excluded_at,
                written,
                Conversation.priority,
            )
            .outerjoin(Survey, Survey.conversation_id == Conversation.id)
            .where(*_within(Conversation.closed_at, start, end), *_of(whose, owner))
        )
        return [
            (
                at,
                ClosedConversation(
                    outcome=None if outcome is None else Closed(outcome.value),
                    denied=excluded_at is None and _denies(solved, reasons),
                    has_diary=bool(diary),
                    priority=priority.value,
                ),
            )
            for at, outcome, solved, reasons, excluded_at, diary, priority in rows
        ]

    async def closed_by(self, whose: int | None, start: datetime, end: datetime) -> Dated[int]:
        """Numbers of conversations the operator, or any, closed; by last closing."""
        by = Conversation.closed_by_id
        rows = await self._rows(
            select(Conversation.closed_at, Conversation.id).where(
                *_within(Conversation.closed_at, start, end),
                by.is_not(None) if whose is None else by == whose,
            )
        )
        return [(at, number) for at, number in rows]

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
        rows = await self._rows(
            select(Conversation.closed_at, Conversation.id).where(
                *_within(Conversation.closed_at, start, end), wrote
            )
        )
        return [(at, number) for at, number in rows]

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
        )
        opened = _within(Conversation.opened_at, start, end)
        asked = select(*columns).select_from(Conversation)
        if whose is None:
            rows = await self._rows(asked.outerjoin(Wait, first).where(*opened))
        else:
            theirs = (Wait.answered_by_id == whose, Wait.started_at >= start)
            got = await self._rows(asked.join(Wait, first).where(*opened, *theirs))
            waiting = asked.outerjoin(Wait, answered).where(
                *opened, Wait.id.is_(None), _holder == whose
            )
            rows = [*got, *await self._rows(waiting)]
        return [
            (at, FirstResponse(_seconds(whose, schedule, at, *about), opened_by_team=by_team))
            for at, by_team, *about in rows
        ]

    async def waits(self, whose: int | None, start: datetime, end: datetime) -> Dated[Waited]:
        """By start. Overdue ones are of who held it when due, answered ones of who answered,
        the rest (still waiting, spam, *left*, thanks) of who holds the conversation."""
        columns = (Wait.started_at, Wait.due_at, Wait.ended_at, Wait.end)
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
                .where(*began, in_time, or_(Wait.end.is_(None), ~answered), _holder == whose)
            )
            rows = await self._rows(union_all(late, kept, rest))
        return [
            (at, Waited(due, ended, None if how is None else Ended(how.value)))
            for at, due, ended, how in rows
        ]

    async def ratings(self, whose: int | None, start: datetime, end: datetime) -> Dated[Rating]:
        """By first tap, with the last value; whose it is was written when the survey was sent."""
        rows = await self._rows(
            select(Survey.rated_at, Survey.stars, Survey.reasons, Survey.excluded_at).where(
                *_within(Survey.rated_at, start, end), *_of(whose, Survey.operator_id == whose)
            )
        )
        return [
            (
                at,
                Rating(
                    stars,
                    excluded=excluded_at is not None,
                    product_only=reasons == ONLY_THE_PRODUCT,
                ),
            )
            for at, stars, reasons, excluded_at in rows
        ]

    async def reasons(
        self, whose: int | None, start: datetime, end: datetime
    ) -> Dated[Sequence[Reason]]:
        """What customers ticked as wrong, a list for each rating that has any; by first tap."""
        rows = await self._rows(
            select(Survey.rated_at, Survey.reasons).where(
                *_within(Survey.rated_at, start, end),
                *_of(whose, Survey.operator_id == whose),
                Survey.reasons.is_not(None),
                Survey.excluded_at.is_(None),
            )
        )
        return [(at, [Reason(each) for each in ticked]) for at, ticked in rows if ticked]

    async def solved_answers(
        self, whose: int | None, start: datetime, end: datetime, negative: int
    ) -> Dated[SolvedAnswer]:
        """By answer; asked and not answered yet, by rating. Ratings up to `negative` were asked
        what went wrong instead."""
        said = and_(
            *_within(Survey.solved_at, start, end),
            Survey.expires_at > start,  # nobody answers later: what an index can find it by
        )
        asked = and_(
            *_within(Survey.rated_at, start, end),
            Survey.solved.is_(None),
            Survey.stars > negative,
        )
        rows = await self._rows(
            select(
                func.coalesce(Survey.solved_at, Survey.rated_at, type_=Survey.rated_at.type),
                Survey.solved,
                Survey.excluded_at,
            ).where(or_(said, asked), *_of(whose, Survey.operator_id == whose))
        )
        return [
            (at, SolvedAnswer(solved, excluded=excluded_at is not None))
            for at, solved, excluded_at in rows
        ]

    async def surveys(
        self, whose: int | None, start: datetime, end: datetime, now: datetime
    ) -> Dated[SurveyOutcome]:
        """Answered by first tap, expired by expiry, open by sending, not sent by closing."""
        theirs = _of(whose, Survey.operator_id == whose)
        unanswered, over = Survey.rated_at.is_(None), Survey.expires_at <= now
        sent = await self._rows(
            select(Survey.rated_at, Survey.expires_at, Survey.sent_at, Survey.excluded_at).where(
                Survey.sent_at.is_not(None),
                or_(
                    and_(*_within(Survey.rated_at, start, end)),
                    and_(unanswered, over, *_within(Survey.expires_at, start, end)),
                    and_(unanswered, ~over, *_within(Survey.sent_at, start, end)),
                ),
                *theirs,
            )
        )
        not_sent = await self._rows(
            select(Conversation.closed_at, Survey.not_sent, Survey.excluded_at)
            .join(Conversation, Conversation.id == Survey.conversation_id)
            .where(
                Survey.sent_at.is_(None),
                *_within(Conversation.closed_at, start, end),
                *theirs,
            )
        )
        found = [_outcome(now, *row) for row in sent]
        for at, why, excluded_at in not_sent:
            reason = None if why is None else why.value
            excluded = excluded_at is not None
            found.append((at, SurveyOutcome(SurveyState.NOT_SENT, reason, excluded)))
        return found

    async def verdicts(self, start: datetime, end: datetime) -> Dated[Verdict]:
        """Every answer of customers that the score takes with the team's beside it."""
        about = (Survey.operator_id.is_not(None), Survey.excluded_at.is_(None))
        rated = await self._rows(
            select(Survey.rated_at, Survey.operator_id, Survey.stars, Survey.reasons).where(
                *_within(Survey.rated_at, start, end), *about
            )
        )
        found = [
            (at, Verdict(whose, "csat", stars >= SATISFIED_FROM))
            for at, whose, stars, reasons in rated
            if reasons != ONLY_THE_PRODUCT
        ]
        said = await self._rows(
            select(Survey.solved_at, Survey.operator_id, Survey.solved).where(
                *_within(Survey.solved_at, start, end), Survey.expires_at > start, *about
            )
        )
        return found + [(at, Verdict(whose, "confirmed_share", yes)) for at, whose, yes in said]


def _within(moment: Any, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return moment >= start, moment < end


def _of(whose: int | None, theirs: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return () if whose is None else (theirs,)


def _denies(solved: bool | None, reasons: Sequence[str] | None) -> bool:
    """Whether the customer says that it is not solved: asked, or as what went wrong."""
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


def _outcome(
    now: datetime,
    rated_at: datetime | None,
    expires_at: datetime,
    sent_at: datetime,
    excluded_at: datetime | None,
) -> tuple[datetime, SurveyOutcome]:
    excluded = excluded_at is not None
    if rated_at is not None:
        return rated_at, SurveyOutcome(SurveyState.ANSWERED, excluded=excluded)
    if expires_at <= now:
        return expires_at, SurveyOutcome(SurveyState.EXPIRED, excluded=excluded)
    return sent_at, SurveyOutcome(SurveyState.OPEN, excluded=excluded)
