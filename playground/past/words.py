"""A message, and where it still stands on somebody's screen."""

from datetime import datetime

from playground.chats import Chat, Raw
from playground.past.world import World
from storage.models import ContentKind, Conversation, Message


def message(
    world: World,
    row: Conversation | None,
    author: int,
    words: str,
    at: datetime,
    chat: Chat | None = None,
) -> Message:
    """`row` None: a comment beside stars. With a `chat` it stands on the customer's screen."""
    from_customer = row is None or author == row.customer_id
    number = row_id = world.next(Message)
    if chat is not None:
        account = world.telegram.accounts[chat.id]
        sender: Raw = account.user if from_customer else chat.bot.user
        number = chat.new({"text": words}, at, sender).message_id
    kept = Message(
        id=row_id,
        conversation_id=row.id if row else None,
        author_id=author,
        from_customer=from_customer,
        sent_at=at,
        kind=ContentKind.TEXT,
        text=words,
        telegram_message_id=number,
    )
    world.keep(kept)
    return kept
