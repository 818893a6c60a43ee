"""Figures are kept: facts, their changes, and the counts of nation and provinces."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "figure_cell",
        sa.Column(
            "unit",
            sa.Enum(
                "complaint",
                "report",
                "initial_information",
                "finding",
                "case",
                "person",
                "referral",
                "sanction",
                "deadline",
                "step",
                "declaration",
                "signature",
                "event",
                "attendance",
                "circular",
                "consultation",
                name="unit",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_a", sa.String(), nullable=False),
        sa.Column("by_b", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("code_a", sa.String(), nullable=False),
        sa.Column("code_b", sa.String(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "unit",
            "by_a",
            "by_b",
            "area",
            "election_code",
            "code_a",
            "code_b",
            name=op.f("pk_figure_cell"),
        ),
    )
    op.create_table(
        "figure_delta",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "complaint",
                "report",
                "initial_information",
                "finding",
                "case",
                "person",
                "referral",
                "sanction",
                "deadline",
                "step",
                "declaration",
                "signature",
                "event",
                "attendance",
                "circular",
                "consultation",
                name="unit",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("fold", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("furthest_step", sa.String(), nullable=False),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("subject_group", sa.String(), nullable=False),
        sa.Column("position_group", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("kind", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("result_category", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("violation_kind", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_delta")),
    )
    op.create_index(op.f("ix_figure_delta_fold_at"), "figure_delta", ["fold", "at"], unique=False)
    op.create_index(
        op.f("ix_figure_delta_unit_fold"), "figure_delta", ["unit", "fold"], unique=False
    )
    op.create_table(
        "figure_fact",
        sa.Column(
            "unit",
            sa.Enum(
                "complaint",
                "report",
                "initial_information",
                "finding",
                "case",
                "person",
                "referral",
                "sanction",
                "deadline",
                "step",
                "declaration",
                "signature",
                "event",
                "attendance",
                "circular",
                "consultation",
                name="unit",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("furthest_step", sa.String(), nullable=False),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("subject_group", sa.String(), nullable=False),
        sa.Column("position_group", sa.String(), nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("kind", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("result_category", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("violation_kind", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("unit", "thing_id", "part", name=op.f("pk_figure_fact")),
    )
    op.create_index(
        "ix_figure_fact_unit_region_code_prefix",
        "figure_fact",
        ["unit", "region_code", "day"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.create_table(
        "figure_stage",
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "election_code", "region_code", "since", name=op.f("pk_figure_stage")
        ),
    )
    op.create_table(
        "figure_state",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fold", sa.BigInteger(), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("first_fold", sa.BigInteger(), nullable=False),
        sa.Column("since_transaction", sa.BigInteger(), nullable=False),
        sa.Column("leaves", sa.BigInteger(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_figure_state")),
    )


def downgrade() -> None:
    op.drop_table("figure_state")
    op.drop_table("figure_stage")
    op.drop_index(
        "ix_figure_fact_unit_region_code_prefix",
        table_name="figure_fact",
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    op.drop_table("figure_fact")
    op.drop_index(op.f("ix_figure_delta_unit_fold"), table_name="figure_delta")
    op.drop_index(op.f("ix_figure_delta_fold_at"), table_name="figure_delta")
    op.drop_table("figure_delta")
    op.drop_table("figure_cell")
