"""Who had a conversation, and when it was open."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_

from storage.models import Conversation, ConversationEvent, EventKind, Message

CLOSED_BY = (EventKind.CLOSED, EventKind.THANKS)
OPENED_BY = (EventKind.REOPENED, EventKind.SPAM_UNDONE)


class Turn(NamedTuple):
    at: datetime
    opened: bool


def somebody_else() -> ColumnElement[bool]:
    """Whether somebody but who closed it wrote in it or had it before its last closing."""
    before = Message.sent_at <= Conversation.closed_at
    wrote = exists().where(
        Message.conversation_id == Conversation.id,
        Message.from_customer.is_(False),
        Message.author_id != Conversation.closed_by_id,
        before,
    )
    handed_over = ConversationEvent.kind.in_((EventKind.HANDED_OVER, EventKind.QUEUED))
    taken_by_other = and_(
        ConversationEvent.kind == EventKind.TAKEN,
        ConversationEvent.by_id != Conversation.closed_by_id,
    )
    had = exists().where(
        ConversationEvent.conversation_id == Conversation.id,
        ConversationEvent.at <= Conversation.closed_at,
        or_(handed_over, taken_by_other),
    )
    return or_(wrote, had)


def open_spans(
    taken: datetime, closed: datetime, turns: Sequence[Turn]
) -> Iterator[tuple[datetime, datetime]]:
    """When it was open between its taking and its last closing."""
    since: datetime | None = taken
    for turn in turns:
        at = min(max(turn.at, taken), closed)
        if turn.opened and since is None:
            since = at
        elif not turn.opened and since is not None:
            yield since, at
            since = None
    if since is not None:
        yield since, closed
