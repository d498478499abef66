from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import AppealKind, AppealState, PlanState
from storage.types import Id


class KpiPlan(OfTeam, Base):
    """What an operator is scored by, as it was proposed; a change is a new version."""

    __tablename__ = "kpi_plans"

    id: Mapped[Id]
    operator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int | None] = mapped_column(Integer)
    """The operator's first is 1; None: it is still being put together, nobody else's to see."""
    state: Mapped[PlanState]
    content: Mapped[dict[str, Any]]
    """Weights, floors and targets: see `kpi.plan`."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[date | None]
    """The Monday of the first week it scores; None: it was never accepted."""

    __table_args__ = (
        UniqueConstraint("operator_id", "version"),
        Index(None, "operator_id", "since"),
        {"sqlite_autoincrement": True},
    )


class PlanRemark(OfTeam, Base):
    """What one of the two said about a plan."""

    __tablename__ = "plan_remarks"

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(ForeignKey("kpi_plans.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index(None, "plan_id", "id"),)


class Appeal(OfTeam, Base):
    """An operator says that a rating or a late reply is not theirs to answer for.

    Both views stay: why they say so, and what a supervisor decided.
    """

    __tablename__ = "appeals"

    id: Mapped[Id]
    kind: Mapped[AppealKind]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"), unique=True)
    wait_id: Mapped[int | None] = mapped_column(ForeignKey("waits.id"), unique=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str]
    raised_at: Mapped[datetime]
    state: Mapped[AppealState] = mapped_column(default=AppealState.OPEN)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str | None]
    """Why it was decided so, in the supervisor's words."""

    __table_args__ = (
        Index(None, "state", "raised_at"),
        Index(None, "conversation_id"),
        Index(None, "operator_id"),
        {"sqlite_autoincrement": True},
    )


class LexiconWord(OfTeam, Base):
    """What a team made of the lexicon of themes: a word that counts from then on, or no more."""

    __tablename__ = "lexicon_words"

    id: Mapped[Id]
    theme: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(String(64))
    counts: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)
