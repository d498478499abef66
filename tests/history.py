"""A team's past, made up but the same each time: rows as the desk would have left them."""

from datetime import datetime, timedelta
from random import Random

from kpi.worktime import Schedule
from storage.database import UnitOfWork
from storage.models import (
    ContentKind,
    Conversation,
    ConversationState,
    DiaryEntry,
    EventKind,
    Message,
    Outcome,
    Person,
    Priority,
    Survey,
    Wait,
    WaitEnd,
)

LIMIT = 300


async def live_a_week(
    tx: UnitOfWork,
    dice: Random,
    *,
    operator: Person,
    start: datetime,
    chats: int,
    median: float = 170.0,
    satisfied: float = 0.85,
    schedule: Schedule,
) -> None:
    """One operator's week from `start` on: so many chats, answered in about `median` seconds."""
    for _ in range(chats):
        day = timedelta(days=dice.randint(0, 6))
        opened = start + day + timedelta(hours=9, minutes=dice.randint(0, 640))
        asker = await tx.people.add(Person(name="Somebody", created_at=opened))
        await _chat(tx, dice, operator, asker, opened, median, satisfied, schedule)


async def _chat(
    tx: UnitOfWork,
    dice: Random,
    operator: Person,
    customer: Person,
    opened: datetime,
    median: float,
    satisfied: float,
    schedule: Schedule,
) -> None:
    closed = opened + timedelta(hours=1)
    first = opened + timedelta(seconds=round(median * dice.uniform(0.4, 1.6)))
    conversation = await tx.conversations.add(
        Conversation(
            customer_id=customer.id,
            state=ConversationState.CLOSED,
            holder_id=operator.id,
            opened_at=opened,
            taken_at=opened,
            first_answer_at=first,
            first_answer_by_id=operator.id,
            last_answer_by_id=operator.id,
            closed_at=closed,
            closed_by_id=operator.id,
            outcome=Outcome.SOLVED if dice.random() < 0.9 else Outcome.NOT_SOLVED,
        )
    )
    number = conversation.id
    tx.conversations.note(number, EventKind.CLOSED, closed, by_id=operator.id)
    moments = [(opened, first)]
    moments += [
        (first + timedelta(minutes=5), first + timedelta(minutes=5, seconds=dice.randint(20, 330)))
    ]
    for place, (asked, answered) in enumerate(moments):
        await _exchange(tx, conversation, operator, place, asked, answered, schedule)
    if dice.random() < 0.7:
        await _rate(tx, dice, conversation, operator, satisfied)
    if dice.random() < 0.8:
        entry = DiaryEntry(
            conversation_id=number,
            operator_id=operator.id,
            at=opened,
            saved_at=closed,
            first_saved_at=closed,
            filled=4,
        )
        await tx.diary.add(entry)


async def _exchange(
    tx: UnitOfWork,
    conversation: Conversation,
    operator: Person,
    place: int,
    asked: datetime,
    answered: datetime,
    schedule: Schedule,
) -> None:
    due = schedule.add(asked, LIMIT)
    seconds = round(schedule.between(asked, answered))
    await tx.messages.add(
        Message(
            conversation_id=conversation.id,
            author_id=operator.id,
            from_customer=False,
            sent_at=answered,
            kind=ContentKind.TEXT,
            telegram_message_id=10 * conversation.id + place,
        )
    )
    await tx.waits.add(
        Wait(
            conversation_id=conversation.id,
            first=place == 0,
            priority=Priority.NORMAL,
            started_at=asked,
            due_at=due,
            limit_seconds=LIMIT,
            overdue=answered > due,
            holder_at_due_id=operator.id if answered > due else None,
            ended_at=answered,
            end=WaitEnd.ANSWERED,
            answered_by_id=operator.id,
            team_seconds=seconds,
            operator_seconds=seconds,
            calendar_seconds=seconds,
        )
    )


async def _rate(
    tx: UnitOfWork, dice: Random, conversation: Conversation, operator: Person, satisfied: float
) -> None:
    assert conversation.closed_at is not None
    good = dice.random() < satisfied
    stars = dice.choice([5, 5, 5, 4]) if good else dice.choice([1, 2, 3])
    rated = conversation.closed_at + timedelta(minutes=5)
    await tx.surveys.add(
        Survey(
            conversation_id=conversation.id,
            customer_id=conversation.customer_id,
            operator_id=operator.id,
            sent_at=conversation.closed_at,
            expires_at=conversation.closed_at + timedelta(hours=72),
            stars=stars,
            lowest=stars,
            rated_at=rated,
            reasons=["slow"] if stars < 3 else None,
            solved=good if stars > 2 else None,
            solved_at=rated if stars > 2 else None,
        )
    )
