"""how complete the diary is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ENTRIES = "diary_entries"
MOMENT = sa.DateTime(timezone=True)
FILLED = """UPDATE diary_entries SET filled =
    CASE WHEN channel IS NULL THEN 0 ELSE 1 END
    + CASE WHEN request = '' THEN 0 ELSE 1 END
    + CASE WHEN done = '' THEN 0 ELSE 1 END
    + CASE WHEN mood IS NULL THEN 0 ELSE 1 END
    + CASE WHEN status IS NULL THEN 0 ELSE 1 END"""
FIRST = """UPDATE diary_entries SET first_saved_at = coalesce((
    SELECT v.saved_at FROM diary_versions v WHERE v.entry_id = diary_entries.id AND v.version = 1
), saved_at)"""


def upgrade() -> None:
    with op.batch_alter_table(ENTRIES, schema=None) as table:
        table.add_column(sa.Column("first_saved_at", MOMENT, nullable=True))
        table.add_column(sa.Column("filled", sa.SmallInteger(), nullable=True))
    op.execute(FILLED)
    op.execute(FIRST)
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table(ENTRIES, schema=None, table_kwargs=kept) as table:
        table.alter_column("first_saved_at", existing_type=MOMENT, nullable=False)
        table.alter_column("filled", existing_type=sa.SmallInteger(), nullable=False)
        table.create_index(
            "ix_diary_entries_written", ["operator_id", "first_saved_at", "filled"], unique=False
        )
        table.create_index(
            "ix_diary_entries_first_saved_at", ["first_saved_at", "filled"], unique=False
        )


def downgrade() -> None:
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table(ENTRIES, schema=None, table_kwargs=kept) as table:
        table.drop_index("ix_diary_entries_first_saved_at")
        table.drop_index("ix_diary_entries_written")
        table.drop_column("filled")
        table.drop_column("first_saved_at")
