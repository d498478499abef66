"""What the house itself remembers: what is handled, what must be shown, what is due."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import DeliveryKind
from storage.types import Id


class HandledUpdate(OfTeam, Base):
    """An update whose effects are saved. Its id here is what makes twice once."""

    __tablename__ = "updates"

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    handled_at: Mapped[datetime]

    __table_args__ = (Index(None, "handled_at"),)


class StalledUpdate(OfTeam, Base):
    """An update that failed, or waits behind one that did: kept as it came until it is handled."""

    __tablename__ = "stalled_updates"

    id: Mapped[Id]
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int] = mapped_column(BigInteger)
    chat: Mapped[int] = mapped_column(BigInteger)
    """Whose order it must keep; 0 when that cannot be told."""
    raw: Mapped[dict[str, Any]]
    error: Mapped[str | None]
    """The kind of error, without people's words; None: only waits its turn."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime | None]
    """Next try; None: parked."""
    parked_at: Mapped[datetime | None]
    came_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index(None, "chat", "id"),
        Index(None, "due_at"),
    )


class Delivery(OfTeam, Base):
    """Something a person should see once. Written with the fact that caused it."""

    __tablename__ = "deliveries"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(128), unique=True)
    """Says what it is; the same thing promised twice is one row."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[DeliveryKind]
    urgency: Mapped[int] = mapped_column(SmallInteger)
    subject: Mapped[str | None] = mapped_column(String(64))
    """What it is about, e.g. "conversation:12", so that a reply to it can be understood."""
    content: Mapped[dict[str, Any]]
    """By kind: html and keyboard, or the number of the card or message to render then."""
    picture: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    due_at: Mapped[datetime | None]
    """When it may be tried; None: settled."""
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    begun: Mapped[bool] = mapped_column(default=False)
    """A bulk send was begun: if it is still here after a crash, it is not repeated."""
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None]
    made_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_deliveries_waiting",
            "urgency",
            "id",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_failed",
            "subject",
            sqlite_where=text("failure IS NOT NULL"),
            postgresql_where=text("failure IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_in_line",
            "person_id",
            "urgency",
            "id",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(None, "settled_at"),
    )


class Card(OfTeam, Base):
    """A message that lives: one subject, as one person should see it now."""

    __tablename__ = "cards"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    subject: Mapped[str] = mapped_column(String(64))
    """What it is about, e.g. "alert:17"."""
    urgency: Mapped[int] = mapped_column(SmallInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    """The Telegram message that shows it; None until it is first shown."""
    shown: Mapped[str | None] = mapped_column(String(64))
    """A digest of what is shown, so that the same is not sent again."""
    showing: Mapped[int] = mapped_column(Integer, default=1)
    """Counts its messages: each is a delivery of its own."""
    due_at: Mapped[datetime | None]
    """It changed: when the message is to be edited; None while it shows what it should."""
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    failure: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("subject", "person_id"),
        Index(
            "ix_cards_changed",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )


class SentMessage(OfTeam, Base):
    """Which Telegram message in whose chat is about what."""

    __tablename__ = "sent_messages"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime]

    __table_args__ = (Index(None, "subject"),)


class Job(OfTeam, Base):
    """Something that needs the world outside: a chart to draw, a menu to set."""

    __tablename__ = "jobs"

    id: Mapped[Id]
    key: Mapped[str | None] = mapped_column(String(128), unique=True)
    """The same job asked twice is one; None: each is its own."""
    kind: Mapped[str] = mapped_column(String(16))
    about: Mapped[dict[str, Any]]
    due_at: Mapped[datetime | None]
    """When it may be begun, or its lease ends; None: done or parked."""
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    error: Mapped[str | None]
    parked_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "due_at"), Index(None, "done_at"))


class Timer(OfTeam, Base):
    """Something a rule does at a moment."""

    __tablename__ = "timers"

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(24))
    about_id: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime | None]
    """None: parked after failing again and again."""
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    error: Mapped[str | None]
    parked_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("kind", "about_id"), Index(None, "due_at"))


class Form(OfTeam, Base):
    """Where a person is in an unfinished conversation with the bot."""

    __tablename__ = "forms"

    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    state: Mapped[str | None]
    answers: Mapped[dict[str, Any]]


class Slot(OfTeam, Base):
    """A moment of the calendar that has been seen to."""

    __tablename__ = "slots"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


class Lease(Base):
    """Who may do what only one may do at a time, and until when."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    ends_at: Mapped[datetime]


class AuditRecord(OfTeam, Base):
    """Who changed what that others rely on."""

    __tablename__ = "audit_log"

    id: Mapped[Id]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    action: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any] | None]
