from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.models.words import (
    Afterwards,
    AlertKind,
    AlertState,
    Channel,
    ContentKind,
    ConversationState,
    DeliveryKind,
    DiaryStatus,
    DraftState,
    EventKind,
    NotSent,
    Outcome,
    Priority,
    Role,
    WaitEnd,
)
from storage.types import UtcDateTime, words

THE_TEAM = 1
"""One team for now; every table already says which."""

WORDS = (
    Afterwards,
    AlertKind,
    AlertState,
    Channel,
    ContentKind,
    ConversationState,
    DeliveryKind,
    DiaryStatus,
    DraftState,
    EventKind,
    NotSent,
    Outcome,
    Priority,
    Role,
    WaitEnd,
)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        **{kind: words(kind) for kind in WORDS},
    }


class OfTeam:
    """A row of one team."""

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"), default=THE_TEAM)
