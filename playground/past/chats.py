"""Conversations as they went: words, waits, and how they ended."""

from datetime import datetime, timedelta

from playground.chats import Chat
from playground.past.diaries import after_chat
from playground.past.people import OPERATORS, Strengths
from playground.past.ratings import not_asked, survey
from playground.past.themes import SPAM, THANKS, THEMES
from playground.past.words import message
from playground.past.world import WEEKS, Chance, Chatted, World
from storage.models import (
    Alert,
    AlertKind,
    AlertState,
    Conversation,
    ConversationState,
    EventKind,
    NotSent,
    Outcome,
    Priority,
    Wait,
    WaitEnd,
)

JUST_NOW = timedelta(minutes=20)
"""So long ago the last one of all was closed."""


def chat(world: World, chance: Chance, *, on_screen: bool) -> None:
    """All of a conversation: words, waits, closing, survey, diary. `on_screen`: the customer's
    phone still shows it."""
    strengths, customer = OPERATORS[chance.operator], chance.customer
    lately = 1 - chance.weeks_ago / WEEKS
    theme = world.dice.choices(
        THEMES, [each.begins + (each.ends - each.begins) * lately**2 for each in THEMES]
    )[0]
    just_now = chance.just_now
    bad_week = strengths.bad_week == chance.weeks_ago
    chance_of_joy = strengths.satisfied + theme.ease + customer.kind - 0.24 * bad_week
    row = Conversation(
        id=world.next(Conversation),
        customer_id=world.people[customer.telegram_id],
        state=ConversationState.CLOSED,
        priority=Priority.NORMAL if just_now else _priority(world),
        holder_id=world.people[chance.operator],
        opened_at=chance.opened,
    )
    chatted = Chatted(
        row,
        chance,
        theme,
        theme.lines[customer.language],
        order=str(world.dice.randint(3100, 4900)),
        satisfied=world.dice.random() < chance_of_joy,
    )
    world.keep(row)
    world.event(row, EventKind.OPENED, chance.opened, row.customer_id)
    if not just_now and world.dice.random() < 0.02:
        _spam(world, chatted)
        return
    screen = world.telegram.accounts[customer.telegram_id].chat if on_screen else None
    _talk(world, chatted, strengths, screen, slow=2.3 if bad_week else 1.0)
    _close(world, chatted)
    survey(world, chatted)
    if not just_now and world.dice.random() < strengths.writes_diary:
        after_chat(world, chatted)


def _priority(world: World) -> Priority:
    odds = {Priority.NORMAL: 88, Priority.HIGH: 6, Priority.LOW: 4, Priority.URGENT: 2}
    return world.dice.choices(list(odds), list(odds.values()))[0]


def _talk(
    world: World,
    chatted: Chatted,
    strengths: Strengths,
    chat: Chat | None,
    *,
    slow: float,
) -> None:
    row, lines, language = chatted.row, chatted.lines, chatted.by.customer.language
    operator = world.people[chatted.by.operator]
    pressing = 0.7 if row.priority in (Priority.URGENT, Priority.HIGH) else 1.0
    asked, last = row.opened_at, world.dice.randint(1, len(lines.answers))
    ask = world.dice.choice(lines.asks).format(n=chatted.order)
    for place, words in enumerate(lines.answers[: last + 1]):
        median = strengths.seconds * slow * pressing * (1.0 if place == 0 else 0.7)
        took = max(12.0, world.dice.lognormvariate(0, 0.5) * median)
        if chatted.by.just_now:
            took = min(took, 120.0)  # it has to be over by now
        answered = world.rules.schedule.add(asked, round(took))
        message(world, row, row.customer_id, ask, asked, chat)
        _wait(world, chatted, asked, answered, operator, first=place == 0)
        message(world, row, operator, words.format(n=chatted.order), answered, chat)
        if place == 0:
            row.taken_at = min(answered, asked + timedelta(seconds=round(took / 3)))
            row.first_answer_at, row.first_answer_by_id = answered, operator
            world.event(row, EventKind.TAKEN, row.taken_at, operator)
        row.last_in_at, row.last_out_at = asked, answered
        row.last_answer_by_id = operator
        ask = world.dice.choice(THANKS[language])
        asked = answered + timedelta(seconds=world.dice.randint(30, 200))


def _wait(
    world: World,
    chatted: Chatted,
    asked: datetime,
    answered: datetime,
    operator: int,
    *,
    first: bool,
) -> None:
    limit = world.rules.reply_within[chatted.row.priority].total_seconds()
    due = world.rules.schedule.add(asked, limit)
    seconds = round(world.rules.schedule.between(asked, answered))
    late = answered > due
    chatted.late = chatted.late or late
    wait = Wait(
        id=world.next(Wait),
        conversation_id=chatted.row.id,
        first=first,
        priority=chatted.row.priority,
        started_at=asked,
        due_at=due,
        limit_seconds=int(limit),
        operator_since=asked,
        holder_at_due_id=operator if late else None,
        ended_at=answered,
        end=WaitEnd.ANSWERED,
        answered_by_id=operator,
        overdue=late,
        team_seconds=seconds,
        operator_seconds=seconds,
        calendar_seconds=round((answered - asked).total_seconds()),
    )
    world.keep(wait)
    if late:
        world.keep(
            Alert(
                id=world.next(Alert),
                kind=AlertKind.OVERDUE,
                state=AlertState.SETTLED,
                conversation_id=chatted.row.id,
                wait_id=wait.id,
                raised_at=due,
            )
        )


def _spam(world: World, chatted: Chatted) -> None:
    row, opened = chatted.row, chatted.by.opened
    operator = world.people[chatted.by.operator]
    closed = opened + timedelta(seconds=world.dice.randint(20, 200))
    message(world, row, row.customer_id, SPAM[chatted.by.customer.language], opened)
    row.taken_at = closed - timedelta(seconds=10)
    row.closed_at, row.closed_by_id, row.outcome = closed, operator, Outcome.SPAM
    row.last_in_at = opened
    limit = world.rules.reply_within[row.priority].total_seconds()
    world.keep(
        Wait(
            id=world.next(Wait),
            conversation_id=row.id,
            first=True,
            priority=row.priority,
            started_at=opened,
            due_at=world.rules.schedule.add(opened, limit),
            limit_seconds=int(limit),
            ended_at=closed,
            end=WaitEnd.SPAM,
            overdue=False,
        )
    )
    world.event(row, EventKind.TAKEN, row.taken_at, operator)
    world.event(row, EventKind.CLOSED, closed, operator, Outcome.SPAM.value)
    not_asked(world, row, NotSent.SPAM)


def _close(world: World, chatted: Chatted) -> None:
    row, just_now = chatted.row, chatted.by.just_now
    assert row.last_out_at is not None
    operator: int | None = world.people[chatted.by.operator]
    solved = just_now or world.dice.random() < (0.96 if chatted.satisfied else 0.62)
    outcome = Outcome.SOLVED if solved else Outcome.NOT_SOLVED
    at = row.last_out_at + timedelta(seconds=world.dice.randint(60, 900))
    silent = row.last_out_at + world.rules.close_after
    if just_now:
        at = max(row.last_out_at, world.now - JUST_NOW)
    elif silent < world.now and world.dice.random() < 0.04:
        operator, outcome, at = None, Outcome.NO_ANSWER, silent
    row.closed_at, row.closed_by_id, row.outcome = at, operator, outcome
    world.event(row, EventKind.CLOSED, at, operator, outcome.value)
