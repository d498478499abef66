from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import AlertKind, AlertState, CausedBy, NotSent
from storage.types import Id


class Survey(OfTeam, Base):
    """What a closed conversation's customer was asked and answered, or why they were not."""

    __tablename__ = "surveys"

    id: Mapped[Id]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Whose rating it is: the operator whose message was the last before closing."""
    sent_at: Mapped[datetime | None]
    """None: not sent, `not_sent` says why."""
    not_sent: Mapped[NotSent | None]
    expires_at: Mapped[datetime | None]
    expired: Mapped[bool] = mapped_column(default=False)
    """The expiry was noticed: answers are closed and shown to the operator."""
    stars: Mapped[int | None] = mapped_column(SmallInteger)
    """1 to 5, the last value; None until the customer taps."""
    rated_at: Mapped[datetime | None]
    """The first tap: where the rating counts."""
    changed_at: Mapped[datetime | None]
    lowest: Mapped[int | None] = mapped_column(SmallInteger)
    """The lowest stars ever given: was it ever negative?"""
    solved: Mapped[bool | None]
    """The customer's answer to "Is it solved?"; None: not answered."""
    solved_at: Mapped[datetime | None]
    """When it was first answered, for that is where it counts."""
    reasons: Mapped[list[str] | None]
    questions: Mapped[str | None] = mapped_column(String(64))
    """What was asked after the stars, as it was chosen then: "solved,nps". None: nothing yet."""
    satisfied: Mapped[bool | None]
    """Each answer with the last value, at the moment of the first; None: not answered."""
    satisfied_at: Mapped[datetime | None]
    professional: Mapped[bool | None]
    professional_at: Mapped[datetime | None]
    nps: Mapped[int | None] = mapped_column(SmallInteger)
    """0 to 10."""
    nps_at: Mapped[datetime | None]
    ces: Mapped[int | None] = mapped_column(SmallInteger)
    """1 to 7."""
    ces_at: Mapped[datetime | None]
    caused_by: Mapped[CausedBy | None]
    """Of a bad rating, as a supervisor sees it; None: nobody has looked at it so yet."""
    comment_until: Mapped[datetime | None]
    """Until then the customer's next text or voice is the comment."""
    excluded_at: Mapped[datetime | None]
    """Out of every figure, after an appeal, as spam or a test; the record stays."""

    __table_args__ = (
        Index(None, "operator_id", "expires_at"),
        Index(None, "rated_at"),
        Index(None, "customer_id", "sent_at"),
        Index(None, "expires_at"),
        Index(
            "ix_surveys_operator_id_nps_at",
            "operator_id",
            "nps_at",
            "nps",
            sqlite_where=sql("nps_at IS NOT NULL"),
            postgresql_where=sql("nps_at IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class SurveyTap(OfTeam, Base):
    """Every tap on a survey: a rating may change, what was tapped does not."""

    __tablename__ = "answers"

    id: Mapped[Id]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    question: Mapped[str] = mapped_column(String(16))
    """stars, reason, or one of `Question`."""
    value: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]

    __table_args__ = (Index(None, "survey_id", "id"),)


class Comment(OfTeam, Base):
    """A customer's own words beside their stars; the words themselves are a message."""

    __tablename__ = "comments"

    id: Mapped[Id]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    at: Mapped[datetime]

    __table_args__ = (Index(None, "survey_id", "id"), Index(None, "message_id"))


class Alert(OfTeam, Base):
    """Something a supervisor must hear of and see through."""

    __tablename__ = "alerts"

    id: Mapped[Id]
    kind: Mapped[AlertKind]
    state: Mapped[AlertState] = mapped_column(default=AlertState.OPEN)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("surveys.id"), unique=True)
    wait_id: Mapped[int | None] = mapped_column(ForeignKey("waits.id"), unique=True)
    digest_id: Mapped[int | None] = mapped_column(BigInteger)
    """The list of late replies that has it as a line, numbered by the alert that began it."""
    raised_at: Mapped[datetime]
    repeated: Mapped[int] = mapped_column(Integer, default=0)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime | None]
    reminded: Mapped[int] = mapped_column(SmallInteger, default=0)
    """Reminders since it was taken: the first to the taker, the next to all."""
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime | None]
    note: Mapped[str | None]
    asked: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How often the customer was asked whether it is fixed: twice at most."""
    asked_at: Mapped[datetime | None]
    """When, since it was last done; None: not asked after that."""
    answered_at: Mapped[datetime | None]
    fixed: Mapped[bool | None]
    """The customer's last answer to "is it all right now?"."""
    call_asked_at: Mapped[datetime | None]
    phone: Mapped[str | None] = mapped_column(String(32))
    call_time: Mapped[str | None]
    """When to call, in the customer's words."""
    call_at: Mapped[datetime | None]
    """When to call, where the customer chose a moment by a button."""

    __table_args__ = (
        Index(None, "state", "raised_at"),
        Index(None, "kind", "raised_at"),
        Index(None, "answered_at"),
        Index(None, "conversation_id"),
        Index(None, "digest_id"),
        {"sqlite_autoincrement": True},
    )
