from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import (
    Afterwards,
    ContentKind,
    ConversationState,
    EventKind,
    Outcome,
    Priority,
    WaitEnd,
)
from storage.types import Id


class Conversation(OfTeam, Base):
    """A customer's question, from first word to closing; its id is the number people see."""

    __tablename__ = "conversations"

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[ConversationState] = mapped_column(default=ConversationState.WAITING)
    priority: Mapped[Priority] = mapped_column(default=Priority.NORMAL)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who answers the customer; None while it waits in the queue. Kept when it closes."""
    by_team: Mapped[bool] = mapped_column(default=False)
    """The team wrote first: no first response to measure."""
    opened_at: Mapped[datetime]
    """The customer's first message."""
    offered_to_all_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    """First taking."""
    first_answer_at: Mapped[datetime | None]
    first_answer_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    last_in_at: Mapped[datetime | None]
    """The customer's last message."""
    last_out_at: Mapped[datetime | None]
    """The last message to the customer; by whom is `last_answer_by_id`."""
    last_answer_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    """Last closing; None while it is open."""
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: closed by nobody (silence, blocked); it counts for who held it."""
    outcome: Mapped[Outcome | None]
    reopened: Mapped[int] = mapped_column(Integer, default=0)
    """How often the customer came back to it."""
    closed_seconds: Mapped[int] = mapped_column(Integer, default=0)
    """Calendar time it spent closed between closings."""
    follow_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """A supervisor writes after a bad rating: no survey, no waits, no operator's figure."""
    was: Mapped[dict[str, Any] | None]
    """What it was before it was opened again and until an operator answers, so that "only thanks"
    or the end of a follow-up can close it as it was."""

    __table_args__ = (
        Index("ix_conversations_customer_id", "customer_id", "id"),
        Index("ix_conversations_state", "state", "holder_id"),
        Index("ix_conversations_closed_by_id_closed_at", "closed_by_id", "closed_at"),
        Index("ix_conversations_holder_id_closed_at", "holder_id", "closed_at"),
        Index("ix_conversations_last_answer_by_id_closed_at", "last_answer_by_id", "closed_at"),
        Index(
            "ix_conversations_follow_ups",
            "follow_up_by_id",
            sqlite_where=sql("follow_up_by_id IS NOT NULL"),
            postgresql_where=sql("follow_up_by_id IS NOT NULL"),
        ),
        Index("ix_conversations_closed_at", "closed_at"),
        Index("ix_conversations_opened_at", "opened_at"),
        {"sqlite_autoincrement": True},  # number 12 is never given twice
    )

    @property
    def is_open(self) -> bool:
        return self.state is not ConversationState.CLOSED


class ConversationEvent(OfTeam, Base):
    """Who did what to a conversation, in order."""

    __tablename__ = "conversation_events"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    at: Mapped[datetime]
    kind: Mapped[EventKind]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """None: nobody, it happened by itself."""
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str | None]
    """A hand-over's note, an outcome, a priority."""

    __table_args__ = (Index(None, "conversation_id", "id"),)


class Message(OfTeam, Base):
    """What somebody wrote, as they wrote it."""

    __tablename__ = "messages"

    id: Mapped[Id]
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    """None while we ask whose it is, or what it is about; and for a survey's comment."""
    asked_about_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    """It came within a day of this conversation's closing, and we asked what it is about."""
    afterwards: Mapped[Afterwards | None]
    """What came of that question; None: there was none."""
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    from_customer: Mapped[bool]
    sent_at: Mapped[datetime]
    """Telegram's date, never later than our clock."""
    kind: Mapped[ContentKind]
    text: Mapped[str] = mapped_column(default="")
    """Text or caption, plain."""
    entities: Mapped[list[Any] | None]
    """Bot API entities of the text, offsets in UTF-16 units."""
    file_id: Mapped[str | None]
    heard: Mapped[str | None]
    """What a customer's voice says. None: nobody listened, or nothing could be made out."""
    details: Mapped[dict[str, Any] | None]
    """What else the kind needs: place, contact, duration, file name, thumbnail flags."""
    album: Mapped[str | None] = mapped_column(String(64))
    """Telegram's media_group_id: parts that go together."""
    telegram_message_id: Mapped[int] = mapped_column(BigInteger)
    """In the author's chat."""
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    edited_at: Mapped[datetime | None]
    versions: Mapped[list[Any] | None]
    """Earlier texts, oldest first."""
    undone_at: Mapped[datetime | None]
    held_back: Mapped[bool] = mapped_column(default=False)
    """Too many came at once: the operator gets it when they ask."""

    __table_args__ = (
        Index(None, "conversation_id", "id"),
        Index(
            "ix_messages_answers",
            "author_id",
            "conversation_id",
            "from_customer",
            sqlite_where=sql("from_customer IS 0"),
            postgresql_where=sql("from_customer IS false"),
        ),
        Index(
            "ix_messages_sent",
            "author_id",
            "sent_at",
            "conversation_id",
            sqlite_where=sql("from_customer IS 0"),
            postgresql_where=sql("from_customer IS false"),
        ),
        Index(
            "ix_messages_sent_by_all",
            "sent_at",
            "conversation_id",
            sqlite_where=sql("from_customer IS 0"),
            postgresql_where=sql("from_customer IS false"),
        ),
        Index(None, "author_id", "telegram_message_id"),
        Index(None, "author_id", "album"),
        Index(None, "asked_about_id"),
        {"sqlite_autoincrement": True},
    )


class Wait(OfTeam, Base):
    """A customer waits for an answer: from their message to the next operator's."""

    __tablename__ = "waits"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    first: Mapped[bool]
    """The conversation's first wait: its end is the first response."""
    priority: Mapped[Priority]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """Start + the reply limit in working time; passed unanswered = overdue."""
    limit_seconds: Mapped[int] = mapped_column(Integer)
    operator_since: Mapped[datetime | None]
    """From when the holder could answer: the latest of message, shift, hand-over."""
    holder_at_due_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Who held the conversation at `due_at`; written when the moment passes."""
    ended_at: Mapped[datetime | None]
    end: Mapped[WaitEnd | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    overdue: Mapped[bool] = mapped_column(default=False)
    team_seconds: Mapped[int | None] = mapped_column(Integer)
    """Working time from the message to the answer; None until answered."""
    operator_seconds: Mapped[int | None] = mapped_column(Integer)
    """Working time from `operator_since` to the answer; None until answered."""
    calendar_seconds: Mapped[int | None] = mapped_column(Integer)
    excluded_at: Mapped[datetime | None]
    """Out of every figure, after an appeal; the record stays."""

    __table_args__ = (
        Index(None, "conversation_id", "ended_at"),
        Index(None, "answered_by_id", "started_at"),
        Index(None, "holder_at_due_id", "started_at"),
        Index(None, "started_at"),
    )
