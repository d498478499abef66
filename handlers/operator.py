"""What an operator writes, and whose it is."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message

from desk import conversations, messages, whose
from desk.messages import Content
from desk.refusals import NotYourConversation, NotYours
from desk.rules import Rules
from desk.whose import Went
from handlers.callbacks import (
    CloseAskTap,
    WhoseTap,
)
from handlers.content import Kept
from handlers.context import Clock, Say, Toast
from handlers.filters import Is
from handlers.keyboards import keyboard
from handlers.screens.conversation import close_label
from i18n import Texts
from storage.database import UnitOfWork
from storage.models import Conversation, Person, Role


class About(Filter):
    """Lets through a reply to a customer's message or to a conversation's card.

    Hands on `conversation`, and `meant`: the very message replied to, if it is one.
    """

    async def __call__(
        self, message: Message, me: Person, tx: UnitOfWork, raw_state: str | None = None
    ) -> bool | dict[str, Any]:
        replied = message.reply_to_message
        if replied is None:
            return False
        number: int | None = None
        meant = await messages.meant(tx, person=me, telegram_message_id=replied.message_id)
        if meant is not None:
            number = meant.conversation_id
        else:
            subject = await tx.sent.subject(me.id, replied.message_id)
            number = await _card(tx, subject, in_form=raw_state is not None)
        conversation = None if number is None else await tx.conversations.get(number)
        if conversation is None:
            return {"conversation": None, "meant": meant} if meant is not None else False
        return {"conversation": conversation, "meant": meant}


async def _card(tx: UnitOfWork, subject: str | None, *, in_form: bool) -> int | None:
    """The conversation a card is about; None: about something else.

    A note for the team, asked for under an alert, must not reach the customer as a reply to it.
    """
    kind, _, number = (subject or "").partition(":")
    match kind:
        case "conversation" | "unattended" | "closing" | "about":
            return int(number)
        case "nudge":
            wait = await tx.waits.get(int(number))
            return wait.conversation_id if wait else None
        case "undelivered" | "whose" | "heard":
            message = await tx.messages.get(int(number))
            return message.conversation_id if message else None
        case "alert" | "late" if not in_form:
            alert = await tx.alerts.get(int(number))
            return alert.conversation_id if alert else None
        case "praise" if not in_form:
            survey = await tx.surveys.get(int(number))
            return survey.conversation_id if survey else None
    return None


async def replied(
    _: Message,
    content: Content,
    conversation: Conversation | None,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    now = clock()
    if conversation is None:  # to their own words that still wait for "whose?"
        await _wrote(tx, me, content, texts, say, rules, clock)
        return
    if conversation.customer_id == me.id:  # of the time before they joined the team
        await messages.receive(tx, customer=me, content=content, rules=rules, now=now)
        return
    await messages.answer(
        tx, conversation_id=conversation.id, by=me, content=content, rules=rules, now=now
    )
    if not conversation.is_open:
        number = conversation.id
        say(texts("conversation-sent-closed", number=number), subject=f"about:{number}")


async def undo_asked(
    _: Message,
    meant: Any,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    await messages.undo(tx, message=meant, by=me, rules=rules, now=clock())
    say(texts("conversation-undone"))


async def undo_of_nothing(_: Message, texts: Texts, say: Say) -> None:
    say(texts("conversation-undo-how"))


async def close_replied(
    _: Message,
    conversation: Conversation | None,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    if conversation is None:
        raise NotYourConversation
    try:
        await conversations.decided_by(tx, conversation.id, me)
    except NotYours:
        raise NotYourConversation from None
    await _ask_outcome(tx, conversation.id, me, clock)


async def close_asked(
    _: Message, me: Person, tx: UnitOfWork, texts: Texts, say: Say, clock: Clock
) -> None:
    """The current conversation; the others are a button away."""
    theirs = await tx.conversations.held_by(me.id)
    held = [c for c in theirs if c.follow_up_by_id is None]
    chosen = [c for c in held if c.id == me.current_conversation_id]
    if not held:
        say(texts("conversation-only-follow-up" if theirs else "conversation-nothing-to-close"))
    elif len(held) == 1 or chosen:
        await _ask_outcome(tx, (chosen or held)[0].id, me, clock)
    else:
        rows = [[await close_label(tx, texts, one)] for one in held]
        say(texts("conversation-close-which"), keyboard(*rows))


async def close_chosen(
    _: CallbackQuery,
    callback_data: CloseAskTap,
    me: Person,
    tx: UnitOfWork,
    clock: Clock,
) -> None:
    conversation = await conversations.decided_by(tx, callback_data.conversation_id, me)
    await _ask_outcome(tx, conversation.id, me, clock)


async def _ask_outcome(tx: UnitOfWork, number: int, me: Person, clock: Clock) -> None:
    await tx.cards.show_anew(conversations.closing(number), me.id, clock())


class ToACard(Filter):
    """Lets through a reply to a card whose replies are no customer's: one of the diary, say."""

    async def __call__(self, message: Message, me: Person, tx: UnitOfWork) -> bool:
        replied = message.reply_to_message
        subject = await tx.sent.subject(me.id, replied.message_id) if replied else None
        return subject is not None and not subject.startswith("whose:")  # more of the same words


async def replied_to_a_card(_: Message, texts: Texts, say: Say) -> None:
    """Meant for the diary, perhaps: a customer had better not read it."""
    say(texts("conversation-reply-to-card"))


async def wrote(
    _: Message,
    content: Content,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    await _wrote(tx, me, content, texts, say, rules, clock)


async def _wrote(
    tx: UnitOfWork,
    me: Person,
    content: Content,
    texts: Texts,
    say: Say,
    rules: Rules,
    clock: Clock,
) -> None:
    went, _ = await whose.write(tx, by=me, content=content, rules=rules, now=clock())
    if went is Went.NOWHERE:
        hint = "conversation-nobody-on-shift" if me.on_shift else "conversation-nobody-off-shift"
        say(texts(hint))


async def whose_said(
    _: CallbackQuery,
    callback_data: WhoseTap,
    me: Person,
    tx: UnitOfWork,
    texts: Texts,
    toast: Toast,
    rules: Rules,
    clock: Clock,
) -> None:
    conversation = await whose.decide(
        tx,
        message_id=callback_data.message_id,
        by=me,
        conversation_id=callback_data.conversation_id or None,
        rules=rules,
        now=clock(),
    )
    number = conversation.id if conversation else 0
    toast.text = texts.plain("whose-toast", number=number)


def replies() -> Router:
    """Before commands and forms: a reply is that customer's, always."""
    replies = Router(name="operator's replies")
    replies.message.filter(Is(Role.OPERATOR), About())
    replies.message.register(undo_asked, Command("undo"))
    replies.message.register(close_replied, Command("close"))
    replies.message.register(replied, Kept())
    return replies


def commands() -> Router:
    commands = Router(name="operator's commands")
    commands.message.register(close_asked, Command("close"))
    commands.message.register(undo_of_nothing, Command("undo"))
    commands.callback_query.register(close_chosen, CloseAskTap.filter())
    commands.callback_query.register(whose_said, WhoseTap.filter())
    return commands


def router() -> Router:
    """After forms: what is left goes to a customer, or nowhere."""
    typed = Router(name="operator")
    typed.message.filter(Is(Role.OPERATOR))
    typed.message.register(replied_to_a_card, Kept(), ToACard())
    typed.message.register(wrote, Kept())
    return typed
