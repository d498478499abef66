"""What one person wrote, on its way to another: sent from what was saved."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from desk.rules import Rules
from storage.database import UnitOfWork
from storage.models import Conversation, DeliveryKind, Message

ALBUM_WAITS = timedelta(seconds=1)
"""After the last part of an album they go together."""


async def send(
    tx: UnitOfWork, *, message: Message, conversation: Conversation, now: datetime
) -> None:
    """On to whoever it is for; a part of an album waits a second for the others."""
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
        if to not in await tx.messages.readers(part)  # a part may come too late for the others
    ]
    if parts:
        put(tx, parts=parts, conversation_id=conversation.id, to=to, now=now)


async def catch_up(tx: UnitOfWork, *, conversation: Conversation, to: int, now: datetime) -> None:
    """Send somebody what the customer wrote in the conversation and they never got."""
    unseen = await tx.messages.unseen_by(to, conversation.id)
    gathered: dict[str, list[Message]] = {}
    for message in unseen:
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
