"""public_corrections"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "public_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("election_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("figure", "definition", name="correctionkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_correction")),
        sa.UniqueConstraint(
            "name",
            "election_code",
            "day",
            "kind",
            name=op.f("uq_public_correction_name_election_code_day_kind"),
        ),
    )
    op.create_index(
        op.f("ix_public_correction_made_at_id"),
        "public_correction",
        ["made_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_public_correction_made_at_id"), table_name="public_correction")
    op.drop_table("public_correction")
