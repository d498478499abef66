"""What customers and operators write to each other: kept, passed on, corrected, taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from desk import afterwards, conversations, offers, relays, silence, surveys, waits
from desk.refusals import CannotBeReached, NotAllowed, NotYourMessage, NotYours, TooLateToUndo
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import (
    ContentKind,
    Conversation,
    ConversationState,
    Message,
    Person,
    Role,
)

MINUTE = timedelta(minutes=1)
UNDO_WITHIN = timedelta(hours=48)
"""Telegram's limit for a bot that deletes its own message."""

LISTEN = "listen"
"""The job: `file`, `language`, and whose it is: a customer's `message`, or an entry's `draft`."""
SPOKEN = frozenset({ContentKind.VOICE, ContentKind.VIDEO_NOTE})
"""Of customers: what they send as a file may be a song."""
STILL = frozenset({ContentKind.LOCATION, ContentKind.VENUE, ContentKind.CONTACT})
"""Kinds of which no copy can be corrected."""


@dataclass(frozen=True, slots=True)
class Content:
    """A message as it came, whoever wrote it."""

    kind: ContentKind
    sent_at: datetime
    """Telegram's date, never later than our clock."""
    telegram_message_id: int
    text: str = ""
    """Text or caption, plain."""
    entities: list[Any] | None = None
    file_id: str | None = None
    details: dict[str, Any] | None = None
    album: str | None = None
    replies_to: int | None = None
    """The message in the author's own chat that it answers."""


class Came(Enum):
    """What a customer's message did."""

    OPENED = auto()
    ADDED = auto()
    HELD_BACK = auto()
    """So many came at once that it is kept for when the operator asks."""
    ASKED = auto()
    """A conversation has just closed: the customer is asked what it is about."""


@dataclass(frozen=True, slots=True)
class Received:
    came: Came
    message: Message
    conversation: Conversation
    greeted: bool = False
    """Their first conversation: they are to hear about privacy."""


async def keep(
    tx: UnitOfWork,
    *,
    author: Person,
    content: Content,
    from_customer: bool,
    conversation_id: int | None = None,
) -> Message:
    """Save what somebody wrote, whatever becomes of it."""
    answered = await meant(tx, person=author, telegram_message_id=content.replies_to)
    message = await tx.messages.add(
        Message(
            conversation_id=conversation_id,
            author_id=author.id,
            from_customer=from_customer,
            sent_at=content.sent_at,
            kind=content.kind,
            text=content.text,
            entities=content.entities,
            file_id=content.file_id,
            details=content.details,
            album=content.album,
            telegram_message_id=content.telegram_message_id,
            reply_to_id=answered.id if answered else None,
        )
    )
    if from_customer and content.kind in SPOKEN:
        tx.jobs.ask(
            LISTEN,
            content.sent_at,
            message=message.id,
            file=content.file_id,
            language=author.speaks,
        )
    return message


async def heard(tx: UnitOfWork, *, message_id: int, text: str, now: datetime) -> None:
    """What a customer's voice says: beside it for who answers, and wherever it is read again."""
    message = await tx.messages.get(message_id)
    if message is None or message.file_id is None or message.undone_at is not None:
        return  # deleted with its author's data, or taken back
    message.heard = text
    survey = await tx.surveys.of_comment(message.id)
    if survey is not None:
        alert = await tx.alerts.of_survey(survey.id)
        if alert is not None:
            tx.cards.changed(f"alert:{alert.id}", now)
        tx.cards.changed(f"praise:{survey.id}", now)
    if message.conversation_id is None:
        return
    conversation = await tx.conversations.one(message.conversation_id)
    tx.cards.changed(f"conversation:{conversation.id}", now)
    if conversation.is_open and conversation.holder_id is not None and not message.held_back:
        await tx.cards.show_anew(f"heard:{message.id}", conversation.holder_id, now)


async def meant(
    tx: UnitOfWork, *, person: Person, telegram_message_id: int | None
) -> Message | None:
    """Which saved message a message in somebody's chat is: their own, or a copy they got."""
    if telegram_message_id is None:
        return None
    subject = await tx.sent.subject(person.id, telegram_message_id)
    if subject is None:
        return await tx.messages.by_telegram(person.id, telegram_message_id)
    what, _, number = subject.partition(":")
    return await tx.messages.get(int(number)) if what == "message" else None


async def answers_somebody(tx: UnitOfWork, *, customer: Person, content: Content) -> bool:
    """Whether they reply to what was written in a conversation that goes on."""
    answered = await meant(tx, person=customer, telegram_message_id=content.replies_to)
    if answered is None or answered.conversation_id is None:
        return False
    return (await tx.conversations.one(answered.conversation_id)).is_open


async def receive(
    tx: UnitOfWork, *, customer: Person, content: Content, rules: Rules, now: datetime
) -> Received:
    """A customer wrote: kept first, then put where it belongs.

    What it may belong to is locked even before it is numbered, so that numbers tell the order in
    which a conversation's messages were seen.
    """
    await tx.conversations.lock_all_open_of(customer.id)
    message = await keep(tx, author=customer, content=content, from_customer=True)
    return await place(tx, message=message, customer=customer, rules=rules, now=now)


