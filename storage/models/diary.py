from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import Channel, DiaryStatus, DraftState
from storage.types import Id


class DiaryEntry(OfTeam, Base):
    """One interaction in an operator's words."""

    __tablename__ = "diary_entries"

    id: Mapped[Id]
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    """None: a phone call, an e-mail, a visit."""
    operator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    customer_name: Mapped[str] = mapped_column(default="")
    customer_contact: Mapped[str] = mapped_column(default="")
    channel: Mapped[Channel | None]
    """None: not said."""
    at: Mapped[datetime]
    """When the interaction was."""
    request: Mapped[str] = mapped_column(default="")
    done: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    mood: Mapped[int | None] = mapped_column(SmallInteger)
    """How the customer felt, 1 to 5, as the operator saw it; None when not said."""
    status: Mapped[DiaryStatus | None]
    """None when not said."""
    follow_up_at: Mapped[datetime | None]
    photos: Mapped[list[str] | None]
    """File ids of pictures sent beside the words."""
    voices: Mapped[list[str] | None]
    """File ids of what was dictated."""
    heard: Mapped[str] = mapped_column(default="")
    """All that was heard of them, as it was heard: so that corrections can be seen."""
    saved_at: Mapped[datetime]
    """The last version."""
    first_saved_at: Mapped[datetime]
    """The first one: where the entry counts."""
    filled: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How many of the required fields; it stays when the words are deleted."""
    version: Mapped[int] = mapped_column(Integer, default=1)
    words: Mapped[str] = mapped_column(default="")
    """All its words folded for searching: SQLite knows the case of ASCII letters only."""

    __table_args__ = (
        Index(None, "operator_id", "at"),
        Index("ix_diary_entries_written", "operator_id", "first_saved_at", "filled"),
        Index("ix_diary_entries_first_saved_at", "first_saved_at", "filled"),
        Index(None, "conversation_id"),
        Index(None, "customer_id", "at"),
        {"sqlite_autoincrement": True},
    )


class DiaryVersion(OfTeam, Base):
    """An entry as it was saved, each time it was."""

    __tablename__ = "diary_versions"

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("diary_entries.id"))
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    __table_args__ = (UniqueConstraint("entry_id", "version"),)


class DiaryDraft(OfTeam, Base):
    """An entry being written or corrected. It is no entry yet and counts nowhere."""

    __tablename__ = "diary_drafts"

    id: Mapped[Id]
    writer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("diary_entries.id"))
    """The entry it corrects, or has become."""
    base_version: Mapped[int | None] = mapped_column(Integer)
    """The version a correction began with; None: it is a new entry."""
    state: Mapped[DraftState]
    step: Mapped[str] = mapped_column(String(16))
    single: Mapped[bool] = mapped_column(default=False)
    """One field is being corrected: after it comes the preview again."""
    hint: Mapped[str | None] = mapped_column(String(16))
    """What the writer is to be told about what they sent last."""
    content: Mapped[dict[str, Any]]
    begun_at: Mapped[datetime]

    __table_args__ = (
        Index(None, "writer_id", "state"),
        Index(None, "conversation_id"),
        Index(None, "entry_id"),
        {"sqlite_autoincrement": True},  # an old keyboard never meets a new draft
    )


class KpiPush(OfTeam, Base):
    """A week's figures as a person was shown them: they do not change afterwards."""

    __tablename__ = "kpi_pushes"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    week: Mapped[date]
    """The Monday."""
    figures: Mapped[dict[str, Any]]
    pushed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("week", "person_id"),)
