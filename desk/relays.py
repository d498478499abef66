"""What one person wrote, on its way to another: sent from what was saved."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from desk.refusals import NotYours, TooLate
from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, DeliveryKind, Message, Person

TOGETHER = 20
"""So many of a customer's messages come to an operator at once; more come when they ask."""
ALBUM_WAITS = timedelta(seconds=1)
"""After the last part of an album they go together."""


async def send(
    tx: UnitOfWork, *, message: Message, conversation: Conversation, now: datetime
) -> None:
    """On to whoever it is for; a part of an album waits a second for the others.

    What was held back waits for the operator to ask.
    """
    if message.held_back:
        return
    if message.album is not None:
        parts = await tx.messages.album_of(message.author_id, message.album)
        await tx.timers.set("album", parts[0].id, now + ALBUM_WAITS)
        return
    to = conversation.holder_id if message.from_customer else conversation.customer_id
    if to is not None:
        put(tx, parts=[message], conversation_id=conversation.id, to=to, now=now)


async def album_complete(tx: UnitOfWork, first_id: int, rules: Rules, now: datetime) -> None:
    """Timer: a second has passed since an album's last part."""
    first = await tx.messages.get(first_id)
    if first is None or first.album is None or first.conversation_id is None:
        return  # it waits for somebody to say what it is about, and goes on then
    conversation = await tx.conversations.lock(first.conversation_id)
    if conversation is None:
        return
    to = conversation.holder_id if first.from_customer else conversation.customer_id
    if to is None:
        return
    parts = [
        part
        for part in await tx.messages.album_of(first.author_id, first.album)
        if not part.held_back
        and to not in await tx.messages.readers(part)  # a part may come too late for the others
    ]
    if parts:
        put(tx, parts=parts, conversation_id=conversation.id, to=to, now=now)


async def catch_up(tx: UnitOfWork, *, conversation: Conversation, to: int, now: datetime) -> None:
    """Send somebody what the customer wrote in the conversation and they never got.

    Of very much only the first; a card tells of the rest.
    """
    unseen = await tx.messages.unseen_by(to, conversation.id)
    for place, message in enumerate(unseen):
        if message.held_back != (place >= TOGETHER):
            message.held_back = place >= TOGETHER
    if len(unseen) > TOGETHER:
        await tx.cards.show_anew(f"more:{conversation.id}", to, now)
    await _together(tx, unseen[:TOGETHER], conversation, to, now)


async def show_more(tx: UnitOfWork, *, conversation_id: int, by: Person, now: datetime) -> None:
    """Whoever answers asks for the next of what was held back."""
    conversation = await tx.conversations.lock(conversation_id)
    if conversation is None or conversation.customer_id == by.id:
        raise NotYours
    if not conversation.is_open or conversation.holder_id != by.id:
        raise TooLate
    kept = await tx.held_back.first(conversation.id, TOGETHER)
    if not kept:
        raise TooLate
    for message in kept:
        message.held_back = False
    await _together(tx, kept, conversation, by.id, now)
    tx.cards.changed(f"more:{conversation.id}", now)


async def hold_back(
    tx: UnitOfWork, *, message: Message, conversation: Conversation, now: datetime
) -> None:
    """It is kept, and not passed on by itself. The first of many is told with a sound."""
    rest = await tx.held_back.first(conversation.id, 1)
    message.held_back = True
    if rest:
        tx.cards.changed(f"more:{conversation.id}", now)
    elif conversation.holder_id is not None:
        await tx.cards.show_anew(f"more:{conversation.id}", conversation.holder_id, now)


async def _together(
    tx: UnitOfWork, messages: Sequence[Message], conversation: Conversation, to: int, now: datetime
) -> None:
    """As messages of their own, the parts of an album as one."""
    gathered: dict[str, list[Message]] = {}
    for message in messages:
        gathered.setdefault(message.album or f"message {message.id}", []).append(message)
    for parts in gathered.values():
        if parts[0].album is not None and await tx.timers.get("album", parts[0].id) is not None:
            continue  # more parts may come: all go together then
        put(tx, parts=parts, conversation_id=conversation.id, to=to, now=now)


def put(
    tx: UnitOfWork,
    *,
    parts: Sequence[Message],
    conversation_id: int,
    to: int,
    now: datetime,
) -> None:
    """To an operator beside the conversation's card; to a customer as if it were ours."""
    first = parts[0]
    content: dict[str, Any] = {"message_id": first.id}
    if len(parts) > 1:
        content["album"] = [part.id for part in parts]
    if first.from_customer:
        content["reply_to"] = f"conversation:{conversation_id}"
    if first.reply_to_id is not None:
        content["answers"] = first.reply_to_id
    key, subject = f"relay:{first.id}:{to}", f"message:{first.id}"
    if len(parts) > 1:
        key = f"{key}:{parts[-1].id}"  # the same album with one part more is another thing
    tx.deliveries.put(DeliveryKind.RELAY, key, to, content, now, subject=subject)


async def correct(
    tx: UnitOfWork, *, message: Message, conversation: Conversation, now: datetime
) -> None:
    """Every copy shows what the author made of it. One not sent yet is sent as it is now."""
    revision = len(message.versions or [])
    for reader in await _readers(tx, message, conversation):
        tx.deliveries.put(
            DeliveryKind.RELAY_EDIT,
            f"relay-edit:{message.id}:{reader}:{revision}",
            reader,
            {"message_id": message.id},
            now,
            subject=f"message:{message.id}",
        )


async def take_back(
    tx: UnitOfWork, *, message: Message, conversation: Conversation, now: datetime
) -> None:
    """Every copy goes away; one not sent yet never is."""
    for reader in await _readers(tx, message, conversation):
        tx.deliveries.put(
            DeliveryKind.RELAY_UNDO,
            f"relay-undo:{message.id}:{reader}",
            reader,
            {"message_id": message.id},
            now,
            subject=f"message:{message.id}",
        )


async def _readers(tx: UnitOfWork, message: Message, conversation: Conversation) -> list[int]:
    """Who has it, and who is about to."""
    readers = await tx.messages.readers(message)
    next_one = conversation.holder_id if message.from_customer else conversation.customer_id
    if next_one is not None:
        readers.add(next_one)
    return sorted(readers)