async def place(
    tx: UnitOfWork, *, message: Message, customer: Person, rules: Rules, now: datetime
) -> Received:
    """Into the customer's open conversation, or a new one, or we ask.

    Parts of an album belong where the first one went.
    """
    if message.album is not None:
        parts = await tx.messages.album_of(customer.id, message.album)
        if parts[0] is not message:
            return await _follow(tx, parts[0], message, now)
    conversation = await _where(tx, customer, message)
    if conversation is not None:
        return await _add(tx, conversation, message, rules, now)
    asked_about = await afterwards.asks_about(tx, customer=customer, at=message.sent_at)
    if asked_about is not None and asked_about.is_open:  # opened at this very moment
        return await _add(tx, asked_about, message, rules, now)
    if asked_about is not None:
        await afterwards.ask(tx, message=message, conversation=asked_about, now=now)
        return Received(Came.ASKED, message, asked_about)
    return await _open(tx, message, customer, rules, now)


async def _add(
    tx: UnitOfWork, conversation: Conversation, message: Message, rules: Rules, now: datetime
) -> Received:
    message.conversation_id = conversation.id
    if await _too_many(tx, message, conversation, rules):
        await relays.hold_back(tx, message=message, conversation=conversation, now=now)
    await arrived(tx, conversation=conversation, message=message, rules=rules, now=now)
    came = Came.HELD_BACK if message.held_back else Came.ADDED
    return Received(came, message, conversation)


async def _too_many(
    tx: UnitOfWork, message: Message, conversation: Conversation, rules: Rules
) -> bool:
    """Whether the customer has written more in a minute than anybody could read.

    By Telegram's dates: what piled up while we were away is no flood.
    """
    pause, last = MINUTE / rules.customer_rate, conversation.last_in_at
    if last is not None and message.sent_at - last > pause:
        return False
    before = await tx.held_back.written_before(message.author_id, rules.customer_rate)
    return before is not None and message.sent_at - before < MINUTE


async def _open(
    tx: UnitOfWork, message: Message, customer: Person, rules: Rules, now: datetime
) -> Received:
    conversation = await conversations.begin(
        tx, customer=customer, at=message.sent_at, rules=rules, now=now
    )
    message.conversation_id = conversation.id
    await relays.send(tx, message=message, conversation=conversation, now=now)
    await offers.make(tx, conversation=conversation, new=True, now=now)
    greeted = customer.greeted_at is None
    customer.greeted_at = customer.greeted_at or now
    return Received(Came.OPENED, message, conversation, greeted)


async def _where(tx: UnitOfWork, customer: Person, message: Message) -> Conversation | None:
    """The open conversation the words belong to, locked: the one replied in, or the only one."""
    answered = await tx.messages.get(message.reply_to_id) if message.reply_to_id else None
    candidates = [answered.conversation_id] if answered and answered.conversation_id else []
    current = await tx.conversations.open_of(customer.id)
    candidates += [current.id] if current else []
    for number in candidates:
        found = await tx.conversations.lock(number)
        if found is not None and found.is_open and found.customer_id == customer.id:
            return found
    return None


async def _follow(tx: UnitOfWork, first: Message, message: Message, now: datetime) -> Received:
    number = first.conversation_id or first.asked_about_id
    assert number is not None
    conversation = await tx.conversations.lock(number)
    assert conversation is not None
    message.conversation_id = first.conversation_id
    message.asked_about_id, message.afterwards = first.asked_about_id, first.afterwards
    if message.conversation_id is not None:
        await relays.send(tx, message=message, conversation=conversation, now=now)
        tx.cards.changed(offers.subject(conversation), now)
    return Received(Came.ADDED, message, conversation)


async def arrived(
    tx: UnitOfWork, *, conversation: Conversation, message: Message, rules: Rules, now: datetime
) -> None:
    """A customer's message is in an open conversation: it is passed on, and somebody waits."""
    conversation.last_in_at = message.sent_at
    await silence.over(tx, conversation=conversation, now=now)
    await waits.start(tx, conversation=conversation, at=message.sent_at, rules=rules, now=now)
    await relays.send(tx, message=message, conversation=conversation, now=now)
    if conversation.state is ConversationState.WAITING:
        tx.cards.changed(offers.subject(conversation), now)
        tx.cards.changed(f"unattended:{conversation.id}", now)


async def answer(
    tx: UnitOfWork,
    *,
    conversation_id: int,
    by: Person,
    content: Content,
    rules: Rules,
    now: datetime,
) -> Conversation:
    """An operator writes to the customer. Answering what waits in the queue takes it."""
    conversation = await _writable(tx, conversation_id, by, now)
    message = await keep(
        tx, author=by, content=content, from_customer=False, conversation_id=conversation.id
    )
    await sent(tx, conversation=conversation, message=message, by=by, rules=rules, now=now)
    await relays.send(tx, message=message, conversation=conversation, now=now)
    return conversation


