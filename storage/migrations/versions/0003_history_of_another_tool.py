"""history of another tool."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
COUNTED = (("operator_id", "opened_at"), ("operator_id", "closed_at"), ("operator_id", "rated_at"))
ALONE = (("opened_at",), ("closed_at",), ("rated_at",))


def upgrade() -> None:
    op.create_table(
        "imported_conversations",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("external_id", sa.String(length=128), nullable=False),
        sa.Column("operator_id", BIG, nullable=True),
        sa.Column("customer", sa.String(length=32), nullable=True),
        sa.Column("priority", sa.String(length=16), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("first_answer_at", MOMENT, nullable=True),
        sa.Column("first_closed_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("first_answer_seconds", sa.Integer(), nullable=True),
        sa.Column("resolution_seconds", sa.Integer(), nullable=True),
        sa.Column("handle_seconds", sa.Integer(), nullable=True),
        sa.Column("operators", sa.SmallInteger(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=True),
        sa.Column("stars", sa.SmallInteger(), nullable=True),
        sa.Column("rated_at", MOMENT, nullable=True),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["people.id"], name="fk_imported_conversations_operator_id"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_imported_conversations_team_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imported_conversations"),
        sa.UniqueConstraint(
            "source", "external_id", name="uq_imported_conversations_source_external_id"
        ),
    )
    for columns in COUNTED + ALONE:
        name = f"ix_imported_conversations_{'_'.join(columns)}"
        op.create_index(name, "imported_conversations", list(columns))
    op.create_table(
        "imported_operators",
        sa.Column("id", BIG, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_imported_operators_person_id"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_imported_operators_team_id"),
        sa.PrimaryKeyConstraint("id", name="pk_imported_operators"),
        sa.UniqueConstraint("source", "digest", name="uq_imported_operators_source_digest"),
    )
    op.create_index("ix_imported_operators_person_id", "imported_operators", ["person_id"])


def downgrade() -> None:
    op.drop_table("imported_operators")
    op.drop_table("imported_conversations")
