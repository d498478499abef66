"""plans and appeals."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=16)
SENT = {
    "ix_messages_sent": ["author_id", "sent_at", "conversation_id"],
    "ix_messages_sent_by_all": ["sent_at", "conversation_id"],
}
NUMBERED = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.create_table(
        "kpi_plans",
        sa.Column("id", BIG, nullable=False),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("proposed_by_id", BIG, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("team_id", BIG, nullable=False),
        *_keys("kpi_plans", people=("operator_id", "proposed_by_id", "decided_by_id")),
        sa.UniqueConstraint("operator_id", "version", name="uq_kpi_plans_operator_id_version"),
        **NUMBERED,
    )
    op.create_index("ix_kpi_plans_operator_id_since", "kpi_plans", ["operator_id", "since"])
    op.create_table(
        "plan_remarks",
        sa.Column("id", BIG, nullable=False),
        sa.Column("plan_id", BIG, nullable=False),
        sa.Column("author_id", BIG, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["kpi_plans.id"], name="fk_plan_remarks_plan_id"),
        *_keys("plan_remarks", people=("author_id",)),
    )
    op.create_index("ix_plan_remarks_plan_id_id", "plan_remarks", ["plan_id", "id"])
    _appeals()
    op.create_table(
        "lexicon_words",
        sa.Column("id", BIG, nullable=False),
        sa.Column("theme", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("team_id", BIG, nullable=False),
        *_keys("lexicon_words", people=("by_id",)),
        **NUMBERED,
    )
    for name, columns in SENT.items():
        op.create_index(
            name,
            "messages",
            columns,
            sqlite_where=sa.text("from_customer IS 0"),
            postgresql_where=sa.text("from_customer IS false"),
        )
    op.create_index("ix_alerts_answered_at", "alerts", ["answered_at"])
    with op.batch_alter_table("waits", schema=None) as table:
        table.add_column(sa.Column("excluded_at", MOMENT, nullable=True))


def _appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("conversation_id", BIG, nullable=False),
        sa.Column("survey_id", BIG, nullable=True),
        sa.Column("wait_id", BIG, nullable=True),
        sa.Column("operator_id", BIG, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("team_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_appeals_conversation_id"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_appeals_survey_id"),
        sa.ForeignKeyConstraint(["wait_id"], ["waits.id"], name="fk_appeals_wait_id"),
        *_keys("appeals", people=("operator_id", "decided_by_id")),
        sa.UniqueConstraint("survey_id", name="uq_appeals_survey_id"),
        sa.UniqueConstraint("wait_id", name="uq_appeals_wait_id"),
        **NUMBERED,
    )
    op.create_index("ix_appeals_state_raised_at", "appeals", ["state", "raised_at"])
    op.create_index("ix_appeals_conversation_id", "appeals", ["conversation_id"])
    op.create_index("ix_appeals_operator_id", "appeals", ["operator_id"])


def _keys(table: str, people: tuple[str, ...]) -> tuple[sa.Constraint, ...]:
    """What every table has: its key, its team, and who did it."""
    return (
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=f"fk_{table}_team_id"),
        *(
            sa.ForeignKeyConstraint([column], ["people.id"], name=f"fk_{table}_{column}")
            for column in people
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_alerts_answered_at", "alerts")
    for name in SENT:
        op.drop_index(name, "messages")
    with op.batch_alter_table("waits", schema=None) as table:
        table.drop_column("excluded_at")
    for table_name in ("lexicon_words", "appeals", "plan_remarks", "kpi_plans"):
        op.drop_table(table_name)
