"""what customers' voices say."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("messages", schema=None) as table:
        table.add_column(sa.Column("heard", sa.String(), nullable=True))


def downgrade() -> None:
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("messages", schema=None, table_kwargs=kept) as table:
        table.drop_column("heard")
