"""Waits: a customer's time from their message to the next answer. metrics.md is the contract."""

from datetime import datetime

from desk import alerts
from desk.rules import Rules
from kpi.worktime import Schedule
from storage.database import UnitOfWork
from storage.models import Conversation, Message, Person, Wait, WaitEnd

NUDGE_AT = 0.8
"""Of the reply limit: the operator is reminded."""


async def start(
    tx: UnitOfWork, *, conversation: Conversation, at: datetime, rules: Rules, now: datetime
) -> None:
    """The customer waits from `at` on; if they do already, nothing changes."""
    if conversation.follow_up_by_id is not None:
        return
    if await tx.waits.open_in(conversation.id) is not None:
        return
    limit = rules.reply_within[conversation.priority].total_seconds()
    wait = await tx.waits.add(
        Wait(
            conversation_id=conversation.id,
            first=await tx.waits.last_in(conversation.id) is None,
            priority=conversation.priority,
            started_at=at,
            due_at=rules.schedule.add(at, limit),
            limit_seconds=int(limit),
            overdue=False,
        )
    )
    if conversation.holder_id is not None:
        holder = await tx.people.one(conversation.holder_id)
        wait.operator_since = _able_since(holder, at)
    await _set_timers(tx, wait, rules.schedule)
    tx.cards.changed(f"conversation:{conversation.id}", now)


async def answered(
    tx: UnitOfWork,
    *,
    conversation: Conversation,
    by: Person,
    at: datetime,
    rules: Rules,
    now: datetime,
) -> None:
    """An operator's message of `at` ends the wait, unless it was written before the wait began.

    Whether it was in time is a matter of `at` alone: an answer that was held up on the way to us
    takes back what was written about it as overdue.
    """
    wait = await tx.waits.open_in(conversation.id)
    if wait is None or at < wait.started_at:
        return
    if at > wait.due_at:
        _pass_due(wait, conversation)
    else:
        wait.overdue, wait.holder_at_due_id = False, None
    schedule = rules.schedule
    wait.answered_by_id = by.id
    wait.team_seconds = round(schedule.between(wait.started_at, at))
    able = max(wait.operator_since or wait.started_at, wait.started_at)
    wait.operator_seconds = round(schedule.between(able, at))
    wait.calendar_seconds = round((at - wait.started_at).total_seconds())
    await _end(tx, wait, WaitEnd.ANSWERED, at, now)


async def end(tx: UnitOfWork, *, conversation: Conversation, end: WaitEnd, now: datetime) -> None:
    """The wait is over without an answer. Closed unanswered is overdue, whenever it was due."""
    wait = await tx.waits.open_in(conversation.id)
    if wait is None:
        return
    if end is WaitEnd.CLOSED or (now > wait.due_at and end is not WaitEnd.THANKS):
        _pass_due(wait, conversation)
    await _end(tx, wait, end, now, now)


async def unanswered(
    tx: UnitOfWork,
    *,
    conversation: Conversation,
    message: Message,
    customer_left: bool,
    rules: Rules,
    now: datetime,
) -> None:
    """The operator's message that ended a wait never arrived, or was taken back.

    A customer who blocked the bot *left*; for another reason they still wait, or the operator's
    next message was the answer.
    """
    wait = await tx.waits.last_in(conversation.id)
    if (
        wait is None
        or wait.end is not WaitEnd.ANSWERED
        or wait.ended_at != message.sent_at
        or wait.answered_by_id != message.author_id
    ):
        return
    wait.answered_by_id = None
    wait.team_seconds = wait.operator_seconds = wait.calendar_seconds = None
    if customer_left:
        wait.end = WaitEnd.LEFT
        return
    if not conversation.is_open:
        wait.end = WaitEnd.CLOSED
        _pass_due(wait, conversation)
        return
    wait.end = wait.ended_at = None
    await _set_timers(tx, wait, rules.schedule)
    following = await tx.messages.next_out(message)
    if following is not None:
        by = await tx.people.one(following.author_id)
        await answered(
            tx, conversation=conversation, by=by, at=following.sent_at, rules=rules, now=now
        )


async def about_to_change_hands(
    tx: UnitOfWork, *, conversation: Conversation, now: datetime
) -> Wait | None:
    """The wait goes on with somebody else; if it is overdue, it was so with the present holder.

    Call it before the holder changes.
    """
    wait = await tx.waits.open_in(conversation.id)
    if wait is not None and now > wait.due_at:
        _pass_due(wait, conversation)
    if wait is not None:
        tx.cards.changed(f"nudge:{wait.id}", now)
    return wait


