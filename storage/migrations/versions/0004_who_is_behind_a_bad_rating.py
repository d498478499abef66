"""who is behind a bad rating."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("surveys", schema=None) as table:
        table.add_column(
            sa.Column(
                "caused_by",
                sa.Enum("company", "operator", name="causedby", native_enum=False, length=16),
                nullable=True,
            )
        )


def downgrade() -> None:
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("surveys", schema=None, table_kwargs=kept) as table:
        table.drop_column("caused_by")
