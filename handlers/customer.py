"""What a customer writes: a question, more of it, a comment beside stars, words after closing."""

from aiogram import Router
from aiogram.types import CallbackQuery

from desk import afterwards, messages, surveys
from desk.messages import Came, Content, Received
from desk.rules import Rules
from handlers.callbacks import (
    AfterwardsTap,
)
from handlers.content import Kept
from handlers.context import Clock, Say, Toast
from i18n import Texts
from i18n.texts import Html
from storage.database import UnitOfWork
from storage.models import ContentKind, Person

COMMENTS = frozenset({ContentKind.TEXT, ContentKind.VOICE})
"""What may be a comment beside stars."""


async def wrote(
    _: object,
    content: Content,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    now = clock()
    if me.banned_at is not None:
        key = f"banned:{me.id}:{me.banned_at.isoformat()}"  # said once
        tx.deliveries.say(key, me.id, texts("conversation-banned"), now)
        return
    if content.kind in COMMENTS and not await messages.answers_somebody(
        tx, customer=me, content=content
    ):
        survey = await surveys.awaits_comment(tx, me, content.sent_at)
        if survey is not None:
            words = await messages.keep(tx, author=me, content=content, from_customer=True)
            await surveys.comment(tx, survey=survey, message=words, now=now, rules=rules)
            return
    received = await messages.receive(tx, customer=me, content=content, rules=rules, now=now)
    if received.came is Came.OPENED:
        say(await acknowledged(tx, received, texts, rules, clock))
    elif received.came is Came.HELD_BACK:
        key = f"many:{received.conversation.id}:{now:%Y%m%d%H}"  # said once in an hour
        tx.deliveries.say(key, me.id, texts("conversation-many"), now)


async def acknowledged(
    tx: UnitOfWork, received: Received, texts: Texts, rules: Rules, clock: Clock
) -> Html:
    """The number, by when an answer comes, and the first time a line on privacy."""
    number, now = received.conversation.id, clock()
    wait = await tx.waits.open_in(number)
    assert wait is not None
    if rules.schedule.is_open(now):
        ahead = wait.due_at > now  # it is not if the message waited at Telegram for us
        due = texts.bound(wait.due_at, rules.zone, now) if ahead else "soon"
        told = texts("conversation-opened", number=number, due=due)
    else:
        opens = rules.schedule.opens_after(now)
        back = texts.bound(opens, rules.zone, now)
        due = texts.bound(max(wait.due_at, opens), rules.zone, now)
        told = texts("conversation-opened-closed", number=number, back=back, due=due)
    return texts.lines(told, texts("conversation-privacy") if received.greeted else None)


async def said_what_about(
    _: CallbackQuery,
    callback_data: AfterwardsTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    choice = callback_data.choice
    await afterwards.say(
        tx,
        message_id=callback_data.message_id,
        by=me,
        choice=choice,
        rules=rules,
        now=clock(),
    )
    toast.text = texts.plain("afterwards-toast", choice=choice.value)


def router() -> Router:
    customer = Router(name="customer")
    customer.callback_query.register(said_what_about, AfterwardsTap.filter())
    customer.message.register(wrote, Kept())
    return customer
