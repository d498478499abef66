"""questions after the stars."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ANSWERS = (
    ("satisfied", sa.Boolean()),
    ("professional", sa.Boolean()),
    ("nps", sa.SmallInteger()),
    ("ces", sa.SmallInteger()),
)


def upgrade() -> None:
    with op.batch_alter_table("surveys", schema=None) as table:
        table.add_column(sa.Column("questions", sa.String(length=64), nullable=True))
        for name, kind in ANSWERS:
            table.add_column(sa.Column(name, kind, nullable=True))
            table.add_column(sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(
            "ix_surveys_operator_id_nps_at",
            ["operator_id", "nps_at", "nps"],
            unique=False,
            sqlite_where=sa.text("nps_at IS NOT NULL"),
            postgresql_where=sa.text("nps_at IS NOT NULL"),
        )
    # until now everybody who rated was asked this one thing
    op.execute("UPDATE surveys SET questions = 'solved' WHERE rated_at IS NOT NULL")


def downgrade() -> None:
    kept = {"sqlite_autoincrement": True}
    with op.batch_alter_table("surveys", schema=None, table_kwargs=kept) as table:
        table.drop_index("ix_surveys_operator_id_nps_at")
        for name, _ in reversed(ANSWERS):
            table.drop_column(f"{name}_at")
            table.drop_column(name)
        table.drop_column("questions")
