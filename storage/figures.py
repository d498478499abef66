"""The facts figures are made of: narrow rows of one scope in [start, end), each with its moment.

`whose` is an operator's number, None for the team. Whose a record is and when it counts is
`metrics.md`'s "Ground rules", and said here once. Any number of weeks is one query a kind.

An operator's facts are found by indexes that begin with whose they are, so they cost what the
operator has done and not what the team has: each way a record may be theirs is a query of its own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeAlias, TypeVar

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
    Sent,
    WeekAfter,
    WrittenEntry,
)
from kpi.records import Outcome as Closed
from kpi.records import Wait as Waited
from kpi.records import WaitEnd as Ended
from kpi.worktime import Schedule
from storage.imported import Imported
from storage.models import (
    Conversation,
    ConversationEvent,
    DiaryEntry,
    Message,
    Outcome,
    Reason,
    Survey,
    Wait,
    WaitEnd,
)
from storage.turns import CLOSED_BY, OPENED_BY, Turn, open_spans, somebody_else

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


DAYS_AFTER = timedelta(days=7)
"""How long nobody must come again for a question to be done with."""


PIECE = 500
"""Numbers asked for at once: a statement takes only so many values."""


class _Contact(NamedTuple):
    number: int
    opened_at: datetime
    closed_at: datetime | None


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

    async def closed(
        self, whose: int | None, start: datetime, end: datetime, schedule: Schedule
    ) -> Dated[Closing]:
        """By last closing, which a follow-up is not; who closed it, else who held it."""
        written = exists().where(DiaryEntry.conversation_id == Conversation.id)
        rows = await self._rows(
            await self._closings(
                whose,
                (start, end),
                Conversation.closed_at,
                Conversation.id,
                Conversation.closed_by_id,
                Conversation.outcome,
                Survey.solved,
                Survey.reasons,
                Survey.excluded_at,
                written.label("written"),
                Conversation.priority,
                and_(Conversation.closed_by_id.is_not(None), ~somebody_else()).label("alone"),
                Conversation.opened_at,
                Conversation.taken_at,
                Conversation.first_answer_at,
                Conversation.closed_seconds,
            )
        )
        turns = await self._turns([row.id for row in rows if row.closed_seconds])
        found = []
        for row in rows:
            at, taken = row.closed_at, row.taken_at
            handled = None
            if taken is not None:
                handled = sum(
                    schedule.between(since, until)
                    for since, until in open_spans(taken, at, turns.get(row.id, ()))
                )
            fact = ClosedConversation(
                outcome=None if row.outcome is None else Closed(row.outcome.value),
                denied=_denies(row.solved, row.reasons, row.excluded_at),
                has_diary=bool(row.written),
                priority=row.priority.value,
                alone=bool(row.alone),
                answered=row.first_answer_at is not None and row.first_answer_at <= at,
                taken=taken is not None,
                handle_seconds=handled,
                resolution_seconds=schedule.between(row.opened_at, at),
                about=row.id,
            )
            found.append((at, Closing(row.id, row.closed_by_id is not None, fact)))
        return found + [
            (at, Closing(each.about, by_somebody, each))
            for at, by_somebody, each in await self._imported.closed(whose, start, end)
        ]

    async def _turns(self, conversations: Sequence[int]) -> Mapping[int, Sequence[Turn]]:
        """When those that were opened again were closed and opened, in order."""
        found: dict[int, list[Turn]] = defaultdict(list)
        for at in range(0, len(conversations), PIECE):
            rows = await self._rows(
                select(
                    ConversationEvent.conversation_id, ConversationEvent.at, ConversationEvent.kind
                )
                .where(
                    ConversationEvent.conversation_id.in_(conversations[at : at + PIECE]),
                    ConversationEvent.kind.in_((*CLOSED_BY, *OPENED_BY)),
                )
                .order_by(ConversationEvent.id)
            )
            for number, moment, kind in rows:
                found[number].append(Turn(moment, kind in OPENED_BY))
        return found

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
            *of(whose, Message.author_id == whose),
            ~afterwards,
        )
        asked = select(Conversation.closed_at, Conversation.id).where(
            *within(Conversation.closed_at, start, end), wrote
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
            Wait.excluded_at,
            Conversation.id,
        )
        opened = within(Conversation.opened_at, start, end)
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
                    _seconds(whose, schedule, at, *times),
                    opened_by_team=by_team,
                    excluded=out is not None,
                    about=number,
                ),
            )
            for at, by_team, *times, out, number in rows
        ] + list(await self._imported.first_responses(whose, start, end))

    async def waits(self, whose: int | None, start: datetime, end: datetime) -> Dated[Waited]:
        """By start. Overdue ones are of who held it when due, answered ones of who answered,
        the rest (still waiting, spam, *left*, thanks) of who holds the conversation."""
        columns = (
            Wait.started_at,
            Wait.due_at,
            Wait.ended_at,
            Wait.end,
            Wait.excluded_at,
            Wait.team_seconds if whose is None else Wait.operator_seconds,
            Wait.id,
        )
        began = within(Wait.started_at, start, end)
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
            (
                at,
                Waited(
                    due,
                    ended,
                    None if how is None else Ended(how.value),
                    excluded=out is not None,
                    seconds=seconds,
                    about=number,
                ),
            )
            for at, due, ended, how, out, seconds, number in rows
        ] + list(await self._imported.waits(whose, start, end))

    async def weeks_after(
        self, whose: int | None, start: datetime, end: datetime, now: datetime
    ) -> Dated[WeekAfter]:
        """By the moment seven days after the last closing, once it has come; whose as `closed`."""
        until = min(end, now) - DAYS_AFTER
        rows = await self._rows(
            await self._closings(
                whose,
                (start - DAYS_AFTER, until),
                Conversation.closed_at,
                Conversation.id,
                Conversation.customer_id,
                Conversation.opened_at,
                Conversation.reopened,
                Conversation.outcome,
                Survey.solved,
                Survey.reasons,
                Survey.excluded_at,
            )
        )
        others = await self._contacts(whose, (start - DAYS_AFTER, until)) if rows else {}
        found = []
        for at, number, customer, opened, reopened, outcome, *said in rows:
            besides = [each for each in others.get(customer, ()) if each.number != number]
            after = WeekAfter(
                outcome=None if outcome is None else Closed(outcome.value),
                denied=_denies(*said),
                came_again=any(at < each.opened_at <= at + DAYS_AFTER for each in besides),
                was_again=reopened > 0
                or any(
                    each.closed_at is not None
                    and each.closed_at <= opened < each.closed_at + DAYS_AFTER
                    for each in besides
                ),
                about=number,
            )
            found.append((at + DAYS_AFTER, after))
        imported = await self._imported.closed(whose, start - DAYS_AFTER, until)
        return found + [
            (at + DAYS_AFTER, WeekAfter(each.outcome, False, None, None, each.about))
            for at, _, each in imported
        ]

    async def _contacts(
        self, whose: int | None, closed: tuple[datetime, datetime]
    ) -> Mapping[int, Sequence[_Contact]]:
        """All the conversations of the customers of those closed in that time, by customer."""
        theirs = await self._closings(whose, closed, Conversation.customer_id)
        asked = select(
            Conversation.customer_id,
            Conversation.id,
            Conversation.opened_at,
            Conversation.closed_at,
        ).where(
            Conversation.customer_id.in_(theirs.scalar_subquery()),
            Conversation.by_team.is_(False),
            or_(Conversation.outcome.is_(None), Conversation.outcome != Outcome.SPAM),
        )
        found: dict[int, list[_Contact]] = defaultdict(list)
        for customer, *contact in await self._rows(asked):
            found[customer].append(_Contact(*contact))
        return found

    async def _closings(
        self, whose: int | None, closed: tuple[datetime, datetime], *columns: Any
    ) -> Any:
        """Asks for `columns` of conversations last closed in that time: who closed it, closed by
        nobody who held it."""
        closings = (
            select(*columns)
            .select_from(Conversation)
            .outerjoin(Survey, Survey.conversation_id == Conversation.id)
            .where(*within(Conversation.closed_at, *closed))
        )
        if whose is None:
            return closings
        by_nobody = Conversation.closed_by_id.is_(None)
        return union_all(
            closings.where(Conversation.closed_by_id == whose),
            *(closings.where(by_nobody, held) for held in await self._held_by(whose)),
        )

    async def sent(
        self, whose: int | None, edges: Sequence[datetime]
    ) -> Sequence[tuple[int, Sent]]:
        """How much an operator, or any, sent in each conversation, by which of `edges` it came
        after: 0 is between the first and the second. What was taken back is not there."""
        period = case(*((Message.sent_at < edge, n) for n, edge in enumerate(edges[1:])))
        asked = (
            select(period.label("period"), Message.conversation_id, func.count())
            .where(
                *within(Message.sent_at, edges[0], edges[-1]),
                Message.from_customer.is_(False),
                Message.conversation_id.is_not(None),
                Message.undone_at.is_(None),
                *of(whose, Message.author_id == whose),
            )
            .group_by("period", Message.conversation_id)
        )
        return [(place, Sent(n, number)) for place, number, n in await self._rows(asked)]

    async def written(
        self, whose: int | None, start: datetime, end: datetime
    ) -> Dated[WrittenEntry]:
        """Diary entries by their first saving, of whose diary it is."""
        asked = select(DiaryEntry.first_saved_at, DiaryEntry.filled, DiaryEntry.id).where(
            *within(DiaryEntry.first_saved_at, start, end),
            *of(whose, DiaryEntry.operator_id == whose),
        )
        rows = await self._rows(asked)
        return [(at, WrittenEntry(filled, number)) for at, filled, number in rows]


def within(moment: Any, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return moment >= start, moment < end


def of(whose: int | None, theirs: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
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
