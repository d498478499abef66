"""The buttons of a conversation's card."""

from aiogram import Router
from aiogram.types import CallbackQuery

from desk import afterwards, conversations, handover, offers, relays, whose
from desk.refusals import NotYours
from desk.rules import Rules
from handlers.callbacks import (
    AnswerTap,
    CloseTap,
    ConversationTap,
    HistoryTap,
    MoreTap,
    OnlyThanksTap,
    PriorityAskTap,
    PriorityTap,
    TakeTap,
)
from handlers.context import Clock, Say, Toast
from handlers.keyboards import button, keyboard
from handlers.screens.conversation import words_of
from i18n import Texts
from i18n.texts import Html, last_that_fit, shorten
from storage.database import UnitOfWork
from storage.models import Conversation, Deed, Message, Outcome, Person, Priority

HISTORY = 15
"""Messages shown at once; of long ones in emoji as many as fit."""
LINE = 200
OUTCOMES = frozenset({Outcome.SOLVED, Outcome.NOT_SOLVED, Outcome.SPAM})
"""What a person may close a conversation as."""


async def taken(
    _: CallbackQuery,
    callback_data: TakeTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    conversation = await conversations.take(
        tx, conversation_id=callback_data.conversation_id, by=me, now=clock()
    )
    toast.text = texts.plain("conversation-taken-toast", number=conversation.id)


async def more_asked(
    _: CallbackQuery, callback_data: MoreTap, me: Person, tx: UnitOfWork, clock: Clock
) -> None:
    await relays.show_more(tx, conversation_id=callback_data.conversation_id, by=me, now=clock())


async def chosen(
    _: CallbackQuery,
    callback_data: AnswerTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
) -> None:
    conversation = await whose.choose(tx, conversation_id=callback_data.conversation_id, by=me)
    customer = await tx.people.one(conversation.customer_id)
    toast.text = texts.plain(
        "conversation-chosen", number=conversation.id, customer=shorten(customer.name, 64)
    )


async def opened(
    _: CallbackQuery,
    callback_data: ConversationTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    conversation = await _readable(tx, callback_data.conversation_id, me)
    await handover.show(tx, conversation_id=conversation.id, by=me, now=clock())
    toast.text = texts.plain("conversation-shown")


async def closed(
    _: CallbackQuery,
    callback_data: CloseTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    conversation = await tx.conversations.lock(callback_data.conversation_id)
    if conversation is None or callback_data.outcome not in OUTCOMES:
        raise NotYours
    await conversations.close(
        tx,
        conversation=conversation,
        by=me,
        outcome=callback_data.outcome,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain(
        "conversation-closed-toast",
        number=conversation.id,
        outcome=callback_data.outcome.value,
    )


async def only_thanks(
    _: CallbackQuery,
    callback_data: OnlyThanksTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    clock: Clock,
) -> None:
    conversation = await afterwards.only_thanks(
        tx, conversation_id=callback_data.conversation_id, by=me, now=clock()
    )
    toast.text = texts.plain("conversation-as-it-was", number=conversation.id)


async def priority_asked(
    _: CallbackQuery,
    callback_data: PriorityAskTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
) -> None:
    conversation = await conversations.decided_by(tx, callback_data.conversation_id, me)
    rows = []
    for priority in Priority:
        limit = texts.span(rules.reply_within[priority].total_seconds())
        label = texts.plain("conversation-priority-button", priority=priority.value, limit=limit)
        tap = PriorityTap(conversation_id=conversation.id, priority=priority)
        rows.append([button(label, tap)])
    say(texts("conversation-priority-ask", number=conversation.id), keyboard(*rows))


async def prioritized(
    _: CallbackQuery,
    callback_data: PriorityTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    conversation = await handover.prioritize(
        tx,
        conversation_id=callback_data.conversation_id,
        by=me,
        priority=callback_data.priority,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain(
        "conversation-priority-toast",
        number=conversation.id,
        priority=conversation.priority.value,
    )


async def history_asked(
    _: CallbackQuery,
    callback_data: HistoryTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    conversation = await _readable(tx, callback_data.conversation_id, me)
    if conversation.holder_id != me.id or not conversation.is_open:
        about = offers.subject(conversation)
        tx.audit.note(Deed.HISTORY_READ, about=about, by_id=me.id, now=clock())
    title, lines = texts("conversation-history", number=conversation.id), []
    for message, name in await tx.messages.talk(conversation.id, HISTORY):
        at = texts.moment(message.sent_at, rules.zone, clock())
        lines.append(_line(texts, message, name, at))
    say(texts.lines(title, *last_that_fit(lines)), subject=f"about:{conversation.id}")


def _line(texts: Texts, message: Message, name: str, at: str) -> Html:
    words = shorten(words_of(texts, message), LINE)
    taken_back = "yes" if message.undone_at else "no"
    return texts(
        "conversation-history-line", at=at, name=shorten(name, 40), words=words, undone=taken_back
    )


async def _readable(tx: UnitOfWork, number: int, me: Person) -> Conversation:
    """A conversation anybody of the team may look at, but not the customer it is about."""
    conversation = await tx.conversations.get(number)
    if conversation is None or conversation.customer_id == me.id:
        raise NotYours
    return conversation


def router() -> Router:
    card = Router(name="conversation")
    card.callback_query.register(taken, TakeTap.filter())
    card.callback_query.register(more_asked, MoreTap.filter())
    card.callback_query.register(chosen, AnswerTap.filter())
    card.callback_query.register(opened, ConversationTap.filter())
    card.callback_query.register(closed, CloseTap.filter())
    card.callback_query.register(only_thanks, OnlyThanksTap.filter())
    card.callback_query.register(priority_asked, PriorityAskTap.filter())
    card.callback_query.register(prioritized, PriorityTap.filter())
    card.callback_query.register(history_asked, HistoryTap.filter())
    return card
