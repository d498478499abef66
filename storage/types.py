"""Column types both SQLite and PostgreSQL read back the same way."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Enum, Integer
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column spelt INTEGER, which there holds 64 bits."""

Id = Annotated[int, mapped_column(BigId, primary_key=True)]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in, the same aware moment out (SQLite alone forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


WORDS = Enum(
    StrEnum,
    native_enum=False,
    length=16,
    values_callable=lambda kind: [member.value for member in kind],
)
"""Any enumeration of ours, kept as its words, so a row can be read without the program."""