def taken(wait: Wait | None, by: Person) -> None:
    """Somebody took the conversation from the queue, where any operator could have."""
    if wait is not None:
        wait.operator_since = _able_since(by, wait.operator_since or wait.started_at)


def handed(wait: Wait | None, now: datetime) -> None:
    """The conversation was handed to somebody, or to the queue: they could not answer before."""
    if wait is not None:
        wait.operator_since = max(now, wait.started_at)


async def came_on_shift(tx: UnitOfWork, *, person: Person, now: datetime) -> None:
    """What they hold waits for them from now on."""
    held = [conversation.id for conversation in await tx.conversations.held_by(person.id)]
    await tx.conversations.lock_all(held)
    for number in held:
        wait = await tx.waits.open_in(number)
        handed(wait, now)


async def prioritized(
    tx: UnitOfWork, *, conversation: Conversation, rules: Rules, now: datetime
) -> None:
    """The due moment moves with the priority, never before now; once passed, it has passed."""
    wait = await tx.waits.open_in(conversation.id)
    if wait is None or wait.overdue or now > wait.due_at:
        return
    limit = rules.reply_within[conversation.priority].total_seconds()
    wait.priority, wait.limit_seconds = conversation.priority, int(limit)
    wait.due_at = max(now, rules.schedule.add(wait.started_at, limit))
    await _set_timers(tx, wait, rules.schedule)
    tx.cards.changed(f"nudge:{wait.id}", now)


async def nudge(tx: UnitOfWork, wait_id: int, rules: Rules, now: datetime) -> None:
    """Timer: most of the reply limit is gone. At the limit itself supervisors are told instead."""
    wait, conversation = await _still_open(tx, wait_id)
    if wait is None or conversation is None or now >= wait.due_at:
        return
    if conversation.holder_id is not None:
        await tx.cards.show_anew(f"nudge:{wait.id}", conversation.holder_id, now)


async def overdue(tx: UnitOfWork, wait_id: int, rules: Rules, now: datetime) -> None:
    """Timer: the reply limit has passed and no answer came."""
    wait, conversation = await _still_open(tx, wait_id)
    if wait is None or conversation is None:
        return
    if now < wait.due_at:
        await tx.timers.set("overdue", wait.id, wait.due_at)
        return
    _pass_due(wait, conversation)
    tx.cards.changed(f"nudge:{wait.id}", now)
    await alerts.raise_overdue(tx, conversation=conversation, wait=wait, rules=rules, now=now)


async def _still_open(tx: UnitOfWork, wait_id: int) -> tuple[Wait | None, Conversation | None]:
    """The wait, if it goes on, with its conversation locked."""
    wait = await tx.waits.get(wait_id)
    if wait is None:
        return None, None
    conversation = await tx.conversations.lock(wait.conversation_id)
    wait = await tx.waits.lock(wait_id)
    if wait is None or wait.ended_at is not None:
        return None, None
    return wait, conversation


def _pass_due(wait: Wait, conversation: Conversation) -> None:
    """The due moment passed unanswered: whoever holds the conversation now held it then."""
    if not wait.overdue:
        wait.overdue, wait.holder_at_due_id = True, conversation.holder_id


async def _end(tx: UnitOfWork, wait: Wait, how: WaitEnd, at: datetime, now: datetime) -> None:
    wait.ended_at, wait.end = at, how
    await tx.timers.clear(wait.id, "nudge", "overdue")
    await alerts.settle_overdue(tx, wait=wait, now=now)
    tx.cards.changed(f"nudge:{wait.id}", now)
    tx.cards.changed(f"conversation:{wait.conversation_id}", now)


async def _set_timers(tx: UnitOfWork, wait: Wait, schedule: Schedule) -> None:
    soon = schedule.add(wait.started_at, wait.limit_seconds * NUDGE_AT)
    await tx.timers.set("nudge", wait.id, min(soon, wait.due_at))
    await tx.timers.set("overdue", wait.id, wait.due_at)


def _able_since(person: Person, at: datetime) -> datetime:
    """From when they could answer what came at `at`: off shift they finish what they have."""
    return max(at, person.shift_since) if person.on_shift and person.shift_since else at
