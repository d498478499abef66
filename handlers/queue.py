"""/queue: who waits, who is answered by whom, and what supervisors may put right."""

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message

from desk import afterwards
from desk.rules import Rules
from handlers.callbacks import (
    AnswerTap,
    ConversationTap,
    SpamListTap,
    SpamUndoTap,
    TakeTap,
)
from handlers.context import Clock, Say, Toast
from handlers.keyboards import button, keyboard
from i18n import Texts
from i18n.texts import Html, shorten
from storage.conversations import Listed, Queued
from storage.database import UnitOfWork
from storage.models import Person, Role

LINES = 15
"""Conversations shown at once: even with names in emoji they fit into a message."""
LISTED_FOR = timedelta(days=7)
"""So long supervisors find what closed as spam or only thanks."""


async def asked(
    _: Message,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    now = clock()
    queue = await tx.conversations.queue(LINES)
    rows: list[list[InlineKeyboardButton]] = []
    lines: list[str] = []
    for entry in queue:
        since = texts.bound(entry.since, rules.zone, now) if entry.since else ""
        due = texts.bound(entry.due, rules.zone, now) if entry.due else ""
        lines.append(_line(texts, entry, me, since, due))
        if entry.customer_id == me.id:
            continue
        if entry.holder_id is None:
            label = texts.plain("queue-take", number=entry.number)
            tap = TakeTap(conversation_id=entry.number)
            rows.append([button(label, tap)])
        elif entry.holder_id == me.id:
            label = texts.plain("queue-answer", number=entry.number)
            rows.append([button(label, AnswerTap(conversation_id=entry.number))])
        elif me.may(Role.SUPERVISOR):
            label = texts.plain("queue-open", number=entry.number)
            rows.append([button(label, ConversationTap(conversation_id=entry.number))])
    more = await tx.conversations.count_open() - len(queue)
    if more > 0:
        lines.append(texts("queue-more", count=more))
    if me.may(Role.SUPERVISOR):
        listed = await tx.conversations.spam_and_thanks(now - LISTED_FOR, LINES)
        if listed:
            label = texts.plain("queue-spam-button", count=len(listed))
            rows.append([button(label, SpamListTap())])
    title = texts("queue-title") if queue else texts("queue-empty")
    say(texts.lines(title, *lines), keyboard(*rows) if rows else None)


def _line(texts: Texts, entry: Queued, me: Person, since: str, due: str) -> Html:
    waits = "yes" if entry.since else "no"
    who = "nobody" if entry.holder_id is None else "other"
    if entry.holder_id == me.id:
        who = "me"
    return texts(
        "queue-line",
        number=entry.number,
        customer=shorten(entry.customer, 40),
        priority=entry.priority.value,
        waits="follow-up" if entry.follow_up else waits,
        since=since,
        due=due,
        who=who,
        holder=shorten(entry.holder or "", 40),
    )


async def spam_asked(
    _: CallbackQuery,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    now = clock()
    listed = await tx.conversations.spam_and_thanks(now - LISTED_FOR, LINES)
    lines, rows = [texts("queue-spam-title")], []
    for one in listed:
        lines.append(_listed(texts, one, texts.moment(one.at, rules.zone, now)))
        label = texts.plain("queue-spam-undo", number=one.number)
        rows.append([button(label, SpamUndoTap(conversation_id=one.number))])
    if not listed:
        lines = [texts("queue-spam-none")]
    say(texts.lines(*lines), keyboard(*rows) if rows else None)


def _listed(texts: Texts, one: Listed, at: str) -> Html:
    return texts(
        "queue-spam-line",
        number=one.number,
        customer=shorten(one.customer, 40),
        what="thanks" if one.thanks else "spam",
        name=shorten(one.by or "", 40),
        at=at,
    )


async def spam_undone(
    _: CallbackQuery,
    callback_data: SpamUndoTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    conversation = await afterwards.undo(
        tx, conversation_id=callback_data.conversation_id, by=me, rules=rules, now=clock()
    )
    toast.text = texts.plain("queue-spam-undone", number=conversation.id)


def router() -> Router:
    queue = Router(name="queue")
    queue.message.register(asked, Command("queue"))
    queue.callback_query.register(spam_asked, SpamListTap.filter())
    queue.callback_query.register(spam_undone, SpamUndoTap.filter())
    return queue
