"""what was dictated stays with the entry."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    with op.batch_alter_table("diary_entries", schema=None) as table:
        table.add_column(sa.Column("voices", sa.JSON(), nullable=True))
        table.add_column(sa.Column("heard", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("diary_entries", schema=None, table_kwargs=kept) as table:
        table.drop_column("heard")
        table.drop_column("voices")
