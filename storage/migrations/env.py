"""Migrations run inside the connection they are given, in one transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from storage.models import Base
from storage.types import UtcDateTime


def plain_types(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Migrations outlive our classes, so they spell types in SQLAlchemy's own words."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot ALTER in place
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