async def answer_held_back(
    tx: UnitOfWork,
    *,
    conversation_id: int,
    by: Person,
    messages: list[Message],
    rules: Rules,
    now: datetime,
) -> Conversation:
    """What an operator wrote before they said to whom goes now, all in order."""
    conversation = await _writable(tx, conversation_id, by, now)
    albums: dict[str, list[Message]] = {}
    for message in messages:
        message.conversation_id, message.sent_at = conversation.id, now
        albums.setdefault(message.album or f"message {message.id}", []).append(message)
    await sent(tx, conversation=conversation, message=messages[0], by=by, rules=rules, now=now)
    for parts in albums.values():
        relays.put(
            tx, parts=parts, conversation_id=conversation.id, to=conversation.customer_id, now=now
        )
    return conversation


async def _writable(
    tx: UnitOfWork, conversation_id: int, by: Person, now: datetime
) -> Conversation:
    """The conversation, locked, if they may write to its customer and the customer can read.

    All they hold is locked: whether another customer's words came before theirs decides where
    the next ones go.
    """
    if not by.may(Role.OPERATOR):
        raise NotAllowed
    await tx.conversations.lock_all_held_by(by.id)
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.customer_id == by.id:
        raise NotYours
    customer = await tx.people.one(conversation.customer_id)
    if customer.telegram_id is None or not customer.reachable:
        raise CannotBeReached
    if conversation.state is ConversationState.WAITING:
        await conversations.take(tx, conversation_id=conversation.id, by=by, now=now)
    return conversation


async def sent(
    tx: UnitOfWork,
    *,
    conversation: Conversation,
    message: Message,
    by: Person,
    rules: Rules,
    now: datetime,
) -> None:
    """An operator's message is on its way: nobody waits any more, and the customer's turn begins.

    In a follow-up, or after closing, it is nobody's figure.
    """
    at = message.sent_at
    conversation.last_out_at = at
    by.wrote_at = at
    if conversation.holder_id == by.id:
        by.current_conversation_id = conversation.id
    if conversation.follow_up_by_id is None and conversation.is_open:
        if conversation.first_answer_at is None:
            conversation.first_answer_at, conversation.first_answer_by_id = at, by.id
        conversation.last_answer_by_id = by.id
        conversation.was = None
        await waits.answered(tx, conversation=conversation, by=by, at=at, rules=rules, now=now)
        await silence.listen(tx, conversation=conversation, at=at, rules=rules)
    tx.cards.changed(offers.subject(conversation), now)


async def edit(
    tx: UnitOfWork, *, author: Person, content: Content, rules: Rules, now: datetime
) -> Message | None:
    """The author changed what they wrote, and so does every copy. None: we do not know it."""
    message = await tx.messages.by_telegram(author.id, content.telegram_message_id)
    if message is None or message.undone_at is not None or message.kind in STILL:
        return message
    if message.from_customer and author.banned_at is not None:
        return message
    if (message.text, message.entities, message.file_id) == (
        content.text,
        content.entities,
        content.file_id,
    ):
        return message
    before = {
        "text": message.text,
        "entities": message.entities,
        "file_id": message.file_id,
        "until": now.isoformat(),
    }
    message.versions = [*(message.versions or []), before]
    message.text, message.entities = content.text, content.entities
    message.file_id, message.details = content.file_id, content.details
    message.kind, message.edited_at = content.kind, now
    if message.conversation_id is None:
        await _question_changed(tx, message, now)
        return message
    conversation = await tx.conversations.lock(message.conversation_id)
    assert conversation is not None
    await relays.correct(tx, message=message, conversation=conversation, now=now)
    if await tx.messages.is_comment(message):
        await surveys.reworded(tx, message=message, rules=rules, now=now)
    else:
        tx.cards.changed(offers.subject(conversation), now)
    return message


async def undo(
    tx: UnitOfWork, *, message: Message | None, by: Person, rules: Rules, now: datetime
) -> None:
    """An operator takes back what they wrote; it stays in our records as taken back.

    Whoever it answered in a conversation that goes on waits again.
    """
    if message is None or message.author_id != by.id or message.from_customer:
        raise NotYourMessage
    if message.undone_at is not None:
        return
    if now - message.sent_at > UNDO_WITHIN:
        raise TooLateToUndo
    message.undone_at = now
    if message.conversation_id is None:
        await _question_changed(tx, message, now)
        return
    conversation = await tx.conversations.lock(message.conversation_id)
    assert conversation is not None
    await relays.take_back(tx, message=message, conversation=conversation, now=now)
    if conversation.is_open:
        await conversations.answered_nobody(
            tx, conversation=conversation, message=message, rules=rules, now=now
        )


async def _question_changed(tx: UnitOfWork, message: Message, now: datetime) -> None:
    """It waits for an answer to "whose is it?", and the question quotes it."""
    if message.from_customer:
        return
    tx.cards.changed(f"whose:{message.id}", now)
    for first in (await tx.messages.undecided_of(message.author_id))[:1]:
        tx.cards.show(f"whose:{first.id}", message.author_id, now)
        tx.cards.changed(f"whose:{first.id}", now)
