from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, OfTeam
from storage.models.words import Role
from storage.types import Id


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(128), default="")
    setup_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the one-time setup link's secret; None when there is no link to use."""
    bot_username: Mapped[str | None] = mapped_column(String(64))
    """As Telegram knows the bot: links to it on cards and in `doctor` are made with it."""
    started_at: Mapped[datetime | None]
    """The first start: calendar slots before it never were."""
    contact_at: Mapped[datetime | None]
    """When Telegram was last heard, to about half a minute; tells how long we were away."""


class ScheduleVersion(OfTeam, Base):
    """Working hours as they were from a moment on; a figure uses those in force then."""

    __tablename__ = "schedules"

    id: Mapped[Id]
    since: Mapped[datetime]
    hours: Mapped[str]
    holidays: Mapped[str]
    zone: Mapped[str] = mapped_column(String(64))


class Person(OfTeam, Base):
    __tablename__ = "people"

    id: Mapped[Id]
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """Also the number of the private chat with them; None: not on Telegram, or deleted."""
    name: Mapped[str] = mapped_column(String(256))
    """As they call themselves on Telegram."""
    display_name: Mapped[str | None] = mapped_column(String(64))
    """What customers see instead, set in /team."""
    username: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str | None] = mapped_column(String(8))
    """Chosen with /language; None: Telegram's."""
    telegram_language: Mapped[str | None] = mapped_column(String(16))
    theme: Mapped[str] = mapped_column(String(8), default="light")
    """Of their charts: light or dark. Telegram does not tell a bot."""
    is_operator: Mapped[bool] = mapped_column(default=False)
    is_supervisor: Mapped[bool] = mapped_column(default=False)
    on_shift: Mapped[bool] = mapped_column(default=False)
    shift_since: Mapped[datetime | None]
    reachable: Mapped[bool] = mapped_column(default=True)
    """False: never pressed Start, or blocked the bot; cannot be written to."""
    greeted_at: Mapped[datetime | None]
    """When they were told about privacy."""
    current_conversation_id: Mapped[int | None] = mapped_column(BigInteger)
    """The conversation an operator chose last."""
    wrote_at: Mapped[datetime | None]
    """An operator's last message to a customer."""
    phone: Mapped[str | None] = mapped_column(String(32))
    banned_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_people_is_operator", "is_operator"),
        Index("ix_people_is_supervisor", "is_supervisor"),
        {"sqlite_autoincrement": True},
    )

    @property
    def shown_name(self) -> str:
        """Who is only known by a setting has no name yet, so their Telegram id stands for it."""
        return self.display_name or self.name or str(self.telegram_id or "")

    @property
    def speaks(self) -> str | None:
        """The language to talk to them in; None: the team's fallback."""
        return self.language or self.telegram_language

    def may(self, role: Role) -> bool:
        """Whether they may do what the role does."""
        match role:
            case Role.CUSTOMER:
                return True
            case Role.OPERATOR:
                return self.is_operator or self.is_supervisor
            case Role.SUPERVISOR:
                return self.is_supervisor


class Invite(OfTeam, Base):
    __tablename__ = "invites"

    id: Mapped[Id]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)
