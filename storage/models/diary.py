from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import Channel, DiaryStatus
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
    channel: Mapped[Channel]
    at: Mapped[datetime]
    """When the interaction was."""
    request: Mapped[str] = mapped_column(default="")
    done: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    mood: Mapped[int | None] = mapped_column(SmallInteger)
    """How the customer felt, 1 to 5, as the operator saw it; None when not said."""
    status: Mapped[DiaryStatus]
    follow_up_at: Mapped[datetime | None]
    photos: Mapped[list[str] | None]
    """File ids of pictures sent beside the words."""
    saved_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (
        Index(None, "operator_id", "at"),
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


class KpiPush(OfTeam, Base):
    """A week's figures as a person was shown them: they do not change afterwards."""

    __tablename__ = "kpi_pushes"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    week: Mapped[date]
    """The Monday."""
    figures: Mapped[dict[str, Any]]
    pushed_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("person_id", "week"),)
