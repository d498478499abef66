"""What we ask about messages, and say about them."""

from handlers.callbacks import (
    AfterwardsTap,
    WhoseTap,
)
from handlers.keyboards import button, keyboard
from handlers.screens.conversation import words_of
from handlers.screens.screen import Look, Screen
from i18n.texts import shorten
from storage.models import Afterwards, ConversationState, EventKind, Outcome

NAME = 64


async def whose(look: Look, message_id: int) -> Screen | None:
    """For an operator: to whom is this? None once there is nothing to ask."""
    texts, tx = look.texts, look.tx
    asked = await tx.messages.one(message_id)
    if asked.conversation_id is not None:
        conversation = await tx.conversations.one(asked.conversation_id)
        customer = await tx.people.one(conversation.customer_id)
        name = shorten(customer.name, NAME)
        return Screen(texts("whose-sent", number=conversation.id, customer=name))
    waiting = await tx.messages.undecided_of(look.reader.id)
    if not waiting or waiting[0].id != message_id:
        return None
    words = "\n".join(words_of(texts, message) for message in waiting)
    rows = []
    held = await tx.conversations.held_by(look.reader.id)
    for conversation in held:
        customer = await tx.people.one(conversation.customer_id)
        label = texts.plain("conversation-label", number=conversation.id, customer=customer.name)
        tap = WhoseTap(message_id=message_id, conversation_id=conversation.id)
        rows.append([button(label, tap)])
    drop = WhoseTap(message_id=message_id, conversation_id=0)
    rows.append([button(texts.plain("whose-nobody"), drop)])
    question = texts("whose-question") if held else texts("conversation-nobody-on-shift")
    return Screen(texts.lines(question, texts.quote(words)), keyboard(*rows))


async def afterwards(look: Look, message_id: int) -> Screen | None:
    """For a customer: what are the words about that came after closing?"""
    texts, tx = look.texts, look.tx
    asked = await tx.messages.one(message_id)
    number, choice = asked.asked_about_id, asked.afterwards
    if number is None or choice is None or choice is Afterwards.GONE:
        return None
    if choice is Afterwards.ASKED:
        labels = {
            Afterwards.THANKS: texts.plain("afterwards-thanks"),
            Afterwards.STILL: texts.plain("afterwards-still", number=number),
            Afterwards.NEW: texts.plain("afterwards-new"),
        }
        rows = [
            [button(label, AfterwardsTap(message_id=message_id, choice=choice))]
            for choice, label in labels.items()
        ]
        return Screen(texts("afterwards-question", number=number), keyboard(*rows))
    if choice is Afterwards.THANKS:
        return Screen(texts("afterwards-welcome"))
    number = asked.conversation_id or number
    last = await tx.conversations.last_event(number, EventKind.REOPENED, EventKind.THANKS)
    if choice is Afterwards.NO_TAP and last is not None and last.kind is EventKind.THANKS:
        return Screen(texts("afterwards-welcome"))
    wait = await tx.waits.open_in(number)
    return Screen(
        texts(
            "afterwards-goes-on",
            choice=choice.value,
            number=number,
            due=look.bound(wait.due_at) if wait and wait.due_at > look.now else "soon",
        )
    )


async def undelivered(look: Look, message_id: int) -> Screen | None:
    """For whoever wrote it: it could not be delivered."""
    texts, tx = look.texts, look.tx
    message = await tx.messages.one(message_id)
    if message.conversation_id is None:
        return None
    quote = texts.quote(words_of(texts, message), at_most=200)
    if message.from_customer:
        return Screen(texts.lines(texts("conversation-undelivered-yours"), quote))
    conversation = await tx.conversations.one(message.conversation_id)
    customer = await tx.people.one(conversation.customer_id)
    told = texts(
        "conversation-undelivered",
        number=conversation.id,
        customer=shorten(customer.name, NAME),
        why="refused" if customer.reachable and customer.telegram_id else "left",
    )
    return Screen(texts.lines(told, quote))


async def silent(look: Look, number: int) -> Screen | None:
    """For a customer: it closes soon unless they write. None once that is no longer so."""
    texts = look.texts
    conversation = await look.tx.conversations.one(number)
    if conversation.state is ConversationState.CLOSED or conversation.follow_up_by_id is not None:
        silent = conversation.outcome is Outcome.NO_ANSWER
        return Screen(texts("silent-closed", number=number)) if silent else None
    if conversation.last_out_at is None:
        return None
    if await look.tx.waits.open_in(number) is not None:
        return None  # it is they who wait
    closes = conversation.last_out_at + look.rules.close_after
    return Screen(texts("silent-reminder", number=number, until=look.bound(closes)))
