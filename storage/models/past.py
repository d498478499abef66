"""What a team did before it had Otklik, as another tool's file tells it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import Outcome, Priority
from storage.types import Id


class ImportedConversation(OfTeam, Base):
    """The facts a file gave; None where it gave none, which is neither 0 nor no.

    It has no messages, waits or surveys, is on no card, and no figure takes a missing fact for an
    answer. No name and no word of a customer is kept.
    """

    __tablename__ = "imported_conversations"

    id: Mapped[Id]
    source: Mapped[str] = mapped_column(String(64))
    """Which tool's history it is, as the mapping names it."""
    external_id: Mapped[str] = mapped_column(String(128))
    """Its number there, or a digest of the row where there is none: twice is once."""
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    customer: Mapped[str | None] = mapped_column(String(32))
    """A digest that is the same for the same customer of the same source."""
    priority: Mapped[Priority] = mapped_column(default=Priority.NORMAL)
    opened_at: Mapped[datetime]
    first_answer_at: Mapped[datetime | None]
    first_closed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """Last closing. None: it goes on, or the file does not say."""
    outcome: Mapped[Outcome | None]
    first_answer_seconds: Mapped[int | None] = mapped_column(Integer)
    """As the file has it, else working time between the moments; so are the next two."""
    resolution_seconds: Mapped[int | None] = mapped_column(Integer)
    handle_seconds: Mapped[int | None] = mapped_column(Integer)
    operators: Mapped[int | None] = mapped_column(SmallInteger)
    """How many people of the team had to do with it."""
    reopened: Mapped[int | None] = mapped_column(Integer)
    """How often it was opened again."""
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    rated_at: Mapped[datetime | None]
    """Where the rating counts; None as long as there are no stars."""
    imported_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index(None, "operator_id", "opened_at"),
        Index(None, "operator_id", "closed_at"),
        Index(None, "operator_id", "rated_at"),
        Index(None, "opened_at"),
        Index(None, "closed_at"),
        Index(None, "rated_at"),
    )


class ImportedOperator(OfTeam, Base):
    """Who an operator of another tool's file is here; the name itself is with the person."""

    __tablename__ = "imported_operators"

    id: Mapped[Id]
    source: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    """Of the name in the file."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    __table_args__ = (UniqueConstraint("source", "digest"), Index(None, "person_id"))
