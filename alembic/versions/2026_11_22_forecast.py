"""Figures of others are rows, and forecasts for everybody are frozen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "baseline",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "regime",
            sa.Enum(
                "regional_election", "general_election", name="regime", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum(
                "case",
                "person",
                "report",
                "finding",
                "report_or_finding",
                "recommendation",
                "percent_of_persons",
                name="baselineunit",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("figure", sa.Double(), nullable=False),
        sa.Column("at_most", sa.Double(), nullable=True),
        sa.Column(
            "relation",
            sa.Enum("equal", "more_than", name="relation", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "published",
                "quoted",
                "announced",
                "mirrored",
                name="baselinestatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reconciles", sa.Boolean(), nullable=False),
        sa.Column("voting_regions", sa.Integer(), nullable=True),
        sa.Column("basis", sa.Boolean(), nullable=False),
        sa.Column("words_id", sa.String(), nullable=False),
        sa.Column("words_en", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_baseline")),
    )
    op.create_table(
        "public_forecast",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_forecast")),
        sa.UniqueConstraint(
            "election_code", "unit", "day", name=op.f("uq_public_forecast_election_code_unit_day")
        ),
    )


def downgrade() -> None:
    op.drop_table("public_forecast")
    op.drop_table("baseline")
